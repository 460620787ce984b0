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

extension AccountReader {
    /// What is built, in service at the horizon, and needed neither for use nor for headroom, capacity units.
    fileprivate var idleNewCapacity: Double {
        let horizon = years - 1
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
        let asking = tightRules(threads)
        guard !asking.isEmpty else { return [] }
        var isTaken = [Bool](repeating: false, count: planningCase.regions.count)
        return asking.compactMap { rule in
            let regions = rule.scope(in: planningCase.regions).filter { !isTaken[$0] }
            for region in regions { isTaken[region] = true }
            let idle = portions(of: regions, threads: threads) { $0.map { $0.idleNewCapacity } }
            let sum = idle.joined().reduce(0, +)
            return sum > 0 ? IdleByRule(rule: rule.name, capacity: sum) : nil
        }
    }

    /// The rules that ask for spending or building, and somewhere get no more than they ask for.
    private func tightRules(_ threads: Int) -> [Rule] {
        let asking = planningCase.rules.filter {
            $0.atLeast != nil && [.investment, .newCapacity].contains($0.measure)
        }
        guard !asking.isEmpty else { return [] }
        var sums = RuleSums(asking, of: planningCase)
        sums.sumUp(in: self, threads: threads)
        return asking.indices.filter { index in
            var isMet = false
            sums.forEachReading(ofRule: index, in: self) { reading in
                guard reading.isLower else { return }
                isMet = isMet || reading.value <= reading.limit + 1e-6 * max(reading.size, reading.value)
            }
            return isMet
        }.map { asking[$0] }
    }
}
