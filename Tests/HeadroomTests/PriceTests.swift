import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// What the budget and the rules are said to be worth, seen to by changing them.
struct PriceTests {
    /// Two regions that want 10 users each; the first earns 6 for every 4 spent, the second 2.
    private let rich = RegionRow("A", growth: 0.1)
    private let modest = RegionRow("B", growth: 0.1, revenue: 6)

    private func prices(
        _ planningCase: PlanningCase, _ method: Planner.Method = .automatic
    ) throws -> PlanPrices {
        try Planner(solver: GLPKSolver(), method: method).prices(of: planningCase)
    }

    @Test("By hand: the price of money, and from which budget to which it holds")
    func rangeByHand() throws {
        let planned = try PlanningCase.byHand([rich, modest]) { $0.budget.total = 60 }
        let price = try #require(try prices(planned).budget)
        #expect(price.more?.price.isClose(to: 0.5) == true)
        #expect(price.more?.until.isClose(to: 80) == true)
        #expect(price.less?.price.isClose(to: 0.5) == true)
        #expect(price.less?.until.isClose(to: 40) == true)
        #expect(!price.isDegenerate)
    }

    @Test("By hand: at a breakpoint one more is worth something else than one less")
    func degenerateByHand() throws {
        let planned = try PlanningCase.byHand([rich, modest]) { $0.budget.total = 40 }
        let price = try #require(try prices(planned).budget)
        #expect(price.isDegenerate)
        #expect(price.more == .init(price: price.more?.price ?? 0, until: price.more?.until ?? 0))
        #expect(price.more?.price.isClose(to: 0.5) == true)
        #expect(price.more?.until.isClose(to: 80) == true)
        #expect(price.less?.price.isClose(to: 1.5) == true)
        #expect(price.less?.until == 0)
        let summary = PlanSummary(try solve(planned))
        let said = summary.remarks.joined()
        #expect(said.contains("adds money 0.500 to the best return, up to money 80"))
        #expect(said.contains("one less takes money 1.500 away."))
    }

    @Test("By hand: money that nothing is left to buy for is worth nothing, and it is said why")
    func unspent() throws {
        let planned = try PlanningCase.byHand([rich, RegionRow("P", growth: 0.1, revenue: 1)]) {
            $0.budget.total = 100
        }
        let found = try prices(planned)
        #expect(found.budget?.more == .init(price: 0, until: .infinity))
        #expect(found.unspent.isClose(to: 60))
        #expect(try prices(planned.with { $0.budget.total = 200 }).bestReturn.isClose(to: found.bestReturn))
        let said = PricesSummary(found).money.joined(separator: "\n")
        #expect(
            said.contains(
                "money 60 of the budget stays unspent: nothing left to buy pays (all demand met in 1 region, "
                    + "unprofitable in 1 region)."))
        #expect(
            PlanSummary(try solve(planned)).remarks.joined().contains(
                "money 60 of the budget stays unspent: "))
    }

    @Test(
        "The best return follows the prices as far as they are said to hold", arguments: 0..<UInt64(25),
        [Planner.Method.program, .prices])
    func ranges(seed: UInt64, method: Planner.Method) throws {
        let inputs = RandomInputs(seed: seed, regions: 6, years: 3)
        var planned = RandomNetwork(seed: seed, inputs).added(to: try inputs.planningCase())
        planned.technologies = planned.technologies.map { technology in
            var technology = technology
            technology.module = nil
            return technology
        }
        if method == .prices { planned.links = [] }
        planned.assumptions.objective.goals = [.return]
        let found: PlanPrices
        do { found = try prices(planned, method) } catch PlanningFailure.impossible { return }
        let budget = planned.assumptions.budget
        func best(_ changed: Budget) throws -> Double {
            try solve(planned.with { $0.budget = changed }).added
        }
        if let price = found.budget, let amount = budget.amount {
            try expectLine(price, found) { try best(budget.scaled(by: $0 / amount)) }
        }
        if let price = found.total {
            try expectLine(price, found) { total in
                try best(Budget(total: total, yearly: budget.yearly, carryOver: budget.carryOver))
            }
        }
        for (year, price) in found.yearly.enumerated() {
            try expectLine(price, found) { money in
                var yearly = budget.yearly ?? []
                yearly[year] = money
                return try best(Budget(total: budget.total, yearly: yearly, carryOver: budget.carryOver))
            }
        }
    }

    /// Inside the range the return changes by the price; beyond it by less above, and by more below.
    private func expectLine(
        _ price: MarginalValue, _ found: PlanPrices, best: (Double) throws -> Double
    ) throws {
        let size = found.plan.moneySize
        for (side, isAbove) in [(price.more, true), (price.less, false)] {
            guard let side else { continue }
            let far = side.until.isFinite ? side.until : price.amount + max(1, price.amount)
            for share in [0.3, 1] {
                let amount = price.amount + share * (far - price.amount)
                let expected = found.bestReturn + side.price * (amount - price.amount)
                #expect(try best(amount).isClose(to: expected, within: 1e-7, size: size))
            }
            guard side.until.isFinite, side.until > 0 || isAbove else { continue }
            let beyond = far + (far - price.amount)
            guard beyond >= 0 else { continue }
            let line = found.bestReturn + side.price * (beyond - price.amount)
            // Below its range a plan may even be impossible.
            let value = (try? best(beyond)) ?? -.infinity
            #expect(value <= line + 1e-9 * size)
            #expect(value < line || abs(far - price.amount) < 1e-6 * max(1, price.amount))
        }
    }

    @Test(
        "Money is worth the same by prices and in one program, where little of it is there too",
        arguments: 0..<UInt64(12), [0.02, 0.3, 1])
    func methods(seed: UInt64, share: Double) throws {
        let planned = try RandomInputs(seed: seed, regions: 30, years: 4)
            .with {
                $0.budget = Budget(total: 9e5, yearly: [4e5, 3e5, 0, 3e5], carryOver: seed % 2 == 0)
                    .scaled(by: share)
                $0.objective = Objective(goals: [.return])
            }
            .planningCase()
        let found = try #require(try prices(planned, .program).budget)
        let plan = try Planner(solver: GLPKSolver(), method: .prices).plan(planned, details: [])
        let price = try #require(plan.shadowPrices?.allRows)
        #expect(price >= (found.more?.price ?? 0) - 1e-6)
        #expect(price <= (found.less?.price ?? .infinity) + 1e-6)
    }

    @Test("A rule's price by hand: what it costs, and what a step of its bound changes")
    func ruleByHand() throws {
        let floor = Rule(
            name: "B first", measure: .newCapacity, atLeast: .amount(5),
            tags: [.init(name: "region", values: ["B"])])
        let planned = try PlanningCase.byHand([rich, modest]) { $0.budget.total = 40 }.with(rules: floor)
        let price = try #require(try prices(planned).rules.first)
        // Five units for B earn 10 instead of 30.
        #expect(price.cost.isClose(to: 20))
        #expect(price.raised == .init(bound: .amount(5.05), change: price.raised.change))
        #expect(price.raised.change?.isClose(to: -0.2) == true)
        #expect(price.lowered.change?.isClose(to: 0.2) == true)
        #expect(price.range?.more?.price.isClose(to: -4) == true)
        #expect(price.range?.more?.until.isClose(to: 10) == true)
        #expect(price.range?.less?.until.isClose(to: 0) == true)
        #expect(
            PricesSummary(try prices(planned)).rules == [
                "Rule “B first” (at least 5) costs money 20 of the best return. With 5.05 it would be money 0.20 less. "
                    + "With 4.95 it would be money 0.20 more. That is the same for every step from 0 up to 10."
            ])
    }

    @Test(
        "A rule's price is what the return changes by without it", arguments: 0..<UInt64(12),
        [Planner.Method.program, .prices])
    func rules(seed: UInt64, method: Planner.Method) throws {
        let inputs = RandomInputs(seed: seed, regions: 6, years: 3)
        var planned = RandomNetwork(seed: seed, inputs).added(to: try inputs.planningCase())
        if method == .prices { planned.links = [] }
        planned.assumptions.objective.goals = [.return]
        let found: PlanPrices
        do { found = try prices(planned, method) } catch PlanningFailure.impossible { return }
        for (index, rule) in planned.rules.enumerated() {
            var without = planned
            without.rules.remove(at: index)
            let gained = try solve(without).added - solve(planned).added
            for price in found.rules where price.rule == rule.name {
                #expect(price.cost.isClose(to: gained, within: 1e-6, size: found.plan.moneySize))
                var raised = planned
                if price.isLower {
                    raised.rules[index].atLeast = price.raised.bound
                } else {
                    raised.rules[index].atMost = price.raised.bound
                }
                guard let change = price.raised.change else {
                    #expect(throws: PlanningFailure.self) { try solve(raised) }
                    continue
                }
                let seen = try solve(raised).added - solve(planned).added
                #expect(change.isClose(to: seen, within: 1e-6, size: found.plan.moneySize))
            }
        }
    }
}
