/// What is wrong with a rule, or looks wrong, given the regions and technologies it speaks of (model, 6).
///
/// - Returns: A finding a problem, with the key it is about.
public func findings(
    in rule: Rule, _ table: RegionTable, _ assumptions: Assumptions, technologies: [Technology]
) -> [RuleFinding] {
    let checks = RuleChecks(rule: rule, table: table, assumptions: assumptions)
    return checks.regions() + checks.coverage() + checks.years()
        + checks.technologies(technologies.map(\.name))
        + checks.bounds() + checks.crossing()
}

/// Something that is wrong, or looks wrong, with a rule.
public struct RuleFinding: Equatable, Sendable {
    public var severity: Finding.Severity
    /// The key of the rule that it is about.
    public var key: PlanKey
    /// What was found and what was expected.
    public var message: String

    init(_ severity: Finding.Severity, _ key: PlanKey, _ message: String) {
        self.severity = severity
        self.key = key
        self.message = message
    }
}

private struct RuleChecks {
    let rule: Rule
    let table: RegionTable
    let assumptions: Assumptions

    // MARK: Scope

    /// The rows that the rule's tags match.
    private var rows: [Int] {
        let columns = rule.tags.map { (table.values(ofTag: $0.name), Set($0.values)) }
        return (0..<table.count).filter { row in
            columns.allSatisfy { values, wanted in values.map { wanted.contains($0[row]) } ?? false }
        }
    }

    func regions() -> [RuleFinding] {
        let known = table.tags.map(\.name) + ["region", "name"]
        let unknown = rule.tags.map(\.name).filter { !known.contains($0) }
        guard unknown.isEmpty else {
            return unknown.map {
                RuleFinding(
                    .error, .ruleRegions,
                    "unknown column `\($0)`, expected one of \(known.joined(separator: ", "))")
            }
        }
        guard rows.isEmpty else { return [] }
        let wanted = rule.tags.map { "\($0.name) \($0.values.joined(separator: " or "))" }
        return [RuleFinding(.error, .ruleRegions, "no region has \(wanted.joined(separator: " and "))")]
    }

    func coverage() -> [RuleFinding] {
        guard rule.measure == .coverage,
            let first = rows.first(where: { table.number(.potentialUsers, $0) == nil })
        else { return [] }
        return [
            RuleFinding(
                .error, .ruleMeasure,
                "coverage needs potential_users in every region of the rule; \(table.ids[first]) has none")
        ]
    }

    func years() -> [RuleFinding] {
        let first = assumptions.baseYear + 1
        let last = assumptions.baseYear + assumptions.years
        guard let years = rule.years, years.lowerBound < first || years.upperBound > last else { return [] }
        let range = "years \(years.lowerBound)–\(years.upperBound)"
        guard rule.scope(in: assumptions).isEmpty else {
            return [
                RuleFinding(
                    .note, .ruleYears,
                    "of the \(range) those outside the horizon \(first)–\(last) do not count")
            ]
        }
        return [RuleFinding(.error, .ruleYears, "\(range) lie outside the horizon \(first)–\(last)")]
    }

    func technologies(_ known: [String]) -> [RuleFinding] {
        (rule.technologies ?? []).filter { !known.contains($0) }.map {
            RuleFinding(
                .error, .ruleTechnologies,
                "unknown technology `\($0)`, expected one of \(known.joined(separator: ", "))")
        }
    }

    // MARK: Bounds

    /// Bounds that were probably meant as a percentage, or that nothing can reach.
    func bounds() -> [RuleFinding] {
        [(PlanKey.ruleAtLeast, rule.atLeast), (.ruleAtMost, rule.atMost)].compactMap { key, bound in
            switch bound {
            case .amount(let amount): forgottenPercent(amount, key)
            case .share(let share):
                outOfReach(share, key)
            case nil: nil
            }
        }
    }

    /// An amount that is small beside what it bounds and looks like a percentage.
    private func forgottenPercent(_ amount: Double, _ key: PlanKey) -> RuleFinding? {
        guard amount > 0, amount <= 100, let sum = typicalSum, sum >= max(1000, 100 * amount) else {
            return nil
        }
        let number = FigureText.number(amount, decimals: 6).withoutTrailingZeros
        let share = FigureText.number(amount < 1 ? 100 * amount : amount, decimals: 6).withoutTrailingZeros
        let word = rule.measure.rawValue.replacing("_", with: " ")
        return RuleFinding(
            .warning, key,
            "\(key.name) \(number) bounds a sum (\(word)) that comes to \(FigureText.amount(sum)) or so; write "
                + "\(share)% if a share is meant")
    }

    /// What the measure comes to, by the inputs, for one row of the rule; nil where nothing says so.
    private var typicalSum: Double? {
        let years = Double(rule.scope(in: assumptions).count)
        func sum(_ column: RegionColumn) -> Double {
            rows.reduce(0) { $0 + (table.number(column, $1) ?? 0) }
        }
        let parts = rule.each ? Double(rows.count) * years : 1
        switch rule.measure {
        case .investment: return assumptions.budget.smallestAmount.map { $0 / parts }
        case .servedUsers: return sum(.users) * years / parts
        case .usedCapacity: return (sum(.capacity) - sum(.idleCapacity)) * years / parts
        case .newCapacity: return sum(.capacity) / parts
        case .serviceLevel, .coverage, .utilization: return nil
        }
    }

    /// A share that cannot be, or that means hundreds of per cent.
    private func outOfReach(_ share: Double, _ key: PlanKey) -> RuleFinding? {
        let percent = { (share: Double) in
            FigureText.number(100 * share, decimals: 6).withoutTrailingZeros + " %"
        }
        let highest = rule.measure == .serviceLevel ? 3.0 : 1
        if rule.measure.isShare, share > highest {
            let number = FigureText.number(share, decimals: 6).withoutTrailingZeros
            return RuleFinding(
                .warning, key,
                "\(key.name) \(number) means \(percent(share)); write \(number)% for \(number) %?")
        }
        guard key == .ruleAtLeast, rule.measure == .utilization, !rows.isEmpty else { return nil }
        let limits = rows.map { table.number(.maxUtilization, $0) ?? assumptions.maxUtilization }
        guard let limit = limits.max(), share > limit * (1 + 1e-9) else { return nil }
        return RuleFinding(
            .warning, key,
            "at_least \(percent(share)) is above max_utilization \(percent(limit)) of the rule's regions: "
                + "no plan can use that much")
    }

    func crossing() -> [RuleFinding] {
        guard let text = rule.crossedBounds else { return [] }
        return [RuleFinding(.warning, .ruleAtLeast, text)]
    }
}

extension Rule {
    /// Says that the rule's own bounds cross; nil where they do not.
    var crossedBounds: String? {
        func text(_ value: Double) -> String {
            FigureText.number(value, decimals: 6).withoutTrailingZeros
        }
        switch (atLeast, atMost) {
        case (.amount(let lower), .amount(let upper)) where lower > upper:
            return "at_least \(text(lower)) is above at_most \(text(upper))"
        case (.share(let lower), .share(let upper)) where lower > upper:
            return "at_least \(text(100 * lower)) % is above at_most \(text(100 * upper)) %"
        default: return nil
        }
    }
}
