internal import Headroom

/// Changes to a plan from outside its files; they act as the same edit of the files would.
public struct WhatIf: Sendable {
    /// A budget in place of the plan's, or a change of it.
    public enum BudgetChange: Equatable, Sendable {
        case amount(Double)
        /// The amount times this factor: 1.1 for `+10%`.
        case factor(Double)
    }

    /// A key of `plan.yaml` and its new value, as YAML.
    public struct Setting: Equatable, Sendable {
        public var path: String
        public var value: String
        /// The option as the user wrote it, for messages.
        public var option: String

        public init(path: String, value: String, option: String) {
            self.path = path
            self.value = value
            self.option = option
        }
    }

    /// A column of the region table multiplied, in all regions or in those with a tag; what stands for an empty cell
    /// too.
    public struct Scaling: Equatable, Sendable {
        public var column: String
        public var tag: (name: String, value: String)?
        public var factor: Double
        public var option: String

        public init(column: String, tag: (name: String, value: String)?, factor: Double, option: String) {
            self.column = column
            self.tag = tag
            self.factor = factor
            self.option = option
        }

        public static func == (left: Scaling, right: Scaling) -> Bool { left.option == right.option }
    }

    public var budget: BudgetChange?
    public var settings: [Setting] = []
    public var scalings: [Scaling] = []

    public init() {}
}

extension WhatIf {
    /// Reads `5e9` or `+10%`; nil where it is neither.
    public static func budgetChange(_ text: String) -> BudgetChange? {
        guard case .number(let value, let isPercent) = NumberText.read(Array(text.utf8)) else { return nil }
        if isPercent {
            guard text.hasPrefix("+") || text.hasPrefix("-"), value >= -1 else { return nil }
            return .factor(1 + value)
        }
        return value >= 0 && !text.hasPrefix("+") ? .amount(value) : nil
    }

    /// Reads `discount_rate=6%`; nil where there is no key or no value.
    public static func setting(_ text: String) -> Setting? {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        return Setting(path: String(parts[0]), value: String(parts[1]), option: "--set \(text)")
    }

    /// Reads `demand_growth=1.2` or `build_cost@zone=west=80%`; nil where it is neither.
    public static func scaling(_ text: String) -> Scaling? {
        guard let last = text.lastIndex(of: "="), let factor = factor(text[text.index(after: last)...]) else {
            return nil
        }
        let what = text[..<last].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let column = what.first, !column.isEmpty else { return nil }
        guard what.count == 2 else {
            return Scaling(column: String(column), tag: nil, factor: factor, option: "--scale \(text)")
        }
        let tag = what[1].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard tag.count == 2, !tag[0].isEmpty else { return nil }
        return Scaling(
            column: String(column), tag: (String(tag[0]), String(tag[1])), factor: factor,
            option: "--scale \(text)")
    }

    /// Reads `0.8` or `80%`, and as a change `-20%`, which all mean the same; nil where it is none.
    private static func factor(_ text: Substring) -> Double? {
        guard case .number(let value, let isPercent) = NumberText.read(Array(text.utf8)) else { return nil }
        let isChange = isPercent && ["+", "-"].contains(text.trimmingPrefix(" ").first)
        let factor = isChange ? 1 + value : value
        return factor >= 0 ? factor : nil
    }
}

// MARK: Applying

extension WhatIf {
    /// Sets keys of the plan.
    ///
    /// - Returns: What was wrong with the options.
    func apply(to plan: inout PlanNode) -> [Diagnostic] {
        settings.flatMap { setting -> [Diagnostic] in
            let place = SourceLocation.option(setting.option)
            do throws(InvalidFiles) {
                let value = try PlanNode(yaml: setting.value, at: place)
                if case .nothing = value.content, setting.value.isEmpty {
                    return [
                        Diagnostic(
                            .error, place, "the value is empty, expected one; to take a key away write null")
                    ]
                }
                plan.set(setting.path.split(separator: ".").map(String.init)[...], to: value)
                return []
            } catch {
                return error.diagnostics
            }
        }
    }

    /// Scales the budget: all rows together, by the new amount over the old.
    func apply(to budget: inout Budget) -> [Diagnostic] {
        guard let change = self.budget else { return [] }
        switch (change, budget.amount) {
        case (.amount(let amount), nil): budget.total = amount
        case (.amount(let amount), .some(let present)):
            if present > 0 {
                budget = budget.scaled(by: amount / present)
            } else if amount > 0 {
                let place = SourceLocation.option("--budget")
                return [Diagnostic(.error, place, "the plan's budget is 0 and cannot be scaled to \(amount)")]
            }
        case (.factor, nil):
            let place = SourceLocation.option("--budget")
            return [
                Diagnostic(
                    .error, place,
                    "the plan has no budget to change by a share, expected an amount such as 5e9")
            ]
        case (.factor(let factor), .some): budget = budget.scaled(by: factor)
        }
        return []
    }
}
