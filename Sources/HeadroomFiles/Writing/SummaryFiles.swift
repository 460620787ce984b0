public import Headroom

extension SentenceSummary {
    /// The sentences and a table, for a terminal.
    ///
    /// - Parameter picture: Lines that stand between them.
    public func writeTerminalText(
        _ table: Table, picture: [String] = [], _ style: TextStyle, to stream: inout some TextOutputStream
    ) {
        stream.write("\(style.heading(title))\n\(style.wrapped(subtitle))\n\n")
        for sentence in sentences { stream.write(style.wrapped(sentence) + "\n") }
        stream.write("\n")
        for line in picture { stream.write(style.paintingPatterns(of: line) + "\n") }
        if !picture.isEmpty { stream.write("\n") }
        table.writeTerminalText(style, to: &stream)
    }

    /// The same as Markdown.
    public func writeMarkdown(_ table: Table, to stream: inout some TextOutputStream) {
        stream.write("# \(escaped(title))\n\n\(escaped(subtitle))\n\n")
        for sentence in sentences { stream.write("- \(escaped(sentence))\n") }
        stream.write("\n")
        table.writeMarkdown(to: &stream)
    }
}

extension TextStyle {
    /// A line with its lines of dots, drawn of braille patterns, in the colour of pictures.
    fileprivate func paintingPatterns(of line: String) -> String {
        line.replacing(/[\u{2800}-\u{28FF}]+/) { painted(String($0.output), .picture) }
    }
}
