extension String {
    /// Without blanks at both ends, the no-break space of spreadsheets included.
    var trimmed: String {
        let blanks: Set<Character> = [" ", "\t", "\u{A0}"]
        return String(drop { blanks.contains($0) }.reversed().drop { blanks.contains($0) }.reversed())
    }

    /// A cell or value for a message: one short line, in quotes.
    var shown: String {
        let line = split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return line.count > 40 ? "“\(line.prefix(40))…”" : "“\(line)”"
    }
}
