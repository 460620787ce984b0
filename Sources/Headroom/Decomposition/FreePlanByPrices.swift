import Dispatch
import LinearProgramming

/// What a plan of many regions would be without its budget: every region's best at the prices of the rules alone.
struct FreePlanByPrices: FreePlanSearch {
    /// The best ratio, where the goal is one.
    let bestRatio: Double
    let doNothing: Ledger
    let threads: Int
    let control: SolverControl

    func freePlan(of planningCase: PlanningCase, _ goal: Goal, keepingRules: Bool) throws -> FreePlan? {
        var free = planningCase
        free.assumptions.budget = Budget()
        free.assumptions.objective.goals = [goal == .roi ? .return : goal]
        if !keepingRules { free.rules = [] }
        guard
            let goals = DecomposedGoals(
                free, doNothing: doNothing, threads: threads, control: control, log: { _ in }),
            let prices = goals.prices(of: free.assumptions.objective.goals[0], ratio: bestRatio)
        else { return nil }
        return plan(of: free, prices.shape, prices.coupling, prices.rows)
    }

    private func plan(
        of planningCase: PlanningCase, _ shape: BlockShape, _ coupling: CouplingRows, _ prices: RowPrices
    ) -> FreePlan? {
        let years = planningCase.assumptions.years
        let count = planningCase.regions.count
        var spending = [Double](repeating: 0, count: count)
        var servedUsers = [Double](repeating: 0, count: count * years)
        let measure = coupling.spendingPlace
        let workers = max(1, min(threads, count / 256))
        spending.withUnsafeMutableBufferPointer { spending in
            servedUsers.withUnsafeMutableBufferPointer { servedUsers in
                // Every region's numbers are written by one worker alone.
                nonisolated(unsafe) let spending = spending
                nonisolated(unsafe) let servedUsers = servedUsers
                DispatchQueue.concurrentPerform(iterations: workers) { worker in
                    var solver = BlockSolver(shape)
                    for place in stride(from: worker, to: count, by: workers) {
                        let region = RegionIndex(place)
                        let value = solver.solve(region, prices.byClass[Int(coupling.classes[region])])
                        guard value.ending == .optimal else { continue }
                        for year in 0..<years {
                            spending[place] += solver.amounts[measure * years + year]
                            servedUsers[place * years + year] = solver.decisions[shape.servedUsers(year)]
                        }
                    }
                }
            }
        }
        return FreePlan(spending: spending, servedUsers: servedUsers, years: years)
    }
}
