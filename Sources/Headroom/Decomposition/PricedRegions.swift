import Dispatch

/// The best plans of some regions at the prices asked for last, and how far prices may move before they change.
///
/// What is kept of a plan is only what it adds to the objective and to the coupling rows: decisions are found again by
/// solving the block at the prices that the plan belongs to. Memory is `rows + 3` numbers a region, and two bytes a row.
struct PricedRegions: Sendable {
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

    let shape: BlockShape
    let coupling: CouplingRows
    private(set) var regions: [RegionIndex]
    /// How many regions each stands for.
    private(set) var weights: [Double]
    let objectiveSum: RegionalSum
    private let threads: Int

    /// What each region adds to the objective, doing nothing taken off.
    private(set) var objective: [Double]
    /// By region and row, at `position · rows + row`.
    private(set) var entries: [Double]
    /// By region and direction, at `position · directions + direction`: what a move of its price takes of what the
    /// region's plan stays the best for (`BlockSolver.nearness`).
    private var nearness: [CoarseCeiling]
    /// Which of `vectors` a region's plan belongs to; -1: none yet.
    private(set) var vector: [Int32]
    private(set) var vectors: [RowPrices] = []
    /// The plans themselves, where they will be asked for; those of a pass over some regions alone are not kept.
    private(set) var kept: KeptPlans?
    /// By region: net present value of doing nothing.
    private let doNothing: [Double]

    private var rowCount: Int { coupling.rows.count }
    /// The rows' prices, and what the objective's amounts weigh.
    private var directionCount: Int { rowCount + 1 }

    /// - Parameters:
    ///   - doNothing: By region of the table.
    ///   - keepsPlans: Whether plans are kept, so that they can be read without being found again.
    init(
        _ regions: [RegionIndex], weights: [Double], maximising objective: RegionalSum,
        _ coupling: CouplingRows,
        _ shape: BlockShape, doNothing: [Double], keepsPlans: Bool = false, threads: Int
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
        kept = KeptPlans(regionCount: regions.count, portionSize: Self.portion, shape)
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

    /// The same question to other regions, with rows that may have been added since.
    func copy(for sample: RegionSample, _ coupling: CouplingRows) -> PricedRegions {
        PricedRegions(
            sample.regions, weights: sample.weights, maximising: objectiveSum, coupling, shape,
            doNothing: doNothing, threads: threads)
    }

    /// A region's objective and row entries, weighted.
    func column(of position: Int) -> (value: Double, entries: [Double]) {
        let weight = weights[position]
        let start = position * rowCount
        return (weight * objective[position], entries[start..<start + rowCount].map { weight * $0 })
    }
}

// MARK: A pass

extension PricedRegions {
    /// Regions are summed up in portions of this size, and the portions in their order: the sum does not depend on
    /// who was first, nor on how many threads there are.
    private static let portion = 512

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
        let now = RowPrices(prices, maximising: objectiveSum, coupling, shape)
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
        let now = RowPrices(prices, maximising: objectiveSum, coupling, shape)
        vectors.append(now)
        let pass = PricingPass(
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
                    var solver = BlockSolver(pass.shape, directions: pass.directions)
                    var writer = PortionWriter()
                    for portion in stride(from: worker, to: portions, by: workers) {
                        results[portion] = pass.price(portion, memory, &solver, &writer)
                    }
                }
            }
        }
        if !plans.isEmpty { kept?.portions = plans }
        return joined(results)
    }

    private mutating func withMemory(_ plans: inout [KeptPlans.Portion], _ body: (PlanMemory) -> Void) {
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

    fileprivate struct PortionResult: Sendable {
        var totals: Totals
        var changes = Changes()
        init(rows: Int) { totals = Totals(entries: [Double](repeating: 0, count: rows)) }
    }

    fileprivate struct PlanMemory {
        let objective: UnsafeMutableBufferPointer<Double>
        let entries: UnsafeMutableBufferPointer<Double>
        let nearness: UnsafeMutableBufferPointer<CoarseCeiling>
        let vector: UnsafeMutableBufferPointer<Int32>
        /// By portion; empty where plans are not kept.
        let plans: UnsafeMutableBufferPointer<KeptPlans.Portion>
    }

    /// What all workers of a pass read.
    fileprivate struct PricingPass: Sendable {
        let shape: BlockShape
        let rows: Int
        let directions: Int
        let count: Int
        /// Those that are asked; nil: all.
        private let positions: [Int]?
        private let regions: [RegionIndex]
        private let weights: [Double]
        private let classes: [Int32]
        private let doNothing: [Double]
        private let objective: RegionalSum
        private let now: RowPrices
        private let number: Int32
        /// By vector of prices: what differs from it now.
        private let moves: [[(direction: Int, size: Double)]?]
        /// By class, then by row.
        private let terms: [[[CouplingRows.Term]]]
        private let wanted: [[CouplingRows.Wanted?]]
        private let netPresentValues: [Double]

        init(
            regions: PricedRegions, positions: [Int]?, now: RowPrices, number: Int32,
            moves: [[(direction: Int, size: Double)]?],
            terms: [[[CouplingRows.Term]]], wanted: [[CouplingRows.Wanted?]]
        ) {
            shape = regions.shape
            rows = regions.rowCount
            directions = regions.directionCount
            count = positions?.count ?? regions.regions.count
            self.positions = positions
            self.regions = regions.regions
            weights = regions.weights
            classes = regions.coupling.classes
            doNothing = regions.doNothing
            objective = regions.objectiveSum
            self.now = now
            self.number = number
            self.moves = moves
            self.terms = terms
            self.wanted = wanted
            netPresentValues = regions.coupling.rows.map(\.netPresentValue)
        }

        func price(
            _ portion: Int, _ memory: PlanMemory, _ solver: inout BlockSolver, _ writer: inout PortionWriter
        ) -> PortionResult {
            let first = portion * PricedRegions.portion
            var result = PortionResult(rows: rows)
            var entries = [Double](repeating: 0, count: rows)
            let last = memory.plans.baseAddress.flatMap { memory.plans.isEmpty ? nil : $0 + portion }
            writer.begin()
            for index in first..<min(first + PricedRegions.portion, count) {
                let position = positions?[index] ?? index
                let region = regions[position]
                let regionClass = Int(classes[region])
                var isFound = false
                if !stays(position, memory) {
                    let value = solver.solve(
                        region, now.byClass[regionClass], nearnessAlong: now.directions[regionClass])
                    result.totals.solved += 1
                    guard value.ending == .optimal else {
                        result.totals.hasFailed = true
                        // It stays at the plan it has, if it has one.
                        if memory.vector[position] >= 0 { add(position, memory, &result.totals) }
                        if let last { writer.keep(from: last) }
                        continue
                    }
                    let objective = read(region, regionClass, value, &solver, to: &entries)
                    isFound = take(objective, entries, position, memory, &result)
                    if isFound { keepNearness(solver, position, memory) }
                }
                add(position, memory, &result.totals)
                guard let last else { continue }
                if isFound {
                    writer.enter(solver, of: number, after: last)
                } else {
                    writer.keep(from: last)
                }
            }
            if let last { writer.finish(&last.pointee) }
            return result
        }

        /// Whether prices are too near to those of a region's plan for another one to be better.
        private func stays(_ position: Int, _ memory: PlanMemory) -> Bool {
            let vector = Int(memory.vector[position])
            guard vector >= 0, let moves = moves[vector], let all = memory.nearness.baseAddress
            else { return false }
            let nearness = all + position &* directions
            var share = 0.0
            for move in moves { share += move.size * nearness[move.direction].value }
            // Less a little for the rounding of what is compared.
            return share < 1 - 1e-6
        }

        private func keepNearness(
            _ solver: borrowing BlockSolver, _ position: Int, _ memory: PlanMemory
        ) {
            for direction in 0..<directions {
                memory.nearness[position &* directions &+ direction] = CoarseCeiling(
                    solver.nearness[direction])
            }
        }

        /// What the plan just found adds to the objective and to the rows.
        private func read(
            _ region: RegionIndex, _ regionClass: Int, _ value: BlockValue, _ solver: inout BlockSolver,
            to entries: inout [Double]
        ) -> Double {
            let added = value.netPresentValue - doNothing[region]
            for row in 0..<rows {
                var sum = netPresentValues[row] * added
                for term in terms[regionClass][row] { sum += term.coefficient * solver.amounts[term.place] }
                if let wanted = wanted[regionClass][row] { sum += solver.figures.amount(of: wanted) }
                entries[row] = sum
            }
            var sum = objective.netPresentValue * added
            for (place, amount) in objective.amounts.enumerated() where amount != 0 {
                sum += amount * solver.amounts[place]
            }
            return sum
        }

        /// Keeps a plan if it is better at the prices than the one before.
        ///
        /// - Returns: Whether it is, or is the same found again.
        private func take(
            _ objective: Double, _ entries: [Double], _ position: Int,
            _ memory: PlanMemory, _ result: inout PortionResult
        ) -> Bool {
            let start = position * rows
            let isFirst = memory.vector[position] < 0
            if !isFirst {
                var gain = objective - memory.objective[position]
                var size = abs(objective) + abs(memory.objective[position])
                var isSame = abs(gain) <= 1e-11 * size
                for row in 0..<rows {
                    let change = entries[row] - memory.entries[start + row]
                    let terms = abs(entries[row]) + abs(memory.entries[start + row])
                    isSame = isSame && abs(change) <= 1e-11 * terms
                    gain -= now.rows[row] * change
                    size += abs(now.rows[row]) * terms
                }
                if isSame {
                    // The same plan found again: it is now that of these prices.
                    memory.vector[position] = number
                    return true
                }
                guard gain > 1e-13 * size else { return false }
                result.changes.positions.append(position)
                result.changes.before.append(memory.objective[position])
                for row in 0..<rows { result.changes.before.append(memory.entries[start + row]) }
                result.changes.vectorBefore.append(memory.vector[position])
            }
            memory.objective[position] = objective
            for row in 0..<rows { memory.entries[start + row] = entries[row] }
            memory.vector[position] = number
            return true
        }

        private func add(_ position: Int, _ memory: PlanMemory, _ totals: inout Totals) {
            let weight = weights[position]
            let start = position * rows
            var value = memory.objective[position]
            totals.objective += weight * value
            for row in 0..<rows {
                let entry = memory.entries[start + row]
                totals.entries[row] += weight * entry
                value -= now.rows[row] * entry
            }
            totals.value += weight * value
        }
    }
}

extension BlockFigures {
    /// What the region that was loaded last wants of a row.
    fileprivate func amount(of wanted: CouplingRows.Wanted) -> Double {
        var users = 0.0
        for year in wanted.years { users += wanted.isPotential ? potential : organic[year] }
        return wanted.factor * users
    }
}
