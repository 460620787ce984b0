import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// What holds within every plan, in random plans.
struct ConsistencyTests {
    @Test("A plan is proved, and its decisions hold the model's own rows", arguments: RandomInputs.seeds)
    func audit(seed: UInt64) throws {
        let plan = try RandomInputs(seed: seed).solved()
        #expect(plan.status == .optimal)
        #expect(plan.stoppedAt == nil)
        #expect(try #require(plan.certificate).holds())
        #expect(LedgerAudit(plan.ledger).worst < 1e-9)
        #expect(LedgerAudit(plan.doNothing).worst < 1e-12)
    }

    @Test("Every goal keeps its floor, and none passes its best", arguments: RandomInputs.seeds)
    func floors(seed: UInt64) throws {
        let inputs = RandomInputs(seed: seed)
        let plan = try inputs.solved()
        for (rank, outcome) in plan.goals.enumerated() {
            guard let best = outcome.best else { continue }
            let value = try #require(outcome.value)
            let nothing = outcome.goal == .return ? abs(plan.doNothing.totalNetPresentValue) : 0
            let size = max(1, abs(best), nothing)
            let isLast = rank == plan.goals.count - 1
            let tolerance = inputs.assumptions.objective.tolerance * abs(best)
            let given = isLast ? 1e-8 * size : max(tolerance, 1e-9 * size)
            #expect(value >= best - given - 1e-9 * size)
            #expect(value <= best + given + 1e-9 * size)
        }
    }

    @Test("The first goal reaches what it reaches alone", arguments: RandomInputs.seeds)
    func firstGoal(seed: UInt64) throws {
        let inputs = RandomInputs(seed: seed)
        let goals = try inputs.solved().goals
        let alone = try inputs.with { $0.objective.goals = [goals[0].goal] }.solved().goals[0]
        #expect(alone.best.isClose(to: goals[0].best ?? .nan, within: 1e-9))
    }

    @Test("A goal of higher rank never does worse than at a lower one", arguments: RandomInputs.seeds)
    func rank(seed: UInt64) throws {
        let inputs = RandomInputs(seed: seed)
        let first = try inputs.with(goals: .utilization, .return).solved().goals
        let second = try inputs.with(goals: .return, .utilization).solved().goals
        let size = max(abs(second[0].best ?? .nan), 1)
        #expect(try #require(second[0].best) >= (try #require(first[1].best)) - 1e-8 * size)
        #expect(try #require(first[0].best) >= (try #require(second[1].best)) - 1e-8)
    }

    @Test("Program and ledger value the same decisions alike, at any corner", arguments: RandomInputs.seeds)
    func netPresentValue(seed: UInt64) throws {
        let planned = try RandomInputs(seed: seed).planningCase()
        var formulation = Formulation(planned)
        let value = formulation.netPresentValue
        let years = planned.assumptions.planningYears
        let used = formulation.usedCapacity(in: years)
        let capacity = formulation.capacity(in: years)
        // Serve at any cost: far from the plan of highest value.
        formulation.setObjective(formulation.servedUsers(in: years) + 1e-3 * used - 1e-3 * capacity)
        let result = try GLPKSolver().certifiedSolve(formulation.program)
        guard case .optimal(let optimum) = result else {
            Issue.record("ended \(result)")
            return
        }
        let point = optimum.solution.columnValues
        let ledger = Ledger(planned, Decisions(optimum.solution, of: formulation))
        let size = ledger.netPresentValue.reduce(0) { $0 + abs($1) }
        #expect(ledger.totalNetPresentValue.isClose(to: value.value(at: point), within: 1e-9, size: size))
        #expect(ledger.sum(ledger.totals.usedCapacity, in: years).isClose(to: used.value(at: point)))
        #expect(ledger.sum(ledger.totals.capacity, in: years).isClose(to: capacity.value(at: point)))
        #expect(LedgerAudit(ledger).worst < 1e-9)
    }

    @Test("Doing nothing is the best plan without money", arguments: RandomInputs.seeds)
    func doNothing(seed: UInt64) throws {
        let planned = try RandomInputs(seed: seed).with { $0.budget = Budget(total: 0) }.planningCase()
        let formulation = Formulation(planned)
        guard case .optimal(let optimum) = try GLPKSolver().certifiedSolve(formulation.program) else {
            Issue.record("no plan without money")
            return
        }
        let nothing = Ledger(planned, .doNothing(planned))
        let size = nothing.netPresentValue.reduce(0) { $0 + abs($1) }
        #expect(
            nothing.totalNetPresentValue.isClose(to: optimum.solution.objective, within: 1e-9, size: size))
    }
}
