import Foundation

/// What a plan does in some regions, in figures: the columns of the allocation table.
public struct AllocationFigures: Equatable, Sendable {
    /// Money, undiscounted, by lever.
    public var spending = LeverAmounts()
    /// Capacity paid for, capacity units.
    public var newCapacity = 0.0
    public var usersBase = 0.0
    /// In the last planning year.
    public var usersServed = 0.0
    /// Users who want service by themselves, in the last planning year.
    public var usersOrganic = 0.0
    /// Over the whole horizon.
    public var usersWon = 0.0
    public var capacityBase = 0.0
    /// Of the base year, capacity units.
    var idleCapacityBase = 0.0
    /// In the last planning year.
    public var capacity = 0.0
    /// In the last planning year, capacity units.
    var usedCapacity = 0.0
    public var `return` = 0.0

    public var investment: Double { spending.total }
    public var utilizationBase: Double? { ratio(capacityBase - idleCapacityBase, capacityBase) }
    /// In the last planning year.
    public var utilization: Double? { ratio(usedCapacity, capacity) }
    /// In the last planning year.
    public var serviceLevel: Double? { ratio(usersServed, usersOrganic) }

    /// Takes a region in; what it adds to the plan's return is no figure of its account.
    fileprivate mutating func add(_ account: RegionAccount, return: Double) {
        let region = account.region
        let horizon = account.source.planningCase.assumptions.horizon
        for lever in Lever.allCases { spending[lever] += account.totalSpending(on: lever) }
        newCapacity += account.newCapacity.reduce(0) { $0 + $1.reduce(0, +) }
        usersBase += account.source.planningCase.regions.users[region]
        usersServed += account.servedUsers[horizon]
        usersOrganic += account.organicUsers[horizon]
        usersWon += account.wonUsers.reduce(0) { $0 + $1.reduce(0, +) }
        capacityBase += account.source.planningCase.regions.capacity[region]
        idleCapacityBase += account.source.planningCase.regions.idleCapacity[region]
        capacity += account.capacity[horizon]
        usedCapacity += account.usedCapacity[horizon]
        self.return += `return`
    }
}

extension AllocationFigures {
    /// In the order of the allocation table's columns; nil where undefined.
    var numbers: [Double?] {
        [investment] + Lever.allCases.map { spending[$0] }
            + [
                newCapacity, usersBase, usersServed, usersOrganic, usersWon, capacityBase, capacity,
                utilizationBase, utilization, serviceLevel, `return`,
            ]
    }
}

extension Plan {
    /// The figures of some regions together. O(regions × years).
    public func figures(of regions: [RegionIndex]) -> AllocationFigures {
        var account = RegionAccount(ledger)
        var figures = AllocationFigures()
        for region in regions {
            account.load(region)
            figures.add(account, return: added(by: region))
        }
        return figures
    }

    /// The figures of each of some regions that stand together. O(regions × years).
    func figures(ofEach positions: Range<Int>) -> [AllocationFigures] {
        var account = RegionAccount(ledger)
        return positions.map { position in
            let region = RegionIndex(position)
            account.load(region)
            var figures = AllocationFigures()
            figures.add(account, return: added(by: region))
            return figures
        }
    }
}

/// The figures of every region, worked out once by all threads and kept as plain numbers.
struct RegionFigures: Sendable {
    private static let blockSize = 1 << 12
    /// The numbers of so many regions each, region after region, NaN where undefined.
    private let blocks: [[Double]]
    private let columns: Int

    /// O(regions × years).
    init(_ plan: Plan) {
        let count = plan.planningCase.regions.count
        blocks = concurrentMap(
            (count + Self.blockSize - 1) / Self.blockSize,
            threads: ProcessInfo.processInfo.activeProcessorCount
        ) { block in
            let regions = block * Self.blockSize..<min((block + 1) * Self.blockSize, count)
            return plan.figures(ofEach: regions).flatMap { $0.numbers.map { $0 ?? .nan } }
        }
        columns = plan.figures(of: []).numbers.count
    }

    /// The numbers of a region in the order of the table's columns; nil where undefined.
    subscript(region: RegionIndex) -> [Double?] {
        let (block, place) = region.position.quotientAndRemainder(dividingBy: Self.blockSize)
        return blocks[block][place * columns..<(place + 1) * columns].map { $0.isNaN ? nil : $0 }
    }
}
