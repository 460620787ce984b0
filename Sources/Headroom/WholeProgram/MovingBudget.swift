import LinearProgramming

extension Formulation {
    /// The rows that move with the budget: its own, and what must be spent of it where that is a share.
    ///
    /// - Returns: Nil where a row moves along no line.
    func movingRows(_ movement: BudgetMovement) -> [ParametricProgram.MovingRow]? {
        let assumptions = planningCase.assumptions
        let budget = assumptions.budget
        guard let amount = budget.amount(movement), amount > 0 else { return nil }
        var moving: [ParametricProgram.MovingRow] = []
        if let row = budgetRows.total { moving.append(.init(row: row, rate: 1)) }
        if movement == .allRows {
            moving += budgetRows.yearly.map { .init(row: $0, rate: program.rowUpper[$0.index] / amount) }
        }
        if let row = minimumSpendRow, case .share(let share) = assumptions.objective.minimumSpend {
            guard movement == .allRows || budget.yearly == nil else { return nil }
            moving.append(.init(row: row, rate: share * (budget.smallestAmount ?? 0) / amount))
        }
        // A row that stands at 0 stays there.
        return moving.filter { $0.rate > 0 }
    }

    /// What is spent on each lever in each region, a sum of columns a year.
    var spendingByUse: [(region: RegionIndex, lever: Lever, yearly: [LinearExpression])] {
        Lever.allCases.flatMap { lever in
            let counted = Rule(name: "", measure: .investment, levers: [lever])
            return planningCase.regions.indices.compactMap { region in
                let sums = years.map { year in
                    var sum = LinearExpression()
                    addSpending(of: region, in: year, countedBy: counted, to: &sum)
                    return sum
                }
                return sums.allSatisfy(\.terms.isEmpty) ? nil : (region, lever, sums)
            }
        }
    }
}
