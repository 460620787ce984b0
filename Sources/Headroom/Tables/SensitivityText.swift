/// What people are told of the assumptions of a plan: what matters most comes first.
public struct SensitivityText: SectionedText {
    public let title: String
    public let sections: [TextSection]
    /// What is found, without how it was looked for.
    package let findings: [String]

    /// - Parameters:
    ///   - notes: Which of them could not be varied as far as was asked.
    ///   - command: What the plan is asked for with, such as `headroom plan regions/china`.
    public init(_ sensitivity: Sensitivity, notes: [String] = [], command: String = "headroom plan") {
        let writer = SensitivityWriter(sensitivity)
        title = writer.title
        findings = writer.returns + writer.moves + writer.clashes + writer.missing
        var ranges = notes.map { SensitivityWriter.sentence($0) }
        if let first = sensitivity.variations.first {
            ranges.append("Every figure is that of a plan of its own: \(command) \(first.setting.option)")
        }
        sections = [
            TextSection(title: "What matters most", sentences: writer.returns),
            TextSection(title: "Where the money would go", sentences: writer.moves),
            TextSection(title: "No plan", sentences: writer.clashes + writer.missing),
            TextSection(title: "Ranges", sentences: ranges),
            TextSection(
                title: "What the return changes by, and how much of the money moves", sentences: [],
                table: sensitivity.tableForPeople),
        ].filter { !$0.isEmpty }
    }
}

private struct SensitivityWriter {
    typealias Row = Sensitivity.Row

    let sensitivity: Sensitivity
    private let assumptions: Assumptions
    /// So many assumptions are named in a sentence.
    private static let few = 3
    /// Of the return: what changes it by less hardly matters.
    private static let little = 0.01

    init(_ sensitivity: Sensitivity) {
        self.sensitivity = sensitivity
        assumptions = sensitivity.planningCase.assumptions
    }

    private func money(_ amount: Double) -> String { FigureText.money(amount, assumptions.currency) }

    var title: String {
        let count = sensitivity.rows.count
        return "\(assumptions.title): \(FigureText.count(count, "assumption")), one at a time"
    }

    // MARK: Returns

    var returns: [String] {
        let base = sensitivity.base
        let stands =
            "As it stands the plan returns \(money(base.return)) and invests \(money(base.spending.total))"
        let known = sensitivity.rows.filter { $0.isFatal || sensitivity.swing(of: $0) != nil }
        let telling = known.filter {
            $0.isFatal || sensitivity.swing(of: $0) ?? 0 > Self.little * abs(base.return)
        }
        let rest = known.filter { row in !telling.contains { $0.factor == row.factor } }
        var sentences = ["\(stands)."] + telling.prefix(Self.few).map(sentence)
        if telling.count > Self.few {
            sentences.append(
                "Then: " + telling.dropFirst(Self.few).map(\.factor.title).joined(separator: ", ") + ".")
        }
        if !rest.isEmpty {
            sentences.append(
                "Hardly anything, less than 1 % of the return over the whole range: "
                    + rest.map(\.factor.title).joined(separator: ", ") + ".")
        }
        return sentences
    }

    private func sentence(_ row: Row) -> String {
        let ends = [row.low, row.high].compactMap(\.self).compactMap { end -> String? in
            let value = FactorText(row.factor, assumptions).text(end.setting.value)
            if end.isImpossible { return "at \(value) there is no plan" }
            guard let change = sensitivity.change(end) else { return nil }
            let share =
                sensitivity.base.return > 0
                ? " (\(FigureText.percent(abs(change) / sensitivity.base.return)))" : ""
            return "at \(value) \(change < 0 ? "it loses" : "it gains") \(money(abs(change)))\(share)"
        }
        return "\(capitalized(row.factor.title)): \(ends.joined(separator: ", "))."
    }

    private func capitalized(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    static func sentence(_ note: String) -> String { note.prefix(1).uppercased() + note.dropFirst() + "." }

    // MARK: Allocation

    var moves: [String] {
        let moving = sensitivity.variations.filter { sensitivity.movedShare($0) ?? 0 > Self.little }
        let byShare = moving.indices.sorted {
            let shares = (sensitivity.movedShare(moving[$0]) ?? 0, sensitivity.movedShare(moving[$1]) ?? 0)
            return shares.0 != shares.1 ? shares.0 > shares.1 : $0 < $1
        }.map { moving[$0] }
        guard !byShare.isEmpty else {
            return sensitivity.variations.isEmpty
                ? [] : ["Whichever of them is off, less than 1 % of the money would go elsewhere."]
        }
        return byShare.prefix(Self.few).map(sentence) + [top].compactMap(\.self)
    }

    private func sentence(_ variation: Sensitivity.Variation) -> String {
        let share = FigureText.percent(sensitivity.movedShare(variation))
        let names = sensitivity.planningCase.regions.names
        let regions = [("to", variation.reallocation?.gains), ("from", variation.reallocation?.loses)]
            .compactMap {
                direction, change in
                change.map { "most \(direction) \(names[$0.region]) (\(money(abs($0.money))))" }
            }
        return "\(capitalized(label(variation))) moves \(share) of the money"
            + (regions.isEmpty ? "" : ", \(regions.joined(separator: ", "))") + "."
    }

    /// Such as `revenue per user −20 %`.
    private func label(_ variation: Sensitivity.Variation) -> String {
        let row = sensitivity.rows.first {
            $0.low?.setting == variation.setting || $0.high?.setting == variation.setting
        }
        return row.map {
            "\($0.factor.title) \(FactorText($0.factor, assumptions).text(variation.setting.value))"
        } ?? variation.setting.option
    }

    private var top: String? {
        let plans = sensitivity.variations.filter { $0.reallocation != nil }
        // Where there are no others none can come in.
        guard let count = plans.first?.reallocation?.top, count > 1,
            count < sensitivity.planningCase.regions.count
        else { return nil }
        let other = plans.filter { $0.reallocation.map { $0.topKept < $0.top } ?? false }
        let what = "The \(count) regions with most money"
        if other.isEmpty { return "\(what) are the same in all of these plans." }
        let names = other.prefix(6).map(label).joined(separator: ", ")
        let more = other.count > 6 ? ", \(other.count - 6) more" : ""
        return
            "\(what) are the same in \(plans.count - other.count) of \(plans.count) plans; others come in at \(names)\(more)."
    }

    // MARK: No plan

    var clashes: [String] {
        sensitivity.rows.flatMap { row in
            [row.low, row.high].compactMap { end -> String? in
                guard let end, case .impossible(let clash) = end.failure else { return nil }
                // What clashes is said of the budget that it clashes with.
                let planned =
                    row.factor.subject == .budget
                    ? sensitivity.planningCase.withBudget(end.setting.value, .allRows).assumptions
                    : assumptions
                return "\(capitalized(label(end))): \(clash.sentences(planned))"
            }
        }
    }

    var missing: [String] {
        let missing = sensitivity.missing
        let open = sensitivity.variations.filter { $0.figures?.status == .feasible }
        return [
            missing.isEmpty
                ? nil : "Stopped before a plan was found at \(missing.map(label).joined(separator: ", ")).",
            open.isEmpty
                ? nil : "Stopped: not proved the best at \(open.map(label).joined(separator: ", ")).",
        ].compactMap(\.self)
    }
}
