import LinearProgramming

/// Plans by prices under many budgets, each begun where others ended (decomposition, 6).
///
/// First come the largest budget, the smallest and the middle one, then the middle of every gap: prices between two
/// known ones are nearly known, and so are the plans. Both halves then go on by themselves, at once where there are
/// threads for it; the order is the same for any number of them.
struct PlansInTurn: Sendable {
    private var planner: Planner
    /// Its tables in the canonical order.
    private let planningCase: PlanningCase
    /// Rising.
    private let budgets: [Double]
    private let movement: BudgetMovement
    private let goal: Goal
    private let control: SolverControl
    private let finished: @Sendable () -> Void
    private var ends = SearchEnds()
    /// By place of the budget.
    private var outcomes: [Int: BudgetSweep.Point.Outcome] = [:]
    /// Under budgets up to this place no plan holds all rules.
    private var mostImpossible = -1

    init(
        _ planner: Planner, of sweep: BudgetSweep, under budgets: [Double], control: SolverControl,
        finished: @escaping @Sendable () -> Void
    ) {
        self.planner = planner
        planningCase = CanonicalOrder(sweep.planningCase).applied(to: sweep.planningCase)
        self.budgets = budgets
        movement = sweep.movement
        goal = sweep.goal
        self.control = control
        self.finished = finished
    }

    /// What is found under every budget.
    func all() throws -> [BudgetSweep.Point.Outcome] {
        var turn = self
        for place in [budgets.count - 1, 0, budgets.count / 2] { try turn.solve(place) }
        let middle = budgets.count / 2
        let isAtOnce = planningCase.regions.count <= Self.mostAtOnce
        if isAtOnce {
            turn.planner = Planner(
                solver: planner.solver, threads: max(1, planner.threads / 2), method: planner.method)
        }
        let start = turn
        let halves = try parallelMap(2, threads: isAtOnce ? planner.threads : 1) { index in
            var half = start
            try half.bisect(index == 0 ? middle..<budgets.count - 1 : 0..<middle)
            return half.outcomes
        }
        let found = halves[0].merging(halves[1]) { first, _ in first }
        return budgets.indices.map { found[$0] ?? .missing }
    }

    /// Of more regions two searches at once take much memory.
    private static let mostAtOnce = 50_000

    /// All budgets between two that are done, from the largest of them down.
    private mutating func bisect(_ span: Range<Int>) throws {
        guard span.count > 1 else { return }
        let middle = (span.lowerBound + span.upperBound) / 2
        try solve(middle)
        try bisect(middle..<span.upperBound)
        try bisect(span.lowerBound..<middle)
    }

    private mutating func solve(_ place: Int) throws {
        guard outcomes[place] == nil else { return }
        defer { finished() }
        // A budget limits from above alone: what a smaller one allows, a larger one does too.
        guard place > mostImpossible else { return outcomes[place] = .impossible }
        let outcome = try BudgetSweep.Point.Outcome { try figures(under: budgets[place]) }
        if case .impossible = outcome, planningCase.assumptions.minimumSpend == nil { mostImpossible = place }
        outcomes[place] = outcome
    }

    private mutating func figures(under budget: Double) throws -> PlanFigures {
        let changed = planningCase.withBudget(budget, movement)
        var clock = PhaseClock { _ in }
        guard let found = try planner.decomposedPlan(changed, [], after: ends, control, &clock) else {
            // One program has the last word.
            return PlanFigures(try planner.solve(sorted: changed, [], control).plan, goal, movement)
        }
        ends = found.ends ?? ends
        return PlanFigures(found.plan, goal, movement)
    }
}

extension BudgetSweep.Point.Outcome {
    /// What a search comes to.
    init(_ figures: () throws -> PlanFigures) throws {
        do {
            self = .plan(try figures())
        } catch let failure as PlanningFailure {
            switch failure {
            case .cancelled, .stoppedWithoutPlan: self = .missing
            case .impossible, .infeasible: self = .impossible
            }
        }
    }
}
