import Foundation
import Headroom
import HeadroomFiles
import Testing

/// The region table as a file: header, rows, ids.
struct RegionFileTests {
    private func found(_ table: String) throws -> [String] { try PlanFiles(regions: table).diagnostics() }

    @Test("A missing required column is an error with its meaning")
    func missingColumn() throws {
        let table =
            "region,users,capacity,idle_capacity,demand_growth,revenue_per_user\na,100,200,100,5%,300\n"
        #expect(
            try found(table) == [
                "regions.csv:1:1: error: required column `build_cost` is missing (cost of one more unit of capacity)"
            ])
    }

    @Test("A missing required column names the misspelt one, which is warned of at its place")
    func misspeltColumn() throws {
        let table = PlanFiles.regions.replacing("idle_capacity", with: "idle_capacty")
        #expect(
            try found(table) == [
                "regions.csv:1:1: error: required column `idle_capacity` is missing (installed and unused in the "
                    + "base year, at most capacity); is it `idle_capacty`?",
                "regions.csv:1:28: warning: column `idle_capacty` is read as a tag; did you mean `idle_capacity`?",
            ])
    }

    @Test("A table without ids is told so once, not once a row")
    func missingIDs() throws {
        #expect(
            try found(PlanFiles.regions.replacing("region,", with: "regon,")) == [
                "regions.csv:1:1: warning: column `regon` is read as a tag; did you mean `region`?",
                "regions.csv:1:1: error: required column `region` is missing (unique id); is it `regon`?; the first "
                    + "line must be the header, its columns separated by comma, semicolon or tab",
            ])
    }

    @Test(
        "A header that looks like a known column is warned of, and its values are a tag",
        arguments: [
            ("Users", "users"), ("operating cost", "operating_cost"), ("potential_user", "potential_users"),
            ("adoption-cost", "adoption_cost"), ("Name", "name"), ("max_utilisation", "max_utilization"),
        ])
    func misspeltTag(header: String, known: String) throws {
        let files = try PlanFiles(regions: PlanFiles.region([header: "x"]))
        let loaded = try files.load()
        #expect(loaded.table.tags == [.init(name: header, values: ["x"])])
        #expect(
            try files.diagnostics() == [
                "regions.csv:1:79: warning: column `\(header)` is read as a tag; did you mean `\(known)`?"
            ])
    }

    @Test(
        "Other headers are tags without a word",
        arguments: ["zone", "province", "longitude", "id", "\u{7701}"])
    func tags(header: String) throws {
        let loaded = try PlanFiles(regions: PlanFiles.region([header: " x y "])).load()
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.planningCase.regions.tags == [.init(name: header, values: ["x y"])])
    }

    @Test("A header that is empty or stands twice is one error")
    func badHeaders() throws {
        #expect(
            try found("region,,users\na,,1\n").contains(
                "regions.csv:1:8: error: a header is empty, expected a column name"))
        let twice = try found(PlanFiles.regions.replacing("zone,", with: "users,"))
        #expect(twice.contains("regions.csv:1:14: error: column `users` stands twice"))
        #expect(
            try found(PlanFiles.region(["zone": "x"]).replacing("zone", with: "region")) == [
                "regions.csv:1:79: error: column `region` stands twice"
            ])
    }

    @Test("A region that stands twice is an error with the line of the first")
    func duplicateRegion() throws {
        #expect(
            try found(PlanFiles.regions + " a ,west,100,200,100,5%,300,700\n") == [
                "regions.csv:5:1: error: region a stands twice, first on line 2; ids must be unique"
            ])
    }

    @Test("A region without an id is an error, once a row")
    func emptyID() throws {
        let table = PlanFiles.regions.replacing("b,west", with: " ,west").replacing(
            "c,east", with: "\"\",east")
        #expect(
            try found(table).filter { !$0.hasSuffix("(region )") } == [
                "regions.csv:3:1: error: region is empty, expected a unique id",
                "regions.csv:4:1: error: region is empty, expected a unique id",
            ])
    }

    @Test("A row of too few or too many fields is an error, and the rows around it are checked")
    func raggedRows() throws {
        let table = PlanFiles.regions + "d,east\ne\n\nf,east,1,2,1,0,1,1,9\ng,west,100,200,300,5%,300,700\n"
        #expect(
            try found(table) == [
                "regions.csv:5:1: error: the row has 2 fields, expected 8 as in the header",
                "regions.csv:6:1: error: the row has 1 field, expected 8 as in the header",
                "regions.csv:8:1: error: the row has 9 fields, expected 8 as in the header",
                "regions.csv:9:16: error: idle_capacity 300 is more than capacity 200 (region g)",
            ])
    }

    @Test("A file without rows, or without anything, is one error")
    func nothing() throws {
        #expect(
            try found("") == ["regions.csv:1:1: error: the file is empty, expected a header and regions"])
        #expect(
            try found("\n\n") == ["regions.csv:1:1: error: the file is empty, expected a header and regions"])
        let header = String(PlanFiles.regions.prefix { $0 != "\n" })
        #expect(
            try found(header) == ["regions.csv:1:1: error: the table has no regions, expected at least one"])
    }

    @Test("Quotes that do not fit are an error, beside those of the rows before")
    func quotes() throws {
        let table = PlanFiles.regions.replacing("100,200,100", with: "x,200,100") + "\"d,east,100\n"
        #expect(
            try found(table) == [
                "regions.csv:2:8: error: users “x” is no number, expected at least 0",
                "regions.csv:5:1: error: a quote is opened and never closed, expected a closing quote",
            ])
    }

    @Test(
        "Bytes that are no UTF-8 are an error",
        arguments: [[0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func noUTF8(bytes: [UInt8]) throws {
        let files = try PlanFiles()
        try files.write(Data(PlanFiles.regions.utf8) + Data(bytes), to: "regions.csv")
        #expect(
            try files.diagnostics() == ["regions.csv:1:1: error: the file is not UTF-8, expected UTF-8 text"])
    }

    @Test(
        "Delimiter, line ends, quotes, blanks and a byte order mark do not change what is read",
        arguments: [
            ("\n", ","), ("\r\n", ","), ("\r", ","), ("\n", ";"), ("\r\n", "\t"), ("\n", " , "),
            ("\n\n", ","), ("\n", "\",\""),
        ])
    func writtenOtherwise(lineEnd: String, delimiter: String) throws {
        let expected = try PlanFiles().load().table
        let isQuoted = delimiter.contains("\"")
        let lines = PlanFiles.regions.split(separator: "\n").map { line in
            let fields = line.replacing(",", with: delimiter)
            return isQuoted ? "\"\(fields)\"" : fields
        }
        let files = try PlanFiles(regions: "\u{FEFF}" + lines.joined(separator: lineEnd))
        #expect(try files.load().table == expected)
    }

    @Test("Three thousand wrong cells are placed in little time")
    func manyFindings() throws {
        let rows = (1...3000).map { "r\($0),100,200,100,8,300,700\n" }.joined()
        let header = "region,users,capacity,idle_capacity,demand_growth,revenue_per_user,build_cost\n"
        let files = try PlanFiles(regions: header + rows)
        let clock = ContinuousClock()
        var diagnostics: [String] = []
        let time = try clock.measure { diagnostics = try files.diagnostics() }
        #expect(diagnostics.count == 3000)
        #expect(diagnostics.last?.hasPrefix("regions.csv:3001:19: warning:") == true)
        #expect(time < .seconds(10))
    }
}
