public import LinearProgramming

extension Planner {
    /// What the budget and every rule of a plan are worth, on both sides and how far.
    ///
    /// With whole modules there are no prices of the budget; what rules cost is found by solving without them.
    ///
    /// - Throws: As `plan`.
    public func prices(
        of planningCase: PlanningCase, control: SolverControl = SolverControl()
    ) throws -> PlanPrices {
        let order = CanonicalOrder(planningCase)
        let solved = try solve(sorted: order.applied(to: planningCase), control)
        guard let best = try solved.bestReturn ?? bestReturn(of: solved.formulation, control) else {
            throw control.isCancelled() ? PlanningFailure.cancelled : .stoppedWithoutPlan
        }
        let search = PriceSearch(
            formulation: solved.formulation, best: best, planner: self, control: control)
        let spent = Ledger(
            solved.formulation.planningCase, Decisions(best.solution, of: solved.formulation)
        ).spending()
        return PlanPrices(
            plan: solved.plan.restored(by: order, to: planningCase, threads: threads),
            bestReturn: search.netPresentValue - solved.plan.doNothing.totalNetPresentValue,
            budget: try search.budget(), total: try search.total(), yearly: try search.yearly(),
            rules: try search.rules(),
            unspent: planningCase.assumptions.budget.smallestAmount.map { max(0, $0 - spent) })
    }
}

/// Asks for one price after the other.
private struct PriceSearch {
    let formulation: Formulation
    let best: CertifiedPoint
    let planner: Planner
    let control: SolverControl

    private var planningCase: PlanningCase { formulation.planningCase }
    /// At the plan of the best return; a stage's own objective may leave a constant out.
    var netPresentValue: Double { formulation.netPresentValue.value(at: best.solution.columnValues) }
    private var money: Budget { planningCase.assumptions.budget }

    func budget() throws -> MarginalValue? {
        guard let amount = money.amount, amount > 0 else { return nil }
        return try value(amount, formulation.ratesOfBudget(amount: amount))
    }

    func total() throws -> MarginalValue? {
        guard money.yearly != nil, let total = money.total, let row = formulation.budgetRows.total else {
            return nil
        }
        return try value(total, [.init(row: row, rate: 1)])
    }

    /// With carry-over a year's money counts in every limit from that year on.
    func yearly() throws -> [MarginalValue] {
        guard let amounts = money.yearly else { return [] }
        let rows = formulation.budgetRows.yearly
        return try amounts.indices.compactMap { year in
            let counting = money.carryOver ? rows[year...] : rows[year...year]
            return try value(amounts[year], counting.map { .init(row: $0, rate: 1) })
        }
    }

    private func value(
        _ amount: Double, _ rates: [ValueCurve.Rate], least: Double = 0
    ) throws -> MarginalValue? {
        guard !formulation.program.hasIntegers else { return nil }
        return try ValueCurve(
            program: formulation.program, amount: amount, rates: rates, least: least, start: best.basis,
            solver: planner.solver, control: control
        ).marginalValue()
    }

    // MARK: Rules

    func rules() throws -> [PlanPrices.RulePrice] {
        var prices: [PlanPrices.RulePrice] = []
        for (index, rule) in planningCase.rules.enumerated() {
            var without = planningCase
            without.rules.remove(at: index)
            guard let cost = try change(with: without) else {
                throw CertificateFailure(description: "there is a plan under a rule, but none without it")
            }
            for (bound, isLower) in [(rule.atLeast, true), (rule.atMost, false)] {
                guard let bound else { continue }
                prices.append(try price(of: index, bound, isLower, cost: cost))
            }
        }
        return prices
    }

    private func price(
        of index: Int, _ bound: Rule.Bound, _ isLower: Bool, cost: Double
    ) throws -> PlanPrices.RulePrice {
        func step(_ moved: Rule.Bound) throws -> PlanPrices.RulePrice.Step {
            var changed = planningCase
            if isLower { changed.rules[index].atLeast = moved } else { changed.rules[index].atMost = moved }
            return .init(bound: moved, change: try change(with: changed))
        }
        var range: MarginalValue?
        if let rate = formulation.rateOfBound(bound, of: planningCase.rules[index]) {
            let rows = formulation.rows(ofRule: index, isLower: isLower)
            range = try value(bound.number, rows.map { .init(row: $0, rate: rate) })
        }
        return PlanPrices.RulePrice(
            rule: planningCase.rules[index].name, isLower: isLower, bound: bound, cost: cost,
            raised: try step(bound.step(up: true)), lowered: try step(bound.step(up: false)), range: range)
    }

    /// What the best return changes by; nil where no plan is possible.
    private func change(with changed: PlanningCase) throws -> Double? {
        let program = Formulation(changed).program
        let settings = SolverSettings(method: .dualSimplex, gap: planningCase.assumptions.objective.gap)
        switch try planner.solver.certifiedSolve(program, settings: settings, control: control) {
        case .optimal(let optimum): return optimum.solution.objective - netPresentValue
        case .infeasible: return nil
        case .stopped, .unbounded:
            throw control.isCancelled() ? PlanningFailure.cancelled : .stoppedWithoutPlan
        }
    }
}

extension Rule.Bound {
    /// The number as it stands in the plan: an amount, or a share as a fraction.
    var number: Double {
        switch self {
        case .amount(let amount): amount
        case .share(let share): share
        }
    }

    /// Moved by a hundredth: of the whole for a share, of itself for an amount; a share stays at 0 or above.
    fileprivate func step(up: Bool) -> Rule.Bound {
        switch self {
        case .amount(let amount): .amount(amount * (up ? 1.01 : 0.99))
        case .share(let share): .share(max(0, share + (up ? 0.01 : -0.01)))
        }
    }
}

extension Formulation {
    /// How a rule's rows move with its bound; nil where the bound stands in the matrix.
    fileprivate func rateOfBound(_ bound: Rule.Bound, of rule: Rule) -> Double? {
        guard case .share = bound else { return 1 }
        // A single share of each region and year is of another whole in every row.
        guard !rule.each else { return nil }
        let regions = rule.scope(in: planningCase.regions)
        let whole = whole(of: rule, regions, rule.scope(in: planningCase.assumptions))
        return whole.terms.isEmpty ? whole.constant : nil
    }

    /// The rows of one bound of a rule; those of `at_least` stand before those of `at_most`.
    fileprivate func rows(ofRule index: Int, isLower: Bool) -> [Row] {
        let rule = planningCase.rules[index]
        guard rule.atLeast != nil, rule.atMost != nil else { return ruleRows[index] }
        let half = ruleRows[index].count / 2
        return Array(isLower ? ruleRows[index].prefix(half) : ruleRows[index].suffix(half))
    }
}
