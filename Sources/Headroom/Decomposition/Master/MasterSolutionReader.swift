import Dispatch

/// Reads the decisions behind a mixture, from what was kept of plans, or by solving blocks again at the prices that
/// their plans belong to.
///
/// Not at the final prices: where plans tie there, another one might come out.
struct MasterSolutionReader {
    private let regions: PricingProblem
    private let shape: SubproblemShape
    private let threads: Int
    /// By position, of the few regions that mix plans.
    private var mixed: [Int: [(vector: Int32, weight: Double)]] = [:]

    init(_ loop: ColumnGeneration, _ mixture: MasterProblem.MasterSolution, threads: Int) {
        regions = loop.regions
        shape = loop.regions.shape
        self.threads = threads
        for share in loop.master.shares(of: mixture) {
            mixed[share.plan.position, default: []].append((share.plan.vector, share.weight))
        }
    }

    /// Regions whose decisions are found before they are entered.
    private static let portion = 1 << 14

    /// All decisions. A region that mixes plans gets their weighted mean, which its rows hold as they hold each.
    ///
    /// - Returns: Nil where a plan is not found again.
    func decisions(of planningCase: PlanningCase) -> Decisions? {
        var decisions = Decisions(of: planningCase)
        let width = shape.decisionCount
        for first in stride(from: 0, to: regions.regions.count, by: Self.portion) {
            let range = first..<min(first + Self.portion, regions.regions.count)
            let found = found(in: range)
            let areAllFound = found.withUnsafeBufferPointer { found in
                for position in range where shape.linkedBlock(regions.regions[position]) == nil {
                    let start = (position - first) * width
                    guard !found[start].isNaN else { return false }
                    decisions.enter(
                        UnsafeBufferPointer(rebasing: found[start..<start + width]),
                        of: regions.regions[position], shape)
                }
                return true
            }
            guard areAllFound else { return nil }
        }
        return enterLinked(to: &decisions) ? decisions : nil
    }

    /// Components that mix plans get the weighted mean of these too.
    ///
    /// - Returns: False where a plan is not found again.
    private func enterLinked(to decisions: inout Decisions) -> Bool {
        let positions = regions.regions.indices.filter { shape.linkedBlock(regions.regions[$0]) != nil }
        let parts = parallelMap(positions.count, threads: threads) { index in
            let position = positions[index]
            let plans = mixed[position] ?? [(regions.vector[position], 1)]
            return linkedDecisions(position, plans)
        }
        for (position, part) in zip(positions, parts) {
            guard let block = shape.linkedBlock(regions.regions[position]), let part else { return false }
            decisions.enter(part, of: block.component)
        }
        return true
    }

    /// Nil where a plan is not found again.
    private func linkedDecisions(
        _ position: Int, _ plans: [(vector: Int32, weight: Double)]
    ) -> Decisions? {
        guard let linked = shape.linked, let block = shape.linkedBlock(regions.regions[position]) else {
            return nil
        }
        var mean: [Double] = []
        for plan in plans {
            let answer = block.solve(
                regions.vectors[Int(plan.vector)], affordable: shape.affordable,
                from: regions.bases[position]?[plan.vector], by: linked.solver)
            guard let answer else { return nil }
            if mean.isEmpty { mean = answer.point.map { _ in 0 } }
            for (column, value) in answer.point.enumerated() { mean[column] += plan.weight * value }
        }
        return block.decisions(at: mean)
    }

    /// By position and decision; the first decision of a plan that is not found again is no number.
    private func found(in range: Range<Int>) -> [Double] {
        let width = shape.decisionCount
        var numbers = [Double](repeating: 0, count: range.count * width)
        let workers = max(1, min(threads, range.count / 256))
        numbers.withUnsafeMutableBufferPointer { numbers in
            // Every region's numbers are written by one worker alone.
            nonisolated(unsafe) let numbers = numbers
            let reader = Reader(of: self)
            DispatchQueue.concurrentPerform(iterations: workers) { worker in
                var solver = SubproblemSolver(reader.shape)
                for position in stride(from: range.lowerBound + worker, to: range.upperBound, by: workers) {
                    let start = (position - range.lowerBound) * width
                    reader.read(position, &solver, to: numbers, from: start)
                }
            }
        }
        return numbers
    }

    /// What all workers read.
    private struct Reader: Sendable {
        let shape: SubproblemShape
        private let regions: [RegionIndex]
        private let classes: [Int32]
        private let vectors: [DualVector]
        private let kept: ColumnPool?
        /// By position: the prices its one plan belongs to.
        private let vector: [Int32]
        private let mixed: [Int: [(vector: Int32, weight: Double)]]

        init(of reader: MasterSolutionReader) {
            shape = reader.shape
            regions = reader.regions.regions
            classes = reader.regions.coupling.classes
            vectors = reader.regions.vectors
            kept = reader.regions.kept
            vector = reader.regions.vector
            mixed = reader.mixed
        }

        func read(
            _ position: Int, _ solver: inout SubproblemSolver, to numbers: UnsafeMutableBufferPointer<Double>,
            from start: Int
        ) {
            guard let plans = mixed[position] else {
                return add(position, vector[position], weight: 1, &solver, to: numbers, from: start)
            }
            for plan in plans {
                add(position, plan.vector, weight: plan.weight, &solver, to: numbers, from: start)
            }
        }

        private func add(
            _ position: Int, _ vector: Int32, weight: Double, _ solver: inout SubproblemSolver,
            to numbers: UnsafeMutableBufferPointer<Double>, from start: Int
        ) {
            let region = regions[position]
            guard shape.linkedBlock(region) == nil else { return }
            let prices = vectors[Int(vector)].byClass[Int(classes[region])]
            let isKept = kept?.restore(position, region, of: vector, prices, to: &solver) ?? false
            guard isKept || solver.solve(region, prices).ending == .optimal else {
                numbers[start] = .nan
                return
            }
            for decision in 0..<shape.decisionCount {
                numbers[start + decision] += weight * solver.decisions[decision]
            }
        }
    }
}

extension Decisions {
    /// Enters a block's decisions, in the order of `SubproblemShape`.
    fileprivate mutating func enter(
        _ numbers: UnsafeBufferPointer<Double>, of region: RegionIndex, _ shape: SubproblemShape
    ) {
        let count = self.years
        func years(from first: Int) -> UnsafeBufferPointer<Double> {
            UnsafeBufferPointer(rebasing: numbers[first..<first + count])
        }
        servedUsers.enter(years(from: shape.servedUsers(0)), of: region)
        tradingUsers.enter(years(from: shape.tradingUsers(0)), of: region)
        enrolledUsers.enter(years(from: shape.enrolledUsers(0)), of: region)
        for technology in 0..<shape.technologyCount {
            newCapacity[technology].enter(years(from: shape.newCapacity(technology, 0)), of: region)
        }
        for step in 0..<shape.stepCount {
            wonUsers[step].enter(years(from: shape.wonUsers(step, 0)), of: region)
        }
    }
}
