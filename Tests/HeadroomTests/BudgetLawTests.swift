import Headroom
import HeadroomTestSupport
import Testing

/// How the return depends on the budget, in random plans.
struct BudgetLawTests {
    private func bestReturn(_ inputs: RandomInputs, _ budget: Budget) throws -> Double {
        try #require(inputs.with(goals: .return).with { $0.budget = budget }.solved().bestReturn)
    }

    @Test("A bigger budget never earns less, and each further part no more", arguments: RandomInputs.seeds)
    func concave(seed: UInt64) throws {
        let inputs = RandomInputs(seed: seed)
        let budget = inputs.assumptions.budget
        let returns = try [0, 0.5, 1, 1.5].map { try bestReturn(inputs, budget.scaled(by: $0)) }
        let free = try bestReturn(inputs, Budget())
        let rounding = 1e-8 * max(abs(free), 1)
        let steps = zip(returns, returns.dropFirst()).map { $1 - $0 }
        for step in steps { #expect(step >= -rounding) }
        for (before, after) in zip(steps, steps.dropFirst()) { #expect(after <= before + rounding) }
        #expect(returns[3] <= free + rounding)
    }

    @Test(
        "The price of money is the slope of the best return, whatever its rank",
        arguments: RandomInputs.seeds)
    func shadowPriceOfTotal(seed: UInt64) throws {
        let inputs = RandomInputs(seed: seed)
        guard let total = inputs.assumptions.budget.total else { return }
        let goals: [Goal] = seed % 3 == 0 ? [.utilization, .return] : [.return, .utilization]
        let plan = try inputs.with { $0.objective = Objective(goals: goals, tolerance: 0.01) }.solved()
        let price = try #require(plan.shadowPrices?.total)
        let returns = try [-1e-4, 0, 1e-4].map { step in
            var budget = inputs.assumptions.budget
            budget.total = total * (1 + step)
            return try bestReturn(inputs, budget)
        }
        let rounding = 1e-9 * plan.moneySize / (1e-4 * total)
        #expect(price <= (returns[1] - returns[0]) / (1e-4 * total) + rounding)
        #expect(price >= (returns[2] - returns[1]) / (1e-4 * total) - rounding)
    }

    @Test("The price of a year's money is the slope of the best return in it", arguments: RandomInputs.seeds)
    func shadowPriceOfYear(seed: UInt64) throws {
        let inputs = RandomInputs(seed: seed)
        let budget = inputs.assumptions.budget
        guard let yearly = budget.yearly else { return }
        let plan = try inputs.with(goals: .return, .utilization).with { $0.objective.tolerance = 0.01 }
            .solved()
        let prices = try #require(plan.shadowPrices).yearly
        let year = Int(seed) % yearly.count
        // Money that is carried over counts in the rows of all later years too.
        let price = budget.carryOver ? prices[year...].reduce(0, +) : prices[year]
        let step = 1e-4 * yearly[year]
        let returns = try [-step, 0, step].map { step in
            var changed = budget
            changed.yearly?[year] += step
            return try bestReturn(inputs, changed)
        }
        let rounding = 1e-9 * abs(returns[1]) / step
        #expect(price <= (returns[1] - returns[0]) / step + rounding)
        #expect(price >= (returns[2] - returns[1]) / step - rounding)
    }

    @Test("Doing nothing is never better than the plan of highest return", arguments: RandomInputs.seeds)
    func returnIsNotNegative(seed: UInt64) throws {
        let plan = try RandomInputs(seed: seed).with(goals: .return, .serviceLevel).solved()
        #expect(plan.added >= -1e-9 * plan.moneySize)
    }

    @Test("A budget of 0 leaves every region as doing nothing does", arguments: RandomInputs.seeds)
    func zero(seed: UInt64) throws {
        let plan = try RandomInputs(seed: seed).with { $0.budget = Budget(total: 0) }.solved()
        #expect(plan.ledger.spending() == 0)
        #expect(plan.ledger.netPresentValue.isClose(to: plan.doNothing.netPresentValue, within: 1e-7))
    }
}
