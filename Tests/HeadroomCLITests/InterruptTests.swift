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
}
