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
            if !quiet {
                for diagnostic in loaded.diagnostics { StandardError.write("\(diagnostic)\n") }
            }
            let summary = CaseSummary(loaded.planningCase, loaded.table)
            try StandardOutput.write(summary.terminalText(width: StandardOutput.width))
        }
    }
}
