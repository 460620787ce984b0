import Foundation
import Testing

/// `headroom sweep`.
struct SweepTests {
    private static let words = ["table", "csv", "json", "markdown"]

    @Test("Standard output is the sweep alone, in every format, and -o writes the same", arguments: words)
    func formats(format: String) throws {
        let workplace = try Workplace()
        let ending = ["table": "txt", "csv": "csv", "json": "json", "markdown": "md"][format] ?? ""
        let result = try workplace.headroom(
            "sweep", "plan", "--quiet", "--format", format, "-o", "sweep.\(ending)")
        #expect(result.status == 0)
        #expect(result.errors.isEmpty)
        let start = [
            "table":
                "Small plan\n2025–2027, 3 regions, budget CNY 40 k today: the total moves, goals: return,",
            "csv":
                "budget,kind,status,best,at_least,at_most,gap,slope,next_region,next_lever,next,investment,",
            "json": "{\n  \"format\": \"headroom-sweep/1\"", "markdown": "# Small plan\n",
        ]
        #expect(result.output.hasPrefix(try #require(start[format])))
        #expect(try workplace.text("sweep.\(ending)") == result.output)
    }

    @Test("The JSON curve is what plans with these budgets return")
    func json() throws {
        let workplace = try Workplace()
        let json = try object(
            workplace.headroom("sweep", "plan", "--format", "json", "--budgets", "10e3,-50%,+50%").output)
        #expect(json["status"] as? String == "complete")
        let curve = try #require(json["curve"] as? [String: Any])
        #expect(curve["kind"] as? String == "exact")
        let pieces = try #require(curve["pieces"] as? [[String: Any]])
        #expect(pieces.count == curve["piece_count"] as? Int)
        #expect(pieces.count > 2)
        for (left, right) in zip(pieces, pieces.dropFirst()) {
            #expect(left["to"] as? Double == right["from"] as? Double)
            #expect(try #require(left["slope"] as? Double) > (try #require(right["slope"] as? Double)))
        }
        let points = try #require(json["points"] as? [[String: Any]])
        #expect(points.compactMap { $0["budget"] as? Double } == [10e3, 20e3, 40e3, 60e3])
        for (point, option) in zip(points, ["10e3", "-50%", "+0%", "+50%"]) {
            let plan = try object(
                workplace.headroom("plan", "plan", "--format", "json", "--budget", option).output)
            for key in ["return", "utilization", "roi"] {
                #expect(point[key] as? Double == plan[key] as? Double, "\(key) at \(option)")
            }
            let price = try #require(plan["shadow_price"] as? Double)
            #expect(abs(price - (try #require(point["slope"] as? Double))) < 1e-6)
        }
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test("In words: what the next money earns, where it stops, what a return takes, who loses first")
    func hearing() throws {
        let output = try Workplace().headroom("sweep", "plan", "--reach", "30e3").output
            .replacing("\n", with: " ")
        #expect(output.contains("The exact curve of the best return has "))
        #expect(output.contains("At today's budget of CNY 40 k the best return is CNY "))
        #expect(output.contains("less takes CNY ") && output.contains(", and the first to lose is "))
        #expect(output.contains("Money stops paying at CNY "))
        #expect(output.contains("To reach a return of CNY 30.0 k takes a budget of CNY "))
        let beyond = try Workplace().headroom("sweep", "plan", "--reach", "30e9").output
        #expect(beyond.contains("No budget reaches a return of CNY 30.0 bn: the best return is CNY "))
    }

    @Test("Budgets that are asked for are told beside today's, with whole plans in the table")
    func asked() throws {
        let output = try Workplace().headroom("sweep", "plan", "--budgets", "-50%,60e3").output
        let said = output.replacing("\n", with: " ")
        #expect(said.contains("With CNY 20 k, 50.0 % less than today, the best return is CNY "))
        #expect(said.contains("With CNY 60 k, 50.0 % more than today, the best return is CNY "))
        #expect(said.contains("Rows marked solved are whole plans"))
        #expect(output.split(separator: "\n").count { $0.contains("  solved ") } == 3)
    }

    @Test("What-if changes and steps work on it")
    func whatIf() throws {
        let workplace = try Workplace()
        let result = try workplace.headroom(
            "sweep", "plan", "--budget", "+50%", "--set", "discount_rate=4%", "--goal", "served_users",
            "--steps",
            "4", "--format", "csv", "--quiet")
        #expect(result.status == 0)
        let rows = result.output.split(separator: "\n")
        #expect(rows.count { $0.contains(",read,") } == 5)
        #expect(rows.contains { $0.hasPrefix("60000,today,") })
    }

    @Test("Whole modules: points with gaps under the relaxation; a ratio: points alone")
    func points() throws {
        let workplace = try Workplace()
        try workplace.write("technology,build_cost,module\nlump,200,20\n", to: "plan/technologies.csv")
        let whole = try workplace.headroom("sweep", "plan", "--steps", "2", "--gap", "1%").output
        #expect(whole.contains("With whole modules there is no exact curve"))
        #expect(whole.contains("At most"))
        #expect(whole.split(separator: "\n").count { $0.contains("  solved ") } == 4)
        let ratio = try Workplace().headroom("sweep", "plan", "--goal", "utilization", "--steps", "2").output
        #expect(ratio.contains("Utilization is a ratio"))
    }

    @Test("The same inputs give the same bytes, for every number of threads", arguments: words)
    func sameBytes(format: String) throws {
        let workplace = try Workplace()
        let outputs = try ["1", "2", "3"].map {
            try workplace.headroom(
                "sweep", "plan", "--budgets", "10e3,20e3,50e3", "--steps", "3", "--format", format,
                "--threads", $0
            ).output
        }
        #expect(Set(outputs).count == 1)
    }

    @Test(
        "A wrong command line is 64 and prints no result",
        arguments: [
            ["--budgets", "much"], ["--budgets", "10e3,,20e3"], ["--budgets", "10%"],
            ["--budgets", "1,000,000"], ["--reach", "75%"], ["--steps", "0"],
            ["--steps", "many"], ["--reach", "far"], ["-o", "sweep.docx"], ["--format", "xml"],
            ["--by", "zone"],
            ["--budget", "0"],
        ])
    func wrongOptions(arguments: [String]) throws {
        let workplace = try Workplace()
        let result = try HeadroomProcess(["sweep", "plan"] + arguments, in: workplace).result()
        #expect(result.status == 64)
        #expect(result.output.isEmpty)
        #expect(try workplace.names == ["plan"])
    }

    @Test("A plan without a budget, with one of 0, or without a total to move says so")
    func noBudget() throws {
        func errors(_ budget: String, _ options: String...) throws -> String {
            let workplace = try Workplace(
                plan: Workplace.plan.replacing("budget: {total: 40e3}", with: budget))
            let result = try HeadroomProcess(["sweep", "plan", "--quiet"] + options, in: workplace).result()
            #expect(result.status == 64)
            return result.errors
        }
        #expect(
            try errors("").hasPrefix("headroom: the plan has no budget to sweep; give today's with --budget"))
        #expect(try errors("budget: {total: 0}").hasPrefix("headroom: the budget to sweep is 0"))
        #expect(try errors("budget: {yearly: 10e3}", "--total-only").contains("yearly amounts and no total"))
    }

    @Test("Rules that no budget can hold are 2; rules that take more than today's money are not")
    func rules() throws {
        let much = "rules:\n  - {name: much, measure: investment, at_least: 50e3}\n"
        let result = try Workplace(plan: Workplace.plan + much).headroom("sweep", "plan")
        #expect(result.status == 0)
        #expect(
            result.output.replacing("\n", with: " ").contains(
                "Today's budget of CNY 40 k is too small for any plan: the smallest that has one is CNY 50 k."
            ))
        let never = "rules:\n  - {name: never, measure: service_level, at_least: 900%}\n"
        let impossible = try Workplace(plan: Workplace.plan + never).headroom("sweep", "plan")
        #expect(impossible.status == 2)
        #expect(impossible.output.isEmpty)
    }

    @Test("Out of time before anything was found is 75, and leaves the file that was there")
    func timeLimit() throws {
        let workplace = try Workplace.large(regions: 250)
        try workplace.write("old", to: "sweep.json")
        let result = try workplace.headroom("sweep", "plan", "--time-limit", "0.001", "-o", "sweep.json")
        #expect(result.status == 75)
        #expect(result.output.isEmpty)
        #expect(try workplace.text("sweep.json") == "old")
    }

    @Test(
        "Of whole modules the smallest budget lies above that of modules bought in part, and below a plan's")
    func smallestBudgetOfModules() throws {
        let rule = "rules: [{name: much, measure: new_capacity, at_least: 50}]\n"
        let workplace = try Workplace(plan: Workplace.plan + rule)
        // 50 units are 10 k where they can be bought in part; three modules of 20 are 12 k.
        try workplace.write("technology,build_cost,module\nlump,200,20\n", to: "plan/technologies.csv")
        let output = try workplace.headroom("sweep", "plan", "--quiet", "--budgets", "11e3,13e3").output
            .replacing("\n", with: " ")
        #expect(
            output.contains(
                "Were modules bought in part: the smallest budget that has a plan is CNY 10 k; whole modules take that or "
                    + "more. With whole modules it lies between CNY 11 k, which has none, and CNY 13 k, which has one."
            ))
        #expect(!output.contains(". The smallest budget that has a plan is"))
    }

    @Test("Of whole modules the best is at most what the plan's own gap leaves")
    func boundByGap() throws {
        let workplace = try Workplace()
        try workplace.write("technology,build_cost,module\nlump,200,20\n", to: "plan/technologies.csv")
        let json = try object(
            workplace.headroom("sweep", "plan", "--quiet", "--steps", "3", "--gap", "1%", "--format", "json")
                .output)
        let points = try #require(json["points"] as? [[String: Any]])
        var isTightened = false
        for point in points {
            let best = try #require(point["best"] as? Double)
            let gap = try #require(point["gap"] as? Double)
            let most = try #require(point["at_most"] as? Double)
            #expect(most <= best + gap * max(1, best) + 1e-9 && most >= best - 1e-9)
            isTightened = isTightened || abs(most - best) < 1e-9 * best
        }
        #expect(isTightened)
    }

    private func said(_ arguments: String..., in workplace: Workplace? = nil) throws -> String {
        let result = try HeadroomProcess(
            ["sweep", "plan", "--quiet"] + arguments, in: workplace ?? Workplace()
        ).result()
        #expect(result.status == 0, "\(result.errors)")
        return result.output.replacing("\n", with: " ")
    }

    @Test("Where the goal falls with money, the largest budget that still reaches a value is told")
    func reachFalling() throws {
        let json = try object(
            HeadroomProcess(
                ["sweep", "plan", "--goal", "roi", "--format", "json", "--budgets", "10e3,20e3,80e3"],
                in: Workplace()
            ).result().output)
        let bests = try #require(json["points"] as? [[String: Any]]).compactMap { $0["best"] as? Double }
        #expect(bests == bests.sorted(by: >) && bests.count == 4)
        // Between what 20 k and 40 k reach.
        let value = String((bests[1] + bests[2]) / 2)
        let some = try said("--goal", "roi", "--budgets", "10e3,20e3,80e3", "--reach", value)
        #expect(some.contains("Of these budgets CNY 20 k is the largest that still reaches a roi of "))
        #expect(some.contains("The best roi falls with more money than CNY 10 k: from "))
        let all = try said("--goal", "roi", "--budgets", "10e3,20e3,80e3", "--reach", "0.001")
        #expect(
            all.contains("All of these budgets reach a roi of 0.00, up to CNY 80 k, the largest of them."))
        let reached = try said(
            "--goal", "roi", "--budgets", "10e3,20e3,80e3", "--reach", value, "--format", "json")
        #expect(reached.contains("\"budget\": 10000,     \"until\": 20000,"))
    }

    @Test("Without a curve it is said between which budgets more money stops adding anything")
    func stopping() throws {
        let workplace = try Workplace()
        try workplace.write("technology,build_cost,module\nlump,200,20\n", to: "plan/technologies.csv")
        let whole = try said("--budgets", "20e3,2e6,4e6", in: workplace)
        #expect(
            whole.contains(
                "More money stops adding anything between CNY 40 k and CNY 2 m: up to CNY 4 m, the largest of these "
                    + "budgets, nothing is added."))
        let rising = try said("--budgets", "10e3,20e3,30e3", in: workplace)
        #expect(rising.contains("Up to CNY 40 k, the largest of these budgets, more money adds to it."))
        let near = try said("--steps", "3", in: workplace)
        #expect(near.contains("With CNY 20 k, 50.0 % less than today, the best return is "))
        #expect(near.contains("With CNY 60 k, 50.0 % more than today, the best return is "))
        #expect(try !said().contains("stops adding anything"))
    }

    @Test("Of many regions whose years alone are short it is said that more money adds nothing")
    func nothingAdded() throws {
        let large = try Workplace.large(regions: 150)
        let said = try said(
            "--goal", "return", "--years", "3", "--total-only", "--budgets", "-1%,-99%", in: large)
        #expect(
            said.contains(
                "; more money would add nothing. money 300.0 k less would cost nothing: with money 29.7 m it is the same."
            ))
        #expect(!said.contains("adds money 0.000"))
    }

    @Test("A value just out of reach is told apart from the best")
    func justOutOfReach() throws {
        let json = try object(Workplace().headroom("sweep", "plan", "--format", "json").output)
        let best = try #require((json["curve"] as? [String: Any])?["best_to"] as? Double)
        let text = try said("--reach", String(best * 1.00001))
        let numbers = text.matches(
            of: /No budget reaches a return of CNY ([0-9.]+ k): the best return is CNY ([0-9.]+ k)\./)
        let match = try #require(numbers.first)
        #expect(match.1 != match.2)
        #expect(try said("--budget", "1e3").contains(" CNY 10 less takes CNY "))
    }

    @Test(
        "Amounts beyond what money is are refused",
        arguments: [["--budgets", "1e300"], ["--reach", "1e99"], ["--budget", "1e19"]])
    func absurd(arguments: [String]) throws {
        let result = try HeadroomProcess(["sweep", "plan"] + arguments, in: Workplace()).result()
        #expect([64, 65].contains(result.status))
        #expect(
            result.errors.contains("at most 1e+18") || result.errors.contains("at most 1000000000000000000"))
        #expect(result.output.isEmpty)
    }
}
