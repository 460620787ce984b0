/// A text for people, section by section.
public protocol SectionedText: Sendable {
    var title: String { get }
    var sections: [TextSection] { get }
}

/// Sentences under a heading, and a table below them.
public struct TextSection: Sendable {
    public var title: String
    public var sentences: [String]
    public var table: Table?

    var isEmpty: Bool { sentences.isEmpty && table?.rows.isEmpty ?? true }
}
