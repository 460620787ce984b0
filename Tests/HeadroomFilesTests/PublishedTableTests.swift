import Headroom
import HeadroomFiles
import Testing

/// A table as a statistics office publishes it is read without editing it.
struct PublishedTableTests {
    private let published = """
        Province;Ports (10k);Subs (10k);Idle (10k);CAGR %;ARPU;Cost;Zone
        Guizhou;2622.4;1568.3;1054.1;16.1;400;1000;West
        Beijing;2112.3;933.4;1178.9;7.7;420;900;East

        """
    private let columns = """
        columns:
          region: Province
          capacity: {from: Ports (10k), scale: 10000}
          users: {from: Subs (10k), scale: 10_000}
          idle_capacity: {from: Idle (10k), scale: 1e4}
          demand_growth: {from: CAGR %, scale: 0.01}
          revenue_per_user: ARPU
          build_cost: Cost

        """

    private func files(_ columns: String) throws -> PlanFiles {
        try PlanFiles(
            plan: "base_year: 2023\nyears: 3\ndiscount_rate: 8%\n" + columns, regions: published)
    }

    @Test("Headers and units of the publisher are read as ours, and the others are tags")
    func mapped() throws {
        let loaded = try files(columns).load()
        let regions = loaded.planningCase.regions
        #expect(regions.ids == ["Guizhou", "Beijing"])
        #expect(regions.capacity == [26_224_000, 21_123_000])
        #expect(regions.users == [15_683_000, 9_334_000])
        #expect(regions.demandGrowth.map { ($0 * 1000).rounded() } == [161, 77])
        #expect(regions.revenuePerUser == [400, 420])
        #expect(regions.tags.map(\.name) == ["Zone"])
        #expect(loaded.diagnostics.isEmpty)
    }

    @Test(
        "What cannot be mapped has its line and column",
        arguments: [
            (
                "  capcity: Ports (10k)",
                "12:3: error: unknown column `capcity` in `columns`; did you mean `capacity`?"
            ),
            (
                "  name: Provnce",
                "12:9: error: columns.name: the region table has no column `Provnce`; did you mean `Province`?"
            ),
            (
                "  name: {from: Zone, scal: 3}",
                "12:22: error: unknown key `scal` in `columns.name`; expected from, scale"
            ),
            (
                "  adoption_cost: Cost",
                "12:18: error: column `Cost` is read as build_cost already, expected another"
            ),
            (
                "  potential_users: {scale: 10}",
                "12:20: error: columns.potential_users names no column of the file, expected a header or "
                    + "{from: header, scale: 1000}"
            ),
            (
                "  potential_users: {from: Zone, scale: 0}",
                "12:40: error: columns.potential_users.scale is “0”, expected a number above 0 such as 1000"
            ),
        ])
    func wrong(line: String, message: String) throws {
        #expect(try files(columns.dropLast() + "\n" + line + "\n").diagnostics() == ["plan.yaml:\(message)"])
    }

    @Test(
        "A column that is mapped wrongly is not called missing besides",
        arguments: [
            (
                "capacity: {from: Ports (10k), scale: 10k}",
                "columns.capacity.scale is “10k”, expected a number above 0"
            ),
            ("capacity: Prts", "columns.capacity: the region table has no column `Prts`"),
            ("capcity: Ports (10k)", "unknown column `capcity` in `columns`; did you mean `capacity`?"),
            ("capacity: {scale: 5}", "columns.capacity names no column of the file"),
        ])
    func nothingMissing(line: String, message: String) throws {
        let changed = columns.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.hasPrefix("  capacity:") ? "  \(line)" : String($0)
        }.joined(separator: "\n")
        #expect(changed != columns)
        let found = try files(changed).diagnostics()
        #expect(found.count == 1)
        #expect(found.first?.contains("error: \(message)") == true)
    }

    @Test("A cell with % in a scaled column is an error, not a hundredth of what was meant")
    func percentAndScale() throws {
        let files = try PlanFiles(
            plan: "base_year: 2023\nyears: 3\ndiscount_rate: 8%\n" + columns,
            regions: published.replacing(";16.1;", with: ";16.1%;"))
        #expect(
            try files.diagnostics() == [
                "regions.csv:2:30: error: demand_growth “16.1%” is written with % and scaled by the plan, "
                    + "expected one of the two"
            ])
    }
}
