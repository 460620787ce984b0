/// How the first goal's best goes over the budgets that plans were made at, as far as is proved.
public struct SweepCourse: Sendable {
    public struct Point: Sendable {
        public var budget: Double
        public var best: Double
        /// What the best is at most by the gap that was proved, of least spending at least; infinite where none was.
        public var bound: Double
    }

    /// By rising budgets, those where the best is known.
    public let points: [Point]
    /// The points from the first to the last that come to the best of all.
    public let peak: Range<Int>
    /// Whether every point of the sweep is among the points, save some that lie below all of them.
    public let isComplete: Bool
    private let provedLower: [Bool]
    private let provedNoHigher: [Bool]

    /// - Precondition: There are points.
    fileprivate init(_ points: [Point], isComplete: Bool, goal: Goal) {
        let sign = goal == .leastSpending ? -1.0 : 1.0
        let highest = points.map { sign * $0.best }.max() ?? 0
        // What is less than a millionth is no difference, where gaps are as large.
        let unit = max(1, abs(highest))
        let atPeak = points.map { point in
            let room = min(max(sign * (point.bound - point.best) / unit, 1e-9), 1e-6)
            return sign * point.best >= highest - room * unit
        }
        peak = (atPeak.firstIndex(of: true) ?? 0)..<((atPeak.lastIndex(of: true) ?? 0) + 1)
        provedLower = points.map { sign * $0.bound < highest - 1e-9 * unit }
        provedNoHigher = points.map { sign * $0.bound <= highest + 1.001e-6 * unit }
        self.points = points
        self.isComplete = isComplete
    }

    /// Whether all points bring the same.
    public var isFlat: Bool {
        isComplete && peak == points.indices && provedNoHigher.allSatisfy(\.self)
    }

    /// Between which points more money stops adding anything; nil where that is not proved.
    public var stop: (after: Point, until: Point)? {
        let first = peak.lowerBound
        guard isComplete, first < points.count - 1, provedNoHigher[(first + 1)...].allSatisfy(\.self),
            let before = provedLower[..<first].lastIndex(of: true)
        else { return nil }
        return (points[before], points[first])
    }

    /// Whether the largest budget brings more than every other.
    public var risesToEnd: Bool {
        isComplete && peak.lowerBound == points.count - 1 && points.count > 1
            && provedLower.dropLast().allSatisfy(\.self)
    }

    /// From which point on more money takes away; nil where that is not proved.
    public var fallsFrom: Point? {
        let larger = provedLower[peak.upperBound...]
        return larger.isEmpty || larger.contains(false) ? nil : points[peak.upperBound - 1]
    }
}

extension BudgetSweep {
    /// Whether more money may lower the first goal's best, as a share of it must be spent.
    public var mayFall: Bool { planningCase.assumptions.minimumSpend != nil }

    /// Nil where fewer than three plans tell of it, today's among them.
    public var course: SweepCourse? {
        let known = known
        guard known.count > 2 else { return nil }
        // Nothing is proved of a point that is not known, save where it lies below all others.
        let unknown = points.last { $0.figures?.best == nil }
        let isComplete = unknown.map { $0.budget < known[0].budget } ?? true
        return SweepCourse(known, isComplete: isComplete, goal: goal)
    }

    /// The largest budget that is known to still bring the first goal's best to a value, where larger ones do not; nil
    /// where all larger ones do, as far as is known.
    public func lastBudget(reaching value: Double) -> Double? {
        if let exactCurve { return exactCurve.lastBudget(reaching: value) }
        let known = known
        guard mayFall, let last = known.lastIndex(where: { goal.isReached(value, by: $0.best) }),
            last < known.count - 1
        else { return nil }
        return known[last].budget
    }

    private var known: [SweepCourse.Point] {
        points.compactMap { point in
            guard let best = point.figures?.best else { return nil }
            let unproved = goal == .leastSpending ? -Double.infinity : .infinity
            return SweepCourse.Point(
                budget: point.budget, best: best, bound: point.atMost ?? provedBound(of: point) ?? unproved)
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
