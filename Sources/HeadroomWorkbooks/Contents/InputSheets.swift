internal import Headroom
public import HeadroomFiles

/// What a plan was made from, for a workbook.
public struct PlanOrigin: Sendable {
    public var records: [InputRecord]
    /// Warnings and notes on the files.
    public var diagnostics: [Diagnostic]
    /// Scenarios and changes that it was made with, as they were asked for.
    public var changes: [String]

    public init(_ loaded: LoadedPlan, changes: [String]) {
        records = loaded.records
        diagnostics = loaded.diagnostics
        self.changes = changes
    }
}

extension PlanOrigin {
    /// Every input with its unit, its meaning, and where it stands.
    func assumptions(_ name: SheetName) -> Sheet {
        let rows = records.map { record in
            [.text(record.name), value(of: record)] + [
                .text(record.unit, CellStyle(isIndented: true)),
                .text(record.meaning, CellStyle(wraps: true)),
            ]
                + place(record.location, otherwise: "default") + [
                    .text(record.change ?? "", CellStyle(isIndented: true))
                ]
        }
        return sheet(
            name, ["Input", "Value", "Unit", "Meaning", "File or option", "Line", "Changed"],
            widths: [34, 30, 24, 76, 34, 8, 40], rows)
    }

    /// Warnings and notes on the files.
    func problems(_ name: SheetName) -> Sheet {
        var rows = diagnostics.map { diagnostic in
            [.text(diagnostic.severity.rawValue)] + place(diagnostic.location, otherwise: "")
                + [
                    diagnostic.location.isOption
                        ? Cell.text("") : .number(Double(diagnostic.location.column), CellStyle()),
                    .text(diagnostic.message, CellStyle(wraps: true)),
                ]
        }
        if rows.isEmpty {
            rows = [
                ["none", "", "", "", "The files of the plan were read without a warning."].map { .text($0) }
            ]
        }
        return sheet(
            name, ["Severity", "File or option", "Line", "Column", "Message"], widths: [11, 34, 8, 10, 100],
            rows)
    }

    /// A number where the input is one, as it is written otherwise.
    private func value(of record: InputRecord) -> Cell {
        guard let number = record.number else { return .text(record.value) }
        if record.isPercent {
            let written = record.value.split(separator: ".", maxSplits: 1)
            let decimals = written.count > 1 ? written[1].count(where: \.isNumber) : 0
            return .number(
                number,
                CellStyle(
                    numberFormat: decimals == 0 ? "0%" : "0.\(String(repeating: "0", count: decimals))%"))
        }
        return .number(number, CellStyle(numberFormat: abs(number) >= 10_000 ? NumberFormats.whole : nil))
    }

    private func place(_ location: SourceLocation?, otherwise: String) -> [Cell] {
        guard let location else { return [.text(otherwise), .text("")] }
        return [
            .text(location.source),
            location.isOption ? .text("") : .number(Double(location.line), CellStyle()),
        ]
    }

    private func sheet(_ name: SheetName, _ titles: [String], widths: [Double], _ rows: [[Cell]]) -> Sheet {
        var sheet = Sheet(
            name: name, widths: widths,
            top: [Sheet.Row(cells: titles.map { .text($0, CellStyle(.header)) })])
        sheet.rows = Sheet.Rows(count: rows.count) { rows.forEach($0) }
        sheet.isTable = true
        return sheet
    }
}
