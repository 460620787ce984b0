/// The worst relative violation of the model's own rows and bounds, recomputed from the decisions (model, 5).
///
/// Every residual is taken against the size of what it compares.
public struct LedgerAudit: Equatable, Sendable {
    /// Largest relative violation; 0 where all hold.
    public private(set) var worst = 0.0
    /// The constraint behind it, for the message.
    public private(set) var worstName = ""
    /// What is rounding where a region has next to nothing: over links it is that of its neighbours' numbers.
    private let trifle: Double

    /// O(regions · years), and as much for the regions of each rule that does not speak of all.
    ///
    /// - Parameter threads: How many portions of the regions are checked at once; the result does not depend on it.
    public init(_ ledger: Ledger, threads: Int = 1) {
        trifle = 1e-6 * ledger.largestLinkedCapacity
        var rules = RuleSums(ledger.planningCase.rules, of: ledger.planningCase)
        // What rules sum up over all regions is summed up on the way.
        let start = (audit: self, tally: rules.tallyOfAll)
        let parts = ledger.portions(threads: threads, from: start) { part, account in
            part.audit.check(account)
            part.tally.add(account)
        }
        for part in parts where part.audit.worst > worst {
            worst = part.audit.worst
            worstName = part.audit.worstName
        }
        checkBudget(ledger)
        checkLinks(ledger)
        rules.enter(parts.map(\.tally), ofAll: true)
        rules.sumUp(in: ledger, threads: threads)
        checkRules(ledger, rules)
    }

    private mutating func check(_ account: borrowing AccountReader) {
        let region = account.region
        let source = account.source
        func id() -> String { source.planningCase.regions.ids[region] }
        var size = 0.0
        for year in 0..<account.years { size = max(size, account.servedUsers[year]) }
        let potential = account.source.planningCase.regions.potentialUsers[region]
        let usable = account.source.planningCase.regions.maxUtilization[region]
        let isLinked = !account.source.planningCase.links.isEmpty
        var enrolled = account.source.planningCase.regions.creditUsers[region]
        for year in 0..<account.years {
            let served = account.servedUsers[year]
            let trading = account.tradingUsers[year]
            let used = account.usedCapacity[year]
            let useSize = max(trifle, account.throughput(year))
            enrolled += account.enrolledUsers[year]
            let wanting = account.organicUsers[year] + account.wonUsersKept[year]
            require(served, atMost: wanting, size, "demand of \(id())")
            require(served, atMost: potential, size, "potential of \(id())")
            require(used, atMost: usable * account.capacity[year], useSize, "use in \(id())")
            require(trading, atMost: served, size, "trade in \(id())")
            require(trading, atMost: enrolled, size, "credit in \(id())")
            checkBuilding(account, year)
            require(-used, atMost: 0, useSize, "use in \(id())")
            if isLinked { require(account.ownUsers(year), atMost: served, size, "own users of \(id())") }
        }
        checkTotals(account, size)
    }

    /// The limits of a year.
    private mutating func checkBuilding(_ account: borrowing AccountReader, _ year: Int) {
        let region = account.region
        let source = account.source
        func id() -> String { source.planningCase.regions.ids[region] }
        func name(_ technology: Int) -> String { source.planningCase.technologies[technology].name }
        let limit = source.planningCase.regions.yearlyBuildLimit[region]
        require(account.newCapacity(year), atMost: limit, 0, "yearly build limit of \(id())")
        for technology in 0..<account.technologyCount where account.builds[technology] {
            let limit = source.planningCase.yearlyLimit(region, technology)
            require(
                account.newCapacity[technology * account.years + year], atMost: limit, 0,
                "limit of \(name(technology)) in \(id())")
        }
    }

    /// The limits over all years.
    private mutating func checkTotals(_ account: borrowing AccountReader, _ size: Double) {
        let region = account.region
        let source = account.source
        func id() -> String { source.planningCase.regions.ids[region] }
        func name(_ technology: Int) -> String { source.planningCase.technologies[technology].name }
        for technology in 0..<account.technologyCount where account.builds[technology] {
            let limit = source.planningCase.totalLimit(region, technology)
            let built = account.totalNewCapacity(technology)
            require(built, atMost: limit, 0, "total limit of \(name(technology)) in \(id())")
        }
        for step in 0..<account.stepCount where account.wins[step] {
            let limit = source.planningCase.adoptionLimit(region, step: step)
            require(account.totalWonUsers(step), atMost: limit, size, "adoption in \(id())")
        }
    }

    private mutating func checkBudget(_ ledger: Ledger) {
        let budget = ledger.planningCase.assumptions.budget
        let years = ledger.planningCase.assumptions.planningYears
        let spending = years.map { ledger.spending(year: $0) }
        let size = ledger.trifle(of: .investment)
        for limit in budget.limits(years: years.count) {
            let spent = limit.years.reduce(0) { $0 + spending[$1 - 1] }
            let last = ledger.planningCase.assumptions.calendarYear(Year(limit.years.upperBound))
            require(spent, atMost: limit.money, size, "the budget up to \(last)")
        }
    }

    private mutating func checkLinks(_ ledger: Ledger) {
        for (index, link) in ledger.planningCase.links.enumerated() {
            var capacity = link.capacity
            for year in ledger.planningCase.assumptions.planningYears {
                let added = ledger.decisions.linkWidening[index][year]
                capacity += added
                let name = ledger.planningCase.name(ofLink: index)
                require(added, atMost: link.yearlyLimit, 0, "yearly limit of link \(name)")
                require(
                    ledger.decisions.linkFlow[index][year], atMost: capacity,
                    1e-3 * ledger.planningCase.regions.capacity[link.from], "capacity of link \(name)")
            }
        }
    }

    private mutating func checkRules(_ ledger: Ledger, _ sums: RuleSums) {
        for (index, rule) in ledger.planningCase.rules.enumerated() {
            let trifle = ledger.trifle(of: rule.measure)
            sums.forEachReading(ofRule: index, in: ledger) { reading in
                let (small, large) =
                    reading.isLower ? (reading.limit, reading.value) : (reading.value, reading.limit)
                require(small, atMost: large, max(reading.size, trifle), "rule \(rule.name)")
            }
        }
        if let money = ledger.planningCase.assumptions.minimumSpend {
            require(money, atMost: ledger.spending(), 0, "the minimum spend")
        }
    }

    /// - Parameter size: What counts as 1 where both sides are near 0.
    private mutating func require(
        _ value: Double, atMost limit: Double, _ size: Double, _ name: @autoclosure () -> String
    ) {
        if value.isFinite, value <= limit { return }
        let overstep = value - limit
        // NaN compares as neither more nor less, and must not pass.
        let scale = max(abs(value), abs(limit), size, .leastNormalMagnitude)
        let violation = overstep.isFinite ? overstep / scale : .infinity
        if violation > worst {
            worst = violation
            worstName = name()
        }
    }
}

extension Ledger {
    /// What of a measure is next to nothing in the whole plan, in its unit: where a share is of no more than that, or a
    /// bound is 0, rounding decides how much of it there is.
    fileprivate func trifle(of measure: Rule.Measure) -> Double {
        let regions = planningCase.regions
        switch measure {
        case .investment: return 1e-6 * netPresentValue.reduce(0) { $0 + abs($1) }
        case .newCapacity, .usedCapacity, .utilization: return 1e-6 * regions.capacity.reduce(0, +)
        case .servedUsers, .serviceLevel, .coverage: return 1e-6 * regions.users.reduce(0, +)
        }
    }

    /// The largest capacity of any region and year, capacity units; 0 in a plan without links.
    fileprivate var largestLinkedCapacity: Double {
        guard !source.links.isEmpty else { return 0 }
        return portions(threads: 1, from: 0.0) { largest, account in
            for year in 0..<account.years { largest = max(largest, account.capacity[year]) }
        }.reduce(0, max)
    }
}
