import Headroom
import HeadroomTestSupport
import Testing

/// What is said about inputs that are wrong or look wrong: each finding once, with its place.
struct FindingTests {
    private func found(
        _ rows: RegionRow..., change: (inout Assumptions) -> Void = { _ in }
    ) -> [Finding] {
        var assumptions = Assumptions(baseYear: 2024, years: 2, discountRate: 0.08)
        change(&assumptions)
        return findings(in: RegionTable(rows), assumptions)
    }

    private func place(_ column: RegionColumn, row: Int = 0) -> Finding.Place {
        .region(row: row, column: column)
    }

    @Test("Sound inputs are left without a word")
    func sound() {
        #expect(found(RegionRow(growth: 0.1, [.potentialUsers: 200, .adoptionCost: 5])).isEmpty)
    }

    @Test("A discount rate above 1 is likely to be a percentage")
    func discountRate() {
        #expect(
            found(RegionRow()) { $0.discountRate = 8 } == [
                Finding(
                    .warning, .plan(.discountRate),
                    "discount_rate 8 means 800 % a year; write 8% or 0.08?")
            ])
    }

    @Test("Adoption steps sum to at most 1 and rise in cost")
    func adoptionSteps() {
        let found = found(RegionRow()) {
            $0.adoption.steps = [.init(share: 0.75, costFactor: 2), .init(share: 0.5, costFactor: 2)]
        }
        #expect(
            found == [
                Finding(
                    .error, .plan(.adoptionSteps),
                    "shares of the adoption steps sum to 1.25, expected at most 1"),
                Finding(
                    .error, .plan(.adoptionSteps),
                    "cost_factor 2 comes after 2, expected strictly increasing cost factors"),
            ])
    }

    @Test("Some credit weight is above 0")
    func creditWeights() {
        #expect(
            found(RegionRow()) { $0.creditWeights = [0, 0, 0, 0, 0] } == [
                Finding(
                    .error, .plan(.creditWeights), "all credit weights are 0, expected at least one above 0")
            ])
    }

    @Test("A yearly budget has an amount for each planning year")
    func yearlyBudget() {
        #expect(
            found(RegionRow()) { $0.budget.yearly = [5] } == [
                Finding(
                    .error, .plan(.budgetYearly),
                    "budget.yearly lists 1 amount, expected 2, one a planning year, or one number without a list"
                )
            ])
    }

    @Test("Goals are known, given, and each but once")
    func goals() {
        #expect(
            found(RegionRow()) { $0.objective.goals = [.return, .return, .roi] } == [
                Finding(.error, .plan(.objectiveMaximize), "goal return stands twice"),
                Finding(
                    .error, .plan(.objectiveMaximize),
                    "goal roi needs a budget, or objective.minimum_spend as an amount: else the best ratio is the "
                        + "first coin spent"),
            ])
        #expect(
            found(RegionRow()) { $0.objective.goals = [] } == [
                Finding(.error, .plan(.objectiveMaximize), "no goal given, expected at least one")
            ])
    }

    @Test("The goals' years meet the horizon")
    func goalYears() {
        #expect(
            found(RegionRow()) { $0.objective.years = 2027...2030 } == [
                Finding(
                    .error, .plan(.objectiveYears),
                    "objective.years 2027–2030 lies outside the horizon 2025–2026")
            ])
    }

    @Test("A table has regions and the required columns")
    func requiredColumns() {
        #expect(
            found() == [
                Finding(.error, .regionTable, "the table has no regions, expected at least one")
            ])
        var row = RegionRow()
        row.numbers[.buildCost] = nil
        #expect(
            found(row) == [
                Finding(
                    .error, .regionTable,
                    "required column `build_cost` is missing (cost of one more unit of capacity)")
            ])
    }

    @Test("A required cell is filled")
    func requiredCell() {
        var row = RegionRow("B")
        row.numbers[.users] = nil
        #expect(
            found(RegionRow("A"), row) == [
                Finding(.error, place(.users, row: 1), "users is empty, expected a number (region B)")
            ])
    }

    @Test(
        "A number lies in its column's range",
        arguments: [
            (RegionColumn.demandGrowth, -1.0, "demand_growth is -1, expected above -1"),
            (.buildCost, 0, "build_cost is 0, expected above 0"),
            (.revenuePerUser, -2, "revenue_per_user is -2, expected at least 0"),
            (.maxUtilization, 1.5, "max_utilization is 1.5, expected above 0 and at most 1"),
            (.retirement, 1, "retirement is 1, expected at least 0 and below 1"),
            (.creditRating, 2, "credit_rating is 2, expected at least 0 and at most 1"),
            (.adoptionCost, .infinity, "adoption_cost is inf, expected above 0"),
        ])
    func range(column: RegionColumn, value: Double, message: String) {
        let found = found(RegionRow("A", [.potentialUsers: 200, column: value]))
        #expect(found == [Finding(.error, place(column), message + " (region A)")])
    }

    @Test("A rate above 1 is likely to be a percentage")
    func rate() {
        #expect(
            found(RegionRow(growth: 8)) == [
                Finding(
                    .warning, place(.demandGrowth),
                    "demand_growth 8 means 800 % a year; write 8%? (region A)")
            ])
    }

    @Test("Base use above the headroom is said, as fewer users are then served than today")
    func overuse() {
        #expect(
            found(RegionRow("A", idle: 5, [.maxUtilization: 0.9])) == [
                Finding(
                    .warning, place(.idleCapacity),
                    "95.0 % of the capacity is in use, above max_utilization 90.0 %: "
                        + "without investment fewer users are served than today (region A)")
            ])
    }

    @Test("Adoption that a missing potential switches off is noted once for all regions")
    func adoptionOff() {
        let stuck = ["B", "C", "D"].map { RegionRow($0, [.adoptionCost: 5]) }
        #expect(
            found(RegionRow("A"), stuck[0], stuck[1], stuck[2]) == [
                Finding(
                    .note, place(.adoptionCost, row: 1),
                    "adoption is off in region B and 2 others: adoption_cost is given, potential_users is not"
                )
            ])
    }

    @Test("A case is not made of wrong inputs, and is made of odd ones")
    func planningCase() throws {
        let error = try #require(throws: InvalidInputs.self) {
            try PlanningCase.byHand([RegionRow(idle: 200), RegionRow("B", growth: -2)])
        }
        #expect(
            error.findings.map(\.place) == [place(.idleCapacity), place(.demandGrowth, row: 1)])
        #expect(error.description.split(separator: "\n").count == 2)
        _ = try PlanningCase.byHand([RegionRow(growth: 2)])
    }
}
