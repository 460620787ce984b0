import Foundation
import Testing

@testable import HeadroomCLI

/// What is printed and what is written.
struct OutputTests {
    private static let words = ["table", "csv", "json", "markdown"]

    @Test(
        "Standard output is the result alone, in every format, without a terminal's codes", arguments: words)
    func formats(format: String) throws {
        let result = try Workplace().headroom("plan", "plan", "--format", format)
        #expect(result.status == 0)
        let start = [
            "table": "Small plan\n", "csv": "region,name,zone,investment,", "json": "{\n  \"format\": ",
            "markdown": "# Small plan\n",
        ]
        #expect(result.output.hasPrefix(try #require(start[format])))
        #expect(result.output.hasSuffix("\n"))
        for text in [result.output, result.errors] {
            #expect(!text.contains("\u{1B}") && !text.contains("\r"))
        }
        #expect(!result.output.contains("warning"))
        if format == "json" {
            let json = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            #expect(json?["status"] as? String == "optimal")
            #expect((json?["regions"] as? [Any])?.count == 3)
        }
        if format == "csv" { #expect(result.output.split(separator: "\n").count == 4) }
    }

    @Test("Of several failures all are said, and none twice")
    func severalFailures() {
        struct Failure: Error, CustomStringConvertible { var description: String }
        let said = ExitStatus.cannotWrite.end("(said by a test)")
        let failures: [any Error] = [Failure(description: "one"), said, Failure(description: "another")]
        #expect(OutputOptions<PlanResult>.messages(of: failures) == ["one", "another"])
    }

    @Test("--quiet leaves standard error empty and the result as it was", arguments: ["plan", "check"])
    func quiet(command: String) throws {
        let workplace = try Workplace()
        let loud = try workplace.headroom(command, "plan")
        let quiet = try workplace.headroom(command, "plan", "--quiet")
        #expect(!loud.errors.isEmpty)
        #expect(quiet.errors.isEmpty)
        #expect(quiet.output == loud.output)
    }

    @Test("check says where there is nothing to say, and counts what there is")
    func checkVerdict() throws {
        let sound = Workplace.plan.replacing("max_utilization: 90%", with: "max_utilization: 95%")
        #expect(try Workplace(plan: sound).headroom("check", "plan").errors == "No problems found.\n")
        let plan = sound.replacing("discount_rate: 8%", with: "discount_rate: 8")
        let warned = try Workplace(plan: plan).headroom("check", "plan")
        #expect(warned.status == 0)
        #expect(warned.errors.contains("warning: discount_rate 8 means 800 % a year"))
        #expect(warned.errors.hasSuffix("\n1 warning.\n"))
    }

    @Test("--quiet does not silence errors")
    func quietError() throws {
        let workplace = try Workplace(plan: "years: 3\n")
        #expect(try workplace.headroom("plan", "plan", "--quiet").errors.contains("error: required key"))
    }

    @Test("--verbose tells of the phases on standard error")
    func verbose() throws {
        let workplace = try Workplace()
        let result = try workplace.headroom("plan", "plan", "--verbose")
        #expect(result.errors.contains("formulate: ") && result.errors.contains("solve: "))
        #expect(result.output == (try workplace.headroom("plan", "plan").output))
    }

    @Test("-o writes a file each, in the format of its ending, the same as --format prints")
    func files() throws {
        let workplace = try Workplace()
        let printed = try workplace.headroom(
            "plan", "plan", "-o", "a.csv", "-o", "b.json", "--output", "c.md", "-o", "d.txt", "-o", "E.CSV")
        #expect(printed.status == 0)
        #expect(try workplace.names == ["E.CSV", "a.csv", "b.json", "c.md", "d.txt", "plan"])
        for (name, format) in zip(["d.txt", "a.csv", "b.json", "c.md"], Self.words) {
            let output = try workplace.headroom("plan", "plan", "--format", format).output
            #expect(try workplace.text(name) == output)
        }
        #expect(try workplace.text("E.CSV") == workplace.text("a.csv"))
        #expect(printed.output == (try workplace.text("d.txt")))
    }

    @Test("Cuts across one another: a pivot for people, long rows for programs, a wrong one refused")
    func crossCuts() throws {
        let workplace = try Workplace()
        let shown = try workplace.headroom(
            "plan", "plan", "--by", "zone,year", "-o", "cut.tsv", "-o", "cut.tex")
        #expect(shown.status == 0)
        #expect(shown.output.contains("zone"))
        #expect(try workplace.text("cut.tsv").hasPrefix("zone\tyear\tinvestment\nwest\t2025\t"))
        #expect(try workplace.text("cut.tex").contains("\\toprule"))
        let repeated = try workplace.headroom(
            "plan", "plan", "--by", "zone", "--by", "year", "--format", "csv", "--decimal-comma")
        #expect(repeated.output.hasPrefix("zone;year;investment\nwest;2025;"))
        let json = try workplace.headroom("plan", "plan", "--by", "zone,lever", "--format", "json").output
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        #expect((object?["cut"] as? [Any])?.count == 8)
        let wrong = try workplace.headroom("plan", "plan", "--by", "zon,year")
        #expect(wrong.status == 64)
        #expect(wrong.errors.contains("--by is “zon”") && wrong.errors.contains("did you mean `zone`?"))
        let delimiter = try workplace.headroom("plan", "plan", "--csv-delimiter", "comma", "--decimal-comma")
        #expect(delimiter.status == 64)
    }

    @Test("A file that is there is replaced whole")
    func replaced() throws {
        let workplace = try Workplace()
        try workplace.write(String(repeating: "old\n", count: 10_000), to: "plan.csv")
        #expect(try workplace.headroom("plan", "plan", "-o", "plan.csv").status == 0)
        #expect(
            try workplace.text("plan.csv") == workplace.headroom("plan", "plan", "--format", "csv").output)
    }

    @Test(
        "--by gives the other cuts, tags among them",
        arguments: ["region", "year", "lever", "technology", "zone", "name"])
    func cuts(word: String) throws {
        let result = try Workplace().headroom("plan", "plan", "--by", word, "--format", "csv")
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("\(word),"))
    }

    @Test(
        "The same inputs give the same bytes, on two runs and for every number of threads", arguments: words)
    func sameBytes(format: String) throws {
        let workplace = try Workplace()
        let one = try workplace.headroom("plan", "plan", "--format", format, "--threads", "1").output
        let again = try workplace.headroom("plan", "plan", "--format", format, "--threads", "1").output
        let two = try workplace.headroom("plan", "plan", "--format", format, "--threads", "2").output
        #expect(one == again)
        #expect(one == two)
    }

    @Test("Many regions, which are looked at in parallel, give the same bytes too")
    func sameBytesOfManyRegions() throws {
        let workplace = try Workplace.large(regions: 320)
        let outputs = try ["1", "2", "5"].map {
            try workplace.headroom(
                "plan", "plan", "--format", "json", "--goal", "return", "--years", "3", "--threads", $0
            ).output
        }
        #expect(outputs[0].contains("\"status\": \"optimal\""))
        #expect(Set(outputs).count == 1)
    }

    @Test("A plan may be given as its folder, its plan.yaml or its bare table")
    func paths() throws {
        let workplace = try Workplace()
        let folder = try workplace.headroom("plan", "plan", "--format", "csv").output
        #expect(try workplace.headroom("plan", "plan/plan.yaml", "--format", "csv").output == folder)
        #expect(try workplace.headroom("plan", "./plan/", "--format", "csv").output == folder)
        let bare = try workplace.headroom(
            "plan", "plan/regions.csv", "--format", "csv", "--years", "3", "--budget", "40e3", "--set",
            "max_utilization=90%")
        #expect(bare.status == 0)
        #expect(bare.output == folder)
    }

    @Test("Where no plan is possible, JSON files say so, and no other file is written")
    func infeasibleJSON() throws {
        let rule = "rules:\n  - {name: too much, measure: investment, at_least: 50e3}\n"
        let workplace = try Workplace(plan: Workplace.plan + rule)
        let result = try workplace.headroom(
            "plan", "plan", "-o", "bad.json", "-o", "bad.csv", "--format", "json")
        #expect(result.status == 2)
        #expect(!workplace.exists("bad.csv"))
        let text = try workplace.text("bad.json")
        #expect(text == result.output)
        #expect(text.contains("\"status\": \"infeasible\""))
        #expect(text.contains("\"clash\": [\"budget\", \"too much\"]"))
        let change = "\"bound\": \"at_least\", \"unit\": \"amount\", \"from\": 50000, \"to\": 40000}"
        #expect(text.contains("{\"rule\": \"too much\", \(change)"))
    }

    @Test(
        "A file that cannot be written is said before the work", arguments: ["plan", "sweep", "sensitivity"])
    func unwritable(command: String) throws {
        let result = try Workplace().headroom(command, "plan", "--verbose", "-o", "a.csv", "-o", "no/x.csv")
        #expect(result.status == 73)
        #expect(result.errors.hasSuffix("no/x.csv: error: cannot be written: No such file or directory\n"))
        #expect(!result.errors.contains("formulate:") && !result.errors.contains("plans done"))
        #expect(result.output.isEmpty)
        let workplace = try Workplace()
        #expect(try workplace.headroom("plan", "plan", "--quiet", "-o", "a.csv").status == 0)
        #expect(try workplace.names == ["a.csv", "plan"])
    }

    @Test("What can be written is, though a file before it cannot")
    func othersWritten() throws {
        // Excel has no room for the name.
        let name = String(repeating: "n", count: 40_000)
        let workplace = try Workplace(regions: Workplace.regions.replacing("Gamma", with: name))
        let result = try workplace.headroom(
            "plan", "plan", "--quiet", "-o", "plan.xlsx", "-o", "plan.csv", "--format", "json")
        #expect(result.status == 73)
        #expect(result.errors.hasPrefix("plan.xlsx: error: cannot be written: the text in "))
        #expect(try workplace.text("plan.csv").hasPrefix("region,"))
        #expect(result.output.hasPrefix("{\n  \"format\": "))
    }
}
