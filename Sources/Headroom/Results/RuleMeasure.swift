/// What a rule measures in a plan, and the limit it sets, computed from the ledger (model, 6).
struct RuleMeasure {
    private let ledger: Ledger
    private let rule: Rule
    private let threads: Int
    /// What counts of spending besides building.
    private let levers: [Lever]
    /// By technology: whether building with it counts.
    private let counts: [Bool]

    init(ledger: Ledger, rule: Rule, threads: Int = 1) {
        self.ledger = ledger
        self.rule = rule
        self.threads = threads
        levers = [.adoption, .share, .credit].filter(rule.counts)
        counts = ledger.planningCase.technologies.map { rule.counts(technology: $0.name) }
    }

    /// A value and the limit it is held to.
    struct Reading {
        var value: Double
        var limit: Double
        /// What counts as 1 where both are near 0.
        var size: Double
        var isLower: Bool
    }

    /// Tells one reading a bound; with `each` one a bound, region and year.
    ///
    /// O(regions · years): one pass over the regions in the rule's scope, and one over all where a share is of them.
    func forEachReading(_ tell: (Reading) -> Void) {
        let regions = rule.scope(in: ledger.planningCase.regions)
        let years = rule.scope(in: ledger.planningCase.assumptions)
        guard rule.each else {
            let value = ledger.sum(over: regions, in: years, threads: threads, measure)
            for bound in bounds {
                tell(reading(bound, value, ofWhole: { whole(regions, years) }))
            }
            return
        }
        let wholes = years.map { isShareOfAll ? whole(regions, [$0]) : 0 }
        var account = RegionAccount(ledger)
        for region in regions {
            account.load(region)
            for (year, wholeOfYear) in zip(years, wholes) {
                let value = measure(account, year)
                for bound in bounds {
                    tell(
                        reading(bound, value) { isShareOfAll ? wholeOfYear : ownWhole(account, year) })
                }
            }
        }
    }

    private var bounds: [(bound: Rule.Bound, isLower: Bool)] {
        [(rule.atLeast, true), (rule.atMost, false)].compactMap { bound, isLower in
            bound.map { ($0, isLower) }
        }
    }

    private func reading(
        _ bound: (bound: Rule.Bound, isLower: Bool), _ value: Double, ofWhole whole: () -> Double
    ) -> Reading {
        switch bound.bound {
        case .amount(let amount):
            return Reading(value: value, limit: amount, size: abs(amount), isLower: bound.isLower)
        case .share(let share):
            let whole = whole()
            return Reading(value: value, limit: share * whole, size: abs(whole), isLower: bound.isLower)
        }
    }

    /// What the rule counts of a region in a year.
    private func measure(_ account: RegionAccount, _ year: Year) -> Double {
        switch rule.measure {
        case .investment: return spending(account, year)
        case .newCapacity:
            return account.newCapacity.indices.reduce(0) {
                counts[$1] ? $0 + account.newCapacity[$1][year] : $0
            }
        case .servedUsers, .serviceLevel, .coverage: return account.servedUsers[year]
        case .usedCapacity, .utilization: return account.usedCapacity[year]
        }
    }

    private func spending(_ account: RegionAccount, _ year: Year) -> Double {
        let others = levers.reduce(0) { $0 + account.spending[year][$1] }
        return account.newCapacity.indices.reduce(others) {
            counts[$1] ? $0 + account.buildSpending($1, year) : $0
        }
    }

    // MARK: Shares

    /// Whether a share is of what all regions come to, not only those in the scope.
    private var isShareOfAll: Bool {
        switch rule.measure {
        case .investment, .newCapacity, .servedUsers, .usedCapacity: true
        case .serviceLevel, .coverage, .utilization: false
        }
    }

    /// What a share is of.
    private func whole(_ regions: [RegionIndex], _ years: [Year]) -> Double {
        isShareOfAll
            ? ledger.sum(in: years, threads: threads, measure)
            : ledger.sum(over: regions, in: years, threads: threads, ownWhole)
    }

    /// What a region's share is of in a year, where it is one of its own.
    private func ownWhole(_ account: RegionAccount, _ year: Year) -> Double {
        switch rule.measure {
        case .serviceLevel: account.organicUsers[year]
        case .coverage: ledger.planningCase.regions.potentialUsers[account.region]
        case .utilization: account.capacity[year]
        case .investment, .newCapacity, .servedUsers, .usedCapacity: measure(account, year)
        }
    }
}
