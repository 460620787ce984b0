/// Whole modules in a block: bounds on new capacity, which leave a block that starts from slack as before.
///
/// The least that is built counts as capacity from the beginning and lessens what limits leave; only what is built
/// beyond it is decided. So a node of a search for whole numbers is a block like any other.

/// How many modules every region buys, by technology and year.
struct HeldModules: Sendable {
    /// By region, technology and year, at `(region · technologies + technology) · T + t − 1`; 0 where a technology
    /// has no modules.
    private var counts: [Int32]
    /// By technology: the size of a module, 0 without.
    private let sizes: [Double]
    private let years: Int

    /// None are bought.
    init(of planningCase: PlanningCase) {
        sizes = planningCase.technologies.map { $0.module ?? 0 }
        years = planningCase.assumptions.years
        counts = [Int32](repeating: 0, count: planningCase.regions.count * sizes.count * years)
    }

    /// - Parameter counts: By technology and year.
    mutating func hold(_ counts: some Collection<Int32>, of region: RegionIndex) {
        let width = sizes.count * years
        self.counts.replaceSubrange(region.position * width..<(region.position + 1) * width, with: counts)
    }

    /// Bounds what is built with modules to those that are held, and nothing else.
    func bound(_ figures: inout SubproblemFigures, _ region: RegionIndex, _ shape: SubproblemShape) {
        figures.isBounded = true
        let first = region.position * sizes.count * years
        for place in 0..<sizes.count * years {
            let size = sizes[place / years]
            figures.leastBuilt[place] = size * Double(counts[first + place])
            figures.mostBuilt[place] = size > 0 ? figures.leastBuilt[place] : .infinity
        }
    }
}

extension PlanningCase {
    var hasModules: Bool { technologies.contains { $0.module != nil } }
}

extension SubproblemFigures {
    /// What may be built beyond the least.
    func roomAboveLeast(_ place: Int) -> Double {
        let most = mostBuilt[place]
        return most < .infinity ? most - leastBuilt[place] : most
    }
}

extension SubproblemSolver {
    /// Counts the least that is built as base capacity, and takes it off the limits.
    ///
    /// - Returns: False where limits do not allow it.
    mutating func takeLeastBuilding() -> Bool {
        for technology in 0..<shape.technologyCount {
            for paid in 0..<years {
                let amount = figures.leastBuilt[technology &* years &+ paid]
                guard amount > 0 else { continue }
                // A limit that is a whole number of modules must not lose one to rounding.
                let slip = 1e-11 * amount
                guard figures.yearlyLimit[technology] >= amount - slip,
                    figures.totalLimit[technology] >= amount - slip, figures.buildLimit[paid] >= amount - slip
                else { return false }
                figures.totalLimit[technology] = max(0, figures.totalLimit[technology] - amount)
                figures.buildLimit[paid] = max(0, figures.buildLimit[paid] - amount)
                for year in serviceYears(technology, paid) {
                    figures.base[year] += amount
                    if figures.demand[year] > 0 {
                        figures.servedByBase[year] = figures.base[year] * figures.servedPerUnit[year]
                    }
                }
            }
        }
        return true
    }

    private func serviceYears(_ technology: Int, _ paid: Int) -> Range<Int> {
        let start = Int(levers.serviceStart[technology &* years &+ paid])
        return start..<max(start, Int(levers.serviceEnd[technology &* years &+ paid]))
    }

    /// Enters the least that is built into decisions and amounts.
    ///
    /// - Returns: What it adds to the net present value. As base capacity it was counted at the region's own operating
    ///   cost: that is taken back.
    mutating func addLeastBuilding() -> Double {
        var sum = 0.0
        for technology in 0..<shape.technologyCount {
            for paid in 0..<years {
                let place = technology &* years &+ paid
                let amount = figures.leastBuilt[place]
                guard amount > 0 else { continue }
                decisions[shape.newCapacity(technology, paid)] += amount
                sum -=
                    amount
                    * (shape.payWeight[place] * figures.buildCost[technology]
                        + shape.runWeight[place] * figures.runningCost[technology])
                for year in serviceYears(technology, paid) {
                    sum += shape.flowWeight[year] * figures.operatingCost * amount
                }
                for measure in 0..<shape.measures.count {
                    amounts[measure &* years &+ paid] +=
                        amount
                        * program.coefficient(
                            of: 3 &+ technology, in: shape.measures[measure], figures, shape)
                }
            }
        }
        return sum
    }
}
