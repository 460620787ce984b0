/// What a rule measures in a plan, and the limit it sets, computed from the ledger (model, 6).
struct RuleMeasure {
    let ledger: Ledger
    let rule: Rule

    /// A value and the limit it is held to.
    struct Reading {
        var value: Double
        var limit: Double
        /// What counts as 1 where both are near 0.
        var size: Double
        var isLower: Bool
    }

    /// One reading a bound; with `each` one a bound, region and year.
    var readings: [Reading] {
        let regions = rule.scope(in: ledger.planningCase.regions)
        let years = rule.scope(in: ledger.planningCase.assumptions)
        return [(rule.atLeast, true), (rule.atMost, false)].flatMap { bound, isLower -> [Reading] in
            guard let bound else { return [] }
            guard rule.each else { return [reading(bound, isLower, regions, years)] }
            return years.flatMap { year in regions.map { reading(bound, isLower, [$0], [year]) } }
        }
    }

    private func reading(_ bound: Rule.Bound, _ isLower: Bool, _ regions: [RegionIndex], _ years: [Year])
        -> Reading
    {
        let value = measure(regions, years)
        switch bound {
        case .amount(let amount):
            return Reading(value: value, limit: amount, size: abs(amount), isLower: isLower)
        case .share(let share):
            let whole = whole(regions, years)
            return Reading(value: value, limit: share * whole, size: abs(whole), isLower: isLower)
        }
    }

    private func measure(_ regions: [RegionIndex], _ years: [Year]) -> Double {
        let decisions = ledger.decisions
        switch rule.measure {
        case .investment:
            return regions.reduce(0) { sum, region in years.reduce(sum) { $0 + spending(region, $1) } }
        case .newCapacity:
            return ledger.planningCase.technologies.enumerated().reduce(0) { sum, technology in
                rule.counts(technology: technology.element.name)
                    ? sum + ledger.sum(decisions.newCapacity[technology.offset], over: regions, in: years)
                    : sum
            }
        case .servedUsers, .serviceLevel, .coverage:
            return ledger.sum(decisions.servedUsers, over: regions, in: years)
        case .usedCapacity, .utilization:
            return ledger.sum(ledger.usedCapacity, over: regions, in: years)
        }
    }

    /// What the rule counts of a region's spending in a year.
    private func spending(_ region: RegionIndex, _ year: Year) -> Double {
        let others = [Lever.adoption, .share, .credit].filter(rule.counts).reduce(0) {
            $0 + ledger.spending(region: region, year: year, lever: $1)
        }
        return ledger.planningCase.technologies.enumerated().reduce(others) { sum, technology in
            rule.counts(technology: technology.element.name)
                ? sum + ledger.buildSpending(region, technology.offset, year) : sum
        }
    }

    private func whole(_ regions: [RegionIndex], _ years: [Year]) -> Double {
        switch rule.measure {
        case .serviceLevel: return ledger.sum(ledger.organicUsers, over: regions, in: years)
        case .coverage:
            let potential = regions.reduce(0) { $0 + ledger.planningCase.regions.potentialUsers[$1] }
            return potential * Double(years.count)
        case .utilization: return ledger.sum(ledger.capacity, over: regions, in: years)
        case .investment, .newCapacity, .servedUsers, .usedCapacity:
            return measure(ledger.planningCase.regions.indices, years)
        }
    }
}
