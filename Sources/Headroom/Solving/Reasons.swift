import LinearProgramming

/// Finds why each region gets what it gets.
///
/// Whether money is what is missing is found by solving once more as if money were free to have: what a region would
/// then spend beyond the plan, or before it, is what the budget keeps from it. Without budget, rules and links the
/// regions fall apart into small programs, solved in parallel. A program that cannot be solved gives no reason, and
/// the region's state in the plan has to do: the plan itself is proved already.
struct Reasons {
    let ledger: Ledger
    /// What the search maximised first.
    let goal: Goal
    /// The best ratio, where the first goal is one.
    let bestRatio: Double
    /// Where the first goal is at its best, with the program that it solves.
    let first: (solution: Solution, formulation: Formulation)?
    let solver: any LinearSolver
    let threads: Int
    let control: SolverControl

    /// What counts as nothing, relative.
    private static let tolerance = 1e-6

    func all() throws -> [Reason] {
        let binding = bindingRules
        let withRules = budgetBinds ? try withoutBudget(keepingRules: true) : nil
        let free = ledger.planningCase.rules.isEmpty ? withRules : try withoutBudget(keepingRules: false)
        return ledger.planningCase.regions.indices.map { region in
            if let withRules, wouldSpendMore(withRules, region) { return .budget }
            let rule = binding.first { $0.scope.contains(region) }
            if let rule, let free, wouldSpendMore(free, region) || spendsMore(than: free, region) {
                return .rule(rule.name)
            }
            return state(of: region)
        }
    }

    /// What the region's levers themselves say.
    private func state(of region: RegionIndex) -> Reason {
        if let year = firstUnmetYear(in: region) {
            return isAtBuildLimit(region, before: year) ? .buildLimit : notWorthIt
        }
        guard canWin(in: region) else { return .allDemandMet }
        return isAdoptionExhausted(in: region) ? .adoptionExhausted : notWorthIt
    }

    /// What could still be bought is not: whether it pays is the question of the return alone.
    private var notWorthIt: Reason { goal == .return ? .unprofitable : .noGain }

    // MARK: Without a budget

    /// Spending and service by region if there were no budget.
    private struct FreePlan {
        var spending: [Double]
        var servedUsers: [Double]
    }

    private func withoutBudget(keepingRules: Bool) throws -> FreePlan? {
        let planningCase = ledger.planningCase
        var free = FreePlan(spending: [], servedUsers: [])
        if planningCase.links.isEmpty, planningCase.rules.isEmpty || !keepingRules {
            let ledgers = try parallelMap(planningCase.regions.count, threads: threads) {
                bestPlan(planningCase.only([RegionIndex($0)]))
            }
            for ledger in ledgers {
                guard let ledger else { return nil }
                free.spending.append(ledger.spending())
                free.servedUsers += ledger.decisions.servedUsers
            }
            return free
        }
        var all = planningCase
        if !keepingRules { all.rules = [] }
        guard let ledger = bestPlan(all) else { return nil }
        free.spending = planningCase.regions.indices.map { ledger.spending(region: $0) }
        free.servedUsers = ledger.decisions.servedUsers
        return free
    }

    /// The best plan for the first goal without a budget, whole modules or not; nil where none is found.
    private func bestPlan(_ planningCase: PlanningCase) -> Ledger? {
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
        let start = StartingBasis(formulation, solver: solver, threads: threads).basis(control)
        let settings = SolverSettings(method: start == nil ? .dualSimplex : .primalSimplex)
        let result = try? solver.certifiedSolve(
            formulation.program.relaxed, from: start, settings: settings, control: control)
        guard case .optimal(let optimum) = result else { return nil }
        return Ledger(planningCase, Decisions(optimum.solution, of: formulation))
    }

    private func margin(_ region: RegionIndex, _ spent: Double) -> Double {
        Self.tolerance * max(spent, abs(ledger.netPresentValue[region]) * 1e-3)
    }

    /// More money, or the same money sooner.
    private func wouldSpendMore(_ free: FreePlan, _ region: RegionIndex) -> Bool {
        let spent = ledger.spending(region: region)
        if free.spending[region] > spent + margin(region, spent) { return true }
        guard let year = firstUnmetYear(in: region) else { return false }
        let position = ledger.decisions.position(region, year)
        return free.servedUsers[position] > ledger.decisions.servedUsers[position] * (1 + Self.tolerance)
    }

    private func spendsMore(than free: FreePlan, _ region: RegionIndex) -> Bool {
        let spent = ledger.spending(region: region)
        return spent > free.spending[region] + margin(region, spent)
    }

    /// Whether money is short: a budget row has a price at the first goal's best, or the plan is up to it.
    private var budgetBinds: Bool {
        let budget = ledger.planningCase.assumptions.budget
        if let first {
            let rows =
                [first.formulation.budgetRows.total].compactMap(\.self) + first.formulation.budgetRows.yearly
            if rows.contains(where: { first.solution.dual(of: $0) > 0 }) { return true }
        }
        let years = ledger.planningCase.assumptions.planningYears
        let spending = years.map { ledger.spending(year: $0) }
        return budget.limits(years: years.count).contains { limit in
            limit.years.reduce(0) { $0 + spending[$1 - 1] } >= limit.money * (1 - Self.tolerance)
        }
    }

    /// The rules that have a price at the first goal's best, dearest first, with the regions they speak of.
    private var bindingRules: [(name: String, scope: Set<RegionIndex>)] {
        guard let first else { return [] }
        let priced = zip(ledger.planningCase.rules, first.formulation.ruleRows).compactMap {
            rule, rows -> (price: Double, name: String, scope: Set<RegionIndex>)? in
            let price = rows.reduce(0) { max($0, abs(first.solution.dual(of: $1))) }
            return price > 0 ? (price, rule.name, Set(rule.scope(in: ledger.planningCase.regions))) : nil
        }
        return priced.sorted { $0.price > $1.price }.map { ($0.name, $0.scope) }
    }

    // MARK: The region's own state

    /// The first year in which somebody who wants service does not get it.
    private func firstUnmetYear(in region: RegionIndex) -> Year? {
        ledger.planningCase.assumptions.planningYears.first { year in
            let position = ledger.decisions.position(region, year)
            let wanting = min(
                ledger.organicUsers[position] + ledger.wonUsersKept[position],
                ledger.planningCase.regions.potentialUsers[region])
            return ledger.decisions.servedUsers[position] < wanting * (1 - Self.tolerance)
        }
    }

    /// Whether not even one module more, or nothing more, of what is built may be built.
    private func isAtBuildLimit(_ region: RegionIndex, before last: Year) -> Bool {
        let planningCase = ledger.planningCase
        let limit = planningCase.regions.yearlyBuildLimit[region]
        if limit == 0 { return true }
        let years = planningCase.assumptions.planningYears
        return planningCase.technologies.indices.contains { technology in
            let amounts = ledger.decisions.newCapacity[technology]
            let module = planningCase.technologies[technology].module ?? 0
            func leavesNone(_ limit: Double, of built: Double) -> Bool {
                limit - built < max(Self.tolerance * limit, module * (1 - Self.tolerance))
            }
            let total = ledger.sum(amounts, over: [region], in: years)
            if total > 0, leavesNone(planningCase.totalLimit(region, technology), of: total) { return true }
            return years.contains { year in
                let position = ledger.decisions.position(region, year)
                guard year <= last, amounts[position] > 0 else { return false }
                let all = ledger.decisions.newCapacity.reduce(0) { $0 + $1[position] }
                return leavesNone(limit, of: all)
                    || leavesNone(planningCase.yearlyLimit(region, technology), of: amounts[position])
            }
        }
    }

    /// Whether adoption could add a user who is not wanting already.
    private func canWin(in region: RegionIndex) -> Bool {
        let planningCase = ledger.planningCase
        let horizon = planningCase.assumptions.horizon
        let steps = planningCase.assumptions.adoption.steps.indices
        guard steps.contains(where: { planningCase.adoptionLimit(region, step: $0) > 0 }) else {
            return false
        }
        let served = ledger.decisions.servedUsers[ledger.decisions.position(region, horizon)]
        return served < planningCase.regions.potentialUsers[region] * (1 - Self.tolerance)
    }

    private func isAdoptionExhausted(in region: RegionIndex) -> Bool {
        let planningCase = ledger.planningCase
        return ledger.decisions.wonUsers.indices.allSatisfy { step in
            let won = ledger.sum(
                ledger.decisions.wonUsers[step], over: [region], in: planningCase.assumptions.planningYears)
            return won >= planningCase.adoptionLimit(region, step: step) * (1 - Self.tolerance)
        }
    }
}
