import LinearProgramming

/// Finds what clashes where no plan is possible.
///
/// What can be given up is tried one after the other: what a plan is impossible without stays, what it is impossible
/// anyway without is left out for good (a deletion filter; J. Chinneck, Feasibility and Infeasibility in
/// Optimization, 2008, chapter 6). What remains is irreducible. It takes one solve a rule and limit.
struct ClashSearch {
    let planningCase: PlanningCase
    let solver: any LinearSolver
    let control: SolverControl

    /// - Throws: As `LinearSolver.certifiedSolve`; `PlanningFailure` where the search was stopped.
    func clash() throws -> Clash {
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
        var clash = Clash(members: members, minimumBudget: nil, changes: [])
        if members.contains(.budget) { clash.minimumBudget = try smallestBudget() }
        for case .rule(let index, _) in members {
            let rule = planningCase.rules[index]
            if let crossed = rule.crossedBounds { clash.causes.append("Of \(rule.title) \(crossed).") }
            clash.changes += try [true, false].compactMap { try leastChange(ofRule: index, isLower: $0) }
        }
        return clash
    }

    /// Limits and budget are given up before rules, so that a clash of rules alone is told as one.
    private var candidates: [Clash.Member] {
        var members: [Clash.Member] = [.technologyLimits, .linkLimits, .yearlyBuildLimits]
        if !planningCase.assumptions.budget.isFree { members.append(.budget) }
        if planningCase.assumptions.minimumSpend != nil { members.append(.minimumSpend) }
        return members + planningCase.rules.enumerated().map { .rule(index: $0, name: $1.name) }
    }

    /// The plan with only some of what can clash.
    private func reduced(keeping members: [Clash.Member]) -> PlanningCase {
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

    private func isPossible(keeping members: [Clash.Member]) throws -> Bool {
        var formulation = Formulation(reduced(keeping: members))
        formulation.setObjective(LinearExpression())
        return try best(of: formulation.program) != nil
    }

    /// - Returns: The optimum's objective and point; nil where there is none.
    private func best(of program: LinearProgram) throws -> Solution? {
        let settings = SolverSettings(method: .dualSimplex, gap: 1e-6)
        switch try solver.certifiedSolve(program, settings: settings, control: control) {
        case .optimal(let point): return point.solution
        case .infeasible, .unbounded: return nil
        case .stopped: throw control.isCancelled() ? PlanningFailure.cancelled : .stoppedWithoutPlan
        }
    }

    // MARK: What would do

    /// The least factor on all budget rows with which a plan exists, times the budget's amount.
    private func smallestBudget() throws -> Double? {
        let budget = planningCase.assumptions.budget
        guard let amount = budget.amount, amount > 0 else { return nil }
        var free = planningCase
        free.assumptions.objective.minimumSpend = .amount(planningCase.assumptions.minimumSpend ?? 0)
        free.assumptions.budget = Budget()
        var formulation = Formulation(free)
        let factor = formulation.addFactorOfBudget(budget)
        formulation.setObjective(LinearExpression(factor, times: -1))
        return try best(of: formulation.program).map { $0.columnValues[factor.index] * amount }
    }

    /// The nearest lower or upper bound of one rule with which, all else as it is, a plan exists.
    private func leastChange(ofRule index: Int, isLower: Bool) throws -> Clash.Change? {
        let rule = planningCase.rules[index]
        guard let bound = isLower ? rule.atLeast : rule.atMost else { return nil }
        var without = planningCase
        // The rule's other bound stays.
        if isLower { without.rules[index].atLeast = nil } else { without.rules[index].atMost = nil }
        let plain = Formulation(without)
        var formulation = plain
        guard let slack = formulation.addLoosened(rule, bound, isLower: isLower) else {
            return try nearestShare(rule, isLower: isLower, plain).map {
                Clash.Change(rule: rule.name, isLower: isLower, from: bound, to: .share($0))
            }
        }
        formulation.setObjective(LinearExpression(slack, times: -1))
        guard let solution = try best(of: formulation.program) else { return nil }
        let change = (isLower ? -1 : 1) * solution.columnValues[slack.index]
        return Clash.Change(rule: rule.name, isLower: isLower, from: bound, to: bound.moved(by: change))
    }

    /// The highest, or lowest, share that a rule can come to where it is a share of something that the plan decides.
    ///
    /// Dinkelbach's iteration, as in `RankedGoals`.
    ///
    /// - Returns: Nil where there is no plan, nothing to take a share of, or with `each` no single share.
    private func nearestShare(
        _ rule: Rule, isLower: Bool, _ formulation: Formulation
    ) throws -> Double? {
        guard !rule.each else { return nil }
        let regions = rule.scope(in: planningCase.regions)
        let years = rule.scope(in: planningCase.assumptions)
        let part = formulation.measure(rule, regions, years)
        let whole = formulation.whole(of: rule, regions, years)
        let sign = isLower ? 1.0 : -1
        var program = formulation.program
        program.setObjective(LinearExpression())
        var nearest: Double?
        while let point = try best(of: program)?.columnValues {
            guard let share = ratio(part.value(at: point), whole.value(at: point)) else { return nil }
            if let nearest, sign * (share - nearest) <= 1e-12 * max(1, abs(nearest)) { return nearest }
            nearest = share
            program.setObjective(sign * (part - share * whole))
        }
        return nil
    }
}

extension Rule.Bound {
    fileprivate func moved(by change: Double) -> Rule.Bound {
        switch self {
        case .amount(let amount): .amount(amount + change)
        case .share(let share): .share(share + change)
        }
    }
}

extension PlanningCase {
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

extension Formulation {
    /// A column that multiplies every limit of a budget: `Σ I − factor · limit ≤ 0`.
    fileprivate mutating func addFactorOfBudget(_ budget: Budget) -> Column {
        let factor = program.addColumn("budget_factor")
        let spending = years.map { self.spending(in: $0) }
        for limit in budget.limits(years: years.count) {
            var row = LinearExpression(factor, times: -limit.money)
            for year in limit.years { row.add(spending[year - 1]) }
            program.addRow("budget", row, upper: 0)
        }
        return factor
    }

    /// The rows of a rule with a column that loosens all of them by the same amount, or the same share.
    ///
    /// - Returns: Nil where a share is of something that the plan decides.
    fileprivate mutating func addLoosened(_ rule: Rule, _ bound: Rule.Bound, isLower: Bool) -> Column? {
        let slack = program.addColumn("slack")
        let scopes: [([RegionIndex], [Year])]
        let regions = rule.scope(in: planningCase.regions)
        let years = rule.scope(in: planningCase.assumptions)
        scopes = rule.each ? regions.flatMap { region in years.map { ([region], [$0]) } } : [(regions, years)]
        for (regions, years) in scopes {
            var expression = measure(rule, regions, years)
            var limit = 0.0
            var unit = 1.0
            switch bound {
            case .amount(let amount): limit = amount
            case .share(let share):
                let whole = whole(of: rule, regions, years)
                guard whole.terms.isEmpty else { return nil }
                limit = share * whole.constant
                unit = whole.constant
            }
            expression.add(slack, times: isLower ? unit : -unit)
            program.addRow(
                "loosened", expression, lower: isLower ? limit : -.infinity,
                upper: isLower ? .infinity : limit)
        }
        return slack
    }
}
