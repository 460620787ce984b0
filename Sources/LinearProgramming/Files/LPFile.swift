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
        var objective = columns.map {
            LinearExpression.Term(column: $0, coefficient: self.objective[$0.index])
        }
        .filter { $0.coefficient != 0 }
        var rows = plainRows
        if objective.isEmpty || rows.contains(where: \.terms.isEmpty) {
            // The format knows no sum without columns.
            let zero = LinearExpression.Term(
                column: plain.addColumn(columnNames.unique("zero"), lower: 0, upper: 0), coefficient: 1)
            if objective.isEmpty { objective = [zero] }
            for index in rows.indices where rows[index].terms.isEmpty { rows[index].terms = [zero] }
        }
        plain.setObjective(LinearExpression(objective))
        for row in rows {
            plain.addRow(
                rowNames.unique(row.name), LinearExpression(row.terms), lower: row.lower, upper: row.upper)
        }
        return plain
    }

    /// At least one row, each with one bound or two equal ones: the format knows no others.
    private var plainRows: [PlainRow] {
        var rows: [PlainRow] = []
        for row in 0..<rowCount {
            let lower = rowLower[row]
            let upper = rowUpper[row]
            let name = Self.plainName(name(ofRow: row))
            let terms = entries(of: Row(index: row)).map {
                LinearExpression.Term(column: $0.column, coefficient: $0.value)
            }
            if lower == upper {
                rows.append(PlainRow(name: name, terms: terms, lower: lower, upper: upper))
                continue
            }
            if upper < .infinity { rows.append(PlainRow(name: name, terms: terms, upper: upper)) }
            if lower > -.infinity {
                let own = upper < .infinity ? name + "_min" : name
                rows.append(PlainRow(name: own, terms: terms, lower: lower))
            }
        }
        return rows.isEmpty ? [PlainRow(name: "no_row", terms: [], lower: 0, upper: 0)] : rows
    }

    private struct PlainRow {
        var name: String
        var terms: [LinearExpression.Term]
        var lower = -Double.infinity
        var upper = Double.infinity
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

extension LinearExpression {
    fileprivate init(_ terms: [Term]) {
        self.init()
        self.terms = terms
    }
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
