import LinearProgramming

/// What a plan of many regions would be without its budget: every region's best at the prices of the rules alone.
struct FreePlanByPrices: FreePlanSearch {
    /// The best ratio, where the goal is one.
    let bestRatio: Double
    let doNothing: Ledger
    let solver: any LinearSolver
    let threads: Int
    let control: SolverControl
    let log: (String) -> Void

    func freePlan(of planningCase: PlanningCase, _ goal: Goal, keepingRules: Bool) throws -> (any FreePlan)? {
        var free = planningCase
        free.assumptions.budget = Budget()
        free.assumptions.objective.goals = [goal == .roi ? .return : goal]
        if !keepingRules { free.rules = [] }
        guard
            let goals = DecomposedGoals(
                free, modules: .divided, affordable: planningCase.costOfServingAll, doNothing: doNothing,
                linkedBy: solver, threads: threads, control: control, log: { log("reasons: \($0)") }),
            let prices = goals.prices(of: free.assumptions.objective.goals[0], ratio: bestRatio, nearly: true)
        else { return nil }
        return PricedFreePlan(
            shape: prices.shape, prices: prices.rows, classes: prices.coupling.classes)
    }
}

/// A plan that is known by its prices: a region's block is solved when the region is asked for, and nothing is kept.
private struct PricedFreePlan: FreePlan {
    let shape: SubproblemShape
    let prices: DualVector
    /// By region.
    let classes: [Int32]

    func reader() -> any FreePlanReader { Reader(self) }

    private final class Reader: FreePlanReader {
        private let plan: PricedFreePlan
        private var solver: SubproblemSolver
        /// A block that cannot be solved spends nothing and serves nobody: it gives no reason.
        private var isSolved = false
        /// By component that was asked for: its plan.
        private var points: [RegionIndex: [Double]] = [:]
        /// The region that was loaded last as one of its component; nil where it is in none.
        private var linked: (block: LinkedSubproblem, place: Int, point: [Double])?

        init(_ plan: PricedFreePlan) {
            self.plan = plan
            solver = SubproblemSolver(plan.shape)
        }

        func load(_ region: RegionIndex) {
            let name = plan.shape.block(of: region)
            guard let block = plan.shape.linkedBlock(name) else {
                linked = nil
                isSolved = solver.decide(region, plan.prices.byClass[Int(plan.classes[region])]) == .optimal
                return
            }
            isSolved = false
            linked = block.component.regions.firstIndex(of: region).map { (block, $0, point(name, block)) }
        }

        /// Empty where the component cannot be solved.
        private func point(_ name: RegionIndex, _ block: LinkedSubproblem) -> [Double] {
            if let known = points[name] { return known }
            let answer = plan.shape.linked.flatMap {
                block.solve(plan.prices, affordable: plan.shape.affordable, by: $0.solver)
            }
            points[name] = answer?.point ?? []
            return answer?.point ?? []
        }

        var spending: Double {
            guard let linked else { return isSolved ? solver.totalSpending() : 0 }
            return linked.point.isEmpty ? 0 : linked.block.spending(linked.place, at: linked.point)
        }

        func servedUsers(in year: Year) -> Double {
            guard let linked else {
                return isSolved ? solver.decisions[plan.shape.servedUsers(year.ordinal - 1)] : 0
            }
            return linked.point.isEmpty ? 0 : linked.block.servedUsers(linked.place, year, at: linked.point)
        }
    }
}

extension PlanningCase {
    /// More than it can cost to build for all who could ever be served, and to win and enrol them: without a budget,
    /// what keeps the price of a rule from making a region spend without end.
    var costOfServingAll: Double {
        let steps = assumptions.adoption.steps.map(\.costFactor).max() ?? 0
        let horizon = assumptions.horizon
        var sum = 0.0
        for region in regions.indices {
            let potential = regions.potentialUsers[region]
            let users = potential.isFinite ? potential : organicUsers(region, horizon)
            let build = technologies.indices.reduce(0) { max($0, buildCost(region, $1)) }
            let capacity = users * demandPerUser(region, horizon) / regions.maxUtilization[region]
            sum += capacity * build
            // A cost that is infinite means that the lever is not there.
            for cost in [steps * regions.adoptionCost[region], regions.creditCost[region]] where cost.isFinite
            {
                sum += users * cost
            }
        }
        return 10 * sum
    }
}
