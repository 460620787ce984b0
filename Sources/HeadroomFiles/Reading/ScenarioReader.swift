import Headroom

/// Reads the scenarios out of `scenarios.yaml`; all problems are gathered.
struct ScenarioReader {
    private(set) var scenarios: [Scenario] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// All names of the file.
    private(set) var names: [String] = []

    init(_ root: PlanNode) {
        switch root.content {
        case .map(let entries):
            names = entries.map(\.key)
            for entry in entries { read(entry) }
            checkBases(root.location.source)
        case .nothing: return
        case .scalar, .list:
            diagnostics.append(
                Diagnostic(
                    .error, root.location, "expected scenarios by their names, such as `lean: {budget: -20%}`"
                ))
        }
    }

    private mutating func read(_ entry: PlanNode.Entry) {
        var scenario = Scenario(name: entry.key, location: entry.keyLocation)
        if entry.key.isEmpty || entry.key == "?" {
            let found =
                entry.key.isEmpty ? "a scenario has no name" : "a scenario's name is a list, a map or `?`"
            diagnostics.append(
                Diagnostic(.error, entry.keyLocation, "\(found), expected text before the colon"))
        }
        switch entry.value.content {
        case .map(let changes): for change in changes { read(change, into: &scenario) }
        case .nothing: break
        case .scalar, .list: expected("changes, such as {budget: -20%}", for: entry.key, entry.value)
        }
        checkGoals(entry.value)
        scenarios.append(scenario)
    }

    /// One word for a goal and one for several: both together leave open which holds.
    private mutating func checkGoals(_ changes: PlanNode) {
        guard let one = changes.entry(of: ScenarioKey.goal.rawValue),
            let several = changes.entry(of: ScenarioKey.goals.rawValue)
        else { return }
        let isLater =
            (several.keyLocation.line, several.keyLocation.column) > (
                one.keyLocation.line, one.keyLocation.column
            )
        let (first, second) = isLater ? (one, several) : (several, one)
        diagnostics.append(
            Diagnostic(
                .error, second.keyLocation,
                "`\(second.key)` stands beside `\(first.key)`, expected one of the two"))
    }

    private mutating func read(_ entry: PlanNode.Entry, into scenario: inout Scenario) {
        guard let key = ScenarioKey(rawValue: entry.key) else {
            let known = ScenarioKey.allCases.map(\.rawValue)
            let hint =
                closestName(to: entry.key, among: known).map { "did you mean `\($0)`?" }
                ?? (PlanKey(rawValue: entry.key) == nil
                    ? "expected one of \(known.joined(separator: ", "))"
                    : "a key of plan.yaml is changed under `set`: `set: {\(entry.key): …}`")
            diagnostics.append(
                Diagnostic(
                    .error, entry.keyLocation, "unknown key `\(entry.key)` in `\(scenario.name)`; \(hint)"))
            return
        }
        scenario.keys.append(entry.key)
        if case .nothing = entry.value.content { return expected("a value", for: entry.key, entry.value) }
        switch key {
        case .description: scenario.description = text(entry)
        case .basedOn: scenario.bases = bases(entry)
        case .budget: readBudget(entry, into: &scenario.changes)
        case .years: set(.years, to: entry, in: &scenario.changes)
        case .goal, .goals: set(.objectiveMaximize, to: entry, in: &scenario.changes)
        case .gap: set(.objectiveGap, to: entry, in: &scenario.changes)
        case .set: readSettings(entry, into: &scenario.changes)
        case .scale: readScalings(entry, into: &scenario.changes)
        }
    }

    private mutating func expected(_ what: String, for name: String, _ node: PlanNode) {
        diagnostics.append(Diagnostic(.error, node.location, "\(name) is \(node.shown), expected \(what)"))
    }

    private mutating func text(_ entry: PlanNode.Entry) -> String? {
        if case .scalar(let text) = entry.value.content { return text }
        expected("text", for: entry.key, entry.value)
        return nil
    }

    // MARK: Changes

    private func set(_ key: PlanKey, to entry: PlanNode.Entry, in changes: inout WhatIf) {
        changes.settings.append(
            WhatIf.Setting(path: key.path, node: entry.value, location: entry.keyLocation))
    }

    private mutating func readBudget(_ entry: PlanNode.Entry, into changes: inout WhatIf) {
        guard case .scalar(let text) = entry.value.content, let change = WhatIf.budgetChange(text) else {
            return expected(
                "an amount such as 4e9, or a change such as +10% or -10%", for: entry.key, entry.value)
        }
        changes.budget = change
        changes.budgetLocation = entry.value.location
    }

    private mutating func readSettings(_ entry: PlanNode.Entry, into changes: inout WhatIf) {
        guard case .map(let settings) = entry.value.content else {
            return expected(
                "keys of plan.yaml and their values, such as {discount_rate: 6%}", for: entry.key, entry.value
            )
        }
        for setting in settings {
            changes.settings.append(
                WhatIf.Setting(path: setting.key, node: setting.value, location: setting.keyLocation))
        }
    }

    private mutating func readScalings(_ entry: PlanNode.Entry, into changes: inout WhatIf) {
        guard case .map(let scalings) = entry.value.content else {
            return expected(
                "columns and factors, such as {demand_growth: 1.2, build_cost@zone=west: 0.8}",
                for: entry.key,
                entry.value)
        }
        for scaling in scalings {
            guard let target = WhatIf.scalingTarget(scaling.key) else {
                diagnostics.append(
                    Diagnostic(
                        .error, scaling.keyLocation,
                        "\(entry.key) names `\(scaling.key)`, expected COLUMN or COLUMN@TAG=VALUE"))
                continue
            }
            var factor: Double?
            if case .scalar(let text) = scaling.value.content { factor = WhatIf.factor(text[...]) }
            if factor == nil {
                expected("a factor such as 0.8, 80% or -20%", for: scaling.key, scaling.value)
            }
            // With a wrong factor there is still the column to check.
            changes.scalings.append(
                WhatIf.Scaling(
                    column: target.column, tag: target.tag, factor: factor ?? 1, location: scaling.keyLocation
                ))
        }
    }

    // MARK: Bases

    private mutating func bases(_ entry: PlanNode.Entry) -> [Scenario.Base] {
        var items = [entry.value]
        if case .list(let list) = entry.value.content { items = list }
        return items.compactMap { item in
            guard case .scalar(let name) = item.content else {
                expected("the name of a scenario, or a list of names", for: entry.key, item)
                return nil
            }
            return Scenario.Base(name: name, location: item.location)
        }
    }

    /// Every base must be there, and none lead back to where it started.
    private mutating func checkBases(_ path: String) {
        for base in scenarios.flatMap(\.bases) where !names.contains(base.name) {
            diagnostics.append(
                Diagnostic(
                    .error, base.location, Scenarios.unknown(base.name, among: names, in: path)))
        }
        // Names that are no text are all the same here.
        let places = Dictionary(scenarios.enumerated().map { ($1.name, $0) }) { first, _ in first }
        let known = scenarios.map { scenario in scenario.bases.filter { places[$0.name] != nil } }
        let order = LayerOrder(bases: known.map { $0.compactMap { places[$0.name] } })
        _ = order.order(of: Array(scenarios.indices)) { cycle, next in
            guard let first = cycle.first, let last = cycle.last else { return }
            let names = (cycle + [first]).map { "`\(scenarios[$0].name)`" }.joined(separator: " → ")
            diagnostics.append(
                Diagnostic(
                    .error, known[last][next].location,
                    "scenario `\(scenarios[first].name)` is based on itself: \(names)"))
        }
    }
}
