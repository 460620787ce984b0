import Dispatch
import Foundation
import Synchronization

/// Passes Ctrl-C on to the running command, which is in a process group of its own and would not hear of it.
///
/// One for the whole process: a second signal source, made after the first was cancelled, hears nothing under Linux.
final class Interruption: Sendable {
    static let shared = Interruption()

    private let requested = Atomic(false)
    private let command = Atomic<pid_t>(0)
    // Set once here, and only kept alive after that.
    private nonisolated(unsafe) let source: any DispatchSourceSignal

    private init() {
        signal(SIGINT, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        source.setEventHandler { [unowned self] in
            requested.store(true, ordering: .sequentiallyConsistent)
            let running = command.load(ordering: .sequentiallyConsistent)
            if running > 0 { kill(-running, SIGKILL) }
        }
        source.resume()
    }

    /// - Parameter process: The command to end on Ctrl-C; 0 where none runs.
    func watch(_ process: pid_t) { command.store(process, ordering: .sequentiallyConsistent) }

    var isRequested: Bool { requested.load(ordering: .sequentiallyConsistent) }
}
