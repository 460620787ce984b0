/// What a plan's decisions come to in one region, year by year: the cells of a ledger, a region at a time.
///
/// Arrays by year hold `T` entries, the first for planning year 1. To go through many regions, `load` them one after
/// the other into the same account, which keeps its memory: O(years · (technologies + steps)) a region, and the
/// region's links.
public struct RegionAccount: Sendable {
    /// What all accounts of a ledger are drawn from.
    let source: AccountSource
    private let years: Range<Int>

    public private(set) var region = RegionIndex(0)
    /// `n[t]`, users.
    public private(set) var organicUsers: [Double]
    /// `d[t]`, capacity units a user.
    public private(set) var demandPerUser: [Double]
    /// `c0[t]`, capacity units.
    public private(set) var baseCapacity: [Double]
    /// `c[t]`, capacity units.
    public private(set) var capacity: [Double]
    /// `u[t]`, capacity units.
    public private(set) var usedCapacity: [Double]
    /// `x[t]`, users.
    public private(set) var servedUsers: [Double]
    /// `v[t]`, users.
    public private(set) var tradingUsers: [Double]
    /// `h[t]`, users.
    public private(set) var enrolledUsers: [Double]
    /// `b[k,t]` by technology, capacity units.
    public private(set) var newCapacity: [[Double]]
    /// `a[s,t]` by adoption step, users.
    public private(set) var wonUsers: [[Double]]
    /// `A[t]`, won users kept.
    public private(set) var wonUsersKept: [Double]
    /// Spending on each lever, money, undiscounted.
    public private(set) var spending: [LeverAmounts]
    /// `NPV`, money of the base year.
    public private(set) var netPresentValue = 0.0

    /// Money a capacity unit, and a unit and year, by technology; only of those that the region builds with.
    private var buildCost: [Double]
    private var operatingCost: [Double]
    /// By technology: whether the region builds with it in any year.
    private var builds: [Bool]
    /// By step: whether the region wins users at it in any year.
    private var wins: [Bool]
    /// By technology, of those that the region builds with, and year: what is in service of it, capacity units.
    private var built: [[Double]]
    /// What base capacity and all that is built cost to run, money a year.
    private var operating: [Double]
    /// What is left at the end of what is paid for building in a year, money of the base year.
    private var residual: [Double]
    /// Over the links from and to the region, by year, capacity units.
    private var flowOut: [Double]
    private var flowIn: [Double]

    /// Of no region yet.
    init(_ ledger: Ledger) { self.init(ledger.source) }

    init(_ source: AccountSource) {
        self.source = source
        years = 0..<source.planningCase.assumptions.years
        let planningCase = source.planningCase
        let zeros = [Double](repeating: 0, count: planningCase.assumptions.years)
        organicUsers = zeros
        demandPerUser = zeros
        baseCapacity = zeros
        capacity = zeros
        usedCapacity = zeros
        servedUsers = zeros
        tradingUsers = zeros
        enrolledUsers = zeros
        newCapacity = planningCase.technologies.map { _ in zeros }
        wonUsers = planningCase.assumptions.adoption.steps.map { _ in zeros }
        wonUsersKept = zeros
        spending = zeros.map { _ in LeverAmounts() }
        buildCost = newCapacity.map { _ in 0 }
        operatingCost = buildCost
        builds = newCapacity.map { _ in false }
        wins = wonUsers.map { _ in false }
        built = newCapacity
        operating = zeros
        residual = zeros
        flowOut = zeros
        flowIn = zeros
    }

}

// MARK: Reading a region

extension RegionAccount {
    /// Takes over a region.
    mutating func load(_ region: RegionIndex) {
        self.region = region
        enterCourse()
        if source.servesOwnUsers { enterOwnUsers() } else { enterDecisions() }
        enterFlows()
        enterCapacity()
        enterUse()
        enterSpending()
        enterValue()
    }

    private mutating func enterCourse() {
        // Number by number: handing on the table would count the owners of its columns, for all threads to wait for.
        var course = RegionCourse(
            users: source.planningCase.regions.users[region],
            demandGrowth: source.planningCase.regions.demandGrowth[region],
            potentialUsers: source.planningCase.regions.potentialUsers[region],
            demandPerUser: source.planningCase.regions.demandPerUser[region],
            useGrowth: source.planningCase.regions.useGrowth[region],
            capacity: source.planningCase.regions.capacity[region],
            retirement: source.planningCase.regions.retirement[region],
            source.planningCase.assumptions.growth)
        for year in years {
            course.advance()
            organicUsers[year] = course.organicUsers
            demandPerUser[year] = course.demandPerUser
            baseCapacity[year] = course.baseCapacity
        }
    }

    private mutating func enterDecisions() {
        source.decisions.servedUsers.read(region, into: &servedUsers)
        source.decisions.tradingUsers.read(region, into: &tradingUsers)
        source.decisions.enrolledUsers.read(region, into: &enrolledUsers)
        for technology in builds.indices {
            builds[technology] = source.decisions.newCapacity[technology].read(
                region, into: &newCapacity[technology])
        }
        for step in wins.indices {
            wins[step] = source.decisions.wonUsers[step].read(region, into: &wonUsers[step])
        }
        for technology in builds.indices where builds[technology] {
            buildCost[technology] = source.planningCase.buildCost(region, technology)
            operatingCost[technology] = source.planningCase.operatingCost(region, technology)
        }
    }

    /// Whoever finds capacity is served, whoever is enrolled already trades (model, 7).
    private mutating func enterOwnUsers() {
        let trade = source.planningCase.commerceRevenue(region) > 0
        let enrolled = source.planningCase.regions.creditUsers[region]
        for year in years {
            servedUsers[year] = ownUsers(Year(year + 1))
            tradingUsers[year] = trade ? min(servedUsers[year], enrolled) : 0
        }
    }

    private mutating func enterFlows() {
        guard !source.links.isEmpty else { return }
        for year in years {
            flowOut[year] = source.links.from(region).reduce(0) { $0 + source.decisions.linkFlow[$1][year] }
            flowIn[year] = source.links.to(region).reduce(0) { $0 + source.decisions.linkFlow[$1][year] }
        }
    }

    private mutating func enterCapacity() {
        for year in years { capacity[year] = 0 }
        for technology in builds.indices where builds[technology] {
            let amounts = newCapacity[technology]
            for year in years { built[technology][year] = 0 }
            for paid in years where amounts[paid] != 0 {
                for year in source.weights.inService(technology, paid) {
                    built[technology][year] += amounts[paid]
                }
            }
            let inService = built[technology]
            for year in years { capacity[year] += inService[year] }
        }
        for year in years { capacity[year] = baseCapacity[year] + capacity[year] }
    }

    private mutating func enterUse() {
        for year in years { wonUsersKept[year] = 0 }
        for step in wins.indices where wins[step] {
            let amounts = wonUsers[step]
            for year in years { wonUsersKept[year] += amounts[year] }
        }
        let retention = source.planningCase.assumptions.adoption.retention
        var kept = 0.0
        for year in years {
            usedCapacity[year] = demandPerUser[year] * servedUsers[year] + flowOut[year] - flowIn[year]
            kept = retention * kept + wonUsersKept[year]
            wonUsersKept[year] = kept
        }
    }
}

// MARK: Money

extension RegionAccount {
    private mutating func enterSpending() {
        for year in years { spending[year] = LeverAmounts() }
        guard !source.servesOwnUsers else { return }
        for technology in builds.indices where builds[technology] {
            let amounts = newCapacity[technology]
            let cost = buildCost[technology]
            for year in years { spending[year][.build] += cost * amounts[year] }
        }
        for step in wins.indices where wins[step] {
            let amounts = wonUsers[step]
            let cost = source.planningCase.adoptionCost(region, step: step)
            for year in years where amounts[year] != 0 { spending[year][.adoption] += cost * amounts[year] }
        }
        for link in source.links.to(region) {
            let amounts = source.decisions.linkWidening[link]
            let cost = source.planningCase.links[link].buildCost
            for year in years where amounts[year] != 0 { spending[year][.share] += cost * amounts[year] }
        }
        let cost = source.planningCase.regions.creditCost[region]
        for year in years where enrolledUsers[year] != 0 {
            spending[year][.credit] = cost * enrolledUsers[year]
        }
    }

    private mutating func enterValue() {
        enterOperating()
        let perUser = source.planningCase.regions.revenuePerUser[region]
        let perTrader = source.planningCase.commerceRevenue(region)
        var sum = 0.0
        for year in years {
            let revenue = perUser * servedUsers[year] + perTrader * tradingUsers[year]
            let carried =
                source.links.isEmpty
                ? 0
                : source.links.to(region).reduce(0) {
                    $0 + source.planningCase.links[$1].cost * source.decisions.linkFlow[$1][year]
                }
            sum +=
                source.weights.flow[year] * (revenue - operating[year] - carried)
                - source.weights.discount[year] * spending[year].total + residual[year]
        }
        netPresentValue = sum
    }

    private mutating func enterOperating() {
        let perUnit = source.planningCase.regions.operatingCost[region]
        for year in years {
            operating[year] = perUnit * baseCapacity[year]
            residual[year] = 0
        }
        for technology in builds.indices where builds[technology] {
            let inService = built[technology]
            let amounts = newCapacity[technology]
            for year in years {
                operating[year] += operatingCost[technology] * inService[year]
                residual[year] +=
                    buildCost[technology] * amounts[year] * source.weights.residual(technology, year)
            }
        }
    }
}

// MARK: Figures

extension RegionAccount {
    /// `min(n, max_utilization·c0/d)`: users whom the region can serve by itself without the plan (model, 5.4).
    func ownUsers(_ year: Year) -> Double {
        let demand = demandPerUser[year]
        let usable = source.planningCase.regions.maxUtilization[region] * baseCapacity[year]
        return min(organicUsers[year], demand > 0 ? usable / demand : .infinity)
    }

    /// What the region's own users and the source.links at it come to, each counted once, capacity units.
    func throughput(_ year: Year) -> Double {
        demandPerUser[year] * servedUsers[year] + flowOut[year] + flowIn[year]
    }

    /// Over all years, money, undiscounted.
    var totalSpending: Double { Lever.allCases.reduce(0) { $0 + totalSpending(on: $1) } }

    func totalSpending(on lever: Lever) -> Double {
        spending.reduce(0) { $0 + $1[lever] }
    }

    /// Whether the region builds with a technology in any year.
    func builds(with technology: Int) -> Bool { builds[technology] }

    /// Whether the region wins users at a step in any year.
    func wins(at step: Int) -> Bool { wins[step] }

    /// Spending of a year on building with one technology, money.
    func buildSpending(_ technology: Int, _ year: Year) -> Double {
        builds(with: technology) ? buildCost[technology] * newCapacity[technology][year] : 0
    }
}
