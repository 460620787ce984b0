import Foundation
package import Headroom

/// A table rounded and worded for people: what the terminal and Markdown show.
package struct PeopleTable: Sendable {
    /// A heading and the unit below it.
    package private(set) var titles: [String] = []
    package private(set) var units: [String] = []
    /// Whether the column's cells stand right.
    package private(set) var isNumber: [Bool] = []
    /// What a column takes in a terminal.
    private(set) var widths: [Int] = []
    package private(set) var total: [String]?

    private let table: Table
    /// Positions of the columns that are shown.
    package private(set) var columns: [Int]
    private var scales: [Scale]

    /// Of all columns that are for people. O(cells), on all threads.
    package init(_ table: Table) {
        self.table = table
        let extents = table.extents { $0.oneLine.columns }
        columns = table.columnsForPeople(extents)
        let numbers = LargestNumbers(table, columns, extents)
        scales = columns.map { Scale(table, $0, numbers) }
        titles = columns.map { table.columns[$0].title }
        units = scales.map(\.unitText)
        isNumber = columns.map { table.columns[$0].quantity != nil }
        total = table.total.map(texts)
        widths = columns.indices.map {
            max(
                titles[$0].columns, units[$0].columns, total?[$0].columns ?? 0,
                scales[$0].width(of: extents[columns[$0]]))
        }
    }

    /// What the cells of a row say.
    package func texts(_ row: [Table.Cell]) -> [String] { zip(columns, scales).map { $1.text(row[$0]) } }

    /// Goes through the text of all rows piece by piece, made on all threads.
    ///
    /// - Parameter line: Appends a row; told the cells to show, each with its column's place among those shown.
    func forEachPiece(
        _ line: @Sendable (PeopleTable, [Table.Cell], inout [UInt8]) -> Void, _ body: (String) -> Void
    ) {
        let rows = table.rows
        RowPieces.forEach(of: rows.count) { range in
            var lines: [UInt8] = []
            rows.forEach(in: range) { line(self, $0, &lines) }
            return lines
        } _: {
            body(String(decoding: $0, as: UTF8.self))
        }
    }

    /// Appends what a row says in a column.
    ///
    /// - Parameter place: Among those shown.
    func append(_ row: [Table.Cell], _ place: Int, to text: inout [UInt8]) {
        scales[place].append(row[columns[place]], to: &text)
    }

    /// Said where shown rows do not add up to the shown total; nil where they do.
    ///
    /// Shares and prices have no sum, nor have columns whose total is none. O(cells), on all threads.
    package var roundingNote: String? {
        guard let total = table.total else { return nil }
        let summed = columns.indices.filter { place in
            guard case .number(_?) = total[columns[place]] else { return false }
            return scales[place].isSummed
        }
        let count = table.rows.count
        let pieces = concurrentMap(RowPieces.count(of: count), threads: RowPieces.threads) { piece in
            var sums = summed.map { _ in 0.0 }
            table.rows.forEach(in: RowPieces.rows(of: piece, of: count)) { row in
                for (sum, place) in summed.enumerated() {
                    sums[sum] += scales[place].rounded(row[columns[place]])
                }
            }
            return sums
        }
        let agrees = summed.enumerated().allSatisfy { sum, place in
            let rows = pieces.reduce(0) { $0 + $1[sum] }
            return abs(rows - scales[place].rounded(total[columns[place]])) < 0.5
        }
        return agrees ? nil : "Rows are rounded; totals are of exact figures."
    }

    /// Leaves columns out, least important first and those that belong together at once, until the rest fits a width.
    ///
    /// - Returns: Titles of what was left out.
    mutating func narrow(to width: Int) -> [String] {
        var leftOut: [String] = []
        while self.width > width {
            let priorities = columns.map { table.columns[$0].priority ?? 0 }
            guard let highest = priorities.max(), highest > 0 else { break }
            let group = columns.indices.filter { priorities[$0] == highest }
            leftOut += group.filter { table.columns[columns[$0]].role != .picture }.map { titles[$0] }
            for position in group.reversed() { removeColumn(at: position) }
        }
        return leftOut
    }

    private var width: Int { widths.reduce(0, +) + 2 * (widths.count - 1) }

    /// Cuts texts, those of the widest column first, until the table fits a width.
    mutating func shorten(to width: Int) {
        let texts = columns.indices.filter { !isNumber[$0] }
        while self.width > width, let widest = texts.max(by: { widths[$0] < widths[$1] }),
            widths[widest] > Self.leastTextWidth
        {
            let next = texts.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
            let wanted = widths[widest] - (self.width - width)
            widths[widest] = max(wanted, min(next, widths[widest] - 1), Self.leastTextWidth)
            titles[widest] = titles[widest].cut(to: widths[widest])
            total = total?.enumerated().map { $0 == widest ? $1.cut(to: widths[widest]) : $1 }
            scales[widest].textLimit = widths[widest]
        }
    }

    /// Of a text that is cut no less is shown.
    private static let leastTextWidth = 8

    /// What a cell is, as far as colours tell it.
    func part(_ place: Int, _ text: ArraySlice<UInt8>) -> TextStyle.Part? {
        switch table.columns[columns[place]].role {
        case .figure: nil
        case .picture: .picture
        case .reason: Reason.namesLimit(String(decoding: text, as: UTF8.self)) ? .limit : nil
        }
    }

    /// Leaves a column out.
    private mutating func removeColumn(at position: Int) {
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
        /// Columns that a text may take; nil: any number of them.
        var textLimit: Int?

        init(_ table: Table, _ column: Int, _ numbers: LargestNumbers) {
            let quantity = table.columns[column].quantity
            self.quantity = quantity
            guard let quantity else { return }
            // One unit for all money, so that columns can be compared; the others have their own.
            let largest = quantity == .money ? numbers.money : numbers.byColumn[column] ?? 0
            switch quantity {
            case .money, .users, .capacity:
                let column = FigureText.Column(forLargest: largest)
                (unit, decimals) = (column.unit, column.decimals)
            case .share: decimals = 1
            case .count: decimals = 0
            case .price: decimals = 3
            case .rate: (unit, decimals) = (Self.unit(ofRates: largest), 3)
            }
            unitText = Self.unitText(quantity, unit, table)
        }

        /// Per so much money that the largest rate has a digit before the point.
        private static func unit(ofRates largest: Double) -> FigureText.Unit {
            let money = FigureText.Unit(forLargest: largest > 0 ? 10 / largest : 1, digits: 3)
            return FigureText.Unit(divisor: 1 / money.divisor, word: money.word)
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
            case .price: "per \(table.currency)"
            case .rate:
                (["per", table.currency, "1"] + [unit.word].filter { !$0.isEmpty }).joined(separator: " ")
            }
        }

        /// Whether the total of the column is the sum of its rows.
        var isSummed: Bool {
            switch quantity {
            case .money, .users, .capacity, .count: true
            case .share, .price, .rate, nil: false
            }
        }

        /// A number as it is shown, counted in its last place.
        func rounded(_ cell: Table.Cell) -> Double {
            guard case .number(let value?) = cell else { return 0 }
            return (value / unit.divisor * pow(10, Double(decimals))).rounded(.toNearestOrEven)
        }

        func append(_ cell: Table.Cell, to text: inout [UInt8]) {
            switch cell {
            case .text(let string):
                let line = string.oneLine
                text += (textLimit.map { line.cut(to: $0) } ?? line).utf8
            case .number(let value):
                let shown = quantity == .share ? value.map { 100 * $0 } : value
                FigureText.append(shown, in: unit, decimals: decimals, to: &text)
            }
        }

        func text(_ cell: Table.Cell) -> String {
            var text: [UInt8] = []
            append(cell, to: &text)
            return String(decoding: text, as: UTF8.self)
        }

        /// Of the widest cell: of numbers of one sign the largest has the most digits.
        func width(of extent: ColumnExtent) -> Int {
            var width = extent.textWidth
            if extent.hasUndefined { width = max(width, text(.number(nil)).columns) }
            guard extent.hasNumbers else { return width }
            return max(width, text(.number(extent.least)).columns, text(.number(extent.greatest)).columns)
        }
    }
}

/// The largest magnitude of each shown column, the total's included, and of all of them that are money.
private struct LargestNumbers {
    var byColumn: [Int: Double] = [:]
    var money = 0.0

    init(_ table: Table, _ columns: [Int], _ extents: [ColumnExtent]) {
        for column in columns {
            var extent = extents[column]
            if let total = table.total { extent.enter(total[column]) { _ in 0 } }
            byColumn[column] = extent.largest
            if table.columns[column].quantity == .money { money = max(money, extent.largest) }
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
