import Foundation
import HeadroomTestSupport
import Testing

/// Workbooks as the commands write them, read back by LibreOffice.
struct WorkbookTests {
    @Test("A plan's workbook holds what its CSV and JSON hold, and its totals agree with its cells")
    func plan() throws {
        let workplace = try Workplace(
            regions: Workplace.regions.replacing("a,Alpha", with: "001,\"=A1 & \"\"Ö\"\"\""))
        let result = try workplace.headroom(
            "plan", "plan", "-o", "plan.xlsx", "-o", "plan.csv", "-o", "plan.json", "--by", "region", "--set",
            "discount_rate=7.5%")
        #expect(result.status == 0, "\(result.errors)")
        let sheets = try workplace.sheets("plan.xlsx")
        let stored = try workplace.sheets("plan.xlsx", recalculates: false)
        for (cell, text) in try zip(
            #require(sheets["Allocation"]?.last), #require(stored["Allocation"]?.last))
        {
            expectSame(cell, text)
        }
        #expect(Set(sheets.keys) == ["Summary", "Allocation", "Schedule", "Assumptions", "Problems"])

        let allocation = try #require(sheets["Allocation"])
        let csv = try workplace.text("plan.csv").split(separator: "\n")
        #expect(allocation.count == csv.count + 1)
        #expect(allocation[1][0...2] == ["001", "=A1 & \"Ö\"", "west"])
        for (row, line) in zip(allocation.dropFirst().dropLast(), csv.dropFirst()).dropFirst() {
            for (cell, text) in zip(row, line.split(separator: ",", omittingEmptySubsequences: false)) {
                expectSame(cell, String(text))
            }
        }
        let json = try #require(
            try JSONSerialization.jsonObject(with: Data(workplace.text("plan.json").utf8)) as? [String: Any])
        let header = csv[0].split(separator: ",").map(String.init)
        let total = Dictionary(uniqueKeysWithValues: zip(header, try #require(allocation.last)))
        for key in [
            "return", "utilization", "utilization_base", "service_level", "users_base", "users_served",
        ] {
            expectSame(try #require(total[key]), "\(try #require(json[key] as? Double, "\(key)"))")
        }
        let spend = try #require((json["spend"] as? [String: Any])?["total"] as? Double)
        expectSame(try #require(total["investment"]), "\(spend)")
        let years = try #require(sheets["Schedule"])
        #expect(years.dropFirst().map { $0[0] } == ["2025", "2026", "2027", "Total"])
        expectSame(try #require(years.last)[1], "\(spend)")

        let inputs = try #require(sheets["Assumptions"])
        let rate = try #require(inputs.first { $0[0] == "discount_rate" })
        #expect(
            rate == [
                "discount_rate", "7.5%", "per year", "real discount rate a year", "--set discount_rate=7.5%",
                "", "",
            ])
        let budget = try #require(inputs.first { $0[0] == "budget.total" })
        #expect(budget[1...2] == ["40000", "CNY"] && budget[4...5] == ["plan/plan.yaml", "8"])
        // The warning that standard error has.
        let problem = try #require(sheets["Problems"]?.dropFirst().first)
        #expect(
            result.errors.contains("\(problem[1]):\(problem[2]):\(problem[3]): \(problem[0]): \(problem[4])"))
        #expect(sheets["Summary"]?.contains(["--set discount_rate=7.5%", "", "", "", ""]) == true)
    }

    /// Numbers to 1e-9, as totals are added in another order.
    private func expectSame(_ cell: String, _ text: String) {
        guard let found = number(cell), let other = number(text) else {
            #expect(cell == text)
            return
        }
        #expect(abs(found - other) <= 1e-9 * max(1, abs(other)), "\(cell) is not \(text)")
    }

    private func number(_ text: String) -> Double? {
        text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
    }

    @Test("Two runs, on one thread and on several, in a file and on standard output, are the same bytes")
    func bytes() throws {
        let workplace = try Workplace()
        let once = try workplace.headroom(
            "plan", "plan", "--quiet", "--by", "zone,year", "-o", "a.xlsx", "--threads", "1")
        let again = try workplace.headroom("plan", "plan", "--quiet", "--by", "zone,year", "-o", "b.xlsx")
        #expect(once.status == 0 && again.status == 0)
        #expect(try workplace.bytes("a.xlsx") == workplace.bytes("b.xlsx"))
        let rows = try workplace.sheets("a.xlsx")["By zone, year"]?.map { $0[0] }
        #expect(rows == ["zone", "west", "east", "Total"])
    }

    @Test(
        "A report's workbook is the plan's, with the budget curve and all else that the plan is held against")
    func report() throws {
        let workplace = try Workplace()
        try workplace.write("less:\n  budget: -20%\n", to: "plan/scenarios.yaml")
        for command in [
            ["report", "plan", "-o", "report.xlsx"], ["plan", "plan", "-o", "plan.xlsx"],
            ["sweep", "plan", "-o", "sweep.csv"], ["frontier", "plan", "-o", "frontier.csv"],
            ["report", "plan", "-o", "quick.xlsx", "--quick"],
        ] {
            let result = try HeadroomProcess(command + ["--quiet"], in: workplace).result()
            #expect(result.status == 0, "\(result.errors)")
        }
        let sheets = try workplace.sheets("report.xlsx")
        let plan = try workplace.sheets("plan.xlsx")
        let quick: Set = [
            "Summary", "Allocation", "Schedule", "Budget curve", "Scenarios", "Assumptions", "Problems",
        ]
        #expect(Set(sheets.keys) == quick.union(["Frontier", "Sensitivity"]))
        #expect(try Set(workplace.sheets("quick.xlsx").keys) == quick)
        for name in ["Allocation", "Schedule", "Assumptions", "Problems"] {
            #expect(sheets[name] == plan[name])
        }
        for (name, file) in [("Budget curve", "sweep.csv"), ("Frontier", "frontier.csv")] {
            let lines = try workplace.text(file).split(separator: "\n")
            let rows = try #require(sheets[name])
            #expect(rows.count == lines.count)
            for (row, line) in zip(rows, lines).dropFirst() where !line.contains("\"") {
                for (cell, text) in zip(row, line.split(separator: ",", omittingEmptySubsequences: false)) {
                    expectSame(cell, String(text))
                }
            }
        }
        #expect(sheets["Scenarios"]?.map { $0[0] } == ["Plan", "this plan", "less", "  change", "  in %"])
        let folder = workplace.path + "/parts"
        try Command.run("unzip", ["-q", workplace.path + "/report.xlsx", "-d", folder])
        let charts = try FileManager.default.contentsOfDirectory(atPath: folder + "/xl/charts")
        let texts = try charts.map { try workplace.text("parts/xl/charts/\($0)") }
        #expect(
            texts.contains { $0.contains("'Budget curve'!") } && texts.contains { $0.contains("Frontier!") })
    }

    @Test(
        "Sweeps, frontiers, comparisons and sensitivities have workbooks of what they say and of their tables"
    )
    func others() throws {
        let workplace = try Workplace()
        for (arguments, names) in [
            (["sweep", "plan"], ["Summary", "Budget curve"]),
            (["frontier", "plan"], ["Summary", "Frontier"]),
            (["sensitivity", "plan", "--factor", "budget"], ["Every variation"]),
            (["compare", "plan", "--", "--budget", "-50%"], ["Summary", "Totals", "Region by region"]),
        ] {
            let command = arguments.prefix { $0 != "--" } + ["--quiet", "-o", "x.xlsx", "-o", "x.csv"]
            let result = try HeadroomProcess(
                Array(command + arguments.drop { $0 != "--" }), in: workplace
            ).result()
            #expect(result.status == 0, "\(result.errors)")
            let sheets = try workplace.sheets("x.xlsx")
            #expect(names.allSatisfy { sheets[$0] != nil }, "\(sheets.keys)")
            // Figures drawn of characters are for terminals.
            let cells = sheets.values.joined().joined()
            #expect(!cells.contains { $0.contains("█") || $0.contains("░") })
            guard let table = sheets["Budget curve"] ?? sheets["Frontier"] ?? sheets["Every variation"] else {
                continue
            }
            let csv = try workplace.text("x.csv").split(separator: "\n")
            #expect(table.count == csv.count)
            for (row, line) in zip(table, csv).dropFirst() {
                for (cell, text) in zip(row, line.split(separator: ",", omittingEmptySubsequences: false))
                where !text.contains("\"") {
                    expectSame(cell, String(text))
                }
            }
        }
    }

    @Test("A curve of plans at some budgets is one line, though nothing is known of the rows between")
    func gaps() throws {
        let workplace = try Workplace()
        try workplace.write(
            "technology,build_cost,module\nfibre,250,20\n", to: "plan/technologies.csv")
        let result = try workplace.headroom("sweep", "plan", "--quiet", "--steps", "4", "-o", "curve.xlsx")
        #expect(result.status == 0, "\(result.errors)")
        let rows = try #require(try workplace.sheets("curve.xlsx")["Budget curve"])
        let best = try #require(rows[0].firstIndex { $0.hasPrefix("Best") })
        #expect(rows.contains { $0[best].isEmpty } && rows.count { !$0[best].isEmpty } > 3)
        let folder = workplace.path + "/parts"
        try Command.run("unzip", ["-q", workplace.path + "/curve.xlsx", "-d", folder])
        #expect(try workplace.text("parts/xl/charts/chart1.xml").contains("<c:dispBlanksAs val=\"span\"/>"))
    }

    @Test("A workbook that cannot be written is 73 with file and reason, and what was there stays")
    func unwritable() throws {
        let workplace = try Workplace()
        let result = try workplace.headroom("plan", "plan", "--quiet", "-o", "missing/plan.xlsx")
        #expect(result.status == 73)
        #expect(result.errors == "missing/plan.xlsx: error: cannot be written: No such file or directory\n")
        let name = String(repeating: "n", count: 40_000)
        let long = try Workplace(regions: Workplace.regions.replacing("Gamma", with: name))
        try long.write("mine", to: "plan.xlsx")
        let refused = try long.headroom("plan", "plan", "--quiet", "-o", "plan.xlsx")
        #expect(refused.status == 73)
        #expect(
            refused.errors.contains(
                "plan.xlsx: error: cannot be written: the text in "))
        #expect(try long.text("plan.xlsx") == "mine")
        #expect(try long.names == ["plan", "plan.xlsx"])
    }
}

extension Workplace {
    fileprivate func bytes(_ name: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
    }

    fileprivate func sheets(_ name: String, recalculates: Bool = true) throws -> [String: [[String]]] {
        try LibreOffice.tables(ofWorkbook: bytes(name), recalculates: recalculates)
    }
}
