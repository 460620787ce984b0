internal import Headroom

/// What the header of a region table makes of each column.
struct RegionTableLayout: Sendable {
    enum Role: Sendable {
        case region, name
        /// The position among the number columns.
        case number(Int)
        /// The position among the tags.
        case tag(Int)
    }

    /// How the cells of a number column are read.
    struct NumberColumn: Sendable {
        var column: RegionColumn
        /// What the plan multiplies its numbers by.
        var scale: Double
        var takesPercent: Bool
        /// Whether `46.000` may stand for forty-six thousand.
        var isCounted: Bool

        init(_ column: RegionColumn, scale: Double) {
            let unit = column.declaration.unit
            self.column = column
            self.scale = scale
            takesPercent = unit.takesPercent
            isCounted = unit == .users || unit == .capacity
        }
    }

    /// The file as the user named it.
    var path: String
    var delimiter: UInt8
    var roles: [Role] = []
    var numbers: [NumberColumn] = []
    var tagCount = 0
}

/// The regions of a stretch of the table, by columns, up to the first quote that does not fit.
struct RegionRows: Sendable {
    var ids: [String] = []
    var names: [String] = []
    /// By number column; NaN where a cell is empty or holds no number.
    var numbers: [[Double]]
    var tags: [[String]]
    /// Where every region's record is to be found again.
    var places: [RecordScanner.Place] = []
    private(set) var diagnostics: [Diagnostic] = []
    /// The cells that hold no number, of which nothing more is to be said.
    private(set) var malformed: Set<SourceLocation> = []
    /// By number column: the diagnostic that says `46.000` is no forty-six thousand, which is said once a table.
    private(set) var thousands: [Int: Int] = [:]
    /// Ends the table.
    private(set) var fault: RecordScanner.Fault?

    private let layout: RegionTableLayout
    private var longTags: [Set<String>]

    /// Reads the records that begin in a stretch of text.
    ///
    /// - Parameters: `start` and `end` are places between records.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: RecordScanner.Place, to end: RecordScanner.Place,
        _ layout: RegionTableLayout
    ) {
        self.layout = layout
        numbers = layout.numbers.map { _ in [] }
        tags = [[String]](repeating: [], count: layout.tagCount)
        longTags = [Set<String>](repeating: [], count: layout.tagCount)
        reserve(end.line - start.line + 1)
        var scanner = RecordScanner(bytes, delimiter: layout.delimiter, from: start)
        do {
            try read(&scanner, before: end.position)
        } catch {
            fault = error
        }
    }

    /// As many rows as there are lines, but for quoted line ends and rows that are passed over.
    private mutating func reserve(_ rows: Int) {
        ids.reserveCapacity(rows)
        names.reserveCapacity(rows)
        places.reserveCapacity(rows)
        for column in numbers.indices { numbers[column].reserveCapacity(rows) }
        for tag in tags.indices { tags[tag].reserveCapacity(rows) }
    }

    private mutating func read(
        _ scanner: inout RecordScanner, before end: Int
    ) throws(RecordScanner.Fault) {
        var cells: [RecordScanner.Cell] = []
        var start = scanner.place
        while try scanner.next(into: &cells, before: end) {
            defer { start = scanner.place }
            // Spreadsheets leave rows of nothing but delimiters behind.
            if cells.allSatisfy({ $0.content.isEmpty }) { continue }
            guard cells.count == layout.roles.count else {
                say(
                    .error, scanner, cells[0],
                    "the row has \(cells.count) field\(cells.count == 1 ? "" : "s"), "
                        + "expected \(layout.roles.count) as in the header")
                continue
            }
            readRecord(cells, scanner)
            places.append(start)
            warnOfTotal(scanner, cells[0])
        }
    }

    private mutating func readRecord(_ cells: [RecordScanner.Cell], _ scanner: RecordScanner) {
        var id = ""
        var name = ""
        for (role, cell) in zip(layout.roles, cells) {
            switch role {
            case .region:
                id = String(trimming: cell, in: scanner)
                if id.isEmpty { say(.error, scanner, cell, "region is empty, expected a unique id") }
            case .name: name = String(trimming: cell, in: scanner)
            case .number(let column): numbers[column].append(number(cell, column, scanner))
            case .tag(let tag): appendTag(String(trimming: cell, in: scanner), to: tag)
            }
        }
        ids.append(id)
        names.append(name.isEmpty ? id : name)
    }

    /// Few values stand in many rows: those too long to lie in the `String` itself share their storage.
    private mutating func appendTag(_ value: String, to tag: Int) {
        guard value.utf8.count > 15 else { return tags[tag].append(value) }
        if let known = longTags[tag].firstIndex(of: value) { return tags[tag].append(longTags[tag][known]) }
        if longTags[tag].count < 1000 { longTags[tag].insert(value) }
        tags[tag].append(value)
    }

    private static let wordsForTotals: Set<String> = ["total", "sum", "all", "合计", "总计"]

    private mutating func warnOfTotal(_ scanner: RecordScanner, _ cell: RecordScanner.Cell) {
        let id = ids[ids.count - 1]
        guard id.utf8.count <= 6, Self.wordsForTotals.contains(id.lowercased()) else { return }
        say(.warning, scanner, cell, "region \(id) looks like a total; it is read as a region like others")
    }

    // MARK: Numbers

    /// The number in a cell; NaN where it is empty or is none.
    private mutating func number(
        _ cell: RecordScanner.Cell, _ position: Int, _ scanner: RecordScanner
    ) -> Double {
        let column = layout.numbers[position]
        switch NumberText.read(scanner.content(of: cell)) {
        case .empty: return .nan
        case .number(let value, isPercent: false):
            if column.isCounted { warnOfThousands(cell, position, scanner) }
            return value * column.scale
        case .number(let value, isPercent: true) where column.takesPercent && column.scale == 1:
            return value
        case .number:
            refuse(
                cell, column.column, scanner,
                column.takesPercent
                    ? "is written with % and scaled by the plan, expected one of the two"
                    : "is a share, expected an amount (\(column.column.declaration.unit.rawValue))")
        case .malformed(let what):
            let isExplained = what.contains("expected")
            refuse(
                cell, column.column, scanner,
                what + (isExplained ? "" : ", expected \(column.column.declaration.range)"))
        }
        return .nan
    }

    private mutating func refuse(
        _ cell: RecordScanner.Cell, _ column: RegionColumn, _ scanner: RecordScanner, _ message: String
    ) {
        malformed.insert(location(of: cell, scanner))
        say(.error, scanner, cell, "\(column.header) \(scanner.text(of: cell).shown) \(message)")
    }

    /// `46.000` for forty-six thousand is read as 46: nothing says so but the shape of the number.
    private mutating func warnOfThousands(
        _ cell: RecordScanner.Cell, _ position: Int, _ scanner: RecordScanner
    ) {
        let content = scanner.content(of: cell)
        let isPadded = content.last == UInt8(ascii: " ") || content.last == UInt8(ascii: "\t")
        guard isPadded || content.suffix(4).first == UInt8(ascii: "."), thousands[position] == nil else {
            return
        }
        let text = scanner.text(of: cell)
        let parts = text.trimmed.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...3).contains(parts[0].count), parts[0] != "0", parts[1].count == 3,
            parts[1].hasSuffix("0")
        else { return }
        thousands[position] = diagnostics.count
        say(
            .warning, scanner, cell,
            "\(layout.numbers[position].column.header) \(text.shown) is read as \(parts[0]) and a fraction; write "
                + "\(parts.joined()) if the point separates thousands")
    }

    // MARK: Places

    private func location(of cell: RecordScanner.Cell, _ scanner: RecordScanner) -> SourceLocation {
        SourceLocation(layout.path, line: cell.line, column: scanner.column(of: cell))
    }

    private mutating func say(
        _ severity: Finding.Severity, _ scanner: RecordScanner, _ cell: RecordScanner.Cell, _ message: String
    ) {
        diagnostics.append(Diagnostic(severity, location(of: cell, scanner), message))
    }
}
