/// The rows of a table, given or worked out whenever they are looked at: a million regions are never held as cells.
public struct TableRows: RandomAccessCollection, Sendable {
    public let startIndex = 0
    public let endIndex: Int
    private let row: @Sendable (Int) -> [Table.Cell]

    /// - Parameter row: The cells of a row, counted from 0; the same whenever it is asked.
    init(count: Int, row: @escaping @Sendable (Int) -> [Table.Cell]) {
        endIndex = count
        self.row = row
    }

    init(_ rows: [[Table.Cell]]) { self.init(count: rows.count) { rows[$0] } }

    public subscript(position: Int) -> [Table.Cell] { row(position) }
}

extension TableRows: Equatable {
    public static func == (left: TableRows, right: TableRows) -> Bool { left.elementsEqual(right) }
}

extension TableRows: ExpressibleByArrayLiteral {
    public init(arrayLiteral rows: [Table.Cell]...) { self.init(rows) }
}
