/// A way to build capacity (model, 3.2).
public struct Technology: Equatable, Sendable {
    public var name: String
    /// Money a capacity unit; nil: the region's own.
    public var buildCost: Double?
    /// Money a capacity unit and year; nil: the region's own.
    public var operatingCost: Double?
    /// Years in service, ≥ 1.
    public var lifetime: Int
    /// Years from paying to service, ≥ 0.
    public var leadTime: Int
    /// Most that a region can build in a year, capacity units; infinite: no limit.
    public var yearlyLimit: Double
    /// Capacity units that are built at a time; nil: any amount.
    public var module: Double?

    public init(
        name: String, buildCost: Double? = nil, operatingCost: Double? = nil, lifetime: Int = 20,
        leadTime: Int = 0,
        yearlyLimit: Double = .infinity, module: Double? = nil
    ) {
        self.name = name
        self.buildCost = buildCost
        self.operatingCost = operatingCost
        self.lifetime = lifetime
        self.leadTime = leadTime
        self.yearlyLimit = yearlyLimit
        self.module = module
    }

    /// The only technology of a plan without a technology table; its costs are the region's own.
    public static let capacity = Technology(name: "capacity")
}

/// What holds for one technology in one region instead of the technology's own figures; nil keeps those
/// (model, 3.2).
public struct CostOverride: Equatable, Sendable {
    /// Final: the region's cost factor is not applied to it.
    public var buildCost: Double?
    public var operatingCost: Double?
    public var yearlyLimit: Double?
    /// Most that can be built over the whole horizon, capacity units.
    public var totalLimit: Double?

    public init(
        buildCost: Double? = nil, operatingCost: Double? = nil, yearlyLimit: Double? = nil,
        totalLimit: Double? = nil
    ) {
        self.buildCost = buildCost
        self.operatingCost = operatingCost
        self.yearlyLimit = yearlyLimit
        self.totalLimit = totalLimit
    }
}
