import Headroom
import LinearProgramming
import Synchronization

/// One line on standard error that says how far the solver is; it is gone when the solve ends.
final class ProgressLine: Sendable {
    private struct State {
        var last: ContinuousClock.Instant?
        /// When the search for whole numbers was first heard of.
        var searchStart: ContinuousClock.Instant?
        var hasHinted = false
    }

    /// How long a search for whole numbers may go on before a way to shorten it is named.
    private static let patience = Duration.seconds(5)

    private let isShown: Bool
    private let state = Mutex(State())

    init(isShown: Bool) { self.isShown = isShown }

    func show(_ progress: SolverControl.Progress) {
        guard isShown else { return }
        let now = ContinuousClock.now
        let (isDue, isHintDue) = state.withLock { state in
            if let last = state.last, now - last < .milliseconds(100) { return (false, false) }
            state.last = now
            guard progress.bound != nil else { return (true, false) }
            let start = state.searchStart ?? now
            state.searchStart = start
            let isHintDue = !state.hasHinted && now - start > Self.patience
            state.hasHinted = state.hasHinted || isHintDue
            return (true, isHintDue)
        }
        if isHintDue { StandardError.write("\r\u{1B}[K\(Self.hint)\n") }
        if isDue { StandardError.write("\r\u{1B}[K\(progress.text)") }
    }

    /// Shows a line as it is.
    func show(_ text: String) {
        guard isShown else { return }
        state.withLock { $0.last = ContinuousClock.now }
        StandardError.write("\r\u{1B}[K\(text)")
    }

    private static let hint =
        "headroom: whole modules take a while to prove; --gap 1% or --time-limit 60 ends sooner, "
        + "Ctrl-C now with the best plan so far"

    func clear() {
        if isShown, state.withLock({ $0.last }) != nil { StandardError.write("\r\u{1B}[K") }
    }
}

extension SolverControl.Progress {
    /// A line without its end, such as `solving: 8120 steps, best 7,741,569, bound 7,741,990, gap 0.0054 %`.
    var text: String {
        let start = "solving: \(steps) steps, "
        guard let bound else {
            return start + (isFeasible ? "holds all limits" : "not yet within all limits")
        }
        guard isFeasible else { return start + "whole modules: no plan yet" }
        guard let gap else { return start + "whole modules" }
        let decimals = max(abs(objective), abs(bound)) < 100 ? 4 : 0
        return start + "best \(FigureText.number(objective, decimals: decimals)), "
            + "bound \(FigureText.number(bound, decimals: decimals)), "
            + "gap \(FigureText.number(100 * gap, decimals: 4)) %"
    }
}
