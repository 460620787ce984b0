internal import CCommonMark
internal import Foundation

/// A text in Markdown as part of a report.
enum SourcesMarkup {
    /// - Returns: Markup of the format: headings two levels down, so that they stand below the report's own; no HTML of
    ///   the text's author.
    static func text(_ markdown: String, _ format: ReportFormat) -> String {
        switch format {
        case .html: rendered(markdown, CCOMMONMARK_HTML)
        case .markdown: markdown
        case .latex: rendered(markdown, CCOMMONMARK_LATEX)
        }
    }

    private static func rendered(_ markdown: String, _ format: ccommonmark_format) -> String {
        // What XML does not allow is left out.
        let allowed = String(
            String.UnicodeScalarView(
                markdown.unicodeScalars.filter {
                    $0 >= " " && $0 != "\u{FFFE}" && $0 != "\u{FFFF}" || "\n\r\t".unicodeScalars.contains($0)
                }))
        let text = allowed.utf8CString.withUnsafeBufferPointer { bytes in
            ccommonmark_render(bytes.baseAddress, bytes.count - 1, format, 2)
        }
        // Nothing but want of memory leaves no text, and that ends a Swift program wherever it comes.
        guard let text else { fatalError("out of memory while SOURCES.md is set") }
        defer { free(text) }
        return String(cString: text)
    }
}
