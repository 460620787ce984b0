/// Solves a region's block with whole modules, by branch and bound over blocks with bounds on new capacity.
///
/// Best bound first; every node is a small program of its own (`SubproblemSolver`). First plans come from rounding what has
/// been built until each year (A. Land, A. Doig, Econometrica 28, 1960, for the search). One a thread.
struct ModularSubproblem: ~Copyable {
    private var solver: SubproblemSolver
    /// By technology: the size of a module, 0 without.
    private let modules: [Double]
    /// Where whole numbers are asked for, at `technology · T + t − 1`.
    private let places: [Int]
    private var root: [Int32]
    private var best: Found?
    private var nodes = 0

    /// A plan in whole modules.
    struct Found {
        var value: Double
        var netPresentValue: Double
        /// By place of all technologies and years.
        var counts: [Int32]
        /// By measure and year.
        var amounts: [Double]
        /// By year: `n[t]`, and the region's potential.
        var organic: [Double]
        var potential: Double
    }

    struct Result {
        /// Nil where no plan in whole modules was found.
        var best: Found?
        /// No plan in whole modules is worth more.
        var bound: Double
        var nodes: Int
    }

    private struct Node {
        var bound: Double
        var least: [Int32]
        var most: [Int32]
        var branch: Int
        var value: Double
    }

    init(_ shape: SubproblemShape, _ planningCase: PlanningCase) {
        solver = SubproblemSolver(shape)
        solver.figures.isBounded = true
        modules = planningCase.technologies.map { $0.module ?? 0 }
        let years = shape.years
        let sizes = modules
        places = (0..<sizes.count * years).filter { sizes[$0 / years] > 0 }
        root = [Int32](repeating: 0, count: sizes.count * years)
    }

    /// - Parameters:
    ///   - tolerance: The search ends when no plan can be worth as much more.
    ///   - most: Nodes at which it ends in any case; what is left open then stands in the bound.
    mutating func solve(
        _ region: RegionIndex, _ prices: SubproblemPrices, tolerance: Double, most: Int
    ) -> Result {
        best = nil
        nodes = 0
        setRootBounds(region)
        var open: [Node] = []
        /// Of nodes that are whole, or could not be solved.
        var settled = -Double.infinity
        guard let first = node(region, prices, root.map { _ in 0 }, root, parent: .infinity, &settled)
        else { return Result(best: best, bound: best?.value ?? settled, nodes: nodes) }
        push(first, to: &open)
        while let top = open.first {
            if let best, top.bound <= best.value + tolerance { break }
            if nodes >= most, best != nil || nodes >= 20 * most { break }
            pop(from: &open)
            for isUp in [false, true] {
                var (least, most) = (top.least, top.most)
                let floor = Int32(top.value.rounded(.down))
                if isUp { least[top.branch] = floor + 1 } else { most[top.branch] = floor }
                guard
                    let child = node(region, prices, least, most, parent: top.bound, &settled),
                    best.map({ child.bound > $0.value + tolerance }) ?? true
                else { continue }
                push(child, to: &open)
            }
        }
        let value = best?.value ?? -.infinity
        // Children that were left out are within the tolerance of the best plan.
        let left = best == nil ? -Double.infinity : value + (nodes > 1 ? tolerance : 0)
        let bound = max(max(value, settled), max(open.first?.bound ?? -.infinity, left))
        return Result(best: best, bound: min(bound, max(first.bound, value)), nodes: nodes)
    }

    /// All that limits allow by themselves.
    private mutating func setRootBounds(_ region: RegionIndex) {
        solver.figures.load(region, of: solver.shape)
        let years = solver.years
        for technology in modules.indices {
            let size = modules[technology]
            let cost = solver.figures.buildCost[technology]
            let limit = min(solver.figures.yearlyLimit[technology], solver.figures.totalLimit[technology])
            for year in 0..<years {
                var most = min(limit, solver.figures.buildLimit[year])
                if cost > 0 { most = min(most, solver.shape.affordable[year] / cost) }
                let count = size > 0 ? (most / size * (1 + 1e-12)).rounded(.down) : 0
                root[technology * years + year] = Int32(min(count, Double(Int32.max / 2)))
            }
        }
    }

    /// Solves a node, and lets it be rounded where it is not whole.
    ///
    /// - Returns: Nil where there is nothing left to branch on.
    private mutating func node(
        _ region: RegionIndex, _ prices: SubproblemPrices, _ least: [Int32], _ most: [Int32], parent: Double,
        _ settled: inout Double
    ) -> Node? {
        let value = solve(region, prices, least, most)
        switch value.ending {
        case .optimal: break
        case .infeasible: return nil
        case .unbounded, .stalled:
            settled = max(settled, parent)
            return nil
        }
        let years = solver.years
        var branch = -1
        var farthest = 1e-7
        var wanted = 0.0
        var counts = root.map { _ in 0.0 }
        for place in places {
            let count =
                solver.decisions[solver.shape.newCapacity(place / years, place % years)]
                / modules[place / years]
            counts[place] = count
            let distance = abs(count - count.rounded())
            if distance > farthest { (branch, farthest, wanted) = (place, distance, count) }
        }
        guard branch >= 0 else {
            settled = max(settled, min(parent, value.value))
            keep(region, prices, counts.map { Int32($0.rounded()) })
            return nil
        }
        let bound = min(parent, value.value)
        if let best, bound <= best.value { return nil }
        if nodes <= 1 || nodes % 8 == 0 { round(region, prices, counts) }
        return Node(bound: bound, least: least, most: most, branch: branch, value: wanted)
    }

    private mutating func solve(
        _ region: RegionIndex, _ prices: SubproblemPrices, _ least: [Int32], _ most: [Int32]
    ) -> SubproblemValue {
        nodes += 1
        for place in root.indices {
            let size = modules[place / solver.years]
            solver.figures.leastBuilt[place] = size * Double(least[place])
            solver.figures.mostBuilt[place] = size > 0 ? size * Double(most[place]) : .infinity
        }
        return solver.solve(region, prices)
    }

    /// Tries the whole numbers that what has been built until each year rounds to.
    private mutating func round(_ region: RegionIndex, _ prices: SubproblemPrices, _ counts: [Double]) {
        let years = solver.years
        for threshold in [0.05, 0.5, 0.95] {
            var whole = root.map { _ in Int32(0) }
            for technology in modules.indices where modules[technology] > 0 {
                var sum = 0.0
                var bought = 0.0
                for year in 0..<years {
                    let place = technology * years + year
                    sum += counts[place]
                    let count = min(max(0, (sum - bought + threshold).rounded(.down)), Double(root[place]))
                    whole[place] = Int32(count)
                    bought += count
                }
            }
            keep(region, prices, whole)
        }
    }

    /// Keeps the plan with these modules, where it is the best one so far.
    private mutating func keep(_ region: RegionIndex, _ prices: SubproblemPrices, _ counts: [Int32]) {
        let value = solve(region, prices, counts, counts)
        guard value.ending == .optimal, value.value > best?.value ?? -.infinity else { return }
        let years = 0..<solver.years
        best = Found(
            value: value.value, netPresentValue: value.netPresentValue, counts: counts,
            amounts: solver.listedAmounts, organic: years.map { solver.figures.organic[$0] },
            potential: solver.figures.potential)
    }

    // MARK: Open nodes, a heap with the best bound first

    private func push(_ node: consuming Node, to open: inout [Node]) {
        open.append(node)
        var child = open.count - 1
        while child > 0, open[child].bound > open[(child - 1) / 2].bound {
            open.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private func pop(from open: inout [Node]) {
        let last = open.removeLast()
        guard !open.isEmpty else { return }
        open[0] = last
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < open.count else { return }
            if child + 1 < open.count, open[child + 1].bound > open[child].bound { child += 1 }
            guard open[child].bound > open[parent].bound else { return }
            open.swapAt(child, parent)
            parent = child
        }
    }
}
