/// Something about one region that could be otherwise.
public enum RegionChange: Hashable, Sendable {
    /// Every build cost of the region, whatever the technology, times a factor.
    case buildCost(Double)
    case adoptionCost(Double)
    case revenue(Double)
    /// Organic growth a year, as a fraction.
    case growth(Double)
    case potential(Double)
    /// The limit on building in a year, all technologies together, times a factor.
    case yearlyBuildLimit(Double)
    /// A technology's yearly limit in the region, times a factor.
    case yearlyLimit(technology: Int, Double)
    case totalLimit(technology: Int, Double)
    case linkCapacity(link: Int, Double)
}

extension PlanningCase {
    /// The same plan with one thing about a region changed.
    public func with(_ change: RegionChange, in region: RegionIndex) -> PlanningCase {
        var changed = self
        func scale(_ column: RegionColumn, _ value: Double, by factor: Double) {
            changed.regions.set(column, of: region, to: value * factor)
        }
        switch change {
        case .buildCost(let factor): changed.scaleBuildCost(of: region, by: factor)
        case .adoptionCost(let factor): scale(.adoptionCost, regions.adoptionCost[region], by: factor)
        case .revenue(let factor): scale(.revenuePerUser, regions.revenuePerUser[region], by: factor)
        case .growth(let growth): changed.regions.set(.demandGrowth, of: region, to: growth)
        case .potential(let factor): scale(.potentialUsers, regions.potentialUsers[region], by: factor)
        case .yearlyBuildLimit(let factor):
            scale(.yearlyBuildLimit, regions.yearlyBuildLimit[region], by: factor)
        case .yearlyLimit(let technology, let factor):
            changed.overrides[technology][region, default: CostOverride()].yearlyLimit =
                yearlyLimit(region, technology) * factor
        case .totalLimit(let technology, let factor):
            changed.overrides[technology][region, default: CostOverride()].totalLimit =
                totalLimit(region, technology) * factor
        case .linkCapacity(let link, let factor): changed.links[link].capacity *= factor
        }
        return changed
    }

    /// With a technology table the region's factor makes its costs, but not those that an override names.
    private mutating func scaleBuildCost(of region: RegionIndex, by factor: Double) {
        regions.set(.costFactor, of: region, to: regions.costFactor[region] * factor)
        for technology in overrides.indices {
            guard let cost = overrides[technology][region]?.buildCost else { continue }
            overrides[technology][region]?.buildCost = cost * factor
        }
    }
}
