internal import HeadroomFiles

/// What a sheet of Excel holds at most.
enum ExcelLimits {
    static let rows = 1_048_576
    static let columns = 16_384
    /// Of a cell's text; Excel counts UTF-16 units.
    static let characters = 32_767

    /// Why a sheet cannot be written; nil where it can.
    static func problem(of sheet: Sheet) -> String? {
        if sheet.rowCount > rows {
            return "the sheet “\(sheet.name)” has \(sheet.rowCount) rows, a sheet of Excel holds \(rows); "
                + "CSV and JSON hold them all"
        }
        if sheet.widths.count > columns {
            return
                "the sheet “\(sheet.name)” has \(sheet.widths.count) columns, a sheet of Excel holds \(columns); "
                + "CSV and JSON hold them all"
        }
        return nil
    }

    /// Why a text cannot stand in a cell; nil where it can.
    static func problem(of text: String, in sheet: Sheet, row: Int, column: Int) -> String? {
        guard text.utf8.count > characters, text.utf16.count > characters else { return nil }
        return
            "the text in \(CellRange.letters(ofColumn: column))\(row + 1) of the sheet “\(sheet.name)” has "
            + "\(text.utf16.count) characters, a cell of Excel holds \(characters)"
    }
}
