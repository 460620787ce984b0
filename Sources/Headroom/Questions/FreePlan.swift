import LinearProgramming

/// What regions would do if there were no budget.
protocol FreePlan: Sendable {
    /// Someone to ask, one a thread: an answer may take a small solve.
    func reader() -> any FreePlanReader
}

/// Answers for one region after the other.
protocol FreePlanReader: AnyObject {
    /// Turns to a region; all answers are of the last one.
    func load(_ region: RegionIndex)
    /// Over all years, money, undiscounted.
    var spending: Double { get }
    /// Users.
    func servedUsers(in year: Year) -> Double
}

/// What has a price where the first goal of a plan is at its best.
struct BindingRows {
    var isBudgetBinding: Bool
    /// The highest price of any row of each rule, in the order of the plan.
    var rulePrices: [Double]
}

extension BindingRows {
    init(_ solution: Solution, of formulation: Formulation) {
        let budget = [formulation.budgetRows.total].compactMap(\.self) + formulation.budgetRows.yearly
        isBudgetBinding = budget.contains { solution.dual(of: $0) > 0 }
        rulePrices = formulation.ruleRows.map { rows in
            rows.reduce(0) { max($0, abs(solution.dual(of: $1))) }
        }
    }
}

/// Finds what a plan would be without its budget.
protocol FreePlanSearch {
    /// - Returns: The plan that is best in the goal; nil where none is found.
    func freePlan(of planningCase: PlanningCase, _ goal: Goal, keepingRules: Bool) throws -> (any FreePlan)?
}
