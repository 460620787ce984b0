internal import CXLSXWriter
internal import HeadroomCharts

/// A sheet on its way into a workbook.
struct SheetPage {
    private let sheet: Sheet
    private let book: UnsafeMutablePointer<lxw_workbook>
    private let page: UnsafeMutablePointer<lxw_worksheet>
    private let formats: CellFormats

    init(_ sheet: Sheet, in book: UnsafeMutablePointer<lxw_workbook>, _ formats: CellFormats)
        throws(WorkbookFault)
    {
        guard let page = workbook_add_worksheet(book, sheet.name.description) else {
            throw WorkbookFault(reason: "the sheet “\(sheet.name)” cannot be made")
        }
        self.sheet = sheet
        self.book = book
        self.page = page
        self.formats = formats
    }

    func write() throws(WorkbookFault) {
        try layOut()
        var row = 0
        for line in sheet.top {
            try write(line, at: row)
            row += 1
        }
        try writeRows()
        row += sheet.rows.count
        for line in sheet.bottom {
            try write(line, at: row)
            row += 1
        }
        for column in sheet.barColumns where sheet.rows.count > 0 { try addBars(to: column) }
        for placed in sheet.charts { try insert(placed) }
    }

    // MARK: Layout

    private func layOut() throws(WorkbookFault) {
        for (column, width) in sheet.widths.enumerated() {
            try check(worksheet_set_column(page, UInt16(column), UInt16(column), width, nil))
        }
        worksheet_set_landscape(page)
        worksheet_set_paper(page, 9)  // A4
        worksheet_fit_to_pages(page, 1, 0)
        guard sheet.isTable, let header = sheet.top.indices.last else { return }
        let lastColumn = UInt16(sheet.widths.count - 1)
        worksheet_freeze_panes(page, UInt32(header + 1), 0)
        try check(worksheet_repeat_rows(page, 0, UInt32(header)))
        guard sheet.rows.count > 0 else { return }
        let lastRow = header + sheet.rows.count
        try check(worksheet_autofilter(page, UInt32(header), 0, UInt32(lastRow), lastColumn))
        // Ids such as 01001 are texts, and meant to be.
        let cells = "A1:\(CellRange.letters(ofColumn: sheet.widths.count - 1))\(lastRow + 1)"
        try check(
            worksheet_ignore_errors(page, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), cells))
    }

    private func addBars(to column: Int) throws(WorkbookFault) {
        var bars = lxw_conditional_format()
        bars.type = UInt8(LXW_CONDITIONAL_DATA_BAR.rawValue)
        bars.min_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
        bars.max_rule_type = UInt8(LXW_CONDITIONAL_RULE_TYPE_NUMBER.rawValue)
        bars.min_value = 0
        bars.max_value = 1
        bars.bar_color = Paint.level2.number
        bars.bar_solid = 1
        let rows = sheet.range(ofColumn: column).rows
        try check(
            worksheet_conditional_format_range(
                page, UInt32(rows.lowerBound), UInt16(column), UInt32(rows.upperBound - 1), UInt16(column),
                &bars))
    }

    private func insert(_ placed: Sheet.PlacedChart) throws(WorkbookFault) {
        guard let chart = placed.chart.made(in: book) else {
            throw WorkbookFault(reason: "the chart “\(placed.chart.title)” cannot be made")
        }
        var options = lxw_chart_options()
        options.x_scale = Double(placed.chart.width) / 480
        options.y_scale = Double(placed.chart.height) / 288
        try check(worksheet_insert_chart_opt(page, UInt32(placed.row), 0, chart, &options))
    }

    // MARK: Cells

    private func writeRows() throws(WorkbookFault) {
        var row = sheet.top.count
        var failure: WorkbookFault?
        sheet.rows.visit { cells in
            defer { row += 1 }
            guard failure == nil else { return }
            do throws(WorkbookFault) {
                try write(cells, at: row)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private func write(_ line: Sheet.Row, at row: Int) throws(WorkbookFault) {
        if let height = line.height { try check(worksheet_set_row(page, UInt32(row), height, nil)) }
        if line.isMerged, sheet.widths.count > 1, let cell = line.cells.first {
            try check(
                worksheet_merge_range(
                    page, UInt32(row), 0, UInt32(row), UInt16(sheet.widths.count - 1), "",
                    formats.format(cell.style)))
        }
        try write(line.cells, at: row)
    }

    private func write(_ cells: [Cell], at row: Int) throws(WorkbookFault) {
        for (column, cell) in cells.enumerated() { try write(cell, row, column) }
    }

    private func write(_ cell: Cell, _ row: Int, _ column: Int) throws(WorkbookFault) {
        let format = formats.format(cell.style)
        let (line, place) = (UInt32(row), UInt16(column))
        switch cell.content {
        case .nothing:
            // Without a format of its own an empty cell is no cell.
            if format != nil { try check(worksheet_write_blank(page, line, place, format)) }
        case .text(let text):
            if let problem = ExcelLimits.problem(of: text, in: sheet, row: row, column: column) {
                throw WorkbookFault(reason: problem)
            }
            try check(worksheet_write_string(page, line, place, text.xlsxText, format))
        case .number(let number): try check(worksheet_write_number(page, line, place, number, format))
        case .formula(let formula, let value):
            try check(worksheet_write_formula_num(page, line, place, "=\(formula)", format, value))
        }
    }
}
