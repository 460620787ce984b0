/// How much a plan hangs on each of its assumptions: every one is varied by its range, all others staying.
///
/// The rows are what a tornado chart draws: `base.return` is its axis, `row.low` and `row.high` are the ends of a bar.
public struct Sensitivity: Sendable {
    /// An assumption with another value, and the plan that comes of it.
    public struct Variation: Sendable {
        /// Why there is no plan.
        public enum Failure: Sendable {
            case impossible(InfeasibleSubsystem)
            /// The search was stopped before a plan was found, or broke down.
            case missing(any Error)
        }

        /// What a plan comes to, and where its money goes that did not go there before.
        public struct Found: Sendable {
            public var figures: PlanFigures
            public var reallocation: Reallocation
        }

        public var setting: FactorSetting
        // Beside each other and no cases of one type: the optimizer of Swift 6.3 breaks down over their accessors.
        /// Nil where there is no plan.
        public var found: Found?
        /// Nil where there is a plan.
        public var failure: Failure?

        public var figures: PlanFigures? { found?.figures }
        public var reallocation: Reallocation? { found?.reallocation }

        /// Whether rules and limits leave no plan.
        public var isImpossible: Bool { if case .impossible = failure { true } else { false } }
    }

    public struct Row: Sendable {
        public var factor: Factor
        /// What the plan assumes; of a column 1, as it is multiplied.
        public var base: Double
        /// Nil where the assumption cannot be lower, or higher, than it is.
        public var low: Variation?
        public var high: Variation?

        /// Whether an end of the range leaves no plan possible.
        public var isFatal: Bool { [low, high].contains { $0?.isImpossible ?? false } }
    }

    /// The plan as it stands.
    public let planningCase: PlanningCase
    public let base: PlanFigures
    /// Those first that may leave no plan possible, then those whose return moves most; among equals in the order in
    /// which they were asked for.
    public let rows: [Row]

    init(_ planningCase: PlanningCase, base: PlanFigures, rows: [Row]) {
        self.planningCase = planningCase
        self.base = base
        let swings = rows.map { base.swing(of: $0) ?? -1 }
        self.rows = rows.indices.sorted {
            (rows[$0].isFatal ? 0 : 1, -swings[$0], $0) < (rows[$1].isFatal ? 0 : 1, -swings[$1], $1)
        }.map { rows[$0] }
    }
}

extension Sensitivity {
    /// How far the return moves over the range, the plan as it stands included, money; nil where neither end has a
    /// plan.
    public func swing(of row: Row) -> Double? { base.swing(of: row) }

    /// What a variation adds to the return, less than 0 where it takes away; nil where it has no plan.
    public func change(_ variation: Variation?) -> Double? {
        variation?.figures.map { $0.return - base.return }
    }

    /// By how many per cent the return changes where the assumption changes by one, over the whole range; nil where the
    /// return or the assumption is 0.
    public func elasticity(of row: Row) -> Double? {
        func end(_ variation: Variation?) -> (value: Double, return: Double) {
            guard let variation, let figures = variation.figures else { return (row.base, base.return) }
            return (variation.setting.value, figures.return)
        }
        let (low, high) = (end(row.low), end(row.high))
        let (present, value) = (base.return, row.base)
        guard present != 0, value != 0, high.value != low.value else { return nil }
        return (high.return - low.return) / present / ((high.value - low.value) / value)
    }

    /// Of the money that the plan spends as it stands, the share that a variation moves; nil where nothing is spent.
    public func movedShare(_ variation: Variation?) -> Double? {
        guard let moved = variation?.reallocation?.moved, base.spending.total > 0 else { return nil }
        return moved / base.spending.total
    }

    /// The larger of both ends' shares.
    public func movedShare(of row: Row) -> Double? {
        [row.low, row.high].compactMap { movedShare($0) }.max()
    }

    /// All ends of all ranges, in the order of the rows.
    public var variations: [Variation] { rows.flatMap { [$0.low, $0.high].compactMap(\.self) } }

    /// Those of which nothing is known as the search was stopped.
    public var missing: [Variation] {
        variations.filter { if case .missing = $0.failure { true } else { false } }
    }
}

extension PlanFigures {
    fileprivate func swing(of row: Sensitivity.Row) -> Double? {
        let returns = [row.low, row.high].compactMap { $0?.figures?.return }
        guard !returns.isEmpty else { return nil }
        return returns.reduce(self.return, max) - returns.reduce(self.return, min)
    }
}

/// A value of an assumption, and the option that sets it on any command.
public struct FactorSetting: Equatable, Sendable {
    /// Of a key its value, of the budget its amount, of a column what it is multiplied by.
    public var value: Double
    /// Such as `--scale demand_growth=0.8`.
    public var option: String

    public init(value: Double, option: String) {
        self.value = value
        self.option = option
    }
}

/// An assumption with the ends of its range.
public struct FactorSettings: Equatable, Sendable {
    public var factor: Factor
    /// What the plan assumes; of a column 1.
    public var base: Double
    public var low: FactorSetting?
    public var high: FactorSetting?

    public init(factor: Factor, base: Double, low: FactorSetting?, high: FactorSetting?) {
        self.factor = factor
        self.base = base
        self.low = low
        self.high = high
    }
}
