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
        var account = RegionAccount(ledger)
        return ledger.planningCase.regions.indices.map { region in
            account.load(region)
            if let withRules, wouldSpendMore(withRules, account) { return .budget }
            let rule = binding.first { $0.scope.contains(region) }
            if let rule, let free, wouldSpendMore(free, account) || spendsMore(than: free, account) {
                return .rule(rule.name)
            }
            return state(of: account)
        }
    }

    /// What the region's levers themselves say.
    private func state(of account: RegionAccount) -> Reason {
        if let year = firstUnmetYear(in: account) {
            return isAtBuildLimit(account, before: year) ? .buildLimit : notWorthIt
        }
        guard canWin(in: account) else { return .allDemandMet }
        return isAdoptionExhausted(in: account) ? .adoptionExhausted : notWorthIt
    }

    /// What could still be bought is not: whether it pays is the question of the return alone.
    private var notWorthIt: Reason { goal == .return ? .unprofitable : .noGain }

    // MARK: Against the plan without a budget

    private func margin(_ region: RegionIndex, _ spent: Double) -> Double {
        Self.tolerance * max(spent, abs(ledger.netPresentValue[region]) * 1e-3)
    }

    /// More money, or the same money sooner.
    private func wouldSpendMore(_ free: FreePlan, _ account: RegionAccount) -> Bool {
        let region = account.region
        let spent = account.totalSpending
        if free.spending[region] > spent + margin(region, spent) { return true }
        guard let year = firstUnmetYear(in: account) else { return false }
        return free.servedUsers(region, year) > account.servedUsers[year] * (1 + Self.tolerance)
    }

    private func spendsMore(than free: FreePlan, _ account: RegionAccount) -> Bool {
        let spent = account.totalSpending
        return spent > free.spending[account.region] + margin(account.region, spent)
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
    private func firstUnmetYear(in account: RegionAccount) -> Year? {
        let potential = ledger.planningCase.regions.potentialUsers[account.region]
        return account.servedUsers.indices.first { year in
            let wanting = min(account.organicUsers[year] + account.wonUsersKept[year], potential)
            return account.servedUsers[year] < wanting * (1 - Self.tolerance)
        }.map { Year($0 + 1) }
    }

    /// Whether not even one module more, or nothing more, of what is built may be built.
    private func isAtBuildLimit(_ account: RegionAccount, before last: Year) -> Bool {
        let planningCase = ledger.planningCase
        let region = account.region
        let limit = planningCase.regions.yearlyBuildLimit[region]
        if limit == 0 { return true }
        return planningCase.technologies.indices.contains { technology in
            let amounts = account.newCapacity[technology]
            let module = planningCase.technologies[technology].module ?? 0
            func leavesNone(_ limit: Double, of built: Double) -> Bool {
                limit - built < max(Self.tolerance * limit, module * (1 - Self.tolerance))
            }
            let total = amounts.reduce(0, +)
            if total > 0, leavesNone(planningCase.totalLimit(region, technology), of: total) { return true }
            return planningCase.assumptions.planningYears.contains { year in
                guard year <= last, amounts[year] > 0 else { return false }
                let all = account.newCapacity.reduce(0) { $0 + $1[year] }
                return leavesNone(limit, of: all)
                    || leavesNone(planningCase.yearlyLimit(region, technology), of: amounts[year])
            }
        }
    }

    /// Whether adoption could add a user who is not wanting already.
    private func canWin(in account: RegionAccount) -> Bool {
        let planningCase = ledger.planningCase
        let region = account.region
        let steps = planningCase.assumptions.adoption.steps.indices
        guard steps.contains(where: { planningCase.adoptionLimit(region, step: $0) > 0 }) else {
            return false
        }
        let served = account.servedUsers[planningCase.assumptions.horizon]
        return served < planningCase.regions.potentialUsers[region] * (1 - Self.tolerance)
    }

    private func isAdoptionExhausted(in account: RegionAccount) -> Bool {
        account.wonUsers.indices.allSatisfy { step in
            let limit = ledger.planningCase.adoptionLimit(account.region, step: step)
            return account.wonUsers[step].reduce(0, +) >= limit * (1 - Self.tolerance)
        }
    }
}
