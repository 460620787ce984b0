import Headroom

/// A table rounded and worded for people: what the terminal and Markdown show.
struct PeopleTable {
    /// A heading and the unit below it.
    private(set) var titles: [String] = []
    private(set) var units: [String] = []
    /// Whether the column's cells stand right.
    private(set) var isNumber: [Bool] = []
    /// What a column takes in a terminal.
    private(set) var widths: [Int] = []
    private(set) var total: [String]?

    private let table: Table
    private var columns: [Int]
    private var scales: [Scale]

    /// - Parameter columns: Positions of the columns to show.
    init(_ table: Table, columns: [Int]) {
        self.table = table
        self.columns = columns
        let largest = LargestNumbers(table, columns)
        scales = columns.map { Scale(table, $0, largest) }
        titles = columns.map { table.columns[$0].title }
        units = scales.map(\.unitText)
        isNumber = columns.map { table.columns[$0].quantity != nil }
        total = table.total.map(texts)
        widths = columns.indices.map {
            max(titles[$0].columns, units[$0].columns, total?[$0].columns ?? 0)
        }
        for row in rows {
            for (column, text) in row.enumerated() { widths[column] = max(widths[column], text.columns) }
        }
    }

    /// The rows, worded anew whenever they are looked at: many take more memory than time.
    var rows: some Sequence<[String]> { table.rows.lazy.map(texts) }

    private func texts(_ row: [Table.Cell]) -> [String] { zip(columns, scales).map { $1.text(row[$0]) } }

    /// Leaves a column out.
    mutating func removeColumn(at position: Int) {
        columns.remove(at: position)
        scales.remove(at: position)
        titles.remove(at: position)
        units.remove(at: position)
        isNumber.remove(at: position)
        widths.remove(at: position)
        total?.remove(at: position)
    }

    /// How the numbers of a column are divided, rounded and named.
    private struct Scale {
        let quantity: Table.Quantity?
        var unit = FigureText.Unit(forLargest: 0, digits: 1)
        var decimals = 0
        var unitText = ""

        init(_ table: Table, _ column: Int, _ numbers: LargestNumbers) {
            let quantity = table.columns[column].quantity
            self.quantity = quantity
            guard let quantity else { return }
            // One unit for all money, so that columns can be compared; the others have their own.
            let largest = quantity == .money ? numbers.money : numbers.byColumn[column] ?? 0
            switch quantity {
            case .money, .users, .capacity: unit = FigureText.Unit(forLargest: largest, digits: 5)
            case .share, .count: break
            }
            decimals =
                quantity == .share
                ? 1 : quantity == .count ? 0 : unit.divisor > 1 && largest < 1e3 * unit.divisor ? 1 : 0
            unitText = Self.unitText(quantity, unit, table)
        }

        private static func unitText(_ quantity: Table.Quantity, _ unit: FigureText.Unit, _ table: Table)
            -> String
        {
            switch quantity {
            case .money: [table.currency, unit.word].filter { !$0.isEmpty }.joined(separator: " ")
            case .capacity: [unit.word, table.capacityUnit].filter { !$0.isEmpty }.joined(separator: " ")
            case .users: unit.word
            case .share: "%"
            case .count: ""
            }
        }

        func text(_ cell: Table.Cell) -> String {
            switch cell {
            case .text(let text): text.oneLine
            case .number(let value):
                quantity == .share
                    ? FigureText.number(value.map { 100 * $0 }, decimals: 1)
                    : FigureText.number(value, in: unit, decimals: decimals)
            }
        }
    }
}

/// The largest magnitude of each shown column, and of all of them that are money.
private struct LargestNumbers {
    var byColumn: [Int: Double] = [:]
    var money = 0.0

    init(_ table: Table, _ columns: [Int]) {
        byColumn = Dictionary(uniqueKeysWithValues: columns.map { ($0, 0) })
        for row in table.rows { enter(row) }
        if let total = table.total { enter(total) }
        for column in columns where table.columns[column].quantity == .money {
            money = max(money, byColumn[column] ?? 0)
        }
    }

    private mutating func enter(_ row: [Table.Cell]) {
        for (column, largest) in byColumn {
            if case .number(let value?) = row[column] { byColumn[column] = max(largest, abs(value)) }
        }
    }
}

extension String {
    /// Line ends and control characters as blanks: text from a file must not steer a terminal or break a table.
    var oneLine: String {
        if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return self }
        var scalars = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            scalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(scalars)
    }
}
