import Headroom

/// A table rounded and worded for people: what the terminal and Markdown show.
struct PeopleTable {
    /// A heading and the unit below it.
    var titles: [String] = []
    var units: [String] = []
    /// Whether the column's cells stand right.
    var isNumber: [Bool] = []
    var rows: [[String]] = []
    var total: [String]?

    /// Leaves a column out.
    mutating func removeColumn(at position: Int) {
        titles.remove(at: position)
        units.remove(at: position)
        isNumber.remove(at: position)
        for row in rows.indices { rows[row].remove(at: position) }
        total?.remove(at: position)
    }

    /// - Parameter columns: Positions of the columns to show.
    init(_ table: Table, columns: [Int]) {
        let largest = LargestNumbers(table, columns)
        let scales = columns.map { Scale(table, $0, largest) }
        titles = columns.map { table.columns[$0].title }
        units = scales.map(\.unitText)
        isNumber = columns.map { table.columns[$0].quantity != nil }
        func texts(_ row: [Table.Cell]) -> [String] { zip(columns, scales).map { $1.text(row[$0]) } }
        rows = table.rows.map(texts)
        total = table.total.map(texts)
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
        for column in columns {
            var largest = 0.0
            for row in table.rows + (table.total.map { [$0] } ?? []) {
                if case .number(let value?) = row[column] { largest = max(largest, abs(value)) }
            }
            byColumn[column] = largest
            if table.columns[column].quantity == .money { money = max(money, largest) }
        }
    }
}

extension String {
    /// Line ends and control characters as blanks: text from a file must not steer a terminal or break a table.
    var oneLine: String {
        var scalars = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            scalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(scalars)
    }
}
