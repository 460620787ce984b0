extension Comparison {
    /// What the rows of a table for programs are.
    public enum Cut: String, CaseIterable, Sendable { case region, year, total }

    /// What changes, for programs: every variant with a plan beside the first, one after the other.
    public func table(by cut: Cut) -> Table {
        switch cut {
        case .region: regionTable
        case .year: yearTable
        case .total: totalTable
        }
    }

    /// The changes that there are, with the names of their variants.
    var namedChanges: [(name: String, change: PlanChange)] {
        zip(variants, changes).compactMap { variant, change in change.map { (variant.name, $0) } }
    }

    func table(_ columns: [Table.Column], _ rows: TableRows, total: [Table.Cell]? = nil) -> Table {
        let assumptions = variants[0].planningCase.assumptions
        return Table(
            columns: columns, rows: rows, total: total, currency: assumptions.currency,
            capacityUnit: assumptions.capacityUnit)
    }

    private static func number(_ key: String) -> Table.Column {
        Table.Column(key, key, .count, priority: nil)
    }

    private static func text(_ key: String) -> Table.Column { Table.Column(key, key, priority: nil) }

    // MARK: By region

    private var regionTable: Table {
        let years = years
        let columns =
            ["variant", "region", "name", "money"].map(Self.text)
            + (["investment_base", "investment", "change"] + Lever.allCases.map { "\($0.rawValue)_change" }
            + years.map { "change_\($0)" } + [
                "users_served_base", "users_served", "users_served_change", "return_base", "return",
                "return_change",
            ]).map(Self.number) + ["why_base", "why", "because"].map(Self.text)
        let changes = namedChanges
        // Where the regions of each change begin.
        let starts = changes.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.change.regionCount) }
        let rows = TableRows(count: starts[starts.count - 1]) { row in
            let place = (starts.firstIndex { $0 > row } ?? starts.count) - 1
            let move = changes[place].change.move(at: row - starts[place])
            let texts = [changes[place].name, move.id, move.name, move.direction.rawValue]
            let money =
                [move.baseTotal, move.otherTotal, move.change] + Lever.allCases.map { move.change($0) }
                + move.base.indices.map { move.change(year: $0) }
            let sides = [move.usersServed, move.returns].flatMap { [$0.base, $0.other, $0.change] }
            let reasons = [move.why.base, move.why.other].map { $0?.description ?? "" }
            return texts.map { .text($0) } + money.map { .number($0) } + sides.map { .number($0) }
                + (reasons + [move.causes.map(\.text).joined(separator: "; ")]).map { .text($0) }
        }
        return table(columns, rows)
    }

    // MARK: By year

    private var yearTable: Table {
        let columns =
            ["variant", "year"].map(Self.text)
            + (["investment_base", "investment", "change"] + Lever.allCases.map { "\($0.rawValue)_change" })
            .map(Self.number)
        let rows = namedChanges.flatMap { name, change in
            zip(change.years, change.spendingRows).map { year, numbers in
                [Table.Cell.text(name), .text(String(year))] + numbers.map { .number($0) }
            }
        }
        return table(columns, TableRows(rows))
    }

    // MARK: Totals

    private var totalTable: Table {
        let columns =
            ["variant", "status", "figure"].map(Self.text)
            + ["base", "value", "change", "change_share"].map(Self.number)
        let figures = figures
        let keys = figures.lazy.compactMap(\.self).first.map { $0.map(\.key) } ?? []
        let rows = variants.indices.dropFirst().flatMap { variant in
            keys.indices.map { place -> [Table.Cell] in
                let sides = Sides(base: figures[0]?[place].value, other: figures[variant]?[place].value)
                let texts = [variants[variant].name, outcomes[variant].status, keys[place]]
                let numbers = [sides.base, sides.other, sides.change, sides.changeShare]
                return texts.map { .text($0) } + numbers.map { .number($0) }
            }
        }
        return table(columns, TableRows(rows))
    }
}

extension Comparison.Outcome {
    /// As in the JSON result of a plan; `missing` where the search brought none.
    public var status: String {
        switch self {
        case .plan(let plan): plan.status.rawValue
        case .impossible: "infeasible"
        case .missing: "missing"
        }
    }
}

extension PlanChange {
    /// By year compared: spending of the base plan and of the other one, the change, and that of each lever.
    var spendingRows: [[Double]] {
        zip(spending.base, spending.other).map { base, other in
            [base.total, other.total, other.total - base.total]
                + Lever.allCases.map { other[$0] - base[$0] }
        }
    }
}

extension Sides<Double?> {
    /// Nil where one of the two is.
    public var change: Double? {
        guard let base, let other else { return nil }
        return other - base
    }

    /// The change over the base; nil where that is 0 or undefined.
    public var changeShare: Double? {
        guard let base, base != 0 else { return nil }
        return change.map { $0 / abs(base) }
    }
}

extension RegionMove.Cause {
    /// In words, such as `budget → unprofitable`.
    public var text: String {
        switch self {
        case .inputs(let columns): "own \(columns.map(\.header).joined(separator: ", "))"
        case .rule(let name, let binds):
            "\(Rule.title(ofRuleNamed: name)) \(binds ? "binds now" : "binds no more")"
        case .reason(let from, let to): "\(from) → \(to)"
        case .priceOfMoney(let from, let to):
            "money earns \(FigureText.number(to, decimals: 3)) at the margin, not "
                + FigureText.number(from, decimals: 3)
        }
    }
}
