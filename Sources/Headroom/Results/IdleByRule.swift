/// New capacity that nobody uses, built because a rule asked for it (model, 6).
public struct IdleByRule: Equatable, Sendable {
    public var rule: String
    /// In the last planning year, capacity units.
    public var capacity: Double

    public init(rule: String, capacity: Double) {
        self.rule = rule
        self.capacity = capacity
    }
}

extension Ledger {
    /// What is built, in service at the horizon, and needed neither for use nor for headroom.
    func idleNewCapacity(of region: RegionIndex) -> Double {
        let horizon = planningCase.assumptions.horizon
        let position = decisions.position(region, horizon)
        let base = planningCase.baseCapacity(region, horizon)
        let needed = usedCapacity[position] / planningCase.regions.maxUtilization[region]
        let built = capacity[position] - base
        let idle = min(built, capacity[position] - needed)
        return idle > 1e-6 * capacity[position] ? idle : 0
    }

    /// Idle new capacity under the first rule, in the plan's order, that asks for spending or building in its region
    /// and has no more than it asks for.
    public func idleByRule() -> [IdleByRule] {
        let asking = planningCase.rules.filter { rule in
            guard rule.atLeast != nil, [.investment, .newCapacity].contains(rule.measure) else {
                return false
            }
            return RuleMeasure(ledger: self, rule: rule).readings.contains { reading in
                reading.isLower && reading.value <= reading.limit + 1e-6 * max(reading.size, reading.value)
            }
        }
        let scopes = asking.map { Set($0.scope(in: planningCase.regions)) }
        var idle = [Double](repeating: 0, count: asking.count)
        for region in planningCase.regions.indices {
            guard let rule = scopes.firstIndex(where: { $0.contains(region) }) else { continue }
            idle[rule] += idleNewCapacity(of: region)
        }
        return zip(asking, idle).filter { $1 > 0 }.map { IdleByRule(rule: $0.name, capacity: $1) }
    }
}
