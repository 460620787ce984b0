import Headroom
import HeadroomTestSupport
import Testing

/// Several ways to build, worked out on paper. Where nothing else is said ten more users want service from year 1 on,
/// who bring 10 a year each and take a unit each.
struct TechnologyByHandTests {
    private let growing = RegionRow(growth: 0.1, [.potentialUsers: 110])

    private func solve(
        _ row: RegionRow, years: Int = 1, _ technologies: [Technology],
        _ overrides: [[Int: CostOverride]]? = nil, change: (inout Assumptions) -> Void = { _ in }
    ) throws -> Plan {
        let planned = try PlanningCase.byHand([row], years: years, change: change)
        return try HeadroomTests.solve(planned.with(technologies: technologies, overrides: overrides))
    }

    private func built(_ plan: Plan) -> [[Double]] { plan.ledger.decisions.newCapacity.map(\.listed) }

    @Test("The cheap technology is built up to its yearly limit, the dear one beyond it")
    func cheapThenDear() throws {
        // Thirty units are wanted: ten earn 10 − 2, twenty 10 − 6.
        let row = RegionRow(growth: 0.3)
        let plan = try solve(
            row,
            [
                Technology(name: "dear", buildCost: 6),
                Technology(name: "cheap", buildCost: 2, yearlyLimit: 10),
            ])
        #expect(built(plan)[0].isClose(to: [20]))
        #expect(built(plan)[1].isClose(to: [10]))
        #expect(plan.added.isClose(to: 160))
        #expect(plan.ledger.spending(lever: .build).isClose(to: 140))
    }

    @Test("The region's own yearly limit holds for all technologies together")
    func sharedLimit() throws {
        // Fifteen may be built: ten earn 10 − 2, five 10 − 6.
        let row = RegionRow(growth: 0.3, [.yearlyBuildLimit: 15])
        let plan = try solve(
            row,
            [
                Technology(name: "cheap", buildCost: 2, yearlyLimit: 10),
                Technology(name: "dear", buildCost: 6),
            ])
        #expect(built(plan).map { $0[0] }.isClose(to: [10, 5]))
        #expect(plan.added.isClose(to: 100))
    }

    @Test("What takes a year to build misses a year's revenue", arguments: [(9.0, 110.0), (15.0, 60.0)])
    func leadTime(quickCost: Double, added: Double) throws {
        // A slow unit earns 10 − 4, a quick one 20 − 9 or 20 − 15.
        let technologies = [
            Technology(name: "slow", buildCost: 4, leadTime: 1),
            Technology(name: "quick", buildCost: quickCost),
        ]
        let plan = try solve(growing, years: 2, technologies)
        #expect(built(plan)[quickCost == 9 ? 1 : 0].isClose(to: [10, 0]))
        #expect(built(plan)[quickCost == 9 ? 0 : 1].isClose(to: [0, 0]))
        #expect(plan.added.isClose(to: added))
    }

    @Test("What would be in service after the horizon is not built")
    func leadTimeBeyondHorizon() throws {
        let plan = try solve(growing, years: 2, [Technology(name: "slow", buildCost: 1, leadTime: 2)])
        #expect(built(plan) == [[0, 0]])
        #expect(plan.added == 0)
    }

    @Test("A lifetime that ends inside the horizon has to be paid for again")
    func lifetime() throws {
        // A year: 10 − 4 in each of two years.
        let yearly = try solve(growing, years: 2, [Technology(name: "brief", buildCost: 4, lifetime: 1)])
        #expect(built(yearly)[0].isClose(to: [10, 10]))
        #expect(yearly.added.isClose(to: 120))
        // Two years, of three: 30 − 4 − 4, and half of what was paid in year 3 is left: 2.
        let longer = [Technology(name: "longer", buildCost: 4, lifetime: 2)]
        let plan = try solve(growing, years: 3, longer) { $0.residualValue = .linear }
        #expect(built(plan)[0].isClose(to: [10, 0, 10]))
        #expect(plan.ledger.listed(\.capacity).isClose(to: [110, 110, 110]))
        #expect(plan.added.isClose(to: 240))
    }

    @Test("Lead time and lifetime count from the year in service")
    func leadTimeAndLifetime() throws {
        // Paid in year 1, in service in year 2 alone: 10 − 4. Paid in year 2, in year 3: the same.
        let plan = try solve(
            growing, years: 3, [Technology(name: "late", buildCost: 4, lifetime: 1, leadTime: 1)])
        #expect(built(plan)[0].isClose(to: [10, 10, 0]))
        #expect(plan.ledger.listed(\.capacity).isClose(to: [100, 110, 110]))
        #expect(plan.added.isClose(to: 120))
    }

    @Test("A technology's build cost is multiplied by the cost factor, an override's is final")
    func overrides() throws {
        let row = RegionRow(growth: 0.1, [.costFactor: 2, .potentialUsers: 110])
        let technologies = [Technology(name: "fibre", buildCost: 4)]
        func added(_ override: CostOverride?, years: Int = 1) throws -> Double {
            let cells = override.map { [[0: $0]] }
            return try solve(row, years: years, technologies, cells).added
        }
        #expect(try added(nil).isClose(to: 20))  // 10 − 2 · 4
        #expect(try added(CostOverride(buildCost: 5)).isClose(to: 50))
        #expect(try added(CostOverride(buildCost: 5, operatingCost: 1)).isClose(to: 40))
        #expect(try added(CostOverride(operatingCost: 1)).isClose(to: 10))
        #expect(try added(CostOverride(buildCost: 5, yearlyLimit: 3)).isClose(to: 15))
        // Three in year 1 for two years, three in year 2: 3 · 15 + 3 · 5.
        #expect(try added(CostOverride(buildCost: 5, yearlyLimit: 3), years: 2).isClose(to: 60))
        // Four in all, in year 1: 4 · 15.
        #expect(try added(CostOverride(buildCost: 5, totalLimit: 4), years: 2).isClose(to: 60))
        #expect(try added(CostOverride(buildCost: 5, totalLimit: 4)).isClose(to: 20))
    }

    @Test("An override holds in its own region alone")
    func overrideOfOneRegion() throws {
        let rows = [RegionRow("A", growth: 0.1), RegionRow("B", growth: 0.1)]
        let planned = try PlanningCase.byHand(rows).with(
            technologies: [Technology(name: "fibre", buildCost: 4), Technology(name: "radio", buildCost: 5)],
            overrides: [[1: CostOverride(totalLimit: 2)], [0: CostOverride(buildCost: 1)]])
        // A builds with radio at 1, B two units with fibre at 4 and eight with radio at 5.
        let plan = try HeadroomTests.solve(planned)
        #expect(built(plan)[0].isClose(to: [0, 2]))
        #expect(built(plan)[1].isClose(to: [10, 8]))
        #expect(plan.added.isClose(to: 90 + 12 + 40))
    }

    @Test("Each technology runs at its own cost, base capacity at the region's")
    func operatingCost() throws {
        // Doing nothing: 100 · (10 − 1). A unit: 10 − 3 − 4 with frugal costs, 10 − 6 − 2 with greedy ones.
        let row = RegionRow(growth: 0.1, [.operatingCost: 1])
        let plan = try solve(
            row,
            [
                Technology(name: "greedy", buildCost: 2, operatingCost: 6),
                Technology(name: "frugal", buildCost: 4, operatingCost: 3),
            ])
        #expect(plan.doNothing.totalNetPresentValue.isClose(to: 900))
        #expect(built(plan).map { $0[0] }.isClose(to: [0, 10]))
        #expect(plan.added.isClose(to: 30))
    }

    @Test("Residual value goes by the technology's own lifetime")
    func residualValue() throws {
        // After a year of two, half of 6 is left, and nothing of 4: a unit costs 3 or 4 in the end.
        let technologies = [
            Technology(name: "lasting", buildCost: 6, lifetime: 2),
            Technology(name: "brief", buildCost: 4, lifetime: 1),
        ]
        let linear = try solve(growing, technologies) { $0.residualValue = .linear }
        #expect(built(linear).map { $0[0] }.isClose(to: [10, 0]))
        #expect(linear.added.isClose(to: 70))
        let none = try solve(growing, technologies)
        #expect(built(none).map { $0[0] }.isClose(to: [0, 10]))
        #expect(none.added.isClose(to: 60))
    }

    @Test("Residual value counts from the year in service, of what was paid")
    func residualAfterLeadTime() throws {
        // In service in year 2 of 2: 1 − 1/4 is left at the end. A unit earns 10 − 8 + 6, with the override 10 − 12 + 9.
        let technologies = [Technology(name: "slow", buildCost: 8, lifetime: 4, leadTime: 1)]
        let plan = try solve(growing, years: 2, technologies) { $0.residualValue = .linear }
        #expect(plan.added.isClose(to: 80))
        let dear = try solve(growing, years: 2, technologies, [[0: CostOverride(buildCost: 12)]]) {
            $0.residualValue = .linear
        }
        #expect(dear.added.isClose(to: 70))
    }
}
