import ArgumentParser
import Foundation
import GLPKSolver
import Headroom
import HeadroomFiles

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Solve a plan and print the allocation.")

    @OptionGroup var input: PlanInput

    @OptionGroup var output: OutputOptions<PlanResult>

    @Option(help: "Rows of the table: region, year, lever, technology, or a column such as zone.")
    var by = "region"

    @OptionGroup var options: RunOptions

    func run() throws {
        try ExitStatus.mapping(quiet: options.quiet) {
            let loaded = try input.load()
            options.show(loaded.diagnostics)
            try loaded.refuseInputs(as: output.paths)
            let cut = Cut(by)
            try requireTag(cut, loaded)
            let plan = try solve(loaded.planningCase)
            guard let table = plan.table(cut) else { preconditionFailure("the tag was looked up before") }
            try output.write(PlanResult(plan: plan, table: table))
        }
    }

    /// Where no plan is possible, JSON says so too; what holds a table is not written.
    private func solve(_ planningCase: PlanningCase) throws -> Plan {
        do {
            // Ranges are told in the summary alone.
            return try options.solve(planningCase, findsRanges: output.asks(for: .table, .markdown))
        } catch PlanningFailure.impossible(let clash) {
            try output.write(clash.json(of: planningCase.assumptions), wherever: .json)
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

/// A plan with the cut of it that is asked for.
struct PlanResult: CommandResult {
    let plan: Plan
    let table: Table

    static let forms: [ResultForm<PlanResult>] = [
        .text(.table) { $0.plan.writeTerminalText($0.table, width: $2.width, to: &$1) },
        ResultForm(.csv) { result, stream, _ in result.table.writeCSV(to: stream) },
        ResultForm(.json) { result, stream, _ in result.plan.writeJSON(to: stream) },
        .text(.markdown) { result, stream, _ in result.plan.writeMarkdown(result.table, to: &stream) },
    ]
}

/// No plan holds all rules and limits; the message says what clashes.
struct ImpossiblePlan: Error {
    var message: String
}
