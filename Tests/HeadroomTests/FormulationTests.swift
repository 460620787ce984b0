import Headroom
import HeadroomTestSupport
import LinearProgramming
import Testing

/// The program of a case that was written down by hand, as text.
func programText(
    _ rows: RegionRow..., years: Int = 1, change: (inout Assumptions) -> Void = { _ in }
) throws -> String {
    try Formulation(.byHand(rows, years: years, change: change), keepsNames: true).program.lpText
}

/// Users, capacity and value of a tiny plan, as the program that they are written as. Where no row is written, no plan
/// can reach it.
struct FormulationTests {
    @Test("Where base capacity serves all there are no rows, and users end at those who want service")
    func servedUsers() throws {
        let text = try programText(RegionRow(users: 50, idle: 50, growth: -0.1), years: 2)
        #expect(
            text == """
                Maximize
                 objective: 10 served[A,2025] + 10 served[A,2026] \
                - 4 build[A,capacity,2025] - 4 build[A,capacity,2026]
                Subject To
                Bounds
                 0 <= served[A,2025] <= 45
                 0 <= served[A,2026] <= 40.5
                End

                """)
    }

    @Test("Use: d·x is at most the usable share of the capacity left and built")
    func useLimits() throws {
        // Use doubles every year, half of the base capacity of 100 goes every year, half of all may be used.
        let row = RegionRow(growth: 0.5, [.maxUtilization: 0.5, .useGrowth: 1, .retirement: 0.5])
        let text = try programText(row, years: 2)
        #expect(
            text == """
                Maximize
                 objective: 10 served[A,2025] + 10 served[A,2026] \
                - 4 build[A,capacity,2025] - 4 build[A,capacity,2026]
                Subject To
                 use[A,2025]: 2 served[A,2025] - 0.5 build[A,capacity,2025] <= 25
                 use[A,2026]: 4 served[A,2026] - 0.5 build[A,capacity,2025] - 0.5 build[A,capacity,2026] <= 12.5
                Bounds
                 0 <= served[A,2025] <= 150
                 0 <= served[A,2026] <= 225
                End

                """)
    }

    @Test("Use: a row stands only in the years in which capacity can run short")
    func useLimitsInTime() throws {
        let text = try programText(RegionRow(capacity: 120, idle: 20, growth: 0.1), years: 2)
        #expect(!text.contains("use[A,2025]"))
        #expect(
            text.contains(
                "use[A,2026]: served[A,2026] - build[A,capacity,2025] - build[A,capacity,2026] <= 120\n"))
    }

    @Test("Capacity: what was built twenty years ago is in service no more")
    func lifetime() throws {
        let text = try programText(RegionRow(growth: 0.1), years: 21)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix(" use[") }
        try #require(rows.count == 21)
        #expect(rows[19].contains("build[A,capacity,2025]"))
        #expect(!rows[20].contains("build[A,capacity,2025]"))
        #expect(rows[20].contains("build[A,capacity,2026]"))
    }

    @Test("A yearly build limit bounds the column where there is one technology")
    func yearlyBuildLimit() throws {
        let text = try programText(
            RegionRow(growth: 0.1, [.yearlyBuildLimit: 7, .potentialUsers: 110]), years: 2)
        #expect(
            text == """
                Maximize
                 objective: 10 served[A,2025] + 10 served[A,2026] \
                - 4 build[A,capacity,2025] - 4 build[A,capacity,2026]
                Subject To
                 use[A,2025]: served[A,2025] - build[A,capacity,2025] <= 100
                 use[A,2026]: served[A,2026] - build[A,capacity,2025] - build[A,capacity,2026] <= 100
                Bounds
                 0 <= served[A,2025] <= 110
                 0 <= served[A,2026] <= 110
                 0 <= build[A,capacity,2025] <= 7
                 0 <= build[A,capacity,2026] <= 7
                End

                """)
    }

    @Test("Technologies share the region's limit, come late and go early")
    func technologies() throws {
        var planned = try PlanningCase.byHand(
            [RegionRow(growth: 0.1, [.yearlyBuildLimit: 7, .potentialUsers: 110])], years: 2)
        planned.technologies = [
            Technology(name: "slow", leadTime: 1, yearlyLimit: 5), Technology(name: "brief", lifetime: 1),
        ]
        planned.overrides = [[:], [:]]
        let text = Formulation(planned, keepsNames: true).program.lpText
        #expect(
            text == """
                Maximize
                 objective: 10 served[A,2025] + 10 served[A,2026] \
                - 4 build[A,slow,2025] - 4 build[A,brief,2025] - 4 build[A,brief,2026]
                Subject To
                 build_limit[A,2025]: build[A,slow,2025] + build[A,brief,2025] <= 7
                 build_limit[A,2026]: build[A,brief,2026] <= 7
                 use[A,2025]: served[A,2025] - build[A,brief,2025] <= 100
                 use[A,2026]: served[A,2026] - build[A,slow,2025] - build[A,brief,2026] <= 100
                Bounds
                 0 <= served[A,2025] <= 110
                 0 <= served[A,2026] <= 110
                 0 <= build[A,slow,2025] <= 5
                 0 <= build[A,brief,2025] <= 7
                 0 <= build[A,brief,2026] <= 7
                End

                """)
    }

    @Test("Net present value: a weight a year, the last one with the years valued after it")
    func netPresentValue() throws {
        // D = 1/2, 1/4, and 1/8 in the year after: the weight of year 2 is 3/8. A unit built in year 1 costs 4/2, runs
        // for 1/2 + 3/8 and keeps 17/20 · 4/8; in year 2: 4/4, 3/8, 18/20 · 4/8. Base capacity runs for 100 · 7/8.
        let text = try programText(RegionRow(growth: 0.5, [.operatingCost: 1]), years: 2) {
            $0.discountRate = 1
            $0.residualValue = .linear
            $0.valuationYears = 1
        }
        #expect(
            text.hasPrefix(
                """
                Maximize
                 objective: 5 served[A,2025] + 3.75 served[A,2026] \
                - 2.45 build[A,capacity,2025] - 0.925 build[A,capacity,2026] - 87.5
                Subject To

                """))
    }
}
