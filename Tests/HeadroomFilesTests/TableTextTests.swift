import Testing

@testable import Headroom
@testable import HeadroomFiles

/// The tables as CSV, Markdown and text for a terminal.
struct TableTextTests {
    private func records(_ csv: String) throws -> [[String]] {
        var reader = DelimitedText(Array(csv.utf8))
        var fields: [DelimitedText.Field] = []
        var records: [[String]] = []
        while try reader.next(into: &fields) { records.append(fields.map(\.text)) }
        return records
    }

    @Test("CSV reads back as the table: texts as they were, numbers to the last digit")
    func csvRoundTrip() throws {
        let plan = try PlanFiles.threeLevers().solve()
        for cut in [Cut.region, .year, .lever, .technology, .tag("zone"), .tag("note, long")] {
            let table = try #require(plan.table(cut))
            let records = try records(table.csv)
            #expect(records.first == table.columns.map(\.key))
            #expect(records.count == table.rows.count + 1)
            for (record, row) in zip(records.dropFirst(), table.rows) {
                for (field, cell) in zip(record, row) {
                    switch cell {
                    case .text(let text): #expect(field == text)
                    case .number(let number): #expect(Double(field) == number)
                    }
                }
            }
        }
    }

    @Test("The allocation as CSV has the documented columns, the tags among them, and no total row")
    func csvColumns() throws {
        let plan = try PlanFiles.threeLevers().solve()
        let records = try records(try #require(plan.table()).csv)
        #expect(
            records[0] == [
                "region", "name", "zone", "note, long", "investment", "build", "adoption", "share", "credit",
                "new_capacity", "users_base", "users_served", "users_organic", "users_won", "capacity_base",
                "capacity",
                "utilization_base", "utilization", "service_level", "return", "why",
            ])
        #expect(records.dropFirst().map(\.first) == ["a", "b", "c", "d"])
    }

    @Test("A tag with the name of a figure does not hide it")
    func tagNamedAsFigure() throws {
        let files = try PlanFiles(regions: PlanFiles.regions.replacing("zone", with: "return"))
        let table = try #require(try files.solve().table())
        let keys = table.columns.map(\.key)
        #expect(keys.contains("tag_return"))
        #expect(Set(keys).count == keys.count)
    }

    @Test(
        "CSV quotes what needs quotes and nothing else",
        arguments: [
            ("plain", "plain"), ("a b", "a b"), ("a,b", "\"a,b\""), ("say \"yes\"", "\"say \"\"yes\"\"\""),
            ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""), (" a", "\" a\""), ("a ", "\"a \""), ("", ""),
            ("a;b", "a;b"),
        ])
    func csvQuotes(text: String, written: String) {
        let table = Table(
            columns: [.init("x", "X", priority: 0), .init("y", "Y", priority: 0)],
            rows: [[.text(text), .text("-")]], total: nil, currency: "", capacityUnit: "")
        #expect(table.csv == "x,y\n\(written),-\n")
    }

    @Test(
        "Numbers are the shortest text that reads back the same",
        arguments: [
            (0, "0"), (-0.0, "0"), (1, "1"), (-3, "-3"), (0.1, "0.1"), (1.0 / 3, "0.3333333333333333"),
            (123_456_789_012_345, "123456789012345"), (1e15, "1000000000000000.0"), (1e16, "1e+16"),
            (.leastNonzeroMagnitude, "5e-324"),
        ] as [(Double, String)])
    func numbers(value: Double, text: String) {
        #expect(NumberFormat.full(value) == text)
        #expect(Double(text) == value)
    }

    @Test("Markdown is a summary and a table whose rows have all the same cells")
    func markdown() throws {
        let plan = try PlanFiles.threeLevers().solve()
        let table = try #require(plan.table())
        let text = plan.markdown(table)
        #expect(text.hasPrefix("# Three \\| \"levers\"\n\n2025–2027, 4 regions,"))
        let lines = table.markdown.split(separator: "\n").map(String.init)
            .filter { $0 != DialectTests.roundingNote }
        #expect(lines.count == 2 + 4 + 1)
        let cells = lines.map { $0.replacing("\\|", with: "").split(separator: "|").count }
        #expect(Set(cells).count == 1)
        #expect(lines[1].allSatisfy { "|-: ".contains($0) })
        #expect(lines[0].contains("| Invest (CNY k) |") || lines[0].contains("| Invest (CNY) |"))
        #expect(lines[3].hasPrefix("| Beta\\|Bravo |"))
        #expect(lines.last?.hasPrefix("| **Total** |") == true)
        #expect(text.hasSuffix(table.markdown))
    }

    @Test("The table fits the terminal, and keeps region, money and reason", arguments: [80, 100, 120])
    func width(width: Int) throws {
        let plan = try PlanFiles.threeLevers().solve()
        for cut in [Cut.region, .year, .lever, .technology, .tag("zone")] {
            let text = plan.terminalText(try #require(plan.table(cut)), TextStyle(width: width))
            for line in text.split(separator: "\n") { #expect(line.count <= width) }
            #expect(!text.contains("\u{1B}"))
        }
        let regions = try #require(plan.table()).terminalText(TextStyle(width: width)).split(separator: "\n")
            .map(String.init).filter { $0 != DialectTests.roundingNote }
        #expect(regions[0].hasPrefix("Region"))
        #expect(
            regions[0].contains("Invest") && regions[0].contains("Return")
                && regions[0].hasSuffix("Why no more"))
        // Two lines of header, four regions, a rule and the total; then what was left out, wrapped.
        #expect(regions.count > 8)
        #expect(regions[7].hasPrefix("Total"))
        #expect(regions[8].hasPrefix("Left out for want of width: "))
    }

    @Test("A wider terminal shows every column that a narrower one does")
    func widerShowsMore() throws {
        let table = try #require(try PlanFiles.threeLevers().solve().table())
        let counts = [60, 80, 100, 120, 200].map { width in
            table.terminalText(TextStyle(width: width)).prefix { $0 != "\n" }.split(separator: "  ").count
        }
        #expect(counts == counts.sorted())
        #expect(try #require(counts.first) < (try #require(counts.last)))
    }

    @Test("The summary stands above the table")
    func summary() throws {
        let plan = try PlanFiles.threeLevers().solve()
        let table = try #require(plan.table())
        let text = plan.terminalText(table, TextStyle(width: 80))
        #expect(text.hasPrefix("Three | \"levers\"\n2025–2027, 4 regions"))
        #expect(text.hasSuffix(table.terminalText(TextStyle(width: 80))))
        for label in ["Investment", "Net present value", "Return", "Users served 2027", "Utilization 2027"] {
            #expect(text.contains("\n\(label) "))
        }
    }

    @Test("A name of several lines is one row for people")
    func lineEndsInNames() throws {
        let table = Table(
            columns: [.init("x", "X", priority: 0)], rows: [[.text("a\nb")]], total: nil, currency: "",
            capacityUnit: "")
        #expect(table.terminalText(TextStyle(width: 80)) == "X\na b\n")
        #expect(table.markdown == "| X |\n| --- |\n| a b |\n")
    }
}
