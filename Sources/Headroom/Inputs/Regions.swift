/// The regions of a plan with every default filled in: arrays by column, a number a region (model, 3.1 and 3.3).
public struct Regions: Equatable, Sendable {
    /// Unique ids.
    public private(set) var ids: [String]
    /// What people call them.
    public private(set) var names: [String]
    /// Columns that are none of the model's.
    public private(set) var tags: [RegionTable.Tag]
    /// Users served in the base year.
    public private(set) var users: [Double]
    /// Installed in the base year, capacity units.
    public private(set) var capacity: [Double]
    /// Installed and unused in the base year, capacity units.
    public private(set) var idleCapacity: [Double]
    /// Organic growth of users a year, as a fraction above −1.
    public private(set) var demandGrowth: [Double]
    /// Access revenue, money a user and year.
    public private(set) var revenuePerUser: [Double]
    /// Money a capacity unit, without the cost factor.
    public private(set) var buildCost: [Double]
    /// Multiplies every build cost of the region.
    public private(set) var costFactor: [Double]
    /// Of base-year capacity, money a capacity unit and year.
    public private(set) var operatingCost: [Double]
    /// Infinite where the region has no cap.
    public private(set) var potentialUsers: [Double]
    /// Infinite where there is no adoption lever.
    public private(set) var adoptionCost: [Double]
    /// Capacity units a user takes in the base year.
    public private(set) var demandPerUser: [Double]
    /// Growth of demand per user a year, as a fraction above −1.
    public private(set) var useGrowth: [Double]
    /// Share of capacity that may be used, in (0, 1].
    public private(set) var maxUtilization: [Double]
    /// Share of base-year capacity withdrawn each year, in [0, 1).
    public private(set) var retirement: [Double]
    /// Infinite where there is no limit.
    public private(set) var yearlyBuildLimit: [Double]
    /// What a user who trades online brings on top, money a user and year.
    public private(set) var commerceRevenuePerUser: [Double]
    /// Users enrolled in a credit mechanism in the base year.
    public private(set) var creditUsers: [Double]
    /// Infinite where there is no credit lever.
    public private(set) var creditCost: [Double]
    /// `q[r]`, the share of commerce revenue that is really collected.
    public private(set) var creditScore: [Double]

    public var count: Int { ids.count }
    public var indices: [RegionIndex] { (0..<count).map(RegionIndex.init) }

    /// Fills defaults into a table that `findings(in:_:)` found no error in.
    public init(_ table: RegionTable, _ assumptions: Assumptions) {
        // Columns of nothing but one default are one array, and a column without gaps is the table's own.
        var defaults: [Double: [Double]] = [:]
        func column(_ column: RegionColumn, or missing: Double) -> [Double] {
            if let values = table.numbers[column] {
                guard values.contains(where: \.isNaN) else { return values }
                return values.map { $0.isNaN ? missing : $0 }
            }
            if let known = defaults[missing] { return known }
            let values = [Double](repeating: missing, count: table.count)
            defaults[missing] = values
            return values
        }
        func column(_ name: RegionColumn) -> [Double] {
            guard case .number(let missing) = name.declaration.need else { return column(name, or: .nan) }
            return column(name, or: missing)
        }
        ids = table.ids
        names = table.names
        tags = table.tags
        users = column(.users)
        capacity = column(.capacity)
        idleCapacity = column(.idleCapacity)
        demandGrowth = column(.demandGrowth)
        revenuePerUser = column(.revenuePerUser)
        buildCost = column(.buildCost)
        costFactor = column(.costFactor)
        operatingCost = column(.operatingCost)
        potentialUsers = column(.potentialUsers, or: .infinity)
        adoptionCost = column(.adoptionCost, or: .infinity)
        useGrowth = column(.useGrowth)
        maxUtilization = column(.maxUtilization, or: assumptions.maxUtilization)
        retirement = column(.retirement)
        yearlyBuildLimit = column(.yearlyBuildLimit, or: .infinity)
        commerceRevenuePerUser = column(.commerceRevenuePerUser)
        creditUsers = column(.creditUsers)
        creditCost = column(.creditCost, or: .infinity)
        demandPerUser = column(.demandPerUser)
        for row in demandPerUser.indices where demandPerUser[row].isNaN {
            demandPerUser[row] = (capacity[row] - idleCapacity[row]) / users[row]
        }
        creditScore = [Double](repeating: 0, count: table.count)
        let weights = assumptions.creditWeights
        for (weight, indicator) in zip(weights, RegionColumn.creditIndicators) {
            for (row, score) in column(indicator).enumerated() { creditScore[row] += weight * score }
        }
        let sum = weights.reduce(0, +)
        for row in creditScore.indices { creditScore[row] /= sum }
    }

    /// Some of the regions, in the order given.
    func only(_ chosen: [RegionIndex]) -> Regions {
        var part = self
        part.take(chosen)
        return part
    }

    /// Keeps some of the regions, in the order given. A column at a time is there twice.
    mutating func take(_ chosen: [RegionIndex]) {
        let areNamed = names != ids
        func move<Value: Equatable>(_ column: inout [Value]) {
            // In a column of one value order means nothing: many have a default alone.
            if chosen.count == column.count, let first = column.first, column.allSatisfy({ $0 == first }) {
                return
            }
            column = chosen.map { column[$0] }
        }
        if !areNamed { names = [] }
        move(&ids)
        if areNamed { move(&names) } else { names = ids }
        move(&users)
        move(&capacity)
        move(&idleCapacity)
        move(&demandGrowth)
        move(&revenuePerUser)
        move(&buildCost)
        move(&costFactor)
        move(&operatingCost)
        move(&potentialUsers)
        move(&adoptionCost)
        move(&demandPerUser)
        move(&useGrowth)
        move(&maxUtilization)
        move(&retirement)
        move(&yearlyBuildLimit)
        move(&commerceRevenuePerUser)
        move(&creditUsers)
        move(&creditCost)
        move(&creditScore)
        for tag in tags.indices { move(&tags[tag].values) }
    }

    /// The numbers of a column, to be changed in what-if questions; nil for one that others are derived from.
    ///
    /// Users, capacity and idle capacity hang together with the demand per user, and the credit indicators are one
    /// score here.
    private static func numbers(of column: RegionColumn) -> WritableKeyPath<Regions, [Double]>? {
        switch column {
        case .demandGrowth: \.demandGrowth
        case .revenuePerUser: \.revenuePerUser
        case .buildCost: \.buildCost
        case .costFactor: \.costFactor
        case .potentialUsers: \.potentialUsers
        case .adoptionCost: \.adoptionCost
        case .yearlyBuildLimit: \.yearlyBuildLimit
        default: nil
        }
    }

    /// Sets a number of one region.
    ///
    /// - Precondition: The column is one that nothing else is derived from.
    mutating func set(_ column: RegionColumn, of region: RegionIndex, to value: Double) {
        guard let path = Self.numbers(of: column) else {
            preconditionFailure("\(column) has derived figures")
        }
        self[keyPath: path][region] = value
    }

    /// The same regions without yearly build limits.
    var withoutBuildLimits: Regions {
        var part = self
        part.yearlyBuildLimit = yearlyBuildLimit.map { _ in .infinity }
        return part
    }

    /// The same regions where users can be neither won nor enrolled.
    var withoutLevers: Regions {
        var part = self
        part.adoptionCost = adoptionCost.map { _ in .infinity }
        part.creditCost = creditCost.map { _ in .infinity }
        return part
    }

    /// The values of a tag, `region` or `name` included; nil where there is no such column.
    public func values(ofTag name: String) -> [String]? {
        switch name {
        case RegionColumn.region.header: ids
        case RegionColumn.name.header: names
        default: tags.first { $0.name == name }?.values
        }
    }
}

/// The place of a region in the region table, counted from 0.
public struct RegionIndex: Hashable, Comparable, Sendable {
    /// Half a word: there are arrays of as many as there are regions.
    private let place: Int32

    public var position: Int { Int(place) }

    public init(_ position: Int) { place = Int32(position) }

    public static func < (left: RegionIndex, right: RegionIndex) -> Bool { left.place < right.place }
}

extension Array {
    subscript(region: RegionIndex) -> Element {
        get { self[region.position] }
        set { self[region.position] = newValue }
    }
}
