import LinearProgramming
import Synchronization

/// One line on standard error that says how far the solver is; it is gone when the solve ends.
final class ProgressLine: Sendable {
    private let isShown: Bool
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    init(isShown: Bool) { self.isShown = isShown }

    func show(_ progress: SolverControl.Progress) {
        guard isShown else { return }
        let isDue = last.withLock { last in
            let now = ContinuousClock.now
            if let last, now - last < .milliseconds(100) { return false }
            last = now
            return true
        }
        guard isDue else { return }
        let state = progress.isFeasible ? "holds all limits" : "not yet within all limits"
        StandardError.write("\r\u{1B}[Ksolving: \(progress.steps) steps, \(state)")
    }

    func clear() {
        if isShown, last.withLock({ $0 }) != nil { StandardError.write("\r\u{1B}[K") }
    }
}
