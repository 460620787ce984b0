import LinearProgramming

/// Answers the questions of a clash of many regions by prices, where one program would not end.
struct ClashByPrices: ClashQuestions {
    private(set) var violation: PhaseOne

    /// - Throws: `PhaseOne.Failure`, as everything here.
    func isPossible(_ planningCase: PlanningCase) throws -> Bool {
        try violation.value(of: planningCase) == 0
    }

    func leastFactor(onBudgetOf planningCase: PlanningCase) throws -> Double? {
        let budget = planningCase.assumptions.budget
        return try nearest(to: 1, upTo: nil) { factor in
            var scaled = planningCase
            scaled.assumptions.budget = budget.scaled(by: factor)
            return scaled
        }
    }

    func nearest(
        to bound: Rule.Bound, ofRule index: Int, isLower: Bool, _ planningCase: PlanningCase
    ) throws -> Rule.Bound? {
        guard try isPossible(planningCase.withBound(nil, ofRule: index, isLower: isLower)) else { return nil }
        func like(_ number: Double) -> Rule.Bound {
            if case .share = bound { return .share(number) }
            return .amount(number)
        }
        func nearest(_ questions: ClashByPrices) throws -> Double? {
            // Nothing is measured below 0, so a floor of 0 is none.
            try questions.nearest(to: bound.number, upTo: isLower ? 0 : nil) {
                planningCase.withBound(like($0), ofRule: index, isLower: isLower)
            }
        }
        guard let found = try nearest(self) else { return nil }
        guard found > 0, found < Self.wellMeasured * bound.number || bound.number == 0 else {
            return like(found)
        }
        // Rows are let go by parts of what they are measured by: of a number far below that too few digits are known.
        var measured = self
        measured.violation.standard = planningCase.withBound(like(found), ofRule: index, isLower: isLower)
        return try nearest(measured).map(like)
    }

    /// A number that is at least so much of the bound given is measured well enough by that.
    private static let wellMeasured = 0.01

    /// How near the number that will do is known, relative; people are told six digits.
    private static let precision = 1e-7
    /// How many times larger the next number may be where none is known that does.
    private static let growth = 100.0
    /// Nobody means more than so many times the number given.
    private static let most = 1e12

    /// The nearest number with which a plan exists.
    ///
    /// What rows are let go by is a convex function of a right-hand side: the line through two numbers that do not do
    /// meets 0 before it does. Of a share of what the plan decides it need not be, and halves are taken where the line is no
    /// help.
    ///
    /// - Parameters:
    ///   - start: One that does not do.
    ///   - end: One that does; nil: a larger one is looked for.
    private func nearest(
        to start: Double, upTo end: Double?, _ planningCase: (Double) -> PlanningCase
    ) throws -> Double? {
        func value(_ number: Double) throws -> Double { try violation.value(of: planningCase(number)) }
        let unit = start > 0 ? start : 1e-6
        var (first, last) = (start, start + 1e-3 * (end.map { $0 - start } ?? unit))
        var (before, now) = (try value(first), try value(last))
        guard before > 0 else { return start }
        guard now > 0 else { return try between(first, last, value) }
        var enough = end
        for _ in 0..<200 {
            var next = last + now * (last - first) / (before - now)
            // A line that does not fall, or leads beyond what is known to do.
            let isHelp = next.isFinite && (next - last) * (last - first) > 0
            if let enough, !isHelp || abs(next - last) >= abs(enough - last) { next = 0.5 * (last + enough) }
            if enough == nil {
                // Numbers that hardly differ make a line that leads anywhere.
                let farthest = last + Self.growth * max(unit, abs(last))
                next = isHelp ? min(next, farthest) : farthest
            }
            guard abs(next) <= Self.most * max(unit, 1) else { return nil }
            let found = try value(next)
            if found > 0 {
                (first, before) = (last, now)
                (last, now) = (next, found)
            } else {
                enough = next
                // Where the line meets 0 exactly a little less does not do.
                let less = next - Self.precision * (next - start)
                guard (less - last) * (next - last) > 0 else { return next }
                let nearly = try value(less)
                if nearly > 0 { return next }
                enough = less
            }
            if let enough, abs(enough - last) <= Self.precision * max(abs(enough), abs(enough - start)) {
                return enough
            }
        }
        return enough
    }

    /// By halves, where one number does not do and a near one does.
    private func between(_ less: Double, _ enough: Double, _ value: (Double) throws -> Double) throws
        -> Double
    {
        var (less, enough) = (less, enough)
        while abs(enough - less) > Self.precision * max(abs(enough), abs(less)) {
            let middle = 0.5 * (less + enough)
            if try value(middle) > 0 { less = middle } else { enough = middle }
        }
        return enough
    }
}
