import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// The trade-off between two goals, held against ranked goals that were solved by themselves.
struct FrontierTests {
    private func frontier(
        _ planned: PlanningCase, _ goals: [Goal], threads: Int = 2
    ) throws -> Frontier? {
        switch try Planner(solver: GLPKSolver(), threads: threads).frontier(of: planned, goals: goals) {
        case .frontier(let frontier): return frontier
        case .undefined, .noMinimumSpend, .manyRegions: return nil
        }
    }

    private func planned(_ seed: UInt64, _ goals: [Goal]) throws -> PlanningCase {
        let inputs = RandomInputs(seed: seed)
        var planned = RandomNetwork(seed: seed, inputs).added(to: try inputs.planningCase())
        for index in planned.technologies.indices { planned.technologies[index].module = nil }
        planned.assumptions.objective = Objective(goals: goals, tolerance: 0)
        if planned.assumptions.budget.isFree { planned.assumptions.budget = Budget(total: 1e6) }
        return planned
    }

    @Test(
        "At any value of the first goal the frontier has the best of the second", arguments: 0..<UInt64(40),
        [
            [Goal.return, .utilization], [.return, .servedUsers], [.roi, .servedUsers], [.roi, .utilization],
        ])
    func values(seed: UInt64, goals: [Goal]) throws {
        let planned = try planned(seed, goals)
        let frontier: Frontier?
        do {
            frontier = try self.frontier(planned, goals)
        } catch PlanningFailure.impossible {
            #expect(throws: PlanningFailure.self) { try Planner(solver: GLPKSolver()).plan(planned) }
            return
        }
        guard let frontier else { return }
        #expect(!frontier.isStopped && frontier.reachesEnds)
        let begin = try #require(frontier.corners.first?.first)
        let end = try #require(frontier.corners.last?.first)
        let firsts = frontier.corners.compactMap(\.first)
        let seconds = frontier.corners.compactMap(\.second)
        #expect(zip(firsts, firsts.dropFirst()).allSatisfy { $0 > $1 })
        #expect(zip(seconds, seconds.dropFirst()).allSatisfy { $0 < $1 })
        guard frontier.corners.count > 1 else { return }
        var random = SplitMix64(seed: seed)
        for _ in 0..<3 {
            let level = end + random.number(in: 0.02...0.98) * (begin - end)
            let best = try #require(try independentBest(planned, goals, level))
            let own = try #require(frontier.best(where: 0, is: level))
            #expect(own.isClose(to: best, within: 1e-6), "\(goals) at \(level) of \(end)...\(begin)")
        }
    }

    /// The second goal's best with the first one held at a level, by Dinkelbach's iteration.
    private func independentBest(_ planned: PlanningCase, _ goals: [Goal], _ level: Double) throws -> Double?
    {
        let planner = Planner(solver: GLPKSolver())
        let sorted = CanonicalOrder(planned).applied(to: planned)
        let doNothing = try planner.doNothing(sorted, SolverControl())
        var formulation = Formulation(sorted)
        let measure = GoalMeasure(goals[0], formulation, doNothing: doNothing.totalNetPresentValue)
        formulation.program.addFloor(of: goals[0], measure, level)
        var ranked = RankedGoals(
            formulation, goals: [goals[1]], doNothing: doNothing.totalNetPresentValue, start: nil,
            solver: GLPKSolver(), control: SolverControl())
        try ranked.run(breaksTies: false)
        return ranked.stages.first?.best
    }

    @Test(
        "A corner returns what the best plan with its two values does", arguments: 0..<UInt64(12),
        [
            [Goal.leastSpending, .servedUsers], [.servedUsers, .worstService], [.utilization, .serviceLevel],
            [.worstService, .leastSpending], [.roi, .servedUsers],
        ])
    func ties(seed: UInt64, goals: [Goal]) throws {
        let planned = try planned(seed, goals)
        let frontier: Frontier?
        do {
            frontier = try self.frontier(planned, goals)
        } catch PlanningFailure.impossible {
            return
        }
        guard let frontier else { return }
        for corner in frontier.corners {
            let first = try #require(corner.first)
            let second = try #require(corner.second)
            let best = try #require(try highestReturn(planned, Array(zip(goals, [first, second]))))
            #expect(corner.return.isClose(to: best, within: 1e-5), "\(goals) at \(first), \(second)")
        }
    }

    /// The return of a plan with goals held at values, but for rounding.
    private func highestReturn(_ planned: PlanningCase, _ held: [(Goal, Double)]) throws -> Double? {
        let sorted = CanonicalOrder(planned).applied(to: planned)
        let doNothing = try Planner(solver: GLPKSolver()).doNothing(sorted, SolverControl())
            .totalNetPresentValue
        var formulation = Formulation(sorted)
        for (goal, value) in held {
            let sign: Double = goal == .leastSpending ? -1 : 1
            formulation.program.addFloor(
                of: goal, GoalMeasure(goal, formulation, doNothing: doNothing),
                sign * value - 1e-9 * max(1, abs(value)))
        }
        var ranked = RankedGoals(
            formulation, goals: [.return], doNothing: doNothing, start: nil, solver: GLPKSolver(),
            control: SolverControl())
        try ranked.run()
        return ranked.stages.first?.best
    }

    @Test("A frontier that begins at no spending begins with a plan that loses nothing")
    func nothingSpent() throws {
        let idle: [RegionColumn: Double] = [.potentialUsers: 100, .adoptionCost: 10]
        let planned = try PlanningCase.byHand(
            [RegionRow("A", users: 50, capacity: 100, idle: 50, revenue: 30, idle)], years: 3
        ) { $0.budget = Budget(total: 500) }
        let frontier = try #require(try self.frontier(planned, [.leastSpending, .servedUsers]))
        #expect(frontier.corners.first?.first == 0)
        #expect(frontier.corners.first?.return == 0)
    }

    @Test("The same for every number of threads", arguments: [0, 1, 3, 5] as [UInt64])
    func threads(seed: UInt64) throws {
        let goals = [Goal.return, .utilization]
        let planned = try planned(seed, goals)
        let texts = try [1, 3].map { threads in
            try frontier(planned, goals, threads: threads).map { "\($0.corners)" }
        }
        #expect(texts[0] == texts[1])
    }

    @Test("Two regions by hand: users where they bring more, or where capacity lies idle")
    func byHand() throws {
        // Half of each is idle, and 50 users are to be won in each for 10 each; the budget wins 50 in all. A user brings
        // 30 in A and takes one unit, brings 20 in B and takes 2.
        let others: [RegionColumn: Double] = [.potentialUsers: 100, .adoptionCost: 10]
        let rows = [
            RegionRow("A", users: 50, capacity: 100, idle: 50, revenue: 30, buildCost: 1000, others),
            RegionRow("B", users: 50, capacity: 200, idle: 100, revenue: 20, buildCost: 1000, others),
        ]
        let planned = try PlanningCase.byHand(rows, years: 1) { $0.budget = Budget(total: 500) }
        let frontier = try #require(try self.frontier(planned, [.return, .utilization]))
        #expect(frontier.corners.count == 2)
        #expect(frontier.corners.compactMap(\.first).isClose(to: [1000, 500]))
        #expect(frontier.corners.compactMap(\.second).isClose(to: [200 / 300.0, 250 / 300.0]))
        #expect(frontier.best(where: 0, is: 750).isClose(to: 225 / 300.0))
        #expect(frontier.best(where: 1, is: 0.75).isClose(to: 750))
        #expect(frontier.rates(atFirst: 750).more.isClose(to: 3000))
        #expect(frontier.side(750, 0.75) == .on)
        #expect(frontier.side(750, 0.7) == .inside)
        #expect(frontier.side(750, 0.8) == .beyond)
    }
}
