import Headroom
import HeadroomFiles
import Testing

/// The range of every column of the region table, as model 3.1 has it.
struct RegionColumnTests {
    struct Range: CustomTestStringConvertible {
        var column: String
        var good: [String]
        var bad: [String]
        var words: String
        var testDescription: String { column }
    }

    static let ranges =
        [
            Range(column: "users", good: ["1e2", "100.0"], bad: ["-1"], words: "at least 0"),
            Range(column: "capacity", good: ["1e9"], bad: ["-1"], words: "at least 0"),
            Range(column: "idle_capacity", good: ["0", "199"], bad: ["-1"], words: "at least 0"),
            Range(
                column: "demand_growth", good: ["-0.99", "-99%", "0", "1"], bad: ["-1", "-100%"],
                words: "above -1"),
            Range(column: "revenue_per_user", good: ["0", "1e6"], bad: ["-0.01"], words: "at least 0"),
            Range(column: "build_cost", good: ["0.01"], bad: ["0", "-1"], words: "above 0"),
            Range(column: "operating_cost", good: ["0", ""], bad: ["-1"], words: "at least 0"),
            Range(column: "potential_users", good: ["100", "1e9", ""], bad: ["-1"], words: "at least 0"),
            Range(column: "adoption_cost", good: ["0.01"], bad: ["0", "-5"], words: "above 0"),
            Range(column: "demand_per_user", good: ["1", "1.0009", ""], bad: ["-1"], words: "at least 0"),
            Range(column: "use_growth", good: ["-99%", "1", ""], bad: ["-1", "-2"], words: "above -1"),
            Range(
                column: "max_utilization", good: ["0.5", "100%", ""], bad: ["0", "1.01", "101%"],
                words: "above 0 and at most 1"),
            Range(
                column: "retirement", good: ["0", "99%", ""], bad: ["1", "100%", "-1%"],
                words: "at least 0 and below 1"),
            Range(column: "yearly_build_limit", good: ["0", "5", ""], bad: ["-1"], words: "at least 0"),
            Range(column: "cost_factor", good: ["0.1", "10", ""], bad: ["0", "-1"], words: "above 0"),
            Range(
                column: "commerce_revenue_per_user", good: ["0", "9", ""], bad: ["-1"], words: "at least 0"),
            Range(column: "credit_users", good: ["0", "100", ""], bad: ["-1"], words: "at least 0"),
            Range(column: "credit_cost", good: ["0.1", ""], bad: ["0", "-1"], words: "above 0"),
        ]
        + ["reliability", "rating", "solvency", "character", "reputation"].map {
            Range(
                column: "credit_\($0)", good: ["0", "1", "50%", ""], bad: ["-0.1", "1.1", "101%"],
                words: "at least 0 and at most 1")
        }

    @Test("The ranges are those of every column")
    func complete() {
        #expect(Self.ranges.map(\.column) == RegionColumn.numeric.map(\.header))
    }

    @Test("A value in the range of its column is read without an error", arguments: ranges)
    func inside(range: Range) throws {
        for value in range.good {
            // The numbers around it are such that no other law is broken.
            let others: KeyValuePairs = ["potential_users": "1e9", range.column: value]
            let diagnostics = try PlanFiles(regions: PlanFiles.region(others)).diagnostics()
            #expect(diagnostics.filter { $0.contains(" error: ") }.isEmpty, "\(value)")
        }
    }

    @Test("A value outside the range of its column is an error at its cell", arguments: ranges)
    func outside(range: Range) throws {
        for value in range.bad {
            let table = PlanFiles.region(["potential_users": "1e9", range.column: value])
            let column = PlanFiles.column(of: range.column, in: table)
            let diagnostics = try PlanFiles(regions: table).diagnostics()
            let start = "regions.csv:2:\(column): error: \(range.column) is "
            let message = try #require(diagnostics.first)
            #expect(diagnostics.count == 1, "\(value): \(diagnostics)")
            #expect(message.hasPrefix(start) && message.hasSuffix(", expected \(range.words) (region a)"))
        }
    }

    @Test("A cell that holds no number is one error at its cell", arguments: ranges)
    func noNumber(range: Range) throws {
        for value in ["x", "nan", "inf", "0x10", "1e999", "1__0"] {
            let table = PlanFiles.region([range.column: value])
            let column = PlanFiles.column(of: range.column, in: table)
            let diagnostics = try PlanFiles(regions: table).diagnostics()
            let what = value == "1e999" ? "is too large for a number" : "is no number"
            let message = "\(range.column) “\(value)” \(what), expected \(range.words)"
            #expect(diagnostics == ["regions.csv:2:\(column): error: \(message)"])
        }
    }

    @Test(
        "A share is refused where an amount is due, and taken everywhere else",
        arguments: RegionColumn.numeric)
    func percent(column: RegionColumn) throws {
        let table = PlanFiles.region([column.header: "50%"])
        let place = "regions.csv:2:\(PlanFiles.column(of: column.header, in: table))"
        let diagnostics = try PlanFiles(regions: table).diagnostics()
        let takesShares: [RegionColumn] =
            [.demandGrowth, .useGrowth, .maxUtilization, .retirement] + RegionColumn.creditIndicators
        if takesShares.contains(column) {
            #expect(diagnostics.isEmpty)
        } else {
            let unit = column.declaration.unit.rawValue
            let message = "\(column.header) “50%” is a share, expected an amount (\(unit))"
            #expect(diagnostics == ["\(place): error: \(message)"])
        }
    }

    @Test(
        "A rate above 1 is a warning that says what it means", arguments: ["demand_growth", "use_growth"])
    func rateAboveOne(column: String) throws {
        let table = PlanFiles.region([column: "8"])
        let place = "regions.csv:2:\(PlanFiles.column(of: column, in: table))"
        #expect(
            try PlanFiles(regions: table).diagnostics() == [
                "\(place): warning: \(column) 8 means 800 % a year; write 8%? (region a)"
            ])
    }

    @Test(
        "A required cell that is empty is an error",
        arguments: RegionColumn.numeric.filter { $0.declaration.need == .required })
    func emptyCell(column: RegionColumn) throws {
        let table = PlanFiles.region([column.header: " "])
        let place = "regions.csv:2:\(PlanFiles.column(of: column.header, in: table))"
        #expect(
            try PlanFiles(regions: table).diagnostics() == [
                "\(place): error: \(column.header) is empty, expected a number (region a)"
            ])
    }

    @Test(
        "A number so large or small that the solver gets lost in its digits is an error",
        arguments: [
            ("users", "1e13", "at most 1000000000000"), ("build_cost", "1e100", "at most 1000000000000"),
            ("revenue_per_user", "99999999999999999999", "at most 1000000000000"),
            ("demand_growth", "101", "at most 100"), ("use_growth", "1e9", "at most 100"),
            ("build_cost", "1e-300", "at least 1e-09"), ("cost_factor", "1e-10", "at least 1e-09"),
            ("adoption_cost", "1e-10", "at least 1e-09"),
        ])
    func extremes(column: String, value: String, words: String) throws {
        let table = PlanFiles.region(["potential_users": "1e9", column: value])
        let diagnostics = try PlanFiles(regions: table).diagnostics()
        let start = "regions.csv:2:\(PlanFiles.column(of: column, in: table)): error: \(column) is "
        #expect(
            diagnostics.contains { $0.hasPrefix(start) && $0.hasSuffix(", expected \(words) (region a)") })
        #expect(try PlanFiles(regions: PlanFiles.region(["build_cost": "1e12"])).diagnostics().isEmpty)
    }

    @Test("The required columns are those of the model")
    func required() {
        let required = RegionColumn.allCases.filter { $0.declaration.need == .required }.map(\.header)
        #expect(
            required == [
                "region", "users", "capacity", "idle_capacity", "demand_growth", "revenue_per_user",
                "build_cost",
            ])
    }
}
