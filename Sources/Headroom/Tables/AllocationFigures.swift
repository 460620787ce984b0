import Foundation

/// What a plan does in some regions, in figures: the columns of the allocation table.
public struct AllocationFigures: Equatable, Sendable {
    /// Money, undiscounted, by lever.
    public var spending: [Lever: Double]
    /// Capacity paid for, capacity units.
    public var newCapacity: Double
    public var usersBase: Double
    /// In the last planning year.
    public var usersServed: Double
    /// Users who want service by themselves, in the last planning year.
    public var usersOrganic: Double
    /// Over the whole horizon.
    public var usersWon: Double
    public var capacityBase: Double
    /// In the last planning year.
    public var capacity: Double
    public var utilizationBase: Double?
    /// In the last planning year.
    public var utilization: Double?
    /// In the last planning year.
    public var serviceLevel: Double?
    public var `return`: Double

    public var investment: Double { Lever.allCases.reduce(0) { $0 + (spending[$1] ?? 0) } }
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
        let planned = planningCase
        let horizon = [planned.assumptions.horizon]
        func sum(_ values: [Double]) -> Double { regions.reduce(0) { $0 + values[$1] } }
        let installed = sum(planned.regions.capacity)
        return AllocationFigures(
            spending: Dictionary(
                uniqueKeysWithValues: Lever.allCases.map { lever in
                    (lever, regions.reduce(0) { $0 + ledger.spending(region: $1, lever: lever) })
                }),
            newCapacity: regions.reduce(0) { $0 + newCapacity(of: $1) },
            usersBase: sum(planned.regions.users),
            usersServed: ledger.sum(ledger.decisions.servedUsers, over: regions, in: horizon),
            usersOrganic: ledger.sum(ledger.organicUsers, over: regions, in: horizon),
            usersWon: regions.reduce(0) { $0 + wonUsers(of: $1) },
            capacityBase: installed,
            capacity: ledger.sum(ledger.capacity, over: regions, in: horizon),
            utilizationBase: ratio(installed - sum(planned.regions.idleCapacity), installed),
            utilization: ledger.utilization(of: regions, in: horizon),
            serviceLevel: ledger.serviceLevel(of: regions, in: horizon),
            return: regions.reduce(0) { $0 + added(by: $1) })
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
            return regions.flatMap { plan.figures(of: [RegionIndex($0)]).numbers.map { $0 ?? .nan } }
        }
        columns = plan.figures(of: []).numbers.count
    }

    /// The numbers of a region in the order of the table's columns; nil where undefined.
    subscript(region: RegionIndex) -> [Double?] {
        let (block, place) = region.position.quotientAndRemainder(dividingBy: Self.blockSize)
        return blocks[block][place * columns..<(place + 1) * columns].map { $0.isNaN ? nil : $0 }
    }
}
