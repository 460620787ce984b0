import Dispatch
import Foundation
import Synchronization

/// Ctrl-C: the first one asks the search to stop and keep what it has, the second one ends the process.
final class Interrupt: Sendable {
    private let requested = Atomic(false)
    // Set once here, and only kept alive after that.
    private nonisolated(unsafe) let source: any DispatchSourceSignal

    init() {
        signal(SIGINT, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler { [weak self] in
            guard let self else { return }
            let (exchanged, _) = requested.compareExchange(
                expected: false, desired: true, ordering: .sequentiallyConsistent)
            if !exchanged { exit(130) }
        }
        source.resume()
    }

    deinit {
        source.cancel()
        signal(SIGINT, SIG_DFL)
    }

    var isRequested: Bool { requested.load(ordering: .relaxed) }
}
