import Headroom
import HeadroomTestSupport
import Testing

/// What is said about a plan in a few lines, before and after it is solved.
struct SummaryTests {
    private func planned(_ change: (inout Assumptions) -> Void = { _ in }) throws -> PlanningCase {
        try .byHand([RegionRow("A", growth: 0.1), RegionRow("B", [.potentialUsers: 200])], years: 2) {
            $0.title = "Two valleys"
            $0.currency = "EUR"
            $0.discountRate = 0.08
            $0.budget.total = 30
            change(&$0)
        }
    }

    @Test("The summary holds plan and doing nothing side by side")
    func lines() throws {
        let plan = try solve(planned())
        let summary = PlanSummary(plan)
        #expect(summary.title == "Two valleys")
        #expect(summary.subtitle == "2025–2026, 2 regions, budget EUR 30, discount rate 8.0 %, goals: return")
        let lines = Dictionary(uniqueKeysWithValues: summary.lines.map { ($0.label, $0) })
        // 30 buys 7.5 units, for 7.5 of the ten users who are new in year 1, and of the 21 in year 2.
        #expect(lines["Investment"]?.doNothing == "EUR 0")
        #expect(lines["Investment"]?.plan == "EUR 30")
        #expect(lines["Users served 2026"]?.doNothing == "200")
        #expect(lines["Users served 2026"]?.plan == "207.5")
        #expect(lines["Users served 2026"]?.remark == "200 in 2024")
        #expect(lines["Utilization 2026"]?.plan == "100.0 %")
        #expect(lines["Return"]?.doNothing == "–")
    }

    @Test("The summary says what the last unit of money adds")
    func priceOfMoney() throws {
        // A unit of money buys a quarter of a user for two years: (10/1.08 + 10/1.08² − 4/1.08) / 4.
        #expect(
            PlanSummary(try solve(planned())).remarks == [
                "One more EUR of budget, all its rows together, adds EUR 3.532 to the best return, up to EUR 40."
            ])
        let rich = PlanSummary(try solve(planned { $0.budget.total = 1000 })).remarks
        #expect(rich.count == 2)
        #expect(rich.first == "More budget would add nothing to the return.")
        #expect(
            rich.last?.hasPrefix(
                "EUR 916 of the budget stays unspent: nothing left to buy pays (") == true)
        #expect(PlanSummary(try solve(planned { $0.budget = Budget() })).remarks.isEmpty)
    }

    @Test("The summary says what a plan loses whose first goal is another than the return")
    func loss() throws {
        let plan = try solve(RegionRow(growth: 0.1, revenue: 0.25)) {
            $0.objective.goals = [.serviceLevel, .return]
            $0.objective.years = 2025...2025
        }
        #expect(
            PlanSummary(plan).remarks == [
                "The plan loses money 37.5 against doing nothing: its first goal is service level.",
                "Goals count utilization and service over 2025.",
            ])
    }

    @Test("The summary names goals that are undefined, and a search that was stopped")
    func remarks() throws {
        let empty = RegionRow(users: 0, idle: 100, [.demandPerUser: 1])
        var plan = try solve(empty) { $0.objective.goals = [.serviceLevel, .return] }
        plan.stoppedAt = .return
        #expect(
            PlanSummary(plan).remarks == [
                "Goal service level is undefined here and was skipped.",
                "Stopped while maximising return: the plan holds all limits, but is not proved the best.",
            ])
    }

    @Test("The worst service has a line where it is a goal")
    func worstService() throws {
        var planned = try planned { $0.objective.goals = [.worstService, .return] }
        planned.assumptions.budget.total = 8
        let lines = PlanSummary(try solve(planned)).lines
        let line = try #require(lines.first { $0.label == "Worst service 2026" })
        #expect(line.doNothing == "82.6 %")
        // Of the 21 users of A who find no port, 2 for 4 each.
        #expect(line.plan == "84.3 %")
        #expect(line.remark == "the lowest of any region: A")
        #expect(try PlanSummary(solve(self.planned())).lines.allSatisfy { !$0.label.hasPrefix("Worst") })
    }

    @Test("A plan for the highest ratio says that it spends no more than it must")
    func leastSpending() throws {
        // Both regions want ten units; those of B earn twice as much, and the first half of the money goes there.
        let rich = RegionRow("B", growth: 0.1, revenue: 20)
        let plan = try solve(RegionRow("A", growth: 0.1), rich) {
            $0.budget.total = 60
            $0.objective.minimumSpend = .amount(15)
            $0.objective.goals = [.roi, .leastSpending]
        }
        #expect(plan.ledger.spending().isClose(to: 15))
        #expect(
            PlanSummary(plan).remarks.contains(
                "Goal roi spends the money 15 that objective.minimum_spend asks for and no more: the next money would "
                    + "lower the ratio."))
        #expect(try PlanSummary(solve(self.planned())).remarks.allSatisfy { !$0.contains("roi") })
    }

    @Test("With whole modules the summary says how near each goal is to its bound, rounded up")
    func gaps() throws {
        var plan = try solve(RegionRow(growth: 0.1)) { $0.objective.goals = [.return, .utilization] }
        plan.goals[0].gap = 1.23401e-3
        plan.goals[1].gap = 1e-8
        #expect(
            PlanSummary(plan).remarks.last
                == "With whole modules: return within 0.1235 %, utilization within 0.0001 % of the proved bound."
        )
        plan.goals[1].gap = nil
        plan.goals[1].best = nil
        #expect(
            PlanSummary(plan).remarks.last
                == "With whole modules: return within 0.1235 % of the proved bound.")
    }

    @Test("The case is summed up before it is solved")
    func caseSummary() throws {
        let planned = try planned { $0.budget = Budget(total: 30, yearly: [10, 20], carryOver: true) }
        let table = RegionTable([RegionRow("A", growth: 0.1), RegionRow("B", [.potentialUsers: 200])])
        let summary = CaseSummary(planned, table)
        let lines = Dictionary(uniqueKeysWithValues: summary.lines.map { ($0.label, $0.value) })
        #expect(lines["Planning years"] == "2025–2026")
        #expect(lines["Budget"] == "EUR 30 in all; EUR 10, EUR 20 a year, unspent money carried over")
        #expect(lines["Adoption"] == "100.0 % at cost × 1.0; 100.0 % kept from year to year")
        #expect(lines["Users"] == "200")
        #expect(lines["Potential users"] == "200 in 1 region, no cap in the others")
        #expect(lines["Utilization"] == "100.0 %")
        #expect(summary.columns.rows.contains([.text("users"), .text("users"), .text("given")]))
        #expect(
            summary.columns.rows.contains([
                .text("potential_users"), .text("users"), .text("given in 1, else no cap"),
            ]))
    }

    @Test("Technologies, links and rules are summed up in words")
    func tablesSummary() throws {
        var planned = try planned { $0.capacityUnit = "port" }
        planned.technologies = [
            Technology(name: "fibre", buildCost: 700, operatingCost: 12, lifetime: 25, leadTime: 1),
            Technology(name: "radio", buildCost: 300, lifetime: 1, yearlyLimit: 50, module: 5),
        ]
        planned.overrides = [[:], [RegionIndex(0): CostOverride(buildCost: 5)]]
        planned.links = [
            Link(from: RegionIndex(0), to: RegionIndex(1), capacity: 1200, cost: 1),
            Link(from: RegionIndex(1), to: RegionIndex(0), capacity: 0.5, cost: 1, buildCost: 4),
        ]
        var floor = Rule(name: "floor", measure: .investment, atLeast: .share(0.3))
        floor.tags = [.init(name: "zone", values: ["west", "north"])]
        floor.years = 2026...2040
        floor.levers = [.adoption]
        planned.rules = [
            floor,
            Rule(name: "all", measure: .serviceLevel, atLeast: .share(0.95), atMost: .share(1.2), each: true),
            Rule(name: "few", measure: .newCapacity, atMost: .amount(5000), technologies: ["radio"]),
        ]
        let table = RegionTable([RegionRow("A"), RegionRow("B")])
        let summary = CaseSummary(planned, table)
        #expect(
            summary.lines.drop { $0.label != "Technology" }.map { "\($0.label): \($0.value)" } == [
                "Technology: fibre: EUR 700 per port, EUR 12 a year to run it, in service for 25 years, ready after 1 year",
                "Technology: radio: EUR 300 per port, EUR 0 a year to run it, in service for 1 year, "
                    + "at most 50 port a region and year, in whole modules of 5 port",
                "Cost overrides: 1, of a technology in a region each",
                "Links: 2, 1,200.5 port together, 1 can be widened",
                "Rule “floor”: investment (adoption alone) at least 30 % of all regions', zone west or north, 2026",
                "Rule “all”: service level at least 95 % and at most 120 %, all regions, 2025–2026, "
                    + "in each region and year by itself",
                "Rule “few”: new capacity (radio alone) at most 5,000 port, all regions, 2025–2026",
            ])
        #expect(
            summary.columns.rows.contains([
                .text("build_cost"), .text("money / capacity unit"),
                .text("given, not used: the technologies have their own"),
            ]))
    }
}
