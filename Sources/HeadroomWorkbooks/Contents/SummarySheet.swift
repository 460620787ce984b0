internal import Headroom

/// Makes the first sheet of a workbook: what a result is, its main figures, what is to be said of it, and charts.
struct SummarySheet {
    private var rows: [Sheet.Row]
    private var charts: [Sheet.PlacedChart] = []

    /// Of figures, what they are before them and remarks behind them; sentences go over all.
    private static let widths: [Double] = [24, 20, 20, 10, 66]
    private static let pointsOfLine = 15.0
    private static let mostPoints = 400.0
    private static let pixelsOfRow = 20

    init(_ title: String, _ subtitle: String) {
        rows = [Sheet.Row(cells: [.text(title, CellStyle(.title))], isMerged: true)]
        if !subtitle.isEmpty { add(subtitle) }
    }

    func sheet(_ name: SheetName) -> Sheet {
        Sheet(name: name, widths: Self.widths, top: rows, charts: charts)
    }

    /// The figures that matter, with those of doing nothing beside them.
    mutating func add(_ lines: [PlanSummary.Line], capacityUnit: String) {
        let header = ["Figure", "Do nothing", "Plan", "Unit", "Remark"].enumerated().map { place, title in
            Cell.text(title, CellStyle(.header, isRight: (1...2).contains(place), isIndented: place == 3))
        }
        rows += [Sheet.Row(cells: []), Sheet.Row(cells: header)]
        for line in lines {
            let numbers = [line.figureOfDoingNothing, line.figure]
            let largest = numbers.compactMap(\.self).map(abs).max() ?? 0
            let isWhole = numbers.allSatisfy { $0 == $0?.rounded() }
            let style = CellStyle(
                numberFormat: NumberFormats.code(line.quantity, largest: largest, isWhole: isWhole))
            let unit = line.quantity.unit(currency: line.currency, capacityUnit: capacityUnit)
            rows.append(
                Sheet.Row(
                    cells: [.text(line.label)] + numbers.map { .number($0, style) } + [
                        .text(unit, CellStyle(isIndented: true)), .text(line.remark, CellStyle(wraps: true)),
                    ]))
        }
    }

    /// Sentences under a heading; nothing where there are none.
    mutating func add(_ heading: String, _ sentences: [String]) {
        guard !sentences.isEmpty else { return }
        rows += [
            Sheet.Row(cells: []),
            Sheet.Row(cells: [.text(heading, CellStyle(.heading))], isMerged: true),
        ]
        for sentence in sentences { add(sentence) }
    }

    private mutating func add(_ sentence: String) {
        // A little less than fits, as words are not cut.
        let room = 0.95 * Self.widths.reduce(0, +)
        let lines = (Double(sentence.count) / room).rounded(.up)
        rows.append(
            Sheet.Row(
                cells: [.text(sentence, CellStyle(wraps: true))],
                height: min(Self.mostPoints, Self.pointsOfLine * max(1, lines)), isMerged: true))
    }

    /// A chart below all that stands there.
    mutating func add(_ chart: SheetChart) {
        let last = charts.last.map { $0.row + $0.chart.height / Self.pixelsOfRow + 1 } ?? rows.count
        charts.append(Sheet.PlacedChart(chart: chart, row: last + 1))
    }
}
