import LinearProgramming

/// Spending and service if there were no budget.
struct FreePlan {
    /// A number a region, money.
    var spending: [Double]
    /// Users by region and year, at `r · T + t − 1`.
    var servedUsers: [Double]
    let years: Int

    func servedUsers(_ region: RegionIndex, _ year: Year) -> Double {
        servedUsers[region.position * years + year.ordinal - 1]
    }
}

/// What has a price where the first goal of a plan is at its best.
struct BindingRows {
    var isBudgetBinding: Bool
    /// The highest price of any row of each rule, in the order of the plan.
    var rulePrices: [Double]
}

extension BindingRows {
    init(_ solution: Solution, of formulation: Formulation) {
        let budget = [formulation.budgetRows.total].compactMap(\.self) + formulation.budgetRows.yearly
        isBudgetBinding = budget.contains { solution.dual(of: $0) > 0 }
        rulePrices = formulation.ruleRows.map { rows in
            rows.reduce(0) { max($0, abs(solution.dual(of: $1))) }
        }
    }
}

/// Finds what a plan would be without its budget.
protocol FreePlanSearch {
    /// - Returns: The plan that is best in the goal; nil where none is found.
    func freePlan(of planningCase: PlanningCase, _ goal: Goal, keepingRules: Bool) throws -> FreePlan?
}

/// The same by whole programs, or, without links and rules, by one a region.
struct FreePlanByPrograms: FreePlanSearch {
    /// The best ratio, where the goal is one.
    let bestRatio: Double
    let solver: any LinearSolver
    let threads: Int
    let control: SolverControl

    func freePlan(of planningCase: PlanningCase, _ goal: Goal, keepingRules: Bool) throws -> FreePlan? {
        var free = FreePlan(spending: [], servedUsers: [], years: planningCase.assumptions.years)
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
            free.spending.append(account.totalSpending)
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
