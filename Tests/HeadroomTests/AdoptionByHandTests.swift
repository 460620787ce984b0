import Headroom
import HeadroomTestSupport
import Testing

/// Plans in which users are won, worked out on paper. A user brings 10 a year and takes one unit, which costs 4.
struct AdoptionByHandTests {
    /// Half idle; 30 more users could be won.
    private func idle(adoptionCost: Double, growth: Double = 0, potential: Double = 80) -> RegionRow {
        RegionRow(
            users: 50, idle: 50, growth: growth,
            [.potentialUsers: potential, .adoptionCost: adoptionCost])
    }

    @Test("Users are won where capacity lies idle, as many as there are")
    func fillsIdleCapacity() throws {
        let plan = try solve(idle(adoptionCost: 5))  // 30 users at 10 − 5
        #expect(plan.won.isClose(to: [30]))
        #expect(plan.served.isClose(to: [80]))
        #expect(plan.built == [0])
        #expect(plan.added.isClose(to: 150))
        #expect(plan.value(of: .utilization).isClose(to: 0.8))
        #expect(plan.value(of: .serviceLevel).isClose(to: 1.6))
    }

    @Test("A step is climbed only as far as it pays")
    func steps() throws {
        // Fifteen users cost 8 each, the other fifteen 12, more than a year's revenue: 15 · (10 − 8). Two years pay
        // for both: 15 · (20 − 8) + 15 · (20 − 12).
        func change(_ assumptions: inout Assumptions) {
            assumptions.adoption.steps = [
                .init(share: 0.5, costFactor: 1), .init(share: 0.5, costFactor: 1.5),
            ]
        }
        let year = try solve(idle(adoptionCost: 8), change: change)
        #expect(year.ledger.decisions.wonUsers.map { $0.listed[0] }.isClose(to: [15, 0]))
        #expect(year.added.isClose(to: 30))
        let two = try solve(idle(adoptionCost: 8), years: 2, change: change)
        #expect(two.ledger.decisions.wonUsers.map { $0.listed[0] }.isClose(to: [15, 15]))
        #expect(two.added.isClose(to: 300))
    }

    @Test("Steps whose shares leave something open win no more than their shares")
    func openShares() throws {
        let plan = try solve(idle(adoptionCost: 5)) { $0.adoption.steps = [.init(share: 0.4, costFactor: 1)] }
        #expect(plan.won.isClose(to: [12]))
    }

    @Test("Won users leave as retention says")
    func retention() throws {
        // A user won in year 1 brings 10, then 5; one won in year 2 brings 10. At 5 each, all are won in year 1.
        let plan = try solve(idle(adoptionCost: 5), years: 2) { $0.adoption.retention = 0.5 }
        #expect(plan.won.isClose(to: [30, 0]))
        #expect(plan.ledger.listed(\.wonUsersKept).isClose(to: [30, 15]))
        #expect(plan.served.isClose(to: [80, 65]))
        #expect(plan.added.isClose(to: 300))
    }

    @Test("Kept users need not be won again")
    func fullRetention() throws {
        let plan = try solve(idle(adoptionCost: 5), years: 2)  // 30 · (2 · 10 − 5)
        #expect(plan.won.isClose(to: [30, 0]))
        #expect(plan.added.isClose(to: 450))
    }

    @Test("Growth and adoption together stop at the potential")
    func potential() throws {
        // 55 of the 60 come by themselves; the other five are won at 5 each.
        let plan = try solve(idle(adoptionCost: 5, growth: 0.1, potential: 60))
        #expect(plan.won.isClose(to: [5]))
        #expect(plan.served.isClose(to: [60]))
        #expect(plan.added.isClose(to: 25))
    }

    @Test("In a full region users are won and built for")
    func adoptionWithBuilding() throws {
        // 10 − 2 to win − 4 to build, for ten users.
        let plan = try solve(RegionRow("A", [.potentialUsers: 110, .adoptionCost: 2]))
        #expect(plan.ledger.spending(lever: .adoption).isClose(to: 20))
        #expect(plan.ledger.spending(lever: .build).isClose(to: 40))
        #expect(plan.added.isClose(to: 40))
    }

    @Test("There is no adoption without a potential, nor without a cost", arguments: [true, false])
    func noLever(withoutPotential: Bool) throws {
        var row = idle(adoptionCost: 5)
        row.numbers[withoutPotential ? .potentialUsers : .adoptionCost] = nil
        let plan = try solve(row)
        #expect(plan.ledger.spending() == 0)
        #expect(plan.served.isClose(to: [50]))
    }

    @Test("A region without users has demand through adoption only")
    func noUsers() throws {
        // Users take 2 units. 25 find capacity: 10 − 5 each; the other 75 need 150 units: 10 − 5 − 2 · 2 each.
        let row = RegionRow(
            users: 0, capacity: 50, idle: 50, growth: 0.5, buildCost: 2,
            [.demandPerUser: 2, .potentialUsers: 100, .adoptionCost: 5])
        let plan = try solve(row)
        #expect(plan.won.isClose(to: [100]))
        #expect(plan.built.isClose(to: [150]))
        #expect(plan.added.isClose(to: 200))
        #expect(plan.ledger.serviceLevel(in: [Year(1)]) == nil)
        #expect(plan.doNothing.totalNetPresentValue == 0)
    }
}
