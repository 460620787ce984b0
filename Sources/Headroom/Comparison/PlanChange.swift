/// What changes from one plan to another.
///
/// Regions are matched by their ids. Single regions are worked out whenever they are asked for: of a million none is
/// kept.
public struct PlanChange: Sendable {
    public let base: Plan
    public let other: Plan
    /// Calendar years that money is compared over.
    public let years: ClosedRange<Int>
    /// Rules that the other plan is up to the bound of, and the base plan is not, or has not.
    public let rulesBegun: [String]
    /// The other way round.
    public let rulesCeased: [String]
    /// Money that came to regions that get more, over the years compared.
    public private(set) var gained = 0.0
    /// Money that went from regions that get less, above 0.
    public private(set) var lost = 0.0
    /// Spending by year compared.
    public let spending: Sides<[LeverAmounts]>
    /// The places, among all regions, of those where anything of money or its reason changes.
    public private(set) var changed: [Int] = []

    private let matches: RegionMatches
    private let tables: (base: RegionTable, other: RegionTable)
    private let scopes: [(rule: String, binds: Bool, ids: Set<String>)]
    /// Spending below it is rounding, money.
    private let noise: Double

    init(
        from base: Plan, _ baseTable: RegionTable, to other: Plan, _ otherTable: RegionTable,
        in years: ClosedRange<Int>
    ) {
        self.base = base
        self.other = other
        self.years = years
        tables = (baseTable, otherTable)
        matches = RegionMatches(base.planningCase.regions.ids, other.planningCase.regions.ids)
        let bound = (base: base.boundRules, other: other.boundRules)
        rulesBegun = bound.other.map(\.name).filter { name in !bound.base.contains { $0.name == name } }
        rulesCeased = bound.base.map(\.name).filter { name in !bound.other.contains { $0.name == name } }
        func scopes(_ rules: [Rule], _ names: [String], _ plan: Plan, binds: Bool)
            -> [(String, Bool, Set<String>)]
        {
            rules.filter { names.contains($0.name) }.map { rule in
                let regions = plan.planningCase.regions
                return (rule.name, binds, Set(rule.scope(in: regions).map { regions.ids[$0] }))
            }
        }
        self.scopes =
            scopes(bound.other, rulesBegun, other, binds: true)
            + scopes(bound.base, rulesCeased, base, binds: false)
        spending = Sides(base: base.spending(in: years), other: other.spending(in: years))
        let sums = [spending.base, spending.other].map { $0.reduce(0) { $0 + $1.total } }
        noise = 1e-9 * max(sums[0], sums[1])
        sumUp()
    }

    private mutating func sumUp() {
        for place in 0..<matches.count {
            let move = move(at: place)
            if move.change > 0 { gained += move.change } else { lost -= move.change }
            if move.direction != .same || move.why.base != move.why.other { changed.append(place) }
        }
    }

    /// How many regions the two plans have together.
    public var regionCount: Int { matches.count }

    /// The regions where anything changes, in the order of `move(at:)`.
    public var moves: some Sequence<RegionMove> { changed.lazy.map { move(at: $0) } }

    /// The price of money of both plans; nil where one of them has none, or has another goal before the return.
    public var priceOfMoney: Sides<Double>? {
        guard let base = base.priceOfMoney, let other = other.priceOfMoney else { return nil }
        return Sides(base: base, other: other)
    }
}

// MARK: A region

extension PlanChange {
    /// A region: those of the base in the order of its table, then those that only the other plan has.
    public func move(at place: Int) -> RegionMove {
        let regions = matches[place]
        let before = regions.base.map { figures(of: $0, in: base) }
        let after = regions.other.map { figures(of: $0, in: other) }
        let none = years.map { _ in LeverAmounts() }
        var move = RegionMove(
            id: regions.base.map { base.planningCase.regions.ids[$0] }
                ?? regions.other.map { other.planningCase.regions.ids[$0] } ?? "",
            name: regions.other.map { other.planningCase.regions.names[$0] }
                ?? regions.base.map { base.planningCase.regions.names[$0] } ?? "",
            base: before?.spending ?? none, other: after?.spending ?? none,
            returns: Sides(base: before?.added, other: after?.added),
            usersServed: Sides(base: before?.served, other: after?.served),
            why: Sides(
                base: regions.base.map { base.reasons[$0] }, other: regions.other.map { other.reasons[$0] }),
            direction: .same, causes: [])
        move.direction = direction(of: move, before != nil, after != nil)
        if let first = regions.base, let second = regions.other {
            move.causes = causes(of: move, first, second)
        }
        return move
    }

    private func figures(
        of region: RegionIndex, in plan: Plan
    ) -> (spending: [LeverAmounts], added: Double, served: Double) {
        let account = plan.ledger.account(of: region)
        let assumptions = plan.planningCase.assumptions
        return (
            years.map { account.spending[assumptions.year($0)] }, plan.added(by: region),
            account.servedUsers[assumptions.year(years.upperBound)]
        )
    }

    private func direction(of move: RegionMove, _ isInBase: Bool, _ isInOther: Bool) -> RegionMove.Direction {
        if !isInOther { return .onlyInBase }
        if !isInBase { return .onlyInOther }
        let (before, after) = (move.baseTotal, move.otherTotal)
        let margin = max(noise, 1e-6 * max(before, after))
        if before <= noise, after > noise { return .enters }
        if after <= noise, before > noise { return .leaves }
        if abs(after - before) > margin { return after > before ? .more : .less }
        let isShifted = move.base.indices.contains { year in
            Lever.allCases.contains { abs(move.change($0, year: year)) > margin }
        }
        return isShifted ? .shifts : .same
    }

    private func causes(
        of move: RegionMove, _ first: RegionIndex, _ second: RegionIndex
    ) -> [RegionMove.Cause] {
        var causes: [RegionMove.Cause] = []
        let columns = RegionColumn.numeric.filter {
            tables.base.effectiveNumber($0, first.position)
                != tables.other.effectiveNumber($0, second.position)
        }
        if !columns.isEmpty { causes.append(.inputs(columns)) }
        for scope in scopes where scope.ids.contains(move.id) {
            causes.append(.rule(scope.rule, binds: scope.binds))
        }
        if let from = move.why.base, let to = move.why.other, from != to {
            causes.append(.reason(from: from, to: to))
        }
        let isShortOfMoney = move.why.base == .budget || move.why.other == .budget
        if let price = priceOfMoney, isShortOfMoney, move.direction != .same,
            abs(price.other - price.base) > 1e-6 * max(abs(price.base), abs(price.other))
        {
            causes.append(.priceOfMoney(from: price.base, to: price.other))
        }
        return causes
    }
}

/// The regions of two tables, matched by their ids. O(regions) memory.
private struct RegionMatches: Sendable {
    /// By region of the base: its place in the other table, -1 where it has none.
    private let others: [Int32]
    /// Regions that only the other table has.
    private let added: [Int32]

    init(_ base: [String], _ other: [String]) {
        if base == other {
            others = other.indices.map(Int32.init)
            added = []
            return
        }
        let places = Dictionary(
            zip(other, other.indices.map(Int32.init)), uniquingKeysWith: { first, _ in first })
        others = base.map { places[$0] ?? -1 }
        let known = Set(base)
        added = other.indices.filter { !known.contains(other[$0]) }.map(Int32.init)
    }

    var count: Int { others.count + added.count }

    subscript(place: Int) -> (base: RegionIndex?, other: RegionIndex?) {
        guard place < others.count else { return (nil, RegionIndex(Int(added[place - others.count]))) }
        let other = others[place]
        return (RegionIndex(place), other < 0 ? nil : RegionIndex(Int(other)))
    }
}

extension RegionTable {
    /// The number in a cell, or the one that stands for an empty cell; nil where there is neither.
    func effectiveNumber(_ column: RegionColumn, _ row: Int) -> Double? {
        if let number = number(column, row) { return number }
        if case .number(let standing) = column.declaration.need { return standing }
        return nil
    }
}

extension Plan {
    /// Spending of all regions by calendar year.
    fileprivate func spending(in years: ClosedRange<Int>) -> [LeverAmounts] {
        years.map { ledger.totals.spending[planningCase.assumptions.year($0)] }
    }

    /// The rules that the plan is up to a bound of, somewhere.
    var boundRules: [Rule] {
        var sums = RuleSums(planningCase.rules, of: planningCase)
        sums.sumUp(in: ledger, threads: 1)
        return planningCase.rules.indices.filter { rule in
            var isBound = false
            sums.forEachReading(ofRule: rule, in: ledger) { reading in
                let room = reading.isLower ? reading.value - reading.limit : reading.limit - reading.value
                isBound = isBound || room <= 1e-6 * max(reading.size, abs(reading.value))
            }
            return isBound
        }.map { planningCase.rules[$0] }
    }
}
