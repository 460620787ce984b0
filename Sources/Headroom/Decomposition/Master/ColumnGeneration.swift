import LinearProgramming

/// Moves prices until a plan and a bound meet: regions answer to prices, the master to their answers.
///
/// At any prices `λ ≥ 0` the value `U(λ) = Σ_r V_r(λ) + λ·B` is a proved upper bound. The master's prices are kept within a
/// box around the best ones known, which grows where the master foresaw the bound well and shrinks where it did not
/// (a box step method: R. Marsten, W. Hogan, J. Blankenship, Operations Research 23, 1975).
struct ColumnGeneration: Sendable {
    enum Ending: Sendable { case closed, stopped, impossible, trouble }

    private(set) var regions: PricingProblem
    private(set) var master: MasterProblem
    /// What an amount is large or small against, by row, and what a price is.
    let rowSizes: [Double]
    let priceScales: [Double]
    /// Whether rows are let go at a price of 1, in price scales.
    private let letsRowsGo: Bool
    /// In price scales: no price goes beyond, unless it began there.
    private var dearest: Double { letsRowsGo ? 1 : Self.dearest }
    /// No price goes beyond. Those of free rows stay.
    private var allowed: (lower: [Double], upper: [Double])
    private let isFree: [Bool]
    /// Best bound, and the prices that prove it.
    private(set) var bound: Double
    private(set) var prices: [Double]
    /// `Σ V_r` there.
    private var valueAtPrices: Double
    /// The best plan that holds all rows.
    private(set) var best: MasterProblem.MasterSolution?
    /// The last state with a gap that is small enough, while better prices are looked for.
    private var closed:
        (
            best: MasterProblem.MasterSolution?, bound: Double, prices: [Double], valueAtPrices: Double,
            allowed: (lower: [Double], upper: [Double])
        )?
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
    ///
    /// - Parameter start: 0, but for the prices of free rows.
    init(
        from regions: PricingProblem, at start: [Double], rightHandSide: [Double], size: Double,
        rows: Rows = .held
    ) {
        var regions = regions
        isFree = regions.coupling.rows.map(\.isFree)
        let (totals, _) = regions.price(start)
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
        allowed = (start, Self.prices(dearest, priceScales, besides: start, isFree))
        var master = MasterProblem(fixing: totals, of: regions, rightHandSide: rightHandSide)
        let dear = Self.prices(min(Self.dear, dearest), priceScales, besides: start, isFree)
        let (_, changes) = regions.price(dear)
        master.add(changes, of: regions, at: nil)
        self.regions = regions
        self.master = master
        self.size = size
        solved = totals.solved + changes.positions.count
        bound = totals.value
        valueAtPrices = totals.value
        prices = start
        entries = totals.entries
        width = .infinity
    }

    /// As many price scales for every row that is not free.
    private static func prices(
        _ scale: Double, _ priceScales: [Double], besides free: [Double], _ isFree: [Bool]
    ) -> [Double] {
        priceScales.indices.map { isFree[$0] ? free[$0] : scale * priceScales[$0] }
    }

    /// Begins near prices that a sample found.
    ///
    /// - Parameters:
    ///   - totals: Of the regions' last pass, at these prices.
    ///   - other: Its first rows are these as far as they were there.
    ///   - width: How far the prices may be off, relative.
    init(
        _ regions: PricingProblem, at prices: [Double], _ totals: PricingProblem.Totals,
        rightHandSide: [Double],
        like other: ColumnGeneration, size: Double, width: Double
    ) {
        self.regions = regions
        self.prices = prices
        let isFree = regions.coupling.rows.map(\.isFree)
        self.isFree = isFree
        // Rows that were added since are as large as what is taken of them.
        let known = zip(other.isFree, isFree).prefix { $0 == $1 }.count
        let added = known..<rightHandSide.count
        rowSizes =
            other.rowSizes.prefix(known) + added.map { Self.size(of: rightHandSide[$0], totals.entries[$0]) }
        let objective = max(abs(totals.objective), size)
        priceScales = added.isEmpty ? other.priceScales : rowSizes.map { objective / $0 }
        letsRowsGo = other.letsRowsGo
        let most = zip(priceScales, prices).map { max(Self.dearest * $0, 10 * $1) }
        let upper = other.letsRowsGo ? priceScales : most
        allowed = (
            prices.indices.map { isFree[$0] ? prices[$0] : 0 },
            prices.indices.map { isFree[$0] ? prices[$0] : upper[$0] }
        )
        self.size = size
        self.width = width
        master = MasterProblem(fixing: totals, of: regions, rightHandSide: rightHandSide)
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

    /// Goes on with other right-hand sides, and other multiples of rows in other rows; prices, plans and the master's
    /// columns stay.
    ///
    /// Between right-hand sides that it stood at before it begins between the prices there, of which nothing is proved
    /// yet, and from the mixture of the nearer ones.
    mutating func move(to coupling: CouplingRows) {
        let rightHandSide = coupling.rows.map(\.rightHandSide)
        rounds = 0
        solved = 0
        stations.append(Station(rightHandSide: master.rightHandSide, prices: prices, basis: master.basis))
        if stations.count <= 2 {
            // The way so far was long, and most plans found on it are far from either end.
            master.forgetPlans(unusedFor: Self.solvesKept, keeping: stations.map(\.basis), of: regions)
        }
        let change = zip(rightHandSide, master.rightHandSide).reduce(0) { largest, pair in
            max(largest, abs(pair.0 - pair.1) / max(abs(pair.0), abs(pair.1), .leastNormalMagnitude))
        }
        let neighbours = neighbours(of: rightHandSide)
        tilt(to: coupling)
        setRightHandSide(rightHandSide)
        width = max(Self.leastWidthAfterMove, min(1, change))
        guard let (below, above, share) = neighbours else { return }
        prices = zip(below.prices, above.prices).map { $0 + share * ($1 - $0) }
        for row in prices.indices where isFree[row] { charge(row, prices[row]) }
        forgetBound()
        master.restore(
            share < 0.5 ? below.basis : above.basis, near: [below.prices, prices, above.prices], of: regions)
        let apart = max(distance(from: below.prices), distance(from: above.prices))
        width = max(Self.leastWidthAfterMove, min(1, 0.5 * apart))
    }

    /// Of other rows what was proved at the prices is proved no more.
    private mutating func tilt(to coupling: CouplingRows) {
        let before = regions.coupling
        let isTilted = zip(before.rows, coupling.rows).contains { $0.tilt != $1.tilt }
        regions.move(to: coupling)
        guard isTilted else { return }
        master.tilt(from: before, to: coupling)
        forgetBound()
    }

    /// Of the prices as they are now nothing is proved.
    private mutating func forgetBound() {
        valueAtPrices = .infinity
        bound = .infinity
    }

    /// What is taken of a free row costs so much.
    private mutating func charge(_ row: Int, _ price: Double) {
        prices[row] = price
        allowed.lower[row] = price
        allowed.upper[row] = price
    }

    /// Right-hand sides that it stood at, and where it ended there.
    private struct Station: Sendable {
        var rightHandSide: [Double]
        var prices: [Double]
        var basis: MasterBasis
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
        let largest = prices.indices.reduce(0.05) { isFree[$1] ? $0 : max($0, prices[$1] / priceScales[$1]) }
        return prices.indices.map { isFree[$0] ? 0 : max(prices[$0], 0.1 * largest * priceScales[$0]) }
    }

    /// How far the prices are from other ones, in box widths.
    func distance(from other: [Double]) -> Double {
        zip(zip(prices, other), priceSizes).reduce(0) {
            $1.1 > 0 ? max($0, abs($1.0.0 - $1.0.1) / $1.1) : $0
        }
    }

    /// The box around the best prices, within the prices that are allowed at all.
    private var box: (lower: [Double], upper: [Double]) {
        guard width.isFinite else {
            return (
                allowed.lower, Self.prices(min(Self.dear, dearest), priceScales, besides: prices, isFree)
            )
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
        return best.flatMap { mixture in mixture.value.map { max(0, bound - $0) / size(beside: mixture) } }
    }

    /// What a gap is measured against: an objective that is a ratio goes to 0, and its numerator counts.
    private func size(beside mixture: MasterProblem.MasterSolution) -> Double {
        max(abs(bound), size, abs(mixture.charged))
    }

    /// Gives back the memory of what the regions answered; no more can be asked, but the plans can be read.
    mutating func end() {
        // Where modules are held a plan that comes to the same may buy a part of one.
        if let best, regions.shape.heldModules == nil { master.renewPlans(of: best, regions) }
        regions.keepPlansAlone()
    }

    /// Runs until the gap is closed.
    mutating func close(
        to tolerance: Double, ratio: DinkelbachParameter? = nil, _ control: SolverControl
    ) -> Ending {
        run(to: tolerance, ratio: ratio, isSoft: false, control)
    }

    /// Runs until prices are known, for samples: a row that a sample cannot hold within the box is let go.
    mutating func settle(
        to tolerance: Double, ratio: DinkelbachParameter? = nil, _ control: SolverControl
    ) -> Ending {
        run(to: tolerance, ratio: ratio, isSoft: true, control)
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
        setRightHandSide(room.indices.map { isFree[$0] ? 0 : room[$0] + totals.entries[$0] })
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

    private mutating func run(
        to tolerance: Double, ratio: DinkelbachParameter? = nil, isSoft: Bool, _ control: SolverControl
    ) -> Ending {
        closed = nil
        let ending = advance(to: tolerance, ratio: ratio, isSoft: isSoft, control)
        // What was proved holds, whatever came of going on for better prices.
        guard let closed, ending != .closed || gap ?? .infinity > tolerance else { return ending }
        (best, bound, prices, valueAtPrices, allowed) = closed
        return .closed
    }

    private mutating func advance(
        to tolerance: Double, ratio: DinkelbachParameter?, isSoft: Bool, _ control: SolverControl
    ) -> Ending {
        var widened = 0
        var refined = 0
        for round in 0..<Self.mostRounds {
            if control.isOver { return .stopped }
            rounds += 1
            let (lower, upper) = box
            var mixture = master.solve(lower: lower, upper: upper, rowSizes: rowSizes)
            if let ratio { charge(ratio, of: &mixture) }
            entries = mixture.entries
            if let value = mixture.value, value > best?.value ?? -.infinity { best = mixture }
            if let gap, gap <= tolerance {
                guard regions.isComplete else { return .trouble }
                // The plan is found; prices that leave a little can still be far from those of money.
                if isSoft || gap <= Self.exact || refined == Self.mostRefinements { return .closed }
                refined += 1
                closed = (best, bound, prices, valueAtPrices, allowed)
            }
            let before = bound
            let predicted = before - mixture.model
            let aim = refined > 0 ? Self.exact : tolerance
            if bound.isFinite, predicted <= 0.1 * aim * size(beside: mixture) {
                if refined > 0 { return .closed }
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

    /// Charges the denominator of a ratio what the best mixture has as its ratio, where that is higher, or none can be as
    /// high as what it is charged: of the mixtures known none has a higher one then (W. Dinkelbach, On Nonlinear
    /// Fractional Programming, Management Science 13, 1967).
    private mutating func charge(_ ratio: DinkelbachParameter, of mixture: inout MasterProblem.MasterSolution)
    {
        for _ in 0..<Self.mostRatios {
            let charged = prices[ratio.row]
            // A plan without a denominator has no ratio.
            guard let gain = ratio.gain(of: mixture) else { return }
            let isTooHigh = bound + ratio.constant(at: charged) < 0
            guard gain > 0 || isTooHigh, abs(gain) > ratio.change * max(abs(charged), 1) else { return }
            charge(ratio.row, charged + gain)
            // What costs more is worth no more: a bound stays one where the ratio rises.
            if gain < 0 { forgetBound() }
            best = nil
            let (lower, upper) = box
            mixture = master.solve(lower: lower, upper: upper, rowSizes: rowSizes)
        }
    }

    private static let mostRatios = 20
    /// A gap at which prices are those of the plan.
    private static let exact = 1e-13
    private static let mostRefinements = 8
    private static let mostRounds = 400
    private static let mostFailures = 40
}
