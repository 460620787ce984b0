/// How text for people looks where it is read.
public struct TextStyle: Equatable, Sendable {
    /// Columns that a line has.
    public var width: Int

    /// Of CSV.
    public var dialect = CSVDialect()

    public init(width: Int) { self.width = width }

    /// In files and pipes: the same wherever it is made.
    public static let file = TextStyle(width: 120)
}
