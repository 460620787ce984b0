import Foundation
import Headroom
import HeadroomFiles
import Testing

/// The technology table and the table of overrides.
struct TechnologyFileTests {
    private static let technologies = """
        technology,build_cost,operating_cost,lifetime,lead_time,yearly_limit,module,source
        fibre,700,12,25,1,50,,tender of 2023
        radio, 300 ,,,,,5,

        """

    /// Without the region's own build cost, which is not used beside a technology table.
    private static let regions = """
        region,zone,users,capacity,idle_capacity,demand_growth,revenue_per_user
        a,west,100,200,100,5%,300
        b,west,250,400,150,0.1,280

        """

    private func files(
        technologies: String? = TechnologyFileTests.technologies, costs: String? = nil,
        regions: String = TechnologyFileTests.regions, plan: String = ""
    ) throws -> PlanFiles {
        var others: [String: String] = [:]
        others["technologies.csv"] = technologies
        others["costs.csv"] = costs
        return try PlanFiles(plan: PlanFiles.plan + plan, regions: regions, others: others)
    }

    @Test("Every column of the technologies is read, empty cells are its default, others are passed over")
    func technologies() throws {
        let loaded = try files().load()
        #expect(loaded.diagnostics.isEmpty)
        #expect(
            loaded.planningCase.technologies == [
                Technology(
                    name: "fibre", buildCost: 700, operatingCost: 12, lifetime: 25, leadTime: 1,
                    yearlyLimit: 50),
                Technology(name: "radio", buildCost: 300, operatingCost: 0, module: 5),
            ])
        #expect(loaded.planningCase.overrides == [[:], [:]])
        #expect(
            loaded.inputs.map { $0.split(separator: "/").last } == [
                "plan.yaml", "regions.csv", "technologies.csv",
            ])
    }

    @Test("The plan may name the tables")
    func named() throws {
        let files = try files(technologies: nil, plan: "technologies: data/t.csv\ncosts: data/c.csv\n")
        try files.write("technology,build_cost\nfibre,5\n", to: "data/t.csv")
        try files.write("region,technology,total_limit\nb,fibre,7\n", to: "data/c.csv")
        let planned = try files.load().planningCase
        #expect(planned.technologies == [Technology(name: "fibre", buildCost: 5, operatingCost: 0)])
        #expect(planned.overrides == [[RegionIndex(1): CostOverride(totalLimit: 7)]])
    }

    @Test("A technology that is in service after the horizon alone is noted")
    func tooLate() throws {
        let table = "technology,build_cost,lead_time\nt,5,2\nlate,5,3\n"
        #expect(
            try files(technologies: table).diagnostics() == [
                "technologies.csv:3:8: note: technology late cannot be built: paid in the first planning year it is "
                    + "in service 3 years later, after the horizon of 3"
            ])
    }

    @Test(
        "A file that looks like one of the tables and is not read is a warning",
        arguments: [
            ("technology.csv", "technologies"), ("Technologies.CSV", "technologies"), ("link.csv", "links"),
            ("cost.csv", "costs"), ("region.csv", "regions"), ("links.xlsx", "links"), ("linsk.txt", "links"),
        ])
    func misspeltFile(name: String, table: String) throws {
        let files = try PlanFiles(others: [name: "whatever", "notes.csv": "", "outcome.csv": ""])
        #expect(
            try files.diagnostics() == [
                "\(name):1:1: warning: the file is not read; name it `\(table).csv`, or write "
                    + "`\(table): \(name)` in plan.yaml, if it is meant to be"
            ])
    }

    @Test("A spreadsheet in place of CSV is told apart from other wrong bytes")
    func spreadsheet() throws {
        let files = try PlanFiles(regions: nil)
        try files.write(Data([0x50, 0x4B, 0x03, 0x04, 0xFF, 0xFE]), to: "regions.csv")
        #expect(
            try files.diagnostics() == [
                "regions.csv:1:1: error: the file is a spreadsheet (or another archive), expected text: "
                    + "save the sheet as CSV (UTF-8)"
            ])
    }

    @Test("A module of 0 is any amount")
    func noModule() throws {
        let planned = try files(technologies: "technology,build_cost,module\nt,5,0\n").load().planningCase
        #expect(planned.technologies[0].module == nil)
    }

    @Test("The region's build cost beside a technology table is noted as not used")
    func unusedBuildCost() throws {
        #expect(
            try files(regions: PlanFiles.regions).diagnostics() == [
                "regions.csv:1:1: note: build_cost is not used: the technology table gives the costs"
            ])
        #expect(
            try files(technologies: nil).diagnostics() == [
                "regions.csv:1:1: error: required column `build_cost` is missing (cost of one more unit of capacity)"
            ])
    }

    @Test("A yearly limit below one module is noted: nothing can be built")
    func limitBelowModule() throws {
        let table = "technology,build_cost,yearly_limit,module\nbox,5,9.5,10\ncrate,5,10,10\n"
        #expect(
            try files(technologies: table).diagnostics() == [
                "technologies.csv:2:7: note: technology box cannot be built: its yearly_limit 9.5 is below one module "
                    + "of 10.0"
            ])
    }

    @Test(
        "What cannot be in a technology table has its line, column and what was expected",
        arguments: [
            ("technology,build_cost\n", "1:1: error: the table has no technologies, expected at least one"),
            (
                "technology\nt\n",
                "1:1: error: required column `build_cost` is missing (cost of one more unit of capacity)"
            ),
            ("technology,build_cost\nt,5\nu,6\nt,7\n", "4:1: error: technology t stands twice"),
            ("technology,build_cost\nt,\n", "2:3: error: build_cost is empty, expected a number"),
            ("technology,build_cost\n,5\n", "2:1: error: technology is empty, expected text"),
            ("technology,build_cost\nt,0\n", "2:3: error: build_cost “0”, expected above 0"),
            (
                "technology,build_cost\nt,dear\n",
                "2:3: error: build_cost “dear” is no number, expected above 0"
            ),
            (
                "technology,build_cost\nt,5%\n",
                "2:3: error: build_cost “5%” is a share, expected an amount (money / capacity unit)"
            ),
            (
                "technology,build_cost,lifetime\nt,5,0\n",
                "2:5: error: lifetime “0”, expected a whole number of years at least 1 and at most 1000"
            ),
            (
                "technology,build_cost,lifetime\nt,5,2.5\n",
                "2:5: error: lifetime “2.5”, expected a whole number of years at least 1 and at most 1000"
            ),
            (
                "technology,build_cost,lead_time\nt,5,-1\n",
                "2:5: error: lead_time “-1”, expected a whole number of years at least 0 and at most 1000"
            ),
            (
                "technology,build_cost,yearly_limit\nt,5,-1\n",
                "2:5: error: yearly_limit “-1”, expected at least 0"
            ),
            (
                "technology,build_cost\nt,5,6\n",
                "2:1: error: the row has 3 fields, expected 2 as in the header"
            ),
            ("technology,build_cost,build_cost\nt,5,6\n", "1:23: error: column `build_cost` stands twice"),
            (
                "technology,build_cost,liftime\nt,5,6\n",
                "1:23: warning: column `liftime` is passed over; did you mean `lifetime`?"
            ),
        ])
    func wrong(table: String, message: String) throws {
        #expect(try files(technologies: table).diagnostics() == ["technologies.csv:" + message])
    }

    @Test("Every column of the overrides is read, for its own region and technology")
    func overrides() throws {
        let costs = """
            region,technology,build_cost,operating_cost,yearly_limit,total_limit
            b,radio,250,3,40,90
            a,radio,,,,
            a,fibre,800,,0,

            """
        let loaded = try files(costs: costs).load()
        #expect(loaded.diagnostics.isEmpty)
        #expect(
            loaded.planningCase.overrides == [
                [RegionIndex(0): CostOverride(buildCost: 800, yearlyLimit: 0)],
                [
                    RegionIndex(0): CostOverride(),
                    RegionIndex(1): CostOverride(
                        buildCost: 250, operatingCost: 3, yearlyLimit: 40, totalLimit: 90),
                ],
            ])
    }

    @Test("Without a technology table the only technology is called capacity")
    func onlyTechnology() throws {
        let costs = "region,technology,build_cost\nb,capacity,500\n"
        let planned = try files(technologies: nil, costs: costs, regions: PlanFiles.regions).load()
            .planningCase
        #expect(planned.technologies == [.capacity])
        #expect(planned.overrides == [[RegionIndex(1): CostOverride(buildCost: 500)]])
        #expect(planned.buildCost(RegionIndex(0), 0) == 700)
        #expect(planned.buildCost(RegionIndex(1), 0) == 500)
    }

    @Test(
        "What cannot be in a table of overrides has its line and column, and the closest name",
        arguments: [
            ("a,rado,5", "2:3: error: unknown technology rado; did you mean `radio`?"),
            ("a,satellite,5", "2:3: error: unknown technology satellite"),
            ("alpha,radio,5", "2:1: error: unknown region alpha"),
            ("a,radio,0", "2:9: error: build_cost “0”, expected above 0"),
            ("a,radio,5\nb,radio,5\na,radio,6", "4:1: error: region a and technology radio stand twice"),
            (",radio,5", "2:1: error: region is empty, expected text"),
        ])
    func wrongOverrides(rows: String, message: String) throws {
        let costs = "region,technology,build_cost\n\(rows)\n"
        #expect(try files(costs: costs).diagnostics() == ["costs.csv:" + message])
    }

    @Test("All problems of all tables are told in one run")
    func allProblems() throws {
        let found = try files(
            technologies: "technology,build_cost\nt,x\n", costs: "region,technology,build_cost\na,u,-5\n",
            regions: PlanFiles.region(["users": "many"])
        ).diagnostics()
        #expect(found.contains { $0.hasPrefix("technologies.csv:2:3: error: build_cost “x”") })
        #expect(found.contains { $0.hasPrefix("costs.csv:2:3: error: unknown technology u") })
        #expect(found.contains { $0.hasPrefix("costs.csv:2:5: error: build_cost “-5”") })
        #expect(found.contains { $0.hasPrefix("regions.csv:2:3: error: users “many”") })
    }
}
