public import LinearProgramming
internal import Synchronization

/// A solver that hands on what another one says, after a change.
public struct AlteredSolver: LinearSolver {
    private let solver: any LinearSolver
    private let alter: @Sendable (LinearProgram, SolverResult) throws(SolverFault) -> SolverResult

    public init(
        _ solver: any LinearSolver,
        alter: @escaping @Sendable (LinearProgram, SolverResult) throws(SolverFault) -> SolverResult
    ) {
        self.solver = solver
        self.alter = alter
    }

    public var name: String { "altered \(solver.name)" }

    public func solve(
        _ program: LinearProgram, from start: Basis?, settings: SolverSettings, control: SolverControl
    ) throws(SolverFault) -> SolverResult {
        try alter(program, try solver.solve(program, from: start, settings: settings, control: control))
    }
}

/// A solver that never is told where to start.
public struct PlainStartSolver: LinearSolver {
    private let solver: any LinearSolver

    public init(_ solver: any LinearSolver) { self.solver = solver }

    public var name: String { solver.name }

    public func solve(
        _ program: LinearProgram, from start: Basis?, settings: SolverSettings, control: SolverControl
    ) throws(SolverFault) -> SolverResult {
        try solver.solve(program, from: nil, settings: settings, control: control)
    }
}

/// Counts calls, from any thread.
public final class CallCounter: Sendable {
    private let calls = Mutex(0)

    public init() {}

    /// The number of this call; the first is 1.
    public func next() -> Int {
        calls.withLock {
            $0 += 1
            return $0
        }
    }

    public var count: Int { calls.withLock { $0 } }
}
