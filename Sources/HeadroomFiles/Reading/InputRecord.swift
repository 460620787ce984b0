package import Headroom

/// An input that made a plan: what counts, its unit, and where it comes from.
///
/// The plan's keys are a record each; a column of the region table is one too, as its values stand in the file.
public struct InputRecord: Equatable, Sendable {
    /// A key such as `adoption.steps[1].share`, or a column of the region table.
    public var name: String
    /// As it is written where it is given, what-if changes made; for a column how many values there are, and their range.
    public var value: String
    /// Such as `CNY / user / year`; empty for words.
    public var unit: String
    public var meaning: String
    /// Where it is given; nil where a default holds.
    public var location: SourceLocation?
    /// What was done to it on the way, such as `× 0.8 by --scale build_cost=0.8`.
    public var change: String?

    /// The value where it is one number; nil for words, lists and columns.
    package var number: Double? {
        guard case .number(let number, _) = NumberText.read(value.utf8),
            !unit.isEmpty || name == PlanKey.baseYear.path
        else { return nil }
        return number
    }

    /// Whether the value is written in percent.
    package var isPercent: Bool { value.hasSuffix("%") }

    /// The place in words: `plan.yaml:7`, an option, or that a default holds.
    public var origin: String {
        let place = location.map { $0.isOption ? $0.source : "\($0.source):\($0.line)" } ?? "default"
        return change.map { "\(place), \($0)" } ?? place
    }
}

// MARK: Keys of the plan

extension InputRecord {
    /// The keys of `plan.yaml` in the order of their declaration, those with a default included.
    static func ofPlan(_ plan: PlanNode, _ assumptions: Assumptions) -> [InputRecord] {
        PlanKey.allCases.flatMap { key -> [InputRecord] in
            let isInItems =
                PlanKey(rawValue: key.parent).map { $0.declaration.kind == .list } ?? false
            guard key.declaration.kind != .map, !isInItems else { return [] }
            let node = key.path.split(separator: ".").reduce(plan as PlanNode?) {
                $0?.value(of: String($1))
            }
            guard let node else { return [ofDefault(key, assumptions)].compactMap(\.self) }
            return leaves(of: node, key.path, key, assumptions)
        }
    }

    /// - Returns: Nil for a required key, and for one that names nothing where it is not given.
    private static func ofDefault(_ key: PlanKey, _ assumptions: Assumptions) -> InputRecord? {
        guard let text = key.declaration.defaultText, key.declaration.kind != .file else { return nil }
        return InputRecord(
            name: key.path, value: text, unit: unit(of: key, assumptions), meaning: key.declaration.meaning)
    }

    /// One record for a value or a list of plain values; one each for what a list of items or a map holds.
    private static func leaves(
        of node: PlanNode, _ path: String, _ key: PlanKey, _ assumptions: Assumptions
    ) -> [InputRecord] {
        func record(_ value: String) -> InputRecord {
            InputRecord(
                name: path, value: value, unit: unit(of: key, assumptions), meaning: key.declaration.meaning,
                location: node.location)
        }
        switch node.content {
        case .nothing: return []
        case .scalar(let text): return [record(text)]
        case .list(let items):
            let scalars = items.compactMap { if case .scalar(let text) = $0.content { text } else { nil } }
            if scalars.count == items.count { return [record(scalars.joined(separator: ", "))] }
            return items.enumerated().flatMap {
                leaves(of: $1, "\(path)[\($0 + 1)]", key, assumptions)
            }
        case .map(let entries):
            return entries.flatMap { entry -> [InputRecord] in
                let inner = PlanKey(rawValue: "\(key.path).\(entry.key)") ?? key
                return leaves(of: entry.value, "\(path).\(entry.key)", inner, assumptions)
            }
        }
    }

    private static func unit(of key: PlanKey, _ assumptions: Assumptions) -> String {
        switch key.declaration.kind {
        case .money, .moneyByYear: assumptions.currency
        case .rate: "per year"
        case .share: "share"
        case .factor: "factor"
        case .moneyOrShare: "\(assumptions.currency) or share"
        case .wholeNumber: key == .baseYear ? "" : "years"
        default: ""
        }
    }
}

// MARK: Columns of the region table

extension InputRecord {
    /// - Parameters:
    ///   - table: Changes made.
    ///   - headers: Where each column's header stands.
    static func ofRegions(
        _ table: RegionTable, _ headers: [RegionColumn: SourceLocation], file: String,
        scalings: [WhatIf.Scaling], _ assumptions: Assumptions
    ) -> [InputRecord] {
        RegionColumn.numeric.map { column in
            let numbers = table.numbers[column]?.lazy.filter { !$0.isNaN }
            let applied = scalings.filter { $0.column == column.header }.map { scaling in
                let regions = scaling.tag.map { " where \($0.name) is \($0.value)" } ?? ""
                let place =
                    scaling.location.isOption
                    ? scaling.location.source : "\(scaling.location.source):\(scaling.location.line)"
                return "× \(NumberFormat.full(scaling.factor))\(regions) by \(place)"
            }
            return InputRecord(
                name: column.header, value: text(numbers.map(Array.init) ?? [], of: table.count, column),
                unit: column.declaration.unit.text(assumptions), meaning: column.declaration.meaning,
                location: headers[column],
                change: applied.isEmpty ? nil : applied.joined(separator: ", "))
        }
    }

    private static func text(_ numbers: [Double], of count: Int, _ column: RegionColumn) -> String {
        let otherwise = column.declaration.need.text
        guard let least = numbers.min(), let greatest = numbers.max() else { return otherwise }
        let plain = { (number: Double) in
            FigureText.number(number, decimals: 6).withoutTrailingZeros
        }
        let range = least == greatest ? "\(plain(least))" : "\(plain(least)) to \(plain(greatest))"
        let given = numbers.count == count ? range : "\(range) in \(numbers.count), else \(otherwise)"
        return given
    }
}

extension RegionColumn.Unit {
    /// With the plan's currency and capacity unit for `money` and `capacity unit`.
    package func text(_ assumptions: Assumptions) -> String {
        rawValue.replacing("capacity unit", with: assumptions.capacityUnit)
            .replacing("money", with: assumptions.currency)
    }
}
