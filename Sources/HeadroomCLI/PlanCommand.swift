import ArgumentParser
import Foundation
import GLPKSolver
import Headroom
import HeadroomFiles

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Solve a plan and print the allocation.")

    @OptionGroup var input: PlanInput

    @Option(help: "Format of standard output: \(OutputFormat.words).")
    var format = OutputFormat.table

    @Option(
        name: .shortAndLong,
        help: "Write a file, its format by its ending (\(OutputFormat.endings)); repeatable.")
    var output: [String] = []

    @Option(help: "Rows of the table: region, year, lever, technology, or a column such as zone.")
    var by = "region"

    @OptionGroup var options: RunOptions

    func validate() throws {
        for path in output where OutputFormat(ending: path) == nil {
            throw ValidationError(
                "--output is “\(path)”, expected a name that ends in \(OutputFormat.endings)")
        }
    }

    func run() throws {
        try ExitStatus.mapping(quiet: options.quiet) {
            let loaded = try input.load()
            options.show(loaded.diagnostics)
            try loaded.refuseInputs(as: output)
            let cut = Cut(by)
            try requireTag(cut, loaded)
            let plan = try solve(loaded.planningCase)
            guard let table = plan.table(cut) else { preconditionFailure("the tag was looked up before") }
            for path in output {
                guard let format = OutputFormat(ending: path) else {
                    preconditionFailure("refused in validate")
                }
                try writeFile(to: path) { format.write(plan, table, to: $0) }
            }
            try StandardOutput.write { format.write(plan, table, to: $0, width: StandardOutput.width) }
        }
    }

    /// Whether anything that is written has the summary in it.
    private var isReadByPeople: Bool {
        let formats = [format] + output.compactMap(OutputFormat.init(ending:))
        return formats.contains { $0 == .table || $0 == .markdown }
    }

    /// Where no plan is possible, JSON says so too; what holds a table is not written.
    private func solve(_ planningCase: PlanningCase) throws -> Plan {
        do {
            return try options.solve(planningCase, findsRanges: isReadByPeople)
        } catch PlanningFailure.impossible(let clash) {
            let json = clash.json(of: planningCase.assumptions)
            for path in output where OutputFormat(ending: path) == .json { try writeFile(json, to: path) }
            if format == .json { try StandardOutput.write(json) }
            throw ImpossiblePlan(message: clash.text(planningCase.assumptions))
        }
    }

    /// A wrong word after `--by` is said before the solve, not after it.
    private func requireTag(_ cut: Cut, _ loaded: LoadedPlan) throws {
        guard case .tag(let name) = cut, loaded.table.values(ofTag: name) == nil else { return }
        let known = ["region", "year", "lever", "technology"] + loaded.table.tags.map(\.name)
        let hint = closestName(to: name, among: known).map { "; did you mean `\($0)`?" } ?? ""
        throw ExitStatus.commandLine.end(
            "headroom: --by is “\(name)”, expected one of \(known.joined(separator: ", "))\(hint)")
    }
}

/// No plan holds all rules and limits; the message says what clashes.
struct ImpossiblePlan: Error {
    var message: String
}
