import LinearProgramming

/// Moves prices until a plan and a bound meet: regions answer to prices, the master to their answers.
///
/// At any prices `λ ≥ 0` the value `U(λ) = Σ_r V_r(λ) + λ·B` is a proved upper bound. The master's prices are kept within a
/// box around the best ones known, which grows where the master foresaw the bound well and shrinks where it did not
/// (a box step method: R. Marsten, W. Hogan, J. Blankenship, Operations Research 23, 1975).
struct PriceLoop: Sendable {
    enum Ending: Sendable { case closed, stopped, impossible, trouble }

    private(set) var regions: PricedRegions
    private(set) var master: RegionMaster
    /// What an amount is large or small against, by row, and what a price is.
    let rowSizes: [Double]
    let priceScales: [Double]
    /// Best bound, and the prices that prove it.
    private(set) var bound: Double
    private(set) var prices: [Double]
    /// `Σ V_r` there.
    private var valueAtPrices: Double
    /// The best plan that holds all rows.
    private(set) var best: RegionMaster.Mixture?
    /// What the last mixture takes of every row.
    private(set) var entries: [Double]
    /// What a gap is measured against besides the bound itself.
    let size: Double
    /// Of the box, relative.
    private var width: Double
    private(set) var rounds = 0
    private(set) var solved = 0

    /// Begins where nothing is known: with the regions' wishes when nothing has a price, and when everything is dear.
    init(from regions: PricedRegions, rightHandSide: [Double], size: Double) {
        var regions = regions
        let zeros = rightHandSide.map { _ in 0.0 }
        let (totals, _) = regions.price(zeros)
        let objective = max(abs(totals.objective), size)
        let sizes = zip(rightHandSide, totals.entries).map { Self.size(of: $0, $1) }
        rowSizes = sizes
        priceScales = sizes.map { objective / $0 }
        var master = RegionMaster(fixing: totals, count: regions.regions.count, rightHandSide: rightHandSide)
        let dear = priceScales.map { Self.dear * $0 }
        let (_, changes) = regions.price(dear)
        master.add(changes, of: regions, at: nil)
        self.regions = regions
        self.master = master
        self.size = size
        solved = totals.solved + changes.positions.count
        bound = totals.value
        valueAtPrices = totals.value
        prices = zeros
        entries = totals.entries
        width = .infinity
    }

    /// Begins near prices that a sample found.
    ///
    /// - Parameters:
    ///   - totals: Of the regions' last pass, at these prices.
    ///   - width: How far the prices may be off, relative.
    init(
        _ regions: PricedRegions, at prices: [Double], _ totals: PricedRegions.Totals,
        rightHandSide: [Double],
        like other: PriceLoop, size: Double, width: Double
    ) {
        self.regions = regions
        self.prices = prices
        // Rows that were added since are as large as what is taken of them.
        let added = other.rowSizes.count..<rightHandSide.count
        rowSizes = other.rowSizes + added.map { Self.size(of: rightHandSide[$0], totals.entries[$0]) }
        let objective = max(abs(totals.objective), size)
        priceScales = added.isEmpty ? other.priceScales : rowSizes.map { objective / $0 }
        self.size = size
        self.width = width
        master = RegionMaster(fixing: totals, count: regions.regions.count, rightHandSide: rightHandSide)
        valueAtPrices = totals.value
        bound = totals.value + zip(prices, rightHandSide).reduce(0) { $0 + $1.0 * $1.1 }
        entries = totals.entries
        addCorners()
    }

    /// Of a row that nothing is taken of at first the size is not known.
    private static func size(of rightHandSide: Double, _ entry: Double) -> Double {
        let size = max(abs(rightHandSide), abs(entry))
        return size > 0 ? size : 1
    }

    /// A price beyond which hardly anything is worth its row, in price scales.
    private static let dear = 30.0
    /// A row that is not held at this price cannot be held.
    private static let dearest = 1e6

    /// Goes on with other right-hand sides.
    mutating func setRightHandSide(_ other: [Double]) {
        master.setRightHandSide(other)
        best = nil
        bound = valueAtPrices + zip(prices, other).reduce(0) { $0 + $1.0 * $1.1 }
        width = min(width, 1)
    }

    /// Lets the regions answer to some corners of the box, so that those whose plans may change have a choice.
    private mutating func addCorners() {
        var random = UInt64(0x9E37_79B9)
        for corner in 0..<6 {
            let (lower, upper) = box
            let tilted = prices.indices.map { row -> Double in
                random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let isUp = corner == 0 || corner > 1 && random >> 63 == 1
                return isUp ? upper[row] : lower[row]
            }
            answer(to: tilted, checked: false)
        }
    }

    /// The box around the best prices.
    private var box: (lower: [Double], upper: [Double]) {
        guard width.isFinite else {
            return (prices.map { _ in 0 }, priceScales.map { Self.dear * $0 })
        }
        // A row that has no price yet may get one.
        let largest = zip(prices, priceScales).reduce(0.05) { max($0, $1.0 / $1.1) }
        let steps = zip(prices, priceScales).map { width * max($0, 0.1 * largest * $1) }
        return (
            zip(prices, steps).map { max(0, $0 - $1) },
            zip(zip(prices, steps), priceScales).map { min($0.0 + $0.1, max(Self.dearest * $1, 2 * $0.0)) }
        )
    }

    /// Prices all regions; what is better than before gets a choice.
    ///
    /// - Parameter checked: Whether these are the master's own prices.
    @discardableResult
    private mutating func answer(to asked: [Double], checked: Bool) -> Double? {
        let (totals, changes) = regions.price(asked)
        solved += totals.solved
        guard !totals.hasFailed else { return nil }
        master.add(changes, of: regions, at: checked ? asked : nil)
        let proved = totals.value + zip(asked, master.rightHandSide).reduce(0) { $0 + $1.0 * $1.1 }
        if proved < bound {
            bound = proved
            prices = asked
            valueAtPrices = totals.value
        }
        return proved
    }

    /// What is left between bound and best plan, relative.
    var gap: Double? {
        best.flatMap { mixture in mixture.value.map { max(0, bound - $0) / max(abs(bound), size) } }
    }

    /// Runs until the gap is closed.
    mutating func close(to tolerance: Double, _ control: SolverControl) -> Ending {
        var isWidened = 0
        for _ in 0..<Self.mostRounds {
            if let deadline = control.deadline, deadline <= .now { return .stopped }
            if control.isCancelled() { return .stopped }
            rounds += 1
            let (lower, upper) = box
            let mixture = master.solve(lower: lower, upper: upper, rowSizes: rowSizes)
            entries = mixture.entries
            if let value = mixture.value, value > best?.value ?? -.infinity { best = mixture }
            if let gap, gap <= tolerance { return .closed }
            let before = bound
            let predicted = before - mixture.model
            if predicted <= 0.1 * tolerance * max(abs(bound), size) {
                guard mixture.usesBox else { return mixture.isOptimal ? .closed : .trouble }
                // Nothing better inside the box, and no plan without its help: the box is too small.
                isWidened += 1
                if isWidened > 40 { return .impossible }
                guard answer(to: mixture.prices, checked: true) != nil else { return .trouble }
                width = width.isFinite ? 4 * width : 1e6
                continue
            }
            guard let proved = answer(to: mixture.prices, checked: true) else { return .trouble }
            if width.isFinite {
                if before - proved > 0.5 * predicted { width *= 2 } else if proved > before { width *= 0.4 }
            } else if mixture.value != nil, rounds > 3 {
                width = 1
            }
        }
        return .trouble
    }

    private static let mostRounds = 400
}
