/// What the cells of a column come to, as far as its layout depends on it.
package struct ColumnExtent: Equatable, Sendable {
    /// The lowest number, at most 0.
    package private(set) var least = 0.0
    /// The highest number, at least 0.
    package private(set) var greatest = 0.0
    package private(set) var hasNumbers = false
    package private(set) var hasUndefined = false
    /// Of the widest text.
    package private(set) var textWidth = 0

    package init() {}

    /// The largest magnitude.
    package var largest: Double { max(-least, greatest) }

    /// - Parameter width: What a text takes.
    package mutating func enter(_ cell: Table.Cell, width: (String) -> Int) {
        switch cell {
        case .text(let text): textWidth = max(textWidth, width(text))
        case .number(let value?):
            hasNumbers = true
            least = min(least, value)
            greatest = max(greatest, value)
        case .number(nil): hasUndefined = true
        }
    }

    fileprivate mutating func enter(_ other: ColumnExtent) {
        least = min(least, other.least)
        greatest = max(greatest, other.greatest)
        hasNumbers = hasNumbers || other.hasNumbers
        hasUndefined = hasUndefined || other.hasUndefined
        textWidth = max(textWidth, other.textWidth)
    }
}

extension Table {
    /// The extent of each column, its total left out. O(cells), on all threads.
    ///
    /// - Parameter width: What a text takes.
    package func extents(width: @Sendable (String) -> Int) -> [ColumnExtent] {
        let none = columns.map { _ in ColumnExtent() }
        let pieces = concurrentMap(RowPieces.count(of: rows.count), threads: RowPieces.threads) { piece in
            var extents = none
            rows.forEach(in: RowPieces.rows(of: piece, of: rows.count)) { row in
                for (column, cell) in row.enumerated() { extents[column].enter(cell, width: width) }
            }
            return extents
        }
        return pieces.reduce(into: none) { extents, piece in
            for (column, extent) in piece.enumerated() { extents[column].enter(extent) }
        }
    }

    /// The columns that people are shown: those with a priority that hold anything but zeros.
    public var columnsForPeople: [Int] { columnsForPeople(extents { _ in 0 }) }

    package func columnsForPeople(_ extents: [ColumnExtent]) -> [Int] {
        columns.indices.filter { index in
            guard let priority = columns[index].priority else { return false }
            return priority == 0 || columns[index].quantity == nil || extents[index].largest != 0
        }
    }
}
