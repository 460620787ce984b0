import Foundation
import Testing

/// Time limits and Ctrl-C.
@Suite(.serialized) struct StoppingTests {
    @Test("A time limit that comes before any plan is 75, and leaves the file that was there")
    func timeLimit() throws {
        let workplace = try Workplace.large(regions: 250)
        try workplace.write("old", to: "plan.json")
        let result = try workplace.headroom("plan", "plan", "--time-limit", "0.001", "-o", "plan.json")
        #expect(result.status == 75)
        #expect(result.output.isEmpty)
        #expect(
            result.errors
                == "headroom: stopped before a plan was found; give it more time with --time-limit\n")
        #expect(try workplace.text("plan.json") == "old")
        #expect(try workplace.names == ["plan", "plan.json"])
    }

    @Test("A time limit ends a long search in time, with a plan or 75", arguments: ["0.5", "3"])
    func longSearch(limit: String) throws {
        let workplace = try Workplace.large(regions: 2000)
        let process = try HeadroomProcess(
            ["plan", "plan", "--method", "program", "--time-limit", limit, "--format", "json"], in: workplace)
        expectPlanOrNothing(try process.result(within: 40))
    }

    @Test("So it does by prices, which may be fast enough", arguments: ["0.05", "0.3"])
    func searchByPrices(limit: String) throws {
        let workplace = try Workplace.large(regions: 2000)
        let process = try HeadroomProcess(
            ["plan", "plan", "--method", "prices", "--time-limit", limit, "--format", "json"], in: workplace)
        let result = try process.result(within: 40)
        #expect(result.status == 0 || result.status == 75 && result.output.isEmpty)
    }

    @Test("A plan that a generous time limit is enough for is the same as without one")
    func generousLimit() throws {
        let workplace = try Workplace()
        let limited = try workplace.headroom("plan", "plan", "--format", "json", "--time-limit", "1e300")
        #expect(limited.output == (try workplace.headroom("plan", "plan", "--format", "json").output))
    }

    @Test("Ctrl-C ends a long search soon, with a plan or 75, and tears no file", arguments: [0.0, 0.7, 1.5])
    func interrupt(pause: Double) throws {
        let workplace = try Workplace.large(regions: 2000)
        try workplace.write("old", to: "plan.json")
        let process = try HeadroomProcess(
            ["plan", "plan", "--method", "program", "--verbose", "--format", "json", "-o", "plan.json"],
            in: workplace)
        try process.waitForError("formulate: ")
        Thread.sleep(forTimeInterval: pause)
        process.interrupt()
        let result = try process.result(within: 40)
        expectPlanOrNothing(result)
        #expect(try workplace.text("plan.json") == (result.status == 0 ? result.output : "old"))
        #expect(try workplace.names == ["plan", "plan.json"])
    }

    @Test("A process that was told to ignore Ctrl-C does")
    func ignoredInterrupt() throws {
        let process = try HeadroomProcess(
            ["plan", "plan", "--method", "program", "--verbose", "--format", "json", "--time-limit", "3"],
            in: Workplace.large(regions: 2000), ignoresInterrupts: true)
        try process.waitForError("formulate: ")
        for _ in 0..<2 {
            process.interrupt()
            Thread.sleep(forTimeInterval: 0.2)
        }
        let result = try process.result(within: 40)
        expectPlanOrNothing(result)
        #expect(!result.errors.contains("interrupted"))
    }

    @Test("A sweep that is out of time writes what it has, says what is missing, and ends with 75")
    func sweep() throws {
        let workplace = try Workplace.large(regions: 1000)
        let budgets = (1...3000).map { "\(10_000 * $0)" }.joined(separator: ",")
        let result = try workplace.headroom(
            "sweep", "plan", "--goal", "return", "--budgets", budgets, "--time-limit", "5", "--format", "csv")
        #expect(result.status == 75)
        #expect(result.errors.contains("stopped before all was found; what is written says what is missing"))
        let rows = result.output.split(separator: "\n")
        #expect(rows.contains { $0.contains(",solved,") })
        #expect(rows.contains { $0.contains(",stopped,missing,") })
    }

    @Test("So does a frontier, and nothing that was not looked for is called impossible")
    func frontier() throws {
        let workplace = try Workplace.large(regions: 200)
        try workplace.write("less:\n  budget: -20%\n", to: "plan/scenarios.yaml")
        let result = try workplace.headroom(
            "frontier", "plan", "--method", "program", "--time-limit", "6", "--format", "csv")
        #expect(result.status == 75)
        #expect(result.errors.contains("stopped before all was found: part of the frontier, "))
        #expect(result.output.contains("\nbest return,corner 1,"))
        #expect(result.output.contains("\nbest utilization,corner "))
        #expect(result.output.contains("\nscenario,less,,,not found in time,"))
    }

    @Test("A frontier without a part that was found in time is none")
    func frontierTooSoon() throws {
        let result = try Workplace.large(regions: 200).headroom(
            "frontier", "plan", "--method", "program", "--time-limit", "0.001", "--format", "csv")
        #expect(result.status == 75)
        #expect(result.errors.contains("stopped before a plan was found"))
        #expect(result.output.isEmpty)
    }

    @Test("Compared plans whose goals are not proved end with 75 too", arguments: ["2", "6"])
    func compare(limit: String) throws {
        let workplace = try Workplace.large(regions: 2000)
        let process = try HeadroomProcess(
            [
                "compare", "plan", "--method", "program", "--time-limit", limit, "--format", "csv", "--",
                "--budget", "-10%",
            ], in: workplace)
        let result = try process.result(within: 60)
        #expect(result.status == 75)
        #expect(!result.errors.isEmpty)
    }

    @Test("A time limit ends a search for whole modules with a plan and its gap")
    func wholeModules() throws {
        let workplace = try Workplace()
        try workplace.write(
            "technology,build_cost,module\nlarge,7,50\nmiddle,8,11\nsmall,9,3\n", to: "plan/technologies.csv")
        let result = try workplace.headroom("plan", "plan", "--format", "json", "--time-limit", "2")
        #expect(result.status == 0)
        let json = try? JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        #expect((json?["gap"] as? Double).map { $0 >= 0 } == true)
    }

    private func expectPlanOrNothing(_ result: HeadroomProcess.Result) {
        guard result.status != 75 else {
            #expect(result.output.isEmpty)
            return
        }
        #expect(result.status == 0)
        let json = try? JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        #expect(json?["status"] as? String == "feasible")
        // Where all goals are proved, only the choice among equally good plans was stopped.
        let goals = json?["goals"] as? [[String: Any]] ?? []
        #expect(json?["gap"] is NSNull || goals.allSatisfy { $0["best"] is Double })
    }
}
