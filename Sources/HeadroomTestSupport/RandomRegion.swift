internal import Headroom

extension RegionRow {
    /// Capacity units that one user takes in the base year.
    public var demandPerUser: Double {
        if let given = numbers[.demandPerUser] { return given }
        return ((numbers[.capacity] ?? 0) - (numbers[.idleCapacity] ?? 0)) / (numbers[.users] ?? 0)
    }

    /// A region somewhere between a crowded city and an empty valley.
    init(random: inout SplitMix64, id: String) {
        let users = random.chance(0.1) ? 0 : random.logNormal(median: 20_000, spread: 1.2)
        let demand = random.number(in: 0.5...2)
        let use = random.chance(0.3) ? random.number(in: 0.2...0.5) : random.number(in: 0.7...1)
        let capacity = users > 0 ? demand * users / use : random.pick([0, 5000])
        let revenue = random.logNormal(median: 100, spread: 0.4)
        self.init(
            id, users: users, capacity: capacity, idle: users > 0 ? capacity * (1 - use) : capacity,
            growth: random.number(in: -0.03...0.2), revenue: revenue,
            buildCost: random.logNormal(median: 350, spread: 0.6))
        tags["zone"] = random.pick(["east", "west"])
        if users == 0 { numbers[.demandPerUser] = demand }
        addDemand(&random, users)
        addSupply(&random, capacity)
        if random.chance(0.4) { addCredit(&random, users, revenue) }
    }

    private mutating func addDemand(_ random: inout SplitMix64, _ users: Double) {
        if random.chance(0.8) {
            numbers[.potentialUsers] = users > 0 ? users * random.number(in: 1...2.5) : 4000
            if random.chance(0.8) { numbers[.adoptionCost] = random.logNormal(median: 120, spread: 0.6) }
        }
        if random.chance(0.3) { numbers[.useGrowth] = random.number(in: -0.05...0.15) }
    }

    private mutating func addSupply(_ random: inout SplitMix64, _ capacity: Double) {
        if random.chance(0.6) { numbers[.operatingCost] = random.number(in: 1...20) }
        if random.chance(0.3) { numbers[.retirement] = random.number(in: 0.01...0.15) }
        if random.chance(0.3) { numbers[.maxUtilization] = random.number(in: 0.7...1) }
        if random.chance(0.3) {
            numbers[.yearlyBuildLimit] = max(capacity, 1000) * random.number(in: 0...0.1)
        }
        if random.chance(0.3) { numbers[.costFactor] = random.number(in: 0.8...2) }
    }

    private mutating func addCredit(_ random: inout SplitMix64, _ users: Double, _ revenue: Double) {
        numbers[.commerceRevenuePerUser] = revenue * random.number(in: 0.1...0.6)
        if random.chance(0.6) { numbers[.creditUsers] = users * random.number(in: 0...0.5) }
        if random.chance(0.8) { numbers[.creditCost] = random.number(in: 10...100) }
        for indicator in RegionColumn.creditIndicators where random.chance(0.7) {
            numbers[indicator] = random.number(in: 0.2...1)
        }
    }
}
