internal import Foundation
internal import Headroom
internal import HeadroomCharts

extension SheetChart {
    static let usualWidth = 960

    /// Spending by lever, a bar a row of a sheet whose table has a column a lever.
    ///
    /// - Parameters:
    ///   - levers: Those on which anything is spent.
    ///   - names: The key of the column that names the rows.
    ///   - largest: The largest bar.
    static func spending(
        _ kind: Kind, _ title: String, _ table: Table, on sheet: Sheet, levers: [Lever], names: String,
        largest: Double
    ) -> SheetChart? {
        func column(_ key: String) -> Int? { table.columns.firstIndex { $0.key == key } }
        guard let names = column(names), sheet.rows.count > 0, largest > 0 else { return nil }
        let unit = FigureText.Unit(forLargest: largest, digits: 4)
        let series = levers.compactMap { lever in
            column(lever.rawValue).map {
                Series(
                    name: lever.title, colour: lever.paint.number, categories: sheet.range(ofColumn: names),
                    values: sheet.range(ofColumn: $0))
            }
        }
        return SheetChart(
            kind: kind, title: title, categoryTitle: "",
            valueTitle: [table.currency, unit.word].filter { !$0.isEmpty }.joined(separator: " "),
            valueFormat: NumberFormats.scale(unit, largest: largest), series: series, width: usualWidth,
            height: kind == .bars ? 140 + 20 * sheet.rows.count : 320)
    }
}
