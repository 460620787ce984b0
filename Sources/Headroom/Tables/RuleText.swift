extension Rule {
    /// The rule in words, such as “investment at least 30 % of all regions', zone West, 2026–2028”.
    func text(_ assumptions: Assumptions) -> String {
        var parts = [subject]
        parts[0] += atLeast.map { " at least \(text($0, assumptions))" } ?? ""
        parts[0] += atLeast != nil && atMost != nil ? " and" : ""
        parts[0] += atMost.map { " at most \(text($0, assumptions))" } ?? ""
        parts +=
            tags.isEmpty ? ["all regions"] : tags.map { "\($0.name) \($0.values.joined(separator: " or "))" }
        let calendar = scope(in: assumptions).map(assumptions.calendarYear)
        if let first = calendar.first, let last = calendar.last {
            parts.append(first == last ? "\(first)" : "\(first)–\(last)")
        }
        if each { parts.append("in each region and year by itself") }
        return parts.joined(separator: ", ")
    }

    /// What is measured, with what counts of it.
    private var subject: String {
        let title = measure.rawValue.replacing("_", with: " ")
        guard measure == .investment || measure == .newCapacity else { return title }
        let counted = (levers?.map(\.rawValue) ?? []) + (technologies ?? [])
        return counted.isEmpty ? title : "\(title) (\(counted.joined(separator: ", ")) alone)"
    }

    private func text(_ bound: Bound, _ assumptions: Assumptions) -> String {
        switch bound {
        case .share(let share):
            let percent = FigureText.number(100 * share, decimals: 6).withoutTrailingZeros + " %"
            return measure.isShare ? percent : "\(percent) of all regions'"
        case .amount(let amount):
            if measure == .investment { return FigureText.exactMoney(amount, assumptions.currency) }
            let number = FigureText.number(amount, decimals: 6).withoutTrailingZeros
            return "\(number) \(measure == .servedUsers ? "users" : assumptions.capacityUnit)"
        }
    }
}
