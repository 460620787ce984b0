import Headroom
import HeadroomFiles
import Testing

/// What-if changes act as the same edit of the files would.
struct WhatIfTests {
    static let plan = """
        title: t
        base_year: 2024
        years: 4
        discount_rate: 8%
        budget: {total: 1000, yearly: [100, 200, 300, 500]}
        adoption:
          steps: [{share: 50%, cost_factor: 1}]

        """

    /// The case under the changes, and that of edited files.
    private func expectSame(
        _ changes: WhatIf, plan: String = WhatIfTests.plan, regions: String = PlanFiles.regions,
        from original: String = WhatIfTests.plan
    ) throws {
        let changed = try PlanFiles(plan: original).load(changes)
        let edited = try PlanFiles(plan: plan, regions: regions).load()
        #expect(changed.planningCase == edited.planningCase)
        #expect(changed.table == edited.table)
        let unchanged = try PlanFiles(plan: original).load()
        #expect(changed.planningCase != unchanged.planningCase)
    }

    private func settings(_ texts: String...) throws -> WhatIf {
        var changes = WhatIf()
        changes.settings = try texts.map { try #require(WhatIf.setting($0)) }
        return changes
    }

    private func scalings(_ texts: String...) throws -> WhatIf {
        var changes = WhatIf()
        changes.scalings = try texts.map { try #require(WhatIf.scaling($0)) }
        return changes
    }

    @Test(
        "--set changes a key that is there, or adds it",
        arguments: [
            ("discount_rate=6%", "discount_rate: 8%", "discount_rate: 6%"),
            ("title=a=b", "title: t", "title: a=b"),
            ("growth=logistic", "title: t", "title: t\ngrowth: logistic"),
            ("max_utilization=90%", "title: t", "title: t\nmax_utilization: 90%"),
            ("budget.total=7", "total: 1000", "total: 7"),
            ("budget.total=null", "total: 1000, ", ""),
            ("budget.carry_over=true", "total: 1000", "total: 1000, carry_over: true"),
            ("budget.yearly=[1,2,3,4]", "[100, 200, 300, 500]", "[1, 2, 3, 4]"),
            ("budget={total: 5}", "{total: 1000, yearly: [100, 200, 300, 500]}", "{total: 5}"),
            ("adoption.retention=0.9", "adoption:", "adoption:\n  retention: 0.9"),
            (
                "adoption.steps=[{share: 1, cost_factor: 3}]", "{share: 50%, cost_factor: 1}",
                "{share: 1, cost_factor: 3}"
            ),
            ("credit.weights.rating=5", "title: t", "title: t\ncredit: {weights: {rating: 5}}"),
            ("objective.years=[2026, 2027]", "title: t", "title: t\nobjective: {years: [2026, 2027]}"),
        ])
    func setKey(text: String, old: String, new: String) throws {
        try expectSame(settings(text), plan: Self.plan.replacing(old, with: new))
    }

    @Test("Several settings hold together, the last one of a key")
    func severalSettings() throws {
        let changes = try settings("discount_rate=6%", "valuation_years=2", "discount_rate=5%")
        let plan = Self.plan.replacing("discount_rate: 8%", with: "discount_rate: 5%\nvaluation_years: 2")
        try expectSame(changes, plan: plan)
    }

    @Test("A setting may mend what is wrong or missing in the plan")
    func mending() throws {
        let broken = Self.plan.replacing("discount_rate: 8%\n", with: "").replacing(
            "years: 4", with: "years: x")
        let changed = try PlanFiles(plan: broken).load(settings("discount_rate=8%", "years=4"))
        #expect(changed.planningCase == (try PlanFiles(plan: Self.plan).load().planningCase))
    }

    @Test(
        "--budget scales all rows together, by the total, or by the sum of the years where there is none",
        arguments: [
            ("500", "{total: 500, yearly: [50, 100, 150, 250]}"),
            ("+50%", "{total: 1500, yearly: [150, 300, 450, 750]}"),
            ("-25%", "{total: 750, yearly: [75, 150, 225, 375]}"),
            ("-100%", "{total: 0, yearly: [0, 0, 0, 0]}"),
            ("0", "{total: 0, yearly: [0, 0, 0, 0]}"),
        ])
    func budget(text: String, rows: String) throws {
        var changes = WhatIf()
        changes.budget = WhatIf.budgetChange(text)
        #expect(changes.budget != nil)
        let all = "{total: 1000, yearly: [100, 200, 300, 500]}"
        try expectSame(changes, plan: Self.plan.replacing(all, with: rows))
    }

    @Test("--budget without a total is the sum of the years, and without a budget the total")
    func budgetRows() throws {
        var changes = WhatIf()
        changes.budget = .amount(2200)
        let yearly = Self.plan.replacing("total: 1000, ", with: "")
        let doubled = yearly.replacing("[100, 200, 300, 500]", with: "[200, 400, 600, 1000]")
        try expectSame(changes, plan: doubled, from: yearly)
        let free = Self.plan.replacing("budget: {total: 1000, yearly: [100, 200, 300, 500]}\n", with: "")
        try expectSame(changes, plan: free + "budget: {total: 2200}\n", from: free)
        changes.settings = [.init(path: "years", value: "2", option: "--years 2")]
        let list = Self.plan.replacing("[100, 200, 300, 500]", with: "300")
        let edited = list.replacing("{total: 1000, yearly: 300}", with: "{total: 2200, yearly: 660}")
        try expectSame(changes, plan: edited.replacing("years: 4", with: "years: 2"), from: list)
    }

    @Test("--years and --goal are settings of their keys")
    func yearsAndGoals() throws {
        var changes = WhatIf()
        changes.settings = [
            .init(path: "years", value: "8", option: "--years 8"),
            .init(path: "objective.maximize", value: "[utilization, return]", option: "--goal utilization"),
        ]
        let plan = Self.plan.replacing(", yearly: [100, 200, 300, 500]", with: "")
        let edited =
            plan.replacing("years: 4", with: "years: 8") + "objective: {maximize: [utilization, return]}\n"
        try expectSame(changes, plan: edited, from: plan)
    }

    @Test("--scale multiplies a column, in every region or in those with a tag")
    func scale() throws {
        try expectSame(
            scalings("build_cost=0.5"),
            regions: PlanFiles.regions.replacing(",700", with: ",350").replacing(",650", with: ",325")
                .replacing(",900", with: ",450"))
        try expectSame(
            scalings("build_cost@zone=west=2"),
            regions: PlanFiles.regions.replacing(",700", with: ",1400").replacing(",650", with: ",1300"))
        try expectSame(
            scalings("revenue_per_user@region=c=0"),
            regions: PlanFiles.regions.replacing(",350,", with: ",0,"))
        try expectSame(
            scalings("build_cost@zone=west=2", "build_cost@name=a=2"),
            regions: PlanFiles.regions.replacing(",700", with: ",2800").replacing(",650", with: ",1300"))
    }

    @Test("Empty cells stay empty where 0 stands for them")
    func scaleEmpty() throws {
        let regions = PlanFiles.regions.replacing("build_cost", with: "build_cost,operating_cost")
            .replacing(",700", with: ",700,").replacing(",650", with: ",650,2").replacing(
                ",900", with: ",900,")
        let loaded = try PlanFiles(regions: regions).load(scalings("operating_cost=3"))
        #expect((0..<3).map { loaded.table.number(.operatingCost, $0) } == [nil, 6, nil])
    }

    @Test("What stands for a missing column or an empty cell is multiplied too")
    func scaleDefaults() throws {
        let column = { (header: String, cells: [String]) in
            let lines = PlanFiles.regions.split(separator: "\n").map(String.init)
            return zip(lines, [header] + cells).map { "\($0),\($1)\n" }.joined()
        }
        try expectSame(scalings("cost_factor=2"), regions: column("cost_factor", ["2", "2", "2"]))
        try expectSame(
            scalings("max_utilization=0.9"), regions: column("max_utilization", ["0.9", "0.9", "0.9"]))
        let half = try PlanFiles(regions: column("cost_factor", ["", "3", ""])).load(
            scalings("cost_factor=2"))
        #expect((0..<3).map { half.table.number(.costFactor, $0) } == [2, 6, 2])
    }

    @Test("Beside a technology table build_cost makes every technology cheaper there, overrides included")
    func scaleTechnologies() throws {
        let others = [
            "technologies.csv": "technology,build_cost\nfibre,700\nradio,300\n",
            "costs.csv": "region,technology,build_cost,total_limit\na,radio,200,\nb,fibre,,5\nc,radio,100,\n",
        ]
        let changes = try scalings("build_cost@zone=west=80%")
        let loaded = try PlanFiles(plan: Self.plan, others: others).load(changes)
        let planned = loaded.planningCase
        let costs = planned.technologies.indices.map { technology in
            planned.regions.indices.map { planned.buildCost($0, technology) }
        }
        #expect(costs == [[560, 560, 700], [160, 240, 100]])
        #expect(
            loaded.diagnostics.map(\.description).contains(
                "--scale build_cost@zone=west=80%: note: the technologies' build_cost is scaled, by way of the "
                    + "regions' cost_factor"))
    }

    @Test("Overrides of the region's own build cost are scaled with it")
    func scaleOverrides() throws {
        let files = try PlanFiles(
            plan: Self.plan, others: ["costs.csv": "region,technology,build_cost\na,capacity,500\n"])
        let planned = try files.load(scalings("build_cost=0.5")).planningCase
        #expect(planned.regions.indices.map { planned.buildCost($0, 0) } == [250, 325, 450])
    }
}
