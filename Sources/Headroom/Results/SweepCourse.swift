/// How the first goal's best goes over the budgets that plans were made at.
public struct SweepCourse: Sendable {
    public struct Point: Sendable {
        public var budget: Double
        public var best: Double
    }

    /// By rising budgets, those where the best is known.
    public let points: [Point]
    /// The points from the first to the last that come to the best of all, as far as gaps tell.
    public let peak: Range<Int>
}

extension BudgetSweep {
    /// Whether more money may lower the first goal's best, as a share of it must be spent.
    public var mayFall: Bool { planningCase.assumptions.minimumSpend != nil }

    /// Nil where fewer than three plans tell of it, today's among them.
    public var course: SweepCourse? {
        let known = known
        guard known.count > 2 else { return nil }
        let sign = goal == .leastSpending ? -1.0 : 1.0
        // What a plan may miss by its gap, or by rounding, is no difference.
        let highest = known.map { sign * $0.point.best }.max() ?? 0
        let isAtPeak = known.map { known in
            sign * known.point.best >= highest - max(known.gap, 1e-9) * max(1, abs(known.point.best))
        }
        guard let first = isAtPeak.firstIndex(of: true), let last = isAtPeak.lastIndex(of: true) else {
            return nil
        }
        // Without a share that must be spent nothing falls, and what seems to is within the gaps.
        return SweepCourse(points: known.map(\.point), peak: first..<(mayFall ? last + 1 : known.count))
    }

    /// The largest budget that is known to still bring the first goal's best to a value, where larger ones do not; nil
    /// where all larger ones do, as far as is known.
    public func lastBudget(reaching value: Double) -> Double? {
        if let exactCurve { return exactCurve.lastBudget(reaching: value) }
        let known = known
        guard mayFall, let last = known.lastIndex(where: { goal.isReached(value, by: $0.point.best) }),
            last < known.count - 1
        else { return nil }
        return known[last].point.budget
    }

    private var known: [(point: SweepCourse.Point, gap: Double)] {
        points.compactMap { point in
            guard let figures = point.figures, let best = figures.best else { return nil }
            return (SweepCourse.Point(budget: point.budget, best: best), figures.gap ?? 0)
        }
    }
}

extension BudgetCurve {
    /// The largest budget at which the goal's best still comes to a value; nil where every larger one does, or none.
    func lastBudget(reaching value: Double) -> Double? {
        guard let last = values.lastIndex(where: { goal.isReached(value, by: $0) }), last < pieceCount,
            slopes[last] != 0
        else { return nil }
        let budget = budgets[last] + (value - values[last]) / slopes[last]
        return min(max(budget, budgets[last]), budgets[last + 1])
    }
}
