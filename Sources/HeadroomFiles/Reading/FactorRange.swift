public import Headroom

/// The least and the most that an assumption may turn out to be, as the plan gives them.
public struct FactorRange: Sendable {
    /// An end of the range.
    public enum End: Equatable, Sendable {
        /// Of a key its value, of the budget its amount.
        case value(Double)
        /// What the assumption is multiplied by: of a column always, of others where a change is given.
        case factor(Double)
    }

    public var factor: Factor
    public var least: End
    public var most: End
    /// Of the two ends.
    var location: SourceLocation
    var nameLocation: SourceLocation
}

extension PlanReader {
    /// The ranges of assumptions; all problems are gathered.
    mutating func ranges() -> [FactorRange] {
        guard let node = node(of: .sensitivity) else { return [] }
        guard case .map(let entries) = node.content else {
            expected(
                "assumptions and their ranges, such as {discount_rate: [6%, 10%]}", for: .sensitivity, node)
            return []
        }
        var ranges: [FactorRange] = []
        for entry in entries { read(entry, below: "", into: &ranges) }
        return ranges
    }

    private mutating func read(_ entry: PlanNode.Entry, below path: String, into ranges: inout [FactorRange])
    {
        let name = path.isEmpty ? entry.key : "\(path).\(entry.key)"
        // `{adoption: {retention: …}}` is `{adoption.retention: …}`.
        if case .map(let entries) = entry.value.content, Factor.keys.contains(where: { $0.isBelow(name) }) {
            for entry in entries { read(entry, below: name, into: &ranges) }
            return
        }
        guard let factor = Factor(named: name) else {
            return say(entry.keyLocation, "sensitivity has `\(name)`; \(Factor.expected(insteadOf: name))")
        }
        if ranges.contains(where: { $0.factor == factor }) {
            return say(entry.keyLocation, "the range of `\(name)` stands twice")
        }
        guard case .list(let ends) = entry.value.content, ends.count == 2 else {
            return say(
                entry.value.location,
                "the range of \(name) is \(entry.value.shownWithCount), expected its least and its most, such as "
                    + factor.exampleOfRange)
        }
        let read = ends.map { end(of: factor, $0) }
        guard let least = read[0], let most = read[1] else { return }
        switch (least, most) {
        case (.value(let least), .value(let most)) where least >= most,
            (.factor(let least), .factor(let most)) where least >= most:
            return say(
                entry.value.location,
                "the range of \(name) is not from the least to the most: "
                    + "[\(ends[0].plainText), \(ends[1].plainText)]")
        default:
            ranges.append(
                FactorRange(
                    factor: factor, least: least, most: most, location: entry.value.location,
                    nameLocation: entry.keyLocation))
        }
    }

    private mutating func say(_ location: SourceLocation, _ message: String) {
        diagnostics.append(Diagnostic(.error, location, message))
    }

    private mutating func end(of factor: Factor, _ node: PlanNode) -> FactorRange.End? {
        let text = node.plainText
        switch factor.subject {
        case .budget:
            switch WhatIf.budgetChange(text) {
            case .amount(let amount)?: return .value(amount)
            case .factor(let factor)?: return .factor(factor)
            case nil:
                say(node.location, "budget is \(node.shown), expected an amount, or a change such as +10%")
            }
        case .column:
            if let multiplier = WhatIf.factor(text[...]) { return .factor(multiplier) }
            say(node.location, "\(factor.name) is \(node.shown), expected a factor such as 0.8, 80% or -20%")
        case .key(let key):
            if text.hasSuffix("%"), "+-".contains(text.prefix(1)), !text.isEmpty,
                let multiplier = WhatIf.factor(text[...])
            {
                return .factor(multiplier)
            }
            return number(node, key).map { .value($0.value) }
        }
        return nil
    }
}

extension PlanNode {
    fileprivate var plainText: String { if case .scalar(let text) = content { text } else { "" } }

    /// As `shown`, a list with how long it is.
    fileprivate var shownWithCount: String {
        guard case .list(let items) = content else { return shown }
        return "a list of \(items.count) value\(items.count == 1 ? "" : "s")"
    }
}

extension PlanKey {
    fileprivate func isBelow(_ path: String) -> Bool { self.path.hasPrefix(path + ".") }
}

extension Factor {
    /// Reads `budget`, `adoption.retention`, `build_cost` or `build_cost@zone=west`; nil where it is none.
    public init?(named name: String) {
        if name == PlanKey.budget.path {
            self.init(.budget)
        } else if let key = Self.keys.first(where: { $0.path == name }) {
            self.init(.key(key))
        } else {
            guard let target = WhatIf.scalingTarget(name), let column = RegionColumn(rawValue: target.column),
                RegionColumn.numeric.contains(column)
            else { return nil }
            self.init(.column(column), in: target.tag.map { Scope(tag: $0.name, value: $0.value) })
        }
    }

    /// What was probably meant by a name that is none.
    public static func expected(insteadOf name: String) -> String {
        let known =
            [PlanKey.budget.path] + keys.map(\.path) + RegionColumn.numeric.map(\.header)
        let own = String(name.split(separator: "@").first ?? "")
        if known.contains(own) { return "expected COLUMN or COLUMN@TAG=VALUE" }
        return closestName(to: own, among: known).map { "did you mean `\($0)`?" }
            ?? "expected budget, one of \(keys.prefix(4).map(\.path).joined(separator: ", ")), or a column of numbers"
    }

    fileprivate var exampleOfRange: String {
        switch subject {
        case .budget, .column: "[-10%, +30%]"
        case .key(let key): key.declaration.kind.takesPercent ? "[6%, 10%]" : "[1, 3]"
        }
    }
}
