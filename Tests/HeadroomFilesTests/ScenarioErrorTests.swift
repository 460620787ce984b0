import Headroom
import HeadroomFiles
import Testing

/// What is wrong with scenarios is said with its place, all of it at once.
struct ScenarioErrorTests {
    private func diagnostics(
        _ scenarios: String, _ names: [String] = [], plan: String = WhatIfTests.plan
    ) throws -> [String] {
        let files = try PlanFiles(plan: plan, others: ["scenarios.yaml": scenarios])
        return names.isEmpty ? try files.diagnosticsOfCheck() : try files.diagnostics(scenarios: names)
    }

    @Test(
        "A file that makes no sense is refused at the line and column",
        arguments: [
            ("a: {budgte: 5}", "1:5: error: unknown key `budgte` in `a`; did you mean `budget`?"),
            (
                "a: {x: 5}",
                "1:5: error: unknown key `x` in `a`; expected one of description, based_on, budget, years, goal, goals, "
                    + "gap, set, scale"
            ),
            (
                "a: {discount_rate: 5%}",
                "1:5: error: unknown key `discount_rate` in `a`; a key of plan.yaml is changed under `set`: "
                    + "`set: {discount_rate: …}`"
            ),
            ("a: 5", "1:4: error: a is “5”, expected changes, such as {budget: -20%}"),
            ("- a", "1:1: error: expected scenarios by their names, such as `lean: {budget: -20%}`"),
            (
                "a: {budget: 10%}",
                "1:13: error: budget is “10%”, expected an amount such as 4e9, or a change such as +10% or -10%"
            ),
            ("a: {budget: }", "1:13: error: budget is empty, expected a value"),
            ("a: {description: [b]}", "1:18: error: description is a list, expected text"),
            (
                "a: {set: 5}",
                "1:10: error: set is “5”, expected keys of plan.yaml and their values, such as {discount_rate: 6%}"
            ),
            (
                "a: {set: {discount_rat: 6%}}",
                "1:11: error: unknown key `discount_rat`; did you mean `discount_rate`?"
            ),
            (
                "a: {set: {budget.totl: 6}}",
                "1:11: error: unknown key `totl` in `budget`; did you mean `total`?"
            ),
            ("a:\n  years: 201", "2:10: error: years is “201”, expected a number at least 1 and at most 200"),
            (
                "a: {goals: [return, rois]}",
                "1:21: error: objective.maximize is “rois”, expected one of return, utilization, service_level, "
                    + "served_users, roi, worst_service, least_spending; did you mean `roi`?"
            ),
            (
                "a: {scale: 2}",
                "1:12: error: scale is “2”, expected columns and factors, such as {demand_growth: 1.2, "
                    + "build_cost@zone=west: 0.8}"
            ),
            (
                "a: {scale: {build_cost: x}}",
                "1:25: error: build_cost is “x”, expected a factor such as 0.8, 80% or -20%"
            ),
            (
                "a: {scale: {build_costs: 2}}",
                "1:13: error: unknown column `build_costs`; did you mean `build_cost`?"
            ),
            (
                "a: {scale: {build_cost@west: 2}}",
                "1:13: error: scale names `build_cost@west`, expected COLUMN or COLUMN@TAG=VALUE"
            ),
            ("a: {scale: {build_cost@zone=north: 2}}", "1:13: error: no region has zone “north”"),
            ("a: {based_on: b}", "1:15: error: no scenario is called `b`; expected one of `a`"),
            (
                "a:\nab c:\n  based_on: [a, abc]",
                "3:17: error: no scenario is called `abc`; did you mean `ab c`?"
            ),
            (
                "a: {based_on: {b: 1}}",
                "1:15: error: based_on is a map, expected the name of a scenario, or a list of names"
            ),
            ("a: {based_on: a}", "1:15: error: scenario `a` is based on itself: `a` → `a`"),
            (
                "a: {based_on: b}\nb: {based_on: [d, c]}\nc:\n  based_on:\n    - a\nd: {budget: 5}",
                "5:7: error: scenario `a` is based on itself: `a` → `b` → `c` → `a`"
            ),
            ("a: [", "2:1: error: is no YAML: did not find expected node content"),
            (
                "a: {budget: 1}\na: {budget: 2}",
                "2:1: error: key `a` stands twice, expected each key once, and stands in line 1 already"
            ),
            (
                "a: {goals: [roi], budget: 1, goal: return}",
                "1:30: error: `goal` stands beside `goals`, expected one of the two"
            ),
        ])
    func wrongFile(text: String, message: String) throws {
        let found = try diagnostics(text)
        #expect(found == ["scenarios.yaml:\(message)"])
    }

    @Test("Several scenarios whose names are no text are an error each")
    func namesThatAreNoText() throws {
        let found = try diagnostics("[a]: {budget: 1e6}\n{b: 1}: {budget: 2e6}\n\"\": {}\n")
        let message = "error: a scenario's name is a list, a map or `?`, expected text before the colon"
        #expect(
            found == [
                "scenarios.yaml:1:1: \(message)", "scenarios.yaml:2:1: \(message)",
                "scenarios.yaml:3:1: error: a scenario has no name, expected text before the colon",
            ])
    }

    @Test(
        "A name that stands twice is told alone where it begins with an escape, or has a mark before it",
        arguments: [#""\\n""#, #""\n""#, "'''a'", "!!str \"!a\"", "&a \"&a\""])
    func namesWithEscapes(name: String) throws {
        let found = try diagnostics("\(name): {budget: 1e6}\n\(name): {budget: 2e6}\n")
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("scenarios.yaml:1:1: error: key `") == true)
        #expect(found.first?.hasSuffix("` stands twice, expected each key once") == true)
    }

    @Test("Options that name no scenario are the command line's fault")
    func wrongName() throws {
        let scenarios = "lean budget: {budget: 5}\n"
        #expect(
            try diagnostics(scenarios, ["leen budget", "x"]) == [
                "--scenario leen budget: error: no scenario is called `leen budget`; did you mean `lean budget`?",
                "--scenario x: error: no scenario is called `x`; expected one of `lean budget`",
            ])
        let none = try PlanFiles()
        let invalid = #expect(throws: InvalidFiles.self) { try none.load(scenarios: ["a"]) }
        #expect(invalid?.isOptionsOnly == true)
        #expect(
            invalid?.diagnostics.map(\.message) == [
                "\(none.folder) has no scenarios, expected a plan folder with a scenarios.yaml"
            ])
        #expect(
            try diagnostics("{}", ["a"]).first?.hasSuffix(
                "no scenario is called `a`; \(Scenarios.fileName) has none")
                == true)
    }

    @Test("A scenario with a problem is not said to be missing as well")
    func wrongScenario() throws {
        #expect(
            try diagnostics("a: {budgte: 5}", ["a"]) == [
                "scenarios.yaml:1:5: error: unknown key `budgte` in `a`; did you mean `budget`?"
            ])
    }

    @Test("Problems of the scenarios, of the plan and of the table are told together")
    func together() throws {
        let files = try PlanFiles(
            plan: WhatIfTests.plan + "growht: logistic\n",
            regions: PlanFiles.regions.replacing(",700", with: ",x"),
            others: [
                "scenarios.yaml":
                    "a: {budgte: 5}\nb: {set: {yeers: 5}, scale: {users: y}}\nc: {set: {groth: 1}}\n"
            ])
        let expected = [
            "plan.yaml:8:1: error: unknown key `growht`; did you mean `growth`?",
            "regions.csv:2:27: error: build_cost “x” is no number, expected above 0",
            "scenarios.yaml:1:5: error: unknown key `budgte` in `a`; did you mean `budget`?",
            "scenarios.yaml:2:37: error: users is “y”, expected a factor such as 0.8, 80% or -20%",
            "scenarios.yaml:3:11: error: unknown key `groth`; did you mean `growth`?",
        ]
        // Only where each scenario is tried its own settings are.
        let tried = "scenarios.yaml:2:11: error: unknown key `yeers`; did you mean `years`?"
        #expect(try files.diagnosticsOfCheck() == Array(expected[..<3] + [tried] + expected[3...]))
        #expect(try files.diagnostics(scenarios: ["c"]).sorted() == expected)
    }

    @Test("All problems are told at once, from top to bottom, whatever else is wrong with their scenarios")
    func allAtOnce() throws {
        let scenarios = """
            a: {based_on: nix, budget: 10%, goals: [rois]}
            b: {scale: {build_costs: x}, years: 300}
            a: {budget: 5}
            c: {based_on: d, budgte: 5, set: {yeers: 5}}
            d: {based_on: c, gap: 5, "budget": 1, "budget": 2}
            a: {budget: 6}

            """
        #expect(
            try diagnostics(scenarios) == [
                "scenarios.yaml:1:15: error: no scenario is called `nix`; expected one of `a`, `b`, `c`, `d`",
                "scenarios.yaml:1:28: error: budget is “10%”, expected an amount such as 4e9, or a change such as +10% or "
                    + "-10%",
                "scenarios.yaml:1:41: error: objective.maximize is “rois”, expected one of return, utilization, "
                    + "service_level, served_users, roi, worst_service, least_spending; did you mean `roi`?",
                "scenarios.yaml:2:13: error: unknown column `build_costs`; did you mean `build_cost`?",
                "scenarios.yaml:2:26: error: build_costs is “x”, expected a factor such as 0.8, 80% or -20%",
                "scenarios.yaml:2:37: error: years is “300”, expected a number at least 1 and at most 200",
                "scenarios.yaml:3:1: error: key `a` stands twice, expected each key once, and stands in line 1 already",
                "scenarios.yaml:4:18: error: unknown key `budgte` in `c`; did you mean `budget`?",
                "scenarios.yaml:4:35: error: unknown key `yeers`; did you mean `years`?",
                "scenarios.yaml:5:15: error: scenario `c` is based on itself: `c` → `d` → `c`",
                "scenarios.yaml:5:23: error: objective.gap is “5”, expected a number at least 0 and at most 1",
                "scenarios.yaml:5:39: error: key `budget` stands twice, expected each key once, and stands in line 5 already",
                "scenarios.yaml:6:1: error: key `a` stands twice, expected each key once, and stands in line 1 already",
            ])
    }

    @Test("What only a scenario makes wrong is said with its name, or at the number that does")
    func madeWrong() throws {
        let scenarios = """
            longer: {years: 6}
            less: {scale: {revenue_per_user: 1, capacity: 0.5}}
            elsewhere: {set: {regions: nowhere.csv}}
            poor: {set: {budget: null}, budget: +5%}

            """
        let found = try diagnostics(scenarios)
        #expect(
            found == [
                "plan.yaml:5:31: error: budget.yearly lists 4 amounts, expected 6, one a planning year, or one number "
                    + "without a list (scenario `longer`)",
                "scenarios.yaml:2:37: error: idle_capacity 100 leaves no capacity to the 100 users, expected less than "
                    + "capacity (region a)",
                "scenarios.yaml:3:1: error: nowhere.csv: no such file",
                "scenarios.yaml:4:37: error: the plan has no budget to change by a share, expected an amount such as 5e9",
            ])
    }

    @Test(
        "A file that seems to be meant for scenarios is warned of",
        arguments: ["scenario.yaml", "scenarios.yml"])
    func likelyFile(name: String) throws {
        let files = try PlanFiles(others: [name: "a: {budget: 5}"])
        #expect(
            try files.diagnostics() == [
                "\(name):1:1: warning: the file is not read; name it `scenarios.yaml`, if it is meant to be"
            ])
    }
}
