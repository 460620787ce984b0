public import Headroom

extension Table {
    /// The table as CSV (RFC 4180, lines end in LF): every column under its key, full precision, no total row,
    /// undefined figures empty.
    public var csv: String {
        var bytes: [UInt8] = []
        writeLines { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes what `csv` is, without having it whole.
    public func writeCSV(to stream: TextStream) { writeLines(stream.write) }

    private func writeLines(_ write: ([UInt8]) -> Void) {
        var header: [UInt8] = []
        header.append(line: columns.map { .text($0.key) })
        write(header)
        let rows = rows
        RowPieces.forEach(of: rows.count) { range in
            var lines: [UInt8] = []
            rows.forEach(in: range) { lines.append(line: $0) }
            return lines
        } _: {
            write($0)
        }
    }
}

extension [UInt8] {
    fileprivate mutating func append(line cells: [Table.Cell]) {
        for cell in cells {
            append(field: cell)
            append(UInt8(ascii: ","))
        }
        if !cells.isEmpty { removeLast() }
        append(UInt8(ascii: "\n"))
    }

    private mutating func append(field cell: Table.Cell) {
        switch cell {
        case .text(let text): append(quotedWhereNeeded: text)
        case .number(let value): if let value { self += NumberFormat.full(value).utf8 }
        }
    }

    private mutating func append(quotedWhereNeeded text: String) {
        let needsQuotes = text.utf8.contains { byte in
            byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
                || byte == UInt8(ascii: "\r")
        }
        let blank = UInt8(ascii: " ")
        let isPadded = text.utf8.first == blank || text.utf8.last == blank
        self += needsQuotes || isPadded ? "\"\(text.replacing("\"", with: "\"\""))\"".utf8 : text.utf8
    }
}
