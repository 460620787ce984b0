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

extension RegionAccount {
    /// What is built, in service at the horizon, and needed neither for use nor for headroom, capacity units.
    fileprivate var idleNewCapacity: Double {
        let horizon = source.planningCase.assumptions.horizon
        let needed = usedCapacity[horizon] / source.planningCase.regions.maxUtilization[region]
        let built = capacity[horizon] - baseCapacity[horizon]
        let idle = min(built, capacity[horizon] - needed)
        return idle > 1e-6 * capacity[horizon] ? idle : 0
    }
}

extension Ledger {
    /// Idle new capacity under the first rule, in the plan's order, that asks for spending or building in its region
    /// and has no more than it asks for.
    ///
    /// O(regions · years) for each rule that asks for spending or building.
    ///
    /// - Parameter threads: The result does not depend on it.
    public func idleByRule(threads: Int = 1) -> [IdleByRule] {
        let asking = planningCase.rules.filter { isTight($0, threads) }
        guard !asking.isEmpty else { return [] }
        var isTaken = [Bool](repeating: false, count: planningCase.regions.count)
        return asking.compactMap { rule in
            let regions = rule.scope(in: planningCase.regions).filter { !isTaken[$0] }
            for region in regions { isTaken[region] = true }
            let idle = portions(of: regions, threads: threads) { $0.map(\.idleNewCapacity) }
            let sum = idle.joined().reduce(0, +)
            return sum > 0 ? IdleByRule(rule: rule.name, capacity: sum) : nil
        }
    }

    /// Whether a rule asks for spending or building, and somewhere gets no more than it asks for.
    private func isTight(_ rule: Rule, _ threads: Int) -> Bool {
        guard rule.atLeast != nil, [.investment, .newCapacity].contains(rule.measure) else { return false }
        var isMet = false
        RuleMeasure(ledger: self, rule: rule, threads: threads).forEachReading { reading in
            guard reading.isLower else { return }
            isMet = isMet || reading.value <= reading.limit + 1e-6 * max(reading.size, reading.value)
        }
        return isMet
    }
}
