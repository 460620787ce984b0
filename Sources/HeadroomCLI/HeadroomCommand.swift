import ArgumentParser
import Foundation

@main
struct HeadroomCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "headroom",
        abstract: "Says where to put the next unit of network money.",
        discussion: """
            Reads region files (installed and idle capacity, users, growth, costs), finds the investment plan that \
            earns the most, and says how much to spend in which region, on which lever, in which year.
            """,
        version: "0.1.0",
        subcommands: [
            PlanCommand.self, CheckCommand.self, SweepCommand.self, FrontierCommand.self, CompareCommand.self,
            SensitivityCommand.self, ExplainCommand.self, ReportCommand.self, ExportCommand.self,
            InitCommand.self,
        ])

    static func main() { main(CompareCommand.foldingSets(Array(CommandLine.arguments.dropFirst()))) }

    /// What the user types to get here: the wrapper that builds the program says its own name.
    static var calledAs: String { ProcessInfo.processInfo.environment["HEADROOM_COMMAND"] ?? "headroom" }
}
