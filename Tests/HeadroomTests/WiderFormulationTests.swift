import Headroom
import HeadroomTestSupport
import LinearProgramming
import Testing

/// Links, modules, limits, rules and further goals of a tiny plan, as the program that they are written as.
struct WiderFormulationTests {
    /// Half idle, and full; two units a user in the second.
    private let rows = [
        RegionRow("I", users: 50, idle: 50), RegionRow("F", users: 50, capacity: 100, growth: 0.1),
    ]

    private func planned(
        years: Int = 1, change: (inout Assumptions) -> Void = { _ in }
    ) throws -> PlanningCase { try .byHand(rows, years: years, change: change) }

    private func text(_ planned: PlanningCase) -> String {
        Formulation(planned, keepsNames: true).program.lpText
    }

    /// The lines of a text that name any of some families.
    private func lines(_ planned: PlanningCase, _ families: String...) -> [String] {
        text(planned).split(separator: "\n").map { $0.trimmingPrefix(" ") }
            .filter { line in families.contains { line.hasPrefix($0) } }.map(String.init)
    }

    @Test("Links: flow within the link, use at both ends, users from what a region serves itself upwards")
    func links() throws {
        let linked = try planned().with(links: Link(0, 1, capacity: 30, cost: 3))
        #expect(
            text(linked) == """
                Maximize
                 objective: - 3 flow[I>F,2025] + 10 served[I,2025] - 4 build[I,capacity,2025] \
                + 10 served[F,2025] - 4 build[F,capacity,2025]
                Subject To
                 use[I,2025]: flow[I>F,2025] + served[I,2025] - build[I,capacity,2025] <= 100
                 use[F,2025]: - flow[I>F,2025] + 2 served[F,2025] - build[F,capacity,2025] <= 100
                 use_min[F,2025]: - flow[I>F,2025] + 2 served[F,2025] >= 0
                Bounds
                 0 <= flow[I>F,2025] <= 30
                 50 <= served[I,2025] <= 50
                 50 <= served[F,2025] <= 55.00000000000001
                End

                """)
    }

    @Test("Links: flow within capacity and what was added up to the year, added within the yearly limit")
    func widening() throws {
        let link = Link(0, 1, capacity: 7, cost: 3, buildCost: 5, yearlyLimit: 6)
        let linked = try planned(years: 2) { $0.budget.total = 40 }.with(links: link)
        #expect(
            lines(linked, "link[", "budget", "0 <= widen", "0 <= flow") == [
                "link[I>F,2025]: - widen[I>F,2025] + flow[I>F,2025] <= 7",
                "link[I>F,2026]: - widen[I>F,2025] - widen[I>F,2026] + flow[I>F,2026] <= 7",
                "budget: 5 widen[I>F,2025] + 5 widen[I>F,2026] + 4 build[I,capacity,2025] "
                    + "+ 4 build[I,capacity,2026] + 4 build[F,capacity,2025] + 4 build[F,capacity,2026] <= 40",
                "0 <= widen[I>F,2025] <= 6", "0 <= widen[I>F,2026] <= 6",
            ])
    }

    @Test("Modules: a whole column that counts modules, bounded by whole modules of every limit")
    func modules() throws {
        let planned = try PlanningCase.byHand(
            [RegionRow(growth: 0.1, [.yearlyBuildLimit: 11, .costFactor: 2])], years: 2
        ).with(
            technologies: [
                Technology(name: "box", buildCost: 4, operatingCost: 0.5, module: 3),
                Technology(name: "line", buildCost: 7),
            ],
            overrides: [[0: CostOverride(totalLimit: 14)], [0: CostOverride(buildCost: 5, yearlyLimit: 2)]])
        let formulation = Formulation(planned, keepsNames: true)
        let program = formulation.program
        #expect(
            program.columnNames.indices.filter { program.columnIsInteger[$0] }.map { program.columnNames[$0] }
                == ["build[A,box,2025]", "build[A,box,2026]"])
        // A box is 3 · 4 · 2 to build and 3 · 0.5 a year to run.
        #expect(
            lines(planned, "objective", "use[", "build_limit", "total_limit", "0 <= build") == [
                "objective: 10 served[A,2025] + 10 served[A,2026] - 27 build[A,box,2025] "
                    + "- 25.5 build[A,box,2026] - 5 build[A,line,2025] - 5 build[A,line,2026]",
                "total_limit[A,box]: 3 build[A,box,2025] + 3 build[A,box,2026] <= 14",
                "build_limit[A,2025]: 3 build[A,box,2025] + build[A,line,2025] <= 11",
                "build_limit[A,2026]: 3 build[A,box,2026] + build[A,line,2026] <= 11",
                "use[A,2025]: served[A,2025] - 3 build[A,box,2025] - build[A,line,2025] <= 100",
                "use[A,2026]: served[A,2026] - 3 build[A,box,2025] - 3 build[A,box,2026] - build[A,line,2025] "
                    + "- build[A,line,2026] <= 100",
                "0 <= build[A,box,2025] <= 3", "0 <= build[A,box,2026] <= 3",
                "0 <= build[A,line,2025] <= 2", "0 <= build[A,line,2026] <= 2",
            ])
    }

    @Test("Modules: other solvers are told what is whole")
    func wholeColumns() throws {
        let boxes = try planned().with(technologies: [Technology(name: "box", buildCost: 4, module: 3)])
        #expect(text(boxes).hasSuffix("Generals\n build[I,box,2025]\n build[F,box,2025]\nEnd\n"))
    }

    @Test("Rules: the measure on the left, a share of the whole taken off it")
    func rules() throws {
        let west = [Rule.Tag(name: "region", values: ["F"])]
        func row(_ measure: Rule.Measure, _ bound: Rule.Bound, levers: [Lever]? = nil) throws -> [String] {
            let rule = Rule(name: "r", measure: measure, atLeast: bound, tags: west, levers: levers)
            return lines(try planned().with(rules: rule), "rule[")
        }
        #expect(try row(.investment, .amount(8)) == ["rule[r]: 4 build[F,capacity,2025] >= 8"])
        #expect(
            try row(.investment, .share(0.25)) == [
                "rule[r]: - build[I,capacity,2025] + 3 build[F,capacity,2025] >= 0"
            ])
        #expect(try row(.investment, .amount(0), levers: [.adoption]) == ["rule[r]: 0 >= 0"])
        #expect(
            try row(.newCapacity, .share(0.25)) == [
                "rule[r]: - 0.25 build[I,capacity,2025] + 0.75 build[F,capacity,2025] >= 0"
            ])
        #expect(try row(.servedUsers, .amount(8)) == ["rule[r]: served[F,2025] >= 8"])
        #expect(
            try row(.usedCapacity, .share(0.25)) == [
                "rule[r]: - 0.25 served[I,2025] + 1.5 served[F,2025] >= 0"
            ])
        #expect(try row(.serviceLevel, .share(0.5)) == ["rule[r]: served[F,2025] >= 27.500000000000004"])
        #expect(
            try row(.utilization, .share(0.5)) == [
                "rule[r]: 2 served[F,2025] - 0.5 build[F,capacity,2025] >= 50"
            ])
    }

    @Test("Rules: both bounds are two rows, each is one a region and year")
    func eachRule() throws {
        let both = Rule(name: "r", measure: .newCapacity, atLeast: .amount(1), atMost: .amount(2))
        #expect(
            lines(try planned().with(rules: both), "rule[") == [
                "rule[r]: build[I,capacity,2025] + build[F,capacity,2025] >= 1",
                "rule[r]_max: build[I,capacity,2025] + build[F,capacity,2025] <= 2",
            ])
        let each = Rule(
            name: "r", measure: .newCapacity, atMost: .share(0.75), years: 2026...2026, each: true)
        #expect(
            lines(try planned(years: 2).with(rules: each), "rule[", "all[") == [
                "all[r]: build[I,capacity,2026] + build[F,capacity,2026] - all[r,2026] = 0",
                "rule[r]_max[I,2026]: build[I,capacity,2026] - 0.75 all[r,2026] <= 0",
                "rule[r]_max[F,2026]: build[F,capacity,2026] - 0.75 all[r,2026] <= 0",
            ])
    }

    @Test("Further goals: the least spending as a row, the worst service as a column")
    func goals() throws {
        let planned = try planned {
            $0.objective.goals = [.roi, .worstService]
            $0.budget.total = 20
        }
        #expect(
            lines(planned, "minimum_spend", "worst[") == [
                "minimum_spend: 4 build[I,capacity,2025] + 4 build[F,capacity,2025] >= 10",
                "worst[I]: - served[I,2025] + 50 worst_service <= 0",
                "worst[F]: - served[F,2025] + 55.00000000000001 worst_service <= 0",
            ])
    }
}
