public import LinearProgramming

/// The trade-off between two goals: all plans of which no other one is better in both, with plans placed on it.
public struct Frontier: Sendable {
    /// A plan at which the trade-off changes, or one that is placed beside it.
    public struct Figures: Sendable {
        /// The two goals; nil where one has no value.
        public var first: Double?
        public var second: Double?
        public var spending: LeverAmounts
        /// Of the plans with the same two values the highest; nil where the search was stopped before it was found.
        public var `return`: Double?
        public var returnOnInvestment: Double?
        public var utilization: Double?
        public var serviceLevel: Double?
        public var usersServed: Double
    }

    /// Money that a region and lever have more at one end of a piece than at the other.
    public struct Move: Equatable, Sendable {
        public var region: RegionIndex
        public var lever: Lever
        /// Undiscounted, from the piece's first corner to its second one.
        public var money: Double
    }

    /// What lies between two corners.
    public struct Piece: Sendable {
        /// Numerators and denominators of both goals at either end, from the corner of the higher first goal on; nil
        /// where the search was stopped before what lies between the corners was found.
        var ends: (begin: Parts, end: Parts)?
        /// Where spending differs, the largest difference first.
        public var moves: [Move]

        public var isFound: Bool { ends != nil }
    }

    /// Numerators and denominators of both goals.
    struct Parts: Sendable {
        var numerators: SIMD2<Double>
        var denominators: SIMD2<Double>
        var values: SIMD2<Double> { numerators / denominators }
    }

    /// A plan held against the frontier.
    public struct Placed: Sendable {
        public enum Outcome: Sendable {
            case plan(Figures)
            case impossible
            /// The search was stopped before a plan was found.
            case missing
        }

        public var name: String
        public var isScenario: Bool
        public var outcome: Outcome
        /// Whether it is known to be the best plan, or that there is none; a search that was stopped may not know.
        public var isProved: Bool

        public var figures: Figures? { if case .plan(let figures) = outcome { figures } else { nil } }
    }

    public var planningCase: PlanningCase
    public var goals: [Goal]
    /// From the best of the first goal to the best of the second one.
    public var corners: [Figures]
    /// One fewer than there are corners.
    public var pieces: [Piece]
    /// The plan as it stands, then the scenarios.
    public var placed: [Placed]
    /// Whether it is that of the plan whose modules could be bought in part, beyond which no plan lies.
    public var isRelaxed: Bool
    /// Whether the first and the last corner are the frontier's ends; a search that was stopped may not have come there.
    public var reachesEnds: Bool
    /// Whether anything at all is missing.
    public var isStopped: Bool
    public var certificate: Certificate
}

extension Frontier {
    /// Whether the curve itself was found as a whole.
    public var isComplete: Bool { reachesEnds && pieces.allSatisfy(\.isFound) }

    /// What a search that was stopped did not find, in words.
    public var missing: [String] {
        var missing: [String] = []
        if !isComplete { missing.append("part of the frontier") }
        let open = corners.count { $0.return == nil }
        if open > 0 { missing.append("the return at \(FigureText.count(open, "corner"))") }
        return missing
            + placed.filter { !$0.isProved }.map { $0.figures == nil ? $0.name : "the proof of \($0.name)" }
    }

    /// Spending is to be small: in the pieces it stands with the other sign.
    private func sign(_ goal: Int) -> Double { goals[goal] == .leastSpending ? -1 : 1 }

    /// Points of a piece, evenly by the share of the plans at its ends that is mixed: both goals at each. Empty where
    /// the piece was not found.
    public func points(ofPiece index: Int, count: Int = 16) -> [(first: Double, second: Double)] {
        guard let ends = pieces[index].ends, count > 1 else { return [] }
        return (0..<count).map { place in
            let values = ends.begin.mixed(with: ends.end, Double(place) / Double(count - 1)).values
            return (0 + sign(0) * values[0], 0 + sign(1) * values[1])
        }
    }

    /// The best of one goal where the other one has some value; nil beyond the frontier's end and where it was not
    /// found. O(pieces).
    ///
    /// - Parameter other: Which goal the value is of, 0 or 1.
    public func best(where other: Int, is value: Double) -> Double? {
        let target = sign(other) * value
        // Where the other goal asks for less than the frontier's end has, the end does.
        let best = 1 - other
        if let end = other == 0 ? corners.last : corners.first,
            let reached = other == 0 ? end.first : end.second, sign(other) * reached >= target
        {
            return best == 0 ? end.first : end.second
        }
        return pieces.lazy.compactMap { $0.best(where: other, is: target) }.first.map {
            0 + self.sign(best) * $0
        }
    }

    /// What one unit of the second goal costs of the first one, on the side of more of the second goal and on that of
    /// less; nil where there is no such side. O(pieces).
    public func rates(atFirst value: Double) -> (more: Double?, less: Double?) {
        let target = sign(0) * value
        let spans = pieces.indices.compactMap { index -> (Int, Double, Double)? in
            guard let ends = pieces[index].ends else { return nil }
            return (index, ends.begin.values[0], ends.end.values[0])
        }
        let size = 1e-9 * spans.reduce(0) { max($0, abs($1.1), abs($1.2)) }
        let more = spans.first { $0.1 >= target - size && $0.2 < target - size }
        let less = spans.last { $0.2 <= target + size && $0.1 > target + size }
        return (
            more.flatMap { pieces[$0.0].rate(at: target) }, less.flatMap { pieces[$0.0].rate(at: target) }
        )
    }

    /// The corner farthest from the straight line between the frontier's ends, both goals measured by their range; nil
    /// where there is none between them.
    public var knee: Int? {
        guard isComplete, corners.count > 2, let a = corners.first, let b = corners.last, let a0 = a.first,
            let a1 = a.second, let b0 = b.first, let b1 = b.second, a0 != b0, a1 != b1
        else { return nil }
        func distance(_ corner: Figures) -> Double {
            guard let x = corner.first, let y = corner.second else { return 0 }
            return (x - b0) / (a0 - b0) + (y - a1) / (b1 - a1) - 1
        }
        guard let knee = corners.indices.max(by: { distance(corners[$0]) < distance(corners[$1]) }),
            distance(corners[knee]) > 1e-6
        else { return nil }
        return knee
    }
}

extension Frontier.Parts {
    func mixed(with other: Self, _ share: Double) -> Self {
        Self(
            numerators: numerators + share * (other.numerators - numerators),
            denominators: denominators + share * (other.denominators - denominators))
    }
}

extension Frontier.Piece {
    /// Where along the piece a goal has some value; nil where it has it nowhere.
    private func share(of goal: Int, at value: Double) -> Double? {
        guard let ends else { return nil }
        let (begin, end) = (ends.begin.values[goal], ends.end.values[goal])
        guard (min(begin, end)...max(begin, end)).contains(value) else { return nil }
        func excess(_ parts: Frontier.Parts) -> Double {
            parts.numerators[goal] - value * parts.denominators[goal]
        }
        let (from, to) = (excess(ends.begin), excess(ends.end))
        return from == to ? 0 : min(max(from / (from - to), 0), 1)
    }

    fileprivate func best(where other: Int, is value: Double) -> Double? {
        guard let ends, let share = share(of: other, at: value) else { return nil }
        return ends.begin.mixed(with: ends.end, share).values[1 - other]
    }

    /// Change of the first goal per unit of the second one, at a value of the first, as an amount above 0.
    fileprivate func rate(at value: Double) -> Double? {
        guard let ends else { return nil }
        let bounded = min(max(value, ends.end.values[0]), ends.begin.values[0])
        guard let share = share(of: 0, at: bounded) else { return nil }
        let here = ends.begin.mixed(with: ends.end, share)
        let (numerators, denominators) = (
            ends.end.numerators - ends.begin.numerators, ends.end.denominators - ends.begin.denominators
        )
        let change = (numerators - here.values * denominators) / here.denominators
        return change[1] == 0 ? nil : abs(change[0] / change[1])
    }
}
