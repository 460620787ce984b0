/// Sums over the regions of a made-up plan, from which its budget and the bounds of its rules follow.
///
/// Every plan is feasible by construction. The witness: in the last year a part of the first adoption step is bought
/// in remote and rural regions, for idle capacity, and nothing else.
struct PlanTotals {
    let years: Int
    /// What it costs to build for all organic demand and to win the first two steps of users.
    private(set) var wishes = 0.0
    private var potential: [Zone: Double] = [:]
    private var organic: [Zone: Double] = [:]
    /// Served in the last year without a plan.
    private var served: [Zone: Double] = [:]
    /// Users of the first step who find idle capacity in the last year, and what they cost.
    private var winnable: [Zone: Double] = [:]
    private var winningCost: [Zone: Double] = [:]

    init(years: Int) { self.years = years }

    mutating func add(_ region: MadeUpRegion) {
        let organic = region.organicUsers(years)
        let servable = region.servableUsers(years)
        let served = min(organic, servable)
        let remaining = Double(region.potentialUsers - region.users)
        let missing = (organic - served) * region.demandPerUser(years) / PlanRecipe.maxUtilization
        let steps = PlanRecipe.adoptionSteps
        wishes += missing * region.costFactor * PlanRecipe.meanBuildCost
        wishes +=
            remaining * region.adoptionCost * steps.prefix(2).reduce(0) { $0 + $1.share * $1.costFactor }

        let won = max(
            0, min(steps[0].share * remaining, servable - organic, Double(region.potentialUsers) - organic))
        potential[region.zone, default: 0] += Double(region.potentialUsers)
        self.organic[region.zone, default: 0] += organic
        self.served[region.zone, default: 0] += served
        winnable[region.zone, default: 0] += won
        winningCost[region.zone, default: 0] += won * region.adoptionCost * steps[0].costFactor
    }
}

extension PlanTotals {
    /// Money for all years; about half of what would pay.
    var budget: Int { Int(PlanRecipe.budgetShare * wishes) }

    /// A little more in all than the budget, so that both bind.
    var yearlyBudget: Int { Int(1.1 * Double(budget) / Double(years)) + 1 }

    /// Most for adoption, in all.
    var promotionCap: Int { Int(0.3 * Double(budget)) }

    /// Lowest coverage of the remote zone in the last year.
    var remoteCoverage: Double { level(.remote, over: potential, witnessShare: remoteWitness) }

    /// Lowest service level of the rural zone in the last year.
    var ruralService: Double { level(.rural, over: organic, witnessShare: ruralWitness) }

    /// The part of the first step that the witness buys in the remote zone: at most 4 % of the budget.
    private var remoteWitness: Double { witness(.remote, spending: 0.04 * Double(budget)) }

    /// The same in the rural zone, for no more money than in the remote one, which is owed its share.
    private var ruralWitness: Double {
        witness(
            .rural, spending: min(0.04 * Double(budget), remoteWitness * winningCost[.remote, default: 0]))
    }

    private func witness(_ zone: Zone, spending: Double) -> Double {
        let cost = winningCost[zone, default: 0]
        return cost > 0 ? min(0.9, spending / cost) : 0
    }

    /// What the witness reaches, rounded down to six digits.
    private func level(_ zone: Zone, over whole: [Zone: Double], witnessShare: Double) -> Double {
        let reached = served[zone, default: 0] + witnessShare * winnable[zone, default: 0]
        return (reached / whole[zone, default: 1] * 1e6 - 1).rounded(.down) / 1e6
    }
}
