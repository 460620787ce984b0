import ArgumentParser
import Headroom
import HeadroomFiles

/// A form that a plan can be printed or written in.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
    case table, csv, json, markdown

    init?(argument: String) { self.init(rawValue: argument == "md" ? "markdown" : argument) }

    static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }
    static let endings = ".csv, .json, .md, .txt"

    /// The format that a file's name asks for; nil where its ending is not known.
    init?(ending path: String) {
        switch path.split(separator: ".").last?.lowercased() {
        case "csv": self = .csv
        case "json": self = .json
        case "md", "markdown": self = .markdown
        case "txt": self = .table
        default: return nil
        }
    }

    /// - Parameter width: Columns of the text table.
    func write(_ plan: Plan, _ table: Table, to stream: TextStream, width: Int = 120) {
        var stream = stream
        switch self {
        case .table: plan.writeTerminalText(table, width: width, to: &stream)
        case .csv: table.writeCSV(to: stream)
        case .json: plan.writeJSON(to: stream)
        case .markdown: plan.writeMarkdown(table, to: &stream)
        }
    }
}
