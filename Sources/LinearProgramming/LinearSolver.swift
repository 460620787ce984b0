/// Something that solves linear programs.
///
/// A solver is a value without state: whatever its library keeps is made and freed within one call, on the
/// caller's thread, so that calls from several threads at once are safe.
public protocol LinearSolver: Sendable {
    /// Name and version, for reports.
    var name: String { get }

    /// Solves a program, from a start basis where one is given.
    ///
    /// - Throws: `SolverFault` where the library broke down. An infeasible program or a time limit is a result.
    func solve(
        _ program: LinearProgram, from start: Basis?, settings: SolverSettings, control: SolverControl
    ) throws(SolverFault) -> SolverResult

    /// Solves a program for one amount after the other, each from where the one before ended.
    ///
    /// - Parameter next: Told of every amount that was solved, nil at first; names the next one, which may be infinite,
    ///   or nil to end.
    /// - Throws: As `solve`.
    func follow(
        _ parametric: ParametricProgram, from start: Basis?, settings: SolverSettings, control: SolverControl,
        _ next: (ParametricPoint?) -> Double?
    ) throws(SolverFault)
}

extension LinearSolver {
    /// One solve an amount, none of which says how far its basis holds.
    public func follow(
        _ parametric: ParametricProgram, from start: Basis?, settings: SolverSettings, control: SolverControl,
        _ next: (ParametricPoint?) -> Double?
    ) throws(SolverFault) {
        var last: ParametricPoint?
        var basis = start
        while let amount = next(last) {
            let result = try solve(
                parametric.program(at: amount), from: basis, settings: settings, control: control)
            basis = result.basis ?? basis
            last = ParametricPoint(amount: amount, result: result)
        }
    }
}

/// How a solver goes about it. Every setting leads to the same optimal value.
public struct SolverSettings: Equatable, Sendable {
    public enum Method: Sendable { case primalSimplex, dualSimplex }
    public enum Scaling: Sendable { case automatic, equilibrate, none }

    public var method: Method
    public var scaling: Scaling
    /// Ends with a simplex in rational numbers, from the basis that was reached. Slow; it settles doubt.
    public var exact: Bool
    /// Feasibility and optimality tolerance, relative.
    public var tolerance: Double
    /// The gap at which the search for whole numbers ends, relative to the objective, or to `gapSize` where that is
    /// larger.
    public var gap: Double
    /// What counts as something in the objective: an objective near 0 has no relative gap.
    public var gapSize: Double
    /// A solution with whole numbers to start the search from; it holds all rows and bounds.
    public var knownPoint: [Double]?

    public init(
        method: Method = .primalSimplex, scaling: Scaling = .automatic, exact: Bool = false,
        tolerance: Double = 1e-10, gap: Double = 1e-6, gapSize: Double = 0, knownPoint: [Double]? = nil
    ) {
        self.method = method
        self.scaling = scaling
        self.exact = exact
        self.tolerance = tolerance
        self.gap = gap
        self.gapSize = gapSize
        self.knownPoint = knownPoint
    }

    /// The settings of the second attempt, where the first one did not convince: the other method on another scaling,
    /// with a wider tolerance, as the tightest may be more than the numbers can hold.
    ///
    /// - Parameter exact: Ends in rational numbers: for an optimum that its own numbers do not prove.
    public func secondAttempt(exact: Bool) -> SolverSettings {
        SolverSettings(
            method: method == .primalSimplex ? .dualSimplex : .primalSimplex,
            scaling: scaling == .equilibrate ? .automatic : .equilibrate, exact: exact,
            tolerance: min(100 * tolerance, 1e-7), gap: gap, gapSize: gapSize, knownPoint: knownPoint)
    }

    /// The settings of the last attempt: the first method again, on the numbers as they are.
    public func thirdAttempt(exact: Bool) -> SolverSettings {
        var settings = secondAttempt(exact: exact)
        settings.method = method
        settings.scaling = .none
        return settings
    }
}

/// When to stop early, and whom to tell how far it is.
public struct SolverControl: Sendable {
    public struct Progress: Sendable {
        /// Simplex steps so far.
        public var steps: Int
        public var objective: Double
        /// Whether the point reached holds all rows and bounds.
        public var isFeasible: Bool
        /// While whole numbers are searched: no solution is better than this.
        public var bound: Double?

        /// What a better solution could gain at most, relative to `max(1, |objective|)`; nil where none is known or no
        /// whole numbers are searched.
        public var gap: Double? {
            guard isFeasible, let bound, bound.isFinite, objective.isFinite else { return nil }
            return abs(bound - objective) / max(1, abs(objective))
        }

        public init(steps: Int, objective: Double, isFeasible: Bool, bound: Double? = nil) {
            self.bound = bound
            self.steps = steps
            self.objective = objective
            self.isFeasible = isFeasible
        }
    }

    /// The same control, told objectives and bounds in other terms.
    public func showing(_ value: @escaping @Sendable (Double) -> Double) -> SolverControl {
        var control = self
        control.report = { [report] progress in
            var progress = progress
            progress.objective = value(progress.objective)
            progress.bound = progress.bound.map(value)
            report(progress)
        }
        return control
    }

    /// Ends the search at this instant; nil: no limit.
    public var deadline: ContinuousClock.Instant?
    /// Asked now and then; the search ends soon after it says true.
    public var isCancelled: @Sendable () -> Bool
    /// Told now and then, on the thread that solves.
    public var report: @Sendable (Progress) -> Void

    public init(
        deadline: ContinuousClock.Instant? = nil,
        isCancelled: @escaping @Sendable () -> Bool = { false },
        report: @escaping @Sendable (Progress) -> Void = { _ in }
    ) {
        self.deadline = deadline
        self.isCancelled = isCancelled
        self.report = report
    }
}

/// Why a search ended. What the numbers are is another question: see `SolverResult.solution`.
public enum Termination: Equatable, Sendable {
    case optimal, infeasible, unbounded, timeLimit, cancelled
    /// The numbers got the better of the method; other settings may do.
    case numericalTrouble
}

/// What a search brought.
public struct SolverResult: Equatable, Sendable {
    public var termination: Termination
    /// The best point found that holds all rows and bounds; its duals prove optimality only if `termination` says so.
    public var solution: Solution?
    public var basis: Basis?
    /// Simplex steps.
    public var steps: Int
    /// For a program with whole numbers: no solution is better than this.
    public var bound: Double?

    public init(
        termination: Termination, solution: Solution? = nil, basis: Basis? = nil, steps: Int = 0,
        bound: Double? = nil
    ) {
        self.bound = bound
        self.termination = termination
        self.solution = solution
        self.basis = basis
        self.steps = steps
    }
}

/// The solver library broke down, or was handed what no library can take.
public struct SolverFault: Error, Equatable, CustomStringConvertible {
    public var description: String
    public init(_ description: String) { self.description = description }
}
