/// The regions in which capacity that nobody uses costs least.
///
/// A rule can make it worth while to build for nothing: a floor on what is spent in some regions, or a bound on a share
/// of all that is built. The price of such a rule ends where the first region could build for it without end, and that
/// region is an extreme among its kind: a sample at random does not have it, and its prices are then off by what the
/// next one costs more.
struct CheapestBuilding {
    private let planningCase: PlanningCase
    private let classes: [Int32]

    /// Each region and technology costs `running/build` a year for a unit of money, and gives `1/build` units of
    /// capacity for it. What a unit of money comes to is a weighted sum of both, with weights that prices decide: so the
    /// cheapest regions are corners of the convex hull of these pairs, and those that come first in some
    /// directions are nearly all of them.
    private static let directions: [(running: Double, units: Double)] = [
        (-1, 0), (-1, 0.3), (-1, 1), (-0.3, 1), (0, 1), (-1, -0.3), (-1, -1), (-0.3, -1),
    ]
    /// Regions of a class that come first in one direction.
    private static let first = 3

    init(_ planningCase: PlanningCase, _ coupling: CouplingRows) {
        self.planningCase = planningCase
        classes = coupling.classes
    }

    /// Only regions that may build without limit count. O(regions · technologies).
    func regions(classCount: Int) -> Set<RegionIndex> {
        guard !planningCase.rules.isEmpty else { return [] }
        var found: Set<RegionIndex> = []
        for technology in planningCase.technologies.indices {
            let (mean, isFree) = typical(technology)
            for direction in Self.directions {
                var best = [[(score: Double, region: RegionIndex)]](repeating: [], count: classCount)
                for region in planningCase.regions.indices where isFree[region] {
                    let score = score(region, technology, direction, mean)
                    Self.enter(score, region, to: &best[Int(classes[region])])
                }
                for entry in best.joined() { found.insert(entry.region) }
            }
        }
        return found
    }

    private func score(
        _ region: RegionIndex, _ technology: Int, _ direction: (running: Double, units: Double),
        _ mean: (running: Double, units: Double)
    ) -> Double {
        let units = 1 / planningCase.buildCost(region, technology)
        let running = planningCase.operatingCost(region, technology) * units
        return direction.running * running / mean.running + direction.units * units / mean.units
    }

    private static func enter(
        _ score: Double, _ region: RegionIndex, to best: inout [(score: Double, region: RegionIndex)]
    ) {
        if best.count == first, score <= best[first - 1].score { return }
        let place = best.firstIndex { $0.score < score } ?? best.count
        best.insert((score, region), at: place)
        if best.count > first { best.removeLast() }
    }

    /// What both figures are on average, and which regions may build without limit.
    private func typical(_ technology: Int) -> (mean: (running: Double, units: Double), isFree: [Bool]) {
        var (running, units, count) = (0.0, 0.0, 0.0)
        let isFree = planningCase.regions.indices.map { region in
            let cost = planningCase.buildCost(region, technology)
            let limit = min(
                planningCase.yearlyLimit(region, technology), planningCase.totalLimit(region, technology),
                planningCase.regions.yearlyBuildLimit[region])
            guard limit == .infinity, cost > 0 else { return false }
            units += 1 / cost
            running += planningCase.operatingCost(region, technology) / cost
            count += 1
            return true
        }
        func mean(_ sum: Double) -> Double { sum > 0 ? sum / count : 1 }
        return ((mean(running), mean(units)), isFree)
    }
}
