import ArgumentParser
import Foundation

@main
struct BenchmarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "headroom-benchmark",
        abstract: "Times Headroom, alone and beside what else could be picked for its job.",
        discussion: """
            The plans are made up: the same size and seed give the same files on every run. Not part of the product, \
            and no test depends on it.
            """,
        subcommands: [
            GenerateCommand.self, PhasesCommand.self, RunCommand.self, BudgetsCommand.self,
            GrowthCommand.self,
        ])
}

/// This program.
var ownProgram: URL {
    get throws {
        guard let program = Bundle.main.executableURL else {
            throw ValidationError("this program does not know where it is")
        }
        return program
    }
}

/// The program headroom.
///
/// - Parameter name: Nil: the one beside this program.
func headroomProgram(named name: String?) throws -> String {
    let program = try name ?? ownProgram.deletingLastPathComponent().appending(path: "headroom").path
    guard FileManager.default.isExecutableFile(atPath: program) else {
        throw ValidationError("headroom is not built: run swift build -c release, or name it with --headroom")
    }
    return program
}
