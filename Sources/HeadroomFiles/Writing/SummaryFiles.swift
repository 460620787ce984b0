public import Headroom

extension SentenceSummary {
    /// The sentences and a table, for a terminal.
    public func writeTerminalText(_ table: Table, _ style: TextStyle, to stream: inout some TextOutputStream)
    {
        stream.write("\(style.heading(title))\n\(style.wrapped(subtitle))\n\n")
        for sentence in sentences { stream.write(style.wrapped(sentence) + "\n") }
        stream.write("\n")
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
