import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// Plans of small groups of linked regions solved by prices, against the same plans solved as one program.
struct LinkedDecompositionTests {
    private let byPrices = Planner(solver: GLPKSolver(), method: .prices)
    private let asProgram = Planner(solver: GLPKSolver(), method: .program)

    private func planned(_ seed: UInt64, regions: Int, years: Int = 3) throws -> PlanningCase {
        let inputs = RandomInputs(seed: seed, regions: regions, years: years)
        let network = RandomNetwork(seed: seed, inputs).inGroups(seed: seed, inputs)
        var planned = network.added(to: try inputs.planningCase())
        for index in planned.technologies.indices { planned.technologies[index].module = nil }
        return planned
    }

    @Test("Every goal reaches what one program reaches", arguments: 0..<UInt64(60))
    func goals(seed: UInt64) throws {
        let planned = try planned(seed, regions: 14)
        let plan: Plan
        do { plan = try asProgram.plan(planned) } catch PlanningFailure.impossible(let clash) {
            return byPrices.expectClash(clash, in: planned)
        }
        guard let same = try byPrices.planByPrices(planned) else { return }
        same.expectSame(as: plan)
        let size = plan.moneySize
        let nothing = (same.doNothing.totalNetPresentValue, plan.doNothing.totalNetPresentValue)
        #expect(nothing.0.isClose(to: nothing.1, within: 1e-9, size: size))
    }

    @Test(
        "Return on investment and least spending too", arguments: 0..<UInt64(16),
        [[Goal.roi, .return], [.return, .leastSpending], [.servedUsers], [.serviceLevel, .return]])
    func furtherGoals(seed: UInt64, goals: [Goal]) throws {
        let planned = try planned(seed, regions: 10).with {
            $0.objective.goals = goals
            $0.objective.minimumSpend = .share(0.2)
        }
        let plan: Plan
        do { plan = try asProgram.plan(planned) } catch is PlanningFailure { return }
        if let same = try byPrices.planByPrices(planned) { same.expectSame(as: plan) }
    }

    @Test("Samples lead to the same optimum and prices", arguments: [2, 6, 12] as [UInt64])
    func samples(seed: UInt64) throws {
        let planned = try planned(seed, regions: 700, years: 2).with { $0.objective.goals = [.return] }
        guard let plan = try byPrices.planByPrices(planned) else { return }
        let other = try asProgram.plan(planned)
        plan.expectSame(as: other)
        plan.expectSamePrices(as: other, reasonsApart: 1 / 50)
    }

    @Test(
        "No region is served worse than it could serve itself, also where users have a price",
        arguments: 0..<UInt64(10))
    func ownUsers(seed: UInt64) throws {
        var planned = try planned(seed, regions: 14).with { $0.objective.goals = [.return] }
        let served = try byPrices.doNothing(planned, SolverControl()).totals.servedUsers.reduce(0, +)
        planned.rules = [Rule(name: "hardly more", measure: .servedUsers, atMost: .amount(1.01 * served))]
        let plan = try #require(try byPrices.planByPrices(planned))
        plan.expectSame(as: try asProgram.plan(planned))
        for region in planned.regions.indices {
            let account = plan.ledger.account(of: region)
            for year in planned.assumptions.planningYears {
                let own = planned.ownUsers(region, year)
                #expect(account.servedUsers[year.ordinal - 1] >= own * (1 - 1e-9))
            }
        }
    }

    @Test(
        "Sweeps, prices of rules and explanations come to what programs say",
        arguments: [2, 5, 6, 8, 12] as [UInt64])
    func questions(seed: UInt64) throws {
        let planned = try planned(seed, regions: 12).with { $0.objective.goals = [.return] }
        let amount = try #require(planned.assumptions.budget.amount)
        let size = try asProgram.plan(planned).moneySize
        let request = SweepRequest(budgets: [0.4 * amount, 0.8 * amount, 1.3 * amount])
        let sweeps = try (byPrices.sweep(planned, request), asProgram.sweep(planned, request))
        for (point, same) in zip(sweeps.0.points, sweeps.1.points) {
            let best = (point.figures?.best ?? .nan, same.figures?.best ?? .nan)
            #expect(best.0.isClose(to: best.1, within: 1e-6, size: size))
        }
        let prices = try (byPrices.prices(of: planned), asProgram.prices(of: planned))
        for (rule, same) in zip(prices.0.rules, prices.1.rules) {
            #expect(rule.cost.isClose(to: same.cost, within: 1e-6, size: size), "\(rule)")
        }
        let linked = planned.links[0].to
        let told = try (byPrices.explain(planned, linked), asProgram.explain(planned, linked))
        #expect(told.0.margins.map(\.option) == told.1.margins.map(\.option))
        for (margin, same) in zip(told.0.margins, told.1.margins) {
            let earns = (margin.earns ?? .nan, same.earns ?? .nan)
            #expect(earns.0.isNaN && earns.1.isNaN || earns.0.isClose(to: earns.1, within: 1e-6, size: 1))
        }
        #expect(told.0.limits.map(\.change) == told.1.limits.map(\.change))
        for (limit, same) in zip(told.0.limits, told.1.limits) {
            #expect(limit.gain.isClose(to: same.gain, within: 1e-5, size: 1e-6 * size))
        }
    }

    @Test(
        "Groups of linked regions stand for their regions in samples, and are none where there are no links")
    func components() throws {
        var planned = try planned(3, regions: 8)
        planned.links = [
            Link(5, 2, capacity: 1, cost: 1),
            Link(7, 0, capacity: 1, cost: 1),
            Link(2, 6, capacity: 1, cost: 1),
            Link(0, 7, capacity: 1, cost: 1),
        ]
        let found = LinkComponents(planned)
        #expect(found.components.map { $0.regions.map(\.position) } == [[0, 7], [2, 5, 6]])
        #expect(found.components.map(\.links) == [[1, 3], [0, 2]])
        #expect(found.largest == 3 && found.regionCount == 5)
        #expect(found.place(of: RegionIndex(6)) == 1 && found.place(of: RegionIndex(1)) == nil)
        planned.links = []
        #expect(LinkComponents(planned).components.isEmpty)
    }

    @Test("The number of threads and the order of rows are without effect")
    func invariance() throws {
        let inputs = RandomInputs(seed: 6, regions: 120, years: 3)
        var planned = try inputs.planningCase()
        planned.links = RandomNetwork(seed: 6, inputs).inGroups(seed: 6, inputs).links
        let one = try Planner(solver: GLPKSolver(), threads: 1, method: .prices).plan(planned)
        let three = try Planner(solver: GLPKSolver(), threads: 3, method: .prices).plan(planned)
        let method = one.method
        #expect(method.contains("prices"))
        let isSame = one.ledger == three.ledger
        #expect(isSame)
        #expect(one.reasons == three.reasons)
        #expect(one.goals == three.goals)
        var reversed = inputs
        reversed.rows.reverse()
        var other = try reversed.planningCase()
        let last = planned.regions.count - 1
        other.links = planned.links.reversed().map { link in
            var link = link
            link.from = RegionIndex(last - link.from.position)
            link.to = RegionIndex(last - link.to.position)
            return link
        }
        let same = try Planner(solver: GLPKSolver(), threads: 2, method: .prices).plan(other)
        #expect(same.reasons.reversed() == one.reasons)
        for region in planned.regions.indices {
            let place = RegionIndex(last - region.position)
            #expect(same.ledger.spending(region: place) == one.ledger.spending(region: region))
        }
        for link in planned.links.indices {
            let flow = (same.ledger.decisions.linkFlow, one.ledger.decisions.linkFlow)
            #expect(flow.0[planned.links.count - 1 - link] == flow.1[link])
        }
    }

    @Test(
        "Links that join many regions, and links beside whole modules, make one program, and the log says so")
    func oneProgram() throws {
        let inputs = RandomInputs(seed: 4, regions: 25, years: 2)
        var ring = try inputs.planningCase().with { $0.objective.goals = [.return] }
        ring.links = RandomNetwork(seed: 4, inputs).links
        var lines: [String] = []
        let plan = try byPrices.plan(ring) { lines.append($0) }
        #expect(plan.method.contains("simplex"))
        #expect(lines.contains("links join 25 regions in one component: one program"))
        var modular = ring
        modular.links = [Link(0, 1, capacity: 1, cost: 1)]
        modular.technologies[0].module = 1000
        lines = []
        #expect(try byPrices.plan(modular) { lines.append($0) }.method.contains("simplex"))
        #expect(lines.contains("links beside whole modules: one program"))
    }
}
