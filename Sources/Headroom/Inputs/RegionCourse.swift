/// How the users of a region, their use and its base-year capacity go on from year to year (model, 3.3).
///
/// Growth is multiplied up, which agrees with the powers of `PlanningCase` to a few units in the last place, in a
/// small part of their time.
struct RegionCourse {
    /// `n[r,t]`, users.
    private(set) var organicUsers: Double
    /// `d[r,t]`, capacity units a user.
    private(set) var demandPerUser: Double
    /// `c0[r,t]`, capacity units.
    private(set) var baseCapacity: Double

    private let potentialUsers: Double
    private let useFactor: Double
    private let capacityFactor: Double
    /// Else exponential.
    private let isLogistic: Bool
    /// What `state` is multiplied by from year to year.
    private let stateFactor: Double
    /// Exponential: users without a cap. Logistic: `M/n − 1`.
    private var state: Double

    /// In the base year, by the numbers of one row of the region table.
    init(
        users: Double, demandGrowth: Double, potentialUsers: Double, demandPerUser: Double, useGrowth: Double,
        capacity: Double, retirement: Double, _ growth: Growth
    ) {
        organicUsers = users
        self.demandPerUser = demandPerUser
        baseCapacity = capacity
        self.potentialUsers = potentialUsers
        useFactor = 1 + useGrowth
        capacityFactor = 1 - retirement
        let factor = 1 + demandGrowth
        let isBounded = growth == .logistic && factor > 1 && potentialUsers < .infinity
        isLogistic = isBounded && users > 0 && users * factor < potentialUsers
        // M / (1 + (M/n0 − 1)·q^t), with q such that the first year grows by exactly g.
        state = isLogistic ? potentialUsers / users - 1 : users
        stateFactor = isLogistic ? (potentialUsers / (users * factor) - 1) / state : factor
    }

    /// Goes on to the next year.
    mutating func advance() {
        demandPerUser *= useFactor
        baseCapacity *= capacityFactor
        state *= stateFactor
        if isLogistic {
            organicUsers = potentialUsers / (1 + state)
        } else {
            organicUsers = state > 0 ? min(potentialUsers, state) : 0
        }
    }
}
