/// Works out what a plan's decisions come to, one region after the other, in memory of its own.
///
/// One a thread. Arrays by year hold `T` entries, the first for planning year 1; those by technology (or step, or lever)
/// and year stand at `technology · T + t − 1`. Pointers, not arrays, and nothing that belongs to all regions is handed
/// on: a region takes less than a microsecond, and counting the owners of what all threads share takes longer.
struct AccountReader: ~Copyable {
    let source: AccountSource
    /// `T`.
    let years: Int
    let technologyCount: Int
    let stepCount: Int
    private let decisions: Decisions

    private(set) var region = RegionIndex(0)
    /// `NPV`, money of the base year.
    private(set) var netPresentValue = 0.0
    /// `n[t]`, users.
    let organicUsers: UnsafeMutablePointer<Double>
    /// `d[t]`, capacity units a user.
    let demandPerUser: UnsafeMutablePointer<Double>
    /// `c0[t]`, capacity units.
    let baseCapacity: UnsafeMutablePointer<Double>
    /// `c[t]`, capacity units.
    let capacity: UnsafeMutablePointer<Double>
    /// `u[t]`, capacity units.
    let usedCapacity: UnsafeMutablePointer<Double>
    /// `x[t]`, users.
    let servedUsers: UnsafeMutablePointer<Double>
    /// `v[t]`, users.
    let tradingUsers: UnsafeMutablePointer<Double>
    /// `h[t]`, users.
    let enrolledUsers: UnsafeMutablePointer<Double>
    /// `b[k,t]` by technology, capacity units.
    let newCapacity: UnsafeMutablePointer<Double>
    /// `a[s,t]` by adoption step, users.
    let wonUsers: UnsafeMutablePointer<Double>
    /// `A[t]`, won users kept.
    let wonUsersKept: UnsafeMutablePointer<Double>
    /// By technology: whether the region builds with it in any year.
    let builds: UnsafeMutablePointer<Bool>
    /// By step: whether the region wins users at it in any year.
    let wins: UnsafeMutablePointer<Bool>
    /// By lever, money, undiscounted.
    private let spending: UnsafeMutablePointer<Double>
    /// By technology, only of those that the region builds with: money a capacity unit, and a unit and year.
    private let buildCost: UnsafeMutablePointer<Double>
    private let operatingCost: UnsafeMutablePointer<Double>
    /// By technology, of those that the region builds with: what is in service of it, capacity units.
    private let built: UnsafeMutablePointer<Double>
    /// What base capacity and all that is built cost to run, money a year.
    private let operating: UnsafeMutablePointer<Double>
    /// What is left at the end of what is paid for building in a year, money of the base year.
    private let residual: UnsafeMutablePointer<Double>
    /// Over the links from and to the region, capacity units.
    private let flowOut: UnsafeMutablePointer<Double>
    private let flowIn: UnsafeMutablePointer<Double>
    private let memory = ScratchMemory()

    /// Of no region yet.
    init(_ source: AccountSource) {
        self.source = source
        let planningCase = source.planningCase
        years = planningCase.assumptions.years
        technologyCount = planningCase.technologies.count
        stepCount = planningCase.assumptions.adoption.steps.count
        decisions = source.decisions
        organicUsers = memory.doubles(years)
        demandPerUser = memory.doubles(years)
        baseCapacity = memory.doubles(years)
        capacity = memory.doubles(years)
        usedCapacity = memory.doubles(years)
        servedUsers = memory.doubles(years)
        tradingUsers = memory.doubles(years)
        enrolledUsers = memory.doubles(years)
        newCapacity = memory.doubles(technologyCount * years)
        wonUsers = memory.doubles(stepCount * years)
        wonUsersKept = memory.doubles(years)
        builds = memory.flags(technologyCount)
        wins = memory.flags(stepCount)
        spending = memory.doubles(Lever.allCases.count * years)
        buildCost = memory.doubles(technologyCount)
        operatingCost = memory.doubles(technologyCount)
        built = memory.doubles(technologyCount * years)
        operating = memory.doubles(years)
        residual = memory.doubles(years)
        flowOut = memory.doubles(years)
        flowIn = memory.doubles(years)
    }
}

// MARK: Reading a region

extension AccountReader {
    /// Turns to a region. O(years · (technologies + steps)), and the region's links.
    mutating func load(_ region: RegionIndex) {
        self.region = region
        enterCourse()
        if source.servesOwnUsers { enterOwnUsers() } else { enterDecisions() }
        enterFlows()
        enterCapacity()
        enterUse()
        enterSpending()
        enterOperating()
        netPresentValue = presentValue()
    }

    private func enterCourse() {
        var course = RegionCourse(
            users: source.planningCase.regions.users[region],
            demandGrowth: source.planningCase.regions.demandGrowth[region],
            potentialUsers: source.planningCase.regions.potentialUsers[region],
            demandPerUser: source.planningCase.regions.demandPerUser[region],
            useGrowth: source.planningCase.regions.useGrowth[region],
            capacity: source.planningCase.regions.capacity[region],
            retirement: source.planningCase.regions.retirement[region],
            source.planningCase.assumptions.growth)
        for year in 0..<years {
            course.advance()
            organicUsers[year] = course.organicUsers
            demandPerUser[year] = course.demandPerUser
            baseCapacity[year] = course.baseCapacity
        }
    }

    private func enterDecisions() {
        decisions.servedUsers.read(region, into: servedUsers)
        decisions.tradingUsers.read(region, into: tradingUsers)
        decisions.enrolledUsers.read(region, into: enrolledUsers)
        for technology in 0..<technologyCount {
            builds[technology] = decisions.newCapacity[technology].read(
                region, into: newCapacity + technology * years)
            guard builds[technology] else { continue }
            buildCost[technology] = source.planningCase.buildCost(region, technology)
            operatingCost[technology] = source.planningCase.operatingCost(region, technology)
        }
        for step in 0..<stepCount {
            wins[step] = decisions.wonUsers[step].read(region, into: wonUsers + step * years)
        }
    }

    /// Whoever finds capacity is served, whoever is enrolled already trades (model, 7).
    private func enterOwnUsers() {
        let trade = source.planningCase.commerceRevenue(region) > 0
        let enrolled = source.planningCase.regions.creditUsers[region]
        for year in 0..<years {
            servedUsers[year] = ownUsers(year)
            tradingUsers[year] = trade ? min(servedUsers[year], enrolled) : 0
        }
    }

    private func enterFlows() {
        guard !source.links.isEmpty else { return }
        for year in 0..<years {
            flowOut[year] = source.links.from(region).reduce(0) { $0 + decisions.linkFlow[$1][year] }
            flowIn[year] = source.links.to(region).reduce(0) { $0 + decisions.linkFlow[$1][year] }
        }
    }

    private func enterCapacity() {
        for year in 0..<years { capacity[year] = 0 }
        for technology in 0..<technologyCount where builds[technology] {
            let first = technology * years
            for year in 0..<years { built[first + year] = 0 }
            for paid in 0..<years where newCapacity[first + paid] != 0 {
                for year in source.weights.inService(technology, paid) {
                    built[first + year] += newCapacity[first + paid]
                }
            }
            for year in 0..<years { capacity[year] += built[first + year] }
        }
        for year in 0..<years { capacity[year] = baseCapacity[year] + capacity[year] }
    }

    private func enterUse() {
        for year in 0..<years { wonUsersKept[year] = 0 }
        for step in 0..<stepCount where wins[step] {
            for year in 0..<years { wonUsersKept[year] += wonUsers[step * years + year] }
        }
        let retention = source.planningCase.assumptions.adoption.retention
        var kept = 0.0
        for year in 0..<years {
            usedCapacity[year] = demandPerUser[year] * servedUsers[year] + flowOut[year] - flowIn[year]
            kept = retention * kept + wonUsersKept[year]
            wonUsersKept[year] = kept
        }
    }
}

// MARK: Money

extension AccountReader {
    private func enterSpending() {
        for place in 0..<Lever.allCases.count * years { spending[place] = 0 }
        guard !source.servesOwnUsers else { return }
        let build = spending + Lever.build.position * years
        for technology in 0..<technologyCount where builds[technology] {
            let cost = buildCost[technology]
            for year in 0..<years { build[year] += cost * newCapacity[technology * years + year] }
        }
        let adoption = spending + Lever.adoption.position * years
        for step in 0..<stepCount where wins[step] {
            let cost = source.planningCase.adoptionCost(region, step: step)
            for year in 0..<years where wonUsers[step * years + year] != 0 {
                adoption[year] += cost * wonUsers[step * years + year]
            }
        }
        enterWidening()
        let credit = spending + Lever.credit.position * years
        let cost = source.planningCase.regions.creditCost[region]
        for year in 0..<years where enrolledUsers[year] != 0 { credit[year] = cost * enrolledUsers[year] }
    }

    private func enterWidening() {
        guard !source.links.isEmpty else { return }
        let share = spending + Lever.share.position * years
        for link in source.links.to(region) {
            let amounts = decisions.linkWidening[link]
            let cost = source.planningCase.links[link].buildCost
            for year in 0..<years where amounts[year] != 0 { share[year] += cost * amounts[year] }
        }
    }

    private func enterOperating() {
        let perUnit = source.planningCase.regions.operatingCost[region]
        for year in 0..<years {
            operating[year] = perUnit * baseCapacity[year]
            residual[year] = 0
        }
        for technology in 0..<technologyCount where builds[technology] {
            let first = technology * years
            for year in 0..<years {
                operating[year] += operatingCost[technology] * built[first + year]
                residual[year] +=
                    buildCost[technology] * newCapacity[first + year]
                    * source.weights.residual(technology, year)
            }
        }
    }

    private func presentValue() -> Double {
        let perUser = source.planningCase.regions.revenuePerUser[region]
        let perTrader = source.planningCase.commerceRevenue(region)
        var sum = 0.0
        for year in 0..<years {
            let revenue = perUser * servedUsers[year] + perTrader * tradingUsers[year]
            sum +=
                source.weights.flow[year] * (revenue - operating[year] - carrying(year))
                - source.weights.discount[year] * spending(year) + residual[year]
        }
        return sum
    }

    /// What the use of links to the region costs, money a year.
    private func carrying(_ year: Int) -> Double {
        guard !source.links.isEmpty else { return 0 }
        return source.links.to(region).reduce(0) {
            $0 + source.planningCase.links[$1].cost * decisions.linkFlow[$1][year]
        }
    }
}

// MARK: Figures; years as positions from 0

extension AccountReader {
    /// `min(n, max_utilization·c0/d)`: users whom the region can serve by itself without the plan (model, 5.4).
    func ownUsers(_ year: Int) -> Double {
        let demand = demandPerUser[year]
        let usable = source.planningCase.regions.maxUtilization[region] * baseCapacity[year]
        return min(organicUsers[year], demand > 0 ? usable / demand : .infinity)
    }

    /// What the region's own users and the links at it come to, each counted once, capacity units.
    func throughput(_ year: Int) -> Double {
        demandPerUser[year] * servedUsers[year] + flowOut[year] + flowIn[year]
    }

    /// Money, undiscounted.
    func spending(on lever: Lever, _ year: Int) -> Double { spending[lever.position * years + year] }

    /// On all levers, money, undiscounted.
    func spending(_ year: Int) -> Double {
        spending[year] + spending[years + year] + spending[2 * years + year] + spending[3 * years + year]
    }

    /// Over all years, money, undiscounted.
    func totalSpending(on lever: Lever) -> Double { sum(spending + lever.position * years) }

    /// On all levers over all years, money, undiscounted.
    var totalSpending: Double {
        var total = 0.0
        for lever in Lever.allCases { total += totalSpending(on: lever) }
        return total
    }

    /// Of one technology over all years, capacity units.
    func totalNewCapacity(_ technology: Int) -> Double { sum(newCapacity + technology * years) }

    /// At one step over all years, users.
    func totalWonUsers(_ step: Int) -> Double { sum(wonUsers + step * years) }

    /// Of all technologies, capacity units.
    func newCapacity(_ year: Int) -> Double {
        var all = 0.0
        for technology in 0..<technologyCount { all += newCapacity[technology * years + year] }
        return all
    }

    /// Spending of a year on building with one technology, money.
    func buildSpending(_ technology: Int, _ year: Int) -> Double {
        builds[technology] ? buildCost[technology] * newCapacity[technology * years + year] : 0
    }

    private func sum(_ amounts: UnsafeMutablePointer<Double>) -> Double {
        var sum = 0.0
        for year in 0..<years { sum += amounts[year] }
        return sum
    }
}
