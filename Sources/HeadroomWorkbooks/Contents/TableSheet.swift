internal import Headroom

/// How a total that is no sum comes of other columns, each named by its key.
enum RatioTotal {
    /// The mean of the column itself, weighted by another one.
    case mean(weight: String)
    /// The sum of one column over that of another one.
    case ratio(String, String)
}

/// Makes a sheet of a table: every column, every number with all its digits, totals as formulas.
struct TableSheet {
    private let table: Table
    private let columns: [ColumnSums]
    private let keys: [String: Int]
    /// Columns that hold a share of what there is.
    private static let barKeys: Set<String> = ["utilization", "utilization_base"]
    /// Columns of texts that are numbers to spreadsheets, as they are written; ids such as 01001 are not.
    private static let numberKeys: Set<String> = ["year", "latitude", "longitude"]
    private static let widest = 60.0
    private static let pointsOfLine = 15.0

    init(_ table: Table) {
        self.table = table
        keys = Dictionary(
            table.columns.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        let rows = table.rows
        var columns = table.columns.map { _ in ColumnSums() }
        rows.forEach(in: 0..<rows.count) { row in
            for (column, cell) in row.enumerated() { columns[column].enter(cell) }
        }
        self.columns = columns
    }

    /// - Parameter ratios: Totals that are no sums, by the keys of their columns.
    func sheet(_ name: SheetName, ratios: [String: RatioTotal] = [:]) -> Sheet {
        let table = table
        let styles = table.columns.indices.map(style)
        let written = Set(table.columns.indices.filter { Self.numberKeys.contains(table.columns[$0].key) })
        var sheet = Sheet(name: name, widths: table.columns.indices.map(width), top: [header])
        sheet.rows = Sheet.Rows(count: table.rows.count) { body in
            table.rows.forEach(in: 0..<table.rows.count) { row in
                body(
                    row.indices.map { column in
                        switch row[column] {
                        case .number(let number): .number(number, styles[column])
                        case .text(let text) where written.contains(column):
                            Double(text).map { .number($0, CellStyle()) } ?? .text(text, styles[column])
                        case .text(let text): .text(text, styles[column])
                        }
                    })
            }
        }
        sheet.isTable = true
        sheet.barColumns = table.columns.indices.filter { Self.barKeys.contains(table.columns[$0].key) }
        if table.rows.count > 0, let total = table.total {
            sheet.bottom = [totals(total, ratios, below: sheet)]
        }
        return sheet
    }

    private func style(_ column: Int) -> CellStyle {
        guard let quantity = table.columns[column].quantity else {
            return CellStyle(isIndented: column > 0 && table.columns[column - 1].quantity != nil)
        }
        return CellStyle(
            numberFormat: NumberFormats.code(
                quantity, largest: columns[column].largest, isWhole: columns[column].isWhole))
    }

    // MARK: Header and widths

    private var header: Sheet.Row {
        var lines = 1.0
        let cells = table.columns.indices.map { column -> Cell in
            let style = CellStyle(
                .header, wraps: true, isRight: table.columns[column].quantity != nil,
                isIndented: style(column).isIndented)
            lines = max(lines, (Double(title(column).count) / (width(column) - 1)).rounded(.up))
            return .text(title(column), style)
        }
        return Sheet.Row(cells: cells, height: Self.pointsOfLine * lines)
    }

    private func title(_ column: Int) -> String {
        let unit = table.columns[column].quantity?
            .unit(currency: table.currency, capacityUnit: table.capacityUnit)
        return table.columns[column].title + (unit.map { $0.isEmpty ? "" : " (\($0))" } ?? "")
    }

    /// Room for the longest cell, and for the longest word of the header beside the button that filters.
    private func width(_ column: Int) -> Double {
        let words = title(column).split(separator: " ").map(\.count)
        let quantity = table.columns[column].quantity
        let number = FigureText.number(
            max(columns[column].largest, abs(columns[column].sum)),
            decimals: quantity?.isSummed == true && columns[column].largest >= 1000 ? 0 : 3)
        let cells = max(columns[column].textWidth, quantity == nil ? 0 : number.count)
        return min(Self.widest, Double(max(8, cells + 2, (words.max() ?? 0) + 3)))
    }

    // MARK: Totals

    private func totals(_ total: [Table.Cell], _ ratios: [String: RatioTotal], below sheet: Sheet)
        -> Sheet.Row
    {
        let cells = total.enumerated().map { column, cell -> Cell in
            var style = style(column)
            style.role = .total
            guard case .number(let number?) = cell else {
                if case .text(let text) = cell { return .text(text, style) }
                return .text("", style)
            }
            let declared = table.columns[column]
            if declared.quantity?.isSummed == true {
                return Cell(
                    content: .formula(
                        "SUM(\(sheet.range(ofColumn: column).formula))", value: columns[column].sum),
                    style: style)
            }
            let formula = ratios[declared.key].flatMap { self.formula($0, column, sheet) }
            return formula.map { Cell(content: .formula($0, value: number), style: style) }
                ?? .number(number, style)
        }
        return Sheet.Row(cells: cells)
    }

    private func formula(_ ratio: RatioTotal, _ column: Int, _ sheet: Sheet) -> String? {
        func range(_ key: String) -> String? { keys[key].map { sheet.range(ofColumn: $0).formula } }
        switch ratio {
        case .mean(let weight):
            guard let weights = range(weight) else { return nil }
            return "SUMPRODUCT(\(sheet.range(ofColumn: column).formula),\(weights))/SUM(\(weights))"
        case .ratio(let over, let under):
            guard let over = range(over), let under = range(under) else { return nil }
            return "SUM(\(over))/SUM(\(under))"
        }
    }
}

/// What the cells of a column come to.
private struct ColumnSums: Sendable {
    /// In the order of the rows, as a spreadsheet adds them.
    private(set) var sum = 0.0
    private(set) var largest = 0.0
    private(set) var isWhole = true
    private(set) var textWidth = 0

    mutating func enter(_ cell: Table.Cell) {
        switch cell {
        case .text(let text): textWidth = max(textWidth, text.count)
        case .number(let number?):
            sum += number
            largest = max(largest, abs(number))
            isWhole = isWhole && number == number.rounded()
        case .number(nil): break
        }
    }
}
