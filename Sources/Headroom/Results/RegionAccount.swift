/// What a plan's decisions come to in one region, year by year: the cells of a ledger.
///
/// Arrays by year hold `T` entries, the first for planning year 1.
public struct RegionAccount: Sendable {
    public let region: RegionIndex
    /// `n[t]`, users.
    public let organicUsers: [Double]
    /// `d[t]`, capacity units a user.
    public let demandPerUser: [Double]
    /// `c0[t]`, capacity units.
    public let baseCapacity: [Double]
    /// `c[t]`, capacity units.
    public let capacity: [Double]
    /// `u[t]`, capacity units.
    public let usedCapacity: [Double]
    /// `x[t]`, users.
    public let servedUsers: [Double]
    /// `v[t]`, users.
    public let tradingUsers: [Double]
    /// `h[t]`, users.
    public let enrolledUsers: [Double]
    /// `b[k,t]` by technology, capacity units.
    public let newCapacity: [[Double]]
    /// `a[s,t]` by adoption step, users.
    public let wonUsers: [[Double]]
    /// `A[t]`, won users kept.
    public let wonUsersKept: [Double]
    /// Spending on each lever, money, undiscounted.
    public let spending: [LeverAmounts]
    /// `NPV`, money of the base year.
    public let netPresentValue: Double

    /// Of the region that was loaded last.
    init(_ reader: borrowing AccountReader) {
        let years = reader.years
        func listed(_ amounts: UnsafeMutablePointer<Double>, row: Int = 0) -> [Double] {
            Array(UnsafeBufferPointer(start: amounts + row * years, count: years))
        }
        region = reader.region
        organicUsers = listed(reader.organicUsers)
        demandPerUser = listed(reader.demandPerUser)
        baseCapacity = listed(reader.baseCapacity)
        capacity = listed(reader.capacity)
        usedCapacity = listed(reader.usedCapacity)
        servedUsers = listed(reader.servedUsers)
        tradingUsers = listed(reader.tradingUsers)
        enrolledUsers = listed(reader.enrolledUsers)
        var rows: [[Double]] = []
        for technology in 0..<reader.technologyCount {
            rows.append(listed(reader.newCapacity, row: technology))
        }
        newCapacity = rows
        rows = []
        for step in 0..<reader.stepCount { rows.append(listed(reader.wonUsers, row: step)) }
        wonUsers = rows
        wonUsersKept = listed(reader.wonUsersKept)
        var spending = [LeverAmounts](repeating: LeverAmounts(), count: years)
        for year in 0..<years {
            for lever in Lever.allCases { spending[year][lever] = reader.spending(on: lever, year) }
        }
        self.spending = spending
        netPresentValue = reader.netPresentValue
    }
}
