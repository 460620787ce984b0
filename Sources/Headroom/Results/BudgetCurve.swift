public import LinearProgramming

/// The best of a plan's first goal for every budget: concave and piecewise linear where the goal is to be large
/// (model, 8).
///
/// Pieces lie in the order of rising budgets. Arrays of plain numbers: a plan of a million regions has millions of them.
public struct BudgetCurve: Sendable {
    /// Money that goes to one region and lever.
    public struct Use: Equatable, Sendable {
        public var region: RegionIndex
        /// Nil where it is not told.
        public var lever: Lever?
        /// Undiscounted, over all years; below 0 where money is taken away, 0 where it only comes sooner.
        public var money: Double
        /// The same at what money of each year earns on the piece: the uses' worths sum up to the piece's gain.
        public var worth: Double
    }

    /// Where the money of a piece goes.
    enum Uses: Sendable {
        /// Spending at the curve's begin, and what it changes by over each piece.
        case listed(begin: [Use], changes: [[Use]])
        /// All money of each piece goes to one region; what is spent at the begin is not told by region.
        case oneRegion(RegionUses, beginSpending: Double)
    }

    public let goal: Goal
    public let movement: BudgetMovement
    /// Ends of the pieces: one more than there are pieces, rising.
    public let budgets: [Double]
    /// The goal's best at each of `budgets`.
    public let values: [Double]
    /// Change of the goal's best per unit of the budget, a number a piece.
    public let slopes: [Double]
    /// Whether the last value holds for every larger budget.
    public let endsFlat: Bool
    /// Whether it is the curve of the plan with modules that can be bought in part, which no plan lies above.
    public let isRelaxed: Bool
    /// The worst of any piece; nil where pieces were not proved by duals.
    public let certificate: Certificate?
    let uses: Uses

    public var pieceCount: Int { slopes.count }
    public var range: ClosedRange<Double> { budgets[0]...budgets[budgets.count - 1] }

    /// The budget from which more money adds nothing; nil where the goal's best goes on to rise, or to fall.
    public var paysUntil: Double? { endsFlat ? range.upperBound : nil }

    /// Where spending changes over a piece, what is worth most first.
    public func changes(ofPiece piece: Int) -> [Use] {
        switch uses {
        case .listed(_, let changes): changes[piece]
        case .oneRegion(let uses, _):
            uses.byLever(ofPiece: piece, money: budgets[piece + 1] - budgets[piece]).map { lever, money in
                Use(
                    region: uses.region(ofPiece: piece), lever: lever, money: money,
                    worth: slopes[piece] * money)
            }
        }
    }
}

// MARK: Reading

extension BudgetCurve {
    /// An amount as near to a breakpoint as this is at it, relative: rounding must not put it on the wrong piece.
    private static let sameBudget = 1e-9

    /// The amount, or the breakpoint that it is at. O(log pieces).
    private func snapped(_ amount: Double) -> Double {
        var (low, high) = (0, budgets.count)
        while low < high {
            let middle = (low + high) / 2
            if budgets[middle] < amount { low = middle + 1 } else { high = middle }
        }
        let near = [low - 1, low].filter(budgets.indices.contains).map { budgets[$0] }
        return near.min { abs($0 - amount) < abs($1 - amount) }.flatMap {
            abs($0 - amount) <= Self.sameBudget * abs(amount) ? $0 : nil
        } ?? amount
    }

    /// The last piece that begins at a budget or below; nil outside of the range and at its end.
    private func piece(from amount: Double) -> Int? {
        guard amount >= range.lowerBound, amount < range.upperBound else { return nil }
        var (low, high) = (0, pieceCount)
        while high - low > 1 {
            let middle = (low + high) / 2
            if budgets[middle] <= amount { low = middle } else { high = middle }
        }
        return low
    }

    /// The piece on which the next money is spent, from an amount on; nil outside of the range and at its end.
    /// O(log pieces).
    public func piece(above amount: Double) -> Int? { piece(from: snapped(amount)) }

    /// The piece on which the last money was spent; nil at the begin, outside of the range and where money is left.
    public func piece(below amount: Double) -> Int? {
        let amount = snapped(amount)
        guard amount > range.lowerBound, amount <= range.upperBound else { return nil }
        guard let above = piece(from: amount) else { return pieceCount - 1 }
        return budgets[above] < amount ? above : above - 1
    }

    /// The goal's best at a budget; nil where no plan is possible.
    public func value(at amount: Double) -> Double? {
        let amount = snapped(amount)
        guard amount >= range.lowerBound else { return nil }
        guard let piece = piece(from: amount) else {
            return endsFlat || amount == range.upperBound ? values[values.count - 1] : nil
        }
        return values[piece] + slopes[piece] * (amount - budgets[piece])
    }

    /// Change of the goal's best per unit of money, from a budget on; nil where no more or no plan is possible.
    public func slope(above amount: Double) -> Double? {
        let amount = snapped(amount)
        if let piece = piece(from: amount) { return slopes[piece] }
        return endsFlat && amount >= range.upperBound ? 0 : nil
    }

    /// Spending by lever on the curve; nil where it is not told, or no plan is possible. O(pieces), of many regions
    /// O(log pieces).
    public func spending(at amount: Double) -> LeverAmounts? {
        guard value(at: amount) != nil else { return nil }
        let (begin, changes): ([Use], [[Use]])
        switch uses {
        case .listed(let first, let others): (begin, changes) = (first, others)
        case .oneRegion(_, let spent) where spent > 0: return nil
        case .oneRegion(let uses, _):
            // What the last piece begun takes is taken in part.
            guard let last = piece(below: amount) else { return LeverAmounts() }
            let share = min(1, (amount - budgets[last]) / (budgets[last + 1] - budgets[last]))
            var sum = uses.sum(ofFirst: last, budgets)
            for (lever, money) in uses.byLever(ofPiece: last, money: budgets[last + 1] - budgets[last]) {
                sum[lever] += share * money
            }
            return sum
        }
        var sum = LeverAmounts()
        for use in begin { if let lever = use.lever { sum[lever] += use.money } }
        for piece in 0..<pieceCount where budgets[piece] < amount {
            let share = min(1, (amount - budgets[piece]) / (budgets[piece + 1] - budgets[piece]))
            for use in changes[piece] { if let lever = use.lever { sum[lever] += share * use.money } }
        }
        return sum
    }

    /// Spending of all levers on the curve; nil where no plan is possible.
    public func totalSpending(at amount: Double) -> Double? {
        switch uses {
        case .listed: return spending(at: amount)?.total
        case .oneRegion(_, let begin):
            guard value(at: amount) != nil else { return nil }
            return begin + min(amount, range.upperBound) - range.lowerBound
        }
    }

    /// Budgets from nothing to where more adds nothing, evenly; those that have a plan.
    public func grid(_ steps: Int) -> [Double] {
        Planner.grid(range.upperBound, steps).filter { value(at: $0) != nil }
    }

    /// The smallest budget at which the goal's best comes to a value; nil where none does.
    public func budget(reaching value: Double) -> Double? {
        guard let place = values.indices.first(where: { goal.isReached(value, by: values[$0]) }) else {
            return nil
        }
        guard place > 0, slopes[place - 1] != 0 else { return budgets[place] }
        let budget = budgets[place - 1] + (value - values[place - 1]) / slopes[place - 1]
        return min(max(budget, budgets[place - 1]), budgets[place])
    }
}

/// Why a plan has no exact curve of its first goal.
public enum NoBudgetCurve: Equatable, Sendable {
    /// The goal is a ratio: between two budgets its best follows no line.
    case ratio(Goal)
    /// No goal has a value.
    case undefined
    /// The money that must be spent for `roi` is a share that the total moves only in part.
    case minimumSpend
    /// Many regions with more to join them than one total.
    case manyRegions
}
