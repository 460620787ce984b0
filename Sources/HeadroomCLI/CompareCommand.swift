public import ArgumentParser
public import Headroom
import HeadroomFiles
import HeadroomWorkbooks

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

    @OptionGroup var output: OutputOptions<CompareResult>

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
        _ = try requests
    }

    private var requests: ComparedPlans {
        get throws {
            try ComparedPlans(paths: paths, allScenarios: scenarios, changes: changes, sets: sets)
        }
    }

    func run() throws {
        try ExitStatus.mapping(quiet: options.quiet) {
            let requests = try requests
            let loaded = try requests.load()
            for plan in loaded { try plan.loaded.refuseInputs(as: output.paths) }
            show(loaded)
            let variants = loaded.map {
                Variant(name: $0.name, planningCase: $0.loaded.planningCase, table: $0.loaded.table)
            }
            _ = try Comparison.commonYears(variants)
            let comparison = try Comparison(
                variants, plans: options.plans(of: variants), commonChanges: requests.commonWords)
            if comparison.outcomes.contains(where: { $0.isTold }) {
                try output.write(CompareResult(comparison: comparison, cut: by))
            }
            try comparison.refuseMissing()
        }
    }

    /// What there is to say of the plans, once each.
    private func show(_ loaded: [ComparedPlans.Loaded]) {
        var said: Set<Diagnostic> = []
        options.show(loaded.flatMap(\.loaded.diagnostics).filter { said.insert($0).inserted })
    }
}

extension Comparison.Cut: ExpressibleByArgument {}

/// Plans held against one another, and what the rows of their table are.
struct CompareResult: CommandResult {
    let comparison: Comparison
    let cut: Comparison.Cut

    static let forms: [ResultForm<CompareResult>] =
        [
            .text(.table) { ComparisonText($0.comparison).writeTerminalText($2, to: &$1) },
            ResultForm(.json) { result, stream, _ in result.comparison.writeJSON(to: stream) },
            .text(.markdown) { result, stream, _ in
                ComparisonText(result.comparison).writeMarkdown(to: &stream)
            },
            .text(.latex) { result, stream, _ in ComparisonText(result.comparison).writeLaTeX(to: &stream) },
            .svg, .vegaLite,
            .xlsx { Workbook(ComparisonText($0.comparison)) },
        ] + ResultForm.delimited { $0.comparison.table(by: $0.cut) }
}

extension Comparison.Outcome {
    /// Whether there is anything to tell of it.
    fileprivate var isTold: Bool { if case .missing = self { false } else { true } }
}

extension Comparison {
    /// - Throws: Where a variant has no plan: what ended its search, or that its rules clash; where a plan is not proved,
    ///   that its search was stopped.
    fileprivate func refuseMissing() throws {
        let missing = zip(variants, outcomes).compactMap {
            variant, outcome -> (name: String, error: any Error)? in
            guard case .missing(let error) = outcome else { return nil }
            return (variant.name, error)
        }
        try MissingPlans(total: variants.count, thing: "plan", missing: missing).refuse()
        let clashes = zip(variants, outcomes).compactMap { variant, outcome -> String? in
            guard case .impossible(let clash) = outcome else { return nil }
            return "\(variant.name): \(clash.text(variant.planningCase.assumptions))"
        }
        if !clashes.isEmpty { throw ImpossiblePlan(message: clashes.joined(separator: "\n")) }
        let open = zip(variants, outcomes).filter { $1.plan?.status == .feasible }.map(\.0.name)
        if !open.isEmpty {
            throw ExitStatus.timeLimit.end(
                "headroom: stopped before all goals were proved: \(open.joined(separator: ", "))")
        }
    }
}
