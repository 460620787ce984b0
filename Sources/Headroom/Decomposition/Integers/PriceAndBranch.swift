import LinearProgramming

/// Looks for whole modules that make the most of an objective, from the prices of the relaxation on.
///
/// At any prices the bounds of the regions' searches for whole numbers and the priced right-hand sides add up to a proved
/// bound (A. Geoffrion, Lagrangean relaxation for integer programming, Mathematical Programming Study 2, 1974), no
/// higher than the relaxation's at the same prices. The plans that regions prefer at a few prices near by are what a
/// choice is made from (`ModularChoice`).
struct PriceAndBranch {
    let planningCase: PlanningCase
    let coupling: CouplingRows
    /// With modules divided.
    let shape: SubproblemShape
    let objective: RegionalSum
    /// What gaps are measured against where the objective is near 0.
    let size: Double
    let doNothing: [Double]
    let threads: Int
    let control: SolverControl
    let log: (String) -> Void

    struct Outcome {
        /// Nil where no choice was found that holds all rows.
        var modules: HeldModules?
        /// No plan in whole modules comes to more.
        var bound: Double
    }

    /// Passes over all regions, regions times passes.
    private static let mostWork = 40_000
    private static let mostRounds = 12
    /// What counts as a gain of a round, relative, and how many rounds may be without.
    private static let leastGain = 1e-6
    private static let mostIdle = 2
    /// Of a region's search.
    private static let mostNodes = 400
    /// Regions that are asked at the corners of the box.
    private static let mostAtCorners = 4000
    private static let corners = 4
    /// Of the box at first, relative.
    private static let width = 0.05

    /// - Parameters:
    ///   - relaxed: Where the relaxation ended, over all regions.
    ///   - prices: Of the rows there.
    func run(from relaxed: ColumnGeneration, at prices: [Double]) -> Outcome {
        let rightHandSide = coupling.rows.map(\.rightHandSide)
        var plans = ModularColumns(
            of: planningCase, maximising: objective, coupling, shape, doNothing: doNothing, threads: threads)
        var centre = prices
        let everyone = planningCase.regions.indices
        let gap = planningCase.assumptions.objective.gap
        let size = max(abs(relaxed.bound), size)
        let tolerance = 0.25 * gap * size / Double(everyone.count)
        func bound(_ pass: ModularColumns.Pass, _ prices: [Double]) -> Double {
            pass.isComplete
                ? pass.bound + zip(prices, rightHandSide).reduce(0) { $0 + $1.0 * $1.1 } : .infinity
        }
        let first = plans.price(centre, everyone, tolerance: tolerance, mostNodes: Self.mostNodes, control)
        var outcome = Outcome(modules: nil, bound: min(relaxed.bound, bound(first, centre)))
        log("whole modules: \(first.nodes) nodes, bound \(outcome.bound), relaxed \(relaxed.bound)")
        guard first.isComplete else { return outcome }
        var width = Self.width
        askAtCorners(&plans, around: centre, width, relaxed, tolerance)
        var best = -Double.infinity
        /// Rounds since anything was gained.
        var idle = 0
        let rounds = min(Self.mostRounds, max(2, Self.mostWork / everyone.count))
        for round in 0..<rounds {
            let sizes = priceSizes(centre, relaxed)
            var choice = ModularChoice(plans, from: first.chosen, rightHandSide: rightHandSide)
            let asked = choice.mix(
                lower: centre.indices.map { max(0, centre[$0] - width * sizes[$0]) },
                upper: centre.indices.map { centre[$0] + width * sizes[$0] })
            idle += 1
            if choice.settle(), choice.value > best {
                if choice.value > best + Self.leastGain * size { idle = 0 }
                best = choice.value
                outcome.modules = held(choice.chosen, plans)
            }
            log(
                "  round \(round): chosen \(choice.holdsRows ? "\(choice.value)" : "none"), bound \(outcome.bound)"
            )
            let isClosed = best > -.infinity && outcome.bound - best <= gap * max(1, abs(best))
            if isClosed || control.isOver || round == rounds - 1 || best > -.infinity && idle > Self.mostIdle
            {
                break
            }
            let pass = plans.price(
                asked, everyone, tolerance: tolerance, mostNodes: Self.mostNodes, control)
            let proved = bound(pass, asked)
            if proved < outcome.bound {
                if proved < outcome.bound - Self.leastGain * size { idle = 0 }
                outcome.bound = proved
                centre = asked
            } else {
                // Without a choice that holds all rows dearer plans are wanted.
                width *= best > -.infinity ? 0.5 : 2
            }
        }
        return outcome
    }

    private func held(_ chosen: [Int], _ plans: ModularColumns) -> HeldModules {
        var held = HeldModules(of: planningCase)
        for (region, plan) in chosen.enumerated() {
            held.hold(plans.counts(of: plan), of: RegionIndex(region))
        }
        return held
    }

    /// What a price may move by at a width of 1, as in `ColumnGeneration`.
    private func priceSizes(_ prices: [Double], _ relaxed: ColumnGeneration) -> [Double] {
        let scales = relaxed.priceScales
        let largest = zip(prices, scales).reduce(0.05) { max($0, $1.0 / $1.1) }
        return zip(prices, scales).map { max($0, 0.1 * largest * $1) }
    }

    /// So that regions have a choice at all.
    private func askAtCorners(
        _ plans: inout ModularColumns, around centre: [Double], _ width: Double, _ relaxed: ColumnGeneration,
        _ tolerance: Double
    ) {
        let count = planningCase.regions.count
        let step = max(1, (count + Self.mostAtCorners - 1) / Self.mostAtCorners)
        let asked = stride(from: 0, to: count, by: step).map { RegionIndex($0) }
        let sizes = priceSizes(centre, relaxed)
        var random = UInt64(0x9E37_79B9)
        for corner in 0..<Self.corners where !control.isOver {
            let tilted = centre.indices.map { row -> Double in
                random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let isUp = corner == 0 || corner > 1 && random >> 63 == 1
                return max(0, centre[row] + (isUp ? width : -width) * sizes[row])
            }
            _ = plans.price(tilted, asked, tolerance: tolerance, mostNodes: Self.mostNodes / 4, control)
        }
    }
}
