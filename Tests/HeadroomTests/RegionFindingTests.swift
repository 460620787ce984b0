import Headroom
import HeadroomTestSupport
import Testing

/// Cells of one region that do not go together.
struct RegionFindingTests {
    private func found(_ row: RegionRow) -> [String] {
        findings(in: RegionTable([row]), Assumptions(baseYear: 2024, years: 1, discountRate: 0)).map {
            finding in
            guard case .region(row: 0, let column) = finding.place else { return finding.message }
            return "\(column.header): \(finding.severity): \(finding.message)"
        }
    }

    @Test("Idle capacity is at most capacity")
    func idle() {
        #expect(
            found(RegionRow(idle: 101)) == [
                "idle_capacity: error: idle_capacity 101 is more than capacity 100 (region A)"
            ])
    }

    @Test("Potential users are at least the users of today")
    func potential() {
        #expect(
            found(RegionRow("A", [.potentialUsers: 99])) == [
                "potential_users: error: potential_users 99 is less than users 100 (region A)"
            ])
    }

    @Test("Credit users are at most the users of today")
    func credit() {
        #expect(
            found(RegionRow("A", [.creditUsers: 101])) == [
                "credit_users: error: credit_users 101 is more than users 100 (region A)"
            ])
    }

    @Test("Demand per user agrees with the capacity in use to 0.1 %")
    func demandPerUser() {
        #expect(found(RegionRow("A", [.demandPerUser: 1.0009])).isEmpty)
        #expect(
            found(RegionRow("A", [.demandPerUser: 1.0011])) == [
                "demand_per_user: error: demand_per_user is 1.0011, expected 1.0 to 0.1 %: "
                    + "(capacity − idle_capacity) / users (region A)"
            ])
    }

    @Test("Where there are users, they take capacity")
    func noDemand() {
        #expect(
            found(RegionRow("A", [.demandPerUser: 0])) == [
                "demand_per_user: error: demand_per_user is 0, expected above 0 where there are users (region A)"
            ])
        #expect(
            found(RegionRow(idle: 100)) == [
                "idle_capacity: error: idle_capacity 100 leaves no capacity to the 100 users, "
                    + "expected less than capacity (region A)"
            ])
    }

    @Test("Where there are no users, all capacity is idle and the demand of one is given")
    func noUsers() {
        #expect(found(RegionRow(users: 0, idle: 100, [.demandPerUser: 1])).isEmpty)
        #expect(
            found(RegionRow(users: 0, idle: 90)) == [
                "demand_per_user: error: demand_per_user is missing, expected a number where users is 0 (region A)",
                "idle_capacity: error: idle_capacity is 90, expected 100, all of the capacity, "
                    + "where users is 0 (region A)",
            ])
    }

    @Test("A cell that is out of its range is not compared with others")
    func oneFindingACell() {
        #expect(found(RegionRow(idle: -1)).count == 1)
        #expect(found(RegionRow("A", [.potentialUsers: -5])).count == 1)
    }
}
