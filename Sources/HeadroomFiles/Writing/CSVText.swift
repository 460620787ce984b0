public import Headroom

extension Table {
    /// The table as CSV (RFC 4180, lines end in LF): every column under its key, full precision, no total row,
    /// undefined figures empty.
    public var csv: String { csv(CSVDialect()) }

    /// As `csv`, with other delimiters.
    public func csv(_ dialect: CSVDialect) -> String {
        var bytes: [UInt8] = []
        writeLines(dialect) { bytes += $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes what `csv` is, without having it whole.
    public func writeCSV(_ dialect: CSVDialect = CSVDialect(), to stream: TextStream) {
        writeLines(dialect, stream.write)
    }

    private func writeLines(_ dialect: CSVDialect, _ write: ([UInt8]) -> Void) {
        let line = DelimitedLine(dialect)
        var header: [UInt8] = []
        line.append(columns.map { .text($0.key) }, to: &header)
        write(header)
        let rows = rows
        RowPieces.forEach(of: rows.count) { range in
            var lines: [UInt8] = []
            rows.forEach(in: range) { line.append($0, to: &lines) }
            return lines
        } _: {
            write($0)
        }
    }
}

/// How cells become a line of delimited text.
private struct DelimitedLine: Sendable {
    private let dialect: CSVDialect

    init(_ dialect: CSVDialect) { self.dialect = dialect }

    func append(_ cells: [Table.Cell], to line: inout [UInt8]) {
        for (place, cell) in cells.enumerated() {
            if place > 0 { line.append(dialect.delimiter) }
            switch cell {
            case .text(let text): append(quotedWhereNeeded: text, to: &line)
            case .number(let value): if let value { append(value, to: &line) }
            }
        }
        line.append(UInt8(ascii: "\n"))
    }

    private func append(_ value: Double, to line: inout [UInt8]) {
        let start = line.count
        line += NumberFormat.full(value).utf8
        guard dialect.hasDecimalComma else { return }
        for place in start..<line.count where line[place] == UInt8(ascii: ".") {
            line[place] = UInt8(ascii: ",")
        }
    }

    private func append(quotedWhereNeeded text: String, to line: inout [UInt8]) {
        let needsQuotes = text.utf8.contains { byte in
            byte == dialect.delimiter || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
                || byte == UInt8(ascii: "\r")
        }
        let blank = UInt8(ascii: " ")
        let isPadded = text.utf8.first == blank || text.utf8.last == blank
        line += needsQuotes || isPadded ? "\"\(text.replacing("\"", with: "\"\""))\"".utf8 : text.utf8
    }
}
