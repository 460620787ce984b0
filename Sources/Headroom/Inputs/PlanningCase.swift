import Foundation

/// Everything a plan is made from: the one value that the formulation reads.
public struct PlanningCase: Equatable, Sendable {
    public var assumptions: Assumptions
    public var regions: Regions
    public var technologies: [Technology] = [.capacity]
    /// By technology: what differs in single regions.
    public var overrides: [[RegionIndex: CostOverride]] = [[:]]
    public var links: [Link] = []
    public var rules: [Rule] = []

    public init(assumptions: Assumptions, regions: Regions) {
        self.assumptions = assumptions
        self.regions = regions
    }

    /// Checks the inputs and fills in defaults.
    ///
    /// - Throws: `InvalidInputs` where a finding is an error.
    public init(assumptions: Assumptions, table: RegionTable) throws(InvalidInputs) {
        let errors = findings(in: table, assumptions).filter { $0.severity == .error }
        guard errors.isEmpty else { throw InvalidInputs(findings: errors) }
        self.init(assumptions: assumptions, regions: Regions(table, assumptions))
    }
}

extension PlanningCase {
    /// A readable name such as `CN-BJ>CN-TJ`.
    public func name(ofLink index: Int) -> String {
        "\(regions.ids[links[index].from])>\(regions.ids[links[index].to])"
    }

    /// What people call a link, such as `Beijing → Tianjin`; by ids where another region has one of these names too.
    func title(ofLink index: Int) -> String {
        let names = [links[index].from, links[index].to].map { regions.names[$0] }
        let areTelling = names.allSatisfy { name in regions.names.count { $0 == name } == 1 }
        return areTelling ? "\(names[0]) → \(names[1])" : name(ofLink: index)
    }

    /// The links from and to each region, by its position.
    var linksByRegion: (from: [[Int]], to: [[Int]]) {
        var from = [[Int]](repeating: [], count: regions.count)
        var to = from
        for (index, link) in links.enumerated() {
            from[link.from.position].append(index)
            to[link.to.position].append(index)
        }
        return (from, to)
    }
}

extension PlanningCase {
    /// The same plan for some of the regions.
    ///
    /// Rules and links are left out, and so is what they ask for.
    func only(_ chosen: [RegionIndex]) -> PlanningCase {
        var part = self
        part.regions = regions.only(chosen)
        part.links = []
        part.rules = []
        part.overrides = overrides.map { cells in
            guard !cells.isEmpty else { return [:] }
            var mapped: [RegionIndex: CostOverride] = [:]
            for (position, region) in chosen.enumerated() { mapped[RegionIndex(position)] = cells[region] }
            return mapped
        }
        return part
    }

    /// The same plan without anything to spend on, and without rules: what doing nothing is the best plan of.
    var withoutLevers: PlanningCase {
        var part = self
        part.regions = regions.withoutLevers
        part.technologies = []
        part.overrides = []
        part.rules = []
        part.links = links.map { link in
            var link = link
            link.buildCost = .infinity
            return link
        }
        part.assumptions.budget = Budget()
        part.assumptions.objective.goals = [.return]
        return part
    }
}

/// The inputs do not make a plan.
public struct InvalidInputs: Error, CustomStringConvertible {
    public var findings: [Finding]
    public var description: String { findings.map(\.message).joined(separator: "\n") }
}

// MARK: Derived quantities (model, 3.3)

extension PlanningCase {
    /// `d[r,t] = demand_per_user · (1 + use_growth)^t`, capacity units a user.
    public func demandPerUser(_ region: RegionIndex, _ year: Year) -> Double {
        regions.demandPerUser[region] * pow(1 + regions.useGrowth[region], Double(year.ordinal))
    }

    /// `n[r,t]`: users who want service by themselves.
    public func organicUsers(_ region: RegionIndex, _ year: Year) -> Double {
        let start = regions.users[region]
        guard start > 0 else { return 0 }
        let cap = regions.potentialUsers[region]
        let growth = regions.demandGrowth[region]
        let t = Double(year.ordinal)
        if assumptions.growth == .logistic, growth > 0, start > 0, cap.isFinite, start * (1 + growth) < cap {
            // M / (1 + (M/n0 − 1)·q^t), with q such that the first year grows by exactly g.
            let open = cap / start - 1
            let ratio = (cap / (start * (1 + growth)) - 1) / open
            return cap / (1 + open * pow(ratio, t))
        }
        return min(cap, start * pow(1 + growth, t))
    }

    /// `c0[r,t] = capacity · (1 − retirement)^t`: base-year capacity left.
    public func baseCapacity(_ region: RegionIndex, _ year: Year) -> Double {
        regions.capacity[region] * pow(1 - regions.retirement[region], Double(year.ordinal))
    }

    /// What is paid for a unit of capacity (model, 5.7).
    public func buildCost(_ region: RegionIndex, _ technology: Int) -> Double {
        if let cost = overrides[technology][region]?.buildCost { return cost }
        return (technologies[technology].buildCost ?? regions.buildCost[region]) * regions.costFactor[region]
    }

    /// What it costs a year to keep a built unit of capacity running.
    public func operatingCost(_ region: RegionIndex, _ technology: Int) -> Double {
        overrides[technology][region]?.operatingCost ?? technologies[technology].operatingCost
            ?? regions.operatingCost[region]
    }

    /// Most that can be built in a year, capacity units; infinite: no limit.
    public func yearlyLimit(_ region: RegionIndex, _ technology: Int) -> Double {
        overrides[technology][region]?.yearlyLimit ?? technologies[technology].yearlyLimit
    }

    /// Most that can be built over the horizon, capacity units; infinite: no limit.
    public func totalLimit(_ region: RegionIndex, _ technology: Int) -> Double {
        overrides[technology][region]?.totalLimit ?? .infinity
    }

    /// `min(n, M, max_utilization·c0/d)`: users whom the region can serve by itself without the plan (model, 5.4).
    public func ownUsers(_ region: RegionIndex, _ year: Year) -> Double {
        let demand = demandPerUser(region, year)
        let usable = regions.maxUtilization[region] * baseCapacity(region, year)
        return min(organicUsers(region, year), demand > 0 ? usable / demand : .infinity)
    }

    /// Revenue of one user who trades online, a year: `q · commerce_revenue_per_user`.
    public func commerceRevenue(_ region: RegionIndex) -> Double {
        regions.creditScore[region] * regions.commerceRevenuePerUser[region]
    }

    /// `share_s · (M − users)`: the most users that a step can win; 0 where there is no adoption lever.
    public func adoptionLimit(_ region: RegionIndex, step: Int) -> Double {
        guard regions.potentialUsers[region].isFinite, regions.adoptionCost[region].isFinite else { return 0 }
        let share = assumptions.adoption.steps[step].share
        return share * (regions.potentialUsers[region] - regions.users[region])
    }

    /// Money a user won at a step.
    public func adoptionCost(_ region: RegionIndex, step: Int) -> Double {
        regions.adoptionCost[region] * assumptions.adoption.steps[step].costFactor
    }
}
