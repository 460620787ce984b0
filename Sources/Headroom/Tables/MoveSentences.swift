/// Says where money moves from one plan to another, and why.
struct MoveSentences {
    private let change: PlanChange
    private let currency: String
    /// A region where something changes; of many no more is kept.
    private struct Entry {
        var place: Int
        var change: Double
        var direction: RegionMove.Direction
    }

    /// The largest loss first.
    private let less: [Entry]
    /// The largest gain first.
    private let more: [Entry]
    /// What keeps more money away, where that changes, and in how many regions.
    private let reasonChanges: [(text: String, regions: Int)]

    init(_ change: PlanChange, _ currency: String) {
        self.change = change
        self.currency = currency
        var entries: [Entry] = []
        var reasons: [String: Int] = [:]
        for (place, move) in zip(change.changed, change.moves) {
            entries.append(Entry(place: place, change: move.change, direction: move.direction))
            for case .reason(let from, let to) in move.causes {
                reasons[RegionMove.Cause.reason(from: from, to: to).text, default: 0] += 1
            }
        }
        less = entries.filter { [.less, .leaves, .onlyInBase].contains($0.direction) }
            .sorted { ($0.change, $0.place) < ($1.change, $1.place) }
        more = entries.filter { [.more, .enters, .onlyInOther].contains($0.direction) }
            .sorted { ($1.change, $0.place) < ($0.change, $1.place) }
        reasonChanges = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    var all: [String] {
        let sentences: [String?] = [
            spending, levers, years, listed("From", less), listed("To", more),
            named("Gets money now", "Get money now", more.filter { $0.direction == .enters }),
            named("Gets none any more", "Get none any more", less.filter { $0.direction == .leaves }), price,
            reasons,
        ]
        return sentences.compactMap(\.self) + rules
    }

    private func amount(_ value: Double) -> String { FigureText.amount(value) }
    private func signed(_ value: Double) -> String { value > 0 ? "+\(amount(value))" : amount(value) }

    private var spending: String {
        guard !less.isEmpty || !more.isEmpty else { return "Every region gets the money it got." }
        let total = change.gained - change.lost
        let sides = [
            less.isEmpty ? nil : "\(amount(change.lost)) less in \(regions(less.count))",
            more.isEmpty ? nil : "\(amount(change.gained)) more in \(regions(more.count))",
        ].compactMap(\.self).joined(separator: ", ")
        let isSame = abs(total) <= 1e-6 * max(change.gained, change.lost)
        let head =
            isSame
            ? "The same is spent in all"
            : "\(currency) \(amount(abs(total))) \(total < 0 ? "less" : "more") is spent in all"
        return "\(head): \(sides)."
    }

    private func regions(_ count: Int) -> String { FigureText.count(count, "region") }

    private var levers: String? {
        let changes = Lever.allCases.map { lever in
            (
                lever.rawValue,
                zip(change.spending.base, change.spending.other).reduce(0) { $0 + $1.1[lever] - $1.0[lever] }
            )
        }
        return sentence("By lever", changes)
    }

    private var years: String? {
        sentence(
            "By year",
            zip(change.years, zip(change.spending.base, change.spending.other)).map {
                (String($0), $1.1.total - $1.0.total)
            })
    }

    /// The changes that are more than rounding.
    private func sentence(_ title: String, _ changes: [(name: String, change: Double)]) -> String? {
        let largest = max(change.gained, change.lost)
        let shown = changes.filter { abs($0.change) > 1e-6 * largest && largest > 0 }
        guard !shown.isEmpty else { return nil }
        return "\(title): \(shown.map { "\($0.name) \(signed($0.change))" }.joined(separator: ", "))."
    }

    /// The regions with the largest changes, each with the levers and years that most of it is in.
    private func listed(_ title: String, _ entries: [Entry]) -> String? {
        guard !entries.isEmpty else { return nil }
        let few = 5
        let texts = entries.prefix(few).map { entry in
            let move = change.move(at: entry.place)
            return "\(move.name) \(amount(abs(move.change))) (\(largestPart(of: move)))"
        }
        let rest = entries.dropFirst(few)
        let others =
            rest.isEmpty ? "" : ", \(rest.count) more \(amount(abs(rest.reduce(0) { $0 + $1.change })))"
        return "\(title): \(texts.joined(separator: ", "))\(others)."
    }

    /// The lever and the year in which most of a change falls, such as `adoption, most in 2024`.
    private func largestPart(of move: RegionMove) -> String {
        let sign = move.change < 0 ? -1.0 : 1
        let lever = Lever.allCases.max { sign * move.change($0) < sign * move.change($1) } ?? .build
        let year = move.base.indices.max {
            sign * move.change(lever, year: $0) < sign * move.change(lever, year: $1)
        }
        let isAll = abs(move.change(lever) - move.change) <= 1e-6 * abs(move.change)
        return
            "\(isAll ? "" : "most ")\(lever.rawValue) \(year.map { "\(change.years.lowerBound + $0)" } ?? "")"
    }

    private func named(_ one: String, _ several: String, _ entries: [Entry]) -> String? {
        guard !entries.isEmpty else { return nil }
        let few = 8
        let texts = entries.prefix(few).map { entry in
            let move = change.move(at: entry.place)
            let causes = move.causes.map(\.text).joined(separator: "; ")
            return causes.isEmpty ? move.name : "\(move.name) (\(causes))"
        }
        let rest = entries.count > few ? ", \(entries.count - few) more" : ""
        return "\(entries.count == 1 ? one : several): \(texts.joined(separator: ", "))\(rest)."
    }

    private var price: String? {
        guard let price = change.priceOfMoney else { return nil }
        let (from, to) = (price.base, price.other)
        let number = { FigureText.number($0, decimals: 3) }
        guard number(from) != number(to) else { return nil }
        return "One more \(currency) of budget earns \(number(to)) instead of \(number(from))."
    }

    private var reasons: String? {
        guard !reasonChanges.isEmpty else { return nil }
        let texts = reasonChanges.map { "\($0.text) in \(regions($0.regions))" }
        return "Why no more: \(texts.joined(separator: ", "))."
    }

    private var rules: [String] {
        func sentence(_ name: String, _ what: String) -> String {
            "R\(Rule.title(ofRuleNamed: name).dropFirst()) \(what)."
        }
        return change.rulesBegun.map { sentence($0, "binds now") }
            + change.rulesCeased.map { sentence($0, "binds no more") }
    }
}
