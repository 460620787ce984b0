import Headroom
import HeadroomTestSupport
import Testing

/// Goals in order of rank, worked out on paper.
struct GoalsByHandTests {
    /// Ten more users want service; a unit built for one earns 6.
    private let growing = RegionRow("A", growth: 0.1)
    /// Thirty users could be won for idle capacity, at a loss of 5 each.
    private let idle = RegionRow("B", users: 50, idle: 50, [.potentialUsers: 80, .adoptionCost: 15])
    /// Ten more users want service, who bring nothing: a unit built loses 4.
    private let poor = RegionRow("P", growth: 0.1, revenue: 0)

    @Test("Return first builds, and leaves idle what does not pay")
    func returnFirst() throws {
        let plan = try solve(growing, idle) { $0.objective.goals = [.return, .utilization] }
        #expect(plan.reached(.return).isClose(to: 60))
        #expect(plan.reached(.utilization).isClose(to: 0.7619047619))  // (110 + 50) / (110 + 100)
    }

    @Test("Utilization first fills what is idle, whatever it costs, and then earns what it can")
    func utilizationFirst() throws {
        // Every user won counts, and so does every unit built for a user: (110 + 80) / (110 + 100), for 60 − 150.
        let plan = try solve(growing, idle) { $0.objective.goals = [.utilization, .return] }
        #expect(plan.reached(.utilization).isClose(to: 0.9047619048))
        #expect(plan.reached(.return).isClose(to: -90))
        #expect(plan.goals.map(\.best).map { $0 ?? .nan }.isClose(to: [0.9047619048, -90]))
    }

    @Test("A goal gives up its tolerance for the next one")
    func tolerance() throws {
        // A tenth of 60 buys 6/5 users in B: (110 + 51.2) / 210.
        let plan = try solve(growing, idle) {
            $0.objective.goals = [.return, .utilization]
            $0.objective.tolerance = 0.1
        }
        #expect(plan.goals[0].best.isClose(to: 60))
        #expect(plan.reached(.return).isClose(to: 54))
        #expect(plan.reached(.utilization).isClose(to: 0.7676190476))
    }

    @Test("A goal below zero gives up its tolerance downwards")
    func negativeFloor() throws {
        // 150 want service, 135 must get it: 35 units at 4. A tenth of the loss of 140 serves 3.5 more.
        let plan = try solve(RegionRow(growth: 0.5, revenue: 0)) {
            $0.objective.goals = [.serviceLevel, .return, .servedUsers]
            $0.objective.tolerance = 0.1
        }
        #expect(plan.goals[1].best.isClose(to: -140))
        #expect(plan.reached(.return).isClose(to: -154))
        #expect(plan.reached(.servedUsers).isClose(to: 138.5))
    }

    @Test("Service level first serves who wants service, at a loss")
    func serviceLevel() throws {
        let plan = try solve(poor) { $0.objective.goals = [.serviceLevel] }
        #expect(plan.reached(.serviceLevel).isClose(to: 1))
        #expect(plan.added.isClose(to: -40))
        #expect(try solve(poor).built == [0])
    }

    @Test("Service level spends where a user costs least", arguments: [Goal.serviceLevel, .servedUsers])
    func cheapestFirst(goal: Goal) throws {
        // The budget of 20 serves five users in A or ten in Q.
        let cheap = RegionRow("Q", growth: 0.1, revenue: 0, buildCost: 2)
        let plan = try solve(growing, cheap) {
            $0.objective.goals = [goal]
            $0.budget.total = 20
        }
        #expect(plan.built.isClose(to: [0, 10], within: 1e-5))
        #expect(plan.value(of: .servedUsers).isClose(to: 210))
        #expect(plan.value(of: .serviceLevel).isClose(to: 0.9545454545))  // 210 / 220
        // Were the return the first goal, the last unit of money would build in A, at 6/4.
        #expect(plan.shadowPrices?.total.isClose(to: 1.5) == true)
    }

    @Test("Among the plans that keep the last goal the one of highest value is taken")
    func lastTie() throws {
        // 110 users in year 2 whether the ten units come in year 1, at 2 · 10 − 4, or in year 2, at 10 − 4.
        let row = RegionRow(growth: 0.1, [.potentialUsers: 110])
        let plan = try solve(row, years: 2) { $0.objective.goals = [.servedUsers] }
        #expect(plan.added.isClose(to: 160))
    }

    @Test("Goals are counted over the years asked for")
    func years() throws {
        let plan = try solve(growing, years: 3) {
            $0.objective.goals = [.servedUsers, .serviceLevel, .utilization]
            $0.objective.years = 2025...2026
        }
        #expect(plan.reached(.servedUsers).isClose(to: 231))  // 110 + 121, without 133.1
    }

    @Test(
        "Users are won for the years that count; years outside the horizon do not",
        arguments: [
            (2000...2025, [10.0, 0]), (2026...2040, [0.0, 10]),
        ])
    func someYears(years: ClosedRange<Int>, won: [Double]) throws {
        // Money for ten users, of whom half leave after a year.
        let plan = try solve(idle, years: 2) {
            $0.objective.goals = [.servedUsers]
            $0.objective.years = years
            $0.adoption.retention = 0.5
            $0.budget.total = 150
        }
        #expect(plan.won.isClose(to: won, within: 1e-5))
        #expect(plan.reached(.servedUsers).isClose(to: 60))
    }

    @Test("Service level is undefined where nobody wants service by himself")
    func noOrganicUsers() throws {
        let empty = RegionRow(
            users: 0, idle: 100, [.demandPerUser: 1, .potentialUsers: 40, .adoptionCost: 5])
        let plan = try solve(empty) { $0.objective.goals = [.serviceLevel, .return] }
        #expect(plan.goals[0].best == nil)
        #expect(plan.goals[0].value == nil)
        #expect(plan.goals[1].best.isClose(to: 200))
        #expect(plan.status == .optimal)
    }

    @Test("Utilization is undefined where no plan has capacity")
    func noCapacity() throws {
        let empty = RegionRow(users: 0, capacity: 0, [.demandPerUser: 1])
        let plan = try solve(empty) {
            $0.objective.goals = [.utilization, .return]
            $0.budget.total = 0
        }
        #expect(plan.goals.map(\.best) == [nil, 0])
        #expect(plan.goals.map(\.value) == [nil, 0])
    }

    @Test("Utilization is 0, not undefined, where some plan has capacity that nobody uses")
    func unusedCapacity() throws {
        let empty = RegionRow(users: 0, capacity: 0, [.demandPerUser: 1])
        let plan = try solve(empty) { $0.objective.goals = [.utilization] }
        #expect(plan.goals[0].best == 0)
        #expect(plan.goals[0].value == nil, "the plan itself builds nothing")
    }
}
