internal import Headroom
internal import HeadroomFiles
internal import Mustache

/// A mustache template that a report is written through; all of its names are known ones.
public struct ReportTemplate: Sendable {
    public let format: ReportFormat
    private let template: MustacheTemplate

    /// Reads a template of the user's.
    ///
    /// - Throws: `UnreadableFile`, or `InvalidFiles` with every problem of the template.
    public init(path: String, format: ReportFormat) throws {
        let file = try InputFile(path: path)
        guard let text = file.text else {
            throw InvalidFiles(diagnostics: [Diagnostic(.error, SourceLocation(path), file.faultOfText)])
        }
        try self.init(text: text, path: path, format: format)
    }

    /// The template that Headroom brings along.
    ///
    /// - Throws: `InvalidFiles` where it has a problem, which a test sees to.
    public init(builtIn format: ReportFormat) throws {
        try self.init(text: format.builtInTemplate, path: "the built-in template", format: format)
    }

    init(text: String, path: String, format: ReportFormat) throws {
        let check = TemplateCheck(text, path: path, names: Report.names)
        guard check.diagnostics.isEmpty else { throw InvalidFiles(diagnostics: check.diagnostics) }
        self.format = format
        do {
            template = try MustacheTemplate(string: format.pragma + text)
        } catch let error as MustacheTemplate.ParserError {
            // The line of the pragma is none of the template's.
            let place = SourceLocation(
                path, line: max(1, error.context.lineNumber - 1), column: error.context.columnNumber)
            throw InvalidFiles(diagnostics: [
                Diagnostic(.error, place, "the template cannot be read: \(error.error)")
            ])
        }
    }

    /// Writes a report through the template.
    public func text(of report: Report) -> String {
        template.render(ReportFields(format: format).report.scope(of: report))
    }
}
