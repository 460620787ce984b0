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
            let loaded = try input.load()
            let summary = CaseSummary(loaded.planningCase, loaded.table)
            try StandardOutput.write(summary.terminalText(width: StandardOutput.width))
            guard !quiet else { return }
            for diagnostic in loaded.diagnostics { StandardError.write("\(diagnostic)\n") }
            let warnings = loaded.diagnostics.count { $0.severity == .warning }
            StandardError.write(
                warnings == 0
                    ? "No problems found.\n" : "\(warnings) warning\(warnings == 1 ? "" : "s").\n")
        }
    }
}
