import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// Budgets one after the other, against each one solved from nothing.
struct BudgetRunTests {
    @Test("Every budget reaches what its own plan reaches, up and down", arguments: 0..<UInt64(6))
    func budgets(seed: UInt64) throws {
        let inputs = RandomInputs(seed: seed, regions: 120, years: 3)
        let planned = RandomNetwork(seed: seed, inputs).added(to: try inputs.planningCase())
        var single = planned
        for index in single.technologies.indices { single.technologies[index].module = nil }
        single.links = []
        single.assumptions.objective.goals = [Goal.return]
        guard !single.assumptions.budget.isFree else { return }
        let budget = single.assumptions.budget
        guard
            var run = WarmStartedBudgets(
                single, upTo: budget.scaled(by: 2), doNothing: Ledger(doingNothingIn: single), threads: 1,
                control: SolverControl())
        else { return }
        let planner = Planner(solver: GLPKSolver(), method: .program)
        for factor in [1, 1.05, 1.5, 2, 0.9, 0.3, 0.02, 1] {
            var scaled = single
            scaled.assumptions.budget = budget.scaled(by: factor)
            let plan: Plan
            do { plan = try planner.plan(scaled, details: []) } catch is PlanningFailure {
                #expect(throws: WarmStartedBudgets.Failure.impossible) {
                    _ = try run.point(at: scaled.assumptions.budget)
                }
                continue
            }
            let point = try run.point(at: scaled.assumptions.budget)
            let (best, size) = (try #require(plan.goals[0].best), plan.moneySize)
            #expect(point.value.isClose(to: best, within: 1e-7, size: size), "factor \(factor)")
            #expect(point.gap <= 1e-9)
            let decisions = try #require(run.decisions())
            let added = Ledger(scaled, decisions).totalNetPresentValue - plan.doNothing.totalNetPresentValue
            #expect(added.isClose(to: best, within: 1e-7, size: size), "factor \(factor)")
        }
    }
}
