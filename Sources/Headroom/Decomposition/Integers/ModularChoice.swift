import LinearProgramming

/// Chooses one of the known plans a region, such that all coupling rows hold and the sum is as high as can be found.
///
/// The best mixture of plans (`RestrictedMaster`) mixes no more regions than rows bind. From its whole plans on, what
/// oversteps a row is exchanged at the least loss, and then, while anything is gained, one region's plan or those of
/// two regions at once.
struct ModularChoice {
    private let plans: ModularColumns
    private let rightHandSide: [Double]
    /// What is little in a row.
    private let rowSizes: [Double]
    /// By region: its plan.
    private(set) var chosen: [Int]
    private var activity: [Double] = []
    /// Of the mixture.
    private var prices: [Double] = []
    /// Every plan of a region that has a choice.
    private var candidates: [Int] = []

    /// - Parameter first: By region.
    init(_ plans: ModularColumns, from first: [Int], rightHandSide: [Double]) {
        self.plans = plans
        self.rightHandSide = rightHandSide
        chosen = first
        rowSizes = rightHandSide.indices.map { row in
            max(
                abs(rightHandSide[row]),
                first.reduce(0) { $0 + abs(plans.entries[$1 * rightHandSide.count + row]) },
                .leastNormalMagnitude)
        }
        for own in plans.plansOfRegion where own.count > 1 { candidates += own.map(Int.init) }
        sumUp()
    }

    private mutating func sumUp() {
        activity = rightHandSide.map { _ in 0 }
        for plan in chosen {
            for (row, entry) in plans.entries(of: plan).enumerated() { activity[row] += entry }
        }
    }

    /// `Σ` of the objective.
    var value: Double { chosen.reduce(0) { $0 + plans.values[$1] } }

    var holdsRows: Bool { violation(of: activity) == 0 }

    /// The best mixture within a box of prices.
    ///
    /// - Returns: Its prices.
    mutating func mix(lower: [Double], upper: [Double]) -> [Double] {
        var fixed = rightHandSide.map { _ in 0.0 }
        var master = RestrictedMaster(rightHandSide: rightHandSide, lower: lower, upper: upper)
        var planOfColumn: [Int] = []
        for (region, own) in plans.plansOfRegion.enumerated() {
            guard own.count > 1 else {
                for (row, entry) in plans.entries(of: chosen[region]).enumerated() { fixed[row] += entry }
                continue
            }
            var set = -1
            for plan in own.map(Int.init) {
                if set < 0 {
                    set = master.addSet(value: plans.values[plan], entries: plans.entries(of: plan)).set
                } else {
                    _ = master.addColumn(to: set, value: plans.values[plan], entries: plans.entries(of: plan))
                }
                planOfColumn.append(plan)
            }
        }
        master.setRightHandSide(zip(rightHandSide, fixed).map { $0 - $1 })
        let solution = master.solve()
        var weights = [Double](repeating: 0, count: chosen.count)
        solution.forEachShare { _, column, weight in
            let plan = planOfColumn[column]
            let region = plans.regions[plan]
            if weight > weights[region] { (weights[region], chosen[region]) = (weight, plan) }
        }
        prices = solution.prices
        sumUp()
        return prices
    }

    /// Makes the choice hold all rows, and better.
    ///
    /// - Returns: Whether it holds them.
    mutating func settle() -> Bool {
        if prices.isEmpty { prices = rightHandSide.map { _ in 0 } }
        guard repair() else { return false }
        improve()
        return true
    }

    /// How far rows are overstepped, each by its size.
    private func violation(of activity: [Double]) -> Double {
        var sum = 0.0
        for row in activity.indices {
            let over = activity[row] - rightHandSide[row]
            if over > 1e-12 * rowSizes[row] { sum += over / rowSizes[row] }
        }
        return sum
    }

    private func score(_ plan: Int) -> Double {
        var score = plans.values[plan]
        for (row, entry) in plans.entries(of: plan).enumerated() { score -= prices[row] * entry }
        return score
    }

    private mutating func exchange(to plan: Int) {
        let region = plans.regions[plan]
        move(&activity, from: chosen[region], to: plan)
        chosen[region] = plan
    }

    private func move(_ activity: inout [Double], from old: Int, to new: Int) {
        let rows = rightHandSide.count
        for row in 0..<rows {
            activity[row] += plans.entries[new * rows + row] - plans.entries[old * rows + row]
        }
    }

    /// - Returns: False where no exchange lessens what rows are overstepped by.
    private mutating func repair() -> Bool {
        var over = violation(of: activity)
        let scores = candidates.map(score)
        var scoreOf = [Double](repeating: 0, count: plans.values.count)
        for (plan, score) in zip(candidates, scores) { scoreOf[plan] = score }
        let least = 1e-9 * candidates.reduce(0) { max($0, abs(plans.values[$1])) }
        var moved = activity
        for _ in 0..<4 * chosen.count where over > 0 {
            var best: (plan: Int, rate: Double, over: Double)?
            for plan in candidates {
                let old = chosen[plans.regions[plan]]
                guard old != plan else { continue }
                moved = activity
                move(&moved, from: old, to: plan)
                let left = violation(of: moved)
                guard left < over * (1 - 1e-9) else { continue }
                let rate = (max(0, scoreOf[old] - scoreOf[plan]) + least) / (over - left)
                if rate < best?.rate ?? .infinity { best = (plan, rate, left) }
            }
            guard let best else { return false }
            exchange(to: best.plan)
            over = violation(of: activity)
        }
        return over == 0
    }

    // MARK: Improvement

    private static let mostExchanges = 400
    /// Plans that are tried two at a time.
    private static let mostInPairs = 250

    private mutating func improve() {
        for _ in 0..<Self.mostExchanges {
            guard let plan = bestSingle() else { break }
            exchange(to: plan)
        }
        for _ in 0..<Self.mostExchanges {
            guard let (first, second) = bestPair() else { break }
            exchange(to: first)
            if let second { exchange(to: second) }
        }
    }

    private func gain(_ plan: Int) -> Double {
        plans.values[plan] - plans.values[chosen[plans.regions[plan]]]
    }

    private var leastGain: Double { 1e-12 * abs(value) }

    private func bestSingle() -> Int? {
        var best: Int?
        var most = leastGain
        var moved = activity
        for plan in candidates {
            let own = gain(plan)
            guard own > most else { continue }
            moved = activity
            move(&moved, from: chosen[plans.regions[plan]], to: plan)
            if violation(of: moved) == 0 { (best, most) = (plan, own) }
        }
        return best
    }

    /// Of the plans that lose least at the prices, the two that gain most together.
    private func bestPair() -> (Int, Int?)? {
        let losses = candidates.compactMap { plan -> (loss: Double, plan: Int)? in
            let old = chosen[plans.regions[plan]]
            return old == plan ? nil : (score(old) - score(plan), plan)
        }
        let near = losses.sorted { $0.loss != $1.loss ? $0.loss < $1.loss : $0.plan < $1.plan }
            .prefix(Self.mostInPairs).map(\.plan)
        var best: (Int, Int?)?
        var most = leastGain
        for (index, first) in near.enumerated() {
            var once = activity
            move(&once, from: chosen[plans.regions[first]], to: first)
            let own = gain(first)
            if own > most, violation(of: once) == 0 { (best, most) = ((first, nil), own) }
            for second in near.dropFirst(index + 1) where plans.regions[second] != plans.regions[first] {
                let both = own + gain(second)
                guard both > most else { continue }
                var twice = once
                move(&twice, from: chosen[plans.regions[second]], to: second)
                if violation(of: twice) == 0 { (best, most) = ((first, second), both) }
            }
        }
        return best
    }
}
