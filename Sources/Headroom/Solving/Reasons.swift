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
    /// What has a price where the first goal is at its best; nil where that is not known.
    let binding: BindingRows?
    let search: any FreePlanSearch
    let control: SolverControl

    /// What counts as nothing, relative.
    private static let tolerance = 1e-6

    func all() throws -> [Reason] {
        let binding = bindingRules
        let planningCase = ledger.planningCase
        let withRules = budgetBinds ? try search.freePlan(of: planningCase, goal, keepingRules: true) : nil
        let free =
            planningCase.rules.isEmpty
            ? withRules : try search.freePlan(of: planningCase, goal, keepingRules: false)
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

    // MARK: Against the plan without a budget

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
        if binding?.isBudgetBinding == true { return true }
        let budget = ledger.planningCase.assumptions.budget
        let years = ledger.planningCase.assumptions.planningYears
        let spending = years.map { ledger.spending(year: $0) }
        return budget.limits(years: years.count).contains { limit in
            limit.years.reduce(0) { $0 + spending[$1 - 1] } >= limit.money * (1 - Self.tolerance)
        }
    }

    /// The rules that have a price at the first goal's best, dearest first, with the regions they speak of.
    private var bindingRules: [(name: String, scope: Set<RegionIndex>)] {
        guard let binding else { return [] }
        let priced = zip(ledger.planningCase.rules, binding.rulePrices).filter { $1 > 0 }
        return priced.sorted { $0.1 > $1.1 }.map {
            ($0.0.name, Set($0.0.scope(in: ledger.planningCase.regions)))
        }
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
