import Foundation
import Testing

/// `sensitivity`: what is printed and written, that every line can be had by its option, and the exit statuses.
struct SensitivityTests {
    private static let words = ["table", "csv", "json", "markdown"]

    private func json(_ result: HeadroomProcess.Result) throws -> [String: Any] {
        #expect(result.status == 0, "\(result.errors)")
        return try #require(
            try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    }

    private func factors(_ arguments: [String], in workplace: Workplace) throws -> [[String: Any]] {
        let result = try HeadroomProcess(
            ["sensitivity"] + arguments + ["--format", "json"], in: workplace
        ).result()
        return try #require(try json(result)["factors"] as? [[String: Any]])
    }

    private func value(_ factors: [[String: Any]], _ name: String, _ end: String) -> Double? {
        let factor = factors.first { $0["factor"] as? String == name }
        return (factor?[end] as? [String: Any])?["varied_to"] as? Double
    }

    @Test(
        "Every line is what plan says with the option that it names, beside the user's own changes",
        arguments: [
            [], ["--scenario", "lean", "--budget", "30e3", "--set", "discount_rate=5%", "--years", "2"],
            ["--scale", "build_cost@zone=west=1.5", "--goal", "utilization"],
        ])
    func everyLine(changes: [String]) throws {
        let workplace = try Workplace()
        try workplace.write("lean: {budget: -50%}\n", to: "plan/scenarios.yaml")
        let factors = try factors(["plan", "--by", "15%"] + changes, in: workplace)
        #expect(factors.count > 6)
        for factor in factors {
            for end in ["low", "high"] {
                guard let variation = factor[end] as? [String: Any] else { continue }
                let option = try #require(variation["option"] as? String).split(separator: " ").map(
                    String.init)
                let plan = try json(
                    HeadroomProcess(["plan", "plan", "--format", "json"] + changes + option, in: workplace)
                        .result())
                for key in ["return", "roi", "npv", "utilization", "service_level", "users_served"] {
                    #expect(variation[key] as? Double == plan[key] as? Double, "\(option) \(key)")
                }
                let spend = try #require(plan["spend"] as? [String: Any])
                #expect(
                    abs((variation["investment"] as? Double ?? .nan) - (spend["total"] as? Double ?? 0))
                        < 1e-6)
            }
        }
    }

    @Test("What moves is half of what the regions' levers differ by, over what is spent")
    func moved() throws {
        let workplace = try Workplace()
        let factors = try factors(["plan", "--factor", "budget"], in: workplace)
        let low = try #require(factors.first?["low"] as? [String: Any])
        let plans = try [[], ["--budget", "32e3"]].map {
            try json(HeadroomProcess(["plan", "plan", "--format", "json"] + $0, in: workplace).result())
        }
        let regions = try plans.map { try #require($0["regions"] as? [[String: Any]]) }
        var moved = 0.0
        for (before, after) in zip(regions[0], regions[1]) {
            let levers = try [before, after].map { try #require($0["by_lever"] as? [String: Double]) }
            for (lever, money) in levers[0] { moved += abs((levers[1][lever] ?? 0) - money) / 2 }
        }
        #expect(moved > 0)
        #expect(abs((low["moved"] as? Double ?? .nan) - moved) < 1e-6)
        #expect(abs((low["moved_share"] as? Double ?? .nan) - moved / 40e3) < 1e-9)
        let loses = try #require(low["loses_most"] as? [String: Any])
        let changes = zip(regions[0], regions[1]).map {
            ($1["investment"] as? Double ?? 0) - ($0["investment"] as? Double ?? 0)
        }
        #expect(abs((loses["money"] as? Double ?? 0) - (changes.min() ?? 0)) < 1e-6)
    }

    @Test("Those come first whose return moves most, and nothing is varied that the plan does not have")
    func ranking() throws {
        let factors = try factors(["plan"], in: Workplace())
        let swings = factors.compactMap { $0["swing"] as? Double }
        #expect(swings.count == factors.count)
        #expect(swings == swings.sorted(by: >))
        let names = Set(factors.compactMap { $0["factor"] as? String })
        #expect(
            names == [
                "budget", "discount_rate", "max_utilization", "adoption.retention", "demand_growth",
                "potential_users", "revenue_per_user", "build_cost", "adoption_cost", "idle_capacity",
            ])
    }

    @Test("The plan's ranges hold where it has them, and --by for the others")
    func ranges() throws {
        let ranges =
            "sensitivity: {discount_rate: [6%, 10%], build_cost@zone=west: [-10%, +30%], budget: [30e3, +5%]}\n"
        let workplace = try Workplace(plan: Workplace.plan + ranges)
        let factors = try factors(["plan", "--by", "0.1"], in: workplace)
        #expect(value(factors, "discount_rate", "low") == 0.06)
        #expect(value(factors, "discount_rate", "high") == 0.1)
        #expect(value(factors, "build_cost@zone=west", "low") == 0.9)
        #expect(value(factors, "build_cost@zone=west", "high") == 1.3)
        #expect(value(factors, "budget", "low") == 30e3)
        #expect(value(factors, "budget", "high") == 42e3)
        #expect(value(factors, "revenue_per_user", "low") == 0.9)
        #expect(value(factors, "build_cost", "high") == 1.1)
    }

    @Test("What cannot be as far off as was asked is varied as far as it can, and that is said")
    func limits() throws {
        let workplace = try Workplace()
        let result = try workplace.headroom(
            "sensitivity", "plan", "--by", "30%", "--factor", "max_utilization", "--factor",
            "adoption.retention",
            "--factor", "idle_capacity", "--factor", "potential_users", "--format", "json")
        let factors = try #require(try json(result)["factors"] as? [[String: Any]])
        #expect(value(factors, "max_utilization", "high") == 1)
        #expect(value(factors, "adoption.retention", "high") == nil)
        #expect(value(factors, "adoption.retention", "low") == 0.7)
        // Gamma has 80 users, and can have 100.
        #expect(value(factors, "potential_users", "low") == 0.8002)
        let notes = try #require(try json(result)["notes"] as? [String])
        #expect(notes.contains { $0.hasPrefix("retention is not varied to 130 %: ") })
        #expect(
            notes.contains {
                $0.hasPrefix(
                    "potential users is varied to −19.98 % only, not to −30 %: potential_users 70 is less than"
                )
            })
    }

    @Test("-o writes a file each, the same as --format prints")
    func files() throws {
        let workplace = try Workplace()
        let printed = try workplace.headroom(
            "sensitivity", "plan", "-o", "a.csv", "-o", "b.json", "-o", "c.md", "-o", "d.txt")
        #expect(printed.status == 0)
        for (name, format) in zip(["d.txt", "a.csv", "b.json", "c.md"], Self.words) {
            let output = try workplace.headroom("sensitivity", "plan", "--format", format).output
            #expect(try workplace.text(name) == output)
        }
        #expect(printed.output == (try workplace.text("d.txt")))
        #expect(printed.output.hasPrefix("Small plan: 10 assumptions, one at a time\n\nWhat matters most:\n"))
        #expect(try workplace.text("a.csv").split(separator: "\n").count == 11)
        #expect(try workplace.text("b.json").hasPrefix("{\n  \"format\": \"headroom-sensitivity/1\","))
        let lost = try workplace.headroom("sensitivity", "plan", "-o", "plan/regions.csv")
        #expect(lost.status == 73)
    }

    @Test("The same bytes for every number of threads", arguments: words)
    func threads(format: String) throws {
        let workplace = try Workplace()
        let outputs = try ["1", "2", "5"].map {
            try workplace.headroom("sensitivity", "plan", "--format", format, "--threads", $0).output
        }
        #expect(!outputs[0].isEmpty)
        #expect(Set(outputs).count == 1)
    }

    @Test("A variation that no plan can satisfy is shown with what clashes, the others beside it")
    func infeasible() throws {
        let rule = "rules: [{name: too much, measure: investment, at_least: 36e3}]\n"
        let workplace = try Workplace(plan: Workplace.plan + rule)
        let result = try workplace.headroom("sensitivity", "plan", "--format", "markdown", "-o", "s.json")
        #expect(result.status == 0)
        #expect(
            result.output.contains(
                "\n## No plan\n\n- Budget CNY 32 k: No plan can satisfy budget and rule “too much” at once; without any one "
                    + "of them there is one. The smallest budget that would do: CNY 36 k (now CNY 32 k)."))
        let text = try workplace.text("s.json")
        #expect(
            text.contains(
                "\"status\": \"infeasible\", \"clash\": [\"budget\", \"too much\"], \"minimum_budget\": 36000"
            ))
        let none = try workplace.headroom("sensitivity", "plan", "--budget", "-50%")
        #expect(none.status == 2)
        #expect(none.output.isEmpty)
    }

    @Test(
        "A wrong command line is 64",
        arguments: [
            ["plan", "--by", "0"], ["plan", "--by", "150%"], ["plan", "--by", "x"],
            ["plan", "--factor", "bild_cost"],
            ["plan", "--factor", "build_cost@zone=nowhere"], ["plan", "--factor", "credit_cost"],
            ["plan", "-o", "x.xyz"], [], ["plan", "--factor", "adoption.retention", "--factor", "region"],
        ])
    func wrongCommandLine(arguments: [String]) throws {
        let result = try HeadroomProcess(["sensitivity"] + arguments, in: Workplace()).result()
        #expect(result.status == 64, "\(result.errors)")
        #expect(result.output.isEmpty)
    }

    @Test("A time limit that comes before the plan as it stands is 75; files that were there stay")
    func timeLimit() throws {
        let workplace = try Workplace.large(regions: 250)
        try workplace.write("old", to: "s.json")
        let result = try workplace.headroom("sensitivity", "plan", "--time-limit", "0.001", "-o", "s.json")
        #expect(result.status == 75)
        #expect(result.output.isEmpty)
        #expect(try workplace.text("s.json") == "old")
    }

    @Test("Ctrl-C leaves what is finished written, and says what is missing")
    func interrupted() throws {
        let workplace = try Workplace.large(regions: 90)
        let process = try HeadroomProcess(
            ["sensitivity", "plan", "--threads", "1", "--verbose", "--format", "json", "-o", "s.json"],
            in: workplace)
        try process.waitForError("sensitivity: 1 of ")
        process.interrupt()
        let result = try process.result(within: 40)
        #expect(try workplace.text("s.json") == result.output)
        let factors = try #require(
            (try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])?["factors"]
                as? [[String: Any]])
        let states = factors.flatMap { factor in
            ["low", "high"].compactMap { (factor[$0] as? [String: Any])?["status"] as? String }
        }
        #expect(states.contains("optimal"))
        #expect(states.contains("missing"))
        #expect(result.status == 75)
        #expect(result.errors.contains("headroom: interrupted before "))
        #expect(!result.errors.contains("before a plan was found"))
    }

    @Test("What can make the plan impossible matters most: it comes first, and is named first")
    func fatal() throws {
        let rule = "rules: [{name: too much, measure: investment, at_least: 36e3}]\n"
        let workplace = try Workplace(plan: Workplace.plan + rule)
        #expect(try factors(["plan"], in: workplace).first?["factor"] as? String == "budget")
        let output = try workplace.headroom("sensitivity", "plan", "--format", "markdown").output
        let sentences = output.split(separator: "\n").filter { $0.hasPrefix("- ") }
        #expect(sentences[1].hasPrefix("- Budget: at CNY 32 k there is no plan, at CNY 48 k it gains CNY "))
        #expect(output.contains("| budget | CNY 32 k | CNY 48 k | no plan | "))
    }

    @Test("Where every region is among those with most money, no other is said to come in")
    func fewRegions() throws {
        let output = try Workplace().headroom("sensitivity", "plan").output
        #expect(!output.contains("regions with most money"))
    }
}
