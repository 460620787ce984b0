public import Headroom

extension SentenceSummary {
    /// The sentences and a table, for a terminal of some width.
    public func writeTerminalText(_ table: Table, width: Int, to stream: inout some TextOutputStream) {
        stream.write("\(title.oneLine.wrapped(to: width))\n\(subtitle.oneLine.wrapped(to: width))\n\n")
        for sentence in sentences { stream.write(sentence.oneLine.wrapped(to: width) + "\n") }
        stream.write("\n")
        table.writeTerminalText(width: width, to: &stream)
    }

    /// The same as Markdown.
    public func writeMarkdown(_ table: Table, to stream: inout some TextOutputStream) {
        stream.write("# \(escaped(title))\n\n\(escaped(subtitle))\n\n")
        for sentence in sentences { stream.write("- \(escaped(sentence))\n") }
        stream.write("\n")
        table.writeMarkdown(to: &stream)
    }
}
