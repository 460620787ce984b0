internal import CXLSXWriter
internal import Foundation
public import HeadroomFiles

extension Workbook {
    /// Sheets of more rows are not held in memory while they are written.
    private static let mostRowsInMemory = 50_000

    /// Writes the workbook as a file of Excel (`.xlsx`), whole or not at all.
    ///
    /// The same workbook has the same bytes.
    ///
    /// - Throws: `UnwritableFile`, also for what Excel has no room for.
    public func write(to path: String) throws(UnwritableFile) {
        let bytes = try bytes(for: path)
        try writeFile(to: path) { $0.write(bytes) }
    }

    /// The bytes of the file.
    ///
    /// - Parameter name: What messages call the file.
    /// - Throws: `UnwritableFile`, also for what Excel has no room for.
    public func bytes(for name: String) throws(UnwritableFile) -> [UInt8] {
        for sheet in sheets {
            if let problem = ExcelLimits.problem(of: sheet) {
                throw UnwritableFile(path: name, reason: problem)
            }
        }
        do {
            let folder = FileManager.default.temporaryDirectory
                .appendingPathComponent("headroom-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            defer { try? FileManager.default.removeItem(at: folder) }
            let file = folder.appendingPathComponent("workbook.xlsx")
            try write(through: file.path, folder: folder.path)
            return try [UInt8](Data(contentsOf: file))
        } catch let fault as WorkbookFault {
            throw UnwritableFile(path: name, reason: fault.reason)
        } catch {
            throw UnwritableFile(path: name, reason: error.localizedDescription)
        }
    }

    private func write(through file: String, folder: String) throws(WorkbookFault) {
        let isLarge = sheets.contains { $0.rowCount > Self.mostRowsInMemory }
        guard let book = cxlsxwriter_new(file, folder, title.xlsxText, isLarge ? 1 : 0) else {
            throw WorkbookFault(reason: "there is no memory")
        }
        do throws(WorkbookFault) {
            let formats = CellFormats(book)
            // Charts may stand before the sheets that they are drawn of.
            let pages = try sheets.map { sheet throws(WorkbookFault) in
                try SheetPage(sheet, in: book, formats)
            }
            for page in pages { try page.write() }
        } catch {
            lxw_workbook_free(book)
            throw error
        }
        try check(workbook_close(book))
    }
}

/// Why a workbook cannot be written.
struct WorkbookFault: Error {
    var reason: String
}

/// - Throws: Where a call of libxlsxwriter failed.
func check(_ code: lxw_error) throws(WorkbookFault) {
    guard code != LXW_NO_ERROR else { return }
    throw WorkbookFault(reason: lxw_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)")
}
