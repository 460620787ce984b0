public import Headroom

extension PlanningCase {
    /// The same case with other ways to build; a region's override stands under its position.
    public func with(
        technologies: [Technology], overrides: [[Int: CostOverride]]? = nil
    ) -> PlanningCase {
        var changed = self
        changed.technologies = technologies
        changed.overrides = (overrides ?? technologies.map { _ in [:] }).map { cells in
            Dictionary(uniqueKeysWithValues: cells.map { (RegionIndex($0.key), $0.value) })
        }
        return changed
    }

    public func with(links: Link...) -> PlanningCase {
        var changed = self
        changed.links = links
        return changed
    }

    public func with(rules: Rule...) -> PlanningCase {
        var changed = self
        changed.rules = rules
        return changed
    }

    /// The same case with other assumptions.
    public func with(_ change: (inout Assumptions) -> Void) -> PlanningCase {
        var changed = self
        change(&changed.assumptions)
        return changed
    }
}

extension Link {
    /// A link between two rows of the region table.
    public init(
        _ from: Int, _ to: Int, capacity: Double, cost: Double, buildCost: Double = .infinity,
        yearlyLimit: Double = .infinity
    ) {
        self.init(
            from: RegionIndex(from), to: RegionIndex(to), capacity: capacity, cost: cost,
            buildCost: buildCost, yearlyLimit: yearlyLimit)
    }
}
