import Headroom
import HeadroomTestSupport
import LinearProgramming
import Testing

/// Adoption, credit and budget of a tiny plan, as the program that they are written as.
struct LeverFormulationTests {
    @Test("Adoption: steps are limited over all years, and won users are kept as retention says")
    func adoption() throws {
        // 60, then 72 users want service of 90; half of the open 40 at 5, a quarter at 10; half of them stay.
        let row = RegionRow(users: 50, idle: 50, growth: 0.2, [.potentialUsers: 90, .adoptionCost: 5])
        let text = try programText(row, years: 2) {
            $0.adoption = Adoption(
                steps: [.init(share: 0.5, costFactor: 1), .init(share: 0.25, costFactor: 2)], retention: 0.5)
        }
        #expect(
            text == """
                Maximize
                 objective: 10 served[A,2025] + 10 served[A,2026] \
                - 4 build[A,capacity,2025] - 4 build[A,capacity,2026] \
                - 5 adopt[A,1,2025] - 5 adopt[A,1,2026] - 10 adopt[A,2,2025] - 10 adopt[A,2,2026]
                Subject To
                 step[A,1]: adopt[A,1,2025] + adopt[A,1,2026] <= 20
                 step[A,2]: adopt[A,2,2025] + adopt[A,2,2026] <= 10
                 demand[A,2025]: served[A,2025] - adopt[A,1,2025] - adopt[A,2,2025] <= 60
                 demand[A,2026]: served[A,2026] - 0.5 adopt[A,1,2025] - adopt[A,1,2026] \
                - 0.5 adopt[A,2,2025] - adopt[A,2,2026] <= 72
                Bounds
                 0 <= served[A,2025] <= 90
                 0 <= served[A,2026] <= 90
                 0 <= adopt[A,1,2025] <= 20
                 0 <= adopt[A,1,2026] <= 20
                 0 <= adopt[A,2,2025] <= 10
                 0 <= adopt[A,2,2026] <= 10
                End

                """)
    }

    @Test("Adoption: nobody is won where all who could be come by themselves")
    func noOneToWin() throws {
        let row = RegionRow(growth: 0.2, [.potentialUsers: 110, .adoptionCost: 5])
        let text = try programText(row)
        #expect(!text.contains("demand["))
        #expect(text.contains(" 0 <= served[A,2025] <= 110\n"))
    }

    @Test("Credit: who trades is served and enrolled, in this year or before")
    func credit() throws {
        // Indicators 1, 0.5, 1, 1 and 0: 0.7 of 4 is collected.
        let row = RegionRow(
            "A",
            [
                .commerceRevenuePerUser: 4, .creditUsers: 20, .creditCost: 1, .creditRating: 0.5,
                .creditReputation: 0,
            ])
        #expect(
            try programText(row, years: 2) == """
                Maximize
                 objective: 10 served[A,2025] + 10 served[A,2026] \
                - 4 build[A,capacity,2025] - 4 build[A,capacity,2026] \
                - enrol[A,2025] - enrol[A,2026] + 2.8 trade[A,2025] + 2.8 trade[A,2026]
                Subject To
                 trade_served[A,2025]: - served[A,2025] + trade[A,2025] <= 0
                 trade_enrolled[A,2025]: - enrol[A,2025] + trade[A,2025] <= 20
                 trade_served[A,2026]: - served[A,2026] + trade[A,2026] <= 0
                 trade_enrolled[A,2026]: - enrol[A,2025] - enrol[A,2026] + trade[A,2026] <= 20
                Bounds
                 0 <= served[A,2025] <= 100
                 0 <= served[A,2026] <= 100
                 0 <= trade[A,2025] <= 100
                 0 <= trade[A,2026] <= 100
                End

                """)
    }

    @Test("Credit: where nobody can be enrolled the users enrolled already are a bound")
    func noCreditLever() throws {
        let row = RegionRow("A", [.commerceRevenuePerUser: 4, .creditUsers: 20])
        #expect(
            try programText(row) == """
                Maximize
                 objective: 10 served[A,2025] - 4 build[A,capacity,2025] + 4 trade[A,2025]
                Subject To
                 trade_served[A,2025]: - served[A,2025] + trade[A,2025] <= 0
                Bounds
                 0 <= served[A,2025] <= 100
                 0 <= trade[A,2025] <= 20
                End

                """)
    }

    @Test(
        "Credit: where trade earns nothing there is none",
        arguments: [
            [RegionColumn.creditCost: 1.0], [.commerceRevenuePerUser: 4],
        ])
    func noTrade(numbers: [RegionColumn: Double]) throws {
        let text = try programText(RegionRow("A", numbers))
        #expect(!text.contains("trade"))
        // Enrolling is a lever where it has a cost: a rule may ask for the spending.
        #expect(text.contains("enrol") == numbers.keys.contains(.creditCost))
    }

    @Test("Budget: a row for the total and one a year, over all regions and levers")
    func budget() throws {
        let all = RegionRow(
            "A", users: 50, idle: 50, growth: 0.2,
            [.potentialUsers: 90, .adoptionCost: 5, .commerceRevenuePerUser: 4, .creditCost: 1])
        let text = try programText(all, RegionRow("B", buildCost: 3), years: 2) {
            $0.budget = Budget(total: 30, yearly: [10, 20])
        }
        #expect(
            budgetRows(text) == """
                 budget: 4 build[A,capacity,2025] + 4 build[A,capacity,2026] \
                + 5 adopt[A,1,2025] + 5 adopt[A,1,2026] + enrol[A,2025] + enrol[A,2026] \
                + 3 build[B,capacity,2025] + 3 build[B,capacity,2026] <= 30
                 budget[2025]: 4 build[A,capacity,2025] + 5 adopt[A,1,2025] + enrol[A,2025] \
                + 3 build[B,capacity,2025] <= 10
                 budget[2026]: 4 build[A,capacity,2026] + 5 adopt[A,1,2026] + enrol[A,2026] \
                + 3 build[B,capacity,2026] <= 20
                """)
    }

    @Test("Budget: with carry-over, spending up to a year is held against the money up to it")
    func carryOver() throws {
        let text = try programText(RegionRow(), years: 3) {
            $0.budget = Budget(yearly: [10, 20, 5], carryOver: true)
        }
        #expect(
            budgetRows(text) == """
                 budget[2025]: 4 build[A,capacity,2025] <= 10
                 budget[2026]: 4 build[A,capacity,2025] + 4 build[A,capacity,2026] <= 30
                 budget[2027]: 4 build[A,capacity,2025] + 4 build[A,capacity,2026] + 4 build[A,capacity,2027] <= 35
                """)
    }

    @Test("Budget: no row where spending is free")
    func free() throws {
        #expect(try budgetRows(programText(RegionRow())).isEmpty)
    }

    private func budgetRows(_ text: String) -> String {
        text.split(separator: "\n").filter { $0.hasPrefix(" budget") }.joined(separator: "\n")
    }
}
