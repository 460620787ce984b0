import Headroom
import HeadroomFiles
import Testing

/// Checks of several cells against each other, as model 3.1 has them.
struct RegionCheckTests {
    /// What is said about one region, its place as the name of the cell's column; `-` where the column is missing.
    private func found(_ changed: KeyValuePairs<String, String>, plan: String = PlanFiles.plan) throws
        -> [String]
    {
        let table = PlanFiles.region(changed)
        return try PlanFiles(plan: plan, regions: table).diagnostics().map { diagnostic in
            for column in table.split(separator: "\n")[0].split(separator: ",") {
                let place = "regions.csv:2:\(PlanFiles.column(of: String(column), in: table)): "
                if diagnostic.hasPrefix(place) { return "\(column): " + diagnostic.dropFirst(place.count) }
            }
            return diagnostic
        }
    }

    @Test("Idle capacity is at most capacity")
    func idleCapacity() throws {
        #expect(
            try found(["idle_capacity": "201"]) == [
                "idle_capacity: error: idle_capacity 201 is more than capacity 200 (region a)"
            ])
        #expect(try found(["idle_capacity": "200", "users": "0", "demand_per_user": "1"]).isEmpty)
    }

    @Test("Potential users are at least users")
    func potentialUsers() throws {
        #expect(
            try found(["potential_users": "99.5"]) == [
                "potential_users: error: potential_users 99.5 is less than users 100 (region a)"
            ])
        #expect(try found(["potential_users": "100"]).isEmpty)
    }

    @Test("Credit users are at most users")
    func creditUsers() throws {
        #expect(
            try found(["credit_users": "101"]) == [
                "credit_users: error: credit_users 101 is more than users 100 (region a)"
            ])
        #expect(try found(["credit_users": "100"]).isEmpty)
    }

    @Test("Demand per user, where it is given, agrees with capacity in use to 0.1 %")
    func demandPerUser() throws {
        #expect(
            try found(["demand_per_user": "1.002"]) == [
                "demand_per_user: error: demand_per_user is 1.002, expected 1.0 to 0.1 %: "
                    + "(capacity − idle_capacity) / users (region a)"
            ])
        #expect(try found(["demand_per_user": "0.998"]).count == 1)
        #expect(try found(["demand_per_user": "1.0009"]).isEmpty)
        #expect(try found(["demand_per_user": "0.9991"]).isEmpty)
        let loaded = try PlanFiles(regions: PlanFiles.region(["demand_per_user": "1.0009"])).load()
        #expect(loaded.planningCase.regions.demandPerUser == [1.0009])
    }

    @Test("Users without capacity in use are an error, whether or not the demand per user is given")
    func unusedCapacity() throws {
        #expect(
            try found(["idle_capacity": "200"]) == [
                "idle_capacity: error: idle_capacity 200 leaves no capacity to the 100 users, "
                    + "expected less than capacity (region a)"
            ])
        #expect(
            try found(["demand_per_user": "0"]) == [
                "demand_per_user: error: demand_per_user is 0, expected above 0 where there are users (region a)"
            ])
        #expect(try found(["idle_capacity": "200", "demand_per_user": "1"]).count == 1)
    }

    @Test("A region without users needs the demand of a user to come, and has all its capacity idle")
    func noUsers() throws {
        #expect(
            try found(["users": "0", "idle_capacity": "200", "demand_per_user": ""]) == [
                "demand_per_user: error: demand_per_user is missing, expected a number where users is 0 (region a)"
            ])
        // Where the table has no such column, the row itself is the place.
        #expect(
            try found(["users": "0", "idle_capacity": "200"]) == [
                "region: error: demand_per_user is missing, expected a number where users is 0 (region a)"
            ])
        #expect(
            try found(["users": "0", "demand_per_user": "1"]) == [
                "idle_capacity: error: idle_capacity is 100, expected 200, all of the capacity, where users is 0 "
                    + "(region a)"
            ])
        #expect(try found(["users": "0"]).count == 2)
        #expect(
            try found(["users": "0", "capacity": "0", "idle_capacity": "0", "demand_per_user": "0"]).isEmpty)
    }

    @Test("Base use above the headroom is a warning, by the region's own limit or else the plan's")
    func overuse() throws {
        let message =
            "idle_capacity: warning: 50.0 % of the capacity is in use, above max_utilization 40.0 %: "
            + "without investment fewer users are served than today (region a)"
        #expect(try found(["max_utilization": "40%"]) == [message])
        let plan = PlanFiles.plan + "max_utilization: 40%\n"
        #expect(try found([:], plan: plan) == [message])
        #expect(try found(["max_utilization": "50%"], plan: plan).isEmpty)
    }

    @Test("Adoption that potential users are missing for is noted once, with its count")
    func adoptionIsOff() throws {
        #expect(
            try found(["adoption_cost": "5"]) == [
                "adoption_cost: note: adoption is off in region a: adoption_cost is given, potential_users is not"
            ])
        let table = """
            region,users,capacity,idle_capacity,demand_growth,revenue_per_user,build_cost,adoption_cost,potential_users
            a,100,200,100,5%,300,700,5,500
            b,100,200,100,5%,300,700,5,
            c,100,200,100,5%,300,700,,
            d,100,200,100,5%,300,700,5,

            """
        #expect(
            try PlanFiles(regions: table).diagnostics() == [
                "regions.csv:3:26: note: adoption is off in region b and 1 other: adoption_cost is given, "
                    + "potential_users is not"
            ])
    }

    @Test("Every problem of a row is reported, not the first alone")
    func several() throws {
        let all = try found([
            "idle_capacity": "300", "build_cost": "0", "potential_users": "5", "credit_users": "500",
            "retirement": "2", "name": "Alpha",
        ])
        let places = all.compactMap { $0.split(separator: ":").first.map(String.init) }
        // From left to right, as they stand in the row.
        #expect(places == ["idle_capacity", "build_cost", "potential_users", "credit_users", "retirement"])
    }

    @Test("A place is right below fields of several lines and letters of several bytes")
    func placesBelowMultilineFields() throws {
        let table = """
            name,region,users,capacity,idle_capacity,demand_growth,revenue_per_user,build_cost
            "Two
            lines",a,100,200,100,5%,300,700

            "\u{4E2D}\u{6587}\u{1F600}
            x",b,100,200,x,5%,300,700
            \u{C9}cole,c,100,200,300,5%,300,700

            """
        #expect(
            try PlanFiles(regions: table).diagnostics() == [
                "regions.csv:6:14: error: idle_capacity “x” is no number, expected at least 0",
                "regions.csv:7:17: error: idle_capacity 300 is more than capacity 200 (region c)",
            ])
    }
}
