public import LinearProgramming

extension Formulation {
    /// `NPV = Σ_t D[t]·(revenue − operating cost − spending)[t] + residual`, money of the base year (model, 7).
    public var netPresentValue: LinearExpression {
        var sum = LinearExpression()
        for region in planningCase.regions.indices { addNetPresentValue(of: region, to: &sum) }
        return sum
    }

    /// `Σ_t D[t] · I[t]`, money of the base year.
    var presentValueOfSpending: LinearExpression {
        var sum = LinearExpression()
        for year in years { sum.add(spending(in: year), times: valuation.discountFactor(year)) }
        return sum
    }

    private func addNetPresentValue(of region: RegionIndex, to sum: inout LinearExpression) {
        for year in years {
            let weight = valuation.flowWeight(year)
            addRevenue(of: region, in: year, times: weight, to: &sum)
            addOperatingCost(of: region, in: year, times: -weight, to: &sum)
            addSpending(of: region, in: year, times: -valuation.discountFactor(year), to: &sum)
            addResidualValue(of: region, paidIn: year, to: &sum)
        }
    }

    /// `revenue_per_user · x[r,t] + q · commerce_revenue_per_user · v[r,t]`.
    private func addRevenue(
        of region: RegionIndex, in year: Year, times weight: Double, to sum: inout LinearExpression
    ) {
        let block = blocks[region]
        sum.add(block.servedUsers[year], times: weight * planningCase.regions.revenuePerUser[region])
        if !block.tradingUsers.isEmpty {
            sum.add(block.tradingUsers[year], times: weight * planningCase.commerceRevenue(region))
        }
    }

    /// `operating_cost · c[r,t]`, each technology its own, and the use of the links to the region.
    private func addOperatingCost(
        of region: RegionIndex, in year: Year, times weight: Double, to sum: inout LinearExpression
    ) {
        let base = planningCase.baseCapacity(region, year)
        sum.constant += weight * planningCase.regions.operatingCost[region] * base
        for technology in planningCase.technologies.indices {
            let cost = planningCase.operatingCost(region, technology)
            sum.add(capacityBuilt(region, technology, year), times: weight * cost)
        }
        for link in linksIn[region.position] {
            sum.add(linkColumns[link].flow[year], times: weight * planningCase.links[link].cost)
        }
    }

    /// What is left at the end of the capacity that was paid for in a year.
    private func addResidualValue(of region: RegionIndex, paidIn year: Year, to sum: inout LinearExpression) {
        for (index, technology) in planningCase.technologies.enumerated() {
            let kept = valuation.residual(technology, paidIn: year)
            sum.add(newCapacity(region, index, year), times: kept * planningCase.buildCost(region, index))
        }
    }
}
