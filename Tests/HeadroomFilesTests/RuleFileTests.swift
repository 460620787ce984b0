import Headroom
import HeadroomFiles
import Testing

/// The rules of `plan.yaml`.
struct RuleFileTests {
    private func rules(_ text: String) throws -> [Rule] {
        let loaded = try PlanFiles(plan: PlanFiles.plan + "rules:\n" + text).load()
        #expect(loaded.diagnostics.isEmpty)
        return loaded.planningCase.rules
    }

    @Test("Every key of a rule is read")
    func everyKey() throws {
        let text = """
              - name: western floor
                regions: {zone: [west, north], region: a}
                years: [2026, 2027]
                measure: investment
                at_least: 30%
                at_most: 5e6
                levers: [build, share]
                technologies: capacity
                each: true
              - measure: new_capacity
                at_most: 7
                years: 2026
                levers: build

            """
        #expect(
            try rules(text) == [
                Rule(
                    name: "western floor", measure: .investment, atLeast: .share(0.3), atMost: .amount(5e6),
                    tags: [
                        .init(name: "zone", values: ["west", "north"]), .init(name: "region", values: ["a"]),
                    ],
                    years: 2026...2027, levers: [.build, .share], technologies: ["capacity"], each: true),
                Rule(
                    name: "rule 2", measure: .newCapacity, atMost: .amount(7), years: 2026...2026,
                    levers: [.build]),
            ])
    }

    @Test(
        "Only % makes a share of a sum",
        arguments: ["investment", "new_capacity", "used_capacity", "served_users"])
    func sums(measure: String) throws {
        #expect(try rules("  - {measure: \(measure), at_least: 3e6}\n")[0].atLeast == .amount(3e6))
        #expect(try rules("  - {measure: \(measure), at_least: 30%}\n")[0].atLeast == .share(0.3))
    }

    @Test("A measure that is a share is one with and without %", arguments: ["service_level", "utilization"])
    func shares(measure: String) throws {
        #expect(try rules("  - {measure: \(measure), at_most: 0.95}\n")[0].atMost == .share(0.95))
        #expect(try rules("  - {measure: \(measure), at_most: 95%}\n")[0].atMost == .share(0.95))
    }

    struct Wrong: CustomTestStringConvertible {
        /// An item that stands on line 5, from column 5 on.
        var item: String
        var column: Int
        var message: String

        init(_ item: String, _ column: Int, _ message: String) {
            self.item = item
            self.column = column
            self.message = message
        }

        var testDescription: String { item }
    }

    private static let measures =
        "investment, new_capacity, served_users, used_capacity, service_level, coverage, utilization"

    @Test(
        "What cannot be in a rule has its line and column, and the closest name",
        arguments: [
            Wrong("{at_least: 5}", 5, "rules.measure is missing, expected one of \(measures)"),
            Wrong("{measure: 5}", 15, "rules.measure is “5”, expected one of \(measures)"),
            Wrong(
                "{measure: investmnt, at_least: 5}", 15,
                "rules.measure is “investmnt”, expected one of \(measures); did you mean `investment`?"),
            Wrong("{measure: investment}", 5, "rule 1 has no bound, expected at_least or at_most"),
            Wrong(
                "{measure: investment, atleast: 5, at_most: 9}", 27,
                "unknown key `atleast` in `rules`; did you mean `at_least`?"),
            Wrong(
                "{measure: investment, at_most: -1}", 36,
                "rules.at_most is “-1”, expected a number at least 0"),
            Wrong(
                "{measure: investment, at_most: 9, levers: [bild]}", 48,
                "rules.levers is “bild”, expected one of build, adoption, share, credit; did you mean `build`?"
            ),
            Wrong(
                "{measure: investment, at_most: 9, each: often}", 45,
                "rules.each is “often”, expected true or false"),
            Wrong(
                "{measure: investment, at_most: 9, years: soon}", 46,
                "rules.years is “soon”, expected a year, or [first, last]"),
            Wrong(
                "{measure: investment, at_most: 9, years: [2025, 50%]}", 46,
                "rules.years is a list, expected a year, or [first, last]"),
            Wrong(
                "{measure: investment, at_most: 9, years: 2024}", 46,
                "rule 1: years 2024–2024 lie outside the horizon 2025–2027"),
            Wrong(
                "{measure: investment, at_most: 9, regions: west}", 48,
                "rules.regions is “west”, expected tags with values, such as {zone: west}"),
            Wrong(
                "{measure: investment, at_most: 9, regions: {zone: north}}", 48,
                "rule 1: no region has zone north"),
            Wrong(
                "{measure: investment, at_most: 9, technologies: [fibre]}", 53,
                "rule 1: unknown technology `fibre`, expected one of capacity"),
            Wrong(
                "{measure: coverage, at_least: 50%, name: cover}", 15,
                "rule “cover”: coverage needs potential_users in every region of the rule; a has none"),
        ])
    func wrong(wrong: Wrong) throws {
        let files = try PlanFiles(plan: PlanFiles.plan + "rules:\n  - \(wrong.item)\n")
        #expect(try files.diagnostics() == ["plan.yaml:5:\(wrong.column): error: \(wrong.message)"])
    }

    @Test(
        "What a rule probably does not mean is a warning, or a note",
        arguments: [
            Wrong(
                "{measure: served_users, at_least: 95}", 39,
                "warning: rule 1: at_least 95 bounds a sum (served users) that comes to 129.0 k or so; "
                    + "write 95% if a share is meant"),
            Wrong(
                "{measure: investment, at_least: 0.3}", 37,
                "warning: rule 1: at_least 0.3 bounds a sum (investment) that comes to 50.0 k or so; "
                    + "write 30% if a share is meant"),
            Wrong(
                "{measure: service_level, at_least: 95, name: all}", 40,
                "warning: rule “all”: at_least 95 means 9,500 %; write 95% for 95 %?"),
            Wrong(
                "{measure: utilization, at_least: 95%, regions: {zone: west}}", 38,
                "warning: rule 1: at_least 95 % is above max_utilization 90 % of the rule's regions: "
                    + "no plan can use that much"),
            Wrong(
                "{measure: investment, at_least: 30e3, at_most: 20e3}", 37,
                "warning: rule 1: at_least 30,000 is above at_most 20,000"),
            Wrong(
                "{measure: investment, at_most: 30e3, years: [2026, 2040]}", 49,
                "note: rule 1: of the years 2026–2040 those outside the horizon 2025–2027 do not count"),
        ])
    func unlikely(wrong: Wrong) throws {
        let regions = PlanFiles.regions.replacing(",100,200,100,", with: ",1e4,2e4,1e4,")
            .replacing(",250,400,150,", with: ",25e3,4e4,15e3,").replacing(
                ",80,100,20,", with: ",8e3,1e4,2e3,")
        let plan =
            PlanFiles.plan.replacing("years: 3", with: "years: 3\nmax_utilization: 90%").replacing(
                "base_year: 2024\n", with: "") + "base_year: 2024\nbudget: {total: 50e3}\nrules:\n  - "
        let found = try PlanFiles(plan: plan + "\(wrong.item)\n", regions: regions).diagnostics()
        #expect(found == ["plan.yaml:7:\(wrong.column): \(wrong.message)"])
    }

    @Test("An amount that is no small part of its sum is no forgotten %")
    func amounts() throws {
        let plan =
            PlanFiles.plan + "rules:\n  - {measure: served_users, at_least: 95, regions: {region: a}}\n"
        #expect(try PlanFiles(plan: plan).diagnostics().isEmpty)
    }

    @Test("A tag that the table does not have is told the ones it has")
    func unknownTag() throws {
        let item = "{measure: investment, at_most: 9, regions: {zon: west}}"
        let found = try PlanFiles(plan: PlanFiles.plan + "rules:\n  - \(item)\n").diagnostics()
        #expect(
            found == [
                "plan.yaml:5:48: error: rule 1: unknown column `zon`, expected one of zone, region, name"
            ])
    }

    @Test("All problems of all rules are told in one run")
    func allProblems() throws {
        let text =
            "rules:\n  - {measure: x, at_most: 1}\n  - {measure: investment}\n  - {measure: coverage, at_most: 1}\n"
        let found = try PlanFiles(plan: PlanFiles.plan + text).diagnostics()
        #expect(found.map { $0.prefix(12) } == ["plan.yaml:5:", "plan.yaml:6:", "plan.yaml:7:"])
    }

    @Test("Coverage is taken where every region of the rule has potential users")
    func coverage() throws {
        let regions = PlanFiles.region(["potential_users": "150"])
        let files = try PlanFiles(
            plan: PlanFiles.plan + "rules:\n  - {measure: coverage, at_least: 50%}\n", regions: regions)
        #expect(try files.load().planningCase.rules[0].atLeast == .share(0.5))
    }
}
