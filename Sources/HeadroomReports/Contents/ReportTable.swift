internal import Headroom
internal import HeadroomCharts
internal import HeadroomFiles

/// A table of a report: its texts rounded for people, its numbers beside them at full precision.
struct ReportTable: Sendable {
    struct Column: Sendable {
        var title: String
        var unit = ""
        var isNumber = false
    }

    struct Cell: Sendable {
        var text: String
        /// Nil for words and undefined figures.
        var number: Double?
        var isNumber = false
        /// Whether it names the row.
        var isHeading = false
    }

    struct Group: Sendable {
        var title: String
        var rows: [[Cell]]
    }

    var caption: String
    var columns: [Column]
    var groups: [Group]
    var total: [Cell] = []
    var note = ""
    /// Whether people may want it in another order.
    var isSortable = false
    /// Whether it is there for those who look closer.
    var isFolded = false

    /// - Parameter groups: Titles and their rows; all rows without a title where there are none.
    init(_ caption: String, _ table: Table, groups: [AllocationExtract.Group] = []) {
        self.caption = caption
        let table = table.withoutPictures
        let people = PeopleTable(table)
        columns = zip(people.titles, zip(people.units, people.isNumber)).map {
            Column(title: $0, unit: $1.0, isNumber: $1.1)
        }
        let whole = [AllocationExtract.Group(title: "", rows: 0..<table.rows.count)]
        self.groups = (groups.isEmpty ? whole : groups).map { group in
            Group(title: group.title, rows: group.rows.map { Self.cells(people, table.rows[$0]) })
        }
        total = table.total.map { Self.cells(people, $0) } ?? []
        note = people.roundingNote ?? ""
    }

    /// Of words alone.
    ///
    /// - Parameter numbers: Columns that stand right.
    init(_ caption: String, columns: [String], numbers: Set<Int> = [], rows: [[String]]) {
        self.caption = caption
        self.columns = columns.enumerated().map { Column(title: $1, isNumber: numbers.contains($0)) }
        let cells = rows.map { row in
            row.enumerated().map {
                Cell(text: $1, isNumber: numbers.contains($0), isHeading: $0 == 0)
            }
        }
        groups = [Group(title: "", rows: cells)]
    }

    /// The figures of a chart of dots; nil for other kinds.
    init?(of chart: Chart) {
        guard let dots = chart.content as? Dumbbells else { return nil }
        let columns =
            [Table.Column("name", dots.namesTitle, priority: 0)]
            + dots.series.map { Table.Column($0.title, $0.title, .share, priority: 0) }
        let rows = zip(dots.names, dots.values).map { name, values in
            [Table.Cell.text(name)] + values.map { .number($0) }
        }
        self.init(
            "\(chart.title), in figures",
            Table(columns: columns, rows: TableRows(rows), total: nil, currency: "", capacityUnit: ""))
    }

    private static func cells(_ people: PeopleTable, _ row: [Table.Cell]) -> [Cell] {
        zip(people.columns, zip(people.texts(row), people.isNumber)).enumerated().map { place, cell in
            let (column, (text, isNumber)) = cell
            var number: Double?
            if case .number(let value) = row[column] { number = value }
            return Cell(text: text, number: number, isNumber: isNumber, isHeading: place == 0)
        }
    }

    func folded() -> ReportTable {
        var table = self
        table.isFolded = true
        return table
    }

    func sortable() -> ReportTable {
        var table = self
        table.isSortable = true
        return table
    }
}
