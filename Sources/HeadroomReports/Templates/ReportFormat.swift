internal import HeadroomFiles
internal import Mustache

/// A format that reports are written in.
public enum ReportFormat: String, CaseIterable, Sendable {
    case html, markdown, latex

    /// The same text where none of its characters has a meaning in the format.
    func escaped(_ text: String) -> String {
        switch self {
        case .html: escapedHTML(text)
        case .markdown: escapedMarkdown(text)
        case .latex: text.escapedForLaTeX
        }
    }

    /// The line that has swift-mustache escape in this format whatever a template's name.
    ///
    /// Its own HTML goes by characters and lets a quotation mark pass that a combining accent stands behind.
    var pragma: String {
        let name = "HEADROOM-\(rawValue)"
        MustacheContentTypes.register(Escaping(format: self), named: name)
        return "{{% CONTENT_TYPE: \(name)}}\n"
    }
}

private struct Escaping: MustacheContentType {
    let format: ReportFormat

    func escapeText(_ text: String) -> String { format.escaped(text) }
}
