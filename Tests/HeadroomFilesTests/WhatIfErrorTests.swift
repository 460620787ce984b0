import HeadroomFiles
import Testing

/// What is wrong with an option is said under the option's own name.
struct WhatIfErrorTests {
    private func found(
        set: [String] = [], scale: [String] = [], budget: String? = nil, plan: String = WhatIfTests.plan
    ) throws -> InvalidFiles {
        var changes = WhatIf()
        changes.settings = try set.map { try #require(WhatIf.setting($0)) }
        changes.scalings = try scale.map { try #require(WhatIf.scaling($0)) }
        changes.budget = try budget.map { try #require(WhatIf.budgetChange($0)) }
        let files = try PlanFiles(plan: plan)
        return try #require(#expect(throws: InvalidFiles.self) { try files.load(changes) })
    }

    @Test(
        "--set",
        arguments: [
            ("discount_rat=6%", "unknown key `discount_rat`; did you mean `discount_rate`?"),
            ("budget.totl=6", "unknown key `totl` in `budget`; did you mean `total`?"),
            ("years=201", "years is “201”, expected a number at least 1 and at most 200"),
            (
                "years=null",
                "required key `years` has no value (planning years, from the year after the base year)"
            ),
            ("years=", "the value is empty, expected one; to take a key away write null"),
            ("budget=5", "budget is “5”, expected keys with values, such as `budget: {total: 5}`"),
            ("budget.total=5%", "budget.total is “5%”, expected an amount, not a share"),
            ("growth=[", "is no YAML: did not find expected node content"),
            (
                "rules=[a]",
                "rules is “a”, expected items with keys, such as {measure: investment, at_least: 30%}"
            ),
            ("adoption.steps.share=5%", "adoption.steps is a map, expected a list"),
            ("title.text=5", "title is a map, expected text"),
            (
                "objective.maximize=[rois]",
                "objective.maximize is “rois”, expected one of return, utilization, "
                    + "service_level, served_users, roi, worst_service, least_spending; did you mean `roi`?"
            ),
            ("objective.years=2030", "objective.years 2030–2030 lies outside the horizon 2025–2028"),
        ])
    func setKey(text: String, message: String) throws {
        let invalid = try found(set: [text])
        #expect(invalid.diagnostics.map(\.description) == ["--set \(text): error: \(message)"])
        #expect(invalid.isOptionsOnly)
    }

    @Test(
        "--scale",
        arguments: [
            ("build_costs=2", "unknown column `build_costs`; did you mean `build_cost`?"),
            ("region=2", "unknown column `region`"),
            (
                "credit_cost=2",
                "the region table has no column `credit_cost` (without it: no credit lever), so there is nothing to scale"
            ),
            (
                "use_growth=2",
                "the region table has no column `use_growth` (without it: 0), so there is nothing to scale"
            ),
            ("cost_factor=0", "cost_factor is 0, expected above 0 (region a)"),
            ("build_cost@zon=west=2", "unknown tag `zon`, expected one of zone, region, name"),
            ("build_cost@zone=north=2", "no region has zone “north”"),
        ])
    func scaleColumn(text: String, message: String) throws {
        let invalid = try found(scale: [text])
        #expect(invalid.diagnostics.count == 1 || text == "cost_factor=0")
        #expect(
            invalid.diagnostics.first?.description.hasPrefix("--scale \(text): error: \(message)") == true)
        #expect(invalid.isOptionsOnly)
    }

    @Test("Numbers that only a scaling makes wrong are the option's fault, not the file's")
    func scaledOutOfRange() throws {
        let capacity = try found(scale: ["capacity=0.5", "build_cost=2"])
        #expect(
            capacity.diagnostics.map(\.description) == [
                "--scale capacity=0.5 --scale build_cost=2: error: idle_capacity 100 leaves no capacity to the 100 "
                    + "users, expected less than capacity (region a)"
            ])
        let cost = try found(scale: ["build_cost@zone=west=0"])
        #expect(
            cost.diagnostics.map(\.description) == [
                "--scale build_cost@zone=west=0: error: build_cost is 0, expected above 0 (region a)",
                "--scale build_cost@zone=west=0: error: build_cost is 0, expected above 0 (region b)",
            ])
        #expect(cost.isOptionsOnly)
    }

    @Test("What is wrong in the file stays the file's fault under a scaling")
    func fileError() throws {
        var changes = WhatIf()
        changes.scalings = [try #require(WhatIf.scaling("build_cost=2"))]
        let files = try PlanFiles(regions: PlanFiles.regions.replacing("100,200,100", with: "100,200,300"))
        #expect(
            try files.diagnostics(changes) == [
                "regions.csv:2:16: error: idle_capacity 300 is more than capacity 200 (region a)"
            ])
    }

    @Test("--budget")
    func budget() throws {
        let free = PlanFiles.plan
        #expect(
            try found(budget: "+10%", plan: free).diagnostics.map(\.description) == [
                "--budget: error: the plan has no budget to change by a share, expected an amount such as 5e9"
            ])
        #expect(
            try found(budget: "5", plan: free + "budget: {total: 0}\n").diagnostics.map(\.description) == [
                "--budget: error: the plan's budget is 0 and cannot be scaled to 5.0"
            ])
    }

    @Test("Errors of options come before those of files, and are no longer all of them")
    func mixed() throws {
        let invalid = try found(
            set: ["yers=5", "growth=x"], scale: ["foo=2"], plan: WhatIfTests.plan + "valuation_years: -1\n")
        #expect(
            invalid.diagnostics.map(\.location.source).map { $0.hasSuffix("/plan.yaml") ? "plan" : $0 } == [
                "--set yers=5", "--set growth=x", "--scale foo=2", "plan",
            ])
        #expect(!invalid.isOptionsOnly)
    }

    @Test(
        "Texts that are no budget are none",
        arguments: ["", "x", "10%", "+5", "-5", "-101%", "5e999", "1,5", "+", "%", "nan"])
    func noBudget(text: String) { #expect(WhatIf.budgetChange(text) == nil) }

    @Test("A budget is an amount, a change has its sign and its percent")
    func budgetTexts() {
        #expect(WhatIf.budgetChange("4e9") == .amount(4e9))
        #expect(WhatIf.budgetChange("+10%") == .factor(1.1))
        #expect(WhatIf.budgetChange("-10%") == .factor(0.9))
    }

    @Test("Texts that are no setting are none", arguments: ["", "years", "=5"])
    func noSetting(text: String) { #expect(WhatIf.setting(text) == nil) }

    @Test(
        "Texts that are no scaling are none",
        arguments: [
            "", "users", "users=", "users=x", "=2", "users=-1", "users=-101%", "users@zone=2", "users@=w=2",
        ])
    func noScaling(text: String) { #expect(WhatIf.scaling(text) == nil) }

    @Test(
        "A factor may be written as a share or as a change",
        arguments: [
            ("users=0.8", 0.8), ("users=80%", 0.8), ("users=-20%", 0.8), ("users=+25%", 1.25),
            ("users@zone=west=120%", 1.2),
        ])
    func factorTexts(text: String, factor: Double) throws {
        #expect(try #require(WhatIf.scaling(text)).factor == factor)
    }

    @Test("A scaling may have signs of its own grammar in the tag's value")
    func scalingTexts() throws {
        let scaling = try #require(WhatIf.scaling("build_cost@zone=a=b@c=0.8"))
        #expect(scaling.column == "build_cost")
        #expect(scaling.tag?.name == "zone")
        #expect(scaling.tag?.value == "a=b@c")
        #expect(scaling.factor == 0.8)
    }
}
