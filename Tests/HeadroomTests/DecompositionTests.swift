import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// Plans solved by prices against the same plans solved as one program.
struct DecompositionTests {
    private let byPrices = Planner(solver: GLPKSolver(), method: .prices)
    private let asProgram = Planner(solver: GLPKSolver(), method: .program)

    /// A plan that falls apart into its regions: without links and whole modules.
    private func planned(_ seed: UInt64, regions: Int, years: Int = 3) throws -> PlanningCase {
        let inputs = RandomInputs(seed: seed, regions: regions, years: years)
        var planned = RandomNetwork(seed: seed, inputs).added(to: try inputs.planningCase())
        for index in planned.technologies.indices { planned.technologies[index].module = nil }
        planned.links = []
        return planned
    }

    @Test("Every goal reaches what one program reaches", arguments: 0..<UInt64(40))
    func goals(seed: UInt64) throws {
        let planned = try planned(seed, regions: 14)
        let plan: Plan
        do { plan = try asProgram.plan(planned) } catch PlanningFailure.impossible(let clash) {
            return byPrices.expectClash(clash, in: planned)
        }
        if let same = try byPrices.planByPrices(planned) { same.expectSame(as: plan) }
    }

    @Test(
        "Return on investment and least spending too", arguments: 0..<UInt64(12),
        [[Goal.roi, .return], [.return, .leastSpending], [.servedUsers]])
    func furtherGoals(seed: UInt64, goals: [Goal]) throws {
        let planned = try planned(seed, regions: 10).with {
            $0.objective.goals = goals
            $0.objective.minimumSpend = .share(0.2)
        }
        let plan: Plan
        do { plan = try asProgram.plan(planned) } catch is PlanningFailure { return }
        if let same = try byPrices.planByPrices(planned) { same.expectSame(as: plan) }
    }

    @Test("Samples lead to the same optimum, prices and reasons", arguments: [1, 2, 6, 12, 13] as [UInt64])
    func samples(seed: UInt64) throws {
        let planned = try planned(seed, regions: 700).with { $0.objective.goals = [.return] }
        guard let plan = try byPrices.planByPrices(planned) else { return }
        let other = try asProgram.plan(planned)
        plan.expectSame(as: other)
        plan.expectSamePrices(as: other, reasonsApart: 1 / 100)
    }

    @Test(
        "Samples lead to the same ratio, first of all goals or below another one",
        arguments: [1, 6, 13] as [UInt64],
        [[Goal.utilization, .return], [.return, .utilization], [.roi]])
    func samplesOfRatios(seed: UInt64, goals: [Goal]) throws {
        let planned = try planned(seed, regions: 700).with {
            $0.objective.goals = goals
            if goals == [.roi] { $0.objective.minimumSpend = .share(0.2) }
        }
        let plan: Plan
        do { plan = try asProgram.plan(planned) } catch is PlanningFailure { return }
        if let same = try byPrices.planByPrices(planned) { same.expectSame(as: plan) }
    }

    @Test("The number of threads and the order of rows are without effect")
    func invariance() throws {
        let inputs = RandomInputs(seed: 6, regions: 900, years: 3)
        let planned = try inputs.planningCase()
        let one = try Planner(solver: GLPKSolver(), threads: 1).plan(planned)
        let three = try Planner(solver: GLPKSolver(), threads: 3).plan(planned)
        let method = one.method
        #expect(method.contains("prices"))
        let isSame = one.ledger == three.ledger
        #expect(isSame)
        #expect(one.reasons == three.reasons)
        #expect(one.goals == three.goals)
        var reversed = inputs
        reversed.rows.reverse()
        let other = try Planner(solver: GLPKSolver()).plan(try reversed.planningCase())
        #expect(other.reasons.reversed() == one.reasons)
        for region in [0, 17, 450, 899] {
            #expect(
                other.ledger.spending(region: RegionIndex(899 - region))
                    == one.ledger.spending(region: RegionIndex(region)))
        }
    }

    @Test("A search that is stopped says so, or leaves a plan that holds")
    func stopped() throws {
        let planned = try planned(12, regions: 900)
        let control = SolverControl(deadline: .now.advanced(by: .milliseconds(30)))
        do {
            let plan = try byPrices.plan(planned, control: control)
            let status = plan.status
            let isComplete = plan.goals.allSatisfy { $0.best != nil }
            #expect(status == .feasible || isComplete)
            #expect(LedgerAudit(plan.ledger).worst <= 1e-6)
        } catch let failure as PlanningFailure {
            #expect(failure == .stoppedWithoutPlan)
        }
    }
}

extension Planner {
    /// The plan by prices; nil where that is no method for it, as an `each` rule on shares of all regions joins them
    /// otherwise.
    func planByPrices(_ planned: PlanningCase) throws -> Plan? {
        guard SubproblemRule.all(of: planned) != nil else { return nil }
        var lines: [String] = []
        let plan = try plan(planned) { lines.append($0) }
        let method = plan.method
        #expect(method.contains("prices"), "\(lines)")
        return plan
    }

    /// No plan is possible, for the same reasons.
    func expectClash(_ clash: InfeasibleSubsystem, in planned: PlanningCase) {
        let failure = #expect(throws: PlanningFailure.self) { try plan(planned) }
        guard case .impossible(let same) = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(same.members == clash.members)
    }
}

extension Plan {
    /// Money costs the same, and nearly all regions have the same reasons.
    ///
    /// - Parameter share: Of regions whose reasons may differ: where plans tie a region's own state may.
    func expectSamePrices(as other: Plan, reasonsApart share: Double) {
        let prices = (shadowPrices, other.shadowPrices)
        #expect(prices.0?.yearly.count == prices.1?.yearly.count)
        if let price = prices.0?.allRows {
            #expect(price.isClose(to: prices.1?.allRows ?? .nan, within: 1e-6))
        }
        let differing = zip(reasons, other.reasons).filter { $0 != $1 }.count
        let count = Double(reasons.count)
        #expect(Double(differing) <= share * count)
    }

    /// Every goal comes to the same, the return too where it is one.
    func expectSame(as other: Plan) {
        let size = other.moneySize
        for (goal, same) in zip(goals, other.goals) {
            let isMoney = goal.goal == .return
            let best = (goal.best ?? .nan, same.best ?? .nan)
            #expect(best.0.isNaN == best.1.isNaN, "\(goal)")
            if !best.1.isNaN {
                #expect(
                    best.0.isClose(to: best.1, within: 1e-7, size: isMoney ? size : 1e-3), "\(goal) \(same)")
            }
        }
        let gap = gap
        #expect(gap.isClose(to: 0, within: 1e-9))
        // Where it is no goal, the return is what 1e-8 of the last goal leaves: it can hang on the last digits.
        guard other.goals.contains(where: { $0.goal == .return }) else { return }
        let (added, same) = (self.added, other.added)
        #expect(added.isClose(to: same, within: 1e-6, size: size), "\(goals) \(other.goals)")
    }
}
