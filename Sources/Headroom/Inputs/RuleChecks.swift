/// What is wrong with a rule, given the regions and technologies it speaks of (model, 6).
///
/// - Returns: A finding a problem, with the key it is about.
public func findings(
    in rule: Rule, _ table: RegionTable, _ assumptions: Assumptions, technologies: [Technology]
) -> [(key: PlanKey, message: String)] {
    var found: [(PlanKey, String)] = []
    let known = table.tags.map(\.name) + ["region", "name"]
    for tag in rule.tags where !known.contains(tag.name) {
        found.append(
            (.ruleRegions, "unknown column `\(tag.name)`, expected one of \(known.joined(separator: ", "))"))
    }
    let rows = table.rows(of: rule)
    if found.isEmpty, rows.isEmpty {
        let wanted = rule.tags.map { "\($0.name) \($0.values.joined(separator: " or "))" }
        found.append((.ruleRegions, "no region has \(wanted.joined(separator: " and "))"))
    }
    if rule.measure == .coverage {
        let open = rows.filter { table.number(.potentialUsers, $0) == nil }
        if let first = open.first {
            found.append(
                (
                    .ruleMeasure,
                    "coverage needs potential_users in every region of the rule; \(table.ids[first]) has none"
                ))
        }
    }
    let first = assumptions.baseYear + 1
    let last = assumptions.baseYear + assumptions.years
    if let years = rule.years, rule.scope(in: assumptions).isEmpty {
        found.append(
            (
                .ruleYears,
                "years \(years.lowerBound)–\(years.upperBound) lie outside the horizon \(first)–\(last)"
            ))
    }
    let names = technologies.map(\.name)
    for name in rule.technologies ?? [] where !names.contains(name) {
        found.append(
            (
                .ruleTechnologies,
                "unknown technology `\(name)`, expected one of \(names.joined(separator: ", "))"
            ))
    }
    return found
}

extension RegionTable {
    /// The rows that a rule's tags match.
    fileprivate func rows(of rule: Rule) -> [Int] {
        let columns = rule.tags.map { (values(ofTag: $0.name), Set($0.values)) }
        return (0..<count).filter { row in
            columns.allSatisfy { values, wanted in values.map { wanted.contains($0[row]) } ?? false }
        }
    }
}
