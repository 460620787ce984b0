import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// Plans with whole modules solved by prices, against the same plans solved as one program.
struct ModularGoalsTests {
    private let byPrices = Planner(solver: GLPKSolver(), method: .prices)

    /// A random plan without links whose first technology comes in modules of about a tenth of a region's capacity.
    private func planned(_ seed: UInt64, regions: Int, _ goals: [Goal]) throws -> PlanningCase {
        let inputs = RandomInputs(seed: seed, regions: regions, years: 3)
        let network = RandomNetwork(seed: seed, inputs)
        let capacity = inputs.rows.map { $0.numbers[.capacity] ?? 0 }.reduce(0, +) / Double(inputs.rows.count)
        var planned = network.added(to: try inputs.planningCase()).withModules(of: 0.1 * capacity)
        planned.assumptions.objective.goals = goals
        planned.assumptions.objective.minimumSpend = .share(0.2)
        return planned
    }

    @Test("A block in whole modules is worth what one program of the region finds", arguments: 0..<UInt64(60))
    func blocks(seed: UInt64) throws {
        // Where no row binds, the regions' best plans at a price of money add up to one program's.
        var planned = try planned(seed, regions: 3, [.return])
        planned.rules = []
        planned.assumptions.budget = Budget(total: 1e12)
        let coupling = CouplingRows(planned)
        let shape = try #require(SubproblemShape(planned, measures: coupling.measures, dividesModules: true))
        var block = ModularSubproblem(shape, planned)
        var amounts = [Double](repeating: 0, count: shape.measures.count * shape.years)
        for year in 0..<shape.years { amounts[coupling.spendingPlace * shape.years + year] = -0.2 }
        let prices = SubproblemPrices(shape, amounts: amounts)
        let formulation = Formulation(planned)
        let spending = formulation.totalSpending
        var sum = 0.0
        for region in planned.regions.indices {
            let found = block.solve(region, prices, tolerance: 0, most: 100_000)
            let value = try #require(found.best).value
            #expect(found.bound.isClose(to: value, within: 1e-7))
            sum += value
        }
        var program = formulation.program
        program.setObjective(formulation.netPresentValue - 0.2 * spending, .maximize)
        let result = try GLPKSolver().certifiedSolve(program, settings: SolverSettings(gap: 1e-9))
        guard case .optimal(let optimum) = result else { throw MissingOptimum() }
        let best = optimum.solution.objective
        #expect(sum.isClose(to: best, within: 1e-7), "\(best)")
    }

    @Test(
        "The gap brackets what one program finds", arguments: 0..<UInt64(24),
        [[Goal.return], [.servedUsers], [.utilization, .return], [.return, .roi], [.leastSpending]])
    func brackets(seed: UInt64, goals: [Goal]) throws {
        let planned = try planned(seed, regions: 12, goals)
        guard SubproblemShape(planned, measures: CouplingRows(planned).measures, dividesModules: true) != nil
        else {
            return
        }
        let exact: Plan
        let limit = SolverControl(deadline: .now.advanced(by: .seconds(4)))
        do {
            exact = try Planner(solver: GLPKSolver(), method: .program).plan(planned, control: limit)
        } catch is PlanningFailure { return }
        let plan = try byPrices.plan(planned)
        let audit = LedgerAudit(plan.ledger)
        #expect(audit.worst <= 1e-9, "\(audit.worstName)")
        #expect(plan.buysWholeModules)
        // Later goals depend on the plans that were found for those before.
        guard let (first, other) = zip(plan.goals, exact.goals).first(where: { _ in true }),
            let best = first.best, let optimum = other.best
        else { return }
        let sign: Double = first.goal == .leastSpending ? -1 : 1
        let size = first.goal == .return ? plan.moneySize : max(1, abs(best))
        let gap = try #require(first.gap)
        #expect(sign * (best - optimum) <= (other.gap ?? 0) * max(1, abs(optimum)) + 1e-7 * size)
        #expect(sign * (optimum - best) <= gap * max(1, abs(best)) + 1e-7 * size, "\(gap)")
    }

    @Test("Many regions with modules come close to their bound, whatever the number of threads")
    func many() throws {
        let planned = try planned(3, regions: 400, [.return, .utilization])
        let plan = try Planner(solver: GLPKSolver(), threads: 1).plan(planned)
        let method = plan.method
        #expect(method.contains("prices"))
        #expect(plan.buysWholeModules)
        #expect(LedgerAudit(plan.ledger).worst <= 1e-9)
        let gap = try #require(plan.goals[0].gap)
        #expect(gap <= 0.01)
        let same = try Planner(solver: GLPKSolver(), threads: 3).plan(planned)
        let isSame = plan.ledger == same.ledger
        #expect(isSame)
        #expect(plan.goals == same.goals)
    }

    @Test("A search that is stopped leaves a plan that holds, with its gap, or says so")
    func stopped() throws {
        let planned = try planned(3, regions: 400, [.return])
        for milliseconds in [1, 20, 50, 100, 200] {
            let control = SolverControl(deadline: .now.advanced(by: .milliseconds(milliseconds)))
            do {
                let plan = try byPrices.plan(planned, control: control)
                #expect(plan.buysWholeModules)
                #expect(LedgerAudit(plan.ledger).worst <= 1e-9)
                #expect(plan.goals[0].gap != nil)
            } catch let failure as PlanningFailure {
                #expect(failure == .stoppedWithoutPlan)
            }
        }
    }
}

private struct MissingOptimum: Error {}

extension PlanningCase {
    fileprivate func withModules(of size: Double) -> PlanningCase {
        var other = self
        other.links = []
        other.technologies[0].module = size
        return other
    }
}

extension Plan {
    /// Whether every technology with modules is bought in whole ones.
    fileprivate var buysWholeModules: Bool {
        planningCase.technologies.indices.allSatisfy { technology in
            guard let module = planningCase.technologies[technology].module else { return true }
            return planningCase.regions.indices.allSatisfy { region in
                planningCase.assumptions.planningYears.allSatisfy { year in
                    let count = ledger.decisions.newCapacity[technology][region, year] / module
                    return abs(count - count.rounded()) <= 1e-9 * max(1, count)
                }
            }
        }
    }
}
