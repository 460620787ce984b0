import LinearProgramming

/// The best return as a function of an amount of money, or of a rule's bound, next to what it is today.
protocol ReturnCurves {
    /// - Throws: As `Planner.plan`.
    func marginalValue(of amount: MovingMoney) throws -> MarginalValue?

    /// - Parameters:
    ///   - bound: Of the rule at its place in the plan.
    ///   - isLower: Whether it is its `at_least`.
    /// - Returns: Nil where the return is no concave function of the bound, or it is not looked for.
    func marginalValue(of bound: Rule.Bound, isLower: Bool, ofRule index: Int) throws -> MarginalValue?
}

/// An amount of the budget that moves, at what it is today.
enum MovingMoney {
    /// All rows together.
    case allRows(Double)
    /// The total; yearly amounts stay.
    case total(Double)
    /// The amount of one planning year, counted from 0. With carry-over its money counts in every limit from then on.
    case year(Int, Double)

    var amount: Double {
        switch self {
        case .allRows(let amount), .total(let amount), .year(_, let amount): amount
        }
    }

    /// The budget with another amount.
    func moved(_ budget: Budget, to amount: Double) -> Budget {
        switch self {
        case .allRows: return budget.moved(to: amount, .allRows)
        case .total: return budget.moved(to: amount, .totalOnly)
        case .year(let year, _):
            var moved = budget
            moved.yearly?[year] = amount
            return moved
        }
    }
}

extension BestReturn {
    /// The curves next to the plan, looked for as it was found itself.
    func curves(planner: Planner, doNothing: Ledger, control: SolverControl) -> any ReturnCurves {
        if let found {
            return CurvesOfProgram(
                formulation: found.formulation, start: found.best.basis, solver: planner.solver,
                control: control)
        }
        return CurvesByPrices(
            margins: BudgetMargins(
                ledger.planningCase, doNothing: doNothing, solver: planner.solver, threads: planner.threads,
                control: control))
    }
}

/// Of a plan that is solved as one program.
private struct CurvesOfProgram: ReturnCurves {
    let formulation: Formulation
    let start: Basis?
    let solver: any LinearSolver
    let control: SolverControl

    func marginalValue(of moving: MovingMoney) throws -> MarginalValue? {
        try marginalValue(of: moving.amount, rates(of: moving))
    }

    private func rates(of moving: MovingMoney) -> [ValueCurve.Rate] {
        switch moving {
        case .allRows(let amount): return formulation.ratesOfBudget(amount: amount)
        case .total: return [formulation.budgetRows.total].compactMap(\.self).map { .init(row: $0, rate: 1) }
        case .year(let year, _):
            let rows = formulation.budgetRows.yearly
            let counting =
                formulation.planningCase.assumptions.budget.carryOver ? rows[year...] : rows[year...year]
            return counting.map { .init(row: $0, rate: 1) }
        }
    }

    func marginalValue(of bound: Rule.Bound, isLower: Bool, ofRule index: Int) throws -> MarginalValue? {
        guard let rate = formulation.rateOfBound(bound, of: formulation.planningCase.rules[index]) else {
            return nil
        }
        let rows = formulation.rows(ofRule: index, isLower: isLower)
        return try marginalValue(of: bound.number, rows.map { .init(row: $0, rate: rate) })
    }

    private func marginalValue(of amount: Double, _ rates: [ValueCurve.Rate]) throws -> MarginalValue? {
        try ValueCurve(
            program: formulation.program, amount: amount, rates: rates, least: 0, start: start,
            solver: solver, control: control
        ).marginalValue()
    }
}

/// Of a plan of many regions that is solved by prices: the budget's; a rule is told by steps of its bound alone.
private struct CurvesByPrices: ReturnCurves {
    let margins: BudgetMargins

    func marginalValue(of moving: MovingMoney) throws -> MarginalValue? {
        let budget = margins.planningCase.assumptions.budget
        return try margins.marginalValue(of: moving.amount) { moving.moved(budget, to: $0) }
    }

    func marginalValue(of bound: Rule.Bound, isLower: Bool, ofRule index: Int) throws -> MarginalValue? {
        nil
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
