/// What a set of decisions comes to, region by region and year by year, computed from the model alone.
///
/// It shares the inputs and what is derived from them (growth, demand, costs, discounting) with the formulation, but
/// no row and no coefficient: a figure that the program and the ledger agree on was summed up twice.
/// Arrays by region and year stand as in `Decisions`.
public struct Ledger: Equatable, Sendable {
    public let planningCase: PlanningCase
    public let decisions: Decisions
    /// `c[r,t]`, capacity units.
    public private(set) var capacity: [Double]
    /// `u[r,t]`, capacity units.
    public private(set) var usedCapacity: [Double]
    /// `n[r,t]`, users.
    public private(set) var organicUsers: [Double]
    /// `A[r,t]`, won users kept.
    public private(set) var wonUsersKept: [Double]
    /// Spending by lever, money, undiscounted.
    public private(set) var spending: [Lever: [Double]]
    /// `NPV` by region, money of the base year.
    public private(set) var netPresentValue: [Double]
    /// The links from and to each region, by its position.
    private let linksOut: [[Int]]
    private let linksIn: [[Int]]

    public init(_ planningCase: PlanningCase, _ decisions: Decisions) {
        self.planningCase = planningCase
        self.decisions = decisions
        (linksOut, linksIn) = planningCase.linksByRegion
        let zeros = [Double](repeating: 0, count: decisions.servedUsers.count)
        capacity = zeros
        usedCapacity = zeros
        organicUsers = zeros
        wonUsersKept = zeros
        spending = Dictionary(uniqueKeysWithValues: Lever.allCases.map { ($0, zeros) })
        netPresentValue = [Double](repeating: 0, count: planningCase.regions.count)
        let valuation = Valuation(planningCase.assumptions)
        for region in planningCase.regions.indices { enter(region, valuation) }
    }

    private mutating func enter(_ region: RegionIndex, _ valuation: Valuation) {
        var kept = 0.0
        for year in planningCase.assumptions.planningYears {
            let position = decisions.position(region, year)
            let built = builtCapacity(region, year)
            capacity[position] = planningCase.baseCapacity(region, year) + built.reduce(0, +)
            usedCapacity[position] =
                planningCase.demandPerUser(region, year) * decisions.servedUsers[position]
                + flow(linksOut[region.position], year) - flow(linksIn[region.position], year)
            organicUsers[position] = planningCase.organicUsers(region, year)
            kept =
                planningCase.assumptions.adoption.retention * kept
                + decisions.wonUsers.reduce(0) { $0 + $1[position] }
            wonUsersKept[position] = kept
            enterSpending(region, year, position)
            enterValue(region, year, position, built, valuation)
        }
    }

    /// Capacity in service that was built by the plan, by technology.
    private func builtCapacity(_ region: RegionIndex, _ year: Year) -> [Double] {
        planningCase.technologies.indices.map { index in
            let technology = planningCase.technologies[index]
            let last = year.ordinal - technology.leadTime
            let first = max(1, last - technology.lifetime + 1)
            guard first <= last else { return 0 }
            return (first...last).reduce(0) {
                $0 + decisions.newCapacity[index][decisions.position(region, Year($1))]
            }
        }
    }

    private func flow(_ links: [Int], _ year: Year) -> Double {
        links.reduce(0) { $0 + decisions.linkFlow[$1][year] }
    }

    /// What a region's own users and the links at it come to, each counted once, capacity units.
    func throughput(_ region: RegionIndex, _ year: Year) -> Double {
        let own =
            planningCase.demandPerUser(region, year) * decisions.servedUsers[decisions.position(region, year)]
        return own + flow(linksOut[region.position], year) + flow(linksIn[region.position], year)
    }

    private mutating func enterSpending(_ region: RegionIndex, _ year: Year, _ position: Int) {
        spending[.share]?[position] = linksIn[region.position].reduce(0) { sum, link in
            let added = decisions.linkWidening[link][year]
            return added == 0 ? sum : sum + planningCase.links[link].buildCost * added
        }
        spending[.build]?[position] = planningCase.technologies.indices.reduce(0) {
            $0 + planningCase.buildCost(region, $1) * decisions.newCapacity[$1][position]
        }
        spending[.adoption]?[position] = decisions.wonUsers.indices.reduce(0) { sum, step in
            let won = decisions.wonUsers[step][position]
            return won == 0 ? sum : sum + planningCase.adoptionCost(region, step: step) * won
        }
        let enrolled = decisions.enrolledUsers[position]
        spending[.credit]?[position] = enrolled == 0 ? 0 : planningCase.regions.creditCost[region] * enrolled
    }

    private mutating func enterValue(
        _ region: RegionIndex, _ year: Year, _ position: Int, _ built: [Double], _ valuation: Valuation
    ) {
        let revenue =
            planningCase.regions.revenuePerUser[region] * decisions.servedUsers[position]
            + planningCase.commerceRevenue(region) * decisions.tradingUsers[position]
        let base = planningCase.baseCapacity(region, year)
        let operating = built.indices.reduce(planningCase.regions.operatingCost[region] * base) {
            $0 + planningCase.operatingCost(region, $1) * built[$1]
        }
        let carried = linksIn[region.position].reduce(0) {
            $0 + planningCase.links[$1].cost * decisions.linkFlow[$1][year]
        }
        let spent = Lever.allCases.reduce(0) { $0 + (spending[$1]?[position] ?? 0) }
        let residual = planningCase.technologies.indices.reduce(0) {
            let paid = planningCase.buildCost(region, $1) * decisions.newCapacity[$1][position]
            return $0 + paid * valuation.residual(planningCase.technologies[$1], paidIn: year)
        }
        netPresentValue[region] +=
            valuation.flowWeight(year) * (revenue - operating - carried) - valuation.discountFactor(year)
            * spent
            + residual
    }
}

/// What money is spent on (model, 1).
public enum Lever: String, CaseIterable, Sendable { case build, adoption, share, credit }

// MARK: Sums

extension Ledger {
    /// Spending of a region, a year, a lever; nil stands for all of them. Money, undiscounted.
    public func spending(region: RegionIndex? = nil, year: Year? = nil, lever: Lever? = nil) -> Double {
        let regions = region.map { [$0] } ?? planningCase.regions.indices
        let years = year.map { [$0] } ?? planningCase.assumptions.planningYears
        var sum = 0.0
        for lever in lever.map({ [$0] }) ?? Lever.allCases {
            guard let money = spending[lever] else { continue }
            for region in regions {
                for year in years { sum += money[decisions.position(region, year)] }
            }
        }
        return sum
    }

    /// Spending of a region and year on building with one technology. Money, undiscounted.
    func buildSpending(_ region: RegionIndex, _ technology: Int, _ year: Year) -> Double {
        planningCase.buildCost(region, technology)
            * decisions.newCapacity[technology][decisions.position(region, year)]
    }

    /// A quantity summed over regions and years.
    func sum(_ values: [Double], over regions: [RegionIndex]? = nil, in years: [Year]) -> Double {
        var sum = 0.0
        for region in regions ?? planningCase.regions.indices {
            for year in years { sum += values[decisions.position(region, year)] }
        }
        return sum
    }

    /// `Σ u / Σ c`; nil where there is no capacity.
    public func utilization(of regions: [RegionIndex]? = nil, in years: [Year]) -> Double? {
        ratio(sum(usedCapacity, over: regions, in: years), sum(capacity, over: regions, in: years))
    }

    /// `Σ x / Σ n`: users served over organic users; nil where there are none.
    public func serviceLevel(of regions: [RegionIndex]? = nil, in years: [Year]) -> Double? {
        ratio(
            sum(decisions.servedUsers, over: regions, in: years), sum(organicUsers, over: regions, in: years))
    }

    /// `Σ x` over all regions in the last planning year.
    public var usersServedAtHorizon: Double {
        sum(decisions.servedUsers, in: [planningCase.assumptions.horizon])
    }

    public var totalNetPresentValue: Double { netPresentValue.reduce(0, +) }

    /// `Σ_t D[t] · I[t]`, money of the base year.
    public var investmentPresentValue: Double {
        let valuation = Valuation(planningCase.assumptions)
        return planningCase.assumptions.planningYears.reduce(0) {
            $0 + valuation.discountFactor($1) * spending(year: $1)
        }
    }
}

func ratio(_ numerator: Double, _ denominator: Double) -> Double? {
    denominator > 0 ? numerator / denominator : nil
}
