/// Rows and columns of figures with their units, before any format.
public struct Table: Equatable, Sendable {
    /// What a column's numbers count.
    public enum Quantity: Equatable, Sendable {
        case money, capacity, users, share, count
        /// Money for a unit of money.
        case price
        /// Something else for a unit of money, which may be very small.
        case rate
    }

    public enum Role: Equatable, Sendable {
        case figure
        /// Figures of the row, drawn of characters.
        case picture
        /// Why there is no more.
        case reason
    }

    public enum Cell: Equatable, Sendable {
        case text(String)
        /// Nil where the figure is undefined.
        case number(Double?)
    }

    public struct Column: Equatable, Sendable {
        /// The header for programs, as in the JSON result.
        public var key: String
        /// The header for people.
        public var title: String
        /// Nil for text.
        public var quantity: Quantity?
        /// Where the width is short, columns of higher numbers go first, those of one number together; nil: for
        /// programs only.
        public var priority: Int?
        /// What its cells are besides text and numbers.
        public var role = Role.figure

        public init(_ key: String, _ title: String, _ quantity: Quantity? = nil, priority: Int?) {
            self.key = key
            self.title = title
            self.quantity = quantity
            self.priority = priority
        }
    }

    public var columns: [Column]
    public var rows: TableRows
    /// The row below, in formats for people.
    public var total: [Cell]?
    public var currency: String
    public var capacityUnit: String

    /// For places where figures are drawn by better means than characters.
    package var withoutPictures: Table {
        let kept = columns.indices.filter { columns[$0].role != .picture }
        guard kept.count < columns.count else { return self }
        let rows = rows
        return Table(
            columns: kept.map { columns[$0] },
            rows: TableRows(count: rows.count) { range, tell in
                rows.forEach(in: range) { row in tell(kept.map { row[$0] }) }
            },
            total: total.map { total in kept.map { total[$0] } }, currency: currency,
            capacityUnit: capacityUnit)
    }

    package init(
        columns: [Column], rows: TableRows, total: [Cell]?, currency: String, capacityUnit: String
    ) {
        self.columns = columns
        self.rows = rows
        self.total = total
        self.currency = currency
        self.capacityUnit = capacityUnit
    }
}
