public import ArgumentParser
import Headroom
import HeadroomFiles
public import HeadroomReports
import HeadroomWorkbooks
import LinearProgramming

struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write a plan as a page or paper to hand on.",
        discussion: """
            -o report.html is one page that needs nothing but itself: what the plan says, its figures beside those of \
            doing nothing, pictures, the allocation, what it was made from and how far it is proved. Standard output \
            has what the plan says in five sentences. Plans of up to 500 regions times years, none of whole modules, \
            are also held against others by the dozen: the trade-off between the first two goals, and which \
            assumption matters. With --template a mustache template of yours is filled in \
            instead; --print-template shows the one that Headroom uses, --print-names what a template may ask for.
            """)

    @Argument(help: "A plan folder, its plan.yaml, or a bare region table (CSV).")
    var path: String?

    @OptionGroup var changes: PlanChanges

    @Flag(help: "Leave out what takes dozens of plans: the trade-off and which assumption matters.")
    var quick = false

    @OptionGroup var output: OutputOptions<ReportResult>

    @Option(help: "A mustache template to fill in; values are escaped for the format that is written.")
    var template: String?

    @Option(
        help: "Print the template that Headroom uses for a format (html, markdown, latex), to begin with.")
    var printTemplate: ReportFormat?

    @Flag(help: "Print the names that a template may use.")
    var printNames = false

    @OptionGroup var options: RunOptions

    func validate() throws {
        guard printTemplate == nil, !printNames else { return }
        if path == nil { throw ValidationError("Missing expected argument '<path>'") }
        if template != nil, !output.asks(for: .html, .markdown, .latex) {
            throw ValidationError(
                "--template needs -o report.html, .md or .tex (or --format html, markdown or latex): values are "
                    + "escaped for the format that is written")
        }
    }

    func run() throws {
        if let printTemplate { return try StandardOutput.write(printTemplate.builtInTemplate) }
        if printNames { return try StandardOutput.write(Report.names.listing()) }
        guard let path else { preconditionFailure("refused in validate") }
        try ExitStatus.mapping(quiet: options.quiet) {
            // A template that is wrong is said before the solve, not after it.
            let templates = try ReportTemplates(path: template)
            let loaded = try LoadedPlan(path: path, scenarios: changes.scenario, changes: changes.whatIf)
            try loaded.refuseInputs(as: output.paths)
            let background = try ReportBackground(loaded, path: path, changes: changes.words)
            options.show(background.diagnostics)
            let search = ReportSearch(
                path: path, loaded: loaded, changes: changes, options: options,
                // The five sentences of standard output do not tell of it.
                isThorough: !quick && output.asks(for: .html, .markdown, .latex, .xlsx))
            do {
                let found = try search.run()
                let others = found.others
                let report = Report(
                    found.plan, sweep: others.sweep, scenarios: others.scenarios, frontier: others.frontier,
                    sensitivity: others.sensitivity, background: background, omissions: others.omissions)
                let origin = PlanOrigin(loaded, changes: changes.words)
                try output.write(
                    ReportResult(report: report, templates: templates, found: found, origin: origin))
            } catch PlanningFailure.impossible(let clash) {
                throw ImpossiblePlan(message: clash.text(loaded.planningCase.assumptions))
            }
        }
    }
}

extension ReportFormat: ExpressibleByArgument {}

/// A template a format: the user's own for all of them, or those that Headroom brings along.
struct ReportTemplates {
    private let templates: [ReportFormat: ReportTemplate]

    /// - Throws: `UnreadableFile`, or `InvalidFiles` with every problem of the template.
    init(path: String?) throws {
        templates = try Dictionary(
            uniqueKeysWithValues: ReportFormat.allCases.map { format in
                let template =
                    try path.map { try ReportTemplate(path: $0, format: format) }
                    ?? ReportTemplate(builtIn: format)
                return (format, template)
            })
    }

    func text(of report: Report, _ format: ReportFormat) -> String {
        templates[format]?.text(of: report) ?? ""
    }
}

/// A report with the templates that it is written through.
struct ReportResult: CommandResult {
    let report: Report
    let templates: ReportTemplates
    /// For workbooks.
    let found: ReportSearch.Findings
    let origin: PlanOrigin

    static let forms: [ResultForm<ReportResult>] = [
        .text(.text) { result, stream, style in
            stream.write(result.report.terminalText(style))
        },
        form(.html, .html), form(.markdown, .markdown), form(.latex, .latex),
        .xlsx { Workbook($0.found.plan, origin: $0.origin, against: $0.found.others) },
    ]

    private static func form(_ format: OutputFormat, _ reportFormat: ReportFormat) -> ResultForm<ReportResult>
    {
        ResultForm(format) { result, stream, _ in
            stream.write(result.templates.text(of: result.report, reportFormat))
        }
    }
}
