import Headroom
import HeadroomTestSupport
import Testing

/// Rules, worked out on paper: each measure once with a share and once, where it may, with the sum itself.
struct RulesByHandTests {
    /// Ten more users want service in each. A unit of capacity costs 4 and earns 6 in A, 2 and 6 in B; the budget of
    /// 30 serves all ten in B and, at 10, 2.5 in A: 75.
    private let rows = [
        RegionRow("A", growth: 0.1, [.potentialUsers: 125], tags: ["zone": "west"]),
        RegionRow("B", growth: 0.1, revenue: 8, buildCost: 2, tags: ["zone": "east"]),
    ]
    private let west = [Rule.Tag(name: "zone", values: ["west"])]

    private func planned(
        _ rules: Rule..., rows: [RegionRow]? = nil, years: Int = 1, budget: Double? = 30
    ) throws -> PlanningCase {
        var planned = try PlanningCase.byHand(rows ?? self.rows, years: years) { $0.budget.total = budget }
        planned.rules = rules
        return planned
    }

    @Test("Without a rule the money goes where it earns most")
    func noRule() throws {
        #expect(try solve(planned()).built.isClose(to: [2.5, 10]))
    }

    @Test(
        "Floors and ceilings in the west",
        arguments: [
            // Money: five units in A, five in B; half of all the money: 15 each; a fifth: 5 beside 20.
            (Rule.Measure.investment, Rule.Bound.amount(20), nil as Rule.Bound?, [5.0, 5]),
            (.investment, .share(0.5), nil, [3.75, 7.5]),
            (.investment, nil, .amount(4), [1, 10]),
            (.investment, nil, .share(0.2), [1.25, 10]),
            // Capacity: six units for 24; as many as in B: 4 + 2 a pair; a tenth of eleven.
            (.newCapacity, .amount(6), nil, [6, 3]),
            (.newCapacity, .share(0.5), nil, [5, 5]),
            (.newCapacity, nil, .amount(2), [2, 10]),
            (.newCapacity, nil, .share(0.1), [10.0 / 9, 10]),
            // Users: 107; as many as in B; at most 101; half of all at most takes none from A before 100.
            (.servedUsers, .amount(107), nil, [7, 1]),
            (.servedUsers, .share(0.5), nil, [5, 5]),
            (.servedUsers, nil, .amount(101), [1, 10]),
            (.servedUsers, nil, .share(0.48), [1.5384615385, 10]),  // 101.538… of 211.538…
            // Use: a unit a user.
            (.usedCapacity, .amount(107), nil, [7, 1]),
            (.usedCapacity, .share(0.5), nil, [5, 5]),
            (.usedCapacity, nil, .amount(101), [1, 10]),
            // Service and coverage: 105 of 110, 105 of 125, 101 of each.
            (.serviceLevel, .share(105.0 / 110), nil, [5, 5]),
            (.serviceLevel, nil, .share(101.0 / 110), [1, 10]),
            (.coverage, .share(0.84), nil, [5, 5]),
            (.coverage, nil, .share(0.808), [1, 10]),
        ] as [(Rule.Measure, Rule.Bound?, Rule.Bound?, [Double])])
    func bounds(measure: Rule.Measure, atLeast: Rule.Bound?, atMost: Rule.Bound?, built: [Double]) throws {
        let rule = Rule(name: "west", measure: measure, atLeast: atLeast, atMost: atMost, tags: west)
        let plan = try solve(planned(rule))
        #expect(plan.built.isClose(to: built))
        #expect(plan.added.isClose(to: 6 * built[0] + 6 * built[1]))
        #expect(plan.reasons[0] == .budget || plan.reasons[0] == .rule("west"))
    }

    @Test("Utilization has a floor, which adoption meets, and a ceiling, which building meets")
    func utilization() throws {
        // Ten users of 60 % are won at 15 each, for 10.
        let idle = RegionRow("I", users: 50, idle: 50, [.potentialUsers: 80, .adoptionCost: 15])
        let floor = Rule(name: "use", measure: .utilization, atLeast: .share(0.6))
        #expect(try solve(planned(floor, rows: [idle], budget: nil)).won.isClose(to: [10]))
        // 110 users at 90 % take 122.2… units; 100 earn, as ten more users do, 1000 + 100 − 4 · 22.2….
        let ceiling = Rule(name: "use", measure: .utilization, atMost: .share(0.9))
        let plan = try solve(planned(ceiling, rows: [RegionRow(growth: 0.1)], budget: nil))
        #expect(plan.built.isClose(to: [22.2222222222]))
        #expect(plan.added.isClose(to: 11.1111111111))
        #expect(plan.reasons == [.rule("use")] || plan.reasons == [.allDemandMet])
    }

    @Test("Each region and year by itself, or all together")
    func each() throws {
        // 12 in every region: three units in A, nine in B. All together it is no bound.
        func plan(_ bound: Rule.Bound, each: Bool) throws -> Plan {
            try solve(planned(Rule(name: "fair", measure: .investment, atLeast: bound, each: each)))
        }
        #expect(try plan(.amount(12), each: true).built.isClose(to: [3, 9]))
        #expect(try plan(.amount(12), each: false).built.isClose(to: [2.5, 10]))
        #expect(try plan(.share(0.5), each: true).built.isClose(to: [3.75, 7.5]))
        // Over two years each year by itself: 5 a region and year of 30 in all.
        let rule = Rule(name: "fair", measure: .investment, atLeast: .amount(5), each: true)
        let years = try solve(planned(rule, years: 2))
        for entry in yearlyBuilding(years) { #expect(entry >= 5 - 1e-6) }
        let share = Rule(name: "fair", measure: .investment, atMost: .share(0.5), each: true)
        let halves = yearlyBuilding(try solve(planned(share, years: 2)))
        #expect(halves[0].isClose(to: halves[2]))
        #expect(halves[1].isClose(to: halves[3]))
    }

    /// What is spent on building, region after region and year after year.
    private func yearlyBuilding(_ plan: Plan) -> [Double] {
        plan.planningCase.regions.indices.flatMap { plan.ledger.account(of: $0).spending.map { $0[.build] } }
    }

    @Test("Years count alone where they are named", arguments: [2025...2025, 2020...2025])
    func years(years: ClosedRange<Int>) throws {
        // Nothing in year 1: what could earn 2 · 10 − 4 from then on earns 10 − 4.
        let row = RegionRow(growth: 0.1, [.potentialUsers: 110])
        let rule = Rule(name: "later", measure: .investment, atMost: .amount(0), years: years)
        let plan = try solve(planned(rule, rows: [row], years: 2, budget: nil))
        #expect(plan.built.isClose(to: [0, 10]))
        #expect(plan.added.isClose(to: 60))
    }

    @Test("Levers narrow what counts")
    func levers() throws {
        // 30 must go into adoption: two users at 15, at a loss of 5 each.
        let idle = RegionRow("I", users: 50, idle: 50, growth: 0, [.potentialUsers: 80, .adoptionCost: 15])
        let rule = Rule(name: "win", measure: .investment, atLeast: .amount(30), levers: [.adoption])
        let plan = try solve(planned(rule, rows: [rows[0], idle], budget: nil))
        #expect(plan.won.isClose(to: [0, 2]))
        #expect(plan.built.isClose(to: [10, 0]))
        #expect(plan.added.isClose(to: 50))
        // Spending on links counts where the link ends.
        let full = RegionRow("F", growth: 0.1, buildCost: 20, tags: ["zone": "west"])
        let share = Rule(
            name: "share", measure: .investment, atMost: .amount(12), tags: west, levers: [.share])
        let linked = try planned(share, rows: [idle, full], budget: nil)
            .with(links: Link(0, 1, capacity: 0, cost: 3, buildCost: 4))
        #expect(try solve(linked).ledger.decisions.linkWidening[0].isClose(to: [3]))
    }

    @Test("Technologies narrow what counts", arguments: [Rule.Measure.newCapacity, .investment])
    func technologies(measure: Rule.Measure) throws {
        // Five units, or 30, of the dear one: 5 · 4 + 5 · 8. What is spent otherwise does not count.
        let row = RegionRow(growth: 0.1, [.potentialUsers: 110, .adoptionCost: 1])
        let rule = Rule(
            name: "dear", measure: measure, atLeast: .amount(measure == .investment ? 30 : 5),
            technologies: ["dear"])
        let plan = try solve(
            planned(rule, rows: [row], budget: nil).with(technologies: [
                Technology(name: "cheap", buildCost: 2), Technology(name: "dear", buildCost: 6),
            ]))
        #expect(plan.ledger.decisions.newCapacity.map { $0.listed[0] }.isClose(to: [5, 5]))
        #expect(plan.added.isClose(to: 60))
    }

    @Test("A list of values matches any of them, several tags must all match")
    func scope() throws {
        let planned = try planned()
        func scope(_ tags: Rule.Tag...) -> [Int] {
            Rule(name: "", measure: .investment, tags: tags).scope(in: planned.regions).map(\.position)
        }
        #expect(scope() == [0, 1])
        #expect(scope(.init(name: "zone", values: ["west", "east"])) == [0, 1])
        #expect(scope(.init(name: "zone", values: ["west"]), .init(name: "region", values: ["B"])).isEmpty)
        #expect(scope(.init(name: "name", values: ["B", "C"])) == [1])
    }

    @Test("Where no plan holds the rules, the clash is named with what would do")
    func infeasible() throws {
        // All ten users of A cost 40, and there are 30; with 30, 7.5 of them.
        let rule = Rule(name: "all", measure: .serviceLevel, atLeast: .share(1), tags: west)
        let failure = #expect(throws: PlanningFailure.self) { try solve(planned(rule)) }
        guard case .impossible(let clash) = failure else {
            Issue.record("ended with \(String(describing: failure))")
            return
        }
        #expect(Set(clash.members) == [.budget, .rule(index: 0, name: "all")])
        #expect(clash.minimumBudget.isClose(to: 40))
        guard case .share(let share) = clash.changes.first?.to else {
            Issue.record("no change of the rule is named")
            return
        }
        #expect(share.isClose(to: 107.5 / 110))
    }

    @Test("Two rules that clash are both named, and nothing else")
    func clashingRules() throws {
        let floor = Rule(name: "floor", measure: .newCapacity, atLeast: .amount(5), tags: west)
        let loose = Rule(name: "loose", measure: .investment, atMost: .amount(1000))
        let ceiling = Rule(name: "ceiling", measure: .investment, atMost: .amount(8), tags: west)
        let failure = #expect(throws: PlanningFailure.self) { try solve(planned(floor, loose, ceiling)) }
        guard case .impossible(let clash) = failure else {
            Issue.record("ended with \(String(describing: failure))")
            return
        }
        #expect(
            Set(clash.members) == [.rule(index: 0, name: "floor"), .rule(index: 2, name: "ceiling")])
        #expect(clash.minimumBudget == nil)
    }

    /// What clashes, and a test that each change that is named would do.
    private func clash(of rule: Rule) throws -> InfeasibleSubsystem {
        let failure = #expect(throws: PlanningFailure.self) { try solve(planned(rule)) }
        guard case .impossible(let clash) = failure else {
            throw try #require(failure)
        }
        for change in clash.changes {
            var mended = rule
            if change.isLower { mended.atLeast = change.safe } else { mended.atMost = change.safe }
            #expect(throws: Never.self) { try solve(planned(mended)) }
        }
        return clash
    }

    @Test("A rule whose own bounds cross is told as that, and either bound could give way")
    func crossing() throws {
        let rule = Rule(
            name: "rule 1", measure: .investment, atLeast: .amount(20), atMost: .amount(12), tags: west)
        let clash = try clash(of: rule)
        #expect(
            clash.text(try planned().assumptions) == """
                No plan can satisfy rule 1, whatever else is given up; without it there is one.
                Of rule 1 at_least 20 is above at_most 12.
                Rule 1 would do with at_least 12 instead of 20.
                Rule 1 would do with at_most 20 instead of 12.
                """)
    }

    @Test("A share of what the plan itself decides has a nearest one too")
    func nearestShare() throws {
        // Of what is spent at most all can be spent in A; utilization ends at max_utilization.
        let share = Rule(name: "most", measure: .utilization, atLeast: .share(1.25), tags: west)
        let clash = try clash(of: share)
        #expect(clash.members == [.rule(index: 0, name: "most")])
        #expect(clash.changes.map(\.safe) == [.share(1)])
        #expect(clash.text(try planned().assumptions).hasSuffix("at_least 100 % instead of 125 %."))
    }

    @Test("Where both bounds of a rule hold by themselves, the one that clashes is to change")
    func oneOfTwoBounds() throws {
        let rule = Rule(
            name: "all", measure: .serviceLevel, atLeast: .share(1), atMost: .share(1.5), tags: west)
        #expect(try clash(of: rule).changes.map(\.isLower) == [true])
    }
}
