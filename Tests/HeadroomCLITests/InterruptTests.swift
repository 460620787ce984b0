import Foundation
import Testing

@testable import HeadroomCLI

/// Ctrl-C within the process.
@Suite(.serialized) struct InterruptTests {
    @Test("It is heard from the moment on that someone listens")
    func heardAtOnce() {
        for _ in 0..<20 {
            let interrupt = Interrupt()
            #expect(!interrupt.isRequested)
            raise(SIGINT)
            #expect(interrupt.isRequested)
        }
    }

    @Test("What was done at it before is done again when no one listens any more")
    func formerHandler() {
        let own: @convention(c) (Int32) -> Void = { _ in }
        let before = signal(SIGINT, own)
        withExtendedLifetime(Interrupt()) {}
        let after = signal(SIGINT, before)
        #expect(unsafeBitCast(after, to: Int.self) == unsafeBitCast(own, to: Int.self))
    }
}
