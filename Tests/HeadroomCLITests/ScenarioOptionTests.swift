import Foundation
import Testing

/// `--scenario` acts as an edit of the files, on every command that takes a plan.
struct ScenarioOptionTests {
    private static let scenarios = """
        lean:
          description: Half the money
          budget: -50%
        dear:
          scale: {build_cost@zone=west: 2}
        late:
          based_on: [lean, dear]
          years: 4

        """

    private func workplace(_ scenarios: String = Self.scenarios) throws -> Workplace {
        let workplace = try Workplace()
        try workplace.write(scenarios, to: "plan/scenarios.yaml")
        return workplace
    }

    private func edited() throws -> Workplace {
        try Workplace(
            plan: Workplace.plan.replacing("40e3", with: "20e3").replacing("years: 3", with: "years: 4"),
            regions: Workplace.regions.replacing(",300,200,", with: ",300,400,").replacing(
                ",280,150,", with: ",280,300,"))
    }

    @Test(
        "Every command gives the bytes that it gives for edited files",
        arguments: [
            ["plan", "plan", "--format", "json"], ["plan", "plan", "--format", "csv"], ["plan", "plan"],
            ["explain", "plan"], ["explain", "plan", "a"],
        ])
    func sameBytes(arguments: [String]) throws {
        let edited = try edited()
        let expected = try HeadroomProcess(arguments, in: edited).result()
        let changed = try HeadroomProcess(arguments + ["--scenario", "late"], in: workplace()).result()
        #expect(changed.status == 0)
        #expect(changed.output == expected.output)
        let unchanged = try HeadroomProcess(arguments, in: workplace()).result()
        #expect(changed.output != unchanged.output)
        let named = try HeadroomProcess(
            arguments + ["--scenario", "dear", "--scenario", "lean", "--years", "4"], in: workplace()
        ).result()
        #expect(named.output == expected.output)
    }

    @Test("export writes the model of the scenario")
    func export() throws {
        let workplace = try workplace()
        let edited = try edited()
        _ = try workplace.headroom("export", "plan", "-o", "model.lp", "--scenario", "late")
        _ = try edited.headroom("export", "plan", "-o", "model.lp")
        #expect(try workplace.text("model.lp") == edited.text("model.lp"))
    }

    @Test("check shows the scenarios, applies each, and ends with 65 where one is wrong")
    func check() throws {
        let sound = try workplace().headroom("check", "plan")
        #expect(sound.status == 0)
        #expect(sound.output.contains("Scenario         lean: Half the money\n"))
        #expect(sound.output.contains("Scenario         late: based_on, years\n"))
        let wrong = try workplace(Self.scenarios + "bad: {scale: {build_cost@zone=north: 2}}\n").headroom(
            "check", "plan")
        #expect(wrong.status == 65)
        #expect(
            wrong.errors.contains(
                "plan/scenarios.yaml:9:15: error: no region has zone “north”\n"), "\(wrong.errors)")
        let other = try workplace(Self.scenarios + "bad: {scale: {build_cost@zone=north: 2}}\n").headroom(
            "plan", "plan", "--scenario", "lean")
        #expect(other.status == 0)
    }

    @Test("A name that is none is 64")
    func wrongName() throws {
        let result = try workplace().headroom("plan", "plan", "--scenario", "leen")
        #expect(result.status == 64)
        #expect(
            result.errors.hasPrefix(
                "--scenario leen: error: no scenario is called `leen`; did you mean `lean`?\n"))
    }

    @Test("Beside a chosen scenario the others are laid on the folder's plan, in a report as on a frontier")
    func laidOnThePlan() throws {
        let workplace = try Workplace()
        try workplace.write(
            "less:\n  budget: -20%\ngrowth:\n  scale: {demand_growth: 1.5}\nboth:\n  based_on: [less, growth]\n",
            to: "plan/scenarios.yaml")
        func rows(_ markdown: String) -> [String] {
            markdown.replacing("\\.", with: ".").split(separator: "\n").map(String.init).filter {
                $0.hasPrefix("| scenario | ")
            }
        }
        let report = try workplace.headroom("report", "plan", "--scenario", "both", "-o", "report.md")
        #expect(report.status == 0)
        let frontier = try workplace.headroom(
            "frontier", "plan", "--scenario", "both", "--format", "markdown")
        #expect(rows(try workplace.text("report.md")) == rows(frontier.output))
        #expect(rows(frontier.output).count == 2)
        func figures(_ output: String) throws -> [Double] {
            let json = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
            let placed = try #require(json?["placed"] as? [[String: Any]])
            return ["less", "growth"].compactMap { name in
                placed.first { $0["name"] as? String == name }?["return"] as? Double
            }
        }
        let chosen = try workplace.headroom("frontier", "plan", "--scenario", "both", "--format", "json")
        let bare = try workplace.headroom("frontier", "plan", "--format", "json")
        #expect(try figures(chosen.output) == figures(bare.output))
        #expect(try figures(bare.output).count == 2)
    }
}
