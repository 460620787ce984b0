public import Headroom

extension SectionedText {
    /// Writes the sections for a terminal of some width.
    public func writeTerminalText(width: Int, to stream: inout some TextOutputStream) {
        stream.write("\(title.oneLine.wrapped(to: width))\n")
        for section in sections {
            stream.write("\n\(section.title.oneLine.wrapped(to: width)):\n")
            for sentence in section.sentences {
                stream.write("- " + sentence.oneLine.wrapped(to: width, indent: 2).dropFirst(2) + "\n")
            }
            guard let table = section.table else { continue }
            stream.write((section.sentences.isEmpty ? "" : "\n") + table.terminalText(width: width))
        }
    }

    /// Writes the sections as Markdown.
    public func writeMarkdown(to stream: inout some TextOutputStream) {
        stream.write("# \(escaped(title))\n")
        for section in sections {
            stream.write("\n## \(escaped(section.title))\n\n")
            for sentence in section.sentences { stream.write("- \(escaped(sentence))\n") }
            guard let table = section.table else { continue }
            stream.write((section.sentences.isEmpty ? "" : "\n") + table.markdown)
        }
    }
}
