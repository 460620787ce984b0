internal import Foundation
internal import Headroom

/// Reads a region table, and knows afterwards where every cell stood.
///
/// Once the header is read, pieces of the file are read straight into columns by several threads and joined in order:
/// the result does not depend on how many there are.
struct RegionTableReader {
    private(set) var table = RegionTable(ids: [])
    private(set) var diagnostics: [Diagnostic] = []

    private let file: InputFile
    private var layout: RegionTableLayout
    /// The region column of each position of the header; nil for a tag.
    private var columns: [RegionColumn?] = []
    /// Where each column's header stands.
    private(set) var headers: [RegionColumn: SourceLocation] = [:]
    /// Headers that look like a misspelt column, by that column.
    private var misspelt: [RegionColumn: String] = [:]
    /// Where every region's record is to be found again.
    private var places: [RecordScanner.Place] = []
    /// The cells that hold no number, of which nothing more is to be said.
    private(set) var malformed: Set<SourceLocation> = []

    /// What the plan says of headers, by header.
    private let mappings: [String: ColumnMapping]
    /// What the numbers of a column are multiplied by.
    private let scales: [RegionColumn: Double]
    /// Columns that the plan maps wrongly, of which nothing more is to be said.
    private var misread: Set<RegionColumn>

    /// - Parameters:
    ///   - mappings: Headers that stand for our columns; a column of ours that is mapped is not read under its own name.
    ///   - pieces: Parts that are read by themselves; nil for as many as the threads and the file's size ask for.
    init(
        _ file: InputFile, mappings: ColumnMappings = ColumnMappings(),
        threads: Int = ProcessInfo.processInfo.activeProcessorCount, pieces: Int? = nil
    ) {
        self.file = file
        self.mappings = Dictionary(
            mappings.sound.map { ($0.header, $0) }, uniquingKeysWith: { first, _ in first })
        scales = Dictionary(
            mappings.sound.map { ($0.column, $0.scale) }, uniquingKeysWith: { first, _ in first })
        misread = mappings.broken
        layout = RegionTableLayout(
            path: file.path, delimiter: file.withBytes { RecordScanner.delimiter(of: $0) })
        guard file.isText(threads: threads) else {
            diagnostics.append(
                Diagnostic(.error, SourceLocation(file.path), file.faultOfText))
            return
        }
        var parts = file.withBytes { bytes -> [RegionRows] in
            guard let start = readHeader(bytes) else { return [] }
            return readRows(bytes, from: start, pieces: pieces, threads: threads)
        }
        join(&parts)
    }

    // MARK: Header

    /// - Returns: Where the records begin; nil where there can be none.
    private mutating func readHeader(_ bytes: UnsafeBufferPointer<UInt8>) -> RecordScanner.Place? {
        var scanner = RecordScanner(bytes, delimiter: layout.delimiter)
        var cells: [RecordScanner.Cell] = []
        do {
            guard try scanner.next(into: &cells) else {
                diagnostics.append(
                    Diagnostic(
                        .error, SourceLocation(file.path),
                        "the file is empty, expected a header and regions"))
                return nil
            }
        } catch {
            diagnostics.append(diagnostic(of: error))
            return nil
        }
        readHeader(cells.map { (scanner.text(of: $0).trimmed, location(of: $0, scanner)) })
        return scanner.place
    }

    private func diagnostic(of fault: RecordScanner.Fault) -> Diagnostic {
        Diagnostic(.error, SourceLocation(file.path, line: fault.line, column: fault.column), fault.message)
    }

    private mutating func readHeader(_ headers: [(name: String, place: SourceLocation)]) {
        var seen: Set<String> = []
        for (name, place) in headers {
            let isFirst = seen.insert(name).inserted
            // What stands twice is read the first time; the second one is kept out of the way.
            let column = isFirst ? self.column(named: name) : nil
            columns.append(column)
            if let column { self.headers[column] = place }
            if name.isEmpty {
                diagnostics.append(Diagnostic(.error, place, "a header is empty, expected a column name"))
            } else if !isFirst {
                diagnostics.append(Diagnostic(.error, place, "column `\(name)` stands twice"))
            }
            enter(column, name)
            if column == nil, isFirst { warnIfMisspelt(name, place) }
        }
        for mapping in mappings.values.sorted(by: { $0.header < $1.header })
        where !seen.contains(mapping.header) {
            misread.insert(mapping.column)
            let hint =
                closestName(to: mapping.header, among: Array(seen)).map { "; did you mean `\($0)`?" } ?? ""
            diagnostics.append(
                Diagnostic(
                    .error, mapping.location,
                    "columns.\(mapping.column.header): the region table has no column `\(mapping.header)`\(hint)"
                ))
        }
        if !columns.contains(.region), !misread.contains(.region) {
            diagnostics.append(
                Diagnostic(
                    .error, SourceLocation(file.path),
                    missing(.region)
                        + "; the first line must be the header, its columns separated by comma, semicolon or tab"
                ))
        }
    }

    /// Makes room for a column; nil stands for a tag.
    private mutating func enter(_ column: RegionColumn?, _ name: String) {
        switch column {
        case .region: layout.roles.append(.region)
        case .name: layout.roles.append(.name)
        case .some(let column):
            layout.roles.append(.number(layout.numbers.count))
            layout.numbers.append(.init(column, scale: scales[column] ?? 1))
            table.numbers[column] = []
        case nil:
            layout.roles.append(.tag(layout.tagCount))
            layout.tagCount += 1
            table.tags.append(RegionTable.Tag(name: name, values: []))
        }
    }

    /// The column that a header stands for; nil for a tag.
    private func column(named header: String) -> RegionColumn? {
        if let mapping = mappings[header] { return mapping.column }
        guard let column = RegionColumn(rawValue: header), scales[column] == nil else { return nil }
        return column
    }

    private mutating func warnIfMisspelt(_ name: String, _ place: SourceLocation) {
        guard scales.isEmpty, let known = closestName(to: name, among: RegionColumn.allCases.map(\.header)),
            let column = RegionColumn(rawValue: known)
        else { return }
        misspelt[column] = name
        diagnostics.append(
            Diagnostic(.warning, place, "column `\(name)` is read as a tag; did you mean `\(known)`?"))
    }

    private func missing(_ column: RegionColumn) -> String {
        "required column `\(column.header)` is missing (\(column.declaration.meaning))"
            + (misspelt[column].map { "; is it `\($0)`?" } ?? "")
    }

    // MARK: Records

    private func readRows(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: RecordScanner.Place, pieces: Int?, threads: Int
    ) -> [RegionRows] {
        // Pieces of a size keep the threads busy to the end; small ones are not worth the trouble.
        let worthwhile = min(4 * threads, (bytes.count - start.position) >> 16)
        let records = RecordPieces(
            bytes, from: start, count: pieces ?? max(1, worthwhile), threads: threads)
        nonisolated(unsafe) let shared = bytes
        let layout = layout
        return concurrentMap(records.count, threads: threads) { piece in
            RegionRows(shared, from: records.places[piece], to: records.places[piece + 1], layout)
        }
    }

    /// Puts the pieces together, up to the first fault: what is read after it is read amiss.
    private mutating func join(_ parts: inout [RegionRows]) {
        if let last = parts.firstIndex(where: { $0.fault != nil }) { parts.removeSubrange((last + 1)...) }
        var thousands: Set<Int> = []
        for part in parts {
            let repeated = Set(part.thousands.filter { thousands.contains($0.key) }.values)
            thousands.formUnion(part.thousands.keys)
            for (place, diagnostic) in part.diagnostics.enumerated() where !repeated.contains(place) {
                diagnostics.append(diagnostic)
            }
            malformed.formUnion(part.malformed)
        }
        table.ids = Self.joined(&parts, \.ids)
        table.names = columns.contains(.name) ? Self.joined(&parts, \.names) : table.ids
        places = Self.joined(&parts, \.places)
        for (position, number) in layout.numbers.enumerated() {
            table.numbers[number.column] = Self.joined(&parts, \.numbers[position])
        }
        for tag in table.tags.indices { table.tags[tag].values = Self.joined(&parts, \.tags[tag]) }
        refuseRepeatedRegions()
        if let fault = parts.last?.fault { diagnostics.append(diagnostic(of: fault)) }
    }

    /// A column of all parts, which have it no more: no two columns are in memory twice.
    private static func joined<Value>(
        _ parts: inout [RegionRows], _ column: WritableKeyPath<RegionRows, [Value]>
    ) -> [Value] {
        if parts.count == 1 { return parts[0][keyPath: column] }
        var whole: [Value] = []
        whole.reserveCapacity(parts.reduce(0) { $0 + $1[keyPath: column].count })
        for part in parts.indices {
            whole += parts[part][keyPath: column]
            parts[part][keyPath: column] = []
        }
        return whole
    }

    private mutating func refuseRepeatedRegions() {
        var seen = FirstOccurrences(capacity: table.count)
        for (row, id) in table.ids.enumerated() where !id.isEmpty {
            guard let first = seen.place(of: id, at: row, in: table.ids) else { continue }
            diagnostics.append(
                Diagnostic(
                    .error, location(row: row, position: 0),
                    "region \(id) stands twice, first on line \(location(row: first, position: 0).line); "
                        + "ids must be unique"))
        }
    }

    // MARK: Places

    private func location(of cell: RecordScanner.Cell, _ scanner: RecordScanner) -> SourceLocation {
        SourceLocation(file.path, line: cell.line, column: scanner.column(of: cell))
    }

    /// Where a finding of the case's own checks stands.
    func location(row: Int, column: RegionColumn) -> SourceLocation {
        guard let position = columns.firstIndex(of: column) else {
            return SourceLocation(file.path, line: location(row: row, position: 0).line)
        }
        return location(row: row, position: position)
    }

    /// Where the field of a record stands.
    ///
    /// Cells keep no places: the record is read once more, as findings are few.
    private func location(row: Int, position: Int) -> SourceLocation {
        file.withBytes { bytes in
            var scanner = RecordScanner(bytes, delimiter: layout.delimiter, from: places[row])
            var cells: [RecordScanner.Cell] = []
            guard (try? scanner.next(into: &cells)) == true else {
                preconditionFailure("a record that was read cannot be read again")
            }
            return location(of: cells[position], scanner)
        }
    }

    /// The message of a finding about the whole table, with the misspelt header that may be behind it.
    ///
    /// - Returns: Nil where a column is missing because the plan maps it wrongly.
    func message(of finding: Finding) -> String? {
        let missing = RegionColumn.allCases.first {
            finding.message.hasPrefix("required column `\($0.header)` ")
        }
        guard let missing else { return finding.message }
        return misread.contains(missing) ? nil : self.missing(missing)
    }
}
