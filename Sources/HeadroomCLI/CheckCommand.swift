import ArgumentParser
import Headroom
import HeadroomFiles

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the files; print what the plan contains and every problem.")

    @OptionGroup var input: PlanInput

    @Flag(help: "Print no warnings and notes.")
    var quiet = false

    func run() throws {
        try ExitStatus.mapping(quiet: quiet) {
            let checked = try CheckedPlan(
                path: input.path, scenarios: input.changes.scenario, changes: input.changes.whatIf)
            var summary = CaseSummary(checked.loaded.planningCase, checked.loaded.table)
            summary.lines += checked.scenarios.map {
                CaseSummary.Line(
                    label: "Scenario",
                    value: "\($0.name): \($0.description ?? $0.keys.joined(separator: ", "))")
            }
            let assumptions = checked.loaded.planningCase.assumptions
            summary.lines += checked.ranges.map { .init($0, assumptions) }
            try StandardOutput.write(summary.terminalText(StandardOutput.style))
            guard !quiet else { return }
            for diagnostic in checked.diagnostics { StandardError.write(diagnostic) }
            let warnings = checked.diagnostics.count { $0.severity == .warning }
            StandardError.write(
                warnings == 0
                    ? "No problems found.\n" : "\(warnings) warning\(warnings == 1 ? "" : "s").\n")
        }
    }
}
