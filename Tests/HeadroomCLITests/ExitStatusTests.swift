import Foundation
import Testing

/// What the process ends with, and what it says then.
struct ExitStatusTests {
    @Test("A plan that is done is 0, and its warnings go to standard error")
    func done() throws {
        let result = try Workplace().headroom("plan", "plan")
        #expect(result.status == 0)
        #expect(result.output.hasPrefix("Small plan\n2025–2027, 3 regions"))
        #expect(
            result.errors
                == "plan/regions.csv:3:21: warning: 92.6 % of the capacity is in use, above max_utilization 90.0 %: "
                + "without investment fewer users are served than today (region b)\n")
    }

    @Test(
        "A wrong command line is 64 and prints no result",
        arguments: [
            ["plan", "plan", "--frobnicate"], ["plan"], ["draw", "plan"],
            ["plan", "plan", "--format", "xml"],
            ["plan", "plan", "--budget", "much"], ["plan", "plan", "--budget", "10%"],
            ["plan", "plan", "--budget", "+5"], ["plan", "plan", "--by", "planet"],
            ["plan", "plan", "-o", "plan.docx"], ["plan", "plan", "-o", "plan"],
            ["plan", "plan", "--set", "discount_rat=6%"], ["plan", "plan", "--set", "years=0"],
            ["plan", "plan", "--set", "years"], ["plan", "plan", "--scale", "users=x"],
            ["plan", "plan", "--scale", "populace=2"], ["plan", "plan", "--years", "0"],
            ["plan", "plan", "--years", "many"], ["plan", "plan", "--goal", "fame"],
            ["plan", "plan", "--goal", "retrun"], ["plan", "plan", "--threads", "0"],
            ["plan", "plan", "--time-limit", "0"],
            ["plan", "plan", "--quiet", "--verbose"], ["check", "plan", "--set", "growth=fast"],
        ])
    func wrongCommandLine(arguments: [String]) throws {
        let workplace = try Workplace()
        let result = try HeadroomProcess(arguments, in: workplace).result()
        #expect(result.status == 64)
        #expect(result.output.isEmpty)
        let word = try #require(arguments.last)
        #expect(arguments.count < 3 || result.errors.contains(word), "\(result.errors)")
        #expect(try workplace.names == ["plan"])
    }

    @Test("A wrong file is 65, with every problem on a line of its own")
    func wrongInput() throws {
        let workplace = try Workplace(
            plan: Workplace.plan + "growht: logistic\n",
            regions: Workplace.regions.replacing("100,200,100", with: "100,200,300").replacing(
                "150", with: "x"))
        for command in ["plan", "check"] {
            let result = try workplace.headroom(command, "plan")
            #expect(result.status == 65)
            #expect(result.output.isEmpty)
            #expect(
                result.errors == """
                    plan/plan.yaml:9:1: error: unknown key `growht`; did you mean `growth`?
                    plan/regions.csv:2:22: error: idle_capacity 300 is more than capacity 200 (region a)
                    plan/regions.csv:3:21: warning: 92.6 % of the capacity is in use, above max_utilization 90.0 %: \
                    without investment fewer users are served than today (region b)
                    plan/regions.csv:3:32: error: build_cost “x” is no number, expected above 0

                    """)
        }
    }

    @Test("An option and a file that are both wrong are 65")
    func wrongOptionAndInput() throws {
        let workplace = try Workplace(plan: Workplace.plan + "growht: logistic\n")
        let result = try workplace.headroom("plan", "plan", "--set", "valuation_years=-1")
        #expect(result.status == 65)
        #expect(result.errors.hasPrefix("--set valuation_years=-1: error: valuation_years is “-1”"))
    }

    @Test("A missing file is 66 and named", arguments: ["nowhere", "nowhere.csv", "plan/nowhere.yaml"])
    func missing(path: String) throws {
        let result = try Workplace().headroom("plan", path)
        #expect(result.status == 66)
        #expect(result.output.isEmpty)
        #expect(result.errors.hasPrefix("\(path): error: no such file"))
    }

    @Test("A region table that is missing is 66 and named")
    func missingTable() throws {
        let workplace = try Workplace(plan: Workplace.plan + "regions: data/2024.csv\n")
        let result = try workplace.headroom("check", "plan")
        #expect(result.status == 66)
        #expect(result.errors == "plan/data/2024.csv: error: no such file\n")
    }

    @Test("An output that cannot be written is 73, and what was there stays")
    func cannotWrite() throws {
        let workplace = try Workplace()
        try workplace.write("old", to: "file.csv")
        try FileManager.default.createDirectory(
            atPath: workplace.path + "/folder.csv", withIntermediateDirectories: false)
        for path in ["nowhere/plan.csv", "file.csv/plan.csv", "folder.csv"] {
            let result = try workplace.headroom("plan", "plan", "--quiet", "-o", path)
            #expect(result.status == 73)
            #expect(result.output.isEmpty)
            #expect(result.errors.hasPrefix("\(path): error: cannot be written: "))
        }
        #expect(try workplace.text("file.csv") == "old")
        #expect(try workplace.names == ["file.csv", "folder.csv", "plan"])
    }

    @Test(
        "A file that the plan is read from is no output",
        arguments: ["plan/regions.csv", "./plan//regions.csv"])
    func outputOverInput(path: String) throws {
        let workplace = try Workplace()
        let result = try workplace.headroom("plan", "plan", "-o", path)
        #expect(result.status == 73)
        #expect(try workplace.text("plan/regions.csv") == Workplace.regions)
    }

    @Test("Help and version are 0 on standard output")
    func help() throws {
        let workplace = try Workplace()
        for arguments in [
            ["--help"], ["plan", "--help"], ["check", "--help"], ["init", "--help"], ["--version"],
        ] {
            let result = try HeadroomProcess(arguments, in: workplace).result()
            #expect(result.status == 0)
            #expect(!result.output.isEmpty)
            #expect(result.errors.isEmpty)
        }
    }
}
