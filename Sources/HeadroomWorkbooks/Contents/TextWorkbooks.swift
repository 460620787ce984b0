internal import Foundation
public import Headroom
internal import HeadroomCharts

extension Workbook {
    /// Sentences, and a sheet for each table below them.
    ///
    /// - Parameter tables: Further ones, with the names of their sheets.
    public init(_ text: some SectionedText, tables: [(name: String, table: Table)] = []) {
        title = text.title
        var names = SheetNames()
        let summaryName = names.name("Summary")
        var summary = SummarySheet(text.title, "")
        for section in text.sections { summary.add(section.title, section.sentences) }
        let all = text.sections.compactMap { section in section.table.map { (section.title, $0) } } + tables
        sheets =
            [summary.sheet(summaryName)]
            + all.map { name, table in TableSheet(table.withoutPictures).sheet(names.name(name)) }
    }

    /// The budget curve: what is said of it, every row of it, and the curve as a chart.
    public init(_ sweep: BudgetSweep, _ text: SweepSummary, steps: Int?) {
        let table = sweep.table(steps: steps, isForPeople: false)
        let bent = Bent(across: ("budget", "Budget"), up: ("best", "Best \(sweep.goal.title)"))
        self.init(text, table, named: "Budget curve", "The best \(sweep.goal.title) over the budget", bent)
    }

    /// The frontier between two goals, with the plans that are placed on it.
    public init(_ frontier: Frontier, _ text: FrontierSummary) {
        let titles = frontier.goals.map(\.title)
        let bent = Bent(across: ("first", titles[0]), up: ("second", titles[1]), rows: frontier.corners.count)
        self.init(
            text, frontier.table(isForPeople: false), named: "Frontier", "\(titles[0]) against \(titles[1])",
            bent)
    }

    /// Two columns of a table as a line, each with its key and its title.
    private struct Bent {
        var across: (key: String, title: String)
        var up: (key: String, title: String)
        /// From the first on; nil: all.
        var rows: Int?
    }

    private init(
        _ text: some SentenceSummary, _ table: Table, named name: String, _ chartTitle: String, _ bent: Bent
    ) {
        title = text.title
        var names = SheetNames()
        let summaryName = names.name("Summary")
        let sheet = TableSheet(table).sheet(names.name(name))
        var summary = SummarySheet(text.title, text.subtitle)
        summary.add("What it says", text.sentences)
        if let chart = SheetChart.line(chartTitle, table, on: sheet, bent.across, bent.up, rows: bent.rows) {
            summary.add(chart)
        }
        sheets = [summary.sheet(summaryName), sheet]
    }
}

extension SheetChart {
    /// - Returns: Nil where there is no line to draw.
    fileprivate static func line(
        _ title: String, _ table: Table, on sheet: Sheet, _ across: (key: String, title: String),
        _ up: (key: String, title: String), rows: Int?
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
