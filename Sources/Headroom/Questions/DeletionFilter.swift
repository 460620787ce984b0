import LinearProgramming

/// Finds what clashes where no plan is possible.
///
/// What can be given up is tried one after the other: what a plan is impossible without stays, what it is impossible
/// anyway without is left out for good (a deletion filter; J. Chinneck, Feasibility and Infeasibility in
/// Optimization, 2008, chapter 6). What remains is irreducible. It takes one question a rule and limit.
struct DeletionFilter {
    let planningCase: PlanningCase
    let questions: any ClashQuestions

    /// - Throws: As `questions`; `PlanningFailure` where the search was stopped.
    func clash() throws -> InfeasibleSubsystem {
        var members = candidates
        guard try !isPossible(keeping: members) else {
            throw CertificateFailure(description: "a plan was called impossible, although there is one")
        }
        for member in members {
            let rest = members.filter { $0 != member }
            if try !isPossible(keeping: rest) { members = rest }
        }
        // Doing nothing holds whatever cannot be given up.
        guard !members.isEmpty else {
            throw CertificateFailure(description: "doing nothing is possible, but was not found to be")
        }
        var clash = InfeasibleSubsystem(members: members, minimumBudget: nil, changes: [])
        if members.contains(.budget) { clash.minimumBudget = try smallestBudget() }
        for case .rule(let index, _) in members {
            let rule = planningCase.rules[index]
            if let crossed = rule.crossedBounds { clash.causes.append("Of \(rule.title) \(crossed).") }
            clash.changes += try [true, false].compactMap { try leastChange(ofRule: index, isLower: $0) }
        }
        return clash
    }

    /// Limits and budget are given up before rules, so that a clash of rules alone is told as one.
    private var candidates: [InfeasibleSubsystem.Member] {
        var members: [InfeasibleSubsystem.Member] = [.technologyLimits, .linkLimits, .yearlyBuildLimits]
        if !planningCase.assumptions.budget.isFree { members.append(.budget) }
        if planningCase.assumptions.minimumSpend != nil { members.append(.minimumSpend) }
        return members + planningCase.rules.enumerated().map { .rule(index: $0, name: $1.name) }
    }

    /// The plan with only some of what can clash.
    private func reduced(keeping members: [InfeasibleSubsystem.Member]) -> PlanningCase {
        let kept = Set(members)
        var reduced = planningCase
        if !kept.contains(.technologyLimits) { reduced.removeTechnologyLimits() }
        if !kept.contains(.yearlyBuildLimits) { reduced.regions = reduced.regions.withoutBuildLimits }
        if !kept.contains(.linkLimits) {
            for index in reduced.links.indices { reduced.links[index].yearlyLimit = .infinity }
        }
        // A share of the budget is an amount before the budget goes.
        let spend = planningCase.assumptions.minimumSpend
        reduced.assumptions.objective.minimumSpend = .amount(kept.contains(.minimumSpend) ? spend ?? 0 : 0)
        if !kept.contains(.budget) { reduced.assumptions.budget = Budget() }
        reduced.rules = planningCase.rules.enumerated().compactMap { index, rule in
            kept.contains(.rule(index: index, name: rule.name)) ? rule : nil
        }
        return reduced
    }

    private func isPossible(keeping members: [InfeasibleSubsystem.Member]) throws -> Bool {
        try questions.isPossible(reduced(keeping: members))
    }

    // MARK: What would do

    /// The least factor on all budget rows with which a plan exists, times the budget's amount.
    private func smallestBudget() throws -> Double? {
        guard let amount = planningCase.assumptions.budget.amount, amount > 0 else { return nil }
        var fixed = planningCase
        // A share of the budget is an amount before the budget moves.
        fixed.assumptions.objective.minimumSpend = .amount(planningCase.assumptions.minimumSpend ?? 0)
        return try questions.leastFactor(onBudgetOf: fixed).map { $0 * amount }
    }

    /// The nearest lower or upper bound of one rule with which, all else as it is, a plan exists.
    private func leastChange(ofRule index: Int, isLower: Bool) throws -> InfeasibleSubsystem.Change? {
        let rule = planningCase.rules[index]
        guard let bound = isLower ? rule.atLeast : rule.atMost else { return nil }
        return try questions.nearest(to: bound, ofRule: index, isLower: isLower, planningCase).map {
            InfeasibleSubsystem.Change(rule: rule.name, isLower: isLower, from: bound, to: $0)
        }
    }
}

/// What a search for a clash asks, of plans that differ by what was given up.
protocol ClashQuestions {
    /// Whether a plan exists.
    func isPossible(_ planningCase: PlanningCase) throws -> Bool

    /// The least factor on all rows of the budget with which a plan exists; nil: no budget would do.
    func leastFactor(onBudgetOf planningCase: PlanningCase) throws -> Double?

    /// The nearest bound of a rule with which a plan exists, its other bound as it is; nil: none would do.
    ///
    /// - Parameter bound: The one that the rule has.
    func nearest(
        to bound: Rule.Bound, ofRule index: Int, isLower: Bool, _ planningCase: PlanningCase
    ) throws -> Rule.Bound?
}

extension PlanningCase {
    /// The same plan with another bound of a rule, or without it; the rule's other bound stays.
    func withBound(_ bound: Rule.Bound?, ofRule index: Int, isLower: Bool) -> PlanningCase {
        var other = self
        if isLower { other.rules[index].atLeast = bound } else { other.rules[index].atMost = bound }
        return other
    }

    fileprivate mutating func removeTechnologyLimits() {
        for index in technologies.indices {
            technologies[index].yearlyLimit = .infinity
            for region in overrides[index].keys {
                overrides[index][region]?.yearlyLimit = nil
                overrides[index][region]?.totalLimit = nil
            }
        }
    }
}
