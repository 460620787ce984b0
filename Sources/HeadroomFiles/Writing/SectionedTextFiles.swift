public import Headroom

extension SectionedText {
    /// Writes the sections for a terminal.
    public func writeTerminalText(_ style: TextStyle, to stream: inout some TextOutputStream) {
        stream.write(style.heading(title) + "\n")
        for section in sections {
            stream.write("\n" + style.heading("\(section.title):") + "\n")
            for sentence in section.sentences {
                stream.write(style.item("- ", sentence))
            }
            guard let table = section.table else { continue }
            stream.write((section.sentences.isEmpty ? "" : "\n") + table.terminalText(style))
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

    /// Writes the tables as LaTeX to `\input`, each below its title; what is said in words stands in comments.
    public func writeLaTeX(to stream: inout some TextOutputStream) {
        stream.write("% \(title.oneLine)\n")
        for section in sections {
            stream.write("\n% \(section.title.oneLine):\n")
            for sentence in section.sentences { stream.write("% - \(sentence.oneLine)\n") }
            guard let table = section.table else { continue }
            stream.write("\\noindent\\textbf{\(section.title.escapedForLaTeX)}\\par\\medskip\n")
            table.writeLaTeX(to: &stream)
            stream.write("\\par\\bigskip\n")
        }
    }
}
