extension LinearProgram {
    /// The program in CPLEX's LP format, for people to read; for solvers there is `lpFile`.
    ///
    /// Names are the program's own where it keeps them, else `c1…` and `r1…`.
    public var lpText: String {
        var text = sense == .maximize ? "Maximize\n" : "Minimize\n"
        let objectiveTerms = (0..<columnCount).filter { objective[$0] != 0 }.map {
            (objective[$0], name(ofColumn: $0))
        }
        text += " objective: " + sum(objectiveTerms, constant: objectiveConstant) + "\nSubject To\n"
        for row in 0..<rowCount { text += lines(ofRow: row) }
        text += "Bounds\n"
        for column in 0..<columnCount {
            let lower = columnLower[column]
            let upper = columnUpper[column]
            guard lower != 0 || upper != .infinity else { continue }
            text += " \(bound(lower)) <= \(name(ofColumn: column)) <= \(bound(upper))\n"
        }
        let whole = (0..<columnCount).filter { columnIsInteger[$0] }
        if !whole.isEmpty { text += "Generals\n" + whole.map { " \(name(ofColumn: $0))\n" }.joined() }
        return text + "End\n"
    }

    private func lines(ofRow row: Int) -> String {
        let terms = entries(of: Row(index: row)).map { ($0.value, name(ofColumn: $0.column.index)) }
        let label = name(ofRow: row)
        let left = " \(label): " + sum(terms, constant: 0)
        let lower = rowLower[row]
        let upper = rowUpper[row]
        if lower == upper { return "\(left) = \(numberText(upper))\n" }
        var text = ""
        if upper < .infinity { text += "\(left) <= \(numberText(upper))\n" }
        if lower > -.infinity {
            // The format knows no ranges: a row with two bounds is written twice.
            let again = upper < .infinity ? left.replacing(" \(label):", with: " \(label)_min:") : left
            text += "\(again) >= \(numberText(lower))\n"
        }
        return text
    }

    private func sum(_ terms: [(coefficient: Double, name: String)], constant: Double) -> String {
        var text = terms.enumerated().map { position, term in
            let sign = term.coefficient < 0 ? "- " : position == 0 ? "" : "+ "
            let size = abs(term.coefficient)
            return sign + (size == 1 ? "" : numberText(size) + " ") + term.name
        }.joined(separator: " ")
        if constant != 0 {
            text += (constant < 0 ? " - " : text.isEmpty ? "" : " + ") + numberText(abs(constant))
        }
        return text.isEmpty ? "0" : text
    }

    private func bound(_ value: Double) -> String {
        value.isFinite ? numberText(value) : value < 0 ? "-inf" : "+inf"
    }
}
