/// Finds why each region gets what it gets.
///
/// Whether money is what is missing is found by solving once more as if money were free to have: what a region would
/// then spend beyond the plan, or before it, is what the budget keeps from it. A program that cannot be solved gives no
/// reason, and the region's state in the plan has to do: the plan itself is proved already.
struct Reasons {
    let ledger: Ledger
    /// What the search maximised first.
    let goal: Goal
    /// What has a price where the first goal is at its best; nil where that is not known.
    let binding: BindingRows?
    let search: any FreePlanSearch
    let threads: Int

    func all() throws -> [Reason] {
        let planningCase = ledger.planningCase
        let rules = bindingRules
        let withRules = budgetBinds ? try search.freePlan(of: planningCase, goal, keepingRules: true) : nil
        // Asked only where a rule may be the reason.
        var free: (any FreePlan)?
        if !rules.isEmpty {
            free =
                planningCase.rules.isEmpty
                ? withRules : try search.freePlan(of: planningCase, goal, keepingRules: false)
        }
        return RegionReasons(
            ledger: ledger, goal: goal, rules: rules, ruleOfRegion: firstRule(rules), withRules: withRules,
            free: free
        ).all(threads: threads)
    }

    /// Whether money is short: a budget row has a price at the first goal's best, or the plan is up to it.
    private var budgetBinds: Bool {
        if binding?.isBudgetBinding == true { return true }
        let budget = ledger.planningCase.assumptions.budget
        let years = ledger.planningCase.assumptions.planningYears
        let spending = years.map { ledger.spending(year: $0) }
        return budget.limits(years: years.count).contains { limit in
            limit.years.reduce(0) { $0 + spending[$1 - 1] } >= limit.money * (1 - RegionReasons.tolerance)
        }
    }

    /// The rules that have a price at the first goal's best, dearest first.
    private var bindingRules: [Rule] {
        guard let binding else { return [] }
        let priced = zip(ledger.planningCase.rules, binding.rulePrices).filter { $1 > 0 }
        return priced.sorted { $0.1 > $1.1 }.map(\.0)
    }

    /// By region: the first of the rules that speaks of it, by its place among them, -1 where none does.
    private func firstRule(_ rules: [Rule]) -> [Int32] {
        var first = [Int32](repeating: -1, count: ledger.planningCase.regions.count)
        for (place, rule) in rules.enumerated().reversed() {
            for region in rule.scope(in: ledger.planningCase.regions) { first[region] = Int32(place) }
        }
        return first
    }
}

/// The reasons of regions, each by its account and by what it would do without a budget.
private struct RegionReasons: Sendable {
    let ledger: Ledger
    let goal: Goal
    /// Those that have a price.
    let rules: [Rule]
    /// By region: a place in `rules`; -1 where none speaks of it.
    let ruleOfRegion: [Int32]
    /// Without a budget; nil where money is not short, or it was not found.
    let withRules: (any FreePlan)?
    /// Without budget and rules.
    let free: (any FreePlan)?

    /// What counts as nothing, relative.
    static let tolerance = 1e-6

    func all(threads: Int) -> [Reason] {
        let portions = ledger.portions(threads: threads) { portion in
            let withRules = withRules?.reader()
            let free = free?.reader()
            return portion.map { reason(for: $0, withRules, free) }
        }
        return Array(portions.joined())
    }

    private func reason(
        for account: borrowing AccountReader, _ withRules: (any FreePlanReader)?,
        _ free: (any FreePlanReader)?
    ) -> Reason {
        let region = account.region
        if let withRules {
            withRules.load(region)
            if wouldSpendMore(withRules, account) { return .budget }
        }
        if let free, ruleOfRegion[region] >= 0 {
            free.load(region)
            if wouldSpendMore(free, account) || spendsMore(than: free, account) {
                return .rule(rules[Int(ruleOfRegion[region])].name)
            }
        }
        return state(of: account)
    }

    /// What the region's levers themselves say.
    private func state(of account: borrowing AccountReader) -> Reason {
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
    private func wouldSpendMore(_ free: any FreePlanReader, _ account: borrowing AccountReader) -> Bool {
        let spent = account.totalSpending
        if free.spending > spent + margin(account.region, spent) { return true }
        guard let year = firstUnmetYear(in: account) else { return false }
        return free.servedUsers(in: Year(year + 1)) > account.servedUsers[year] * (1 + Self.tolerance)
    }

    private func spendsMore(than free: any FreePlanReader, _ account: borrowing AccountReader) -> Bool {
        let spent = account.totalSpending
        return spent > free.spending + margin(account.region, spent)
    }

    // MARK: The region's own state; years as positions from 0

    /// The first year in which somebody who wants service does not get it.
    private func firstUnmetYear(in account: borrowing AccountReader) -> Int? {
        let potential = ledger.planningCase.regions.potentialUsers[account.region]
        for year in 0..<account.years {
            let wanting = min(account.organicUsers[year] + account.wonUsersKept[year], potential)
            if account.servedUsers[year] < wanting * (1 - Self.tolerance) { return year }
        }
        return nil
    }

    /// Whether not even one module more, or nothing more, of what is built may be built.
    private func isAtBuildLimit(_ account: borrowing AccountReader, before last: Int) -> Bool {
        let planningCase = ledger.planningCase
        let region = account.region
        let limit = planningCase.regions.yearlyBuildLimit[region]
        if limit == 0 { return true }
        for technology in 0..<account.technologyCount {
            let module = planningCase.technologies[technology].module ?? 0
            func leavesNone(_ limit: Double, of built: Double) -> Bool {
                limit - built < max(Self.tolerance * limit, module * (1 - Self.tolerance))
            }
            let total = account.totalNewCapacity(technology)
            if total > 0, leavesNone(planningCase.totalLimit(region, technology), of: total) { return true }
            for year in 0...last {
                let built = account.newCapacity[technology * account.years + year]
                guard built > 0 else { continue }
                if leavesNone(limit, of: account.newCapacity(year)) { return true }
                if leavesNone(planningCase.yearlyLimit(region, technology), of: built) { return true }
            }
        }
        return false
    }

    /// Whether adoption could add a user who is not wanting already.
    private func canWin(in account: borrowing AccountReader) -> Bool {
        let planningCase = ledger.planningCase
        let region = account.region
        let steps = planningCase.assumptions.adoption.steps.indices
        guard steps.contains(where: { planningCase.adoptionLimit(region, step: $0) > 0 }) else {
            return false
        }
        let served = account.servedUsers[account.years - 1]
        return served < planningCase.regions.potentialUsers[region] * (1 - Self.tolerance)
    }

    private func isAdoptionExhausted(in account: borrowing AccountReader) -> Bool {
        for step in 0..<account.stepCount {
            let limit = ledger.planningCase.adoptionLimit(account.region, step: step)
            if !(account.totalWonUsers(step) >= limit * (1 - Self.tolerance)) { return false }
        }
        return true
    }
}
