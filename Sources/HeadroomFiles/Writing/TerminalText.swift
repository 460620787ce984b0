public import Headroom

extension Plan {
    /// The summary and a table, for a terminal.
    public func terminalText(_ table: Table, _ style: TextStyle) -> String {
        var text = ""
        writeTerminalText(table, style, to: &text)
        return text
    }

    /// Writes what `terminalText` is, without having it whole.
    public func writeTerminalText(_ table: Table, _ style: TextStyle, to stream: inout some TextOutputStream)
    {
        stream.write(PlanSummary(self).terminalText(style) + "\n")
        table.writeTerminalText(style, to: &stream)
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
    fileprivate func terminalText(_ style: TextStyle) -> String {
        let labelWidth = (lines.map(\.label.columns).max() ?? 0) + 2
        let leftWidth = max(10, lines.map(\.doNothing.columns).max() ?? 0)
        let rightWidth = max(4, lines.map(\.plan.columns).max() ?? 0)
        var text = "\(style.heading(title))\n\(style.wrapped(subtitle))\n\n"
        let heading = padded("", labelWidth) + padded("do nothing", leftWidth, right: true)
        text += style.painted(heading + "  " + padded("plan", rightWidth, right: true), .heading) + "\n"
        for line in lines {
            let figures =
                padded(line.label, labelWidth) + padded(line.doNothing, leftWidth, right: true) + "  "
                + padded(line.plan, rightWidth, right: true)
            text += figures
            if !line.remark.isEmpty {
                // What does not fit beside the figures stands below them.
                let fits = figures.columns + 2 + line.remark.columns <= style.width
                text += fits ? "  \(line.remark)" : "\n" + style.wrapped(line.remark, indent: labelWidth)
            }
            text += "\n"
        }
        if !remarks.isEmpty {
            text += "\n" + remarks.map { style.wrapped($0) }.joined(separator: "\n") + "\n"
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
    public func terminalText(_ style: TextStyle) -> String {
        var text = ""
        writeTerminalText(style, to: &text)
        return text
    }

    func writeTerminalText(_ style: TextStyle, to stream: inout some TextOutputStream) {
        var people = PeopleTable(self)
        let leftOut = people.narrow(to: style.width)
        if style.isTerminal { people.shorten(to: style.width) }
        people.writeTerminalText(style, to: &stream)
        var notes = [people.roundingNote].compactMap(\.self)
        if !leftOut.isEmpty {
            notes.append("Left out for want of width: \(leftOut.joined(separator: ", ")).")
        }
        for note in notes { stream.write(style.painted(style.wrapped(note), .note) + "\n") }
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
    fileprivate func writeTerminalText(_ style: TextStyle, to stream: inout some TextOutputStream) {
        func line(_ cells: [String]) -> String {
            let texts = cells.indices.map { padded(cells[$0], widths[$0], right: isNumber[$0]) }
            return texts.joined(separator: "  ").trimmedEnd
        }
        stream.write(style.painted(line(titles), .heading) + "\n")
        if units.contains(where: { !$0.isEmpty }) { stream.write(style.painted(line(units), .note) + "\n") }
        forEachPiece({ $0.appendTerminalText($1, style, to: &$2) }, { stream.write($0) })
        if let total {
            let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
            let cells = total.indices.map { place in
                let part = part(place, ArraySlice(total[place].utf8))
                let blanks = String(repeating: " ", count: max(0, widths[place] - total[place].columns))
                let text = style.painted(total[place], part ?? .heading)
                return isNumber[place] ? blanks + text : text + blanks
            }
            stream.write(style.painted(rule, .note) + "\n" + cells.joined(separator: "  ").trimmedEnd + "\n")
        }
    }

    /// A line of padded cells, nothing behind the last.
    private func appendTerminalText(_ row: [Table.Cell], _ style: TextStyle, to line: inout [UInt8]) {
        let start = line.count
        for place in columns.indices {
            if place > 0 { line.append(blanks: 2) }
            let cell = line.count
            append(row, place, to: &line)
            let missing = widths[place] - line[cell...].columns
            if style.hasColours, let part = part(place, line[cell...]) {
                let text = String(decoding: line[cell...], as: UTF8.self)
                line.replaceSubrange(cell..., with: style.painted(text, part).utf8)
            }
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

extension TextStyle {
    /// Text in lines of its width, where the words let it, each behind some blanks.
    func wrapped(_ text: String, indent: Int = 0) -> String {
        var lines: [String] = []
        for word in text.oneLine.split(separator: " ") {
            for (place, piece) in word.unbreakablePieces.enumerated() {
                let blank = place == 0 ? " " : ""
                if let last = lines.last, indent + last.columns + blank.count + piece.columns <= width {
                    lines[lines.count - 1] += blank + piece
                } else {
                    lines.append(piece)
                }
            }
        }
        return lines.map { String(repeating: " ", count: indent) + $0 }.joined(separator: "\n")
    }

    func heading(_ text: String) -> String { painted(wrapped(text), .heading) }

    /// A line of a list, or as many as it takes, behind a mark.
    func item(_ mark: String, _ text: String) -> String {
        mark + wrapped(text, indent: mark.count).dropFirst(mark.count) + "\n"
    }
}

extension Substring {
    /// What a line may not end within: the writing of East Asia is broken between any two of its letters.
    fileprivate var unbreakablePieces: [String] {
        var pieces: [String] = []
        for letter in self {
            if letter.isWide || pieces.last?.last?.isWide ?? true {
                pieces.append(String(letter))
            } else {
                pieces[pieces.count - 1].append(letter)
            }
        }
        return pieces
    }
}

extension Character {
    fileprivate var isWide: Bool { unicodeScalars.first?.columns == 2 }
}

extension String {
    fileprivate var trimmedEnd: String {
        var rest = self[...]
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}

extension CaseSummary {
    /// The totals, and the columns with where their values come from.
    public func terminalText(_ style: TextStyle) -> String {
        let labelWidth = (lines.map(\.label.columns).max() ?? 0) + 2
        let totals = lines.map { line -> String in
            let value = style.wrapped(line.value, indent: labelWidth)
            return padded(line.label, labelWidth) + value.dropFirst(labelWidth) + "\n"
        }.joined()
        return "\(style.heading(title))\n\n\(totals)\n\(columns.terminalText(style))"
    }
}
