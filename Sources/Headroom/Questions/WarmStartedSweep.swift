import LinearProgramming

/// Plans by prices under many budgets, each begun where others ended (decomposition, 6).
///
/// Once the middle is known both halves go on by themselves, at once where there are threads for it; the order is the same
/// for any number of them.
struct WarmStartedSweep: Sendable {
    private var planner: Planner
    /// Its tables in the canonical order.
    private let planningCase: PlanningCase
    private let order: CanonicalOrder
    /// Rising.
    private let budgets: [Double]
    private let movement: BudgetMovement
    private let goal: Goal
    private let control: SolverControl
    private let finished: @Sendable () -> Void
    private var ends = WarmStarts()
    /// By place of the budget.
    private var outcomes: [Int: BudgetSweep.Point.Outcome] = [:]
    /// Today's budget, and what a little money does there.
    private let today: Double
    private let little: Double
    private var more: BudgetSweep.Margin?
    private var less: BudgetSweep.Margin?
    /// Under budgets up to this place no plan holds all rules.
    private var mostImpossible = -1

    init(
        _ planner: Planner, of sweep: BudgetSweep, under budgets: [Double], control: SolverControl,
        finished: @escaping @Sendable () -> Void
    ) {
        self.planner = planner
        order = CanonicalOrder(sweep.planningCase)
        planningCase = order.applied(to: sweep.planningCase)
        self.budgets = budgets
        movement = sweep.movement
        goal = sweep.goal
        today = sweep.amount
        little = sweep.littleMoney
        self.control = control
        self.finished = finished
        // What a region may spend is the same in all searches, or they could not begin where others ended.
        if let largest = budgets.last {
            ends.affordable = planningCase.withBudget(largest, movement).assumptions.affordableInOneRegion
        }
    }

    /// What is found under all budgets.
    struct Found: Sendable {
        /// By place of the budget.
        var outcomes: [BudgetSweep.Point.Outcome]
        /// What a little more money, and a little less, does at today's budget, where the return is the first goal.
        var more: BudgetSweep.Margin?
        var less: BudgetSweep.Margin?
    }

    /// Goes through all budgets.
    func all() throws -> Found {
        guard !budgets.isEmpty else { return Found(outcomes: []) }
        var turn = self
        let order = OrderOfBudgets(count: budgets.count)
        try turn.solve(order.middle)
        let isAtOnce = planningCase.regions.count <= Self.mostAtOnce
        if isAtOnce {
            turn.planner = Planner(
                solver: planner.solver, threads: max(1, planner.threads / 2), method: planner.method)
        }
        let start = turn
        let halves = try parallelMap(2, threads: isAtOnce ? planner.threads : 1) { index in
            var half = start
            for place in order.halves[index] { try half.solve(place) }
            return half
        }
        let outcomes = halves[0].outcomes.merging(halves[1].outcomes) { first, _ in first }
        return Found(
            outcomes: budgets.indices.map { outcomes[$0] ?? .missing },
            more: (halves[0].more ?? halves[1].more)?.restored(by: self.order),
            less: (halves[0].less ?? halves[1].less)?.restored(by: self.order))
    }

    /// Of more regions two searches at once take much memory.
    private static let mostAtOnce = 50_000

    private mutating func solve(_ place: Int) throws {
        guard outcomes[place] == nil else { return }
        defer { finished() }
        // A budget limits from above alone: what a smaller one allows, a larger one does too.
        guard place > mostImpossible else {
            outcomes[place] = .impossible
            return
        }
        let outcome = try BudgetSweep.Point.Outcome { try figures(under: budgets[place]) }
        if case .impossible = outcome, planningCase.assumptions.minimumSpend == nil { mostImpossible = place }
        outcomes[place] = outcome
        if case .plan = outcome, budgets[place] == today, goal == .return { try findMargins() }
    }

    private mutating func figures(under budget: Double) throws -> PlanFigures {
        let changed = planningCase.withBudget(budget, movement)
        var clock = PhaseClock { _ in }
        // Of a budget without a plan nobody is told what clashes.
        let found = try planner.decomposedPlan(
            changed, [], after: ends, explainsClash: false, control, &clock)
        guard let found else {
            // One program has the last word.
            return PlanFigures(try planner.solve(sorted: changed, [], control).plan, goal, movement)
        }
        ends = found.ends ?? ends
        return PlanFigures(found.plan, goal, movement)
    }
}

// MARK: At today's budget

extension WarmStartedSweep {
    /// A plan of the first goal alone.
    private struct First {
        var best: Double
        var ledger: Ledger
        var pricesOfMoney: [Double]
    }

    /// - Throws: As `Planner.doNothing`, but for a search that was stopped, which finds none.
    private mutating func findMargins() throws {
        let doNothing: Ledger
        do { doNothing = try planner.doNothing(planningCase, control) } catch is PlanningFailure { return }
        guard let first = first(under: today, doNothing) else { return }
        more = self.first(under: today + little, doNothing).flatMap {
            margin(from: first, to: $0, first.pricesOfMoney)
        }
        less = self.first(under: today - little, doNothing).flatMap {
            margin(from: $0, to: first, first.pricesOfMoney)
        }
    }

    /// - Returns: Nil where there is none, or the search was stopped.
    private func first(under budget: Double, _ doNothing: Ledger) -> First? {
        var changed = planningCase.withBudget(budget, movement)
        changed.assumptions.objective.goals = [goal]
        let search = DecomposedGoals(
            changed, earlier: ends, doNothing: doNothing, linkedBy: planner.solver, threads: planner.threads,
            control: control, log: { _ in })
        guard var search, let best = try? search.best(of: goal), let prices = search.last?.loop.prices else {
            return nil
        }
        return First(
            best: best, ledger: search.outcome.ledger,
            pricesOfMoney: changed.assumptions.pricesOfMoney(search.coupling.rows, prices))
    }

    private func margin(from less: First, to more: First, _ prices: [Double]) -> BudgetSweep.Margin? {
        let gain = more.best - less.best
        guard gain > 0 else { return nil }
        var most: BudgetCurve.Use?
        for region in planningCase.regions.indices {
            for lever in Lever.allCases {
                let yearly = planningCase.assumptions.planningYears.map {
                    more.ledger.spending(region: region, year: $0, lever: lever)
                        - less.ledger.spending(region: region, year: $0, lever: lever)
                }
                let worth = zip(yearly, prices).reduce(0) { $0 + $1.0 * $1.1 }
                if worth > most?.worth ?? 0 {
                    let money = yearly.reduce(0, +)
                    most = BudgetCurve.Use(region: region, lever: lever, money: money, worth: worth)
                }
            }
        }
        return most.map { BudgetSweep.Margin(gain: gain, use: $0) }
    }
}

extension BudgetSweep.Margin {
    fileprivate func restored(by order: CanonicalOrder) -> BudgetSweep.Margin {
        var margin = self
        margin.use.region = order.restored(use.region)
        return margin
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
