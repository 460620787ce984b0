import LinearProgramming

extension Planner {
    /// Programs of up to so many entries are solved a few times more to say how far the price of money holds.
    private static let quick = 100_000

    /// The duals of the budget rows where the return is at its best.
    ///
    /// - Returns: Nil without a budget, and with whole modules: the next unit of money may buy nothing, or a module.
    func shadowPrices(
        at best: CertifiedPoint, _ formulation: Formulation, findsRanges: Bool,
        _ control: SolverControl
    ) -> Plan.ShadowPrices? {
        let budget = formulation.planningCase.assumptions.budget
        let rows = formulation.budgetRows
        guard !budget.isFree, !formulation.program.hasIntegers else { return nil }
        func price(_ row: LinearProgram.Row) -> Double { max(0, best.solution.dual(of: row)) }
        var prices = Plan.ShadowPrices(total: rows.total.map(price), yearly: rows.yearly.map(price))
        guard let amount = budget.amount, amount > 0 else { return prices }
        let rates = formulation.ratesOfBudget(amount: amount)
        prices.allRows = rates.reduce(0) { $0 + $1.rate * price($1.row) }
        if findsRanges, formulation.program.entryCount <= Self.quick {
            let curve = ValueCurve(
                program: formulation.program, amount: amount, rates: rates, least: 0, start: best.basis,
                solver: solver, control: control)
            // Without them the price stands as the duals have it: the plan is proved already.
            prices.range = try? curve.marginalValue()
        }
        return prices
    }
}

extension Formulation {
    /// How the budget rows move with the budget's amount: one more unit scales every row by `1 + 1/amount`.
    func ratesOfBudget(amount: Double) -> [ValueCurve.Rate] {
        ([budgetRows.total].compactMap(\.self) + budgetRows.yearly).map {
            ValueCurve.Rate(row: $0, rate: program.rowUpper[$0.index] / amount)
        }
    }
}
