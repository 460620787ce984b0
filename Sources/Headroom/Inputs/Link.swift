/// A directed link over which one region's idle capacity serves another's users (model, 3.2).
public struct Link: Equatable, Sendable {
    public var from: RegionIndex
    public var to: RegionIndex
    /// Capacity units.
    public var capacity: Double
    /// Money a capacity unit and year carried: an operating cost.
    public var cost: Double
    /// Money a capacity unit added; infinite: the link cannot be widened.
    public var buildCost: Double
    /// Most that can be added in a year, capacity units; infinite: no limit.
    public var yearlyLimit: Double

    public init(
        from: RegionIndex, to: RegionIndex, capacity: Double, cost: Double, buildCost: Double = .infinity,
        yearlyLimit: Double = .infinity
    ) {
        self.from = from
        self.to = to
        self.capacity = capacity
        self.cost = cost
        self.buildCost = buildCost
        self.yearlyLimit = yearlyLimit
    }
}
