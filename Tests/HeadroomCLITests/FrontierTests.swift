import Foundation
import Testing

/// `headroom frontier`.
struct FrontierCommandTests {
    private static let words = ["table", "csv", "json", "markdown"]

    @Test("Standard output is the frontier alone, in every format, and -o writes the same", arguments: words)
    func formats(format: String) throws {
        let workplace = try Workplace()
        let ending = ["table": "txt", "csv": "csv", "json": "json", "markdown": "md"][format] ?? ""
        let result = try workplace.headroom(
            "frontier", "plan", "--quiet", "--format", format, "-o", "frontier.\(ending)")
        #expect(result.status == 0)
        #expect(result.errors.isEmpty)
        let start = [
            "table": "Small plan\n2025–2027, 3 regions, return against utilization\n",
            "csv": "kind,name,first,second,side,best_second,best_first,region,lever,money,moves,investment,",
            "json": "{\n  \"format\": \"headroom-frontier/1\"", "markdown": "# Small plan\n",
        ]
        #expect(result.output.hasPrefix(try #require(start[format])))
        #expect(try workplace.text("frontier.\(ending)") == result.output)
    }

    @Test("It begins and ends where ranked goals that give up nothing do, and the plan lies on it")
    func json() throws {
        let workplace = try Workplace()
        func object(_ arguments: String...) throws -> [String: Any] {
            let output = try HeadroomProcess(arguments, in: workplace).result().output
            return try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        }
        let json = try object("frontier", "plan", "--format", "json")
        let corners = try #require(json["corners"] as? [[String: Any]])
        #expect(corners.count == (try #require(json["pieces"] as? [Any])).count + 1)
        for (goals, corner) in [
            (["return", "utilization"], corners.first), (["utilization", "return"], corners.last),
        ] {
            let plan = try object(
                "plan", "plan", "--format", "json", "--goal", goals[0], "--goal", goals[1], "--set",
                "objective.tolerance=0")
            for key in ["return", "utilization"] {
                let own = try #require(corner?[key] as? Double)
                let other = try #require(plan[key] as? Double)
                #expect(abs(own - other) <= 1e-6 * max(1, abs(other)), "\(key), \(goals[0]) first")
            }
        }
        let placed = try #require(json["placed"] as? [[String: Any]])
        #expect(placed.first?["side"] as? String == "on")
    }

    @Test(
        "A wrong command line is 64 and prints no result",
        arguments: [
            ["--goals", "return"], ["--goals", "return,return"], ["--goals", "return,happiness"],
            ["--goals", "return,roi,utilization"], ["--place", "a", "--no-scenarios"],
            ["--place", "none of them"], ["-o", "frontier.docx"],
        ])
    func wrongOptions(arguments: [String]) throws {
        let workplace = try Workplace()
        let result = try HeadroomProcess(["frontier", "plan"] + arguments, in: workplace).result()
        #expect(result.status == 64)
        #expect(result.output.isEmpty)
    }

    @Test("Spending is lowered, and users are counted")
    func sentences() throws {
        let workplace = try Workplace()
        let lowered = try workplace.headroom("frontier", "plan", "--goals", "return,least_spending").output
            .replacing("\n", with: " ")
        #expect(lowered.contains("all that spending can be lowered by, "))
        #expect(lowered.contains(" of return and spends "))
        #expect(lowered.contains(" less of spending costs "))
        let counted = try workplace.headroom("frontier", "plan", "--goals", "least_spending,served_users")
            .output.replacing("\n", with: " ")
        #expect(counted.contains("It spends "))
        #expect(counted.contains("There one less user saves "))
        #expect(counted.contains("  Least spending  Served users  Lies "))
    }

    @Test("A scenario to place that there is not is told by the option that named it")
    func unknownScenario() throws {
        let workplace = try Workplace()
        try workplace.write("dear:\n  scale: {build_cost: 2}\n", to: "plan/scenarios.yaml")
        let result = try workplace.headroom("frontier", "plan", "--place", "deer", "--quiet")
        #expect(result.status == 64)
        #expect(
            result.errors
                == "--place deer: error: no scenario is called `deer`; did you mean `dear`?\n")
    }

    @Test(
        "Of a frontier that may take more than a minute it says so, and one of far more regions is refused at once"
    )
    func manyRegions() throws {
        let large = try Workplace.large(regions: 61)
        let told = try HeadroomProcess(["frontier", "plan"], in: large).result()
        #expect(told.status == 0)
        #expect(told.errors.contains("can take many minutes"))
        #expect(try large.headroom("frontier", "plan", "--quiet").errors.isEmpty)
        let refused = try HeadroomProcess(["frontier", "plan"], in: Workplace.large(regions: 251)).result(
            within: 20)
        #expect(refused.status == 64)
        #expect(refused.errors.contains("2500 regions times years"))
        #expect(refused.errors.contains("--method program"))
    }

    @Test("Rules that cannot be held are 2; out of time before anything was found is 75")
    func endings() throws {
        let never = "rules:\n  - {name: never, measure: service_level, at_least: 900%}\n"
        #expect(try Workplace(plan: Workplace.plan + never).headroom("frontier", "plan").status == 2)
        #expect(try Workplace().headroom("frontier", "plan", "--time-limit", "1e-9").status == 75)
    }
}
