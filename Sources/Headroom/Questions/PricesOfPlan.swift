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
        let sorted = order.applied(to: planningCase)
        let (plan, best, plans) = try bestPlans(of: sorted, control)
        let search = PriceSearch(
            planningCase: sorted, netPresentValue: best.ledger.totalNetPresentValue, plans: plans,
            curves: best.curves(planner: self, doNothing: plan.doNothing, control: control))
        let spent = best.ledger.spending()
        return PlanPrices(
            plan: plan.restored(by: order, to: planningCase, threads: threads),
            bestReturn: search.netPresentValue - plan.doNothing.totalNetPresentValue,
            budget: try search.budget(), total: try search.total(), yearly: try search.yearly(),
            rules: try search.rules(),
            unspent: planningCase.assumptions.budget.smallestAmount.map { max(0, $0 - spent) })
    }
}

/// Asks for one price after the other.
private struct PriceSearch {
    let planningCase: PlanningCase
    /// At the plan of the best return.
    let netPresentValue: Double
    let plans: any WholePlans
    let curves: any ReturnCurves

    private var money: Budget { planningCase.assumptions.budget }
    private var hasModules: Bool { planningCase.technologies.contains { $0.module != nil } }

    func budget() throws -> MarginalValue? {
        guard !hasModules, let amount = money.amount, amount > 0 else { return nil }
        return try curves.marginalValue(of: .allRows(amount))
    }

    func total() throws -> MarginalValue? {
        guard !hasModules, money.yearly != nil, let total = money.total else { return nil }
        return try curves.marginalValue(of: .total(total))
    }

    func yearly() throws -> [MarginalValue] {
        guard !hasModules, let amounts = money.yearly else { return [] }
        return try amounts.indices.compactMap { try curves.marginalValue(of: .year($0, amounts[$0])) }
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
        let range = hasModules ? nil : try curves.marginalValue(of: bound, isLower: isLower, ofRule: index)
        return PlanPrices.RulePrice(
            rule: planningCase.rules[index].name, isLower: isLower, bound: bound, cost: cost,
            raised: try step(bound.step(up: true)), lowered: try step(bound.step(up: false)), range: range)
    }

    /// What the best return changes by; nil where no plan is possible.
    private func change(with changed: PlanningCase) throws -> Double? {
        try plans.bestReturn(of: changed).map {
            let change = $0.ledger.totalNetPresentValue - netPresentValue
            // What is left open between plan and bound is no change.
            return abs(change) > 1e-10 * abs(netPresentValue) ? change : 0
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
