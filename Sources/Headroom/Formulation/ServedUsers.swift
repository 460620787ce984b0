import LinearProgramming

extension Formulation {
    /// `x[r,t]`, at most `M[r]` and what demand and adoption can reach (model, 5.2).
    ///
    /// In a plan with links at least what the region can serve by itself: only idle capacity is shared (model, 5.4).
    mutating func addServedUsers(of region: RegionIndex) {
        let size = usersScale(of: region)
        blocks[region].servedUsers = years.map { year in
            addColumn(
                Label("served", region, nil, year),
                lower: planningCase.links.isEmpty ? 0 : planningCase.ownUsers(region, year),
                upper: reachableUsers(region, year), magnitude: size)
        }
    }

    /// The most users that demand, adoption and potential allow in a year.
    func reachableUsers(_ region: RegionIndex, _ year: Year) -> Double {
        let winnable = planningCase.assumptions.adoption.steps.indices.reduce(0) {
            $0 + planningCase.adoptionLimit(region, step: $1)
        }
        return min(
            planningCase.regions.potentialUsers[region], planningCase.organicUsers(region, year) + winnable)
    }

    /// The size of a region's user numbers.
    func usersScale(of region: RegionIndex) -> Double {
        years.map { reachableUsers(region, $0) }.max() ?? 1
    }

    /// The size of a region's capacity numbers.
    func capacityScale(of region: RegionIndex) -> Double {
        let need =
            usersScale(of: region) * planningCase.demandPerUser(region, planningCase.assumptions.horizon)
        return need > 0
            ? need / planningCase.regions.maxUtilization[region] : planningCase.regions.capacity[region]
    }

    /// Demand: `x[r,t] ≤ n[r,t] + A[r,t]` (model, 5.2). Where nobody can be won it is the column's bound already.
    mutating func addDemandLimits(of region: RegionIndex) {
        for year in years {
            let organic = planningCase.organicUsers(region, year)
            guard organic < reachableUsers(region, year) else { continue }
            addRow(
                Label("demand", region, nil, year),
                LinearExpression(blocks[region].servedUsers[year]) - wonUsersKept(region, year),
                upper: organic)
        }
    }

    /// `u[r,t] = d[r,t]·x[r,t] + Σ_{l from r} f[l,t] − Σ_{l to r} f[l,t]`, capacity units (model, 5.4).
    func usedCapacity(_ region: RegionIndex, _ year: Year) -> LinearExpression {
        var use = LinearExpression(
            blocks[region].servedUsers[year], times: planningCase.demandPerUser(region, year))
        use.add(servedForOthers(region, year))
        return use
    }

    /// Use: `0 ≤ u[r,t] ≤ max_utilization[r] · c[r,t]`, capacity units (model, 5.4).
    ///
    /// Without links use is never below 0, and where base capacity is enough for all users that could ever be served
    /// it is never above.
    mutating func addUseLimits(of region: RegionIndex) {
        let usable = planningCase.regions.maxUtilization[region]
        let isFed = !linksIn[region.position].isEmpty
        let isLinked = isFed || !linksOut[region.position].isEmpty
        for year in years {
            let need = planningCase.demandPerUser(region, year) * reachableUsers(region, year)
            let use = usedCapacity(region, year)
            if isLinked || need > usable * planningCase.baseCapacity(region, year) {
                addRow(
                    Label("use", region, nil, year), use - usable * capacity(region, year), upper: 0)
            }
            if isFed { addRow(Label("use_min", region, nil, year), use, lower: 0) }
        }
    }
}
