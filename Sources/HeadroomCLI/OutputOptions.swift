import ArgumentParser
import HeadroomFiles
import HeadroomWorkbooks

/// Where a result goes, and in which formats: the same options for every command, each with the formats of its result.
struct OutputOptions<Result: CommandResult>: ParsableArguments {
    @Option(help: "Format of standard output.")
    var format = FormatWord<Result>.first

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "Write a file, its format by its ending (\(Result.endings)); repeatable.", valueName: "file"))
    var paths: [String] = []

    @Option(
        help: ArgumentHelp(
            "What stands between the fields of CSV: comma, semicolon, tab or bar.", valueName: "word",
            visibility: Self.hasCSV ? .default : .hidden))
    var csvDelimiter: String?

    @Flag(
        help: ArgumentHelp(
            "Numbers of CSV have decimal commas, as spreadsheets of many countries read them; fields then end in semicolons.",
            visibility: Self.hasCSV ? .default : .hidden))
    var decimalComma = false

    @Option(
        help: ArgumentHelp(
            "The chart of files that are not named after one: \(Result.chartWords).", valueName: "name",
            visibility: Result.charts.isEmpty ? .hidden : .default))
    var chart: String?

    private static var hasCSV: Bool { Result.form(.csv) != nil }

    func validate() throws {
        if csvDelimiter != nil || decimalComma, !Self.hasCSV {
            throw ValidationError(
                "--csv-delimiter and --decimal-comma are for CSV, which is not written here")
        }
        guard dialect != nil else {
            throw ValidationError(
                "--csv-delimiter is “\(csvDelimiter ?? "")”, expected semicolon, tab or bar"
                    + (decimalComma ? " beside --decimal-comma" : ", or comma"))
        }
        for path in paths where Result.form(ofFile: path) == nil {
            throw ValidationError(
                "--output is “\(path)”, expected a name that ends in \(Result.endings)")
        }
        if format.form.workbook != nil, StandardOutput.style.isTerminal {
            throw ValidationError(
                "--format xlsx is no text for a terminal; name a file instead, such as -o plan.xlsx")
        }
        if let chart { try requireChart(chart, "--chart is “\(chart)”") }
        for (path, form) in files where form.chartText != nil {
            try requireChart(chartName(path), "--output is “\(path)”")
        }
    }

    /// Whether anything is asked for in one of some formats.
    func asks(for formats: OutputFormat...) -> Bool {
        ([format.format] + files.map(\.form.format)).contains(where: formats.contains)
    }

    /// Writes every file, then standard output. One that cannot be written keeps none of the others from it.
    ///
    /// - Throws: What kept the first of them from being written; the others are said.
    func write(_ result: Result) throws {
        var failures: [any Error] = []
        for (path, form) in files {
            do { try write(result, form, to: path) } catch { failures.append(error) }
        }
        do { try print(result) } catch { failures.append(error) }
        for message in Self.messages(of: failures.dropFirst()) { StandardError.write(message + "\n") }
        if let first = failures.first { throw first }
    }

    /// What is to be said of failures that are not thrown; an `ExitCode` comes of what was said already.
    static func messages(of failures: some Sequence<any Error>) -> [String] {
        failures.filter { !($0 is ExitCode) }.map { "\($0)" }
    }

    private func write(_ result: Result, _ form: ResultForm<Result>, to path: String) throws {
        if let text = form.chartText {
            try writeFile(text(result.madeChart(chartName(path))), to: path)
        } else if let workbook = form.workbook {
            try workbook(result).write(to: path)
        } else {
            try writeFile(to: path) { form.write(result, $0, styled(.file)) }
        }
    }

    private func print(_ result: Result) throws {
        if let text = format.form.chartText {
            try StandardOutput.write(text(result.madeChart(chart ?? Result.charts[0])))
        } else if let workbook = format.form.workbook {
            let bytes = try workbook(result).bytes(for: "standard output")
            try StandardOutput.write { $0.write(bytes) }
        } else {
            try StandardOutput.write { format.form.write(result, $0, styled(StandardOutput.style)) }
        }
    }

    /// Writes a text where a format is asked for, in place of a result.
    ///
    /// - Throws: `UnwritableFile`.
    func write(_ text: String, wherever asked: OutputFormat) throws {
        for (path, form) in files where form.format == asked { try writeFile(text, to: path) }
        if format.format == asked { try StandardOutput.write(text) }
    }

    private var dialect: CSVDialect? { CSVDialect(delimiter: csvDelimiter, decimalComma: decimalComma) }

    private func styled(_ style: TextStyle) -> TextStyle {
        var style = style
        if let dialect { style.dialect = dialect }
        return style
    }

    private var files: [(path: String, form: ResultForm<Result>)] {
        paths.compactMap { path in Result.form(ofFile: path).map { (path, $0) } }
    }
}

/// The word of `--format`: one that the result has a form for.
struct FormatWord<Result: CommandResult>: ExpressibleByArgument, Sendable {
    let form: ResultForm<Result>

    var format: OutputFormat { form.format }

    private init(form: ResultForm<Result>) { self.form = form }

    init?(argument: String) {
        guard let form = Result.forms.first(where: { $0.format.words.contains(argument) }) else { return nil }
        self.form = form
    }

    static var first: FormatWord { FormatWord(form: Result.forms[0]) }
    static var allValueStrings: [String] { Result.forms.map { $0.format.words[0] } }
    var defaultValueDescription: String { format.words[0] }
}
