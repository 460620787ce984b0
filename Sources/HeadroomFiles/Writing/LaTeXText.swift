public import Headroom

extension Table {
    /// Writes the table as LaTeX to `\input`: booktabs rules, numbers as people read them, a total row.
    ///
    /// A long table breaks over pages (longtable). Columns are left out, least important first, as in a terminal.
    public func writeLaTeX(to stream: inout some TextOutputStream) {
        var people = PeopleTable(self)
        let leftOut = people.narrow(to: Self.pageWidth)
        let isLong = rows.count > Self.mostRowsOfPage
        let spec = people.isNumber.map { $0 ? "r" : "l" }.joined()
        let environment = isLong ? "longtable" : "tabular"
        stream.write("% In the preamble: \\usepackage{booktabs\(isLong ? ",longtable" : "")}\n")
        if !leftOut.isEmpty {
            stream.write("% Left out for want of width: \(leftOut.map(\.oneLine).joined(separator: ", ")).\n")
        }
        // Two columns are as far apart as two characters, which is what fits a page.
        stream.write("{\\setlength{\\tabcolsep}{4pt}\n")
        stream.write("\\begin{\(environment)}{@{}\(spec)@{}}\n\\toprule\n")
        stream.write(Self.line(people.titles))
        if people.units.contains(where: { !$0.isEmpty }) { stream.write(Self.line(people.units)) }
        stream.write("\\midrule\n" + (isLong ? "\\endhead\n" : ""))
        people.forEachPiece({ $0.appendLaTeX($1, to: &$2) }, { stream.write($0) })
        if let total = people.total { stream.write("\\midrule\n" + Self.line(total)) }
        stream.write("\\bottomrule\n\\end{\(environment)}}\n")
        if let note = people.roundingNote { stream.write("\n{\\footnotesize \(note)}\n") }
    }

    private static func line(_ cells: [String]) -> String {
        cells.map(\.escapedForLaTeX).joined(separator: " & ") + " \\\\\n"
    }

    /// Characters that a page of A4 takes between margins of 2 cm, set `\small`.
    private static let pageWidth = 100
    private static let mostRowsOfPage = 45
}

extension PeopleTable {
    fileprivate func appendLaTeX(_ row: [Table.Cell], to line: inout [UInt8]) {
        for place in columns.indices {
            if place > 0 { line += " & ".utf8 }
            var cell: [UInt8] = []
            append(row, place, to: &cell)
            line += String(decoding: cell, as: UTF8.self).escapedForLaTeX.utf8
        }
        line += " \\\\\n".utf8
    }
}

extension Plan {
    /// Writes the summary and a table as LaTeX to `\input`.
    public func writeLaTeX(_ table: Table, to stream: inout some TextOutputStream) {
        let summary = PlanSummary(self)
        stream.write("% \(summary.title.oneLine)\n% \(summary.subtitle.oneLine)\n")
        for remark in summary.remarks { stream.write("% \(remark.oneLine)\n") }
        stream.write(
            "\\begin{tabular}{@{}lrrp{0.43\\linewidth}@{}}\n\\toprule\n & do nothing & plan & \\\\\n\\midrule\n"
        )
        for line in summary.lines {
            let cells = [line.label, line.doNothing, line.plan, line.remark]
            stream.write(cells.map(\.escapedForLaTeX).joined(separator: " & ") + " \\\\\n")
        }
        stream.write("\\bottomrule\n\\end{tabular}\n\n\\bigskip\n\n")
        table.writeLaTeX(to: &stream)
    }
}

extension String {
    /// In one line, with every character that LaTeX would take as a command as itself.
    package var escapedForLaTeX: String {
        var text = ""
        for scalar in oneLine.unicodeScalars {
            switch scalar {
            case "\\": text += "\\textbackslash{}"
            case "~": text += "\\textasciitilde{}"
            case "^": text += "\\textasciicircum{}"
            case "&", "%", "$", "#", "_", "{", "}": text += "\\\(scalar)"
            case "<": text += "\\textless{}"
            case ">": text += "\\textgreater{}"
            case "|": text += "\\textbar{}"
            case "\"": text += "\\textquotedbl{}"
            // A bracket behind the end of a line, or at the begin of a cell, would be an argument.
            case "[": text += "{[}"
            case "]": text += "{]}"
            case "−": text += "$-$"
            case "×": text += "$\\times$"
            case "Δ": text += "$\\Delta$"
            case "→": text += "$\\to$"
            case "≥": text += "$\\ge$"
            case "≤": text += "$\\le$"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
