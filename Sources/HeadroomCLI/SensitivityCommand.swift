import ArgumentParser
import Headroom
import HeadroomFiles
import HeadroomWorkbooks

struct SensitivityCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensitivity",
        abstract: "Vary one assumption at a time: which move the return, and which the money.",
        discussion: """
            Each assumption is varied by its range (`sensitivity` in plan.yaml), or by 20 % down and up, all others \
            staying, and the plan is made anew: by what --scale, --set and --budget would do.
            """)

    @OptionGroup var input: PlanInput

    @Option(
        parsing: .unconditional,
        help: "What assumptions without a range of their own are varied by, down and up, such as 10%.")
    var by = "20%"

    @Option(
        help: ArgumentHelp(
            "An assumption to vary, in place of all: budget, a key such as discount_rate, a column such as "
                + "build_cost or build_cost@zone=west; repeatable.", valueName: "name"))
    var factor: [String] = []

    @OptionGroup var output: OutputOptions<SensitivityResult>

    @OptionGroup var options: RunOptions

    func validate() throws {
        guard let share = WhatIf.number(by), share > 0, share < 1 else {
            throw ValidationError("--by is “\(by)”, expected a share above 0 and below 1, such as 10%")
        }
        for name in factor where Factor(named: name) == nil {
            throw ValidationError("--factor is “\(name)”; \(Factor.expected(insteadOf: name))")
        }
    }

    func run() throws {
        try ExitStatus.mapping(quiet: options.quiet) {
            let factors = factor.compactMap(Factor.init(named:))
            let varied = try VariedPlan(
                path: input.path, scenarios: input.changes.scenario, changes: input.changes.whatIf,
                .init(share: WhatIf.number(by) ?? 0.2, factors: factors.isEmpty ? nil : factors))
            options.show(varied.loaded.diagnostics)
            try varied.loaded.refuseInputs(as: output.paths)
            guard !varied.factors.isEmpty else {
                throw ExitStatus.commandLine.end(
                    (varied.notes + ["headroom: the plan has no assumption to vary"]).joined(separator: "\n"))
            }
            let sensitivity = try solve(varied)
            try output.write(
                SensitivityResult(sensitivity: sensitivity, notes: varied.notes, command: command))
            try sensitivity.refuseMissing()
        }
    }

    private func solve(_ varied: VariedPlan) throws -> Sensitivity {
        do {
            return try options.sensitivity(varied)
        } catch PlanningFailure.impossible(let clash) {
            throw ImpossiblePlan(message: clash.text(varied.loaded.planningCase.assumptions))
        }
    }

    /// What the plan as it stands is asked for with.
    private var command: String {
        ([HeadroomCommand.calledAs, "plan", input.path] + input.changes.words).joined(separator: " ")
    }
}

/// A sensitivity in all its forms.
struct SensitivityResult: CommandResult {
    let sensitivity: Sensitivity
    let notes: [String]
    let command: String

    private var text: SensitivityText { SensitivityText(sensitivity, notes: notes, command: command) }

    static let forms: [ResultForm<SensitivityResult>] = [
        .text(.table) { $0.text.writeTerminalText($2, to: &$1) },
        ResultForm(.csv) { result, stream, _ in result.sensitivity.table.writeCSV(to: stream) },
        ResultForm(.json) { result, stream, _ in
            result.sensitivity.writeJSON(notes: result.notes, to: stream)
        },
        .text(.markdown) { result, stream, _ in result.text.writeMarkdown(to: &stream) },
        .xlsx { Workbook($0.text, tables: [("Every variation", $0.sensitivity.table)]) }, .svg, .vegaLite,
    ]
}

extension Sensitivity {
    /// - Throws: What ended the search for a variation's plan, after what is found was written.
    fileprivate func refuseMissing() throws {
        let missing = variations.compactMap { variation -> (name: String, error: any Error)? in
            guard case .missing(let error) = variation.failure else { return nil }
            return (variation.setting.option, error)
        }
        // The plan as it stands is one more, and was found.
        try MissingPlans(total: variations.count + 1, thing: "plan", missing: missing).refuse()
    }
}
