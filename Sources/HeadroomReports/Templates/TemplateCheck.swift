internal import Headroom
internal import HeadroomFiles

/// Holds the names of a template against those that there are: swift-mustache writes nothing for a name it does not
/// find, and a misspelt figure must not go missing in silence.
struct TemplateCheck {
    private(set) var diagnostics: [Diagnostic] = []

    private let path: String
    private var sections: [Section] = []
    /// The names known at a place, the innermost scope last.
    private var scopes: [Scope]

    /// The parser works by recursion.
    private static let deepest = 100

    private struct Scope {
        /// What is open; nil for the whole report.
        var name: String?
        var names: [TemplateName]
    }

    private struct Section {
        var tag: TemplateTag
        var hasScope: Bool
    }

    init(_ text: String, path: String, names: [TemplateName]) {
        self.path = path
        scopes = [Scope(name: nil, names: names)]
        var scanner = TemplateScanner(text)
        do {
            while let tag = try scanner.next() {
                guard sections.count < Self.deepest else {
                    report(tag, "more than \(Self.deepest) sections are open")
                    return
                }
                check(tag)
            }
        } catch {
            let place = SourceLocation(path, line: error.line, column: error.column)
            diagnostics.append(Diagnostic(.error, place, error.message))
            return
        }
        for section in sections {
            report(
                section.tag,
                "the section `\(section.tag.text)` is not closed, expected {{/\(section.tag.text)}}")
        }
    }

    private mutating func report(_ tag: TemplateTag, _ message: String) {
        diagnostics.append(
            Diagnostic(.error, SourceLocation(path, line: tag.line, column: tag.column), message))
    }

    private mutating func check(_ tag: TemplateTag) {
        switch tag.kind {
        case .value, .unescaped: checkValue(tag)
        case .section: open(tag, isInverted: false)
        case .inverted: open(tag, isInverted: true)
        case .close: closeSection(tag)
        case .other(let sigil):
            report(tag, "{{\(sigil)\(tag.name)}} takes in another template, expected all of it in one file")
        }
    }

    // MARK: Sections

    private mutating func open(_ tag: TemplateTag, isInverted: Bool) {
        let kind = kind(of: tag)
        var scope: Scope?
        if !isInverted {
            switch kind {
            case .found(.object(let names)), .found(.list(let names)):
                scope = Scope(name: tag.name, names: names)
            case .found(.text), .found(.markup): scope = Scope(name: tag.name, names: [])
            case .found(.flag), .unknown: break
            }
        }
        if let scope { scopes.append(scope) }
        sections.append(Section(tag: tag, hasScope: scope != nil))
    }

    private mutating func closeSection(_ tag: TemplateTag) {
        guard let section = sections.last else {
            return report(tag, "{{/\(tag.text)}} closes a section that is not open")
        }
        if section.tag.text != tag.text {
            report(
                tag,
                "{{/\(tag.text)}} stands where `\(section.tag.text)` of line \(section.tag.line) is open, expected "
                    + "{{/\(section.tag.text)}}")
        }
        sections.removeLast()
        if section.hasScope { scopes.removeLast() }
    }

    // MARK: Names

    private enum Found {
        case found(TemplateName.Kind)
        /// It is said already.
        case unknown
    }

    private mutating func checkValue(_ tag: TemplateTag) {
        guard case .found(let kind) = kind(of: tag) else { return }
        switch kind {
        case .text: break
        case .markup:
            if tag.kind == .value { report(tag, "`\(tag.name)` is markup, expected {{{\(tag.name)}}}") }
        case .flag:
            report(tag, "`\(tag.name)` is a flag, expected a section: {{#\(tag.name)}}…{{/\(tag.name)}}")
        case .object, .list:
            let what = if case .list = kind { "a list" } else { "a group of names" }
            report(tag, "`\(tag.name)` is \(what), expected a section: {{#\(tag.name)}}…{{/\(tag.name)}}")
        }
    }

    /// What a tag stands for, its transforms applied.
    private mutating func kind(of tag: TemplateTag) -> Found {
        if tag.name.isEmpty { return placeInList(tag) }
        guard case .found(var kind) = untransformed(tag) else { return .unknown }
        for transform in tag.transforms.reversed() {
            guard let next = Self.kind(of: kind, after: transform) else {
                report(tag, "`\(transform)` is no transform of `\(tag.name)`")
                return .unknown
            }
            kind = next
        }
        return .found(kind)
    }

    /// `{{^last()}}, {{/last()}}` and the like.
    private mutating func placeInList(_ tag: TemplateTag) -> Found {
        guard let word = tag.transforms.first, tag.transforms.count == 1 else {
            report(tag, "`\(tag.text)` has no name")
            return .unknown
        }
        switch word {
        case "first", "last", "even", "odd": return .found(.flag)
        case "index": return .found(.text)
        default:
            report(tag, "`\(tag.text)` is unknown, expected one of first(), last(), even(), odd(), index()")
            return .unknown
        }
    }

    private static func kind(of kind: TemplateName.Kind, after transform: String) -> TemplateName.Kind? {
        switch (kind, transform) {
        case (.text, "capitalized"), (.text, "lowercased"), (.text, "uppercased"), (.text, "reversed"): .text
        case (.text, "empty"), (.list, "empty"): .flag
        case (.list, "count"): .text
        case (.list(let names), "reversed"): .list(names)
        case (.list(let names), "first"), (.list(let names), "last"): .object(names)
        default: nil
        }
    }

    private mutating func untransformed(_ tag: TemplateTag) -> Found {
        if tag.name == "." { return .found(.text) }
        let parts = tag.name.split(separator: ".").map(String.init)
        let isLocal = tag.name.hasPrefix(".")
        let searched = isLocal ? scopes.suffix(1) : scopes[...]
        let first = searched.lazy.reversed().compactMap { scope in
            scope.names.first { $0.name == parts.first }
        }.first
        guard var name = first, let start = parts.first else {
            report(unknown: parts.first ?? tag.name, tag, among: scopes.last)
            return .unknown
        }
        var path = start
        for part in parts.dropFirst() {
            guard let inner = name.names.first(where: { $0.name == part }), case .object = name.kind else {
                if case .list = name.kind {
                    report(
                        tag, "`\(path)` is a list, expected a section: {{#\(path)}}{{\(part)}}{{/\(path)}}")
                } else {
                    report(unknown: part, tag, among: Scope(name: path, names: name.names))
                }
                return .unknown
            }
            name = inner
            path += ".\(part)"
        }
        return .found(name.kind)
    }

    private mutating func report(unknown name: String, _ tag: TemplateTag, among scope: Scope?) {
        let near = scope?.names.map(\.name) ?? []
        let all = scopes.flatMap { $0.names.map(\.name) }
        let place = scope?.name.map { " in `\($0)`" } ?? ""
        let hint =
            closestName(to: name, among: near + all).map { "did you mean `\($0)`?" }
            ?? (near.isEmpty ? "it has no names within" : "expected one of \(near.joined(separator: ", "))")
        report(tag, "unknown name `\(name)`\(place); \(hint)")
    }
}
