import LinearProgramming

/// The components of a plan's link graph, each a block of its own beside those of the regions that no link joins.
///
/// One object: what all blocks have in common is handed on for every one of them.
final class LinkedSubproblems: Sendable {
    let components: LinkComponents
    /// In the order of the components.
    let blocks: [LinkedSubproblem]
    let solver: any LinearSolver

    /// - Returns: Nil where there are no links.
    init?(_ planningCase: PlanningCase, _ coupling: CouplingRows, solver: any LinearSolver, threads: Int) {
        guard !planningCase.links.isEmpty else { return nil }
        let components = LinkComponents(planningCase)
        self.components = components
        self.solver = solver
        blocks = parallelMap(components.components.count, threads: threads) {
            LinkedSubproblem(components.components[$0], of: planningCase, coupling)
        }
    }
}

// MARK: Blocks by name

/// A block is named as a region is: one that no link joins by its own place, a component by one behind all regions.
extension SubproblemShape {
    /// The names of all blocks, ascending.
    var blocks: [RegionIndex] {
        guard let linked else { return regions.indices }
        let single = regions.indices.filter { linked.components.place(of: $0) == nil }
        return single + linked.blocks.indices.map { RegionIndex(regions.count + $0) }
    }

    var blockCount: Int {
        regions.count + (linked.map { $0.blocks.count - $0.components.regionCount } ?? 0)
    }

    /// Nil where the block is a single region.
    func linkedBlock(_ name: RegionIndex) -> LinkedSubproblem? {
        name.position < regions.count ? nil : linked?.blocks[name.position - regions.count]
    }

    /// The name of the block that a region is in.
    func block(of region: RegionIndex) -> RegionIndex {
        linked?.components.place(of: region).map { RegionIndex(regions.count + $0) } ?? region
    }

    /// The region that stands for a block where one has to.
    func firstRegion(of block: RegionIndex) -> RegionIndex {
        linkedBlock(block)?.component.regions[0] ?? block
    }

    /// What the regions of a block come to together.
    func sum(over block: RegionIndex, _ amount: (RegionIndex) -> Double) -> Double {
        guard let linked = linkedBlock(block) else { return amount(block) }
        return linked.component.regions.reduce(0) { $0 + amount($1) }
    }

    /// Amounts by region with those of components behind them: by the name of a block.
    func byBlock(_ amounts: [Double]) -> [Double] {
        guard let linked else { return amounts }
        return amounts
            + linked.blocks.map { $0.component.regions.reduce(0) { $0 + amounts[$1] } }
    }
}

// MARK: A pass

/// What a component's plan adds to the objective and to the rows, and where it was found.
private struct LinkedAnswer: Sendable {
    var objective: Double
    var entries: [Double]
    var basis: Basis
}

extension PricingProblem {
    /// Asks the components among some positions, each from where its plan was found; every time, as nothing tells how
    /// far their plans stay the best.
    ///
    /// Solves run in parallel; what they come to is taken in the order of positions, so that threads are without effect.
    mutating func priceLinked(_ pass: PricingRound, at now: DualVector, over positions: [Int]?)
        -> PortionResult
    {
        var result = PortionResult(rows: rowCount)
        guard let linked = shape.linked else { return result }
        let asked = (positions ?? Array(regions.indices)).filter { shape.linkedBlock(regions[$0]) != nil }
        let answers = parallelMap(asked.count, threads: threads) { [self] index -> LinkedAnswer? in
            let position = asked[index]
            guard let block = shape.linkedBlock(regions[position]) else { return nil }
            let answer = block.solve(
                now, affordable: shape.affordable, from: bases[position]?[vector[position]], by: linked.solver
            )
            return answer.map { pass.read($0, of: block, doNothing[regions[position]]) }
        }
        var taken: [(position: Int, basis: Basis)] = []
        withMemory { memory in
            for (position, answer) in zip(asked, answers) {
                if let answer {
                    let isFound = pass.take(answer.objective, answer.entries, position, memory, &result)
                    if isFound { taken.append((position, answer.basis)) }
                } else {
                    result.totals.hasFailed = true
                }
                result.totals.solved += 1
                if memory.vector[position] >= 0 { pass.add(position, memory, &result.totals) }
            }
        }
        for (position, basis) in taken { bases[position, default: [:]][pass.number] = basis }
        return result
    }
}

extension PricingProblem.PricingRound {
    fileprivate func read(
        _ answer: LinkedSubproblem.Answer, of block: LinkedSubproblem, _ doNothing: Double
    ) -> LinkedAnswer {
        let added = answer.netPresentValue - doNothing
        let entries = (0..<rows).map { row in
            var sum = netPresentValues[row] * added
            for (place, own) in block.classes.enumerated() {
                for term in terms[Int(own)][row] {
                    sum += term.coefficient * answer.amounts[place][term.place]
                }
                if let wanted = wanted[Int(own)][row] { sum += block.amount(of: wanted, in: place) }
            }
            return sum
        }
        var sum = objective.netPresentValue * added
        for amounts in answer.amounts {
            for (place, amount) in objective.amounts.enumerated() where amount != 0 {
                sum += amount * amounts[place]
            }
        }
        return LinkedAnswer(objective: sum, entries: entries, basis: answer.basis)
    }
}
