/// A name that templates may use, with what stands behind it.
public struct TemplateName: Sendable {
    public enum Kind: Sendable {
        /// Words or figures, escaped for the format that is written.
        case text
        /// Text in the format that is written, for three braces: `{{{svg}}}`.
        case markup
        /// True or false, for sections.
        case flag
        /// Opened by a section, within which its names are known.
        case object([TemplateName])
        /// As an object, once for each item.
        case list([TemplateName])
    }

    public var name: String
    public var meaning: String
    public var kind: Kind

    init(_ name: String, _ meaning: String, _ kind: Kind) {
        self.name = name
        self.meaning = meaning
        self.kind = kind
    }

    /// The names within.
    public var names: [TemplateName] {
        switch kind {
        case .object(let names), .list(let names): names
        case .text, .markup, .flag: []
        }
    }
}

extension [TemplateName] {
    /// The names as a list to read, those within others further in.
    public func listing(indent: Int = 0) -> String {
        map { name in
            let tag =
                switch name.kind {
                case .text: "{{\(name.name)}}"
                case .markup: "{{{\(name.name)}}}"
                case .flag: "{{#\(name.name)}}…{{/\(name.name)}}"
                case .object: "{{#\(name.name)}}…{{/\(name.name)}}"
                case .list: "{{#\(name.name)}}…{{/\(name.name)}} (a list)"
                }
            return String(repeating: " ", count: indent) + "\(tag)  \(name.meaning)\n"
                + name.names.listing(indent: indent + 4)
        }.joined()
    }
}
