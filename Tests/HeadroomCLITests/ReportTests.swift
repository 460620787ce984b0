import Foundation
import FoundationXML
import HeadroomTestSupport
import Testing

/// `headroom report`.
struct ReportTests {
    private static let china = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("regions/china").path

    /// A plan with everything that a report tells of.
    private static func whole() throws -> Workplace {
        let workplace = try Workplace()
        try workplace.write(
            "less:\n  budget: -20%\nmore growth:\n  scale: {demand_growth: 1.5}\n", to: "plan/scenarios.yaml")
        try workplace.write(
            """
            # Sources of the small plan

            ## Users

            From the *office of* [statistics](https://example.org/a?b=1&c=2), see also https://example.org.

            | column | value |
            | --- | ---: |
            | users | **assumed** |

            """, to: "plan/SOURCES.md")
        return workplace
    }

    /// A page as a program reads it, without namespaces: below them Foundation finds no attributes on Linux.
    private func page(_ workplace: Workplace, _ name: String = "report.html") throws -> XMLDocument {
        let namespaces = [" xmlns=\"http://www.w3.org/1999/xhtml\"", " xmlns=\"http://www.w3.org/2000/svg\""]
        let text = try namespaces.reduce(workplace.text(name)) { $0.replacing($1, with: "") }
        return try XMLDocument(xmlString: text)
    }

    private func nodes(_ page: XMLDocument, _ path: String) throws -> [XMLElement] {
        try page.nodes(forXPath: path).compactMap { $0 as? XMLElement }
    }

    private func text(_ node: XMLNode) -> String {
        (node.stringValue ?? "").replacing("\u{A0}", with: " ").trimmingCharacters(
            in: .whitespacesAndNewlines)
    }

    /// The figure of a cell with all its digits.
    private func number(_ cell: XMLElement) -> Double? {
        cell.attribute(forName: "data-value")?.stringValue.flatMap(Double.init)
    }

    @Test("The trade-off and what matters have a section each with a picture; --quick leaves them out")
    func manyPlans() throws {
        let workplace = try Self.whole()
        #expect(try workplace.headroom("report", "plan", "-o", "report.html", "--quiet").status == 0)
        let page = try page(workplace)
        for id in ["tradeoff", "sensitivity"] {
            #expect(try nodes(page, "//section[@class='\(id)']//div[@class='wide']/svg").count == 1)
            #expect(try !nodes(page, "//section[@class='\(id)']/p").isEmpty)
        }
        let table = try nodes(page, "//section[@class='sensitivity']//table//tbody/tr")
        let csv = try workplace.headroom("sensitivity", "plan", "--format", "csv").output
        #expect(table.count == csv.split(separator: "\n").count - 1)
        // Bars of characters stand beside a drawn one.
        #expect(!table.contains { text($0).contains("█") })
        #expect(
            try workplace.headroom("report", "plan", "-o", "report.html", "--quiet", "--quick").status == 0)
        let quick = try self.page(workplace)
        #expect(try nodes(quick, "//section[@class='tradeoff' or @class='sensitivity']").isEmpty)
    }

    @Test(
        "The map is drawn of the folder's outlines; what is wrong with them is said in the page and beside it"
    )
    func outlines() throws {
        let workplace = try Workplace()
        let outlines = """
            {"type": "FeatureCollection", "features": [{"type": "Feature", "id": "a", "properties": {},
            "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}}]}
            """
        try workplace.write(outlines, to: "plan/regions.geojson")
        let result = try workplace.headroom("report", "plan", "-o", "report.html")
        let warning = "plan/regions.geojson:1:1: warning: no place for 2 of 3 regions: b, c"
        #expect(result.status == 0 && result.errors.contains(warning))
        let page = try page(workplace)
        #expect(text(try #require(page.rootElement())).contains("Investment for each user of 2024"))
        #expect(text(try #require(page.rootElement())).contains(warning))
        try workplace.write("{}", to: "plan/regions.geojson")
        #expect(try workplace.headroom("report", "plan", "--quiet").status == 65)
    }

    @Test("The figures in the page are those of plan --format json, digit for digit")
    func figures() throws {
        let workplace = try Workplace()
        func run(_ arguments: String...) throws -> HeadroomProcess.Result {
            try HeadroomProcess(arguments, in: workplace).result(within: 400)
        }
        #expect(try run("report", Self.china, "-o", "report.html", "--quiet", "--quick").status == 0)
        // `JSONSerialization` loses the last digits on Linux, the decoder does not.
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let plan = try decoder.decode(
            PlanFile.self, from: Data(run("plan", Self.china, "--format", "json").output.utf8))
        let page = try page(workplace)
        let table = "//*[local-name()='section'][@class='allocation']//*[local-name()='table']"
        let headings = try nodes(page, "\(table)/*[local-name()='thead']//*[local-name()='th']").map {
            text($0.children?.first ?? $0)
        }
        try #require(headings.count == 15)
        let rows = try nodes(page, "\(table)/*[local-name()='tbody']/*[local-name()='tr']")
        #expect(rows.count == plan.regions.count)
        for (row, region) in zip(rows, plan.regions) {
            let cells = (row.children ?? []).compactMap { $0 as? XMLElement }
            #expect(text(cells[0]) == region.name)
            #expect(text(cells[14]) == region.why)
            #expect(cells[1...13].map(number) == region.figures)
        }
        let total = try nodes(page, "\(table)/*[local-name()='tfoot']//*[local-name()='td']")[0]
        #expect(number(total) == plan.spend.total)
        let years = try nodes(
            page,
            "//*[local-name()='section'][@class='years']//*[local-name()='tbody']/*[local-name()='tr']")
        for row in years {
            let cells = (row.children ?? []).compactMap { $0 as? XMLElement }
            #expect(
                number(cells[1])
                    == plan.spend.byYear[text(cells[0])])
        }
        #expect(years.count == 5)
    }

    @Test("The page loads nothing from elsewhere, and is well formed as HTML and as XML")
    func selfContained() throws {
        let workplace = try Self.whole()
        #expect(try workplace.headroom("report", "plan", "-o", "report.html").status == 0)
        let page = try page(workplace)
        #expect(try page.nodes(forXPath: "//@src").isEmpty)
        for element in ["link", "iframe", "img", "object", "embed", "base", "image", "use"] {
            #expect(try nodes(page, "//*[local-name()='\(element)']").isEmpty, "\(element)")
        }
        for reference in try page.nodes(forXPath: "//@href") {
            let target = text(reference)
            // Sources may be named; a place in the page must be there.
            if target.hasPrefix("#") {
                #expect(try page.nodes(forXPath: "//*[@id='\(target.dropFirst())']").count == 1, "\(target)")
            } else {
                #expect(try nodes(page, "//*[@class='sources']//*[@href='\(target)']").isEmpty == false)
            }
        }
        let whole = try workplace.text("report.html")
        for loading in ["@import", "url(", "fetch(", "XMLHttpRequest", "import("] {
            #expect(!whole.contains(loading), "\(loading)")
        }
        #expect(try Xmllint.problems(of: "\(workplace.path)/report.html", isHTML: false).isEmpty)
        #expect(try Xmllint.problems(of: "\(workplace.path)/report.html", isHTML: true).isEmpty)
    }

    @Test("Headings, captions, landmarks and names of pictures are there for those who do not see the page")
    func accessible() throws {
        let workplace = try Self.whole()
        #expect(try workplace.headroom("report", "plan", "-o", "report.html").status == 0)
        let page = try page(workplace)
        for landmark in ["header", "main", "nav", "footer"] {
            #expect(try nodes(page, "//*[local-name()='\(landmark)']").count == 1)
        }
        #expect(try page.nodes(forXPath: "/*/@lang").map(text) == ["en"])
        let headings = try nodes(
            page, "//*[contains('h1 h2 h3 h4 h5 h6', local-name()) and string-length(local-name()) = 2]"
        ).compactMap { $0.localName?.last?.wholeNumberValue }
        #expect(headings.first == 1 && headings.count { $0 == 1 } == 1)
        for (upper, lower) in zip(headings, headings.dropFirst()) { #expect(lower <= upper + 1) }
        let tables = try nodes(page, "//*[local-name()='table'][not(ancestor::*[@class='sources'])]")
        #expect(tables.count > 5)
        for table in tables {
            #expect((table.children ?? []).contains { $0.localName == "caption" })
            #expect(try table.nodes(forXPath: ".//*[local-name()='th'][not(@scope)]").isEmpty)
        }
        let ids = try page.nodes(forXPath: "//@id").map(text)
        #expect(Set(ids).count == ids.count)
        let pictures = try nodes(page, "//*[local-name()='svg']")
        #expect(pictures.count >= 8)
        #expect(
            try page.nodes(forXPath: "//*[local-name()='svg']/@role").map(text) == pictures.map { _ in "img" }
        )
        let names = try page.nodes(forXPath: "//*[local-name()='svg']/@aria-labelledby")
        #expect(names.count == pictures.count)
        for name in names {
            let named = text(name).split(separator: " ").map(String.init)
            #expect(named.count == 2 && named.allSatisfy(ids.contains))
        }
    }

    @Test("Names from region files stay text, whatever they hold")
    func nastyNames() throws {
        let names = [
            "<script>alert(1)</script>", "\"\u{301} onload='x'", "]]>", "{{title}}{{{svg}}}",
            "\u{5E9}\u{5DC}",
            "🏝️ Île",
        ]
        var regions =
            "region,name,zone,users,capacity,idle_capacity,demand_growth,revenue_per_user,build_cost,potential_users,adoption_cost\n"
        for (place, name) in names.enumerated() {
            // Scalar by scalar: with an accent behind it a quotation mark is another character.
            let quoted = name.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
            regions +=
                "r\(place),\"\(quoted)\",</style>\(place % 2),100,200,100,5%,300,200,500,100\n"
        }
        let workplace = try Workplace(regions: regions)
        try workplace.write("# Where\n\n<script>alert(2)</script> & more\n", to: "plan/SOURCES.md")
        #expect(try workplace.headroom("report", "plan", "-o", "report.html", "--quiet").status == 0)
        #expect(try Xmllint.problems(of: "\(workplace.path)/report.html", isHTML: false) == [])
        let page = try page(workplace)
        #expect(try nodes(page, "//*[local-name()='script']").count == 1)
        #expect(try nodes(page, "//*[local-name()='style']").count == 1)
        #expect(try page.nodes(forXPath: "//@onload").isEmpty)
        let shown = try nodes(page, "//*[@class='allocation']//*[@scope='row']").map(text)
        #expect(Array(shown.prefix(names.count)) == names)
        #expect(try Xmllint.problems(of: "\(workplace.path)/report.html", isHTML: true).isEmpty)
    }

    @Test("The same bytes on every run and with every number of threads")
    func sameBytes() throws {
        let workplace = try Workplace()
        for (name, threads) in [("a", "1"), ("b", "4"), ("c", "4")] {
            #expect(
                try workplace.headroom(
                    "report", "plan", "-o", "\(name).html", "-o", "\(name).md", "-o", "\(name).tex",
                    "--threads", threads, "--quiet"
                ).status == 0)
        }
        for ending in ["html", "md", "tex"] {
            let first = try workplace.text("a.\(ending)")
            #expect(!first.isEmpty)
            #expect(try workplace.text("b.\(ending)") == first && workplace.text("c.\(ending)") == first)
        }
    }

    @Test("Standard output has the sentences of the page")
    func sentences() throws {
        let workplace = try Workplace()
        let result = try workplace.headroom("report", "plan", "-o", "report.html", "--quiet")
        #expect(result.output.hasPrefix("Small plan\n\n1. The plan spends CNY "))
        let shown = try nodes(page(workplace), "//*[@class='sentences']/*").map(text)
        #expect(shown.count == 4)
        let printed = result.output.replacing("\n   ", with: " ")
        for (place, sentence) in shown.enumerated() {
            #expect(printed.contains("\n\(place + 1). \(sentence)\n"), "\(sentence)")
        }
    }

    @Test("Templates of the user's are filled in for Markdown and LaTeX")
    func templates() throws {
        let workplace = try Workplace()
        try workplace.write(
            "{{title}}\n{{#regions}}\n{{name}} & {{investment}} & {{utilization}}\n{{/regions}}\n",
            to: "board.mustache")
        let result = try workplace.headroom(
            "report", "plan", "--template", "board.mustache", "-o", "board.md", "-o", "board.tex", "--quiet")
        #expect(result.status == 0)
        let latex = try workplace.text("board.tex").split(separator: "\n")
        #expect(latex.count == 4)
        #expect(latex[1].hasPrefix("Alpha & CNY ") && latex[1].hasSuffix(#" \%"#))
        #expect(try workplace.text("board.md").contains("Alpha & CNY "))
    }

    @Test("A wrong template ends the command before the plan is looked at, with every problem")
    func wrongTemplate() throws {
        let workplace = try Workplace()
        try workplace.write("{{titel}}\n{{#regions}}{{nam}}{{/regions}}\n", to: "board.mustache")
        let result = try workplace.headroom(
            "report", "plan", "--template", "board.mustache", "-o", "board.html")
        #expect(result.status == 65)
        #expect(
            result.errors == """
                board.mustache:1:1: error: unknown name `titel`; did you mean `title`?
                board.mustache:2:13: error: unknown name `nam` in `regions`; did you mean `name`?

                """)
        #expect(!workplace.exists("board.html") && result.output.isEmpty)
        #expect(
            try workplace.headroom("report", "plan", "--template", "none.mustache", "-o", "a.html").status
                == 66)
        let unclear = try workplace.headroom("report", "plan", "--template", "board.mustache")
        #expect(unclear.status == 64)
        #expect(unclear.errors.contains("--template needs -o"))
        // A workbook has no template.
        #expect(
            try workplace.headroom(
                "report", "plan", "--template", "board.mustache", "-o", "a.xlsx"
            ).status == 64)
        #expect(try workplace.headroom("report", "plan", "-o", "a.pdf").status == 64)
    }

    @Test("What is printed to begin a template with writes the same report")
    func printedTemplate() throws {
        let workplace = try Workplace()
        for (format, ending) in [("html", "html"), ("markdown", "md"), ("latex", "tex")] {
            try workplace.write(
                workplace.headroom("report", "--print-template", format).output, to: "own.mustache")
            #expect(
                try workplace.headroom(
                    "report", "plan", "--template", "own.mustache", "-o", "own.\(ending)", "--quiet"
                ).status == 0)
            #expect(try workplace.headroom("report", "plan", "-o", "built.\(ending)", "--quiet").status == 0)
            #expect(try workplace.text("own.\(ending)") == workplace.text("built.\(ending)"))
        }
        #expect(
            try workplace.headroom("report", "--print-names").output.contains(
                "{{title}}  what the plan is called"))
    }

    @Test("Where no plan is possible no report is written, and what clashes is said")
    func impossible() throws {
        let workplace = try Workplace(
            plan: Workplace.plan + "rules: [{measure: investment, at_least: 90e3}]\n")
        let result = try workplace.headroom("report", "plan", "-o", "report.html")
        #expect(result.status == 2)
        #expect(result.errors.contains("The smallest budget that would do: "))
        #expect(!workplace.exists("report.html"))
    }

    @Test("Every input stands with its file and line, and what was changed with the option that did it")
    func inputs() throws {
        let workplace = try Workplace()
        #expect(
            try workplace.headroom(
                "report", "plan", "--set", "discount_rate=6%", "--scale", "build_cost=0.5", "-o",
                "report.html",
                "--quiet"
            ).status == 0)
        let rows = try nodes(
            page(workplace),
            "//*[local-name()='section'][@class='assumptions']//*[local-name()='tbody']/*[local-name()='tr']"
        ).map { ($0.children ?? []).map(text) }
        func row(_ name: String) -> [String]? { rows.first { $0.first == name } }
        #expect(
            row("years") == [
                "years", "3", "years", "planning years, from the year after the base year",
                "plan/plan.yaml:3",
            ])
        #expect(row("discount_rate")?[1] == "6%")
        #expect(row("discount_rate")?.last == "--set discount_rate=6%")
        #expect(row("growth")?.suffix(4) == ["exponential", "", "how users grow by themselves", "default"])
        #expect(row("users")?[1] == "80 to 250")
        #expect(row("build_cost")?[1...2] == ["75 to 100", "CNY / port"])
        #expect(row("build_cost")?.last == "plan/regions.csv:1, × 0.5 by --scale build_cost=0.5")
        #expect(row("adoption_cost")?[1] == "100 to 700 in 2, else no adoption lever")
    }
}

/// What `plan --format json` says, as far as a page shows it.
private struct PlanFile: Decodable {
    struct Region: Decodable {
        let name: String
        let why: String
        let investment: Double
        let byLever: [String: Double]
        let newCapacity: Double
        let usersBase: Double
        let usersServed: Double
        let usersWon: Double
        let utilizationBase: Double?
        let utilization: Double?
        let serviceLevel: Double?
        let `return`: Double

        /// In the order of the allocation's columns.
        var figures: [Double?] {
            [investment] + ["build", "adoption", "share", "credit"].map { byLever[$0] }
                + [
                    newCapacity, usersBase, usersServed, usersWon, utilizationBase, utilization,
                    serviceLevel, `return`,
                ]
        }
    }

    struct Spend: Decodable {
        let total: Double
        let byYear: [String: Double]
    }

    let regions: [Region]
    let spend: Spend
}
