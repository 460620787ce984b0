/// A text in Markdown as part of a report.
enum SourcesMarkup {
    static func text(_ markdown: String, _ format: ReportFormat) -> String {
        switch format {
        case .html: "<pre class=\"sources\">\(escapedHTML(markdown))</pre>"
        case .markdown: markdown
        case .latex: escapedLaTeX(markdown)
        }
    }
}
