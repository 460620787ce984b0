public import ArgumentParser
public import Headroom
import HeadroomFiles

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Show plans side by side: what changes, where the money moves, and why.",
        usage: """
            headroom compare PATH PATH ... [<options>]
            headroom compare PATH --scenarios [<options>]
            headroom compare PATH --scenario NAME --scenario NAME ... [<options>]
            headroom compare PATH [<options>] -- CHANGES [-- CHANGES ...]
            """,
        discussion: """
            Several folders, or one under several sets of changes: scenarios of its scenarios.yaml, or options behind \
            a -- each, such as -- --budget -10% -- --budget +10% (an empty set is the plan as it stands). The first \
            is what the others are held against; a single set is held against the plan as it stands. Changes before \
            the first -- are made to every plan.
            """)

    @Argument(help: "Plan folders, their plan.yaml, or bare region tables (CSV).")
    var paths: [String]

    @Flag(help: "Compare the plan as it stands with every scenario of its folder.")
    var scenarios = false

    @OptionGroup var changes: PlanChanges

    @Option(help: "Format of standard output: \(OutputFormat.words).")
    var format = OutputFormat.table

    @Option(
        name: .shortAndLong,
        help: "Write a file, its format by its ending (\(OutputFormat.endings)); repeatable.")
    var output: [String] = []

    @Option(help: "Rows of CSV: region, year, or total.")
    var by = Comparison.Cut.region

    @OptionGroup var options: RunOptions

    /// The words behind the first `--`, which `foldingSets` puts here; each further `--` begins another set.
    @Option(
        name: .customLong(Self.setOption), parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A word of a set of changes.", visibility: .hidden))
    var sets: [String] = []

    private static let setOption = "word-of-set"

    /// The command line with every word behind the first `--` as the value of an option.
    ///
    /// The argument parser takes one list of words alone, and that is the paths.
    static func foldingSets(_ arguments: [String]) -> [String] {
        guard arguments.first == configuration.commandName, let end = arguments.firstIndex(of: "--") else {
            return arguments
        }
        let words = arguments[(end + 1)...]
        // Nothing behind it is a set too: an empty one.
        return arguments[..<end] + (words.isEmpty ? ["--"] : words).map { "--\(setOption)=\($0)" }
    }

    func validate() throws {
        for path in output where OutputFormat(ending: path) == nil {
            throw ValidationError(
                "--output is “\(path)”, expected a name that ends in \(OutputFormat.endings)")
        }
        _ = try requests
    }

    private var requests: ComparedPlans {
        get throws {
            try ComparedPlans(paths: paths, allScenarios: scenarios, changes: changes, sets: sets)
        }
    }

    func run() throws {
        try ExitStatus.mapping(quiet: options.quiet) {
            let loaded = try requests.load()
            for plan in loaded { try plan.loaded.refuseInputs(as: output) }
            show(loaded)
            let variants = loaded.map {
                Variant(name: $0.name, planningCase: $0.loaded.planningCase, table: $0.loaded.table)
            }
            _ = try Comparison.commonYears(variants)
            let comparison = try Comparison(variants, plans: options.plans(of: variants))
            try write(comparison)
            try comparison.refuseMissing()
        }
    }

    /// What there is to say of the plans, once each.
    private func show(_ loaded: [ComparedPlans.Loaded]) {
        var said: Set<Diagnostic> = []
        options.show(loaded.flatMap(\.loaded.diagnostics).filter { said.insert($0).inserted })
    }

    private func write(_ comparison: Comparison) throws {
        guard comparison.outcomes.contains(where: { $0.isTold }) else { return }
        for path in output {
            guard let format = OutputFormat(ending: path) else { preconditionFailure("refused in validate") }
            try writeFile(to: path) { format.write(comparison, by: by, to: $0) }
        }
        try StandardOutput.write {
            format.write(comparison, by: by, to: $0, width: StandardOutput.width)
        }
    }
}

extension Comparison.Cut: ExpressibleByArgument {}

extension OutputFormat {
    /// - Parameters:
    ///   - cut: Rows of CSV.
    ///   - width: Columns of the text.
    fileprivate func write(
        _ comparison: Comparison, by cut: Comparison.Cut, to stream: TextStream, width: Int = 120
    ) {
        var stream = stream
        switch self {
        case .table: ComparisonText(comparison).writeTerminalText(width: width, to: &stream)
        case .csv: comparison.table(by: cut).writeCSV(to: stream)
        case .json: comparison.writeJSON(to: stream)
        case .markdown: ComparisonText(comparison).writeMarkdown(to: &stream)
        }
    }
}

extension Comparison.Outcome {
    /// Whether there is anything to tell of it.
    fileprivate var isTold: Bool { if case .missing = self { false } else { true } }
}

extension Comparison {
    /// - Throws: Where a variant has no plan: what ended its search, or that its rules clash.
    fileprivate func refuseMissing() throws {
        for (variant, outcome) in zip(variants, outcomes) {
            if case .missing(let error) = outcome {
                StandardError.write("headroom: \(variant.name) has no plan\n")
                throw error
            }
        }
        let clashes = zip(variants, outcomes).compactMap { variant, outcome -> String? in
            guard case .impossible(let clash) = outcome else { return nil }
            return "\(variant.name): \(clash.text(variant.planningCase.assumptions))"
        }
        if !clashes.isEmpty { throw ImpossiblePlan(message: clashes.joined(separator: "\n")) }
    }
}
