import Headroom

/// Reads assumptions out of `plan.yaml`, by the declarations of `PlanKey`. All problems are gathered.
struct PlanReader {
    var diagnostics: [Diagnostic] = []
    /// Whether base year and years are the plan's own and no stand-ins, so that other values can be held against
    /// them.
    private(set) var hasHorizon = false
    private let root: PlanNode

    init(_ root: PlanNode) {
        self.root = root
        switch root.content {
        case .map, .nothing: checkKeys(of: root, at: "")
        case .scalar, .list:
            diagnostics.append(
                Diagnostic(.error, root.location, "expected keys with values, such as `years: 5`"))
        }
    }

    // MARK: Keys

    /// Every key must be a declared one.
    private mutating func checkKeys(of node: PlanNode, at path: String) {
        guard case .map(let entries) = node.content else { return }
        for entry in entries {
            let keyPath = path.isEmpty ? entry.key : "\(path).\(entry.key)"
            guard let key = PlanKey(rawValue: keyPath) else {
                diagnostics.append(unknown(entry, at: path))
                continue
            }
            checkValue(of: key, entry)
        }
    }

    private mutating func checkValue(of key: PlanKey, _ entry: PlanNode.Entry) {
        switch (key.declaration.kind, entry.value.content) {
        case (_, .nothing): return
        case (.map, .map): checkKeys(of: entry.value, at: key.path)
        case (.map, _): expected("keys with values\(key.mapExample(entry.value))", for: key, entry.value)
        case (.list, .list(let items)):
            for item in items {
                guard case .map = item.content else {
                    expected("items with keys, such as \(key.itemExample)", for: key, item)
                    continue
                }
                checkKeys(of: item, at: key.path)
            }
        case (.list, _): expected("a list", for: key, entry.value)
        default: return
        }
    }

    private func unknown(_ entry: PlanNode.Entry, at path: String) -> Diagnostic {
        let known = PlanKey.allCases.filter { $0.parent == path }.map(\.name)
        let hint =
            closestName(to: entry.key, among: known).map { "did you mean `\($0)`?" }
            ?? "expected one of \(known.joined(separator: ", "))"
        let place = path.isEmpty ? "" : " in `\(path)`"
        return Diagnostic(.error, entry.keyLocation, "unknown key `\(entry.key)`\(place); \(hint)")
    }

    // MARK: Values

    /// The node of a key, wherever its maps are given.
    func node(of key: PlanKey) -> PlanNode? {
        key.path.split(separator: ".").reduce(root as PlanNode?) { $0?.value(of: String($1)) }
    }

    mutating func expected(_ what: String, for key: PlanKey, _ node: PlanNode) {
        diagnostics.append(
            Diagnostic(.error, node.location, "\(key.path) is \(node.shown), expected \(what)"))
    }

    mutating func text(_ key: PlanKey) -> String? {
        guard let node = node(of: key) else { return nil }
        guard case .scalar(let text) = node.content else {
            expected("text", for: key, node)
            return nil
        }
        return text
    }

    /// A number in the key's range; rates and shares may be written with `%`.
    mutating func number(_ key: PlanKey) -> Double? { node(of: key).flatMap { number($0, key)?.value } }

    /// The number in a node, and whether it was written with `%`.
    mutating func number(_ node: PlanNode, _ key: PlanKey) -> (value: Double, isPercent: Bool)? {
        let range = key.declaration.range
        guard case .scalar(let text) = node.content,
            case .number(let value, let isPercent) = NumberText.read(Array(text.utf8))
        else {
            expected(range == .any ? "a number" : "a number \(range)", for: key, node)
            return nil
        }
        if isPercent, !key.declaration.kind.takesPercent {
            expected("an amount, not a share", for: key, node)
            return nil
        }
        guard range.contains(value) || range == .any else {
            expected("a number \(range)", for: key, node)
            return nil
        }
        guard value <= key.declaration.kind.largest else {
            expected("a number of at most \(NumberFormat.full(key.declaration.kind.largest))", for: key, node)
            return nil
        }
        return (value, isPercent)
    }

    mutating func wholeNumber(_ key: PlanKey) -> Int? {
        guard let node = node(of: key), let value = number(node, key)?.value else { return nil }
        guard let whole = Int(exactly: value) else {
            expected("a whole number", for: key, node)
            return nil
        }
        return whole
    }

    mutating func flag(_ key: PlanKey) -> Bool? { node(of: key).flatMap { flag($0, key) } }

    mutating func flag(_ node: PlanNode, _ key: PlanKey) -> Bool? {
        switch node.content {
        case .scalar("true"), .scalar("True"), .scalar("yes"): return true
        case .scalar("false"), .scalar("False"), .scalar("no"): return false
        default:
            expected("true or false", for: key, node)
            return nil
        }
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ key: PlanKey) -> Choice?
    where Choice.RawValue == String { node(of: key).flatMap { choice($0, key) } }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ node: PlanNode, _ key: PlanKey) -> Choice?
    where Choice.RawValue == String {
        if case .scalar(let text) = node.content, let choice = Choice(rawValue: text) { return choice }
        expected(Self.oneOf(Choice.allCases.map(\.rawValue), for: node), for: key, node)
        return nil
    }

    static func oneOf(_ known: [String], for node: PlanNode) -> String {
        if case .scalar(let text) = node.content, let close = closestName(to: text, among: known) {
            return "one of \(known.joined(separator: ", ")); did you mean `\(close)`?"
        }
        return "one of \(known.joined(separator: ", "))"
    }

    /// One number for every year, or a list of numbers.
    mutating func amounts(_ key: PlanKey, years: Int) -> [Double]? {
        guard let node = node(of: key) else { return nil }
        guard case .list(let items) = node.content else {
            return number(node, key).map { [Double](repeating: $0.value, count: years) }
        }
        let amounts = items.map { number($0, key)?.value }
        return amounts.contains { $0 == nil } ? nil : amounts.compactMap(\.self)
    }

    /// One calendar year, or the first and the last.
    mutating func calendarYears(_ key: PlanKey) -> ClosedRange<Int>? {
        node(of: key).flatMap { calendarYears($0, key) }
    }

    mutating func calendarYears(_ node: PlanNode, _ key: PlanKey) -> ClosedRange<Int>? {
        var items = [node]
        if case .list(let list) = node.content { items = list }
        let years = items.compactMap { item -> Int? in
            guard case .scalar(let text) = item.content,
                case .number(let value, isPercent: false) = NumberText.read(Array(text.utf8))
            else { return nil }
            return Int(exactly: value)
        }
        guard years.count == items.count, let first = years.first, let last = years.last, years.count <= 2
        else {
            expected("a year, or [first, last]", for: key, node)
            return nil
        }
        guard first <= last else {
            diagnostics.append(
                Diagnostic(
                    .error, node.location,
                    "\(key.path) is [\(first), \(last)], expected the first year first: [\(last), \(first)]"))
            return nil
        }
        return first...last
    }

    mutating func goals(_ key: PlanKey) -> [Goal]? {
        guard let node = node(of: key) else { return nil }
        var items = [node]
        if case .list(let list) = node.content { items = list }
        let goals = items.map { item -> Goal? in
            if case .scalar(let text) = item.content, let goal = Goal(rawValue: text) { return goal }
            expected(Self.oneOf(Goal.allCases.map(\.rawValue), for: item), for: key, item)
            return nil
        }
        return goals.contains { $0 == nil } ? nil : goals.compactMap(\.self)
    }

    mutating func steps(_ key: PlanKey) -> [Adoption.Step]? {
        guard let node = node(of: key), case .list(let items) = node.content else { return nil }
        let steps = items.map { item -> Adoption.Step? in
            let share = required(.adoptionStepShare, in: item)
            let costFactor = required(.adoptionStepCostFactor, in: item)
            guard let share, let costFactor else { return nil }
            return Adoption.Step(share: share, costFactor: costFactor)
        }
        return steps.contains { $0 == nil } ? nil : steps.compactMap(\.self)
    }

    /// A bound: with `%` a share, else an amount.
    mutating func bound(_ node: PlanNode, _ key: PlanKey) -> Rule.Bound? {
        number(node, key).map { $0.isPercent ? .share($0.value) : .amount($0.value) }
    }

    private mutating func required(_ key: PlanKey, in item: PlanNode) -> Double? {
        guard case .map = item.content else { return nil }
        guard let node = item.value(of: key.name) else {
            diagnostics.append(
                Diagnostic(
                    .error, item.location,
                    "\(key.path) is missing, expected a number \(key.declaration.range)"))
            return nil
        }
        return number(node, key)?.value
    }

    // MARK: Assumptions

    /// The assumptions, with defaults for what is not given.
    ///
    /// Where a value is wrong its default stands in, so that the rest can be checked; `diagnostics` then holds an
    /// error.
    mutating func assumptions(defaultTitle: String) -> Assumptions {
        for key in PlanKey.allCases where key.parent.isEmpty && key.declaration.defaultText == nil {
            guard node(of: key) == nil else { continue }
            let entry = root.entry(of: key.name)
            diagnostics.append(
                Diagnostic(
                    .error, entry?.value.location ?? root.location,
                    "required key `\(key.path)` \(entry == nil ? "is missing" : "has no value") "
                        + "(\(key.declaration.meaning))"))
        }
        let baseYear = wholeNumber(.baseYear)
        let years = wholeNumber(.years)
        hasHorizon = baseYear != nil && years != nil
        var assumptions = Assumptions(
            baseYear: baseYear ?? 0, years: years ?? 1, discountRate: number(.discountRate) ?? 0)
        assumptions.title = text(.title) ?? defaultTitle
        assumptions.currency = text(.currency) ?? assumptions.currency
        assumptions.capacityUnit = text(.capacityUnit) ?? assumptions.capacityUnit
        assumptions.maxUtilization = number(.maxUtilization) ?? assumptions.maxUtilization
        assumptions.growth = choice(.growth) ?? assumptions.growth
        assumptions.residualValue = choice(.residualValue) ?? assumptions.residualValue
        assumptions.valuationYears = wholeNumber(.valuationYears) ?? assumptions.valuationYears
        assumptions.budget = budget(years: assumptions.years)
        assumptions.adoption.retention = number(.adoptionRetention) ?? assumptions.adoption.retention
        assumptions.adoption.steps = steps(.adoptionSteps) ?? assumptions.adoption.steps
        for (index, key) in PlanKey.creditWeightKeys.enumerated() {
            assumptions.creditWeights[index] = number(key) ?? assumptions.creditWeights[index]
        }
        assumptions.objective = objective()
        return assumptions
    }

    mutating func budget(years: Int) -> Budget {
        let budget = Budget(
            total: number(.budgetTotal), yearly: amounts(.budgetYearly, years: years),
            carryOver: flag(.budgetCarryOver) ?? false)
        if budget.carryOver, budget.yearly == nil, let node = node(of: .budgetCarryOver) {
            diagnostics.append(
                Diagnostic(.note, node.location, "budget.carry_over has no effect without budget.yearly"))
        }
        return budget
    }

    private mutating func objective() -> Objective {
        var objective = Objective()
        objective.goals = goals(.objectiveMaximize) ?? objective.goals
        objective.tolerance = number(.objectiveTolerance) ?? objective.tolerance
        objective.years = calendarYears(.objectiveYears)
        objective.minimumSpend =
            node(of: .objectiveMinimumSpend).flatMap { bound($0, .objectiveMinimumSpend) }
            ?? objective.minimumSpend
        objective.gap = number(.objectiveGap) ?? objective.gap
        return objective
    }
}

extension PlanKey.Kind {
    /// Beyond it a number takes the digits away that the others are computed with, or sums overflow.
    fileprivate var largest: Double {
        switch self {
        case .money, .moneyByYear, .moneyOrShare: Budget.largestAmount
        case .rate: 100
        default: 1e12
        }
    }
}

extension PlanNode {
    /// The value for a message.
    var shown: String {
        switch content {
        case .scalar(let text): text.shown
        case .map: "a map"
        case .list: "a list"
        case .nothing: "empty"
        }
    }
}

extension PlanKey {
    /// What the map looks like that was probably meant; empty where nothing is known of it.
    fileprivate func mapExample(_ node: PlanNode) -> String {
        guard case .scalar(let text) = node.content else { return "" }
        switch self {
        case .budget:
            guard case .number(_, isPercent: false) = NumberText.read(Array(text.utf8)) else { return "" }
            return ", such as `budget: {total: \(text)}`"
        case .objective:
            return Goal(rawValue: text) == nil ? "" : ", such as `objective: {maximize: [\(text)]}`"
        default: return ""
        }
    }

    /// What an item of the list looks like.
    fileprivate var itemExample: String {
        self == .rules ? "{measure: investment, at_least: 30%}" : "{share: 30%, cost_factor: 1}"
    }
}
