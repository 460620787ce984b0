/// What a rule counts of a region in a year (model, 6).
struct RuleAmount: Sendable {
    private let measure: Rule.Measure
    /// What counts of spending besides building.
    private let countsAdoption: Bool
    private let countsShare: Bool
    private let countsCredit: Bool
    /// By technology: whether building with it counts.
    private let counts: [Bool]

    init(_ rule: Rule, _ planningCase: PlanningCase) {
        measure = rule.measure
        countsAdoption = rule.counts(.adoption)
        countsShare = rule.counts(.share)
        countsCredit = rule.counts(.credit)
        counts = planningCase.technologies.map { rule.counts(technology: $0.name) }
    }

    /// - Parameter year: As a position from 0.
    func value(_ account: borrowing AccountReader, _ year: Int) -> Double {
        switch measure {
        case .investment: spending(account, year)
        case .newCapacity: newCapacity(account, year)
        case .servedUsers, .serviceLevel, .coverage: account.servedUsers[year]
        case .usedCapacity, .utilization: account.usedCapacity[year]
        }
    }

    private func spending(_ account: borrowing AccountReader, _ year: Int) -> Double {
        var sum = 0.0
        if countsAdoption { sum += account.spending(on: .adoption, year) }
        if countsShare { sum += account.spending(on: .share, year) }
        if countsCredit { sum += account.spending(on: .credit, year) }
        for technology in 0..<account.technologyCount where counts[technology] {
            sum += account.buildSpending(technology, year)
        }
        return sum
    }

    private func newCapacity(_ account: borrowing AccountReader, _ year: Int) -> Double {
        var sum = 0.0
        for technology in 0..<account.technologyCount where counts[technology] {
            sum += account.newCapacity[technology * account.years + year]
        }
        return sum
    }

    // MARK: Shares

    /// Whether a share is of what all regions come to, not only those in the scope.
    var isShareOfAll: Bool {
        switch measure {
        case .investment, .newCapacity, .servedUsers, .usedCapacity: true
        case .serviceLevel, .coverage, .utilization: false
        }
    }

    /// What a region's share is of in a year, where it is one of its own.
    func ownWhole(_ account: borrowing AccountReader, _ year: Int) -> Double {
        switch measure {
        case .serviceLevel: account.organicUsers[year]
        case .coverage: account.source.planningCase.regions.potentialUsers[account.region]
        case .utilization: account.capacity[year]
        case .investment, .newCapacity, .servedUsers, .usedCapacity: value(account, year)
        }
    }
}
