extension LinearProgram {
    /// The program in free MPS, which nearly every solver reads.
    ///
    /// It is always a minimisation, as old readers know no other: where the program is maximised the objective's
    /// signs are turned, and a comment says so. Its constant is a column fixed at 1. Names lose their blanks; numbers
    /// keep all their digits.
    ///
    /// - Parameter comments: Lines to put on top.
    public func mpsText(comments: [String] = []) -> String {
        MPSWriter(withConstantAsColumn).text(comments: comments)
    }
}

/// Writes sections of free MPS, a line an entry.
private struct MPSWriter {
    /// A row as the format knows it: one right side, and a range where there is a second one.
    private struct Line {
        var row: Int
        var name: String
        var type: String
        var rightSide: Double
        var range: Double?
    }

    private let program: LinearProgram
    private let sign: Double
    private let columns: [String]
    private let lines: [Line]
    private static let objective = "objective"

    init(_ program: LinearProgram) {
        self.program = program
        sign = program.sense == .maximize ? -1 : 1
        // A `$` at the start of a field opens a comment; it is forbidden anywhere.
        let isAllowed = { (character: Character) in "!"..."~" ~= character && character != "$" }
        var columnNames = FileNames(reserved: [], allowing: isAllowed)
        columns = (0..<program.columnCount).map { columnNames.unique(program.name(ofColumn: $0)) }
        var rowNames = FileNames(reserved: [Self.objective], allowing: isAllowed)
        lines = (0..<program.rowCount).flatMap { Self.lines(ofRow: $0, of: program, &rowNames) }
    }

    func text(comments: [String]) -> String {
        var text = commentText(comments, sign: "*")
        if sign < 0 {
            text += "* The objective is maximised: it stands here with its signs turned, to be minimised.\n"
        }
        // CBC takes the word FREE for the format.
        text += "NAME headroom FREE\nROWS\n N \(Self.objective)\n"
        text += lines.map { " \($0.type) \($0.name)\n" }.joined()
        text += "COLUMNS\n" + columnLines + "RHS\n"
        for line in lines where line.rightSide != 0 {
            text += " RHS \(line.name) \(numberText(line.rightSide))\n"
        }
        if lines.contains(where: { $0.range != nil }) { text += "RANGES\n" }
        for line in lines {
            if let range = line.range { text += " RNG \(line.name) \(numberText(range))\n" }
        }
        return text + "BOUNDS\n" + program.columnLower.indices.map(bounds).joined() + "ENDATA\n"
    }

    /// A row with two bounds is a range where both come out of it exactly, else two rows.
    private static func lines(ofRow row: Int, of program: LinearProgram, _ names: inout FileNames) -> [Line] {
        let lower = program.rowLower[row]
        let upper = program.rowUpper[row]
        let name = program.name(ofRow: row)
        if lower == upper { return [Line(row: row, name: names.unique(name), type: "E", rightSide: upper)] }
        let range = upper - lower
        if range.isFinite, upper - range == lower {
            return [Line(row: row, name: names.unique(name), type: "L", rightSide: upper, range: range)]
        }
        var lines: [Line] = []
        if upper < .infinity {
            lines.append(Line(row: row, name: names.unique(name), type: "L", rightSide: upper))
        }
        if lower > -.infinity {
            let own = lines.isEmpty ? name : name + "_min"
            lines.append(Line(row: row, name: names.unique(own), type: "G", rightSide: lower))
        }
        return lines
    }

    /// The matrix by columns, whole ones between markers.
    private var columnLines: String {
        var entries = program.objective.map { [(name: Self.objective, value: 0 + sign * $0)] }
        for line in lines {
            for entry in program.entries(of: LinearProgram.Row(index: line.row)) {
                entries[entry.column.index].append((line.name, entry.value))
            }
        }
        var text = ""
        var isWhole = false
        func mark(_ whole: Bool) {
            guard whole != isWhole else { return }
            isWhole = whole
            text += " MARKER 'MARKER' \(whole ? "'INTORG'" : "'INTEND'")\n"
        }
        for column in columns.indices {
            mark(program.columnIsInteger[column])
            // A column without entries is known by its 0 in the objective.
            for (place, entry) in entries[column].enumerated()
            where entry.value != 0 || (place == 0 && entries[column].count == 1) {
                text += " \(columns[column]) \(entry.name) \(numberText(entry.value))\n"
            }
        }
        mark(false)
        return text
    }

    /// What differs from `0 ≤ x`; of whole columns both bounds, as readers differ in what they take for granted.
    private func bounds(ofColumn column: Int) -> String {
        let lower = program.columnLower[column]
        let upper = program.columnUpper[column]
        func line(_ type: String, _ value: Double? = nil) -> String {
            " \(type) BND \(columns[column])\(value.map { " " + numberText($0) } ?? "")\n"
        }
        if lower == upper { return line("FX", lower) }
        if lower == -.infinity, upper == .infinity { return line("FR") }
        let isWhole = program.columnIsInteger[column]
        var text = ""
        if lower == -.infinity {
            text += line("MI")
        } else if lower != 0 || isWhole {
            text += line("LO", lower)
        }
        if upper < .infinity { text += line("UP", upper) } else if isWhole { text += line("PL") }
        return text
    }
}
