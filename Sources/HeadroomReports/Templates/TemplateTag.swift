internal import HeadroomFiles

/// A tag of a mustache template with the place it stands at.
struct TemplateTag: Equatable {
    enum Kind: Equatable {
        /// `{{name}}`, escaped for the format that is written.
        case value
        /// `{{{name}}}` or `{{&name}}`, written as it is.
        case unescaped
        /// `{{#name}}`
        case section
        /// `{{^name}}`
        case inverted
        /// `{{/name}}`
        case close
        /// `{{>name}}` and the tags of inheritance, `{{<name}}` and `{{$name}}`.
        case other(Character)
    }

    var kind: Kind
    var name: String
    /// What is done to the value, outermost first: `count` in `{{count(regions)}}`.
    var transforms: [String]
    /// Both count from 1.
    var line: Int
    var column: Int

    /// The name with its transforms, as it stands in the template.
    var text: String { transforms.reversed().reduce(name) { "\($1)(\($0))" } }
}

/// Steps through the tags of a template; comments, pragmas and changes of the delimiters are passed over.
struct TemplateScanner {
    /// What keeps a template from being read on.
    struct Fault: Error, Equatable {
        var line: Int
        var column: Int
        var message: String
    }

    private let characters: [Character]
    private var position = 0
    private var line = 1
    private var lineStart = 0
    private var open: [Character] = ["{", "{"]
    private var close: [Character] = ["}", "}"]

    init(_ text: String) { characters = Array(text) }

    /// - Returns: Nil at the end of the template.
    /// - Throws: `Fault` where a tag does not end, or has no name.
    mutating func next() throws(Fault) -> TemplateTag? {
        while position < characters.count {
            guard stands(open) else {
                advance()
                continue
            }
            if let tag = try tag() { return tag }
        }
        return nil
    }

    private func stands(_ delimiter: [Character]) -> Bool {
        characters[position...].starts(with: delimiter)
    }

    private mutating func advance(by count: Int = 1) {
        for _ in 0..<count {
            if characters[position].isNewline {
                line += 1
                lineStart = position + 1
            }
            position += 1
        }
    }

    /// - Returns: Nil for what names nothing.
    private mutating func tag() throws(Fault) -> TemplateTag? {
        let start = (line: line, column: position - lineStart + 1)
        func fault(_ message: String) -> Fault {
            Fault(line: start.line, column: start.column, message: message)
        }
        advance(by: open.count)
        let sigil = position < characters.count ? characters[position] : " "
        if sigil == "{" { return try finished(.unescaped, start, end: ["}"] + close, skip: 1) }
        switch sigil {
        case "&": return try finished(.unescaped, start, end: close, skip: 1)
        case "#": return try finished(.section, start, end: close, skip: 1)
        case "^": return try finished(.inverted, start, end: close, skip: 1)
        case "/": return try finished(.close, start, end: close, skip: 1)
        case ">", "<", "$": return try finished(.other(sigil), start, end: close, skip: 1)
        case "!", "%":
            guard content(until: close) != nil else { throw fault("the tag does not end") }
            return nil
        case "=":
            guard let text = content(until: ["="] + close) else { throw fault("the tag does not end") }
            let parts = text.dropFirst().split(whereSeparator: \.isWhitespace)
            guard parts.count == 2 else { throw fault("expected two delimiters, such as {{=<% %>=}}") }
            (open, close) = (Array(parts[0]), Array(parts[1]))
            return nil
        default: return try finished(.value, start, end: close, skip: 0)
        }
    }

    /// What stands before an end, which is passed; nil where there is none.
    private mutating func content(until end: [Character]) -> String? {
        let start = position
        while position < characters.count {
            if stands(end) {
                defer { advance(by: end.count) }
                return String(characters[start..<position])
            }
            advance()
        }
        return nil
    }

    private mutating func finished(
        _ kind: TemplateTag.Kind, _ start: (line: Int, column: Int), end: [Character], skip: Int
    ) throws(Fault) -> TemplateTag {
        guard let content = content(until: end) else {
            let expected = String(end)
            throw Fault(
                line: start.line, column: start.column, message: "the tag does not end, expected \(expected)")
        }
        var name = content.dropFirst(skip).trimming(while: \.isWhitespace)
        var transforms: [String] = []
        while name.last == ")", let bracket = name.firstIndex(of: "(") {
            transforms.append(String(name[..<bracket]))
            name = name[name.index(after: bracket)...].dropLast()
        }
        guard !name.isEmpty || !transforms.isEmpty, !name.contains(where: \.isWhitespace) else {
            throw Fault(
                line: start.line, column: start.column,
                message: name.isEmpty
                    ? "the tag has no name" : "the tag's name is “\(name)”, expected one word"
            )
        }
        return TemplateTag(
            kind: kind, name: String(name), transforms: transforms, line: start.line, column: start.column)
    }
}

extension Substring {
    fileprivate func trimming(while isTrimmed: (Character) -> Bool) -> Substring {
        var rest = drop(while: isTrimmed)
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}
