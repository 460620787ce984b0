import Foundation
import Headroom
import HeadroomFiles
import Testing

/// Keys of `plan.yaml` and the shape of the file.
struct PlanKeyTests {
    @Test(
        "An unknown key is an error at its place, with the closest known name",
        arguments: [
            ("discount_rat: 5%", "4:1: error: unknown key `discount_rat`; did you mean `discount_rate`?"),
            ("Currency: EUR", "4:1: error: unknown key `Currency`; did you mean `currency`?"),
            ("capacity-unit: port", "4:1: error: unknown key `capacity-unit`; did you mean `capacity_unit`?"),
            (
                "budget: {totl: 5}",
                "4:10: error: unknown key `totl` in `budget`; did you mean `total`?"
            ),
            (
                "budget:\n  ?  amount\n  : 5",
                "5:6: error: unknown key `amount` in `budget`; expected one of total, yearly, carry_over"
            ),
            (
                "adoption: {steps: [{share: 1, cost: 2, cost_factor: 1}]}",
                "4:31: error: unknown key `cost` in `adoption.steps`; expected one of share, cost_factor"
            ),
            (
                "credit: {weights: {ratings: 2}}",
                "4:20: error: unknown key `ratings` in `credit.weights`; did you mean `rating`?"
            ),
            (
                "objective: {\"\u{E9}\u{4E2D}\": 1, goals: [return]}",
                "4:22: error: unknown key `goals` in `objective`; expected one of maximize, tolerance, years, "
                    + "minimum_spend, gap"
            ),
        ])
    func unknownKeys(line: String, message: String) throws {
        let files = try PlanFiles(plan: PlanFiles.plan + line + "\n")
        #expect(try files.diagnostics().contains("plan.yaml:" + message))
    }

    @Test("A name that is close to none is answered with all known ones")
    func farName() throws {
        let files = try PlanFiles(plan: PlanFiles.plan + "x: 1\n")
        let diagnostics = try files.diagnostics()
        #expect(diagnostics.count == 1)
        #expect(
            diagnostics.first?.hasPrefix("plan.yaml:4:1: error: unknown key `x`; expected one of title,")
                == true)
    }

    @Test("A key that stands twice is an error where it stands again, at any depth")
    func duplicateKeys() throws {
        let top = try PlanFiles(plan: PlanFiles.plan + "years: 4\n")
        #expect(
            try top.diagnostics() == [
                "plan.yaml:4:1: error: key `years` stands twice, expected each key once, and stands in line 2 already"
            ])
        let inner = try PlanFiles(plan: PlanFiles.plan + "budget:\n  total: 1\n  yearly: 2\n  total: 3\n")
        #expect(
            try inner.diagnostics() == [
                "plan.yaml:7:3: error: key `total` stands twice, expected each key once, and stands in line 5 already"
            ])
    }

    @Test("Every key that stands again is told, beside all else, however it is written")
    func manyDuplicateKeys() throws {
        let plan =
            "years: 4\n\"years\": 5\ntitel: a\nyears: 6\r\n'budget': {total: 1, total: 2}\n'budget': {}\n"
        let found = try PlanFiles(plan: PlanFiles.plan + plan).diagnostics()
        func twice(_ place: String, _ key: String, _ line: Int) -> String {
            "plan.yaml:\(place): error: key `\(key)` stands twice, expected each key once, and stands in line \(line) already"
        }
        #expect(
            found == [
                twice("4:1", "years", 2), twice("5:1", "years", 2),
                "plan.yaml:6:1: error: unknown key `titel`; did you mean `title`?", twice("7:1", "years", 2),
                twice("8:22", "total", 8), twice("9:1", "budget", 8),
            ])
    }

    @Test(
        "What is no YAML is an error with its line",
        arguments: [
            ("budget: {total: 5\n", "5:1: error: is no YAML: did not find expected ',' or '}'"),
            (
                "budget:\n\ttotal: 5\n",
                "5:1: error: is no YAML: found character that cannot start any token"
            ),
            ("title: \"open\n", "5:1: error: is no YAML: found unexpected end of stream"),
            ("title: *nobody\n", "4:8: error: is no YAML: found undefined alias"),
            ("---\nyears: 3\n", "4:1: error: is no YAML: but found another document"),
            ("title: a: b\n", "4:9: error: is no YAML: mapping values are not allowed in this context"),
            ("   years: 4\n", "4:9: error: is no YAML: mapping values are not allowed in this context"),
        ])
    func noYAML(text: String, message: String) throws {
        let files = try PlanFiles(plan: PlanFiles.plan + text)
        #expect(try files.diagnostics() == ["plan.yaml:" + message])
    }

    @Test("A value that is nested very deep ends in an error, not in a crash", arguments: [900, 5000])
    func deepNesting(depth: Int) throws {
        let brackets = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let flow = try PlanFiles(plan: PlanFiles.plan + "title: \(brackets)\n").diagnostics()
        #expect(flow.count == 1 && flow[0].hasPrefix("plan.yaml:4:"), "\(flow)")
        let lines = (1...depth / 2).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        let block = try PlanFiles(plan: PlanFiles.plan + "title:\n\(lines)").diagnostics()
        #expect(block.count == 1 && block[0].hasPrefix("plan.yaml:"), "\(block)")
    }

    @Test(
        "Each required key that is missing is named with its meaning", arguments: ["", "# nothing\n", "{}\n"])
    func missingKeys(plan: String) throws {
        let missing = [
            "plan.yaml:1:1: error: required key `base_year` is missing (year of the region table)",
            "plan.yaml:1:1: error: required key `years` is missing (planning years, from the year after the base year)",
            "plan.yaml:1:1: error: required key `discount_rate` is missing (real discount rate a year)",
        ]
        #expect(try PlanFiles(plan: plan).diagnostics() == missing)
    }

    @Test("A required key with nothing behind it is an error on its line", arguments: ["", " ~", " null"])
    func emptyKey(nothing: String) throws {
        let files = try PlanFiles(plan: "base_year: 2024\ndiscount_rate: 8%\nyears:\(nothing)\n")
        let diagnostics = try files.diagnostics()
        #expect(diagnostics.count == 1)
        #expect(diagnostics.first?.hasPrefix("plan.yaml:3:") == true, "\(diagnostics)")
        #expect(diagnostics.first?.contains("required key `years` has no value") == true)
    }

    @Test("An optional key with nothing behind it stands for its default")
    func emptyOptionalKeys() throws {
        let keys = PlanKey.allCases.filter { $0.parent.isEmpty && $0.declaration.defaultText != nil }
        let lines = keys.map { "\($0.name):\n" }.joined()
        let empty = try PlanFiles(plan: PlanFiles.plan + lines)
        let plain = try PlanFiles()
        var expected = try plain.load().planningCase
        expected.assumptions.title = URL(fileURLWithPath: empty.folder).lastPathComponent
        #expect(try empty.load().planningCase == expected)
    }

    @Test("A file that is no map of keys is an error", arguments: ["- a\n- b\n", "hello\n", "5\n"])
    func noMap(plan: String) throws {
        let files = try PlanFiles(plan: plan)
        #expect(
            try files.diagnostics().first
                == "plan.yaml:1:1: error: expected keys with values, such as `years: 5`")
    }

    @Test("Bytes that are no UTF-8 are an error")
    func noUTF8() throws {
        let files = try PlanFiles()
        try files.write(Data(PlanFiles.plan.utf8) + Data([0xFF, 0xFE]), to: "plan.yaml")
        #expect(
            try files.diagnostics() == ["plan.yaml:1:1: error: the file is not UTF-8, expected UTF-8 text"])
    }

    @Test("A byte order mark, comments, CRLF and a document's start and end change nothing")
    func harmless() throws {
        let plain = try PlanFiles().load().planningCase.assumptions
        let lines = PlanFiles.plan.replacing("\n", with: " # as agreed\r\n")
        let files = try PlanFiles(plan: "\u{FEFF}# A plan\r\n---\r\n\(lines)...\r\n")
        var read = try files.load().planningCase.assumptions
        read.title = plain.title
        #expect(read == plain)
    }

    @Test(
        "A table that the plan names and that is not there is named",
        arguments: ["technologies", "costs", "links"])
    func missingTables(key: String) throws {
        let files = try PlanFiles(plan: PlanFiles.plan + "\(key): data/t.csv\n")
        let missing = #expect(throws: UnreadableFile.self) { try files.load() }
        #expect(missing?.path == files.path("data/t.csv"))
    }

    @Test(
        "A table's name is a text, and rules are items with keys",
        arguments: [
            ("links: [a]", "4:8: error: links is a list, expected text"),
            ("rules: floor", "4:8: error: rules is “floor”, expected a list"),
            (
                "rules: [floor]",
                "4:9: error: rules is “floor”, expected items with keys, such as {measure: investment, at_least: 30%}"
            ),
        ])
    func tablesAndRules(line: String, message: String) throws {
        #expect(try PlanFiles(plan: PlanFiles.plan + line + "\n").diagnostics() == ["plan.yaml:" + message])
    }

    @Test("An empty list of rules is no rule")
    func noRules() throws {
        #expect(try PlanFiles(plan: PlanFiles.plan + "rules: []\nlinks:\n").diagnostics().isEmpty)
    }
}
