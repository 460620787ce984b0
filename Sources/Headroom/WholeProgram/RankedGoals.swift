import LinearProgramming

/// Maximises goals in order of rank: each one while those before keep what they reached, less a tolerance
/// (model, 7).
struct RankedGoals {
    /// What a stage of the search found.
    struct Stage {
        var goal: Goal
        /// The highest value at the goal's rank; nil where the goal has none.
        var best: Double?
        /// What its measure must keep for the goals after it; nil where the goal has no value.
        var floor: Double?
        /// What is left to the proved bound, relative to `max(1, |best|)`; 0 without whole modules.
        var gap: Double?
    }

    private let solver: any LinearSolver
    private let control: SolverControl
    private let planningCase: PlanningCase
    private let measures: [(goal: Goal, measure: GoalMeasure)]
    private let netPresentValue: LinearExpression
    private let doNothing: Double
    /// The program with the goals before as rows.
    private var program: LinearProgram
    private var basis: Basis?

    private(set) var stages: [Stage] = []
    /// Where the last stage ended.
    private var point: CertifiedPoint?
    /// The point of the last stage that ended.
    var solution: Solution? { point?.solution }
    /// The best return, where it is the first goal, for the price of money: later stages hold
    /// the return at a floor, and their duals are prices of something else.
    private(set) var bestReturn: CertifiedPoint?
    /// Where the first goal is at its best.
    private(set) var firstSolution: Solution?
    private(set) var certificate = Certificate(
        primalViolation: 0, dualViolation: 0, complementarySlackness: 0, dualityGap: 0)
    private(set) var steps = 0
    /// The goal during which the search was stopped; nil where it came to its end.
    private(set) var stoppedAt: Goal?
    /// The gap of the last goal that was maximised, the one that was stopped included; nil where it proved none.
    private(set) var gap: Double?

    /// - Parameter goals: In order of rank; nil: the plan's own.
    init(
        _ formulation: Formulation, goals: [Goal]? = nil, doNothing: Double, start: Basis?,
        solver: any LinearSolver, control: SolverControl
    ) {
        self.solver = solver
        self.control = control
        self.doNothing = doNothing
        planningCase = formulation.planningCase
        netPresentValue = formulation.netPresentValue
        measures = (goals ?? planningCase.assumptions.objective.goals).map {
            ($0, GoalMeasure($0, formulation, doNothing: doNothing))
        }
        program = formulation.program
        basis = start
    }

    /// Runs the stages.
    ///
    /// - Parameter breaksTies: Whether of the plans that are equally good the one of highest return is looked for.
    /// - Throws: `CertificateFailure` or `SolverFault` where no optimum can be proved.
    mutating func run(breaksTies: Bool = true) throws {
        for (rank, (goal, measure)) in measures.enumerated() {
            guard let best = try maximize(goal, measure) else {
                if stoppedAt != nil { return }
                stages.append(Stage(goal: goal, best: nil, gap: nil))
                continue
            }
            let floor = self.floor(of: goal, best: best, isLast: rank == measures.count - 1)
            // Spending is minimised, so that its measure is negative.
            stages.append(
                Stage(goal: goal, best: goal == .leastSpending ? 0 - best : best, floor: floor, gap: gap))
            if firstSolution == nil { firstSolution = solution }
            if goal == .return, rank == 0 { bestReturn = point }
            if goal == .return, rank == measures.count - 1 { return }
            program.addFloor(of: goal, measure, floor)
            basis = basis?.extended(to: program)
        }
        guard breaksTies else { return }
        _ = try maximize(.return, .linear(netPresentValue - LinearExpression(doNothing)))
    }

    /// `S = max(1, |best|)`, and for the return at least `|NPV of doing nothing|`.
    private func size(of best: Double, _ goal: Goal) -> Double {
        max(1, abs(best), goal == .return ? abs(doNothing) : 0)
    }

    /// Goals before stay above `best − max(tolerance·|best|, 1e-9·S)`, the last one at its best, to 1e-8.
    private func floor(of goal: Goal, best: Double, isLast: Bool) -> Double {
        let size = size(of: best, goal)
        guard !isLast else { return best - 1e-8 * size }
        return best - max(planningCase.assumptions.objective.tolerance * abs(best), 1e-9 * size)
    }

    /// - Returns: The highest value, or nil where the goal has none or the search was stopped.
    private mutating func maximize(_ goal: Goal, _ measure: GoalMeasure) throws -> Double? {
        gap = nil
        switch measure {
        case .undefined: return nil
        case .linear(let expression):
            let sign: Double = goal == .leastSpending ? -1 : 1
            guard let point = try solve(expression, for: goal, shown: { sign * $0 }) else { return nil }
            gap = point.gap(size: 1)
            return stoppedAt == nil ? expression.value(at: point.solution.columnValues) : nil
        case .ratio(let numerator, let denominator):
            return try maximize(numerator, over: denominator, for: goal)
        }
    }

    /// Dinkelbach's iteration: maximise `numerator − ϑ·denominator` with `ϑ` the best ratio so far, until that is 0.
    ///
    /// It ends at the exact ratio of a basic solution, after a few rounds (W. Dinkelbach, On Nonlinear Fractional
    /// Programming, Management Science 13, 1967).
    private mutating func maximize(
        _ numerator: LinearExpression, over denominator: LinearExpression, for goal: Goal
    ) throws -> Double? {
        if program.hasIntegers { return try maximizeInWholeNumbers(numerator, over: denominator, for: goal) }
        let ratio = GoalMeasure.ratio(numerator, denominator)
        var best = solution.flatMap { ratio.value(at: $0.columnValues) }
        while true {
            // The objective goes to 0, and nothing is relative to that: gaps are measured against the numerator.
            let size = abs(solution.map { numerator.value(at: $0.columnValues) } ?? 0)
            let objective = numerator - (best ?? 0) * denominator + LinearExpression(size)
            let point = try solve(objective, for: goal) { $0 }
            guard let point, stoppedAt == nil else { return nil }
            gap = point.gap(size: 1)
            guard let value = ratio.value(at: point.solution.columnValues) else {
                // No plan uses anything: the ratio is 0 in a plan with capacity, and undefined if none has any.
                return try best ?? (canBePositive(denominator, for: goal) ? 0 : nil)
            }
            if let best, value <= best + 1e-13 * max(abs(best), 1) { return max(best, value) }
            best = value
        }
    }

    /// The same for whole modules: first with the best ratio of the relaxation as `ϑ`, which leads next to the best
    /// plan at once, then with the best ratio found until the gap is closed.
    ///
    /// Measured on 31 regions × 5 years with 40 links and three technologies, goal `roi`: 0.3 seconds instead of a gap of
    /// 22 % after 15 seconds from `ϑ = 0`.
    private mutating func maximizeInWholeNumbers(
        _ numerator: LinearExpression, over denominator: LinearExpression, for goal: Goal
    ) throws -> Double? {
        let ratio = GoalMeasure.ratio(numerator, denominator)
        guard let ceiling = try relaxedMaximum(numerator, over: denominator, for: goal) else { return nil }
        let allowed = planningCase.assumptions.objective.gap
        let least = leastDenominator(denominator, of: goal)
        var bracket = RatioBracket(
            best: solution.flatMap { ratio.value(at: $0.columnValues) }, bound: ceiling, least: least)
        var trial = ceiling
        while true {
            gap = bracket.gap
            if let best = bracket.best, let gap, gap <= allowed { return best }
            let before = (best: bracket.best, point: self.point)
            // The objective goes to 0, and nothing is relative to that.
            let size = max(1, abs(trial)) * (least > 0 ? least : 1)
            let point = try solve(
                numerator - trial * denominator + LinearExpression(size), for: goal,
                gap: trial == before.best ? allowed : max(allowed, Self.firstGap)
            ) { [trial] in least > 0 ? trial + ($0 - size) / least : .nan }
            if let bound = point?.bound { bracket.lower(by: bound - size, at: trial) }
            let value = point.flatMap { ratio.value(at: $0.solution.columnValues) }
            // The plan of best `numerator − ϑ·denominator` need not be the one of best ratio.
            if !bracket.raise(to: value), before.point != nil { self.point = before.point }
            gap = bracket.gap
            if stoppedAt != nil { return nil }
            guard let best = bracket.best else {
                return try canBePositive(denominator, for: goal) ? 0 : nil
            }
            if trial == before.best, best <= trial + 1e-13 * max(abs(trial), 1) { return best }
            trial = best
        }
    }

    /// The gap of the search that only leads to a good plan: 0.1 % of the denominator.
    private static let firstGap = 1e-3

    /// The best ratio where modules may be bought in part; nil where there is none or the search was stopped.
    private mutating func relaxedMaximum(
        _ numerator: LinearExpression, over denominator: LinearExpression, for goal: Goal
    ) throws -> Double? {
        var relaxed = self
        relaxed.program = program.relaxed
        let maximum = try relaxed.maximize(numerator, over: denominator, for: goal)
        steps = relaxed.steps
        stoppedAt = relaxed.stoppedAt
        return maximum
    }

    /// What the denominator of a ratio is in every plan at least.
    private func leastDenominator(_ denominator: LinearExpression, of goal: Goal) -> Double {
        let assumptions = planningCase.assumptions
        // The least that is spent, as late as can be.
        if goal == .roi {
            return (assumptions.minimumSpend ?? 0)
                * Valuation(assumptions).discountFactor(assumptions.horizon)
        }
        // Base capacity; all that is built comes on top.
        return denominator.constant
    }

    /// Whether the denominator of a ratio is above 0 in some plan.
    private mutating func canBePositive(_ denominator: LinearExpression, for goal: Goal) throws -> Bool {
        if denominator.constant > 0 { return true }
        var probe = program.relaxed
        probe.setObjective(denominator, .maximize)
        probe.addRow("probe", denominator, upper: 1)  // how far above 0 is not asked
        switch try solver.certifiedSolve(probe, control: control) {
        case .optimal(let optimum): return optimum.solution.objective > 0
        case .unbounded: return true
        case .infeasible: return false
        case .stopped:
            stoppedAt = goal
            return false
        }
    }

    /// - Parameter shown: Brings the objective to the goal's own value, for people to watch.
    /// - Returns: The point that was found; where the search was stopped `stoppedAt` says so, and there may be none.
    private mutating func solve(
        _ objective: LinearExpression, for goal: Goal, gap: Double? = nil,
        shown: @escaping @Sendable (Double) -> Double
    ) throws -> CertifiedPoint? {
        program.setObjective(objective, .maximize)
        // From scratch the dual simplex is the faster; a basis is near feasible, and best gone on from by the primal.
        let method: SolverSettings.Method = basis == nil ? .dualSimplex : .primalSimplex
        // The plan of the goals before holds their floors.
        let settings = SolverSettings(
            method: method, gap: gap ?? planningCase.assumptions.objective.gap, gapSize: 1,
            knownPoint: program.hasIntegers ? solution?.columnValues : nil)
        let result = try solver.certifiedSolve(
            program, from: basis, settings: settings, control: control.showing(shown))
        switch result {
        case .optimal(let point):
            keep(point)
            return point
        case .stopped(let point):
            stoppedAt = goal
            // A point on the way of a later stage holds all floors, and is no worse than the start of the stage.
            if let point { keep(point) }
            return point
        case .infeasible:
            // The floors of earlier goals are held by the plan that set them: only the first stage can find none.
            guard solution == nil else {
                throw CertificateFailure(
                    description: "no plan keeps the goals before \(goal.title), although one did")
            }
            throw PlanningFailure.infeasible
        case .unbounded:
            throw CertificateFailure(description: "goal \(goal.title) has no highest value")
        }
    }

    private mutating func keep(_ point: CertifiedPoint) {
        steps += point.steps
        certificate = certificate.worse(of: point.certificate)
        basis = point.basis ?? basis
        self.point = point
    }
}

/// What is known of the best ratio while whole modules are searched.
private struct RatioBracket {
    /// The best ratio of a plan so far.
    private(set) var best: Double?
    /// No plan has a higher one.
    private(set) var bound: Double
    /// No plan has a smaller denominator.
    private let least: Double

    init(best: Double?, bound: Double, least: Double) {
        self.best = best
        self.bound = bound
        self.least = least
    }

    /// What is left between them, relative to `max(1, |best|)`.
    var gap: Double? { best.map { max(0, bound - $0) / max(1, abs($0)) } }

    /// Takes in that no plan has `numerator − ϑ·denominator` above `open`, so none a ratio above `ϑ + open/denominator`.
    mutating func lower(by open: Double, at trial: Double) {
        if open <= 0 {
            bound = min(bound, trial)
        } else if least > 0 {
            bound = min(bound, trial + open / least)
        }
    }

    /// - Returns: Whether the ratio is the best one so far.
    mutating func raise(to ratio: Double?) -> Bool {
        guard let ratio, ratio > best ?? -.infinity else { return false }
        best = ratio
        return true
    }
}

extension LinearProgram {
    /// Holds a goal at what it must keep, as a row `goal[…]`.
    mutating func addFloor(of goal: Goal, _ measure: GoalMeasure, _ floor: Double) {
        let name = "goal[\(goal.rawValue)]"
        switch measure {
        case .linear(let expression):
            addRow(name, measure.factor * expression, lower: measure.factor * floor)
        case .ratio(let numerator, let denominator):
            addRow(name, numerator - floor * denominator, lower: 0)
        case .undefined: return
        }
    }
}

extension Certificate {
    func worse(of other: Certificate) -> Certificate {
        Certificate(
            primalViolation: max(primalViolation, other.primalViolation),
            dualViolation: max(dualViolation, other.dualViolation),
            complementarySlackness: max(complementarySlackness, other.complementarySlackness),
            dualityGap: max(dualityGap, other.dualityGap))
    }
}
