import LinearProgramming

/// What a plan of many regions would be without its budget: every region's best at the prices of the rules alone.
struct FreePlanByPrices: FreePlanSearch {
    /// The best ratio, where the goal is one.
    let bestRatio: Double
    let doNothing: Ledger
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
                threads: threads,
                control: control, log: { log("reasons: \($0)") }),
            let prices = goals.prices(of: free.assumptions.objective.goals[0], ratio: bestRatio, nearly: true)
        else { return nil }
        return PricedFreePlan(
            shape: prices.shape, prices: prices.rows.byClass, classes: prices.coupling.classes)
    }
}

/// A plan that is known by its prices: a region's block is solved when the region is asked for, and nothing is kept.
private struct PricedFreePlan: FreePlan {
    let shape: BlockShape
    /// By class of regions.
    let prices: [BlockPrices]
    /// By region.
    let classes: [Int32]

    func reader() -> any FreePlanReader { Reader(self) }

    private final class Reader: FreePlanReader {
        private let plan: PricedFreePlan
        private var solver: BlockSolver
        /// A block that cannot be solved spends nothing and serves nobody: it gives no reason.
        private var isSolved = false

        init(_ plan: PricedFreePlan) {
            self.plan = plan
            solver = BlockSolver(plan.shape)
        }

        func load(_ region: RegionIndex) {
            isSolved = solver.decide(region, plan.prices[Int(plan.classes[region])]) == .optimal
        }

        var spending: Double { isSolved ? solver.totalSpending() : 0 }

        func servedUsers(in year: Year) -> Double {
            isSolved ? solver.decisions[plan.shape.servedUsers(year.ordinal - 1)] : 0
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
