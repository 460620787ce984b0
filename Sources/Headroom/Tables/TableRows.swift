/// The rows of a table, given or worked out whenever they are looked at: a million regions are never held as cells.
public struct TableRows: RandomAccessCollection, Sendable {
    public let startIndex = 0
    public let endIndex: Int
    private let visit: @Sendable (Range<Int>, ([Table.Cell]) -> Void) -> Void

    /// - Parameter visit: Tells the cells of rows that stand together, counted from 0, in their order; the same
    ///   whenever it is asked.
    init(count: Int, visit: @escaping @Sendable (Range<Int>, ([Table.Cell]) -> Void) -> Void) {
        endIndex = count
        self.visit = visit
    }

    /// - Parameter row: The cells of a row, counted from 0.
    init(count: Int, row: @escaping @Sendable (Int) -> [Table.Cell]) {
        self.init(count: count) { range, tell in
            for position in range { tell(row(position)) }
        }
    }

    package init(_ rows: [[Table.Cell]]) {
        self.init(count: rows.count) { range, tell in rows[range].forEach(tell) }
    }

    public subscript(position: Int) -> [Table.Cell] {
        var cells: [Table.Cell] = []
        visit(position..<position + 1) { cells = $0 }
        return cells
    }

    /// Goes through rows that stand together: less work a row than one after the other.
    package func forEach(in range: Range<Int>, _ body: ([Table.Cell]) -> Void) { visit(range, body) }
}

extension TableRows: Equatable {
    public static func == (left: TableRows, right: TableRows) -> Bool { left.elementsEqual(right) }
}

extension TableRows: ExpressibleByArrayLiteral {
    public init(arrayLiteral rows: [Table.Cell]...) { self.init(rows) }
}
