/// What of a budget moves when it is made larger or smaller.
public enum BudgetMovement: String, Sendable {
    /// All its rows together, as `--budget` scales them (model, 3.2).
    case allRows = "all rows"
    /// The total alone; yearly amounts stay.
    case totalOnly = "total only"
}

extension Budget {
    /// The amount that a movement counts in; nil where the budget has none.
    public func amount(_ movement: BudgetMovement) -> Double? {
        switch movement {
        case .allRows: amount
        case .totalOnly: total
        }
    }

    /// The budget with another amount.
    ///
    /// - Precondition: The amount that moves is above 0.
    public func moved(to other: Double, _ movement: BudgetMovement) -> Budget {
        guard let present = amount(movement), present > 0 else {
            preconditionFailure("a budget of nothing cannot be scaled")
        }
        if other == present { return self }
        var moved = movement == .allRows ? scaled(by: other / present) : self
        // The quotient's rounding must not come back in the amount that was asked for.
        if total != nil { moved.total = other }
        return moved
    }
}

extension PlanningCase {
    /// The same plan with another budget, as an edit of its file would make it.
    ///
    /// - Precondition: The amount that moves is above 0.
    public func withBudget(_ amount: Double, _ movement: BudgetMovement) -> PlanningCase {
        var changed = self
        changed.assumptions.budget = assumptions.budget.moved(to: amount, movement)
        return changed
    }
}
