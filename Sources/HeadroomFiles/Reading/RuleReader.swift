import Headroom

extension PlanReader {
    /// The rules of the plan, each with the item it was read from; those with a problem are left out.
    mutating func rules() -> [(rule: Rule, item: PlanNode)] {
        guard let node = node(of: .rules), case .list(let items) = node.content else { return [] }
        return items.enumerated().compactMap { index, item in
            guard case .map = item.content else { return nil }
            let before = diagnostics.count
            let rule = rule(item, number: index + 1)
            return diagnostics.count == before ? rule.map { ($0, item) } : nil
        }
    }

    private mutating func rule(_ item: PlanNode, number: Int) -> Rule? {
        guard let measureNode = item.value(of: PlanKey.ruleMeasure.name) else {
            diagnostics.append(
                Diagnostic(
                    .error, item.location,
                    "rules.measure is missing, expected "
                        + Self.oneOf(Rule.Measure.allCases.map(\.rawValue), for: item)))
            return nil
        }
        guard let measure: Rule.Measure = choice(measureNode, .ruleMeasure) else { return nil }
        var rule = Rule(name: "rule \(number)", measure: measure)
        if let node = item.value(of: PlanKey.ruleName.name) {
            if case .scalar(let text) = node.content {
                rule.name = text
            } else {
                expected("text", for: .ruleName, node)
            }
        }
        rule.atLeast = bound(.ruleAtLeast, of: measure, in: item)
        rule.atMost = bound(.ruleAtMost, of: measure, in: item)
        let hasBound = [PlanKey.ruleAtLeast, .ruleAtMost].contains { item.value(of: $0.name) != nil }
        if !hasBound {
            diagnostics.append(
                Diagnostic(
                    .error, item.location, "\(rule.title) has no bound, expected at_least or at_most"))
        }
        if let node = item.value(of: PlanKey.ruleRegions.name) { rule.tags = tags(node) }
        if let node = item.value(of: PlanKey.ruleYears.name) { rule.years = calendarYears(node, .ruleYears) }
        if let node = item.value(of: PlanKey.ruleEach.name) { rule.each = flag(node, .ruleEach) ?? false }
        if let node = item.value(of: PlanKey.ruleTechnologies.name) {
            rule.technologies = words(node, .ruleTechnologies).map(\.text)
        }
        if let node = item.value(of: PlanKey.ruleLevers.name) { rule.levers = levers(node) }
        return rule
    }

    /// For measures that are shares `0.95` and `95%` are the same (model, 6).
    private mutating func bound(_ key: PlanKey, of measure: Rule.Measure, in item: PlanNode) -> Rule.Bound? {
        guard let node = item.value(of: key.name), let bound = bound(node, key) else { return nil }
        if measure.isShare, case .amount(let value) = bound { return .share(value) }
        return bound
    }

    private mutating func levers(_ node: PlanNode) -> [Lever] {
        words(node, .ruleLevers).compactMap { word in
            if let lever = Lever(rawValue: word.text) { return lever }
            expected(Self.oneOf(Lever.allCases.map(\.rawValue), for: word.node), for: .ruleLevers, word.node)
            return nil
        }
    }

    private mutating func tags(_ node: PlanNode) -> [Rule.Tag] {
        guard case .map(let entries) = node.content else {
            expected("tags with values, such as {zone: west}", for: .ruleRegions, node)
            return []
        }
        return entries.map { Rule.Tag(name: $0.key, values: words($0.value, .ruleRegions).map(\.text)) }
    }

    /// One word, or a list of words.
    private mutating func words(_ node: PlanNode, _ key: PlanKey) -> [(text: String, node: PlanNode)] {
        var items = [node]
        if case .list(let list) = node.content { items = list }
        return items.compactMap { item in
            if case .scalar(let text) = item.content { return (text, item) }
            expected("a word, or a list of words", for: key, item)
            return nil
        }
    }
}
