extension LinearProgram {
    /// The program in CPLEX's LP format, in the part of it that glpsol, HiGHS and CBC all read.
    ///
    /// As `lpText`, but for names, which stand with `( )` for `[ ]` and `_` for what else the format forbids; the
    /// constant of the objective, which is a column fixed at 1; and long lines, which are broken.
    ///
    /// - Parameter comments: Lines to put on top.
    public func lpFile(comments: [String] = []) -> String {
        commentText(comments, sign: "\\") + withConstantAsColumn.plain.lpText.wrapped(at: 100)
    }

    /// The same program in the words that every reader knows.
    private var plain: LinearProgram {
        var plain = LinearProgram(sense, keepsNames: true)
        let isAllowed = { (character: Character) in
            character.isASCII && (character.isLetter || character.isNumber || "(),._~".contains(character))
        }
        var columnNames = FileNames(reserved: [], allowing: isAllowed)
        var rowNames = FileNames(reserved: ["objective"], allowing: isAllowed)
        let columns = (0..<columnCount).map { column in
            plain.addColumn(
                columnNames.unique(Self.plainName(name(ofColumn: column))), lower: columnLower[column],
                upper: columnUpper[column], isInteger: columnIsInteger[column])
        }
        var sum = LinearExpression()
        for column in columns { sum.add(column, times: objective[column.index]) }
        plain.setObjective(sum)
        var rows = (0..<rowCount).filter { rowLower[$0] > -.infinity || rowUpper[$0] < .infinity }.map {
            row in
            let terms = entries(of: Row(index: row)).map {
                LinearExpression.Term(column: columns[$0.column.index], coefficient: $0.value)
            }
            return PlainRow(
                name: Self.plainName(name(ofRow: row)), terms: terms, lower: rowLower[row],
                upper: rowUpper[row])
        }
        // The format knows no program without rows, and no sum without columns.
        if rows.isEmpty { rows.append(PlainRow(name: "no_row", terms: [], lower: 0, upper: 0)) }
        if objective.allSatisfy({ $0 == 0 }) || rows.contains(where: \.terms.isEmpty) {
            let zero = plain.addColumn(columnNames.unique("zero"), lower: 0, upper: 0)
            if objective.allSatisfy({ $0 == 0 }) { plain.setObjective(LinearExpression(zero)) }
            for index in rows.indices where rows[index].terms.isEmpty {
                rows[index].terms = [LinearExpression.Term(column: zero, coefficient: 1)]
            }
        }
        for row in rows {
            let name = rowNames.unique(row.name)
            if row.lower == row.upper || row.lower == -.infinity || row.upper == .infinity {
                plain.addRow(name, row.sum, lower: row.lower, upper: row.upper)
            } else {
                plain.addRow(name, row.sum, upper: row.upper)
                plain.addRow(rowNames.unique(row.name + "_min"), row.sum, lower: row.lower)
            }
        }
        return plain
    }

    private struct PlainRow {
        var name: String
        var terms: [LinearExpression.Term]
        var lower: Double
        var upper: Double

        var sum: LinearExpression {
            var sum = LinearExpression()
            sum.terms = terms
            return sum
        }
    }

    /// The name without brackets, and without a start that could be taken for a number or a word of the format.
    private static func plainName(_ name: String) -> String {
        let plain = name.replacing("[", with: "(").replacing("]", with: ")")
        let isExponent = plain.first?.lowercased() == "e" && (plain.dropFirst().first?.isNumber ?? true)
        guard plain.first?.isLetter ?? false, !isExponent, !words.contains(plain.lowercased()) else {
            return "_" + plain
        }
        return plain
    }

    private static let words: Set<String> = [
        "max", "maximize", "maximise", "maximum", "min", "minimize", "minimise", "minimum", "subject", "such",
        "st", "s.t.", "st.", "to", "that", "bound", "bounds", "general", "generals", "gen", "integer",
        "integers",
        "int", "binary", "binaries", "bin", "semi", "semis", "sos", "sos1", "sos2", "free", "inf", "infinity",
        "end",
    ]
}

extension String {
    /// Lines broken before a sign, where they are longer than a width; what follows is indented.
    fileprivate func wrapped(at width: Int) -> String {
        split(separator: "\n").map { line in
            guard line.utf8.count > width else { return line + "\n" }
            var text = ""
            var used = 0
            for term in Self.terms(of: line) {
                if used > 0, used + term.utf8.count > width {
                    text += "\n  "
                    used = 2
                }
                text += term
                used += term.utf8.count
            }
            return text + "\n"
        }.joined()
    }

    /// What stands between signs, each with the sign and the blank before it.
    private static func terms(of line: Substring) -> [String] {
        var terms: [String] = []
        for word in line.split(separator: " ") {
            if terms.isEmpty || word == "+" || word == "-" { terms.append("") }
            terms[terms.count - 1] += " " + word
        }
        return terms
    }
}
