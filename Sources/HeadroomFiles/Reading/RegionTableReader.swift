import Headroom

/// Reads a region table, and knows afterwards where every cell stood.
struct RegionTableReader {
    private(set) var table = RegionTable(ids: [])
    private(set) var diagnostics: [Diagnostic] = []

    private let file: InputFile
    private var text: DelimitedText
    /// The region column of each position of the header; nil for a tag.
    private var columns: [RegionColumn?] = []
    private var warnedOfThousands: Set<RegionColumn> = []
    /// Headers that look like a misspelt column, by that column.
    private var misspelt: [RegionColumn: String] = [:]
    /// Where every region's record is to be found again.
    private var places: [DelimitedText.Place] = []
    /// The cells that hold no number, of which nothing more is to be said.
    private(set) var malformed: Set<SourceLocation> = []

    /// What the plan says of headers, by header.
    private let mappings: [String: ColumnMapping]
    /// What the numbers of a column are multiplied by.
    private let scales: [RegionColumn: Double]
    /// Columns that the plan maps wrongly, of which nothing more is to be said.
    private var misread: Set<RegionColumn>

    /// - Parameter mappings: Headers that stand for our columns; a column of ours that is mapped is not read under
    ///   its own name.
    init(_ file: InputFile, mappings: ColumnMappings = ColumnMappings()) {
        self.file = file
        self.mappings = Dictionary(
            mappings.sound.map { ($0.header, $0) }, uniquingKeysWith: { first, _ in first })
        scales = Dictionary(
            mappings.sound.map { ($0.column, $0.scale) }, uniquingKeysWith: { first, _ in first })
        misread = mappings.broken
        text = DelimitedText(file.bytes)
        guard file.text != nil else {
            diagnostics.append(
                Diagnostic(.error, SourceLocation(file.path), file.faultOfText))
            return
        }
        do {
            try read()
        } catch {
            let place = SourceLocation(file.path, line: error.line, column: error.column)
            diagnostics.append(Diagnostic(.error, place, error.message))
        }
    }

    // MARK: Header

    private mutating func read() throws(DelimitedText.Fault) {
        var fields: [DelimitedText.Field] = []
        guard try text.next(into: &fields) else {
            diagnostics.append(
                Diagnostic(
                    .error, SourceLocation(file.path), "the file is empty, expected a header and regions"))
            return
        }
        readHeader(fields)
        try readRecords()
    }

    private mutating func readHeader(_ fields: [DelimitedText.Field]) {
        var seen: Set<String> = []
        for field in fields {
            let name = field.text.trimmed
            let place = location(of: field)
            let isFirst = seen.insert(name).inserted
            // What stands twice is read the first time; the second one is kept out of the way.
            let column = isFirst ? self.column(named: name) : nil
            columns.append(column)
            if name.isEmpty {
                diagnostics.append(Diagnostic(.error, place, "a header is empty, expected a column name"))
            } else if !isFirst {
                diagnostics.append(Diagnostic(.error, place, "column `\(name)` stands twice"))
            }
            if let column {
                if column.declaration.unit != .text { table.numbers[column] = [] }
            } else {
                table.tags.append(RegionTable.Tag(name: name, values: []))
                if isFirst { warnIfMisspelt(name, place) }
            }
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

    private mutating func readRecords() throws(DelimitedText.Fault) {
        var fields: [DelimitedText.Field] = []
        var lineOfID: [String: Int] = [:]
        var start = text.place
        while try text.next(into: &fields) {
            defer { start = text.place }
            // Spreadsheets leave rows of nothing but delimiters behind.
            if fields.allSatisfy({ $0.bytes.isEmpty }) { continue }
            let place = location(of: fields[0])
            guard fields.count == columns.count else {
                diagnostics.append(
                    Diagnostic(
                        .error, place,
                        "the row has \(fields.count) field\(fields.count == 1 ? "" : "s"), "
                            + "expected \(columns.count) as in the header"))
                continue
            }
            readRecord(fields)
            places.append(start)
            let id = table.ids[table.ids.count - 1]
            if id.isEmpty { continue }
            if ["total", "sum", "all", "合计", "总计"].contains(id.lowercased()) {
                diagnostics.append(
                    Diagnostic(
                        .warning, place, "region \(id) looks like a total; it is read as a region like others"
                    ))
            }
            if let first = lineOfID[id] {
                diagnostics.append(
                    Diagnostic(
                        .error, place, "region \(id) stands twice, first on line \(first); ids must be unique"
                    ))
            } else {
                lineOfID[id] = fields[0].line
            }
        }
    }

    private mutating func readRecord(_ fields: [DelimitedText.Field]) {
        var id = ""
        var name: String?
        var tag = 0
        for (column, field) in zip(columns, fields) {
            switch column {
            case .region:
                id = field.text.trimmed
                if id.isEmpty {
                    diagnostics.append(
                        Diagnostic(.error, location(of: field), "region is empty, expected a unique id"))
                }
            case .name: name = field.text.trimmed
            case .some(let column):
                let value = number(field, column)
                table.numbers[column]?.append(value)
            case nil:
                table.tags[tag].values.append(field.text.trimmed)
                tag += 1
            }
        }
        table.ids.append(id)
        table.names.append(name.flatMap { $0.isEmpty ? nil : $0 } ?? id)
    }

    /// The number in a cell; NaN where it is empty or is none.
    private mutating func number(_ field: DelimitedText.Field, _ column: RegionColumn) -> Double {
        switch NumberText.read(field.bytes) {
        case .empty: return .nan
        case .malformed(let what):
            malformed.insert(location(of: field))
            diagnostics.append(
                Diagnostic(
                    .error, location(of: field),
                    "\(column.header) \(field.text.shown) \(what)"
                        + (what.contains("expected") ? "" : ", expected \(column.declaration.range)")))
            return .nan
        case .number(let value, let isPercent):
            if isPercent, !column.declaration.unit.takesPercent {
                malformed.insert(location(of: field))
                diagnostics.append(
                    Diagnostic(
                        .error, location(of: field),
                        "\(column.header) \(field.text.shown) is a share, expected an amount "
                            + "(\(column.declaration.unit.rawValue))"))
                return .nan
            }
            let scale = scales[column] ?? 1
            if isPercent, scale != 1 {
                malformed.insert(location(of: field))
                diagnostics.append(
                    Diagnostic(
                        .error, location(of: field),
                        "\(column.header) \(field.text.shown) is written with % and scaled by the plan, "
                            + "expected one of the two"))
                return .nan
            }
            warnOfThousands(field, column)
            return value * scale
        }
    }

    /// `46.000` for forty-six thousand is read as 46: nothing says so but the shape of the number.
    private mutating func warnOfThousands(_ field: DelimitedText.Field, _ column: RegionColumn) {
        guard column.declaration.unit == .users || column.declaration.unit == .capacity,
            !warnedOfThousands.contains(column)
        else { return }
        let parts = field.text.trimmed.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...3).contains(parts[0].count), parts[0] != "0", parts[1].count == 3,
            parts[1].hasSuffix("0")
        else { return }
        warnedOfThousands.insert(column)
        diagnostics.append(
            Diagnostic(
                .warning, location(of: field),
                "\(column.header) \(field.text.shown) is read as \(parts[0]) and a fraction; write "
                    + "\(parts.joined()) if the point separates thousands"))
    }

    // MARK: Places

    private func location(of field: DelimitedText.Field) -> SourceLocation {
        SourceLocation(file.path, line: field.line, column: text.column(of: field))
    }

    /// Where a finding of the case's own checks stands.
    ///
    /// Cells keep no places: the record is read once more, as findings are few.
    func location(row: Int, column: RegionColumn) -> SourceLocation {
        var again = text
        again.place = places[row]
        var fields: [DelimitedText.Field] = []
        guard (try? again.next(into: &fields)) == true else {
            preconditionFailure("a record that was read cannot be read again")
        }
        guard let position = columns.firstIndex(of: column) else {
            return SourceLocation(file.path, line: fields[0].line)
        }
        return location(of: fields[position])
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
