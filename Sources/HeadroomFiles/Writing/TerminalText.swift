public import Headroom

extension Plan {
    /// The summary and a table, for a terminal of some width.
    public func terminalText(_ table: Table, width: Int) -> String {
        var text = ""
        writeTerminalText(table, width: width, to: &text)
        return text
    }

    /// Writes what `terminalText` is, without having it whole.
    public func writeTerminalText(_ table: Table, width: Int, to stream: inout some TextOutputStream) {
        stream.write(PlanSummary(self).terminalText(width: width) + "\n")
        table.writeTerminalText(width: width, to: &stream)
    }

    /// The summary and a table as Markdown.
    public func markdown(_ table: Table) -> String {
        var text = ""
        writeMarkdown(table, to: &text)
        return text
    }

    /// Writes what `markdown` is, without having it whole.
    public func writeMarkdown(_ table: Table, to stream: inout some TextOutputStream) {
        stream.write(PlanSummary(self).markdown + "\n")
        table.writeMarkdown(to: &stream)
    }
}

extension PlanSummary {
    fileprivate func terminalText(width: Int) -> String {
        let labelWidth = (lines.map(\.label.columns).max() ?? 0) + 2
        let leftWidth = max(10, lines.map(\.doNothing.columns).max() ?? 0)
        let rightWidth = max(4, lines.map(\.plan.columns).max() ?? 0)
        var text = "\(title.oneLine.wrapped(to: width))\n\(subtitle.oneLine.wrapped(to: width))\n\n"
        let heading = padded("", labelWidth) + padded("do nothing", leftWidth, right: true)
        text += heading + "  " + padded("plan", rightWidth, right: true) + "\n"
        for line in lines {
            let figures =
                padded(line.label, labelWidth) + padded(line.doNothing, leftWidth, right: true) + "  "
                + padded(line.plan, rightWidth, right: true)
            text += figures
            if !line.remark.isEmpty {
                // What does not fit beside the figures stands below them.
                let fits = figures.columns + 2 + line.remark.columns <= width
                text += fits ? "  \(line.remark)" : "\n" + line.remark.wrapped(to: width, indent: labelWidth)
            }
            text += "\n"
        }
        if !remarks.isEmpty {
            text += "\n" + remarks.map { $0.wrapped(to: width) }.joined(separator: "\n") + "\n"
        }
        return text
    }

    fileprivate var markdown: String {
        var text =
            "# \(escaped(title))\n\n\(escaped(subtitle))\n\n| | do nothing | plan | |\n| --- | ---: | ---: | --- |\n"
        for line in lines {
            text +=
                "| \(line.label) | \(escaped(line.doNothing)) | \(escaped(line.plan)) | \(escaped(line.remark)) |\n"
        }
        return text + remarks.map { "\n\(escaped($0))\n" }.joined()
    }
}

extension Table {
    /// The table for a terminal: columns are left out, least important first, until it fits the width.
    public func terminalText(width: Int) -> String {
        var text = ""
        writeTerminalText(width: width, to: &text)
        return text
    }

    func writeTerminalText(width: Int, to stream: inout some TextOutputStream) {
        var people = PeopleTable(self)
        let leftOut = people.narrow(to: width)
        people.writeTerminalText(to: &stream)
        if let note = people.roundingNote { stream.write(note.wrapped(to: width) + "\n") }
        if leftOut.isEmpty { return }
        let note = "Left out for want of width: \(leftOut.joined(separator: ", "))."
        stream.write(note.wrapped(to: width) + "\n")
    }

    /// The table as Markdown, with its total row.
    public var markdown: String {
        var text = ""
        writeMarkdown(to: &text)
        return text
    }

    func writeMarkdown(to stream: inout some TextOutputStream) {
        let people = PeopleTable(self)
        let headings = zip(people.titles, people.units).map { $1.isEmpty ? $0 : "\($0) (\($1))" }
        func line(_ cells: [String]) -> String { "| " + cells.map(escaped).joined(separator: " | ") + " |\n" }
        stream.write(line(headings))
        stream.write("| " + people.isNumber.map { $0 ? "---:" : "---" }.joined(separator: " | ") + " |\n")
        people.forEachPiece({ $0.appendMarkdown($1, to: &$2) }, { stream.write($0) })
        if let total = people.total { stream.write(line(total.map { $0.isEmpty ? "" : "**\($0)**" })) }
        if let note = people.roundingNote { stream.write("\n\(note)\n") }
    }
}

extension PeopleTable {
    fileprivate func writeTerminalText(to stream: inout some TextOutputStream) {
        func line(_ cells: [String]) -> String {
            let texts = cells.indices.map { padded(cells[$0], widths[$0], right: isNumber[$0]) }
            return texts.joined(separator: "  ").trimmedEnd + "\n"
        }
        stream.write(line(titles))
        if units.contains(where: { !$0.isEmpty }) { stream.write(line(units)) }
        forEachPiece({ $0.appendTerminalText($1, to: &$2) }, { stream.write($0) })
        if let total {
            let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
            stream.write(rule + "\n" + line(total))
        }
    }

    /// A line of padded cells, nothing behind the last.
    private func appendTerminalText(_ row: [Table.Cell], to line: inout [UInt8]) {
        let start = line.count
        for place in columns.indices {
            if place > 0 { line.append(blanks: 2) }
            let cell = line.count
            append(row, place, to: &line)
            let missing = widths[place] - line[cell...].columns
            if isNumber[place] {
                line.insert(blanks: missing, at: cell)
            } else {
                line.append(blanks: missing)
            }
        }
        while line.count > start, line.last == UInt8(ascii: " ") { line.removeLast() }
        line.append(UInt8(ascii: "\n"))
    }

    fileprivate func appendMarkdown(_ row: [Table.Cell], to line: inout [UInt8]) {
        line += "|".utf8
        for place in columns.indices {
            line.append(blanks: 1)
            let cell = line.count
            append(row, place, to: &line)
            if line[cell...].contains(UInt8(ascii: "|")) {
                let text = String(decoding: line[cell...], as: UTF8.self)
                line.replaceSubrange(cell..., with: escaped(text).utf8)
            }
            line += " |".utf8
        }
        line.append(UInt8(ascii: "\n"))
    }
}

extension [UInt8] {
    fileprivate mutating func append(blanks count: Int) {
        for _ in 0..<Swift.max(0, count) { append(UInt8(ascii: " ")) }
    }

    fileprivate mutating func insert(blanks count: Int, at place: Int) {
        guard count > 0 else { return }
        insert(contentsOf: repeatElement(UInt8(ascii: " "), count: count), at: place)
    }
}

extension ArraySlice<UInt8> {
    /// What UTF-8 text takes in a terminal.
    fileprivate var columns: Int {
        allSatisfy { $0 < 0x80 } ? count : String(decoding: self, as: UTF8.self).columns
    }
}

private func padded(_ text: String, _ width: Int, right: Bool = false) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.columns))
    return right ? blanks + text : text + blanks
}

/// In one line, with no bar that would end a cell of Markdown.
func escaped(_ text: String) -> String {
    let line = text.oneLine
    return line.utf8.contains(UInt8(ascii: "|")) ? line.replacing("|", with: "\\|") : line
}

extension String {
    /// Broken between words into lines of at most some width, where the words let it, each behind some blanks.
    func wrapped(to width: Int, indent: Int = 0) -> String {
        var lines: [String] = []
        for word in split(separator: " ") {
            if let last = lines.last, indent + last.columns + 1 + String(word).columns <= width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines.map { String(repeating: " ", count: indent) + $0 }.joined(separator: "\n")
    }

    fileprivate var trimmedEnd: String {
        var rest = self[...]
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}

extension CaseSummary {
    /// The totals, and the columns with where their values come from.
    public func terminalText(width: Int) -> String {
        let labelWidth = (lines.map(\.label.columns).max() ?? 0) + 2
        let totals = lines.map { line -> String in
            let value = line.value.oneLine.wrapped(to: width, indent: labelWidth)
            return padded(line.label, labelWidth) + value.dropFirst(labelWidth) + "\n"
        }.joined()
        return "\(title)\n\n\(totals)\n\(columns.terminalText(width: width))"
    }
}

extension String {
    /// Columns that the text takes in a terminal: two for each wide letter of East Asia.
    var columns: Int {
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
        return unicodeScalars.reduce(0) { sum, scalar in
            switch scalar.value {
            case 0x300...0x36F, 0x200B...0x200D, 0xFE00...0xFE0F: sum
            case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
                0xFF00...0xFF60,
                0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
                sum + 2
            default: sum + 1
            }
        }
    }
}
