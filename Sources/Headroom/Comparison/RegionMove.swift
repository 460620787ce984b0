/// A value of the base plan and the same of the other one.
public struct Sides<Value: Equatable & Sendable>: Equatable, Sendable {
    public var base: Value
    public var other: Value

    public init(base: Value, other: Value) {
        self.base = base
        self.other = other
    }
}

/// What money does in a region, from one plan to another, and why.
public struct RegionMove: Equatable, Sendable {
    /// Where money comes or goes.
    public enum Direction: String, Sendable {
        /// The region gets money that got none, or none any more.
        case enters, leaves
        case more, less
        /// The same money, spent on other levers or in other years.
        case shifts
        case same
        /// The other plan does not have the region.
        case onlyInBase = "only_in_base"
        case onlyInOther = "only_in_other"
    }

    /// What changed that money follows.
    public enum Cause: Equatable, Sendable {
        /// Columns of the region table in which the region itself has other numbers.
        case inputs([RegionColumn])
        /// A rule that speaks of the region came to bind, or no longer does.
        case rule(String, binds: Bool)
        /// What keeps more money from the region.
        case reason(from: Reason, to: Reason)
        /// What the last unit of the budget earns anywhere.
        case priceOfMoney(from: Double, to: Double)
    }

    public var id: String
    public var name: String
    /// Spending in the base plan by year compared, money, undiscounted.
    public var base: [LeverAmounts]
    /// As `base`, in the other plan.
    public var other: [LeverAmounts]
    /// What the region adds to the return of each plan, over its whole horizon; nil where it has no such region.
    public var returns: Sides<Double?>
    /// In the last year compared.
    public var usersServed: Sides<Double?>
    public var why: Sides<Reason?>
    public var direction: Direction
    public var causes: [Cause]

    public var baseTotal: Double { base.reduce(0) { $0 + $1.total } }
    public var otherTotal: Double { other.reduce(0) { $0 + $1.total } }
    /// Money that came, less than 0 where it went.
    public var change: Double { otherTotal - baseTotal }

    /// Money that came for a lever, in a year counted from 0 or in all of them.
    public func change(_ lever: Lever? = nil, year: Int? = nil) -> Double {
        let places = year.map { $0...$0 } ?? 0...base.count - 1
        func sum(_ amounts: [LeverAmounts]) -> Double {
            amounts[places].reduce(0) { sum, spent in sum + (lever.map { spent[$0] } ?? spent.total) }
        }
        return sum(other) - sum(base)
    }
}
