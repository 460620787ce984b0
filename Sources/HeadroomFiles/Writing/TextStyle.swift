/// How text for people looks where it is read.
public struct TextStyle: Equatable, Sendable {
    /// Columns that a line has.
    public var width: Int

    /// Whether a person watches: small pictures stand beside figures, and no line is wider than the window.
    public var isTerminal = false

    /// Whether a terminal's codes for colours are written.
    public var hasColours = false

    /// Of CSV.
    public var dialect = CSVDialect()

    public init(width: Int) { self.width = width }

    /// In files and pipes: the same wherever it is made.
    public static let file = TextStyle(width: 120)
}

extension TextStyle {
    /// What a piece of text is, as far as colours tell it.
    public enum Part: Sendable {
        /// Of a text, a section or a column.
        case heading
        /// Figures drawn of characters.
        case picture
        /// What is said beside the result.
        case note
        /// What holds a plan back.
        case limit
        case warning, error

        /// Of "select graphic rendition", ECMA-48: colours that light and dark windows show.
        fileprivate var code: Int {
            switch self {
            case .heading: 1
            case .picture: 36
            case .note: 2
            case .limit, .warning: 33
            case .error: 31
            }
        }
    }

    /// A text in the colour of what it is.
    public func painted(_ text: String, _ part: Part) -> String {
        hasColours && !text.isEmpty ? "\u{1B}[\(part.code)m\(text)\u{1B}[0m" : text
    }
}
