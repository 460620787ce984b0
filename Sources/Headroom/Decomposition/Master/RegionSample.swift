import Foundation

/// Some blocks that stand for all, each for as many as its weight says.
struct RegionSample: Sendable {
    /// By their names (`SubproblemShape.blocks`).
    var regions: [RegionIndex]
    var weights: [Double]

    /// Every block for itself.
    init(allOf shape: SubproblemShape) {
        regions = shape.blocks
        weights = [Double](repeating: 1, count: regions.count)
    }

    private init(regions: [RegionIndex], weights: [Double]) {
        self.regions = regions
        self.weights = weights
    }

    /// A smaller sample: systematic, with chances in proportion to size, in the order of classes and, within these, of how
    /// much a user earns per unit of money, so that all kinds are in; the largest regions are in for certain.
    ///
    /// See W. Cochran, Sampling Techniques (1977), chapters 8 and 9A.
    ///
    /// - Parameter kept: Regions that are in for certain, whatever their size.
    func thinned(
        to count: Int, keeping kept: Set<RegionIndex>, _ shape: SubproblemShape, _ planningCase: PlanningCase,
        _ coupling: CouplingRows
    ) -> RegionSample {
        let sizes = zip(regions, weights).map { shape.sum(over: $0, planningCase.sampleSize) * $1 }
        var chances = Self.chances(of: sizes, count)
        for (position, region) in regions.enumerated() where kept.contains(region) { chances[position] = 1 }
        let keys = regions.map { block in
            let region = shape.firstRegion(of: block)
            return (coupling.classes[region], planningCase.profitability(of: region))
        }
        let order = regions.indices.sorted {
            if keys[$0].0 != keys[$1].0 { return keys[$0].0 < keys[$1].0 }
            return keys[$0].1 != keys[$1].1 ? keys[$0].1 < keys[$1].1 : $0 < $1
        }
        var sum = 0.5
        var chosen: [Int] = []
        for position in order {
            let before = sum.rounded(.down)
            sum += chances[position]
            if chances[position] >= 1 || sum.rounded(.down) > before { chosen.append(position) }
        }
        chosen.sort()
        return RegionSample(
            regions: chosen.map { regions[$0] }, weights: chosen.map { weights[$0] / chances[$0] })
    }

    /// Chances in proportion to size, none above 1, that add up to about a number.
    private static func chances(of sizes: [Double], _ count: Int) -> [Double] {
        let mean = sizes.reduce(0, +) / Double(sizes.count)
        // Regions of no size are rare in the sample, but not left out.
        let sizes = sizes.map { max($0, 0.05 * mean, .leastNormalMagnitude) }
        var factor = Double(count) / sizes.reduce(0, +)
        for _ in 0..<8 {
            let certain = sizes.reduce(0.0) { $0 + ($1 * factor >= 1 ? 1 : 0) }
            let rest = sizes.reduce(0.0) { $0 + ($1 * factor >= 1 ? 0 : $1) }
            guard rest > 0, Double(count) > certain else { break }
            factor = (Double(count) - certain) / rest
        }
        return sizes.map { min(1, $0 * factor) }
    }
}

extension PlanningCase {
    /// What a region can weigh in a plan: users at the horizon.
    fileprivate func sampleSize(of region: RegionIndex) -> Double {
        let potential = regions.potentialUsers[region]
        return max(organicUsers(region, assumptions.horizon), potential.isFinite ? potential : 0)
    }

    /// What a user brings in a year for the money that capacity for one costs.
    fileprivate func profitability(of region: RegionIndex) -> Double {
        let cost = technologies.indices.reduce(Double.infinity) { min($0, buildCost(region, $1)) }
        let perUser = cost * regions.demandPerUser[region]
        return perUser > 0 && perUser.isFinite ? regions.revenuePerUser[region] / perUser : 0
    }
}
