import Dispatch
import LinearProgramming

/// The best plans of some regions at the prices asked for last, and how far prices may move before they change.
///
/// What is kept of a plan is only what it adds to the objective and to the coupling rows: decisions are found again by
/// solving the block at the prices that the plan belongs to. Memory is `rows + 3` numbers a region, and two bytes a row.
struct PricingProblem: Sendable {
    /// Plans of regions that changed at a pass, and what they were before.
    struct Changes: Sendable {
        /// Positions in `regions`, ascending.
        var positions: [Int] = []
        /// Objective and row entries of the plan before, `rows + 1` numbers each.
        var before: [Double] = []
        /// The prices that it belonged to.
        var vectorBefore: [Int32] = []
    }

    /// What a pass comes to over all regions, each times its weight.
    struct Totals: Sendable {
        /// `Σ V_r(λ)`.
        var value = 0.0
        var objective = 0.0
        var entries: [Double]
        /// Blocks that were solved.
        var solved = 0
        /// Whether a block could not be solved.
        var hasFailed = false
    }

    let shape: SubproblemShape
    private(set) var coupling: CouplingRows
    /// Blocks by their names (`SubproblemShape.blocks`): regions, and components of the link graph behind all of them.
    private(set) var regions: [RegionIndex]
    /// How many regions each stands for.
    private(set) var weights: [Double]
    let objectiveSum: RegionalSum
    let threads: Int

    /// What each region adds to the objective, doing nothing taken off.
    private(set) var objective: [Double]
    /// By region and row, at `position · rows + row`.
    private(set) var entries: [Double]
    /// By region and direction, at `position · directions + direction`: what a move of its price takes of what the
    /// region's plan stays the best for (`SubproblemSolver.nearness`).
    private var nearness: [CoarseCeiling]
    /// Which of `vectors` a region's plan belongs to; -1: none yet.
    private(set) var vector: [Int32]
    private(set) var vectors: [DualVector] = []
    /// The plans themselves, where they will be asked for; those of a pass over some regions alone are not kept.
    private(set) var kept: ColumnPool?
    /// By position of a component and by the prices that a plan belongs to: where it was found. Other plans tie with it
    /// at these prices, so it is found again only from there.
    var bases: [Int: [Int32: Basis]] = [:]
    /// By name of a block: net present value of doing nothing.
    let doNothing: [Double]

    var rowCount: Int { coupling.rows.count }
    /// The rows' prices, and what the objective's amounts weigh.
    var directionCount: Int { rowCount + 1 }

    /// - Parameters:
    ///   - doNothing: By name of a block.
    ///   - keepsPlans: Whether plans are kept, so that they can be read without being found again.
    init(
        _ regions: [RegionIndex], weights: [Double], maximising objective: RegionalSum,
        _ coupling: CouplingRows,
        _ shape: SubproblemShape, doNothing: [Double], keepsPlans: Bool = false, threads: Int
    ) {
        self.shape = shape
        self.coupling = coupling
        self.regions = regions
        self.weights = weights
        self.threads = threads
        self.doNothing = doNothing
        objectiveSum = objective
        self.objective = [Double](repeating: 0, count: regions.count)
        entries = [Double](repeating: 0, count: regions.count * coupling.rows.count)
        nearness = [CoarseCeiling](
            repeating: CoarseCeiling(0), count: regions.count * (coupling.rows.count + 1))
        vector = [Int32](repeating: -1, count: regions.count)
        guard keepsPlans else { return }
        kept = ColumnPool(regionCount: regions.count, portionSize: Self.portion, shape)
    }

    /// Keeps which plan each region has, without what it comes to: no more can be asked.
    mutating func keepPlansAlone() {
        objective = []
        entries = []
        nearness = []
    }

    /// Asks further regions too, each for itself.
    mutating func append(_ others: [RegionIndex]) {
        let count = regions.count + others.count
        regions += others
        kept = nil
        func grow<Value>(_ values: inout [Value], to count: Int, with value: Value) {
            values += [Value](repeating: value, count: count - values.count)
        }
        grow(&weights, to: count, with: 1)
        grow(&objective, to: count, with: 0)
        grow(&entries, to: count * rowCount, with: 0)
        grow(&nearness, to: count * directionCount, with: CoarseCeiling(0))
        grow(&vector, to: count, with: -1)
    }

    /// The regions whose plans gained most at a pass, the first ones of those that changed.
    func gainingMost(_ count: Int, _ changes: Changes, at prices: [Double]) -> [RegionIndex] {
        let gains = changes.positions.indices.map { index -> (gain: Double, position: Int) in
            let position = changes.positions[index]
            let start = index * (rowCount + 1)
            var gain = objective[position] - changes.before[start]
            for row in 0..<rowCount {
                gain -= prices[row] * (entries[position * rowCount + row] - changes.before[start + 1 + row])
            }
            return (weights[position] * gain, position)
        }
        let order = gains.sorted { $0.gain != $1.gain ? $0.gain > $1.gain : $0.position < $1.position }
        return order.prefix(count).map { regions[$0.position] }
    }

    /// The regions whose plans take most of what has a price, the first ones of all.
    func takingMost(_ count: Int, at prices: [Double]) -> [RegionIndex] {
        let amounts = regions.indices.map { position in
            let start = position * rowCount
            return (0..<rowCount).reduce(0) { $0 + abs(prices[$1] * entries[start + $1]) }
        }
        let order = regions.indices.sorted {
            amounts[$0] != amounts[$1] ? amounts[$0] > amounts[$1] : $0 < $1
        }
        return order.prefix(count).map { regions[$0] }
    }

    /// Whether every region has a plan.
    var isComplete: Bool { !vector.contains { $0 < 0 } }

    /// Another question to other regions, with rows that may have been added since.
    func copy(
        for sample: RegionSample, maximising objective: RegionalSum, _ coupling: CouplingRows
    ) -> PricingProblem {
        PricingProblem(
            sample.regions, weights: sample.weights, maximising: objective, coupling, shape,
            doNothing: doNothing, threads: threads)
    }

    /// Rows with other right-hand sides, and other multiples of other rows in them: plans stay, with what they take of
    /// them. O(regions).
    mutating func move(to other: CouplingRows) {
        for (row, pair) in zip(coupling.rows, other.rows).enumerated() {
            guard let before = pair.0.tilt, let now = pair.1.tilt, before != now else { continue }
            let change = now.factor - before.factor
            for position in regions.indices {
                entries[position * rowCount + row] += change * entries[position * rowCount + now.row]
                // What a move takes of is sublinear in the direction of the move.
                let start = position * directionCount
                nearness[start + row] = CoarseCeiling(
                    nearness[start + row].value + abs(change) * nearness[start + now.row].value)
            }
            for index in vectors.indices { vectors[index].tilt(row, by: change, of: now.row) }
        }
        coupling = other
    }

    /// A region's objective and row entries, weighted.
    func column(of position: Int) -> (value: Double, entries: [Double]) {
        let weight = weights[position]
        let start = position * rowCount
        return (weight * objective[position], entries[start..<start + rowCount].map { weight * $0 })
    }
}

// MARK: A pass

extension PricingProblem {
    /// Regions are summed up in portions of this size, and the portions in their order: the sum does not depend on
    /// who was first, nor on how many threads there are.
    static let portion = 512

    /// Finds every region's best plan at the prices.
    ///
    /// A region whose plan is known to stay the best is not looked at. One that is, but gains nothing, keeps
    /// its plan.
    mutating func price(_ prices: [Double]) -> (Totals, Changes) {
        pass(at: prices, over: nil)
    }

    /// The same for some of the regions alone.
    ///
    /// - Parameter positions: Ascending.
    mutating func price(_ prices: [Double], at positions: [Int]) -> Changes {
        pass(at: prices, over: positions).1
    }

    /// The regions whose plans are the first to change as prices leave those given, no more than a number of them.
    ///
    /// - Parameter sizes: By row: how far its price goes while those of the others go as far as theirs.
    /// - Returns: Positions, ascending.
    func leastStable(_ count: Int, at prices: [Double], sizes: [Double]) -> [Int] {
        guard count < regions.count else { return Array(regions.indices) }
        let now = DualVector(prices, maximising: objectiveSum, coupling, shape)
        let moves = vectors.map { $0.moves(to: now) }
        let further = now.scaled(sizes).enumerated().map { (direction: $0.offset, size: $0.element) }
        let room = regions.indices.map { position -> Double in
            guard vector[position] >= 0 else { return -.infinity }
            guard let moves = moves[Int(vector[position])] else { return -.infinity }
            let left = 1 - share(of: moves, position)
            return left > 0 ? left / share(of: further, position) : -.infinity
        }
        let order = regions.indices.sorted { room[$0] != room[$1] ? room[$0] < room[$1] : $0 < $1 }
        return order.prefix(count).sorted()
    }

    /// How much moves of prices take of what a region's plan stays the best for: 1 is all.
    private func share(of moves: [(direction: Int, size: Double)], _ position: Int) -> Double {
        let start = position * directionCount
        return moves.reduce(0) { $0 + $1.size * nearness[start + $1.direction].value }
    }

    private mutating func pass(at prices: [Double], over positions: [Int]?) -> (Totals, Changes) {
        let now = DualVector(prices, maximising: objectiveSum, coupling, shape)
        vectors.append(now)
        let pass = PricingRound(
            regions: self, positions: positions, now: now, number: Int32(vectors.count - 1),
            moves: vectors.dropLast().map { $0.moves(to: now) },
            terms: coupling.scopes.indices.map { regionClass in
                coupling.rows.map { coupling.terms(of: $0, in: regionClass) }
            },
            wanted: coupling.scopes.indices.map { regionClass in
                coupling.rows.map { coupling.wanted(of: $0, in: regionClass) }
            })
        let portions = (pass.count + Self.portion - 1) / Self.portion
        var results = [PortionResult](repeating: PortionResult(rows: rowCount), count: portions)
        let workers = max(1, min(threads, portions))
        // Portions of some regions alone are not those of the table.
        var plans = positions == nil ? kept?.portions ?? [] : []
        if !plans.isEmpty { kept?.portions = [] }
        withMemory(&plans) { memory in
            results.withUnsafeMutableBufferPointer { results in
                // Every portion, with its regions, is touched by one worker alone.
                nonisolated(unsafe) let memory = memory
                nonisolated(unsafe) let results = results
                DispatchQueue.concurrentPerform(iterations: workers) { worker in
                    var solver = SubproblemSolver(pass.shape, directions: pass.directions)
                    var writer = PortionWriter()
                    for portion in stride(from: worker, to: portions, by: workers) {
                        results[portion] = pass.price(portion, memory, &solver, &writer)
                    }
                }
            }
        }
        if !plans.isEmpty { kept?.portions = plans }
        if shape.linked != nil { results.append(priceLinked(pass, at: now, over: positions)) }
        return joined(results)
    }

    mutating func withMemory(_ body: (PlanMemory) -> Void) {
        var none: [ColumnPool.Portion] = []
        withMemory(&none, body)
    }

    private mutating func withMemory(_ plans: inout [ColumnPool.Portion], _ body: (PlanMemory) -> Void) {
        objective.withUnsafeMutableBufferPointer { objective in
            entries.withUnsafeMutableBufferPointer { entries in
                nearness.withUnsafeMutableBufferPointer { nearness in
                    vector.withUnsafeMutableBufferPointer { vector in
                        plans.withUnsafeMutableBufferPointer { plans in
                            body(
                                PlanMemory(
                                    objective: objective, entries: entries, nearness: nearness,
                                    vector: vector, plans: plans))
                        }
                    }
                }
            }
        }
    }

    private func joined(_ portions: [PortionResult]) -> (Totals, Changes) {
        var totals = Totals(entries: [Double](repeating: 0, count: rowCount))
        var changes = Changes()
        for portion in portions {
            totals.value += portion.totals.value
            totals.objective += portion.totals.objective
            for row in 0..<rowCount { totals.entries[row] += portion.totals.entries[row] }
            totals.solved += portion.totals.solved
            totals.hasFailed = totals.hasFailed || portion.totals.hasFailed
            changes.positions += portion.changes.positions
            changes.before += portion.changes.before
            changes.vectorBefore += portion.changes.vectorBefore
        }
        return (totals, changes)
    }
}
