/// One pass over regions at prices: what its workers read, what they write, and what they do with each region.
extension PricingProblem {
    struct PortionResult: Sendable {
        var totals: Totals
        var changes = Changes()
        init(rows: Int) { totals = Totals(entries: [Double](repeating: 0, count: rows)) }
    }

    struct PlanMemory {
        let objective: UnsafeMutableBufferPointer<Double>
        let entries: UnsafeMutableBufferPointer<Double>
        let nearness: UnsafeMutableBufferPointer<CoarseCeiling>
        let vector: UnsafeMutableBufferPointer<Int32>
        /// By portion; empty where plans are not kept.
        let plans: UnsafeMutableBufferPointer<ColumnPool.Portion>
    }

    /// What all workers of a pass read.
    struct PricingRound: Sendable {
        let shape: SubproblemShape
        let rows: Int
        let directions: Int
        let count: Int
        /// Those that are asked; nil: all.
        private let positions: [Int]?
        private let regions: [RegionIndex]
        private let weights: [Double]
        private let classes: [Int32]
        private let doNothing: [Double]
        let objective: RegionalSum
        private let now: DualVector
        let number: Int32
        /// By vector of prices: what differs from it now.
        private let moves: [[(direction: Int, size: Double)]?]
        /// By class, then by row.
        let terms: [[[CouplingRows.Term]]]
        let wanted: [[CouplingRows.Wanted?]]
        let netPresentValues: [Double]

        init(
            regions: PricingProblem, positions: [Int]?, now: DualVector, number: Int32,
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
            _ portion: Int, _ memory: PlanMemory, _ solver: inout SubproblemSolver,
            _ writer: inout PortionWriter
        ) -> PortionResult {
            let first = portion * PricingProblem.portion
            var result = PortionResult(rows: rows)
            var entries = [Double](repeating: 0, count: rows)
            let last = memory.plans.baseAddress.flatMap { memory.plans.isEmpty ? nil : $0 + portion }
            writer.begin()
            for index in first..<min(first + PricingProblem.portion, count) {
                let position = positions?[index] ?? index
                let region = regions[position]
                guard region.position < shape.regions.count else {
                    // A component, which is asked by itself.
                    if let last { writer.keep(from: last) }
                    continue
                }
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
            _ solver: borrowing SubproblemSolver, _ position: Int, _ memory: PlanMemory
        ) {
            for direction in 0..<directions {
                memory.nearness[position &* directions &+ direction] = CoarseCeiling(
                    solver.nearness[direction])
            }
        }

        /// What the plan just found adds to the objective and to the rows.
        private func read(
            _ region: RegionIndex, _ regionClass: Int, _ value: SubproblemValue,
            _ solver: inout SubproblemSolver,
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
        func take(
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

        func add(_ position: Int, _ memory: PlanMemory, _ totals: inout Totals) {
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

extension SubproblemFigures {
    /// What the region that was loaded last wants of a row.
    fileprivate func amount(of wanted: CouplingRows.Wanted) -> Double {
        var users = 0.0
        for year in wanted.years { users += wanted.isPotential ? potential : organic[year] }
        return wanted.factor * users
    }
}
