import Headroom
import HeadroomFiles
import Testing

/// Scenarios act as the same edits of the files would, one laid on the other.
struct ScenarioTests {
    private static let plan = WhatIfTests.plan

    private func files(_ scenarios: String, plan: String = Self.plan) throws -> PlanFiles {
        try PlanFiles(plan: plan, others: ["scenarios.yaml": scenarios])
    }

    /// The same result, byte for byte, from the scenarios and from edited files.
    private func expectSame(
        _ scenarios: String, _ names: [String], plan: String = Self.plan, regions: String = PlanFiles.regions,
        changes: WhatIf = WhatIf()
    ) throws {
        let loaded = try files(scenarios).load(changes, scenarios: names)
        let edited = try PlanFiles(plan: plan, regions: regions).load()
        #expect(loaded.planningCase == edited.planningCase)
        #expect(loaded.table == edited.table)
    }

    @Test(
        "Each change of a scenario is one that the command line can make",
        arguments: [
            (
                "budget: 500", "{total: 1000, yearly: [100, 200, 300, 500]}",
                "{total: 500, yearly: [50, 100, 150, 250]}"
            ),
            (
                "budget: -25%", "{total: 1000, yearly: [100, 200, 300, 500]}",
                "{total: 750, yearly: [75, 150, 225, 375]}"
            ),
            ("set: {discount_rate: 6%}", "discount_rate: 8%", "discount_rate: 6%"),
            ("set: {budget.carry_over: true}", "total: 1000", "carry_over: true, total: 1000"),
            ("goal: utilization", "title: t", "title: t\nobjective: {maximize: utilization}"),
            (
                "goals: [utilization, return]", "title: t",
                "title: t\nobjective: {maximize: [utilization, return]}"
            ),
            ("gap: 1%", "title: t", "title: t\nobjective: {gap: 0.01}"),
            ("set: {budget.yearly: null}", "total: 1000, yearly: [100, 200, 300, 500]", "total: 1000"),
            (
                "set:\n    rules:\n      - {measure: investment, at_most: 10}", "title: t",
                "title: t\nrules: [{measure: investment, at_most: 10}]"
            ),
        ])
    func changes(change: String, old: String, new: String) throws {
        try expectSame(
            "a:\n  description: one\n  \(change)\n", ["a"], plan: Self.plan.replacing(old, with: new))
    }

    @Test("Columns are scaled, in all regions or in those with a tag")
    func scale() throws {
        try expectSame(
            "a: {scale: {build_cost: 50%, build_cost@zone=west: 2, demand_growth: +0%}}", ["a"],
            regions: PlanFiles.regions.replacing(",900", with: ",450"))
    }

    @Test("years is a key of its own, and a yearly budget of one number goes along")
    func years() throws {
        let plan = Self.plan.replacing("[100, 200, 300, 500]", with: "300")
        let scenario = try files("a: {years: 2, budget: 2200}", plan: plan).load(scenarios: ["a"])
        let edited = try PlanFiles(
            plan: plan.replacing("{total: 1000, yearly: 300}", with: "{total: 2200, yearly: 660}")
                .replacing("years: 4", with: "years: 2")
        ).load()
        #expect(scenario.planningCase == edited.planningCase)
    }

    // MARK: Layers

    private static let layered = """
        lean:
          budget: -50%
        fast:
          scale: {demand_growth: 2}
        lean and fast:
          based_on: [lean, fast]
          budget: -50%
        over all:
          based_on: lean and fast
          set: {budget.total: 9, discount_rate: 5%}
        as it stands:

        """

    private static let fast = PlanFiles.regions.replacing("5%", with: "10%").replacing("0.1,", with: "0.2,")
        .replacing("-2%", with: "-4%")

    private func budget(_ text: String) -> String {
        Self.plan.replacing("{total: 1000, yearly: [100, 200, 300, 500]}", with: text)
    }

    @Test("A scenario lies on those it is based on, the command line on all of them")
    func layers() throws {
        let quarter = "{total: 250, yearly: [25, 50, 75, 125]}"
        try expectSame(Self.layered, ["lean and fast"], plan: budget(quarter), regions: Self.fast)
        try expectSame(
            Self.layered, ["over all"],
            plan: budget("{total: 9, yearly: [25, 50, 75, 125]}").replacing("8%", with: "5%"),
            regions: Self.fast)
        try expectSame(Self.layered, ["as it stands"])
        var changes = WhatIf()
        changes.budget = .amount(18)
        try expectSame(
            Self.layered, ["over all"],
            plan: budget("{total: 18, yearly: [50, 100, 150, 250]}").replacing("8%", with: "5%"),
            regions: Self.fast, changes: changes)
    }

    @Test("Several scenarios lie on each other as they are named, each once")
    func order() throws {
        let set =
            "a: {set: {discount_rate: 1%}}\nb: {set: {discount_rate: 2%}}\nc: {based_on: a, budget: -50%}\n"
        let rate = { (rate: String) in Self.plan.replacing("8%", with: rate) }
        try expectSame(set, ["a", "b"], plan: rate("2%"))
        try expectSame(set, ["b", "a"], plan: rate("1%"))
        let half = budget("{total: 500, yearly: [50, 100, 150, 250]}")
        // `a` comes once, as the first: what is laid on `b` is only what `c` says itself.
        try expectSame(set, ["a", "b", "c"], plan: half.replacing("8%", with: "2%"))
        try expectSame(set, ["c", "b", "c"], plan: half.replacing("8%", with: "2%"))
        try expectSame(
            Self.layered, ["lean", "lean and fast"],
            plan: budget("{total: 250, yearly: [25, 50, 75, 125]}"), regions: Self.fast)
    }

    @Test("A long chain of scenarios is no matter")
    func chain() throws {
        var text = "s0: {budget: 7}\n"
        for place in 1...3000 { text += "s\(place): {based_on: s\(place - 1)}\n" }
        let loaded = try files(text).load(scenarios: ["s3000"])
        #expect(loaded.planningCase.assumptions.budget.total == 7)
    }

    @Test("plan.yaml may be named instead of the folder, and the files are inputs")
    func paths() throws {
        let files = try files(Self.layered)
        let loaded = try LoadedPlan(path: files.path("plan.yaml"), scenarios: ["lean"])
        #expect(loaded.planningCase.assumptions.budget.total == 500)
        #expect(loaded.isInput(files.path("scenarios.yaml")))
        #expect(Scenarios.fileName == "scenarios.yaml")
        #expect(try #require(try Scenarios(ofPlan: files.folder)).all.map(\.name).first == "lean")
        #expect(try Scenarios(ofPlan: files.path("regions.csv")) == nil)
    }

    @Test("Without --scenario the file is not read, whatever it holds")
    func unread() throws {
        #expect(throws: Never.self) { try self.files("- [").load() }
    }
}
