import Headroom
import HeadroomTestSupport
import Testing

/// What is counted beyond the planning years, worked out on paper. Ten users more want service from year 1 on.
struct ValuationByHandTests {
    private let growing = RegionRow(growth: 0.1, buildCost: 12, [.potentialUsers: 110])

    @Test("Without residual value a year must pay for all of the capacity")
    func none() throws {
        let plan = try solve(growing)  // 10 of revenue, 12 to build
        #expect(plan.built == [0])
    }

    @Test("With linear residual value a year pays for a twentieth")
    func linear() throws {
        // In service in year 1 of 1: 19/20 of 12 is left. 10 − 12 + 11.4 = 9.4 a unit.
        let plan = try solve(growing) { $0.residualValue = .linear }
        #expect(plan.built.isClose(to: [10]))
        #expect(plan.added.isClose(to: 94))
    }

    @Test("Residual value is discounted by the last year's factor")
    func discountedResidual() throws {
        // Built in year 1 of 2: 0.8 · 10 + 0.64 · 10 − 0.8 · 12 + 0.64 · 18/20 · 12 = 11.712 a unit.
        let plan = try solve(growing, years: 2) {
            $0.residualValue = .linear
            $0.discountRate = 0.25
        }
        #expect(plan.built.isClose(to: [10, 0]))
        #expect(plan.added.isClose(to: 117.12))
    }

    @Test("Valuation years repeat the last year's revenue and operating cost, not its spending")
    func valuationYears() throws {
        // Four years of 10 − 1 against 12 once: 24 a unit. Doing nothing earns 4 · (1000 − 100).
        var row = growing
        row.numbers[.operatingCost] = 1
        let plan = try solve(row) { $0.valuationYears = 3 }
        #expect(plan.built.isClose(to: [10]))
        #expect(plan.added.isClose(to: 240))
        #expect(plan.doNothing.totalNetPresentValue.isClose(to: 3600))
    }

    @Test("Residual value counts from the end of the valuation years")
    func valuedResidual() throws {
        // One planning year and one more are worth as much as two planning years, see `discountedResidual`.
        let plan = try solve(growing) {
            $0.residualValue = .linear
            $0.discountRate = 0.25
            $0.valuationYears = 1
        }
        #expect(plan.added.isClose(to: 117.12))
    }

    @Test("Valuation years beyond the lifetime leave no residual value, nor less than none")
    func noNegativeResidual() throws {
        // 31 years of 10 against 12 once: 298 a unit.
        let plan = try solve(growing) {
            $0.residualValue = .linear
            $0.valuationYears = 30
        }
        #expect(plan.added.isClose(to: 2980))
    }

    @Test("Capacity is in service for twenty years and is then built again")
    func lifetime() throws {
        // Built in year 1, in service to year 20; built again in year 21, of which 18/20 is left after year 22:
        // 10 · (22 · 10 − 12 − 12 + 10.8).
        let plan = try solve(growing, years: 22) { $0.residualValue = .linear }
        let years = plan.schedule.map(\.year.ordinal)
        #expect(years == [1, 21])
        #expect(plan.built[0].isClose(to: 10) && plan.built[20].isClose(to: 10))
        #expect(plan.ledger.listed(\.capacity).isClose(to: [Double](repeating: 110, count: 22)))
        #expect(plan.added.isClose(to: 2068))
    }
}
