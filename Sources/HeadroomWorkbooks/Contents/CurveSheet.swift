internal import Headroom
internal import HeadroomCharts

/// The sheet of a table, two of whose columns are a line.
struct CurveSheet {
    let sheet: Sheet
    /// Nil where there is no line to draw.
    let chart: SheetChart?

    /// The best plan over budgets.
    init(_ sweep: BudgetSweep, steps: Int?, _ names: inout SheetNames) {
        let table = sweep.table(steps: steps, isForPeople: false)
        sheet = TableSheet(table).sheet(names.name("Budget curve"))
        chart = SheetChart.line(
            "The best \(sweep.goal.title) over the budget", table, on: sheet, ("budget", "Budget"),
            ("best", "Best \(sweep.goal.title)"))
    }

    /// The frontier between two goals, with the plans that are placed on it below its corners.
    init(_ frontier: Frontier, _ names: inout SheetNames) {
        let titles = frontier.goals.map(\.title)
        let table = frontier.table(isForPeople: false)
        sheet = TableSheet(table).sheet(names.name("Frontier"))
        chart = SheetChart.line(
            "\(titles[0]) against \(titles[1])", table, on: sheet, ("first", titles[0]),
            ("second", titles[1]), rows: frontier.corners.count)
    }
}

extension SheetChart {
    /// Two columns of a table against each other, each with its key and its title.
    ///
    /// - Parameter rows: So many from the first on; nil: all.
    /// - Returns: Nil where there is no line to draw.
    fileprivate static func line(
        _ title: String, _ table: Table, on sheet: Sheet, _ across: (key: String, title: String),
        _ up: (key: String, title: String), rows: Int? = nil
    ) -> SheetChart? {
        func axis(_ side: (key: String, title: String)) -> Axis? {
            table.columns.firstIndex { $0.key == side.key }.map { Axis(table, $0, side.title, rows) }
        }
        guard let right = axis(across), let high = axis(up), right.count > 1, high.count > 1 else {
            return nil
        }
        func range(_ axis: Axis) -> CellRange {
            var range = sheet.range(ofColumn: axis.column)
            if let rows { range.rows = range.rows.prefix(rows) }
            return range
        }
        let series = Series(
            name: title, colour: Paint.series1.number, categories: range(right), values: range(high))
        return SheetChart(
            kind: .line, title: title, categoryTitle: right.title, valueTitle: high.title,
            categoryFormat: right.format, valueFormat: high.format, series: [series], width: usualWidth,
            height: 480)
    }
}

/// A scale for the numbers of a column.
private struct Axis {
    let column: Int
    let title: String
    let format: String
    /// How many numbers there are.
    let count: Int

    init(_ table: Table, _ column: Int, _ title: String, _ rows: Int?) {
        self.column = column
        var largest = 0.0
        var count = 0
        table.rows.forEach(in: 0..<min(rows ?? .max, table.rows.count)) { row in
            guard case .number(let value?) = row[column] else { return }
            largest = max(largest, abs(value))
            count += 1
        }
        self.count = count
        let quantity = table.columns[column].quantity
        switch quantity {
        case .money, .users, .capacity, .count:
            let unit = FigureText.Unit(forLargest: largest, digits: 4)
            format = NumberFormats.scale(unit, largest: largest)
            let words = [quantity == .money ? table.currency : "", unit.word].filter { !$0.isEmpty }
            self.title = words.isEmpty ? title : "\(title), \(words.joined(separator: " "))"
        case .share, .price, .rate, nil:
            format = quantity.map { NumberFormats.code($0, largest: largest, isWhole: false) } ?? "General"
            self.title = title
        }
    }
}
