public import LinearProgramming

extension Planner {
    /// The best first goal under several budgets of the same kind, each search begun where the last one ended.
    ///
    /// For plans of many regions that only budget and rules join, and a first goal that is no ratio: a budget then
    /// takes a small part of the time of a plan. Budgets are gone through in an order of their amounts, so that the
    /// result depends neither on the order in which they are given nor on threads.
    ///
    /// - Parameter budgets: With limits on the same years as the plan's own.
    /// - Returns: A value a budget, in their order; nil where the plan is none for this method.
    /// - Throws: `PlanningFailure.stoppedWithoutPlan` or `.cancelled` where the search was stopped.
    public func bestValues(
        of planningCase: PlanningCase, under budgets: [Budget], control: SolverControl = SolverControl()
    ) throws -> [BudgetValue]? {
        let sorted = CanonicalOrder(planningCase).applied(to: planningCase)
        guard let largest = Budget.largest(of: budgets), reasonForProgram(sorted) == nil,
            var run = WarmStartedBudgets(
                sorted, upTo: largest, doNothing: try doNothing(sorted, control), linkedBy: solver,
                threads: threads, control: control)
        else { return nil }
        var values = budgets.map { BudgetValue(budget: $0) }
        let rising = budgets.indices.sorted {
            let (left, right) = (budgets[$0].amount ?? 0, budgets[$1].amount ?? 0)
            return left != right ? left < right : $0 < $1
        }
        let order = OrderOfBudgets(count: rising.count)
        for index in ([order.middle] + order.halves.joined()).map({ rising[$0] }) {
            do throws(WarmStartedBudgets.Failure) {
                let point = try run.point(at: budgets[index])
                values[index].value = point.value
                values[index].slope = point.slope
                values[index].gap = point.gap
            } catch {
                switch error {
                case .impossible: continue
                case .unsuited: return nil
                case .stopped:
                    throw control.isCancelled() ? PlanningFailure.cancelled : .stoppedWithoutPlan
                }
            }
        }
        return values
    }
}

extension Budget {
    /// In every limit the largest of several budgets; nil where they are not of one kind, or without limit.
    fileprivate static func largest(of budgets: [Budget]) -> Budget? {
        guard var largest = budgets.first, !largest.isFree else { return nil }
        for budget in budgets.dropFirst() {
            guard (budget.total == nil) == (largest.total == nil),
                budget.yearly?.count == largest.yearly?.count, budget.carryOver == largest.carryOver
            else { return nil }
            largest.total = largest.total.flatMap { own in budget.total.map { max(own, $0) } }
            largest.yearly = largest.yearly.flatMap { own in
                budget.yearly.map { zip(own, $0).map { max($0, $1) } }
            }
        }
        return largest
    }
}
