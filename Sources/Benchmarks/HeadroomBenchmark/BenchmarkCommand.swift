import ArgumentParser

@main
struct BenchmarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "headroom-benchmark",
        abstract: "Times Headroom, alone and beside what else could be picked for its job.",
        discussion: """
            The plans are made up: the same size and seed give the same files on every run. Not part of the product, \
            and no test depends on it.
            """,
        subcommands: [GenerateCommand.self, PhasesCommand.self, RunCommand.self, BudgetsCommand.self])
}
