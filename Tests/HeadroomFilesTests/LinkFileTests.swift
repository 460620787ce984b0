import Headroom
import HeadroomFiles
import Testing

/// The link table.
struct LinkFileTests {
    private func files(_ links: String) throws -> PlanFiles { try PlanFiles(others: ["links.csv": links]) }

    @Test("Every column of the links is read, in the order of the rows")
    func links() throws {
        let table = """
            from;to;capacity;cost;build_cost;yearly_limit;kind
            b;a;1_000;0;250;5e2;cable
            c;a;0;3.5;12;;radio

            """
        let loaded = try files(table).load()
        #expect(loaded.diagnostics.isEmpty)
        let (a, b, c) = (RegionIndex(0), RegionIndex(1), RegionIndex(2))
        #expect(
            loaded.planningCase.links == [
                Link(from: b, to: a, capacity: 1000, cost: 0, buildCost: 250, yearlyLimit: 500),
                Link(from: c, to: a, capacity: 0, cost: 3.5, buildCost: 12),
            ])
        #expect(loaded.planningCase.name(ofLink: 1) == "c>a")
    }

    @Test(
        "People are told a link by its regions' names, by their ids where a name is another region's too",
        arguments: [("Beta", "widen Gamma → Alpha"), ("Gamma", "widen c>a")])
    func titles(second: String, title: String) throws {
        let names = [
            ("region,", "region,name,"), ("a,", "a,Alpha,"), ("b,", "b,\(second),"), ("c,", "c,Gamma,"),
        ]
        let rows = zip(PlanFiles.regions.split(separator: "\n"), names).map {
            $1.1 + $0.dropFirst($1.0.count)
        }
        let files = try PlanFiles(
            regions: rows.joined(separator: "\n"),
            others: ["links.csv": "from,to,capacity,cost,build_cost\nc,a,1,1,1\n"])
        #expect(try files.load().planningCase.title(of: .widening(link: 0)) == title)
    }

    @Test("A table of links may be empty, or name links alone that cannot be widened")
    func fixedLinks() throws {
        #expect(try files("from,to,capacity,cost\n").load().planningCase.links.isEmpty)
        let loaded = try files("from,to,capacity,cost\na,b,5,1\n").load()
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.planningCase.links[0].buildCost == .infinity)
    }

    @Test("A link that stands twice is added up, and said to be")
    func twice() throws {
        let files = try files("from,to,capacity,cost\na,b,5,1\nb,a,5,1\na,b,7,1\n")
        #expect(
            try files.diagnostics() == [
                "links.csv:4:1: warning: link a>b stands on line 2 already; the two are added up"
            ])
        #expect(try files.load().planningCase.links.count == 3)
    }

    @Test("Links that cannot be widened are noted where others can, or where a limit says they should")
    func notWidened() throws {
        #expect(
            try files("from,to,capacity,cost,build_cost\na,b,5,1,9\nb,a,5,1,\nb,c,5,1,\n").diagnostics() == [
                "links.csv:1:1: note: 2 of 3 links cannot be widened: they have no build_cost"
            ])
        #expect(
            try files("from,to,capacity,cost,yearly_limit\na,b,5,1,9\n").diagnostics() == [
                "links.csv:1:1: note: 1 of 1 links cannot be widened: they have no build_cost"
            ])
    }

    @Test(
        "What cannot be in a link table has its line and column, and the closest name",
        arguments: [
            ("a,a,5,1", "2:3: error: a link from a to itself"),
            ("a,d,5,1", "2:3: error: unknown region d"),
            ("x,b,5,1", "2:1: error: unknown region x"),
            ("a,,5,1", "2:3: error: to is empty, expected text"),
            ("a,b,,1", "2:5: error: capacity is empty, expected a number"),
            ("a,b,-5,1", "2:5: error: capacity “-5”, expected at least 0"),
            ("a,b,5,", "2:7: error: cost is empty, expected a number"),
            ("a,b,5,-1", "2:7: error: cost “-1”, expected at least 0"),
            ("a,b,5,1e999", "2:7: error: cost “1e999” is too large"),
            ("a,b,5", "2:1: error: the row has 3 fields, expected 4 as in the header"),
        ])
    func wrong(row: String, message: String) throws {
        let found = try files("from,to,capacity,cost\n\(row)\n").diagnostics()
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("links.csv:" + message) == true, "\(found)")
    }

    @Test("A region that is misspelt is told the closest one")
    func closestRegion() throws {
        let regions = PlanFiles.regions.replacing("a,west", with: "guizhou,west")
        let files = try PlanFiles(
            regions: regions, others: ["links.csv": "from,to,capacity,cost\nguizou,b,5,1\n"])
        #expect(
            try files.diagnostics() == [
                "links.csv:2:1: error: unknown region guizou; did you mean `guizhou`?"
            ])
    }

    @Test("Columns that are missing are all named")
    func missingColumns() throws {
        #expect(
            try files("form,to,capacity\na,b,5\n").diagnostics().sorted() == [
                "links.csv:1:1: error: required column `cost` is missing (operating cost of a unit carried for a year)",
                "links.csv:1:1: error: required column `from` is missing (the region whose idle capacity is shared)",
                "links.csv:1:1: warning: column `form` is passed over; did you mean `from`?",
            ])
    }

    @Test("A bare region table has no other tables")
    func bareTable() throws {
        let files = try files("no,links\n1,2\n")
        #expect(try LoadedPlan(path: files.path("regions.csv")).planningCase.links.isEmpty)
    }
}
