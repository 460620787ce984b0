/// Sums over the regions of a plan. Arrays by year hold `T` entries, the first for planning year 1.
public struct YearlyTotals: Equatable, Sendable {
    /// `Σ c`, capacity units.
    public private(set) var capacity: [Double]
    /// `Σ u`, capacity units.
    public private(set) var usedCapacity: [Double]
    /// `Σ n`, users.
    public private(set) var organicUsers: [Double]
    /// `Σ x`, users.
    public private(set) var servedUsers: [Double]
    /// Spending by lever, money, undiscounted.
    public private(set) var spending: [LeverAmounts]
    /// `Σ b[k]` by technology, capacity units.
    public private(set) var newCapacity: [[Double]]
    /// Spending on building by technology, money, undiscounted.
    public private(set) var buildSpending: [[Double]]
    /// `Σ a[s]` by adoption step, users.
    public private(set) var wonUsers: [[Double]]

    /// All 0.
    init(of planningCase: PlanningCase) {
        let zeros = [Double](repeating: 0, count: planningCase.assumptions.years)
        capacity = zeros
        usedCapacity = zeros
        organicUsers = zeros
        servedUsers = zeros
        spending = zeros.map { _ in LeverAmounts() }
        newCapacity = planningCase.technologies.map { _ in zeros }
        buildSpending = newCapacity
        wonUsers = planningCase.assumptions.adoption.steps.map { _ in zeros }
    }

    mutating func add(_ account: borrowing AccountReader) {
        let years = account.years
        for year in 0..<years { capacity[year] += account.capacity[year] }
        for year in 0..<years { usedCapacity[year] += account.usedCapacity[year] }
        for year in 0..<years { organicUsers[year] += account.organicUsers[year] }
        for year in 0..<years { servedUsers[year] += account.servedUsers[year] }
        for lever in Lever.allCases {
            for year in 0..<years { spending[year][lever] += account.spending(on: lever, year) }
        }
        for technology in newCapacity.indices where account.builds[technology] {
            for year in 0..<years {
                newCapacity[technology][year] += account.newCapacity[technology * years + year]
                buildSpending[technology][year] += account.buildSpending(technology, year)
            }
        }
        for step in wonUsers.indices where account.wins[step] {
            for year in 0..<years { wonUsers[step][year] += account.wonUsers[step * years + year] }
        }
    }

    static func += (left: inout YearlyTotals, right: YearlyTotals) {
        add(right.capacity, to: &left.capacity)
        add(right.usedCapacity, to: &left.usedCapacity)
        add(right.organicUsers, to: &left.organicUsers)
        add(right.servedUsers, to: &left.servedUsers)
        for year in left.spending.indices { left.spending[year] += right.spending[year] }
        for technology in left.newCapacity.indices {
            add(right.newCapacity[technology], to: &left.newCapacity[technology])
            add(right.buildSpending[technology], to: &left.buildSpending[technology])
        }
        for step in left.wonUsers.indices { add(right.wonUsers[step], to: &left.wonUsers[step]) }
    }

    private static func add(_ amounts: [Double], to sums: inout [Double]) {
        for index in sums.indices { sums[index] += amounts[index] }
    }
}
