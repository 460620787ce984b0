import GLPKSolver
import Headroom
import HeadroomTestSupport
import LinearProgramming
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
        #expect(plan.ledger.decisions.newCapacity.map(\.listed) == [[0], [10]])
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

    @Test("Stopped before the search found anything, the relaxation rounded is the plan, its gap proved")
    func stopped() throws {
        // Ten users want service: two modules and a half earn 100 − 40. Two earn 80 − 32, three 100 − 48.
        let planned = try PlanningCase.byHand([RegionRow(growth: 0.1)])
            .with(technologies: [Technology(name: "box", buildCost: 4, module: 4)])
        let solver = AlteredSolver(GLPKSolver()) { program, result in
            program.hasIntegers ? SolverResult(termination: .timeLimit) : result
        }
        let plan = try Planner(solver: solver).plan(planned)
        #expect(plan.status == .feasible)
        #expect(plan.stoppedAt == .return)
        #expect(plan.built == [12])
        #expect(plan.goals[0].best == nil)
        #expect(plan.gap.isClose(to: 8.0 / 52))
        #expect(plan.goals[0].gap == plan.gap)
    }

    @Test("Stopped in a later goal, the plan is one that keeps the goals before, and each gap is its own")
    func stoppedLater() throws {
        let planned = try PlanningCase.byHand([RegionRow(growth: 0.1), RegionRow("B", growth: 0.2)]) {
            $0.objective.goals = [.return, .servedUsers]
            $0.objective.tolerance = 0.5
        }.with(technologies: [Technology(name: "box", buildCost: 9, module: 4)])
        let calls = CallCounter()
        let solver = AlteredSolver(GLPKSolver()) { program, result in
            program.hasIntegers && calls.next() > 1 ? SolverResult(termination: .timeLimit) : result
        }
        let plan = try Planner(solver: solver).plan(planned)
        #expect(plan.stoppedAt == .servedUsers)
        // In A two modules earn 80 − 72, in B five 200 − 180.
        #expect(plan.goals[0].best.isClose(to: 28))
        #expect(plan.goals[0].gap.isClose(to: 0))
        #expect(plan.added >= 14 - 1e-6)
        let gap = try #require(plan.goals[1].gap)
        #expect(plan.goals[1].value.isClose(to: 228) || gap > 0)
        #expect(plan.gap == gap)
    }

    @Test("A goal whose best is nothing has no gap")
    func leastSpending() throws {
        let plan = try solve(
            RegionRow(growth: 0.3), Technology(name: "box", buildCost: 1, module: 7)
        ) { $0.objective.goals = [.leastSpending, .return] }
        #expect(plan.goals[0].best == 0)
        #expect(plan.goals[0].gap == 0)
        #expect(plan.built == [0])
    }

    @Test("What the plan misses of a ratio is within its gap", arguments: [1e-6, 0.01, 0.2])
    func ratioGap(allowed: Double) throws {
        for goal in [Goal.roi, .utilization] {
            func plan(_ gap: Double) throws -> Plan {
                let rows = [RegionRow(growth: 0.13), RegionRow("B", idle: 20, growth: 0.31)]
                let planned = try PlanningCase.byHand(rows) {
                    $0.objective.goals = [goal]
                    $0.objective.gap = gap
                    $0.objective.minimumSpend = .amount(30)
                    $0.budget.total = 90
                }
                return try HeadroomTests.solve(
                    planned.with(
                        technologies: [3, 5, 7].map {
                            Technology(name: "m\($0)", buildCost: 5 - 0.2 * $0, module: $0)
                        }))
            }
            let exact = try #require(plan(0).goals[0].best)
            let near = try plan(allowed).goals[0]
            let gap = try #require(near.gap)
            let best = try #require(near.best)
            #expect(gap <= allowed + 1e-9)
            #expect(best >= exact - gap * max(1, abs(best)) - 1e-9)
            #expect(best <= exact + 1e-9)
        }
    }

    @Test("Regions and years that stand for each other do not keep the search from its proof")
    func standIns() throws {
        // Links and one budget let any region's module stand for any other's, in any year. Branching on
        // single columns alone does not end within half a minute.
        func row(_ id: String, _ users: Double, _ idle: Double, _ growth: Double, _ potential: Double)
            -> RegionRow
        {
            RegionRow(
                id, users: users, capacity: users + idle, idle: idle, growth: growth, revenue: 280,
                [.potentialUsers: potential, .adoptionCost: 350])
        }
        let rows = [
            row("A", 46000, 6000, 0.04, 60000), row("B", 21000, 19000, 0.12, 45000),
            row("C", 3000, 6000, 0.06, 12000), row("D", 14000, 2000, 0.09, 30000),
        ]
        let plan = try HeadroomTests.solve(
            PlanningCase.byHand(rows, years: 5) {
                $0.objective.goals = [.servedUsers]
                $0.growth = .logistic
                $0.maxUtilization = 0.9
                $0.discountRate = 0.08
                $0.adoption.retention = 0.9
                $0.adoption.steps = [.init(share: 0.3, costFactor: 1), .init(share: 0.4, costFactor: 2)]
                $0.budget = Budget(total: 30e6, yearly: [Double](repeating: 10e6, count: 5), carryOver: true)
            }
            .with(technologies: [
                Technology(name: "large", buildCost: 700, operatingCost: 40, lifetime: 15, module: 500),
                Technology(name: "small", buildCost: 900, operatingCost: 45, lifetime: 15, module: 50),
            ])
            .with(links: Link(1, 0, capacity: 3000, cost: 20), Link(1, 3, capacity: 2000, cost: 25)))
        #expect(plan.status == .optimal)
        #expect(try #require(plan.gap) <= 1e-6)
    }
}
