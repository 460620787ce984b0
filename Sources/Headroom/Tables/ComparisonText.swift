/// What people are told of several plans side by side.
public struct ComparisonText: SectionedText {
    public typealias Section = TextSection

    public var title: String
    public var sections: [Section]
    /// One of the sections: every plan in figures, with what changes from the first.
    public var totals: Section

    public init(_ comparison: Comparison) {
        let writer = ComparisonWriter(comparison)
        title = writer.title
        totals = writer.totals
        sections = (writer.inputs + [totals] + writer.moves + writer.regions).filter { !$0.isEmpty }
    }
}

/// Writes one section after the other.
private struct ComparisonWriter {
    typealias Section = ComparisonText.Section

    let comparison: Comparison

    init(_ comparison: Comparison) { self.comparison = comparison }

    private var variants: [Variant] { comparison.variants }
    private var base: Variant { variants[0] }
    private var currency: String { base.planningCase.assumptions.currency }
    private func amount(_ value: Double) -> String { FigureText.amount(value) }

    var title: String {
        let titles = Set(variants.map(\.planningCase.assumptions.title))
        let count = "\(variants.count) plans compared, \(comparison.years.yearText)"
        return titles.count == 1 ? "\(titles.first ?? ""): \(count)" : count
    }

    /// A variant as a column is headed.
    private func heading(_ place: Int) -> String {
        variants[place].name.count <= 16 ? variants[place].name : "plan \(place + 1)"
    }

    // MARK: Inputs

    var inputs: [Section] {
        let common = Section(title: "What every plan is changed by", sentences: comparison.commonChanges)
        return [common]
            + variants.indices.dropFirst().map { place in
                let differences = InputDifferences(from: base, to: variants[place])
                return Section(
                    title: "What \(variants[place].name) changes, from \(base.name)",
                    sentences: differences.isEmpty ? ["Nothing."] : differences.sentences(currency))
            }
    }

    // MARK: Totals

    var totals: Section {
        let figures = comparison.figures
        let all = figures.lazy.compactMap(\.self).first ?? []
        // A price that none of the plans has needs no column.
        let places = all.indices.filter { place in
            all[place].unit != .moneyPerMoney || figures.contains { $0?[place].value != nil }
        }
        let shown = places.map { all[$0] }
        let columns =
            [Table.Column("variant", "Plan", priority: 0)]
            + shown.map { Table.Column($0.key, $0.title, $0.unit.quantity, priority: $0.priority) }
        var rows: [[Table.Cell]] = []
        for (place, variant) in variants.enumerated() {
            let values = figures[place]
            rows.append(
                [.text(variant.name)] + places.map { all[$0].unit.cell(values?[$0].value) })
            guard place > 0, let values, let first = figures[0] else { continue }
            let sides = places.map { Sides(base: first[$0].value, other: values[$0].value) }
            rows.append([.text("  change")] + zip(shown, sides).map { $0.unit.cell($1.change) })
            let shares = zip(shown, sides).map { figure, sides -> Table.Cell in
                guard figure.unit != .share, let share = sides.changeShare else { return .text("") }
                return .text(FigureText.percent(share))
            }
            rows.append([.text("  in %")] + shares)
        }
        return Section(
            title: "Totals", sentences: outcomeSentences + horizonSentences,
            table: comparison.table(columns, TableRows(rows)))
    }

    /// Which variants have no plan, and why; which are not proved.
    private var outcomeSentences: [String] {
        zip(variants, comparison.outcomes).compactMap { variant, outcome in
            switch outcome {
            case .plan(let plan):
                plan.status == .optimal
                    ? nil
                    : "\(variant.name): stopped before all goals were proved; the plan holds all limits."
            case .impossible(let clash):
                "\(variant.name): \(clash.sentences(variant.planningCase.assumptions))"
            case .missing: "\(variant.name): the search ended before a plan was found."
            }
        }
    }

    private var horizonSentences: [String] {
        let calendars = variants.map(\.planningCase.assumptions.calendarYears)
        guard Set(calendars).count > 1 else { return [] }
        let horizons = zip(variants, calendars).map { "\($0.name) plans \($1.yearText)" }
        return [
            "The horizons differ (\(horizons.joined(separator: ", "))): money and what it buys is compared over "
                + "\(comparison.years.yearText), users and capacity in \(comparison.years.upperBound); return, net "
                + "present value and the price of money are of each whole horizon."
        ]
    }

    // MARK: Moves

    var moves: [Section] {
        comparison.namedChanges.map { name, change in
            Section(
                title: "Where the money moves, from \(base.name) to \(name)",
                sentences: MoveSentences(change, currency).all)
        }
    }

    /// Two plans in all detail, more of them side by side.
    var regions: [Section] {
        let changes = comparison.namedChanges
        guard let first = changes.first else { return [] }
        return variants.count == 2
            ? [years(first.change), regions(first.change)] : [sideBySide]
    }

    private func years(_ change: PlanChange) -> Section {
        let columns =
            [
                Table.Column("year", "Year", priority: 0),
                Table.Column("base", heading(0), .money, priority: 0),
                Table.Column("other", heading(1), .money, priority: 0),
                Table.Column("change", "Change", .money, priority: 0),
            ] + Lever.allCases.map { Table.Column($0.rawValue, "Δ \($0.title)", .money, priority: 3) }
        let numbers = change.spendingRows
        let rows = zip(change.years, numbers).map { [Table.Cell.text(String($0))] + $1.map { .number($0) } }
        let total = (columns.indices.dropFirst()).map { column in
            Table.Cell.number(numbers.reduce(0) { $0 + $1[column - 1] })
        }
        return Section(
            title: "Spending by year and lever", sentences: [],
            table: comparison.table(columns, TableRows(rows), total: [.text("Total")] + total))
    }

    private func regions(_ change: PlanChange) -> Section {
        let columns =
            [
                Table.Column("name", "Region", priority: 0),
                Table.Column("base", heading(0), .money, priority: 0),
                Table.Column("other", heading(1), .money, priority: 0),
                Table.Column("change", "Change", .money, priority: 0),
            ] + Lever.allCases.map { Table.Column($0.rawValue, "Δ \($0.title)", .money, priority: 2) }
            + change.years.map { Table.Column("\($0)", "Δ \($0)", .money, priority: 3) } + [
                Table.Column("users", "Δ Users \(change.years.upperBound)", .users, priority: 4),
                Table.Column("return", "Δ Return", .money, priority: 1),
                Table.Column("money", "Money", priority: 0), Table.Column("why", "Why no more", priority: 0),
            ]
        // Where the reason alone is another one no money moves.
        var moved: [Int] = []
        var sizes: [ShownChanges.Size] = []
        for (place, move) in zip(change.changed, change.moves) where move.direction != .same {
            moved.append(place)
            sizes.append(
                ShownChanges.Size(
                    amount: max(move.baseTotal, move.otherTotal), change: move.largestChange,
                    isKept: move.direction != .shifts))
        }
        let (places, shown) = (moved, ShownChanges(sizes))
        let rows = TableRows(count: shown.places.count) { row in
            let move = change.move(at: places[shown.places[row]])
            let money =
                [move.baseTotal, move.otherTotal, move.change] + Lever.allCases.map { move.change($0) }
                + move.base.indices.map { move.change(year: $0) }
            let numbers = money + [move.usersServed.orZero, move.returns.orZero]
            return [.text(move.name)] + numbers.map { .number($0) }
                + [.text(move.moneyText), .text(move.whyText)]
        }
        return Section(
            title: "Region by region",
            sentences: same(
                change.regionCount - places.count, withOtherReasons: change.changed.count - places.count)
                + shown.sentences(currency, one: "shifts", several: "shift", by: " between levers and years"),
            table: shown.places.isEmpty ? nil : comparison.table(columns, rows))
    }

    /// How many regions get the same money, and how many of them no more for another reason.
    private func same(_ count: Int, withOtherReasons others: Int) -> [String] {
        guard count > 0 else { return [] }
        let what = ShownChanges.regions(count, "gets what it got", "get what they got")
        let place = count == 1 ? "there" : "in \(FigureText.count(others)) of them"
        return ["\(what)\(others == 0 ? "" : "; why no more changes \(place)")."]
    }

    /// What each variant spends in the regions where any of them spends something else.
    private var sideBySide: Section {
        let changes = zip(comparison.changes.indices, comparison.changes).compactMap { place, change in
            change.map { (place, $0) }
        }
        let places = Set(changes.flatMap { $0.1.changed.filter { $0 < base.planningCase.regions.count } })
            .sorted().filter { place in changes.contains { $0.1.move(at: place).direction != .same } }
        // Of many plans the last are left out before the first, and all changes before any plan.
        let columns =
            [
                Table.Column("name", "Region", priority: 0),
                Table.Column("base", heading(0), .money, priority: 0),
            ]
            + changes.flatMap { place, _ in
                [
                    Table.Column("\(place)", heading(place), .money, priority: place),
                    Table.Column("\(place)_change", "Change", .money, priority: variants.count),
                ]
            }
        let shown = ShownChanges(
            places.map { place in
                let moves = changes.map { $0.1.move(at: place) }
                return ShownChanges.Size(
                    amount: moves.reduce(0) { max($0, $1.baseTotal, $1.otherTotal) },
                    change: moves.reduce(0) { max($0, abs($1.change)) })
            })
        let rows = TableRows(count: shown.places.count) { row in
            let moves = changes.map { $0.1.move(at: places[shown.places[row]]) }
            return [.text(moves[0].name), .number(moves[0].baseTotal)]
                + moves.flatMap { [.number($0.otherTotal), .number($0.change)] }
        }
        return Section(
            title: "Investment side by side, region by region",
            sentences: shown.sentences(
                currency, one: "changes by", several: "change by", by: " in every plan"),
            table: shown.places.isEmpty ? nil : comparison.table(columns, rows))
    }
}

extension Sides<Double?> {
    /// The change, where a region that a plan does not have adds nothing.
    fileprivate var orZero: Double { (other ?? 0) - (base ?? 0) }
}

extension RegionMove {
    /// What kept more money away, and what does.
    fileprivate var whyText: String {
        let own = causes.compactMap { cause -> String? in
            switch cause {
            case .inputs(let columns): columns.count > 2 ? "own inputs" : cause.text
            case .rule: cause.text
            case .reason, .priceOfMoney: nil
            }
        }
        let reasons = [why.base, why.other].compactMap { $0?.description }
        let reason = Set(reasons).count == 1 ? reasons[0] : reasons.joined(separator: " → ")
        return ([reason] + own).joined(separator: "; ")
    }
}

extension RegionMove {
    /// The largest amount that comes or goes: in all, on a lever or in a year.
    fileprivate var largestChange: Double {
        ([change] + Lever.allCases.map { change($0) } + base.indices.map { change(year: $0) })
            .reduce(0) { max($0, abs($1)) }
    }

    /// Where its money goes, for people.
    fileprivate var moneyText: String {
        let noise = 1e-6 * max(baseTotal, otherTotal)
        guard direction == .shifts, Lever.allCases.allSatisfy({ abs(change($0)) <= noise }) else {
            return direction.rawValue.replacing("_", with: " ")
        }
        // The same money on the same levers: what changes is when it comes.
        let delay = base.indices.reduce(0) { $0 + Double($1) * change(year: $1) }
        return abs(delay) <= noise ? "shifts" : delay > 0 ? "later" : "sooner"
    }
}

extension ComparedFigure.Unit {
    fileprivate var quantity: Table.Quantity {
        switch self {
        case .money: .money
        case .users: .users
        case .capacity: .capacity
        case .share: .share
        case .moneyPerMoney: .count
        }
    }

    /// A figure that no quantity of a table has the places for is text.
    fileprivate func cell(_ value: Double?) -> Table.Cell {
        self == .moneyPerMoney ? .text(FigureText.number(value, decimals: 3)) : .number(value)
    }
}

extension ComparedFigure {
    /// Where the width is short, columns of higher numbers go first.
    fileprivate var priority: Int? {
        switch key {
        case "investment", "return", "price_of_money": 0
        case "build", "adoption", "share", "credit": 3
        case "service_level": 4
        case "utilization": 1
        case "users_served": 2
        case "roi": 5
        case "users_won": 6
        case "new_capacity": 7
        case "capacity": 8
        // The net present values: beside them the money that is spent would be rounded away.
        default: nil
        }
    }
}
