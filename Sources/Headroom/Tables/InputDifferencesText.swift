extension InputDifferences {
    /// What differs, a sentence each.
    func sentences(_ currency: String) -> [String] {
        items.map { "\($0.key): \($0.base.text(currency)) → \($0.other.text(currency))" }
            + columns.map { $0.sentence(of: commonRegions) }
            + tags.map { "\($0.name): other in \(regions($0.regions))" }
            + [only(onlyInBase, "left out"), only(onlyInOther, "added")].compactMap(\.self)
            + (overrides == 0 ? [] : ["costs: \(FigureText.count(overrides, "cell"))"])
            + (links.isEmpty ? [] : ["links: \(listed(links))"])
    }

    private func regions(_ count: Int) -> String {
        "\(FigureText.count(count)) of \(FigureText.count(commonRegions, "region"))"
    }

    private func only(_ ids: [String], _ what: String) -> String? {
        guard !ids.isEmpty else { return nil }
        return "\(FigureText.count(ids.count, "region")) \(what): \(listed(ids))"
    }

    /// The first names of many.
    private func listed(_ names: [String]) -> String {
        let few = 8
        let rest = names.count > few ? " and \(FigureText.count(names.count - few)) more" : ""
        return names.prefix(few).joined(separator: ", ") + rest
    }
}

extension ColumnDifference {
    fileprivate func sentence(of common: Int) -> String {
        if !cells.isEmpty {
            let texts = cells.map { "\($0.region) \(text($0.base)) → \(text($0.other))" }
            return "\(column.header): \(texts.joined(separator: ", "))"
        }
        let all = FigureText.count(common, "region")
        let scope = regions == common ? "all \(all)" : "\(FigureText.count(regions)) of \(all)"
        guard let factors else { return "\(column.header): other in \(scope)" }
        let (least, largest) = (text(factors.lowerBound), text(factors.upperBound))
        return "\(column.header): × \(least == largest ? least : "\(least) to \(largest)") in \(scope)"
    }

    private func text(_ value: Double?) -> String {
        value.map { FigureText.plain($0.rounded(digits: 6)) } ?? "none"
    }
}
