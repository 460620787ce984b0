import LinearProgramming

/// The optimum of a program as a function of one amount that stands in some of its rows' bounds.
///
/// With other right-hand sides the optimum of a maximisation is concave and piecewise linear; the slope at a point is
/// what the duals of the rows come to there (D. Bertsimas, J. Tsitsiklis, Introduction to Linear Optimization, 1997,
/// chapter 5).
struct ValueCurve {
    /// How a row's bounds move: by `rate` for every unit of the amount.
    struct Rate {
        var row: LinearProgram.Row
        var rate: Double
    }

    typealias Point = SupportingLines.Point

    let program: LinearProgram
    /// The present amount, with which the program's bounds are as they stand.
    let amount: Double
    let rates: [Rate]
    /// The least amount that has a meaning.
    let least: Double
    let start: Basis?
    let solver: any LinearSolver
    let control: SolverControl

    /// The prices on both sides of the present amount and how far they hold. A few solves, each from the basis of the
    /// present optimum.
    func marginalValue() throws -> MarginalValue? {
        guard let present = try point(at: amount) else { return nil }
        return MarginalValue(
            amount: amount, more: try side(of: present, upwards: true),
            less: try side(of: present, upwards: false))
    }

    // MARK: One side

    /// The line that the curve follows on one side of a point, and where it leaves it.
    private func side(of present: Point, upwards: Bool) throws -> MarginalValue.Side? {
        guard let (far, end) = try farthest(upwards: upwards, from: present) else { return nil }
        let lines = SupportingLines(point: { try point(at: $0) }, size: abs(program.objectiveConstant))
        return try lines.side(from: present, towards: far, end: end)
    }

    /// A supporting line at the far end, and the end: infinite, or where no plan is possible any more.
    private func farthest(upwards: Bool, from present: Point) throws -> (Point, end: Double)? {
        guard let end = try end(upwards: upwards) else {
            return (try flat(), upwards ? .infinity : -.infinity)
        }
        let room = end - present.amount
        guard abs(room) > 1e-9 * max(abs(end), abs(present.amount)) else { return nil }
        // At the end itself rounding decides whether there is a plan; its last piece begins before.
        guard let point = try point(at: end - 1e-7 * room) else { return nil }
        return (point, end)
    }

    /// The last amount with a plan; nil where there is a plan for any.
    private func end(upwards: Bool) throws -> Double? {
        var probe = program.relaxed
        let size = max(abs(amount), 1)
        let shift = probe.addColumn(
            "shift", lower: upwards ? 0 : -.infinity, upper: upwards ? .infinity : 0, magnitude: size)
        probe.addTerms(shift, rates.map { ($0.row, -$0.rate) })
        probe.setObjective(LinearExpression(shift), upwards ? .maximize : .minimize)
        switch try solve(probe, from: nil) {
        case .optimal(let optimum):
            let end = amount + optimum.solution.columnValues[shift.index]
            return upwards || end > least + 1e-9 * abs(amount) ? end : least
        case .unbounded: return upwards ? nil : least > -.infinity ? least : nil
        case .infeasible, .stopped: throw stopped
        }
    }

    /// The line that the curve follows where the amount no longer binds.
    private func flat() throws -> Point {
        var free = program
        for rate in rates { free.removeBounds(of: rate.row) }
        guard case .optimal(let optimum) = try solve(free, from: start) else { throw stopped }
        return Point(amount: amount, value: optimum.solution.objective, slope: 0)
    }

    private func point(at other: Double) throws -> Point? {
        var shifted = program
        for rate in rates { shifted.shiftBounds(of: rate.row, by: rate.rate * (other - amount)) }
        switch try solve(shifted, from: start) {
        case .optimal(let optimum):
            let slope = rates.reduce(0) { $0 + $1.rate * optimum.solution.dual(of: $1.row) }
            return Point(amount: other, value: optimum.solution.objective, slope: slope)
        case .infeasible: return nil
        case .stopped, .unbounded: throw stopped
        }
    }

    private func solve(_ program: LinearProgram, from start: Basis?) throws -> CertifiedResult {
        try solver.certifiedSolve(
            program, from: start, settings: SolverSettings(method: .dualSimplex), control: control)
    }

    private var stopped: PlanningFailure { control.isCancelled() ? .cancelled : .stoppedWithoutPlan }
}
