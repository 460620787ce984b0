import Headroom
import HeadroomTestSupport
import Testing

/// Plans under a budget, worked out on paper.
struct BudgetByHandTests {
    /// Ten more users want service in each. A unit of money earns 6/4 in A and 6/2 in B.
    private let rows = [
        RegionRow("A", growth: 0.1), RegionRow("B", growth: 0.1, revenue: 8, buildCost: 2),
    ]

    @Test("Money goes first where it earns most")
    func total() throws {
        // B takes 20 and earns 60; the other 10 buy 2.5 units in A, which earn 6 each.
        let plan = try solve(rows[0], rows[1]) { $0.budget.total = 30 }
        #expect(plan.built.isClose(to: [2.5, 10]))
        #expect(plan.added.isClose(to: 75))
        #expect(plan.added(by: RegionIndex(0)).isClose(to: 15))
        #expect(plan.shadowPrices?.total.isClose(to: 1.5) == true)
    }

    @Test("More than enough money has no price")
    func enough() throws {
        let plan = try solve(rows[0], rows[1]) { $0.budget.total = 100 }
        #expect(plan.ledger.spending().isClose(to: 60))
        #expect(plan.shadowPrices?.total.isClose(to: 0) == true)
    }

    @Test("Without a budget spending is free, and has no price")
    func free() throws {
        let plan = try solve(rows[0], rows[1])
        #expect(plan.added.isClose(to: 120))
        #expect(plan.shadowPrices == nil)
    }

    @Test("A budget of 0 is doing nothing")
    func zero() throws {
        let plan = try solve(rows[0], rows[1], years: 2) { $0.budget.total = 0 }
        #expect(plan.ledger.decisions == plan.doNothing.decisions)
        #expect(plan.added == 0)
        #expect(plan.schedule.isEmpty)
    }

    @Test("A yearly budget holds in every year")
    func yearly() throws {
        // 110, then 121 users. Five units a year; those of year 1 earn 2 · 10 − 4, those of year 2 10 − 4.
        let plan = try solve(rows[0], years: 2) { $0.budget.yearly = [20, 20] }
        #expect(plan.built.isClose(to: [5, 5]))
        #expect(plan.added.isClose(to: 110))
        #expect(plan.shadowPrices?.yearly.isClose(to: [4, 1.5]) == true)
        #expect(plan.shadowPrices?.total == nil)
    }

    @Test("Money that is not carried over is spent early, and early capacity costs its operation")
    func noCarryOver() throws {
        // 60 in year 1 alone: ten units earn 2 · (10 − 1) − 4, five more stand idle a year: 10 − 2 · 1 − 4.
        let plan = try solve(RegionRow(growth: 0.1, [.operatingCost: 1]), years: 2) {
            $0.budget = Budget(yearly: [60, 0])
        }
        #expect(plan.built.isClose(to: [15, 0]))
        #expect(plan.added.isClose(to: 160))
    }

    @Test("Money that is carried over waits for its year")
    func carryOver() throws {
        // As above, but the five units are built when they are needed: 10 − 1 − 4.
        let plan = try solve(RegionRow(growth: 0.1, [.operatingCost: 1]), years: 2) {
            $0.budget = Budget(yearly: [60, 0], carryOver: true)
        }
        #expect(plan.built.isClose(to: [10, 5]))
        #expect(plan.added.isClose(to: 165))
    }

    @Test("Money is not carried back")
    func notBack() throws {
        let plan = try solve(rows[0], years: 2) { $0.budget = Budget(yearly: [0, 60], carryOver: true) }
        #expect(plan.built.isClose(to: [0, 15]))
    }

    @Test("A total and yearly amounts hold together")
    func both() throws {
        // 20 in year 1 at 16/4 a unit of money, 10 in year 2 at 6/4; the total costs 6/4, year 1 the rest.
        let plan = try solve(rows[0], years: 2) { $0.budget = Budget(total: 30, yearly: [20, 20]) }
        #expect(plan.built.isClose(to: [5, 2.5]))
        #expect(plan.added.isClose(to: 95))
        #expect(plan.shadowPrices?.total.isClose(to: 1.5) == true)
        #expect(plan.shadowPrices?.yearly.isClose(to: [2.5, 0]) == true)
        // All rows together by a thirtieth: a thirtieth of the return of 95.
        #expect(plan.shadowPrices?.allRows.isClose(to: 3.166666667) == true)
    }

    @Test("All levers draw on the same budget")
    func allLevers() throws {
        // A unit of money earns 4 in the idle region C, where a user costs 2 and brings 10, 3 in B, and 2 as credit in
        // D: 20 of the 130 go to C, 20 to B, and the 90 left enrol 90 of the 100 users of D.
        let idle = RegionRow("C", users: 50, idle: 50, [.potentialUsers: 60, .adoptionCost: 2])
        let credit = RegionRow("D", [.commerceRevenuePerUser: 3, .creditCost: 1])
        let plan = try solve(rows[1], idle, credit) { $0.budget.total = 130 }
        #expect(plan.ledger.spending(lever: .adoption).isClose(to: 20))
        #expect(plan.ledger.spending(lever: .build).isClose(to: 20))
        #expect(plan.ledger.spending(lever: .credit).isClose(to: 90))
        #expect(plan.shadowPrices?.total.isClose(to: 2) == true)
    }
}
