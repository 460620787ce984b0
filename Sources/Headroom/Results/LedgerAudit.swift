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

    public init(_ ledger: Ledger) {
        trifle = ledger.planningCase.links.isEmpty ? 0 : 1e-6 * (ledger.capacity.max() ?? 0)
        for region in ledger.planningCase.regions.indices { check(region, ledger) }
        checkBudget(ledger)
        checkLinks(ledger)
        checkRules(ledger)
    }

    private mutating func check(_ region: RegionIndex, _ ledger: Ledger) {
        let planningCase = ledger.planningCase
        let decisions = ledger.decisions
        let regions = planningCase.regions
        let id = regions.ids[region]
        let size = planningCase.assumptions.planningYears.reduce(0) {
            max($0, decisions.servedUsers[decisions.position(region, $1)])
        }
        var enrolled = regions.creditUsers[region]
        for year in planningCase.assumptions.planningYears {
            let position = decisions.position(region, year)
            let served = decisions.servedUsers[position]
            let trading = decisions.tradingUsers[position]
            enrolled += decisions.enrolledUsers[position]
            require(
                served, atMost: ledger.organicUsers[position] + ledger.wonUsersKept[position], size,
                "demand of \(id)")
            require(served, atMost: regions.potentialUsers[region], size, "potential of \(id)")
            require(
                ledger.usedCapacity[position],
                atMost: regions.maxUtilization[region] * ledger.capacity[position],
                max(trifle, ledger.throughput(region, year)),
                "use in \(id)")
            require(trading, atMost: served, size, "trade in \(id)")
            require(trading, atMost: enrolled, size, "credit in \(id)")
            let built = decisions.newCapacity.map { $0[position] }
            require(
                built.reduce(0, +), atMost: regions.yearlyBuildLimit[region], 0, "yearly build limit of \(id)"
            )
            for (technology, amount) in built.enumerated() {
                let name = planningCase.technologies[technology].name
                require(
                    amount, atMost: planningCase.yearlyLimit(region, technology), 0,
                    "limit of \(name) in \(id)")
            }
            require(
                -ledger.usedCapacity[position], atMost: 0, max(trifle, ledger.throughput(region, year)),
                "use in \(id)")
            if !planningCase.links.isEmpty {
                require(planningCase.ownUsers(region, year), atMost: served, size, "own users of \(id)")
            }
        }
        for (technology, amounts) in decisions.newCapacity.enumerated() {
            let built = ledger.sum(amounts, over: [region], in: planningCase.assumptions.planningYears)
            let name = planningCase.technologies[technology].name
            require(
                built, atMost: planningCase.totalLimit(region, technology), 0,
                "total limit of \(name) in \(id)")
        }
        for step in decisions.wonUsers.indices {
            let won = ledger.sum(
                decisions.wonUsers[step], over: [region], in: planningCase.assumptions.planningYears)
            require(won, atMost: planningCase.adoptionLimit(region, step: step), size, "adoption in \(id)")
        }
    }

    private mutating func checkBudget(_ ledger: Ledger) {
        let budget = ledger.planningCase.assumptions.budget
        let years = ledger.planningCase.assumptions.planningYears
        let spending = years.map { ledger.spending(year: $0) }
        let size = 1e-6 * ledger.netPresentValue.reduce(0) { $0 + abs($1) }
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

    private mutating func checkRules(_ ledger: Ledger) {
        for rule in ledger.planningCase.rules {
            for reading in RuleMeasure(ledger: ledger, rule: rule).readings {
                let (small, large) =
                    reading.isLower ? (reading.limit, reading.value) : (reading.value, reading.limit)
                require(small, atMost: large, reading.size, "rule \(rule.name)")
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
