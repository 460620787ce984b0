import Headroom
import HeadroomTestSupport
import Testing

/// Return on investment, the worst-served region and the least spending as goals, worked out on paper.
struct FurtherGoalsByHandTests {
    /// Ten more users want service in each. A unit costs 4 and earns 6 in A, 2 and 6 in B.
    private let a = RegionRow("A", growth: 0.1)
    private let b = RegionRow("B", growth: 0.1, revenue: 8, buildCost: 2)

    private func roi(
        _ minimum: Rule.Bound, _ budget: Budget = Budget(total: 30), _ goals: [Goal] = [.roi],
        tolerance: Double = 0
    ) throws -> Plan {
        try solve(a, b) {
            $0.budget = budget
            $0.objective.goals = goals
            $0.objective.tolerance = tolerance
            $0.objective.minimumSpend = minimum
        }
    }

    @Test("Return on investment spends what it must, and no more than its best ratio allows")
    func roi() throws {
        // Up to 20 in B a unit of money earns 3; of plans with that ratio the one of highest value is taken.
        let half = try roi(.share(0.5))
        #expect(half.goals[0].best.isClose(to: 3))
        #expect(half.ledger.spending().isClose(to: 20))
        #expect(half.added.isClose(to: 60))
        #expect(half.returnOnInvestment.isClose(to: 3))
        // All of 30 must be spent: 75/30. The amount of 24: (60 + 6)/24.
        #expect(try roi(.share(1)).goals[0].best.isClose(to: 2.5))
        let amount = try roi(.amount(24))
        #expect(amount.goals[0].best.isClose(to: 2.75))
        #expect(amount.ledger.spending().isClose(to: 24))
        #expect(try roi(.amount(24), Budget()).goals[0].best.isClose(to: 2.75))
    }

    @Test("A share of the budget is of the smaller of total and years")
    func minimumSpend() throws {
        let plan = try roi(.share(1), Budget(total: 30, yearly: [24]))
        #expect(plan.goals[0].best.isClose(to: 2.75))
    }

    @Test("Where nothing pays, the least bad is spent on")
    func negative() throws {
        // A unit of 12 that earns 10: −2/12. It has to be spent, at every rank of the goal.
        for goals in [[Goal.roi], [.return, .roi]] {
            let plan = try solve(RegionRow(growth: 0.1, buildCost: 12)) {
                $0.budget.total = 60
                $0.objective.goals = goals
            }
            #expect(plan.reached(.roi).isClose(to: -1.0 / 6))
            #expect(plan.ledger.spending().isClose(to: 30))
        }
    }

    @Test("Ranked after the return, and before it")
    func ranked() throws {
        // Of 75, 60 must be kept: the 20 in B earn that at 3.
        let second = try roi(.share(0.5), Budget(total: 30), [.return, .roi], tolerance: 0.2)
        #expect(second.goals.map { $0.best ?? .nan }.isClose(to: [75, 3]))
        #expect(second.added.isClose(to: 60))
        // Of 3, 2.7 must be kept: (60 + 1.5 · (s − 20))/s ≥ 2.7 up to s = 25.
        let first = try roi(.share(0.5), Budget(total: 30), [.roi, .return], tolerance: 0.1)
        #expect(first.goals.map { $0.best ?? .nan }.isClose(to: [3, 67.5]))
        #expect(first.ledger.spending().isClose(to: 25))
    }

    @Test("Spending counts at its present value, the minimum as it is paid")
    func discounted() throws {
        // In year 2 of 2, at 100 % a year, 24 are worth 6. Revenue of ten users, only then: 100/4.
        let plan = try solve(RegionRow(growth: 0.1, [.potentialUsers: 110]), years: 2) {
            $0.discountRate = 1
            $0.budget = Budget(yearly: [0, 40])
            $0.objective.goals = [.roi]
            $0.objective.minimumSpend = .amount(40)
        }
        #expect(plan.added.isClose(to: 15))
        #expect(plan.goals[0].best.isClose(to: 1.5))
    }

    @Test("Return on investment is undefined where nothing can or must be spent")
    func undefined() throws {
        let plan = try roi(.share(0.5), Budget(total: 0), [.roi, .return])
        #expect(plan.goals.map(\.best) == [nil, 0])
        #expect(plan.goals.map(\.value) == [nil, 0])
        #expect(plan.returnOnInvestment == nil)
    }

    @Test("A minimum that cannot be spent is a clash")
    func cannotSpend() throws {
        let failure = #expect(throws: PlanningFailure.self) { try roi(.amount(40)) }
        guard case .impossible(let clash) = failure else {
            Issue.record("ended with \(String(describing: failure))")
            return
        }
        #expect(Set(clash.members) == [.budget, .minimumSpend])
        #expect(clash.minimumBudget.isClose(to: 40))
    }

    @Test("The worst service is raised everywhere alike, where users ask for it")
    func worstService() throws {
        // 6 for a unit in each: five pairs for 30. The region without users does not count.
        let empty = RegionRow("E", users: 0, idle: 100, [.demandPerUser: 1])
        let plan = try solve(a, b, empty) {
            $0.budget.total = 30
            $0.objective.goals = [.worstService]
        }
        #expect(plan.goals[0].best.isClose(to: 105.0 / 110))
        #expect(plan.reached(.worstService).isClose(to: 105.0 / 110))
        #expect(plan.built.isClose(to: [5, 5, 0], within: 1e-5))
        // A tenth less is what there is without money, and the return decides: 2.5 in A, ten in B.
        let loose = try solve(a, b) {
            $0.budget.total = 30
            $0.objective.goals = [.worstService, .return]
            $0.objective.tolerance = 0.1
        }
        #expect(loose.built.isClose(to: [2.5, 10]))
        #expect(loose.reached(.worstService).isClose(to: 102.5 / 110))
    }

    @Test("The worst service is undefined where nobody asks for any")
    func worstServiceUndefined() throws {
        let empty = RegionRow(users: 0, idle: 100, [.demandPerUser: 1])
        let plan = try solve(empty) { $0.objective.goals = [.worstService, .return] }
        #expect(plan.goals[0].best == nil)
        #expect(plan.goals[0].value == nil)
    }

    @Test("The least spending first spends nothing, as a second goal no more than the first one needs")
    func leastSpending() throws {
        let first = try solve(a, b) { $0.objective.goals = [.leastSpending, .return] }
        #expect(first.goals.map { $0.best ?? .nan }.isClose(to: [0, 0], within: 1e-8))
        #expect(first.ledger.spending() <= 1e-8)
        // All who want service: ten units at 4 and ten at 2, of the cheaper technology.
        let planned = try PlanningCase.byHand([a, b]) {
            $0.objective.goals = [.serviceLevel, .leastSpending]
        }
        let plan = try solve(
            planned.with(
                technologies: [Technology(name: "dear", buildCost: 5), .capacity],
                overrides: [[:], [:]]))
        #expect(plan.goals.map { $0.best ?? .nan }.isClose(to: [1, 60]))
        #expect(plan.reached(.leastSpending).isClose(to: 60))
    }

    @Test("The floor of the least spending is a ceiling")
    func spendingCeiling() throws {
        // 95 % of 220 users need nine more, in B for 18; a twentieth more is 18.9, which serves 9.45.
        let plan = try solve(a, b) {
            $0.objective.goals = [.serviceLevel, .leastSpending, .return]
            $0.objective.tolerance = 0.05
        }
        #expect(plan.goals.map { $0.best ?? .nan }.isClose(to: [1, 18, 56.7]))
        #expect(plan.reached(.leastSpending).isClose(to: 18.9))
        #expect(plan.built.isClose(to: [0, 9.45]))
    }
}
