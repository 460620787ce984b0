extension ReportFormat {
    /// The template that a report is written through where the user brings none: text, and a start for their own.
    public var builtInTemplate: String {
        switch self {
        case .html: htmlTemplate
        case .markdown: markdownTemplate
        case .latex: latexTemplate
        }
    }
}
