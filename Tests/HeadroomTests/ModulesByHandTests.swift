import Headroom
import HeadroomTestSupport
import Testing

/// Capacity that comes in whole modules, worked out on paper.
struct ModulesByHandTests {
    private func solve(
        _ row: RegionRow, years: Int = 1, _ technologies: Technology...,
        change: (inout Assumptions) -> Void = { _ in }
    ) throws -> Plan {
        let planned = try PlanningCase.byHand([row], years: years, change: change)
        return try HeadroomTests.solve(planned.with(technologies: technologies))
    }

    @Test("The number of modules is whole, and the better one", arguments: [(4.0, 12.0, 52.0), (7, 8, 24)])
    func whole(cost: Double, built: Double, added: Double) throws {
        // Ten users more want service. Three modules of four serve all of them for 12 · cost, two modules eight of
        // them for 8 · cost: 100 − 48 against 80 − 32, 100 − 84 against 80 − 56.
        let plan = try solve(RegionRow(growth: 0.1), Technology(name: "box", buildCost: cost, module: 4))
        #expect(plan.built == [built])
        #expect(plan.added.isClose(to: added))
        #expect(plan.status == .optimal)
    }

    @Test("Whole modules are not the relaxed plan rounded")
    func knapsack() throws {
        // Money for 100. Big modules, six units for 54, are the cheaper: one of them is left after rounding, which
        // earns 120 − 54. Two small ones, five units for 50 each, earn 200 − 100.
        let plan = try solve(
            RegionRow(growth: 0.2, revenue: 20), Technology(name: "big", buildCost: 9, module: 6),
            Technology(name: "small", buildCost: 10, module: 5)
        ) { $0.budget.total = 100 }
        #expect(plan.ledger.decisions.newCapacity == [[0], [10]])
        #expect(plan.added.isClose(to: 100))
        #expect(try #require(plan.gap) <= 1e-6)
    }

    @Test("The gap that is reported is no less than what the plan misses", arguments: [0, 1e-6, 0.1, 0.5])
    func gap(allowed: Double) throws {
        let modules = (2...7).map {
            Technology(name: "m\($0)", buildCost: 3 + 0.1 * Double($0), module: Double($0))
        }
        func plan(_ gap: Double) throws -> Plan {
            let planned = try PlanningCase.byHand([RegionRow(growth: 0.29)]) {
                $0.budget.total = 75
                $0.objective.gap = gap
            }
            return try HeadroomTests.solve(planned.with(technologies: modules))
        }
        let exact = try plan(0)
        let near = try plan(allowed)
        let gap = try #require(near.gap)
        #expect(gap <= allowed + 1e-9)
        #expect(near.added >= exact.added - (gap + 1e-9) * max(abs(exact.added), abs(near.added)))
        #expect(near.added <= exact.added * (1 + 1e-9))
    }

    @Test("A yearly limit below one module leaves nothing to build")
    func limitBelowModule() throws {
        let plan = try solve(
            RegionRow(growth: 0.3), Technology(name: "box", buildCost: 1, yearlyLimit: 9.9, module: 10))
        #expect(plan.built == [0])
        #expect(plan.added == 0)
    }

    @Test("A limit that is a whole number of modules loses none to rounding")
    func limitOfWholeModules() throws {
        // In floating point 0.3/0.1 is below 3.
        let plan = try solve(
            RegionRow(growth: 0.3), Technology(name: "box", buildCost: 1, yearlyLimit: 0.3, module: 0.1))
        #expect(plan.built.isClose(to: [0.3], within: 1e-12))
    }

    @Test("A limit between two whole numbers of modules stops at the lower one")
    func limitBetween() throws {
        let row = RegionRow(growth: 0.3, [.yearlyBuildLimit: 19])
        let plan = try solve(row, years: 2, Technology(name: "box", buildCost: 1, module: 6))
        #expect(plan.built == [18, 18])
    }

    @Test(
        "The whole modules of other goals are whole too", arguments: [Goal.utilization, .serviceLevel, .roi])
    func otherGoals(goal: Goal) throws {
        let plan = try solve(
            RegionRow(growth: 0.1, [.potentialUsers: 150, .adoptionCost: 3]),
            Technology(name: "box", buildCost: 4, module: 4)
        ) {
            $0.objective.goals = [goal, .return]
            $0.objective.minimumSpend = .amount(10)
        }
        #expect(plan.built[0].truncatingRemainder(dividingBy: 4) == 0)
        switch goal {
        case .utilization:
            // Everything that is built is filled: by demand, or by adoption at 3.
            #expect(plan.reached(.utilization).isClose(to: 1))
        case .serviceLevel:
            // 150 users over 110, with thirteen modules.
            #expect(plan.reached(.serviceLevel).isClose(to: 150.0 / 110))
            #expect(plan.built == [52])
        default:
            // Two modules filled by those who want service earn 80 − 32 for 32: (80 − 32)/32. A third one takes two
            // users at 3: (120 − 48 − 6)/54 is less; one alone earns 40 − 16 for 16, the same ratio as two, and two
            // earn more.
            #expect(plan.reached(.roi).isClose(to: 1.5))
            #expect(plan.built == [8])
        }
    }

    @Test("Money has no price where modules are whole")
    func noPrice() throws {
        let plan = try solve(
            RegionRow(growth: 0.2), Technology(name: "box", buildCost: 4, module: 5)
        ) { $0.budget.total = 50 }
        #expect(plan.built == [10])
        #expect(plan.shadowPrices?.total == nil)
        #expect(plan.shadowPrices?.allRows == nil)
    }
}
