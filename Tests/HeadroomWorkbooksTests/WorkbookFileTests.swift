import Foundation
import HeadroomFiles
import HeadroomTestSupport
import Testing

@testable import HeadroomWorkbooks

/// Workbooks made by hand, read back by LibreOffice and looked at part by part.
struct WorkbookFileTests {
    private static func workbook(_ rows: [[Cell]], width: Int = 3) -> Workbook {
        var names = SheetNames()
        var sheet = Sheet(
            name: names.name("Data"), widths: [Double](repeating: 12, count: width),
            top: [Sheet.Row(cells: ["a", "b", "c"].map { .text($0, CellStyle(.header)) })])
        sheet.rows = Sheet.Rows(count: rows.count) { rows.forEach($0) }
        sheet.isTable = true
        return Workbook(title: "By hand", sheets: [sheet])
    }

    @Test(
        "Texts stay texts, numbers keep their digits, formulas are worked out, and until then are what is stored"
    )
    func cells() throws {
        let texts = [
            "=1+1", "+A1", "@SUM(A1)", "01001", "1e5", "https://example.org", "a\u{1}b", "_x0041_", "<&>\"",
            "é中😀",
        ]
        let rows = texts.map { text -> [Cell] in
            [.text(text), .number(0.1 + 0.2, CellStyle(numberFormat: "0.0%")), .number(nil, CellStyle())]
        }
        var workbook = Self.workbook(rows)
        let range = workbook.sheets[0].range(ofColumn: 1)
        #expect(range.formula == "B2:B11")
        workbook.sheets[0].bottom = [
            Sheet.Row(cells: [
                .text("Total"),
                Cell(
                    content: .formula("SUM(\(range.formula))", value: 99),
                    style: CellStyle(.total, numberFormat: "0.00")),
            ])
        ]
        let bytes = try workbook.bytes(for: "w.xlsx")
        let stored = try LibreOffice.tables(ofWorkbook: bytes, recalculates: false)
        #expect(stored["Data"]?.last?[1] == "99")
        let read = try LibreOffice.tables(ofWorkbook: bytes)
        let data = try #require(read["Data"])
        #expect(data.dropFirst().prefix(10).map { $0[0] } == texts.map { $0.replacing("\u{1}", with: " ") })
        for row in data[1...11] {
            let number = try #require(Double(row[1].replacing("%", with: "")))
            #expect(row[0] == "Total" ? abs(number - 3) < 1e-12 : abs(number - 30) < 1e-12)
        }
    }

    @Test(
        "The same workbook has the same bytes, whether rows are held in memory or not, and every part is XML")
    func bytes() throws {
        let row: [Cell] = [.text("x"), .number(1, CellStyle(numberFormat: "#,##0")), .text("y")]
        for count in [3, 60_000] {
            let workbook = Self.workbook([[Cell]](repeating: row, count: count))
            let bytes = try workbook.bytes(for: "w.xlsx")
            #expect(try workbook.bytes(for: "other.xlsx") == bytes)
            let parts = try WorkbookParts(bytes)
            #expect(parts.names.contains("xl/worksheets/sheet1.xml"))
            #expect(try parts.problems() == [])
            #expect(try parts.text("docProps/core.xml").contains("2000-01-01T00:00:00Z</dcterms:created>"))
        }
    }

    @Test("What Excel has no room for is said with sheet and cell, and nothing is written")
    func limits() throws {
        let path = NSTemporaryDirectory() + "headroom-\(UUID().uuidString).xlsx"
        func message(_ workbook: Workbook) -> String? {
            do throws(UnwritableFile) {
                try workbook.write(to: path)
                return nil
            } catch {
                return error.description
            }
        }
        let text = String(repeating: "é", count: 32_768)
        let long = message(Self.workbook([[.text("x"), .text(text)]]))
        #expect(
            long
                == "\(path): error: cannot be written: the text in B2 of the sheet “Data” has 32768 characters, a "
                + "cell of Excel holds 32767")
        var tall = Self.workbook([])
        tall.sheets[0].rows = Sheet.Rows(count: 1_048_576) { _ in }
        #expect(
            try #require(message(tall)).contains("“Data” has 1048577 rows, a sheet of Excel holds 1048576"))
        let wide = message(Self.workbook([], width: 16_385))
        #expect(try #require(wide).contains("16385 columns, a sheet of Excel holds 16384"))
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(message(Self.workbook([[.text(String(text.dropLast()))]])) == nil)
        try FileManager.default.removeItem(atPath: path)
    }

    @Test("Columns have their letters")
    func letters() {
        #expect(
            [0, 25, 26, 701, 702, 16_383].map(CellRange.letters) == ["A", "Z", "AA", "ZZ", "AAA", "XFD"])
    }
}
