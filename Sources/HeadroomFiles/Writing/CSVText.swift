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
        var line: [UInt8] = []
        func writeLine(_ cells: some Sequence<Cell>) {
            line.removeAll(keepingCapacity: true)
            for cell in cells {
                line.append(field: cell)
                line.append(UInt8(ascii: ","))
            }
            if !line.isEmpty { line.removeLast() }
            line.append(UInt8(ascii: "\n"))
            write(line)
        }
        writeLine(columns.map { .text($0.key) })
        for row in rows { writeLine(row) }
    }
}

extension [UInt8] {
    fileprivate mutating func append(field cell: Table.Cell) {
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
        let isPadded = text.first == " " || text.last == " "
        self += needsQuotes || isPadded ? "\"\(text.replacing("\"", with: "\"\""))\"".utf8 : text.utf8
    }
}
