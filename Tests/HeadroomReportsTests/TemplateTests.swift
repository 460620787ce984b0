import Headroom
import HeadroomFiles
import Testing

@testable import HeadroomReports

/// What is said of templates before anything is written.
struct TemplateTests {
    private func problems(_ text: String) -> [String] {
        do {
            _ = try ReportTemplate(text: text, path: "board.mustache", format: .html)
            return []
        } catch let invalid as InvalidFiles {
            return invalid.diagnostics.map(\.description)
        } catch {
            return ["\(error)"]
        }
    }

    @Test("The templates that Headroom brings along have no problem", arguments: ReportFormat.allCases)
    func builtIn(format: ReportFormat) throws {
        _ = try ReportTemplate(builtIn: format)
    }

    @Test("Names that are not there are named with their places, all at once, and the nearest known name")
    func unknownNames() {
        let text = """
            {{titel}}
            {{#figures}}{{label}}: {{plann}}{{/figures}}
            {{^is_optimal}}{{nothing_of_the_kind}}{{/is_optimal}}
            {{#regions}}
              {{name}} {{investment}} {{currency}} {{users}}
            {{/regions}}
            """
        let found = problems(text)
        #expect(found.count == 4)
        #expect(found[0] == "board.mustache:1:1: error: unknown name `titel`; did you mean `title`?")
        #expect(
            found[1] == "board.mustache:2:24: error: unknown name `plann` in `figures`; did you mean `plan`?")
        #expect(
            found[2].hasPrefix(
                "board.mustache:3:16: error: unknown name `nothing_of_the_kind`; expected one of title, "))
        #expect(found[3].hasPrefix("board.mustache:5:40: error: unknown name `users` in `regions`; "))
    }

    @Test(
        "Tags that would write nothing, or not what is meant, are errors",
        arguments: [
            (
                "{{#figures}}{{label}}",
                "1:1: error: the section `figures` is not closed, expected {{/figures}}"
            ),
            ("{{title", "1:1: error: the tag does not end, expected }}"),
            ("\n {{}}", "2:2: error: the tag has no name"),
            ("{{/figures}}", "1:1: error: {{/figures}} closes a section that is not open"),
            ("{{regions}}", "1:1: error: `regions` is a list, expected a section: {{#regions}}…{{/regions}}"),
            (
                "{{is_optimal}}",
                "1:1: error: `is_optimal` is a flag, expected a section: {{#is_optimal}}…{{/is_optimal}}"
            ),
            (
                "{{>header}}",
                "1:1: error: {{>header}} takes in another template, expected all of it in one file"
            ),
            ("{{shouted(title)}}", "1:1: error: `shouted` is no transform of `title`"),
            (
                "{{regions.name}}",
                "1:1: error: `regions` is a list, expected a section: {{#regions}}{{name}}{{/regions}}"
            ),
            (
                "{{#sections}}{{#charts}}{{svg}}{{/charts}}{{/sections}}",
                "1:25: error: `svg` is markup, expected {{{svg}}}"
            ),
            ("{{=<% %>=}}<%titel%>", "1:12: error: unknown name `titel`; did you mean `title`?"),
            ("{{% CONTENT_TYPE: NONE}}", "error: the template cannot be read: unrecognisedConfigVariable"),
        ])
    func wrongTags(text: String, problem: String) {
        let found = problems(text)
        #expect(found.contains { $0.hasSuffix(problem) }, "\(found)")
    }

    @Test("Sections that are closed in the wrong order are named with both places")
    func crossedSections() {
        let found = problems("{{#figures}}\n{{#is_optimal}}\n{{/figures}}\n{{/is_optimal}}")
        #expect(
            found.first
                == "board.mustache:3:1: error: {{/figures}} stands where `is_optimal` of line 2 is open, expected "
                + "{{/is_optimal}}")
    }

    @Test("Thousands of open sections are an error, not an end of the process")
    func deepSections() {
        let text = String(repeating: "{{#is_optimal}}", count: 100_000)
        #expect(problems(text) == ["board.mustache:1:1501: error: more than 100 sections are open"])
    }

    @Test("Every name can be asked for, is explained, and what is undefined writes nothing")
    func allNames() throws {
        func template(_ names: [TemplateName]) -> String {
            names.map { name in
                switch name.kind {
                case .text: "{{\(name.name)}};"
                case .markup: "{{{\(name.name)}}};"
                case .flag: "{{#\(name.name)}}yes{{/\(name.name)}}{{^\(name.name)}}no{{/\(name.name)}};"
                case .object(let inner), .list(let inner):
                    "{{#\(name.name)}}\(template(inner)){{/\(name.name)}};"
                }
            }.joined()
        }
        let report = try Reports.small()
        let text = try ReportTemplate(text: template(Report.names), path: "all", format: .html).text(
            of: report)
        #expect(text.hasPrefix("Small plan;"))
        #expect(!text.contains("nil") && !text.contains("Optional") && !text.contains("NSNull"))
        #expect(text.contains("Alpha;CNY "))
        let listing = Report.names.listing()
        #expect(listing.contains("{{title}}  what the plan is called\n"))
        #expect(listing.contains("    {{{svg}}}"))
    }

    @Test("A template of the user's writes in the format that is asked for, its values escaped for that")
    func formats() throws {
        let text = "{{title}} {{! a note }}{{#figures}}{{#first()}}{{label}}{{/first()}}{{/figures}}\n"
        let report = try Reports.small(title: #"50% & <b>"R_1"</b> \x"#)
        func written(_ format: ReportFormat) throws -> String {
            try ReportTemplate(text: text, path: "t", format: format).text(of: report)
        }
        #expect(
            try written(.html) == "50% &amp; &lt;b&gt;&quot;R_1&quot;&lt;/b&gt; \\x Investment\n")
        #expect(try written(.markdown) == #"50% \& \<b\>"R\_1"\</b\> \\x Investment"# + "\n")
        #expect(
            try written(.latex)
                == #"50\% \& \textless{}b\textgreater{}\textquotedbl{}R\_1\textquotedbl{}\textless{}/b\textgreater{} \textbackslash{}x Investment"#
                + "\n")
    }
}
