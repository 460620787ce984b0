import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// The start from region by region, where there are many of them.
struct StartingBasisTests {
    private func inputs(_ count: Int, _ budget: (Double) -> Budget) -> RandomInputs {
        RandomInputs(seed: 11, regions: count, years: 2).with {
            $0.objective.goals = [.return, .utilization]
            $0.budget = budget($0.budget.amount ?? 1e8)
        }
    }

    private static let budgets: [@Sendable (Double) -> Budget] = [
        { Budget(total: $0) }, { Budget(yearly: [$0 / 4, $0 / 4]) },
        { Budget(total: $0 * 0.6, yearly: [$0 / 4, $0 / 2], carryOver: true) }, { _ in Budget() },
    ]

    @Test("From the regions' own bases the plan is the same as from the slacks", arguments: 0..<4)
    func sameResult(form: Int) throws {
        let planned = try inputs(400, Self.budgets[form]).planningCase()
        let started = try Planner(solver: GLPKSolver(), threads: 2).plan(planned)
        let plain = try Planner(solver: PlainStartSolver(GLPKSolver()), threads: 2).plan(planned)
        let size = plain.moneySize
        for (goal, same) in zip(started.goals, plain.goals) {
            #expect(goal.best.isClose(to: same.best ?? .nan, within: 1e-8))
            #expect(goal.value.isClose(to: same.value ?? .nan, within: 1e-8))
        }
        #expect(started.added.isClose(to: plain.added, within: 1e-9, size: size))
        #expect(started.ledger.spending().isClose(to: plain.ledger.spending(), within: 1e-6))
        #expect(started.reasons == plain.reasons)
        #expect(started.status == .optimal)
    }

    @Test("The start is near the optimum, whatever the form of the budget", arguments: 0..<4)
    func nearOptimum(form: Int) throws {
        let formulation = Formulation(try inputs(320, Self.budgets[form]).planningCase())
        let start = StartingBasis(formulation, solver: GLPKSolver(), threads: 2)
        let basis = try #require(start.basis(SolverControl()))
        #expect(basis.columns.count == formulation.program.columnCount)
        #expect(basis.rows.count == formulation.program.rowCount)
        func steps(from basis: Basis?) throws -> Int {
            let result = try GLPKSolver().solve(
                formulation.program, from: basis, settings: SolverSettings(), control: SolverControl())
            #expect(result.termination == .optimal)
            return result.steps
        }
        #expect(try 4 * steps(from: basis) < steps(from: nil))
    }

    @Test("Few regions, and another first goal, start from the slacks")
    func plainStart() throws {
        func basis(_ inputs: RandomInputs) throws -> Basis? {
            let formulation = Formulation(try inputs.planningCase())
            return StartingBasis(formulation, solver: GLPKSolver(), threads: 1).basis(SolverControl())
        }
        #expect(try basis(inputs(299) { Budget(total: $0) }) == nil)
        #expect(
            try basis(inputs(300) { Budget(total: $0) }.with { $0.objective.goals = [.utilization] }) == nil)
    }

    @Test("A search that is stopped while the start is looked for has no start")
    func stopped() throws {
        let formulation = Formulation(try inputs(300) { Budget(total: $0) }.planningCase())
        let start = StartingBasis(formulation, solver: GLPKSolver(), threads: 1)
        #expect(start.basis(SolverControl(isCancelled: { true })) == nil)
    }
}
