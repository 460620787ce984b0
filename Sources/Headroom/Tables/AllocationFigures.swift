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
    fileprivate mutating func add(_ account: borrowing AccountReader, return: Double) {
        let region = account.region
        let horizon = account.years - 1
        for lever in Lever.allCases { spending[lever] += account.totalSpending(on: lever) }
        var built = 0.0
        for technology in 0..<account.technologyCount { built += account.totalNewCapacity(technology) }
        newCapacity += built
        usersBase += account.source.planningCase.regions.users[region]
        usersServed += account.servedUsers[horizon]
        usersOrganic += account.organicUsers[horizon]
        var won = 0.0
        for step in 0..<account.stepCount { won += account.totalWonUsers(step) }
        usersWon += won
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
        var numbers: [Double] = []
        append(to: &numbers)
        return numbers.map { $0.isNaN ? nil : $0 }
    }

    /// Appends the numbers, NaN where undefined.
    fileprivate func append(to numbers: inout [Double]) {
        numbers.append(investment)
        for lever in Lever.allCases { numbers.append(spending[lever]) }
        numbers.append(newCapacity)
        numbers.append(usersBase)
        numbers.append(usersServed)
        numbers.append(usersOrganic)
        numbers.append(usersWon)
        numbers.append(capacityBase)
        numbers.append(capacity)
        numbers.append(utilizationBase ?? .nan)
        numbers.append(utilization ?? .nan)
        numbers.append(serviceLevel ?? .nan)
        numbers.append(`return`)
    }
}

extension Plan {
    /// The figures of all regions together. O(regions).
    public var figures: AllocationFigures {
        let totals = ledger.totals
        let regions = planningCase.regions
        let horizon = planningCase.assumptions.horizon
        func sum(_ yearly: [[Double]]) -> Double { yearly.reduce(0) { $0 + $1.reduce(0, +) } }
        var figures = AllocationFigures()
        for year in totals.spending { figures.spending += year }
        figures.newCapacity = sum(totals.newCapacity)
        figures.usersBase = regions.users.reduce(0, +)
        let served = ledger.decisions.servedUsers
        figures.usersServed = regions.indices.reduce(0) { $0 + served[$1, horizon] }
        figures.usersOrganic = totals.organicUsers[horizon]
        figures.usersWon = sum(totals.wonUsers)
        figures.capacityBase = regions.capacity.reduce(0, +)
        figures.idleCapacityBase = regions.idleCapacity.reduce(0, +)
        figures.capacity = totals.capacity[horizon]
        figures.usedCapacity = totals.usedCapacity[horizon]
        figures.return = added
        return figures
    }

    /// The figures of some regions together. O(regions × years).
    public func figures(of regions: [RegionIndex]) -> AllocationFigures {
        var figures = AllocationFigures()
        AccountPortion(source: ledger.source, regions: regions, places: regions.indices).read {
            figures.add($0, return: added(by: $0.region))
        }
        return figures
    }

    /// Goes through the figures of each of some regions that stand together. O(regions × years).
    package func forEachFigures(
        in positions: Range<Int>, _ body: (RegionIndex, AllocationFigures) -> Void
    ) {
        AccountPortion(source: ledger.source, regions: nil, places: positions).read { account in
            var figures = AllocationFigures()
            figures.add(account, return: added(by: account.region))
            body(account.region, figures)
        }
    }
}

/// The figures of every region, worked out once by all threads and kept as plain numbers.
struct RegionFigures: Sendable {
    /// The numbers of a piece of regions each, region after region, NaN where undefined.
    private let pieces: [[Double]]
    private let pieceSize: Int
    private let columns: Int

    /// O(regions × years).
    init(_ plan: Plan) {
        let count = plan.planningCase.regions.count
        let columns = AllocationFigures().numbers.count
        self.columns = columns
        pieceSize = RowPieces.rows(of: 0, of: .max).count
        pieces = concurrentMap(RowPieces.count(of: count), threads: RowPieces.threads) { piece in
            let regions = RowPieces.rows(of: piece, of: count)
            var numbers: [Double] = []
            numbers.reserveCapacity(regions.count * columns)
            plan.forEachFigures(in: regions) { $1.append(to: &numbers) }
            return numbers
        }
    }

    /// Appends the numbers of a region in the order of the table's columns.
    func append(_ region: RegionIndex, to cells: inout [Table.Cell]) {
        let (piece, place) = region.position.quotientAndRemainder(dividingBy: pieceSize)
        for number in pieces[piece][place * columns..<(place + 1) * columns] {
            cells.append(.number(number.isNaN ? nil : number))
        }
    }
}
