import Headroom
import HeadroomTestSupport
import Testing

/// The cuts of the allocation table: their totals are the sums of their rows, and of the plan.
struct TableTests {
    private let plan: Plan

    /// A random plan with all levers in use, and tags that are named like columns of figures.
    init() throws {
        var inputs = RandomInputs(seed: 5, regions: 8, years: 4)
        for row in inputs.rows.indices {
            inputs.rows[row].tags["build"] = row < 3 ? "north" : "south"
            inputs.rows[row].tags["why"] = "because"
            inputs.rows[row].tags["regions"] = row < 3 ? "some" : "others"
        }
        plan = try inputs.with(goals: .return).with { $0.budget = Budget(total: 1e7) }.solved()
    }

    private func numbers(_ key: String, _ table: Table) throws -> [Double] {
        let column = try #require(table.columns.firstIndex { $0.key == key })
        return try table.rows.map { row in
            guard case .number(let value) = row[column] else {
                throw Missing(key: key)
            }
            return value ?? 0
        }
    }

    private func total(_ key: String, _ table: Table) throws -> Double {
        let column = try #require(table.columns.firstIndex { $0.key == key })
        guard case .number(let value?)? = table.total?[column] else { throw Missing(key: key) }
        return value
    }

    private func texts(_ key: String, _ table: Table) throws -> [String] {
        let column = try #require(table.columns.firstIndex { $0.key == key })
        return table.rows.compactMap { row in
            guard case .text(let text) = row[column] else { return nil }
            return text
        }
    }

    private struct Missing: Error { var key: String }

    private static let sums = [
        "investment", "build", "adoption", "credit", "new_capacity", "users_base", "users_served",
        "users_won",
        "capacity_base", "capacity", "return",
    ]

    @Test("The plan of these tests uses three levers")
    func levers() {
        for lever in [Lever.build, .adoption, .credit] { #expect(plan.ledger.spending(lever: lever) > 0) }
    }

    @Test("Regions and their groups add up to the total", arguments: sums)
    func totals(key: String) throws {
        let regions = try #require(plan.table(.region))
        let whole = try total(key, regions)
        #expect(try numbers(key, regions).reduce(0, +).isClose(to: whole))
        for tag in ["zone", "build", "regions"] {
            let groups = try #require(plan.table(.tag(tag)))
            #expect(groups.columns[0].title == tag)
            #expect(try numbers(key, groups).reduce(0, +).isClose(to: whole))
            #expect(try total(key, groups).isClose(to: whole))
        }
    }

    @Test("The total is the plan's own")
    func planTotals() throws {
        let table = try #require(plan.table())
        #expect(try total("investment", table).isClose(to: plan.ledger.spending()))
        #expect(try total("return", table).isClose(to: plan.added))
        #expect(try total("users_served", table).isClose(to: plan.ledger.usersServedAtHorizon))
        #expect(try total("utilization", table).isClose(to: plan.value(of: .utilization) ?? .nan))
        #expect(try total("service_level", table).isClose(to: plan.value(of: .serviceLevel) ?? .nan))
    }

    @Test("Years, levers and technologies add up to all spending")
    func otherCuts() throws {
        let spending = plan.ledger.spending()
        let years = try #require(plan.table(.year))
        #expect(try texts("year", years) == ["2025", "2026", "2027", "2028"])
        let levers = try #require(plan.table(.lever))
        #expect(try texts("lever", levers) == ["build", "adoption", "share", "credit"])
        let technologies = try #require(plan.table(.technology))
        #expect(try texts("technology", technologies) == ["capacity"])
        for table in [years, levers] {
            #expect(try numbers("investment", table).reduce(0, +).isClose(to: spending))
            #expect(try total("investment", table).isClose(to: spending))
        }
        #expect(try numbers("share_of_investment", levers).reduce(0, +).isClose(to: 1))
        let built = plan.ledger.spending(lever: .build)
        #expect(try numbers("investment", technologies).isClose(to: [built]))
        #expect(try total("investment", technologies).isClose(to: built))
        for key in ["new_capacity", "users_won"] {
            let ofRegions = try total(key, #require(plan.table(.region)))
            #expect(try numbers(key, years).reduce(0, +).isClose(to: ofRegions))
            #expect(try total(key, years).isClose(to: ofRegions))
        }
        #expect(try numbers("users_served", years).last.isClose(to: plan.ledger.usersServedAtHorizon))
    }

    @Test("The schedule adds up to all spending, in order of region, year and lever")
    func schedule() {
        #expect(plan.schedule.reduce(0) { $0 + $1.spend }.isClose(to: plan.ledger.spending()))
        let places = plan.schedule.map { ($0.region.position, $0.year.ordinal) }
        #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(plan.schedule.allSatisfy { $0.quantity > 0 })
    }

    @Test("A tag that is named like a column of figures has a header of its own")
    func tagHeaders() throws {
        let regions = try #require(plan.table(.region))
        #expect(Set(regions.columns.map(\.key)).count == regions.columns.count)
        #expect(try texts("tag_build", regions).prefix(4) == ["north", "north", "north", "south"])
        #expect(try texts("zone", regions).count == 8)
        #expect(try texts("tag_why", regions) == [String](repeating: "because", count: 8))
        for tag in ["build", "why", "regions", "zone", "name", "region"] {
            let groups = try #require(plan.table(.tag(tag)))
            #expect(Set(groups.columns.map(\.key)).count == groups.columns.count, "by \(tag)")
        }
    }

    @Test("Groups stand in the order in which the table first has them")
    func groupOrder() throws {
        let groups = try #require(plan.table(.tag("build")))
        #expect(groups.rows.map(\.first) == [.text("north"), .text("south")])
        #expect(try numbers("regions", groups) == [3, 5])
    }

    @Test("A tag that the table does not have gives no table")
    func unknownTag() {
        #expect(plan.table(.tag("continent")) == nil)
        #expect(Cut("continent") == .tag("continent"))
        #expect(
            ["region", "year", "lever", "technology"].map(Cut.init) == [.region, .year, .lever, .technology])
    }

    @Test("Columns of zeros are not shown to people, the first ones always are")
    func columnsForPeople() throws {
        let table = try #require(plan.table())
        let shown = table.columnsForPeople.map { table.columns[$0].key }
        #expect(shown.contains("build"))
        #expect(!shown.contains("share"))
        #expect(!shown.contains("capacity_base"))
        let idle = try solve(RegionRow(users: 50, idle: 50)).table()
        let columns = try #require(idle)
        #expect(columns.columnsForPeople.map { columns.columns[$0].key }.contains("investment"))
    }
}
