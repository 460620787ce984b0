import LinearProgramming

/// Finds the best plan of many regions under few coupling rows, by prices.
///
/// A small sample of regions says roughly what the prices are, a larger one says it better, and all regions together
/// say it exactly: each level begins near the prices of the one before, and corrects that one by what all its own
/// regions answer to them.
struct PriceCascade {
    /// Where a search for another objective ended: a plan of all regions at some prices.
    struct Reference {
        var regions: PricingProblem
        var objective: RegionalSum
        var prices: [Double]
        /// What all regions at these prices take of the rows that are there now.
        var entries: [Double]
    }

    let planningCase: PlanningCase
    var coupling: CouplingRows
    let shape: SubproblemShape
    let objective: RegionalSum
    /// What gaps are measured against where the objective is near 0.
    let size: Double
    /// By name of a block: net present value of doing nothing.
    let doNothing: [Double]
    let threads: Int
    let control: SolverControl
    let log: (String) -> Void

    /// How far the bound and the best plan are apart at the end, relative.
    var tolerance = Self.closed
    static let closed = 1e-10
    /// Whether the prices of a sample will do, where there are very many regions.
    var asksSamples = false
    var rows = ColumnGeneration.Rows.held
    /// Where a ratio is maximised.
    var ratio: DinkelbachParameter?
    /// The same for samples.
    private static let sampleTolerance = 1e-7
    private static let sampleRatioChange = 1e-4
    /// Fewer regions are all looked at from the beginning.
    private static let smallest = 200
    private static let regionsPerRow = 40
    /// How many times more regions every level has than the one before.
    private static let growth = 10
    /// More say nothing that a correction by all regions does not say better.
    private static let mostInSample = 50_000
    /// Where a sample's prices will do.
    private static let enoughInSample = 10_000

    /// A level of the cascade with its own right-hand sides.
    private struct Level {
        var sample: RegionSample
        var rightHandSide: [Double]
    }

    /// - Parameter reference: Where tight rows come from: a sample takes other amounts of them than all regions do, and
    ///   gets right-hand sides that are as tight for it.
    /// - Returns: The loop over all regions where it ended, and how.
    func run(after reference: Reference? = nil) -> (ColumnGeneration, ColumnGeneration.Ending) {
        var levels = levels(after: reference)
        if asksSamples, planningCase.regions.count > Self.mostInSample, levels.count > 1 {
            levels.removeLast()
        }
        var loop = ColumnGeneration(
            from: regions(of: levels[0].sample, keepsPlans: levels.count == 1), at: firstPrices,
            rightHandSide: levels[0].rightHandSide, size: size, rows: rows)
        var ending = levels.count == 1 ? close(&loop) : settle(&loop)
        log(text(of: loop, ending))
        for (index, level) in levels.enumerated().dropFirst() {
            guard ending == .closed else { return (loop, ending) }
            let isLast = index == levels.count - 1
            var next = corrected(&loop, to: level)
            ending = isLast ? close(&next) : settle(&next)
            loop = next
            log(text(of: loop, ending))
        }
        return (loop, ending)
    }

    /// Prices before anything is known.
    private var firstPrices: [Double] {
        coupling.rows.indices.map { $0 == ratio?.row ? ratio?.start ?? 0 : 0 }
    }

    private func close(_ loop: inout ColumnGeneration) -> ColumnGeneration.Ending {
        loop.close(to: tolerance, ratio: ratio, control)
    }

    private func settle(_ loop: inout ColumnGeneration) -> ColumnGeneration.Ending {
        var ratio = ratio
        ratio?.change = Self.sampleRatioChange
        return loop.settle(to: Self.sampleTolerance, ratio: ratio, control)
    }

    /// Goes on from where a search ended that differs by right-hand sides alone, and by the multiples of rows in others.
    func run(from last: ColumnGeneration) -> (ColumnGeneration, ColumnGeneration.Ending) {
        var loop = last
        loop.move(to: coupling)
        let ending = close(&loop)
        log(text(of: loop, ending))
        return (loop, ending)
    }

    /// Goes on from prices that were right for nearly the same objective, over all regions at once.
    func run(near last: ColumnGeneration, at prices: [Double]) -> (ColumnGeneration, ColumnGeneration.Ending)
    {
        var regions = regions(of: RegionSample(allOf: shape), keepsPlans: true)
        let (totals, _) = regions.price(prices)
        var loop = ColumnGeneration(
            regions, at: prices, totals, rightHandSide: rightHandSide, like: last, size: size, width: 0.05)
        let ending = close(&loop)
        log(text(of: loop, ending))
        return (loop, ending)
    }

    private func levels(after reference: Reference?) -> [Level] {
        let all = RegionSample(allOf: shape)
        var samples = [all]
        // A sample mixes as many regions as rows bind: these must be few among it.
        var smallest = max(Self.smallest, Self.regionsPerRow * coupling.rows.count)
        var kept: Set<RegionIndex> = []
        if all.regions.count > 3 * smallest {
            let cheapest = CheapestBuilding(planningCase, coupling).regions(classCount: coupling.scopes.count)
            kept = Set(cheapest.map(shape.block))
            smallest = max(smallest, 2 * kept.count)
        }
        while let last = samples.last, last.regions.count > 3 * smallest {
            let most = asksSamples ? Self.enoughInSample : Self.mostInSample
            let count = max(smallest, min(most, last.regions.count / Self.growth))
            samples.append(last.thinned(to: count, keeping: kept, shape, planningCase, coupling))
        }
        return samples.reversed().map { sample in
            guard let reference, sample.regions.count < all.regions.count else {
                return Level(sample: sample, rightHandSide: rightHandSide)
            }
            let own = reference.entries(of: sample, coupling)
            return Level(
                sample: sample,
                rightHandSide: coupling.rows.enumerated().map { index, row in
                    row.isFree ? 0 : row.rightHandSide + own[index] - reference.entries[index]
                })
        }
    }

    private var rightHandSide: [Double] { coupling.rows.map(\.rightHandSide) }

    private func regions(of sample: RegionSample, keepsPlans: Bool) -> PricingProblem {
        PricingProblem(
            sample.regions, weights: sample.weights, maximising: objective, coupling, shape,
            doNothing: doNothing, keepsPlans: keepsPlans, threads: threads)
    }

    /// A loop over more regions, begun at the prices of a smaller one that was corrected by what they answer.
    ///
    /// The sample is a model of all regions near the best prices known: it is given as much room in every row as they
    /// have there, and moves the prices within a region of trust, which grows where that lowers the bound and shrinks
    /// where it does not.
    private func corrected(_ loop: inout ColumnGeneration, to level: Level) -> ColumnGeneration {
        let isAll = level.sample.regions.count == shape.blockCount
        var regions = regions(of: level.sample, keepsPlans: isAll)
        var prices = loop.prices
        var (totals, _) = regions.price(prices)
        var bound = totals.value + dot(prices, level.rightHandSide)
        // One region that a price lets take without end is more than all others: no sample speaks for it.
        loop.append(regions.takingMost(Self.further, at: prices))
        var reach = 0.3
        var misses = 0
        /// How far the last model moved: the next one would by much less.
        var last = 1.0
        for _ in 0..<Self.mostCorrections where reach > 1e-4 {
            let room = zip(level.rightHandSide, totals.entries).map { $0 - $1 }
            let ending = loop.model(
                room: room, around: prices, reach: reach, to: 0.1 * Self.sampleTolerance, control)
            guard ending == .closed else { break }
            let (found, changes) = regions.price(loop.prices)
            let proved = found.value + dot(loop.prices, level.rightHandSide)
            let moved = loop.distance(from: prices)
            log(
                "  model within \(reach): moved \(moved), bound \((proved - bound) / bound), \(found.solved) blocks"
            )
            last = moved
            guard proved < bound else {
                // Regions unlike those of the sample see to that: from now on they are in it.
                loop.append(regions.gainingMost(Self.further, changes, at: loop.prices))
                reach = 0.5 * min(reach, moved)
                misses += 1
                if misses == 3 { break }
                continue
            }
            let gained = bound - proved
            reach = moved > 0.5 * reach ? min(1, 2 * reach) : max(0.5 * reach, moved)
            (prices, totals, bound) = (loop.prices, found, proved)
            if gained <= Self.sampleTolerance * max(abs(bound), size) { break }
        }
        // The last pass may have been at other prices than the best.
        (totals, _) = regions.price(prices)
        return ColumnGeneration(
            regions, at: prices, totals, rightHandSide: level.rightHandSide, like: loop, size: size,
            width: max(1e-5, min(0.1, 0.1 * last)))
    }

    private static let mostCorrections = 10
    /// How many regions join a sample at a time.
    private static let further = 200

    private func dot(_ left: [Double], _ right: [Double]) -> Double {
        zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
    }

    private func text(of loop: ColumnGeneration, _ ending: ColumnGeneration.Ending) -> String {
        "\(loop.regions.regions.count) regions: \(ending) after \(loop.rounds) rounds, \(loop.solved) blocks, "
            + "\(loop.master.setCount) mixable, gap \(loop.gap.map { "\($0)" } ?? "unknown")"
    }
}

extension PriceCascade.Reference {
    init(
        of regions: PricingProblem, maximising objective: RegionalSum, at prices: [Double],
        _ all: RegionSample, _ coupling: CouplingRows
    ) {
        self.init(regions: regions, objective: objective, prices: prices, entries: [])
        entries = entries(of: all, coupling)
    }

    /// What a sample takes, at the same prices, of the rows that are there now.
    fileprivate func entries(of sample: RegionSample, _ coupling: CouplingRows) -> [Double] {
        var own = regions.copy(for: sample, maximising: objective, coupling)
        return own.price(prices + coupling.rows.dropFirst(prices.count).map { _ in 0 }).0.entries
    }
}
