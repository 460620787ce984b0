/// The best a plan's first goal can come to under a budget, without the plan that does it.
public struct BudgetValue: Equatable, Sendable {
    public var budget: Budget
    /// In the goal's own unit; for the return money of the base year. Nil where no plan is possible.
    public var value: Double?
    /// What one more unit of `budget.amount` adds while all limits grow with it; nil without a plan.
    public var slope: Double?
    /// Between the value and what was proved to be no less than the best, relative.
    public var gap: Double?
}
