extension Technology {
    /// What the technology costs and what limits it, in words.
    func text(_ assumptions: Assumptions) -> String {
        let unit = assumptions.capacityUnit
        let plain = { FigureText.number($0, decimals: 6).withoutTrailingZeros }
        let money = { FigureText.exactMoney($0, assumptions.currency) }
        var parts = ["the regions' build_cost and operating_cost"]
        if let cost = buildCost {
            parts = ["\(money(cost)) per \(unit), \(money(operatingCost ?? 0)) a year to run it"]
        }
        parts.append("in service for \(years(lifetime))")
        if leadTime > 0 { parts.append("ready after \(years(leadTime))") }
        if yearlyLimit.isFinite {
            parts.append("at most \(plain(yearlyLimit)) \(unit) a region and year")
        }
        if let module { parts.append("in whole modules of \(plain(module)) \(unit)") }
        return parts.joined(separator: ", ")
    }

    private func years(_ count: Int) -> String { "\(FigureText.count(count, "year"))" }
}
