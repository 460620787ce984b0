extension String {
    /// Without blanks at both ends, the no-break space of spreadsheets included.
    var trimmed: String {
        func isBlank(_ character: Character) -> Bool {
            character == " " || character == "\t" || character == "\u{A0}"
        }
        var rest = drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return String(rest)
    }

    /// The text of a cell, trimmed.
    init(trimming cell: RecordScanner.Cell, in scanner: RecordScanner) {
        let content = scanner.content(of: cell)
        // A blank at an end shows in the byte there: that of the no-break space is its first or last one.
        func mayBeBlank(_ byte: UInt8?) -> Bool {
            byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == 0xC2 || byte == 0xA0
        }
        let mayBePadded = mayBeBlank(content.first) || mayBeBlank(content.last)
        let text = scanner.text(of: cell)
        self = mayBePadded ? text.trimmed : text
    }

    /// A cell or value for a message: one short line, in quotes.
    var shown: String {
        let line = split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return line.count > 40 ? "“\(line.prefix(40))…”" : "“\(line)”"
    }
}
