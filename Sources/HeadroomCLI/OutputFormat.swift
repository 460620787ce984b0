import Foundation
import Headroom
import HeadroomCharts
import HeadroomFiles
import HeadroomWorkbooks

/// A form that results are printed or written in.
///
/// Which of them a command writes its `CommandResult` declares.
enum OutputFormat: String, Sendable {
    /// Text with a table, for a terminal.
    case table
    /// Sentences, for a terminal.
    case text
    case csv, tsv, json, markdown, html, latex
    /// Pictures.
    case svg
    case vegaLite = "vega-lite"
    /// A workbook of Excel.
    case xlsx
    /// For maps (RFC 7946).
    case geoJSON = "geojson"

    /// The words of `--format`, the first is the one that is shown.
    var words: [String] {
        switch self {
        case .markdown: [rawValue, "md"]
        case .latex: [rawValue, "tex"]
        default: [rawValue]
        }
    }

    /// What names of files in this format end in, the first is the one that is shown.
    var endings: [String] {
        switch self {
        case .table, .text: [".txt"]
        case .csv: [".csv"]
        case .tsv: [".tsv"]
        case .json: [".json"]
        case .latex: [".tex"]
        case .markdown: [".md", ".markdown"]
        case .html: [".html", ".htm"]
        case .svg: [".svg"]
        case .vegaLite: [".vl.json"]
        case .xlsx: [".xlsx"]
        case .geoJSON: [".geojson"]
        }
    }
}

/// A format, and how a result is written in it.
struct ResultForm<Result>: Sendable {
    let format: OutputFormat
    let write: @Sendable (Result, TextStream, TextStyle) -> Void
    /// Of a form of charts: how any of the result's charts is written.
    var chartText: (@Sendable (Chart) -> String)?
    /// Of a form that is no text: the workbook that is written.
    var workbook: (@Sendable (Result) -> Workbook)?

    /// - Parameter write: Writes a result; told how text for a terminal looks there.
    init(_ format: OutputFormat, write: @escaping @Sendable (Result, TextStream, TextStyle) -> Void) {
        self.format = format
        self.write = write
    }

    /// For text: the stream as one of the standard library's.
    static func text(
        _ format: OutputFormat, write: @escaping @Sendable (Result, inout TextStream, TextStyle) -> Void
    ) -> ResultForm {
        ResultForm(format) { result, stream, style in
            var stream = stream
            write(result, &stream, style)
        }
    }
}

extension ResultForm {
    /// The forms of a table for programs: CSV in the dialect that is asked for, and TSV.
    static func delimited(_ table: @escaping @Sendable (Result) -> Table) -> [ResultForm] {
        [
            ResultForm(.csv) { table($0).writeCSV($2.dialect, to: $1) },
            ResultForm(.tsv) { result, stream, _ in table(result).writeCSV(.tabs, to: stream) },
        ]
    }

    static func xlsx(_ workbook: @escaping @Sendable (Result) -> Workbook) -> ResultForm {
        var form = ResultForm(.xlsx) { _, _, _ in
            preconditionFailure("a workbook is no text, and `OutputOptions` writes it")
        }
        form.workbook = workbook
        return form
    }

    /// The form of a table for people as LaTeX.
    static func latex(_ table: @escaping @Sendable (Result) -> Table) -> ResultForm {
        .text(.latex) { result, stream, _ in table(result).writeLaTeX(to: &stream) }
    }
}

/// What a command finds, with every form that it can be printed or written in.
protocol CommandResult {
    /// The first is standard output's where none is asked for.
    static var forms: [ResultForm<Self>] { get }

    /// The names of the charts that can be drawn of it, each the stem of a file's name.
    static var charts: [String] { get }

    /// One of `charts`; nil where the result does not have what it shows.
    func chart(_ name: String) -> Chart?
}

extension CommandResult {
    /// The form of a format; nil where the result has none.
    static func form(_ format: OutputFormat) -> ResultForm<Self>? { forms.first { $0.format == format } }

    /// The form that a file's name asks for; nil where its ending is of none.
    ///
    /// Of endings that end in one another the longest counts.
    static func form(ofFile path: String) -> ResultForm<Self>? {
        let name = path.lowercased()
        func length(_ form: ResultForm<Self>) -> Int {
            form.format.endings.filter(name.hasSuffix).map(\.count).max() ?? 0
        }
        return forms.max { length($0) < length($1) }.flatMap { length($0) > 0 ? $0 : nil }
    }

    /// The endings of files, such as `.txt, .csv`.
    static var endings: String { forms.map { $0.format.endings[0] }.joined(separator: ", ") }
}
