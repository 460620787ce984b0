internal import Headroom

/// A small table of declared columns (technologies, overrides, links), read with the place of every cell.
///
/// Other columns are passed over, so that a table may carry notes; one that looks misspelt is a warning.
struct DeclaredTable<Column: TableColumn> {
    struct Row {
        fileprivate var texts: [Column: String] = [:]
        fileprivate var numbers: [Column: Double] = [:]
        fileprivate var locations: [Column: SourceLocation] = [:]
        /// Where the row begins.
        let location: SourceLocation

        /// The text of a cell; empty where there is none.
        func text(_ column: Column) -> String { texts[column] ?? "" }

        /// The number in a cell; nil where it is empty, or wrong and reported.
        func number(_ column: Column) -> Double? { numbers[column] }

        func location(_ column: Column) -> SourceLocation { locations[column] ?? location }
    }

    private(set) var rows: [Row] = []
    private(set) var diagnostics: [Diagnostic] = []

    private let path: String
    private var text: DelimitedText
    private var columns: [Column?] = []

    init(_ file: InputFile) {
        path = file.path
        text = DelimitedText(file.bytes)
        guard file.text != nil else {
            diagnostics.append(
                Diagnostic(.error, SourceLocation(path), file.faultOfText))
            return
        }
        do {
            try read()
        } catch {
            let place = SourceLocation(path, line: error.line, column: error.column)
            diagnostics.append(Diagnostic(.error, place, error.message))
        }
    }

    private mutating func read() throws(DelimitedText.Fault) {
        var fields: [DelimitedText.Field] = []
        guard try text.next(into: &fields) else {
            diagnostics.append(
                Diagnostic(.error, SourceLocation(path), "the file is empty, expected a header"))
            return
        }
        readHeader(fields)
        while try text.next(into: &fields) {
            guard fields.count == columns.count else {
                diagnostics.append(
                    Diagnostic(
                        .error, location(of: fields[0]),
                        "the row has \(fields.count) fields, expected \(columns.count) as in the header"))
                continue
            }
            readRow(fields)
        }
    }

    private mutating func readHeader(_ fields: [DelimitedText.Field]) {
        let known = Column.allCases.map(\.rawValue)
        for field in fields {
            let name = field.text.trimmed
            let column = Column(rawValue: name)
            if let column, columns.contains(column) {
                diagnostics.append(Diagnostic(.error, location(of: field), "column `\(name)` stands twice"))
            }
            columns.append(column)
            if column == nil, let close = closestName(to: name, among: known) {
                diagnostics.append(
                    Diagnostic(
                        .warning, location(of: field),
                        "column `\(name)` is passed over; did you mean `\(close)`?"))
            }
        }
        for column in Column.allCases where column.declaration.need == .required && !columns.contains(column)
        {
            diagnostics.append(
                Diagnostic(
                    .error, SourceLocation(path),
                    "required column `\(column.rawValue)` is missing (\(column.declaration.meaning))"))
        }
    }

    private mutating func readRow(_ fields: [DelimitedText.Field]) {
        var row = Row(location: location(of: fields[0]))
        for case (let column?, let field) in zip(columns, fields) {
            row.locations[column] = location(of: field)
            let declaration = column.declaration
            let content = field.text.trimmed
            if content.isEmpty {
                if declaration.need == .required {
                    diagnostics.append(
                        Diagnostic(
                            .error, location(of: field),
                            "\(column.rawValue) is empty, expected \(declaration.unit == .text ? "text" : "a number")"
                        ))
                }
            } else if declaration.unit == .text {
                row.texts[column] = content
            } else {
                row.numbers[column] = number(field, column)
            }
        }
        rows.append(row)
    }

    private mutating func number(_ field: DelimitedText.Field, _ column: Column) -> Double? {
        let declaration = column.declaration
        let shown = "\(column.rawValue) \(field.text.trimmed.shown)"
        switch NumberText.read(field.bytes) {
        case .empty: return nil
        case .malformed(let what):
            let hint = what.contains("expected") ? "" : ", expected \(declaration.range)"
            diagnostics.append(Diagnostic(.error, location(of: field), "\(shown) \(what)\(hint)"))
        case .number(let value, let isPercent):
            if isPercent {
                diagnostics.append(
                    Diagnostic(
                        .error, location(of: field),
                        "\(shown) is a share, expected an amount (\(declaration.unit.rawValue))"))
            } else if !declaration.range.contains(value)
                || declaration.unit == .years && value != value.rounded()
            {
                let whole = declaration.unit == .years ? "a whole number of years " : ""
                diagnostics.append(
                    Diagnostic(.error, location(of: field), "\(shown), expected \(whole)\(declaration.range)")
                )
            } else if value > declaration.unit.largest {
                diagnostics.append(
                    Diagnostic(
                        .error, location(of: field),
                        "\(shown) is too large, expected at most \(NumberFormat.full(declaration.unit.largest))"
                    ))
            } else {
                return value
            }
        }
        return nil
    }

    private func location(of field: DelimitedText.Field) -> SourceLocation {
        SourceLocation(path, line: field.line, column: text.column(of: field))
    }
}
