public import Headroom

extension Table {
    /// The table as CSV (RFC 4180, lines end in LF): every column under its key, full precision, no total row,
    /// undefined figures empty.
    public var csv: String {
        var text = columns.map { quoted($0.key) }.joined(separator: ",") + "\n"
        for row in rows { text += row.map(field).joined(separator: ",") + "\n" }
        return text
    }

    private func field(_ cell: Cell) -> String {
        switch cell {
        case .text(let text): quoted(text)
        case .number(let value): value.map(NumberFormat.full) ?? ""
        }
    }

    private func quoted(_ text: String) -> String {
        let needsQuotes = text.utf8.contains { byte in
            [UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(byte)
        }
        let isPadded = text.first == " " || text.last == " "
        return needsQuotes || isPadded ? "\"\(text.replacing("\"", with: "\"\""))\"" : text
    }
}
