import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// What an explanation says, seen to by making the change that it names.
struct ExplanationTests {
    private let planner = Planner(solver: GLPKSolver())

    @Test("By hand: every sentence about a region that gets nothing")
    func byHand() throws {
        let rich = RegionRow("A", growth: 0.1)
        let modest = RegionRow("B", growth: 0.1, revenue: 6.1234)
        let planned = try PlanningCase.byHand([rich, modest]) { $0.budget.total = 20 }
        let explanation = try planner.explain(planned, RegionIndex(1))
        let text = ExplanationText(explanation)
        #expect(
            text.sections.map(\.sentences) == [
                ["Investment money 0. Why no more: budget."],
                ["build: the next money in 2025 earns money 0.531, elsewhere money 1.500."],
                ["In 2025 9.09 % of those who want service find no capacity."],
                [
                    "A build cost of money 2.448 a unit (now 4): money would come for build "
                        + "(--scale build_cost@region=B=0.612); at 2.452: none would.",
                    "Revenue of money 10.0056 a user and year (now 6.1234): money would come "
                        + "(--scale revenue_per_user@region=B=1.634); at 9.9995: none would.",
                ],
            ])
    }

    @Test("By hand: what the last money earns, and a limit that binds")
    func bindingLimit() throws {
        let limited = RegionRow("A", growth: 0.3, [.yearlyBuildLimit: 10])
        let explanation = try planner.explain(try .byHand([limited]), RegionIndex(0))
        #expect(explanation.lastUnit.isClose(to: 1.5))
        #expect(explanation.margins.map(\.earns) == [nil])
        #expect(explanation.limits.map(\.change) == [.yearlyBuildLimit(1.01)])
        #expect(explanation.limits.first?.gain.isClose(to: 0.6) == true)
        let said = ExplanationText(explanation).sections.flatMap(\.sentences)
        #expect(said.contains("build: nothing left to buy."))
        #expect(said.contains("The yearly build limit 1 % higher would add money 0.60 to the best return."))
    }

    /// A random plan with technologies; links and rules where wanted.
    private func planned(_ seed: UInt64, links: Bool, rules: Bool) throws -> PlanningCase {
        let inputs = RandomInputs(seed: seed, regions: 6, years: 3)
        var planned = RandomNetwork(seed: seed, inputs).added(to: try inputs.planningCase())
        for index in planned.technologies.indices { planned.technologies[index].module = nil }
        if !links { planned.links = [] }
        if !rules { planned.rules = [] }
        planned.assumptions.objective.goals = [.return]
        return planned
    }

    private func explanations(
        _ planned: PlanningCase, _ method: Planner.Method = .automatic
    ) throws -> [Explanation] {
        let planner = Planner(solver: GLPKSolver(), method: method)
        do {
            return try [0, 3].map { try planner.explain(planned, RegionIndex($0)) }
        } catch PlanningFailure.impossible {
            return []
        }
    }

    /// A whole program in which every region but one has the money that it has in a plan, and that one has other limits.
    private struct Held {
        var formulation: Formulation
        let explanation: Explanation
        private let ledger: Ledger

        init(_ explanation: Explanation) {
            self.explanation = explanation
            ledger = explanation.plan.ledger
            var free = explanation.plan.planningCase
            free.assumptions.budget = Budget()
            formulation = Formulation(free)
            for other in free.regions.indices where other != explanation.region {
                for year in free.assumptions.planningYears { hold(other, year, extra: 0) }
            }
        }

        mutating func hold(_ region: RegionIndex, _ year: Year, extra: Double) {
            var sum = LinearExpression()
            formulation.addSpending(of: region, in: year, to: &sum)
            formulation.program.addRow(
                "held", sum, upper: ledger.spending(region: region, year: year) + extra)
        }

        func spent(_ option: LeverOption, _ year: Year) -> Double {
            let point = explanation.region
            let planningCase = ledger.planningCase
            switch option {
            case .build(let technology): return ledger.buildSpending(point, technology, year)
            case .adoption(let step):
                return planningCase.adoptionCost(point, step: step)
                    * ledger.decisions.wonUsers[step][point, year]
            case .widening(let link):
                return planningCase.links[link].buildCost * ledger.decisions.linkWidening[link][year]
            case .credit: return ledger.spending(region: point, year: year, lever: .credit)
            }
        }

        func best() throws -> Double? {
            guard case .optimal(let optimum) = try GLPKSolver().certifiedSolve(formulation.program) else {
                return nil
            }
            return optimum.solution.objective
        }
    }

    @Test(
        "The next money in a lever earns what is said", arguments: 0..<UInt64(20),
        [Planner.Method.program, .prices])
    func margins(seed: UInt64, method: Planner.Method) throws {
        for explanation in try explanations(try planned(seed, links: false, rules: false), method) {
            let years = explanation.plan.planningCase.assumptions.planningYears
            var today = Held(explanation)
            for year in years { today.hold(explanation.region, year, extra: 0) }
            let value = try #require(try today.best())
            for margin in explanation.margins {
                guard let earns = margin.earns else { continue }
                var held = Held(explanation)
                for year in years {
                    held.hold(explanation.region, year, extra: year == margin.year ? margin.money : 0)
                }
                let sum = held.formulation.spending(on: margin.option, in: explanation.region, margin.year)
                held.formulation.program.addRow(
                    "earmark", sum, lower: held.spent(margin.option, margin.year) + margin.money)
                let gained = try #require(try held.best()) - value
                // A kink below so little money would make a part of it earn more.
                #expect(gained >= earns * margin.money - 1e-9 * abs(value))
                #expect(gained.isClose(to: earns * margin.money, within: 1e-3, size: 1e-7 * abs(value)))
            }
        }
    }

    @Test(
        "The last money earns what is lost without it", arguments: 0..<UInt64(20),
        [Planner.Method.program, .prices])
    func lastUnit(seed: UInt64, method: Planner.Method) throws {
        for explanation in try explanations(try planned(seed, links: false, rules: false), method) {
            guard let earned = explanation.lastUnit else { continue }
            let years = explanation.plan.planningCase.assumptions.planningYears
            var held = Held(explanation)
            var all = LinearExpression()
            for year in years {
                held.hold(explanation.region, year, extra: 0)
                held.formulation.addSpending(of: explanation.region, in: year, to: &all)
            }
            let value = try #require(try held.best())
            let money = 1e-4 * explanation.spendingAtBestReturn
            held.formulation.program.addRow("less", all, upper: explanation.spendingAtBestReturn - money)
            let lost = value - (try #require(try held.best()))
            #expect(lost.isClose(to: earned * money, within: 1e-3, size: 1e-7 * abs(value)))
        }
    }

    @Test(
        "With the change that is named money comes, with a smaller one it does not",
        arguments: 0..<UInt64(12), [Planner.Method.program, .prices])
    func entries(seed: UInt64, method: Planner.Method) throws {
        let planned = try planned(seed, links: method == .program && seed % 2 == 0, rules: seed % 3 == 0)
        for explanation in try explanations(planned, method) {
            for entry in explanation.entries {
                func comes(_ change: RegionChange) throws -> Bool {
                    let plan = try solve(planned.with(change, in: explanation.region))
                    let spent = plan.ledger.spending(region: explanation.region, lever: entry.lever)
                    return spent > max(1e-6 * plan.ledger.spending(), 1e-9 * plan.moneySize)
                }
                #expect(try comes(entry.with))
                #expect(try !comes(entry.without))
            }
        }
    }

    @Test(
        "A limit a hundredth higher adds what is said", arguments: 0..<UInt64(12),
        [Planner.Method.program, .prices])
    func limits(seed: UInt64, method: Planner.Method) throws {
        let planned = try planned(seed, links: method == .program, rules: seed % 2 == 0)
        for explanation in try explanations(planned, method) {
            for limit in explanation.limits {
                let changed = try solve(planned.with(limit.change, in: explanation.region))
                let gained = changed.added - explanation.plan.added
                #expect(gained.isClose(to: limit.gain, within: 1e-4, size: 1e-5 * explanation.plan.moneySize))
            }
        }
    }

    @Test("Many regions by prices get the explanation of one program", arguments: [1, 3] as [UInt64])
    func methods(seed: UInt64) throws {
        let inputs = RandomInputs(seed: seed, regions: 120, years: 3)
        let planned = try inputs.planningCase().with { $0.objective.goals = [.return] }
        let asProgram = Planner(solver: GLPKSolver(), method: .program)
        for region in [0, 60].map(RegionIndex.init) {
            let (one, other) = (
                try planner.explain(planned, region), try asProgram.explain(planned, region)
            )
            let size = one.plan.moneySize
            let isSame = one.spendingAtBestReturn.isClose(
                to: other.spendingAtBestReturn, within: 1e-6, size: 1e-6 * size)
            #expect(isSame)
            #expect(one.margins.map(\.option) == other.margins.map(\.option))
            for (margin, same) in zip(one.margins, other.margins) {
                #expect(margin.year == same.year)
                #expect((margin.earns ?? 0).isClose(to: same.earns ?? 0, within: 1e-6, size: 1e-3))
                #expect((margin.elsewhere ?? 0).isClose(to: same.elsewhere ?? 0, within: 1e-6, size: 1e-3))
            }
            #expect(one.limits.map(\.change) == other.limits.map(\.change))
            for (limit, same) in zip(one.limits, other.limits) {
                #expect(limit.gain.isClose(to: same.gain, within: 1e-4, size: 1e-6 * size))
            }
            #expect(one.entries == other.entries)
        }
    }

    @Test("A plan with whole modules is explained too")
    func modules() throws {
        let coarse = Technology(name: "coarse", buildCost: 3, module: 8)
        let planned = try PlanningCase.byHand([
            RegionRow("A", growth: 0.1), RegionRow("B", growth: 0.1, revenue: 5),
        ]) { $0.budget.total = 30 }.with(technologies: [coarse])
        let explanation = try planner.explain(planned, RegionIndex(1))
        #expect(explanation.plan.ledger.spending(region: RegionIndex(1)) == 0)
        #expect(explanation.margins.allSatisfy { $0.elsewhere == nil })
        for entry in explanation.entries {
            let plan = try solve(planned.with(entry.with, in: RegionIndex(1)))
            #expect(plan.ledger.spending(region: RegionIndex(1)) > 0)
        }
    }
}
