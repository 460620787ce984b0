import Foundation

/// LibreOffice without a window, a reader of workbooks that is not ours.
public enum LibreOffice {
    /// The cells of every sheet of a workbook (`.xlsx`), by the sheets' names: numbers as they are, whatever they look
    /// like, formulas as what they come to.
    ///
    /// - Parameter recalculates: Whether formulas are worked out anew; else they are what is stored with them.
    public static func tables(ofWorkbook bytes: [UInt8], recalculates: Bool = true) throws -> [String:
        [[String]]]
    {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory() + "headroom-office-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("w.xlsx")
        try Data(bytes).write(to: file)
        try setRecalculation(recalculates, in: folder.appendingPathComponent("profile/user"))
        // Comma, quotes, UTF-8, from the first line; texts as they are, values and not what is shown, all sheets.
        let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
        try Command.run(
            program,
            [
                "-env:UserInstallation=\(folder.appendingPathComponent("profile").absoluteString)",
                "--headless",
                "--convert-to", filter, "--outdir", folder.appendingPathComponent("sheets").path, file.path,
            ])
        let sheets = folder.appendingPathComponent("sheets")
        var tables: [String: [[String]]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: sheets.path) {
            let text = try String(contentsOf: sheets.appendingPathComponent(name), encoding: .utf8)
            tables[String(name.dropFirst("w-".count).dropLast(".csv".count))] = cells(text)
        }
        return tables
    }

    /// Writes the setting into a profile that is not yet there.
    private static func setRecalculation(_ isAlways: Bool, in user: URL) throws {
        let settings = """
            <?xml version="1.0" encoding="UTF-8"?>
            <oor:items xmlns:oor="http://openoffice.org/2001/registry">
            <item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
            <value>\(isAlways ? 0 : 1)</value></prop></item>
            </oor:items>
            """
        try FileManager.default.createDirectory(at: user, withIntermediateDirectories: true)
        try Data(settings.utf8).write(to: user.appendingPathComponent("registrymodifications.xcu"))
    }

    private static var program: String {
        let onMac = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
        return FileManager.default.isExecutableFile(atPath: onMac) ? onMac : "soffice"
    }

    /// Reads CSV as RFC 4180 has it.
    private static func cells(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = ""
        var isQuoted = false
        // A quote right behind one that closed is a quote of the text, and opens again.
        var hasJustClosed = false
        for character in text {
            if character == "\"" {
                if hasJustClosed { cell.append(character) }
                hasJustClosed = isQuoted
                isQuoted.toggle()
                continue
            }
            hasJustClosed = false
            switch character {
            case "," where !isQuoted:
                row.append(cell)
                cell = ""
            case "\n" where !isQuoted, "\r\n" where !isQuoted:
                rows.append(row + [cell])
                row = []
                cell = ""
            default: cell.append(character)
            }
        }
        return rows
    }
}
