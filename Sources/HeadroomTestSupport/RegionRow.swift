public import Headroom

/// A row of a region table, written out in a test.
///
/// As it stands it is a region of 100 users who use all of its 100 units of capacity, a unit each, without growth.
public struct RegionRow: Equatable, Sendable {
    public var id: String
    public var numbers: [RegionColumn: Double]
    public var tags: [String: String]

    /// - Parameter others: Columns beside the required ones; those of other rows are empty here.
    public init(
        _ id: String = "A", users: Double = 100, capacity: Double = 100, idle: Double = 0, growth: Double = 0,
        revenue: Double = 10, buildCost: Double = 4, _ others: [RegionColumn: Double] = [:],
        tags: [String: String] = [:]
    ) {
        self.id = id
        self.tags = tags
        numbers = [
            .users: users, .capacity: capacity, .idleCapacity: idle, .demandGrowth: growth,
            .revenuePerUser: revenue, .buildCost: buildCost,
        ]
        numbers.merge(others) { $1 }
    }
}

extension RegionTable {
    /// The table of some rows, with a column for every number and tag that any of them has.
    public init(_ rows: [RegionRow]) {
        let columns = RegionColumn.numeric.filter { column in rows.contains { $0.numbers[column] != nil } }
        let tags = Set(rows.flatMap(\.tags.keys)).sorted()
        self.init(
            ids: rows.map(\.id),
            numbers: Dictionary(
                uniqueKeysWithValues: columns.map { column in
                    (column, rows.map { $0.numbers[column] ?? .nan })
                }),
            tags: tags.map { tag in Tag(name: tag, values: rows.map { $0.tags[tag] ?? "" }) })
    }
}

extension PlanningCase {
    /// A case for working out by hand: base year 2024, no discount, no residual value, free spending and the return
    /// alone to maximise, unless `change` says otherwise.
    ///
    /// - Throws: `InvalidInputs` where the rows or the changes do not make a plan.
    public static func byHand(
        _ rows: [RegionRow], years: Int = 1, change: (inout Assumptions) -> Void = { _ in }
    ) throws -> PlanningCase {
        var assumptions = Assumptions(baseYear: 2024, years: years, discountRate: 0)
        assumptions.residualValue = .none
        assumptions.objective.goals = [.return]
        assumptions.objective.tolerance = 0
        change(&assumptions)
        return try PlanningCase(assumptions: assumptions, table: RegionTable(rows))
    }
}
