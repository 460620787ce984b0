import LinearProgramming

/// What a plan would be without its budget, by whole programs or, without links and rules, by one a region.
struct FreePlanByPrograms: FreePlanSearch {
    /// The best ratio, where the goal is one.
    let bestRatio: Double
    let solver: any LinearSolver
    let threads: Int
    let control: SolverControl

    func freePlan(of planningCase: PlanningCase, _ goal: Goal, keepingRules: Bool) throws -> (any FreePlan)? {
        var free = WrittenFreePlan(years: planningCase.assumptions.years)
        if planningCase.links.isEmpty, planningCase.rules.isEmpty || !keepingRules {
            let ledgers = parallelMap(planningCase.regions.count, threads: threads) {
                bestPlan(planningCase.only([RegionIndex($0)]), goal)
            }
            for ledger in ledgers {
                guard let ledger else { return nil }
                free.spending.append(ledger.spending())
                free.servedUsers += ledger.totals.servedUsers
            }
            return free
        }
        var all = planningCase
        if !keepingRules { all.rules = [] }
        guard let ledger = bestPlan(all, goal) else { return nil }
        for region in planningCase.regions.indices {
            let account = ledger.account(of: region)
            free.spending.append(ledger.spending(region: region))
            free.servedUsers += account.servedUsers
        }
        return free
    }

    /// The best plan for a goal without a budget, whole modules or not; nil where none is found.
    private func bestPlan(_ planningCase: PlanningCase, _ goal: Goal) -> Ledger? {
        var planningCase = planningCase
        planningCase.assumptions.budget = Budget()
        planningCase.assumptions.objective.goals = [goal == .roi ? .return : goal]
        var formulation = Formulation(planningCase)
        switch GoalMeasure(planningCase.assumptions.objective.goals[0], formulation, doNothing: 0) {
        case .linear(let expression): formulation.setObjective(expression)
        case .ratio(let numerator, let denominator):
            formulation.setObjective(numerator - bestRatio * denominator)
        case .undefined: return nil
        }
        let settings = SolverSettings(method: .dualSimplex)
        let result = try? solver.certifiedSolve(
            formulation.program.relaxed, settings: settings, control: control)
        guard case .optimal(let optimum) = result else { return nil }
        return Ledger(planningCase, Decisions(optimum.solution, of: formulation))
    }
}

/// A plan of which spending and service were read once.
private struct WrittenFreePlan: FreePlan {
    let years: Int
    /// A number a region, money.
    var spending: [Double] = []
    /// Users by region and year, at `r · T + t − 1`.
    var servedUsers: [Double] = []

    func reader() -> any FreePlanReader { Reader(self) }

    private final class Reader: FreePlanReader {
        private let plan: WrittenFreePlan
        private var region = RegionIndex(0)

        init(_ plan: WrittenFreePlan) { self.plan = plan }

        func load(_ region: RegionIndex) { self.region = region }
        var spending: Double { plan.spending[region] }
        func servedUsers(in year: Year) -> Double {
            plan.servedUsers[region.position * plan.years + year.ordinal - 1]
        }
    }
}
