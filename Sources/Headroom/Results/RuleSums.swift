/// What rules measure in a plan, and the limits they set, computed from the ledger (model, 6).
///
/// Rules that speak of the same regions are summed up in one pass over them.
struct RuleSums: Sendable {
    /// A value and the limit it is held to.
    struct Reading {
        var value: Double
        var limit: Double
        /// What counts as 1 where both are near 0.
        var size: Double
        var isLower: Bool
    }

    private let rules: [Rule]
    private let amounts: [RuleAmount]
    /// By rule: its years, as positions from 0.
    private let years: [Range<Int>]
    /// By rule: what it sums up, and what a share is of.
    private var values: [Double]
    private var wholes: [Double]
    private var isAllEntered = false

    init(_ rules: [Rule], of planningCase: PlanningCase) {
        self.rules = rules
        amounts = rules.map { RuleAmount($0, planningCase) }
        years = rules.map { rule in
            let years = rule.scope(in: planningCase.assumptions)
            guard let first = years.first, let last = years.last else { return 0..<0 }
            return first.ordinal - 1..<last.ordinal
        }
        values = rules.map { _ in 0 }
        wholes = values
    }

    private var hasShare: [Bool] {
        rules.map { rule in
            [rule.atLeast, rule.atMost].contains { if case .share? = $0 { true } else { false } }
        }
    }

    // MARK: Summing up

    /// What all rules sum up over all regions; those with `each` have no sums.
    var tallyOfAll: RuleTally {
        var tally = RuleTally()
        for (rule, isShare) in zip(rules.indices, hasShare) where !rules[rule].each {
            if rules[rule].tags.isEmpty { tally.count(.value, of: amounts[rule], rule, years[rule]) }
            guard isShare, amounts[rule].isShareOfAll || rules[rule].tags.isEmpty else { continue }
            tally.count(
                amounts[rule].isShareOfAll ? .value : .ownWhole, of: amounts[rule], rule, years[rule],
                isWhole: true)
        }
        return tally
    }

    /// What rules sum up over the regions that only they speak of.
    private func tally(ofRules scope: [Int]) -> RuleTally {
        var tally = RuleTally()
        let hasShare = hasShare
        for rule in scope {
            tally.count(.value, of: amounts[rule], rule, years[rule])
            guard hasShare[rule], !amounts[rule].isShareOfAll else { continue }
            tally.count(.ownWhole, of: amounts[rule], rule, years[rule], isWhole: true)
        }
        return tally
    }

    /// Takes over what the portions of a pass came to.
    mutating func enter(_ portions: [RuleTally], ofAll: Bool = false) {
        for tally in portions { tally.add(to: &values, &wholes) }
        isAllEntered = isAllEntered || ofAll
    }

    /// Sums up what is not entered yet. O(regions · years) for all regions, and for those of each scope.
    mutating func sumUp(in ledger: Ledger, threads: Int) {
        if !isAllEntered {
            enter(ledger.portions(threads: threads, from: tallyOfAll) { $0.add($1) }, ofAll: true)
        }
        var scopes: [(tags: [Rule.Tag], rules: [Int])] = []
        for (index, rule) in rules.enumerated() where !rule.each && !rule.tags.isEmpty {
            if let known = scopes.firstIndex(where: { $0.tags == rule.tags }) {
                scopes[known].rules.append(index)
            } else {
                scopes.append((rule.tags, [index]))
            }
        }
        for scope in scopes {
            let regions = rules[scope.rules[0]].scope(in: ledger.planningCase.regions)
            let start = tally(ofRules: scope.rules)
            enter(ledger.portions(of: regions, threads: threads, from: start) { $0.add($1) })
        }
    }

    // MARK: Reading

    /// Tells one reading a bound; with `each` one a bound, region and year, worked out anew.
    func forEachReading(ofRule index: Int, in ledger: Ledger, _ tell: (Reading) -> Void) {
        let rule = rules[index]
        guard rule.each else {
            for bound in bounds(of: rule) { tell(reading(bound, values[index], ofWhole: wholes[index])) }
            return
        }
        let amount = amounts[index]
        let wholes = amount.isShareOfAll ? wholesOfYears(amount, years[index], ledger) : []
        let regions = rule.scope(in: ledger.planningCase.regions)
        AccountPortion(source: ledger.source, regions: regions, places: regions.indices).read { account in
            for year in years[index] {
                let value = amount.value(account, year)
                let whole =
                    wholes.isEmpty ? amount.ownWhole(account, year) : wholes[year - years[index].lowerBound]
                for bound in bounds(of: rule) { tell(reading(bound, value, ofWhole: whole)) }
            }
        }
    }

    /// Of each year, what all regions come to.
    private func wholesOfYears(_ amount: RuleAmount, _ years: Range<Int>, _ ledger: Ledger) -> [Double] {
        let none = years.map { _ in 0.0 }
        let portions = ledger.portions(threads: 1, from: none) { sums, account in
            for (place, year) in years.enumerated() { sums[place] += amount.value(account, year) }
        }
        return portions.reduce(into: none) { sums, portion in
            for place in sums.indices { sums[place] += portion[place] }
        }
    }

    private func bounds(of rule: Rule) -> [(bound: Rule.Bound, isLower: Bool)] {
        [(rule.atLeast, true), (rule.atMost, false)].compactMap { bound, isLower in
            bound.map { ($0, isLower) }
        }
    }

    private func reading(
        _ bound: (bound: Rule.Bound, isLower: Bool), _ value: Double, ofWhole whole: Double
    ) -> Reading {
        switch bound.bound {
        case .amount(let amount):
            return Reading(value: value, limit: amount, size: abs(amount), isLower: bound.isLower)
        case .share(let share):
            return Reading(value: value, limit: share * whole, size: abs(whole), isLower: bound.isLower)
        }
    }
}

/// Sums that several rules need, gathered while regions are gone through.
struct RuleTally: Sendable {
    enum Amount: Sendable { case value, ownWhole }

    private struct Sum: Sendable {
        let amount: RuleAmount
        let kind: Amount
        let rule: Int
        let years: Range<Int>
        /// Whether it is what a share is of.
        let isWhole: Bool
    }

    private var counted: [Sum] = []
    private var sums: [Double] = []

    mutating func count(
        _ kind: Amount, of amount: RuleAmount, _ rule: Int, _ years: Range<Int>, isWhole: Bool = false
    ) {
        counted.append(Sum(amount: amount, kind: kind, rule: rule, years: years, isWhole: isWhole))
        sums.append(0)
    }

    mutating func add(_ account: borrowing AccountReader) {
        for place in counted.indices {
            var sum = sums[place]
            for year in counted[place].years {
                switch counted[place].kind {
                case .value: sum += counted[place].amount.value(account, year)
                case .ownWhole: sum += counted[place].amount.ownWhole(account, year)
                }
            }
            sums[place] = sum
        }
    }

    /// Adds what was gathered to what each rule sums up, and what its share is of.
    func add(to values: inout [Double], _ wholes: inout [Double]) {
        for (counted, sum) in zip(counted, sums) {
            if counted.isWhole { wholes[counted.rule] += sum } else { values[counted.rule] += sum }
        }
    }
}
