internal import Headroom

/// Changes to a plan from outside its files; they act as the same edit of the files would.
public struct WhatIf: Sendable {
    /// A budget in place of the plan's, or a change of it.
    public enum BudgetChange: Equatable, Sendable {
        case amount(Double)
        /// The amount times this factor: 1.1 for `+10%`.
        case factor(Double)

        /// What it makes of an amount.
        public func amount(of present: Double) -> Double {
            switch self {
            case .amount(let amount): amount
            case .factor(let factor): factor * present
            }
        }
    }

    /// A key of `plan.yaml` and its new value.
    public struct Setting: Sendable {
        enum Value: Sendable {
            /// As YAML, still to be read.
            case text(String)
            case node(PlanNode)
        }

        public var path: String
        var value: Value
        /// Of the key, for messages.
        var location: SourceLocation

        /// A value that came over the command line.
        ///
        /// - Parameters:
        ///   - value: As YAML.
        ///   - option: As the user wrote it.
        public init(path: String, value: String, option: String) {
            self.path = path
            self.value = .text(value)
            location = .option(option)
        }

        init(path: String, node: PlanNode, location: SourceLocation) {
            self.path = path
            value = .node(node)
            self.location = location
        }
    }

    /// A column of the region table multiplied, in all regions or in those with a tag; what stands for an empty cell
    /// too.
    public struct Scaling: Sendable {
        public var column: String
        public var tag: (name: String, value: String)?
        public var factor: Double
        /// The option or the place in a file that asks for it, for messages.
        var location: SourceLocation
    }

    public var budget: BudgetChange?
    /// What asks for the change of the budget, for messages.
    var budgetLocation = SourceLocation.option("--budget")
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

    /// Reads `10e9,20e9,+50%`; nil where one of them is neither an amount nor a change.
    public static func budgetChanges(_ text: String) -> [BudgetChange]? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let changes = parts.map { budgetChange(String($0.trimmingPrefix(" "))) }
        return changes.contains(nil) ? nil : changes.compactMap(\.self)
    }

    /// Reads `12e9` or `75%`; nil where it is none.
    public static func number(_ text: String) -> Double? {
        guard case .number(let value, _) = NumberText.read(Array(text.utf8)) else { return nil }
        return value
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
        guard let target = scalingTarget(text[..<last]) else { return nil }
        return Scaling(
            column: target.column, tag: target.tag, factor: factor, location: .option("--scale \(text)"))
    }

    /// Reads `demand_growth` or `build_cost@zone=west`; nil where it is neither.
    static func scalingTarget(
        _ text: some StringProtocol
    ) -> (column: String, tag: (name: String, value: String)?)? {
        let what = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let column = what.first, !column.isEmpty else { return nil }
        guard what.count == 2 else { return (String(column), nil) }
        let tag = what[1].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard tag.count == 2, !tag[0].isEmpty else { return nil }
        return (String(column), (String(tag[0]), String(tag[1])))
    }

    /// Reads `0.8` or `80%`, and as a change `-20%`, which all mean the same; nil where it is none.
    static func factor(_ text: Substring) -> Double? {
        guard case .number(let value, let isPercent) = NumberText.read(Array(text.utf8)) else { return nil }
        let isChange = isPercent && ["+", "-"].contains(text.trimmingPrefix(" ").first)
        let factor = isChange ? 1 + value : value
        return factor >= 0 ? factor : nil
    }
}

// MARK: Applying

extension WhatIf {
    /// Changes the plan as an edit of its file would: its keys first, then the budget that they leave.
    ///
    /// - Returns: What was wrong with the changes.
    func apply(to plan: inout PlanNode) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for setting in settings { diagnostics += setting.apply(to: &plan) }
        return diagnostics + applyBudget(to: &plan)
    }

    /// Scales the budget: all rows together, by the new amount over the old.
    private func applyBudget(to plan: inout PlanNode) -> [Diagnostic] {
        guard let change = budget, let present = plan.readableBudget else { return [] }
        func error(_ message: String) -> [Diagnostic] { [Diagnostic(.error, budgetLocation, message)] }
        switch (change, present.amount) {
        case (.amount(let amount), nil):
            plan.set(PlanKey.budgetTotal, to: amount, from: budgetLocation)
        case (.amount(let amount), let old?):
            guard old > 0 || amount == 0 else {
                return error("the plan's budget is 0 and cannot be scaled to \(amount)")
            }
            if old > 0 { plan.scaleBudget(from: budgetLocation) { $0 == old ? amount : $0 * amount / old } }
        case (.factor, nil):
            return error("the plan has no budget to change by a share, expected an amount such as 5e9")
        case (.factor(let factor), _?): plan.scaleBudget(from: budgetLocation) { $0 * factor }
        }
        return []
    }
}

extension WhatIf.Setting {
    fileprivate func apply(to plan: inout PlanNode) -> [Diagnostic] {
        do throws(InvalidFiles) {
            plan.set(path.split(separator: ".").map(String.init)[...], to: try node(), from: location)
            return []
        } catch {
            return error.diagnostics
        }
    }

    private func node() throws(InvalidFiles) -> PlanNode {
        switch value {
        case .node(let node): return node
        case .text(let text):
            let node = try PlanNode(yaml: text, at: location)
            guard case .nothing = node.content, text.isEmpty else { return node }
            throw InvalidFiles(diagnostics: [
                Diagnostic(
                    .error, location, "the value is empty, expected one; to take a key away write null")
            ])
        }
    }
}

extension PlanNode {
    /// The budget as it stands; nil where it cannot be read, of which the reader of the plan has more to say.
    fileprivate var readableBudget: Budget? {
        var reader = PlanReader(self)
        if let node = reader.node(of: .budget), case .map = node.content {
        } else {
            guard reader.node(of: .budget) == nil else { return nil }
        }
        reader.diagnostics = []
        let budget = reader.budget(years: reader.wholeNumber(.years) ?? 1)
        return reader.diagnostics.contains { $0.severity == .error } ? nil : budget
    }

    /// Changes every amount of the budget.
    fileprivate mutating func scaleBudget(from location: SourceLocation, _ scaled: (Double) -> Double) {
        for key in [PlanKey.budgetTotal, .budgetYearly] {
            guard let node = PlanReader(self).node(of: key) else { continue }
            set(key.parts, to: node.withNumbers(from: location, scaled), from: location)
        }
    }

    private func withNumbers(from location: SourceLocation, _ scaled: (Double) -> Double) -> PlanNode {
        switch content {
        case .scalar(let text):
            guard case .number(let value, _) = NumberText.read(Array(text.utf8)) else { return self }
            return PlanNode(content: .scalar(NumberFormat.full(scaled(value))), location: location)
        case .list(let items):
            let changed = items.map { $0.withNumbers(from: location, scaled) }
            return PlanNode(content: .list(changed), location: self.location)
        case .map, .nothing: return self
        }
    }

    fileprivate mutating func set(_ key: PlanKey, to number: Double, from location: SourceLocation) {
        let node = PlanNode(content: .scalar(NumberFormat.full(number)), location: location)
        set(key.parts, to: node, from: location)
    }
}

extension PlanKey {
    /// The keys from the top of the file down to this one.
    fileprivate var parts: ArraySlice<String> { path.split(separator: ".").map(String.init)[...] }
}
