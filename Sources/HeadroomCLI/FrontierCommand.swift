import ArgumentParser
import Headroom
import HeadroomFiles
import HeadroomWorkbooks
import LinearProgramming

struct FrontierCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "frontier",
        abstract: "The trade-off between two goals: all plans of which no other is better in both.",
        discussion: """
            Exact, ratios included: every corner plan from the best of the first goal to the best of the second one. \
            Budget and rules hold all along. The plan itself and the scenarios of its folder are placed on it.
            """)

    @OptionGroup var input: PlanInput

    @Option(help: "The two goals, with a comma between.")
    var goals = "return,utilization"

    @Option(
        help: ArgumentHelp(
            "Place this scenario alone; repeatable. All of the folder where none is named.", valueName: "name"
        ))
    var place: [String] = []

    @Flag(help: "Place no scenarios.")
    var noScenarios = false

    @OptionGroup var output: OutputOptions<FrontierResult>
    @OptionGroup var options: RunOptions

    private var chosenGoals: [Goal] {
        goals.split(separator: ",", omittingEmptySubsequences: false).compactMap {
            Goal(rawValue: String($0))
        }
    }

    func validate() throws {
        let chosen = chosenGoals
        guard chosen.count == 2, goals.split(separator: ",").count == 2, chosen[0] != chosen[1] else {
            let known = Goal.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError(
                "--goals is “\(goals)”, expected two different ones of \(known) with a comma between")
        }
        guard !noScenarios || place.isEmpty else {
            throw ValidationError("--place and --no-scenarios exclude each other")
        }
    }

    func run() throws {
        try ExitStatus.mapping(quiet: options.quiet) {
            let loaded = try input.load()
            options.show(loaded.diagnostics)
            try loaded.refuseInputs(as: output.paths)
            let planned = loaded.planningCase
            if !options.quiet { Self.warn(ofSizeOf: planned) }
            let outcome: FrontierOutcome
            do {
                outcome = try options.frontier(planned, goals: chosenGoals, scenarios: try scenarios())
            } catch PlanningFailure.impossible(let clash) {
                throw ImpossiblePlan(message: clash.text(planned.assumptions))
            }
            switch outcome {
            case .frontier(let frontier):
                try output.write(FrontierResult(frontier))
                try frontier.refuseMissing()
            case .undefined(let goal):
                throw ExitStatus.commandLine.end(
                    "headroom: \(goal.title) has no value in this plan; choose two other goals with --goals")
            case .noMinimumSpend:
                throw ExitStatus.commandLine.end(
                    "headroom: roi needs an amount that must be spent: a budget, or --set objective.minimum_spend=1e9"
                )
            case .manyRegions(let limit):
                throw ExitStatus.commandLine.end(
                    "headroom: a frontier is followed in one program, which is bearable up to \(limit) regions times "
                        + "years; --method program tries all the same, and with --time-limit 300 it ends with what was "
                        + "found by then, its ends and the plan first")
            }
        }
    }

    private static func warn(ofSizeOf planned: PlanningCase) {
        guard planned.regions.count * planned.assumptions.years > Planner.regionYearsOfQuickFrontier else {
            return
        }
        StandardError.write(
            "headroom: all corners of a frontier of this size can take many minutes; Ctrl-C and --time-limit leave what is "
                + "found, its ends and the plan first\n")
    }

    private func scenarios() throws -> [(name: String, planningCase: PlanningCase)] {
        var names = place
        if let problems = try Scenarios.problems(with: place, namedBy: "--place", ofPlan: input.path) {
            throw problems
        }
        if names.isEmpty, !noScenarios, let found = try Scenarios(ofPlan: input.path) {
            if let problems = found.problems { throw problems }
            // One that was chosen alone is the plan itself.
            names = found.all.map(\.name).filter { input.changes.scenario != [$0] }
        }
        return try names.map { name in
            let loaded = try LoadedPlan(path: input.path, scenarios: [name], changes: input.changes.whatIf)
            return (name, loaded.planningCase)
        }
    }
}

extension Frontier {
    /// - Throws: `ExitCode` where the search was stopped, after what is found was written.
    fileprivate func refuseMissing() throws {
        guard isStopped else { return }
        throw ExitStatus.timeLimit.end(
            "headroom: stopped before all was found: \(missing.joined(separator: ", ")); what is written says what "
                + "is missing")
    }
}

struct FrontierResult: CommandResult {
    let frontier: Frontier

    private var summary: FrontierSummary { FrontierSummary(frontier) }

    init(_ frontier: Frontier) { self.frontier = frontier }

    static let forms: [ResultForm<FrontierResult>] =
        [
            .text(.table) { result, stream, style in
                let table = result.frontier.table(isForPeople: true)
                result.summary.writeTerminalText(
                    table, picture: result.picture("frontier", style), style, to: &stream)
            },
            ResultForm(.json) { result, stream, _ in result.frontier.writeJSON(to: stream) },
            .text(.markdown) { result, stream, _ in
                result.summary.writeMarkdown(result.frontier.table(isForPeople: true), to: &stream)
            },
            .latex { $0.frontier.table(isForPeople: true) }, .xlsx { Workbook($0.frontier, $0.summary) },
            .svg,
            .vegaLite,
        ] + ResultForm.delimited { $0.frontier.table(isForPeople: false) }
}
