/// The numbers of the region whose block is being solved, and what follows from them year by year (model, 3.3).
///
/// Memory is laid out once; `load` fills it anew for each region and needs neither a dictionary nor a power: growth
/// is multiplied up from year to year, which agrees with the powers to a few units in the last place.
struct SubproblemFigures {
    private(set) var potential = 0.0
    private(set) var revenue = 0.0
    private(set) var commerce = 0.0
    private(set) var operatingCost = 0.0
    private(set) var creditUsers = 0.0
    private(set) var creditCost = 0.0
    private(set) var maxUtilization = 0.0
    private(set) var capacityAtStart = 0.0
    private(set) var adoptionCost = 0.0

    /// By year: `n[t]`, users.
    let organic: UnsafeMutablePointer<Double>
    /// By year: `d[t]`, capacity units a user.
    let demand: UnsafeMutablePointer<Double>
    /// By year: `c0[t]`, capacity units.
    let base: UnsafeMutablePointer<Double>
    /// By year: users whom one unit of capacity can serve; 0 where users need none.
    let servedPerUnit: UnsafeMutablePointer<Double>
    /// By year: users whom base capacity can serve; infinite where users need none.
    let servedByBase: UnsafeMutablePointer<Double>
    /// By year: users who must be served; in a plan with links whom the region can serve by itself (model, 5.4).
    let leastServed: UnsafeMutablePointer<Double>
    /// By step: the most users that can be won, 0 without an adoption lever.
    let winnable: UnsafeMutablePointer<Double>
    /// By technology.
    let buildCost: UnsafeMutablePointer<Double>
    let runningCost: UnsafeMutablePointer<Double>
    let yearlyLimit: UnsafeMutablePointer<Double>
    let totalLimit: UnsafeMutablePointer<Double>
    /// By year: what may be built with all technologies together.
    let buildLimit: UnsafeMutablePointer<Double>
    /// Whether new capacity has bounds of its own, and these, at `technology · T + t − 1` (`SubproblemModules`).
    var isBounded = false
    let leastBuilt: UnsafeMutablePointer<Double>
    let mostBuilt: UnsafeMutablePointer<Double>

    init(_ shape: SubproblemShape, _ memory: ScratchMemory) {
        organic = memory.doubles(shape.years)
        demand = memory.doubles(shape.years)
        base = memory.doubles(shape.years)
        servedPerUnit = memory.doubles(shape.years)
        servedByBase = memory.doubles(shape.years)
        leastServed = memory.doubles(shape.years)
        winnable = memory.doubles(shape.stepCount)
        buildCost = memory.doubles(shape.technologyCount)
        runningCost = memory.doubles(shape.technologyCount)
        yearlyLimit = memory.doubles(shape.technologyCount)
        totalLimit = memory.doubles(shape.technologyCount)
        buildLimit = memory.doubles(shape.years)
        leastBuilt = memory.doubles(shape.technologyCount * shape.years)
        mostBuilt = memory.doubles(shape.technologyCount * shape.years)
    }

    /// Takes over a region. O(years + technologies + steps).
    mutating func load(_ region: RegionIndex, of shape: SubproblemShape) {
        let regions = shape.regions
        potential = regions.potentialUsers[region]
        revenue = regions.revenuePerUser[region]
        commerce = regions.creditScore[region] * regions.commerceRevenuePerUser[region]
        operatingCost = regions.operatingCost[region]
        creditUsers = regions.creditUsers[region]
        creditCost = regions.creditCost[region]
        buildLimit.update(repeating: regions.yearlyBuildLimit[region], count: shape.years)
        maxUtilization = regions.maxUtilization[region]
        capacityAtStart = regions.capacity[region]
        adoptionCost = regions.adoptionCost[region]
        loadDemand(region, of: shape)
        loadSupply(region, of: shape)
        if shape.linked != nil {
            for year in 0..<shape.years { leastServed[year] = min(organic[year], servedByBase[year]) }
        }
        loadSteps(users: regions.users[region], of: shape)
        loadTechnologies(region, of: shape)
    }

    /// `n[t]` and `d[t]`.
    private func loadDemand(_ region: RegionIndex, of shape: SubproblemShape) {
        let start = shape.regions.users[region]
        let growth = 1 + shape.regions.demandGrowth[region]
        let useGrowth = 1 + shape.regions.useGrowth[region]
        var use = shape.regions.demandPerUser[region]
        for year in 0..<shape.years {
            use *= useGrowth
            demand[year] = use
        }
        if shape.growth == .logistic, growth > 1, start > 0, potential < .infinity, start * growth < potential
        {
            // M / (1 + (M/n0 − 1)·q^t), with q such that the first year grows by exactly g.
            var open = potential / start - 1
            let ratio = (potential / (start * growth) - 1) / open
            for year in 0..<shape.years {
                open *= ratio
                organic[year] = potential / (1 + open)
            }
        } else {
            var users = start
            for year in 0..<shape.years {
                users *= growth
                organic[year] = start > 0 ? min(potential, users) : 0
            }
        }
    }

    /// `c0[t]` and whom it can serve.
    private func loadSupply(_ region: RegionIndex, of shape: SubproblemShape) {
        let left = 1 - shape.regions.retirement[region]
        var capacity = capacityAtStart
        for year in 0..<shape.years {
            capacity *= left
            base[year] = capacity
            let needsNone = demand[year] <= 0
            let perUnit = needsNone ? 0 : maxUtilization / demand[year]
            servedPerUnit[year] = perUnit
            servedByBase[year] = needsNone ? .infinity : capacity * perUnit
        }
    }

    private func loadSteps(users: Double, of shape: SubproblemShape) {
        let isOpen = potential < .infinity && adoptionCost < .infinity
        for step in 0..<shape.stepCount {
            winnable[step] = isOpen ? shape.steps[step].share * (potential - users) : 0
        }
    }

    private func loadTechnologies(_ region: RegionIndex, of shape: SubproblemShape) {
        let start = shape.overriddenStart.isEmpty ? -1 : Int(shape.overriddenStart[region])
        let factor = shape.regions.costFactor[region]
        for index in 0..<shape.technologyCount {
            guard start < 0 else {
                buildCost[index] = shape.overridden[start + 4 * index]
                runningCost[index] = shape.overridden[start + 4 * index + 1]
                yearlyLimit[index] = shape.overridden[start + 4 * index + 2]
                totalLimit[index] = shape.overridden[start + 4 * index + 3]
                continue
            }
            let common = shape.technologies[index]
            buildCost[index] = (common.buildCost ?? shape.regions.buildCost[region]) * factor
            runningCost[index] = common.operatingCost ?? operatingCost
            yearlyLimit[index] = common.yearlyLimit
            totalLimit[index] = .infinity
        }
    }
}
