import Headroom
import HeadroomTestSupport
import Testing

/// Plans with the build lever alone, worked out on paper. As `RegionRow` stands, a user brings 10 a year and takes one
/// unit, which costs 4; all capacity is used in the base year.
struct BuildingByHandTests {
    @Test("A full region is built for the users who come")
    func growth() throws {
        // 110 users want service, 100 find capacity. Ten units earn 10 and cost 4 each: 60.
        let plan = try solve(RegionRow(growth: 0.1))
        #expect(plan.built.isClose(to: [10]))
        #expect(plan.served.isClose(to: [110]))
        #expect(plan.added.isClose(to: 60))
        #expect(plan.ledger.totalNetPresentValue.isClose(to: 1060))
        #expect(plan.doNothing.totalNetPresentValue.isClose(to: 1000))
        #expect(plan.ledger.spending().isClose(to: 40))
        #expect(plan.returnOnInvestment.isClose(to: 1.5))
        #expect(plan.value(of: .utilization).isClose(to: 1))
        #expect(plan.value(of: .serviceLevel).isClose(to: 1))
    }

    @Test("Money of year t counts (1 + rate)^(-t)")
    func discount() throws {
        // Year 1: 6 a unit for ten units, times 0.8. Year 2: eleven more users, times 0.64, and the ten of year 1
        // earn 10 again: 48 + 0.64 · (100 + 11 · 6) = 154.24. Spending: 40 · 0.8 + 44 · 0.64 = 60.16.
        let plan = try solve(RegionRow(growth: 0.1), years: 2) { $0.discountRate = 0.25 }
        #expect(plan.built.isClose(to: [10, 11]))
        #expect(plan.added.isClose(to: 154.24))
        #expect(plan.ledger.investmentPresentValue.isClose(to: 60.16))
    }

    @Test("Nothing is built where it costs more than it earns")
    func unprofitable() throws {
        // 10 of revenue against 4 to build and 7 to keep it running.
        let plan = try solve(RegionRow(growth: 0.1, [.operatingCost: 7]))
        #expect(plan.built == [0])
        #expect(plan.added.isClose(to: 0))
        #expect(plan.returnOnInvestment == nil)
    }

    @Test("Operating cost is paid for base capacity and for what is built")
    func operatingCost() throws {
        // Doing nothing: 100 · 10 − 100 · 1. Ten units earn 10 − 1 − 4 each.
        let plan = try solve(RegionRow(growth: 0.1, [.operatingCost: 1]))
        #expect(plan.doNothing.totalNetPresentValue.isClose(to: 900))
        #expect(plan.added.isClose(to: 50))
    }

    @Test("The cost factor multiplies the build cost, not the operating cost")
    func costFactor() throws {
        // 10 − 1 − 1.5 · 4 = 3 a unit.
        let plan = try solve(RegionRow(growth: 0.1, [.operatingCost: 1, .costFactor: 1.5]))
        #expect(plan.added.isClose(to: 30))
        #expect(plan.ledger.spending(lever: .build).isClose(to: 60))
    }

    @Test("A region that shrinks is left alone")
    func decline() throws {
        let plan = try solve(RegionRow(growth: -0.1))
        #expect(plan.built == [0])
        #expect(plan.served.isClose(to: [90]))
        #expect(plan.value(of: .utilization).isClose(to: 0.9))
    }

    @Test("Growing use takes capacity from the same users")
    func useGrowth() throws {
        // 110 units serve 110 / 1.21 = 90.909… users; all 100 need 121, so eleven more. They earn
        // (100 − 90.909…) · 10 − 11 · 4.
        let plan = try solve(RegionRow(capacity: 110, idle: 10, [.useGrowth: 0.21]))
        #expect(plan.doNothing.decisions.servedUsers.listed.isClose(to: [90.9090909091]))
        #expect(plan.built.isClose(to: [11]))
        #expect(plan.added.isClose(to: 46.9090909091))
    }

    @Test("A yearly build limit spreads building over the years")
    func yearlyBuildLimit() throws {
        // Thirty units are wanted from year 1 on. The ten of year 1 earn 2 · 10 − 4, those of year 2 10 − 4.
        let row = RegionRow(growth: 0.3, [.potentialUsers: 130, .yearlyBuildLimit: 10])
        let plan = try solve(row, years: 2)
        #expect(plan.built.isClose(to: [10, 10]))
        #expect(plan.added.isClose(to: 220))
    }

    @Test("Retirement takes its share of the base capacity every year")
    func retirement() throws {
        // 90 units are left in year 1, 81 in year 2: build 10, then 9, which earn 20 − 2 − 4 and 10 − 1 − 4 a unit.
        let plan = try solve(RegionRow("A", [.retirement: 0.1, .operatingCost: 1]), years: 2)
        #expect(plan.built.isClose(to: [10, 9]))
        #expect(plan.ledger.listed(\.capacity).isClose(to: [100, 100]))
        #expect(plan.added.isClose(to: 185))
    }

    @Test("Headroom is kept free, of the region's own share before the plan's")
    func maxUtilization() throws {
        // 0.8 · 100 units serve 80 of the 100 users of today. 25 units more serve the other 20: 200 − 100.
        let plan = try solve(RegionRow("A", [.maxUtilization: 0.8])) { $0.maxUtilization = 0.5 }
        #expect(plan.doNothing.decisions.servedUsers.listed.isClose(to: [80]))
        #expect(plan.built.isClose(to: [25]))
        #expect(plan.added.isClose(to: 100))
        #expect(plan.value(of: .utilization).isClose(to: 0.8))
    }

    @Test("The plan's headroom holds where a region has none of its own")
    func planMaxUtilization() throws {
        // 100 users at half of the capacity need 200 units; ten of revenue pay for two units of 4.
        let plan = try solve(RegionRow()) { $0.maxUtilization = 0.5 }
        #expect(plan.built.isClose(to: [100]))
        #expect(plan.added.isClose(to: 100))
    }
}
