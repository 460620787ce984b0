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
    /// Whether rows are let go at a price of 1, in price scales.
    private let letsRowsGo: Bool
    /// In price scales: no price goes beyond, unless it began there.
    private var dearest: Double { letsRowsGo ? 1 : Self.dearest }
    /// No price goes beyond.
    private var allowed: (lower: [Double], upper: [Double])
    /// Best bound, and the prices that prove it.
    private(set) var bound: Double
    private(set) var prices: [Double]
    /// `Σ V_r` there.
    private var valueAtPrices: Double
    /// The best plan that holds all rows.
    private(set) var best: RegionMaster.Mixture?
    /// What the last mixture takes of every row.
    private(set) var entries: [Double]
    /// Where it was moved from.
    private var stations: [Station] = []
    /// What a gap is measured against besides the bound itself.
    let size: Double
    /// Of the box, relative.
    private var width: Double
    private(set) var rounds = 0
    private(set) var solved = 0
    private var failures = 0

    /// What becomes of rows that no plan holds.
    enum Rows: Sendable {
        /// There is no plan then.
        case held
        /// Each is let go at a price: 1 over its size, an entry a row.
        case letGo(sizes: [Double])
    }

    /// Begins where nothing is known: with the regions' wishes when nothing has a price, and when everything is dear.
    init(from regions: PricedRegions, rightHandSide: [Double], size: Double, rows: Rows = .held) {
        var regions = regions
        let zeros = rightHandSide.map { _ in 0.0 }
        let (totals, _) = regions.price(zeros)
        let objective = max(abs(totals.objective), size)
        let sizes: [Double]
        switch rows {
        case .held:
            sizes = zip(rightHandSide, totals.entries).map { Self.size(of: $0, $1) }
            letsRowsGo = false
        case .letGo(let own): (sizes, letsRowsGo) = (own, true)
        }
        rowSizes = sizes
        priceScales = sizes.map { objective / $0 }
        let dearest = letsRowsGo ? 1 : Self.dearest
        allowed = (zeros, priceScales.map { dearest * $0 })
        var master = RegionMaster(fixing: totals, count: regions.regions.count, rightHandSide: rightHandSide)
        let dear = priceScales.map { min(Self.dear, dearest) * $0 }
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
        letsRowsGo = other.letsRowsGo
        let most = zip(priceScales, prices).map { max(Self.dearest * $0, 10 * $1) }
        allowed = (prices.map { _ in 0 }, other.letsRowsGo ? priceScales : most)
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
    /// A row that is not held at this price, or ten times the one it began with, cannot be held.
    private static let dearest = 1e4

    /// Goes on with other right-hand sides; prices, plans and the master's columns stay.
    ///
    /// Between right-hand sides that it stood at before it begins between the prices there, of which nothing is proved
    /// yet, and from the mixture of the nearer ones.
    mutating func move(to rightHandSide: [Double]) {
        stations.append(Station(rightHandSide: master.rightHandSide, prices: prices, basis: master.basis))
        if stations.count <= 2 {
            // The way so far was long, and most plans found on it are far from either end.
            master.forgetPlans(unusedFor: Self.solvesKept, keeping: stations.map(\.basis), of: regions)
        }
        let change = zip(rightHandSide, master.rightHandSide).reduce(0) { largest, pair in
            max(largest, abs(pair.0 - pair.1) / max(abs(pair.0), abs(pair.1), .leastNormalMagnitude))
        }
        let neighbours = neighbours(of: rightHandSide)
        setRightHandSide(rightHandSide)
        width = max(Self.leastWidthAfterMove, min(1, change))
        guard let (below, above, share) = neighbours else { return }
        prices = zip(below.prices, above.prices).map { $0 + share * ($1 - $0) }
        valueAtPrices = .infinity
        bound = .infinity
        master.restore(
            share < 0.5 ? below.basis : above.basis, near: [below.prices, prices, above.prices], of: regions)
        let apart = max(distance(from: below.prices), distance(from: above.prices))
        width = max(Self.leastWidthAfterMove, min(1, 0.5 * apart))
    }

    /// Right-hand sides that it stood at, and where it ended there.
    private struct Station: Sendable {
        var rightHandSide: [Double]
        var prices: [Double]
        var basis: ConvexityBasis
    }

    /// The last stations below and above right-hand sides on the way through all, and the share of the way between them.
    private func neighbours(of rightHandSide: [Double]) -> (below: Station, above: Station, share: Double)? {
        func place(_ rightHandSide: [Double]) -> Double {
            zip(rightHandSide, rowSizes).reduce(0) { $0 + abs($1.0) / $1.1 }
        }
        let own = place(rightHandSide)
        let places = stations.map { place($0.rightHandSide) }
        guard let below = places.indices.filter({ places[$0] <= own }).max(by: { places[$0] < places[$1] }),
            let above = places.indices.filter({ places[$0] > own }).min(by: { places[$0] < places[$1] })
        else { return nil }
        return (
            stations[below], stations[above], (own - places[below]) / (places[above] - places[below])
        )
    }

    /// A plan that no mixture took in as many solves of the master is far from the prices.
    private static let solvesKept = 10
    private static let leastWidthAfterMove = 0.05

    private mutating func setRightHandSide(_ other: [Double]) {
        master.setRightHandSide(other)
        best = nil
        bound = valueAtPrices + zip(prices, other).reduce(0) { $0 + $1.0 * $1.1 }
        width = min(width, 1)
    }

    /// Lets the regions whose plans change first answer to some corners of the box, so that they have a choice.
    private mutating func addCorners() {
        var random = UInt64(0x9E37_79B9)
        let positions = regions.leastStable(
            min(Self.mostAtCorners, regions.regions.count / Self.oneAtCornersOf), at: prices,
            sizes: priceSizes)
        let (lower, upper) = box
        for corner in 0..<Self.corners {
            let tilted = prices.indices.map { row -> Double in
                random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let isUp = corner == 0 || corner > 1 && random >> 63 == 1
                return isUp ? upper[row] : lower[row]
            }
            let changes = regions.price(tilted, at: positions)
            solved += positions.count
            master.add(changes, of: regions, at: nil)
        }
    }

    private static let corners = 4
    private static let mostAtCorners = 5000
    /// More answer to prices that they are hardly ever asked at.
    private static let oneAtCornersOf = 16

    /// What a price may move by in a box of width 1: its own size, and no less than a tenth of what the dearest row
    /// costs, so that a row without a price can get one.
    private var priceSizes: [Double] {
        let largest = zip(prices, priceScales).reduce(0.05) { max($0, $1.0 / $1.1) }
        return zip(prices, priceScales).map { max($0, 0.1 * largest * $1) }
    }

    /// How far the prices are from other ones, in box widths.
    func distance(from other: [Double]) -> Double {
        zip(zip(prices, other), priceSizes).reduce(0) { max($0, abs($1.0.0 - $1.0.1) / $1.1) }
    }

    /// The box around the best prices, within the prices that are allowed at all.
    private var box: (lower: [Double], upper: [Double]) {
        guard width.isFinite else {
            return (prices.map { _ in 0 }, priceScales.map { min(Self.dear, dearest) * $0 })
        }
        let sizes = priceSizes
        return (
            prices.indices.map { max(allowed.lower[$0], prices[$0] - width * sizes[$0]) },
            prices.indices.map { min(allowed.upper[$0], prices[$0] + width * sizes[$0]) }
        )
    }

    /// Prices all regions; what is better than before gets a choice.
    ///
    /// - Parameter asked: The master's own prices.
    @discardableResult
    private mutating func answer(to asked: [Double]) -> Double {
        let (totals, changes) = regions.price(asked)
        solved += totals.solved
        master.add(changes, of: regions, at: asked)
        guard !totals.hasFailed else {
            // A block whose numbers were too much for it leaves the prices without a proof.
            failures += 1
            return .infinity
        }
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
        guard bound.isFinite else { return nil }
        return best.flatMap { mixture in mixture.value.map { max(0, bound - $0) / max(abs(bound), size) } }
    }

    /// Gives back the memory of what the regions answered; no more can be asked, but the plans can be read.
    mutating func end() {
        // Where modules are held a plan that comes to the same may buy a part of one.
        if let best, regions.shape.heldModules == nil { master.renewPlans(of: best, regions) }
        regions.keepPlansAlone()
    }

    /// Runs until the gap is closed.
    mutating func close(to tolerance: Double, _ control: SolverControl) -> Ending {
        run(to: tolerance, isSoft: false, control)
    }

    /// Runs until prices are known, for samples: a row that a sample cannot hold within the box is let go.
    mutating func settle(to tolerance: Double, _ control: SolverControl) -> Ending {
        run(to: tolerance, isSoft: true, control)
    }

    /// Asks further regions too, each for itself: those that would rather not be spoken for.
    mutating func append(_ others: [RegionIndex]) {
        let known = Set(regions.regions)
        regions.append(others.filter { !known.contains($0) })
        let (totals, changes) = regions.price(prices)
        solved += totals.solved
        master.append(of: regions)
        master.add(changes, of: regions, at: nil)
    }

    /// Takes these regions as a model of more of them, whose rows have so much room left at some prices: moves prices,
    /// by no more than `reach` box widths, to where the model has its best.
    ///
    /// With right-hand sides that leave the same room, bound and model slope alike there.
    mutating func model(
        room: [Double], around centre: [Double], reach: Double, to tolerance: Double, _ control: SolverControl
    ) -> Ending {
        let (totals, changes) = regions.price(centre)
        solved += totals.solved
        master.add(changes, of: regions, at: nil)
        (prices, valueAtPrices) = (centre, totals.value)
        setRightHandSide(zip(room, totals.entries).map { $0 + $1 })
        let before = allowed
        let sizes = priceSizes
        allowed = (
            centre.indices.map { max(before.lower[$0], centre[$0] - reach * sizes[$0]) },
            centre.indices.map { min(before.upper[$0], centre[$0] + reach * sizes[$0]) }
        )
        // Samples are rarely off by as much: what prices have to move is found by doubling.
        width = reach / 16
        defer { allowed = before }
        return run(to: tolerance, isSoft: true, control)
    }

    private mutating func run(to tolerance: Double, isSoft: Bool, _ control: SolverControl) -> Ending {
        var widened = 0
        for round in 0..<Self.mostRounds {
            if let deadline = control.deadline, deadline <= .now { return .stopped }
            if control.isCancelled() { return .stopped }
            rounds += 1
            let (lower, upper) = box
            let mixture = master.solve(lower: lower, upper: upper, rowSizes: rowSizes)
            entries = mixture.entries
            if let value = mixture.value, value > best?.value ?? -.infinity { best = mixture }
            if let gap, gap <= tolerance { return regions.isComplete ? .closed : .trouble }
            let before = bound
            let predicted = before - mixture.model
            if bound.isFinite, predicted <= 0.1 * tolerance * max(abs(bound), size) {
                let isOpen =
                    mixture.usesBox && !(letsRowsGo && lower == allowed.lower && upper == allowed.upper)
                guard isOpen else { return mixture.isOptimal ? .closed : .trouble }
                // Nothing better inside the box, and no plan without its help: the box is too small.
                widened += 1
                if isSoft, widened > 3 { return .closed }
                if widened > 25 { return .impossible }
                answer(to: mixture.prices)
                width = width.isFinite ? 4 * width : 1e6
                continue
            }
            let proved = answer(to: mixture.prices)
            if failures > Self.mostFailures { return .trouble }
            if width.isFinite {
                if before - proved > 0.5 * predicted { width *= 2 } else if proved > before { width *= 0.4 }
            } else if mixture.value != nil, round > 2 {
                width = 1
            }
        }
        return isSoft ? .closed : .trouble
    }

    private static let mostRounds = 400
    private static let mostFailures = 40
}
