/// A cell and how it looks.
public struct Cell: Equatable, Sendable {
    public enum Content: Equatable, Sendable {
        case nothing
        /// Whatever it begins with, it is no formula.
        case text(String)
        /// Finite.
        case number(Double)
        /// With what it comes to, for readers that do not work it out.
        case formula(String, value: Double)
    }

    public var content: Content
    public var style: CellStyle

    static func text(_ text: String, _ style: CellStyle = CellStyle()) -> Cell {
        Cell(content: text.isEmpty ? .nothing : .text(text), style: style)
    }

    /// - Parameter number: Nothing where it is nil or not finite.
    static func number(_ number: Double?, _ style: CellStyle) -> Cell {
        Cell(content: number.flatMap { $0.isFinite ? .number($0) : nil } ?? .nothing, style: style)
    }
}

/// How a cell looks.
public struct CellStyle: Hashable, Sendable {
    public enum Role: Hashable, Sendable {
        case plain
        /// Of a whole sheet.
        case title
        /// Above what belongs together.
        case heading
        /// The name of a column.
        case header
        /// Below what is summed up.
        case total
    }

    public var role = Role.plain
    /// In the codes of spreadsheets, such as `#,##0`; nil shows a number as the program likes.
    public var numberFormat: String?
    public var wraps = false
    public var isRight = false
    /// Whether a text keeps away from the number on its left.
    public var isIndented = false

    public init(
        _ role: Role = .plain, numberFormat: String? = nil, wraps: Bool = false, isRight: Bool = false,
        isIndented: Bool = false
    ) {
        self.isIndented = isIndented
        self.role = role
        self.numberFormat = numberFormat
        self.wraps = wraps
        self.isRight = isRight
    }
}
