import Foundation
import Synchronization

/// Ctrl-C: the first one asks the search to stop and keep what it has, the second one ends the process.
///
/// By a handler of the system, which is there as soon as it is set: a dispatch source begins to hear on another thread,
/// and what comes before that is lost. A process that was told to ignore it, as one in the background is, goes on to.
final class Interrupt: Sendable {
    private static let listeners = Atomic(0)
    /// How often it was pressed while anyone listens.
    private static let presses = Atomic(0)
    /// What was done at it before anyone listened.
    private static let former = Mutex<Handler?>(nil)

    private typealias Handler = @convention(c) (Int32) -> Void

    init() {
        guard Self.listeners.add(1, ordering: .sequentiallyConsistent).oldValue == 0 else { return }
        Self.presses.store(0, ordering: .sequentiallyConsistent)
        let former = signal(SIGINT) { _ in
            // Nothing else is safe here: the signal may come within any other call.
            if Interrupt.presses.add(1, ordering: .sequentiallyConsistent).oldValue > 0 { _exit(130) }
        }
        Self.former.withLock { $0 = former }
        if Self.isIgnoring(former) { Self.restore() } else { Self.unblock() }
    }

    private static func isIgnoring(_ handler: Handler?) -> Bool {
        unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN as Handler?, to: Int.self)
    }

    /// Does at the signal what was done before; what came meanwhile is forgotten.
    private static func restore() {
        _ = signal(SIGINT, former.withLock { $0 })
        presses.store(0, ordering: .sequentiallyConsistent)
    }

    /// Lets the signal through to this thread: a process that is started by one that blocks it begins with it blocked.
    private static func unblock() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    deinit {
        if Self.listeners.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 { Self.restore() }
    }

    var isRequested: Bool { Self.presses.load(ordering: .relaxed) > 0 }
}
