import ArgumentParser
import GLPKSolver
import Headroom
import HeadroomFiles

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Say why a region gets what it gets, and what would change that.",
        discussion: """
            Without a region: what the next unit of the budget and every rule are worth, and how far that holds. \
            Prices are those of the best return, whatever the plan's goals.
            """)

    @OptionGroup var input: PlanInput

    @Argument(help: "A region, by its id or its name.")
    var region: String?

    @OptionGroup var output: OutputOptions<ExplainResult>

    @OptionGroup var options: RunOptions

    func run() throws {
        try ExitStatus.mapping(quiet: options.quiet) {
            let loaded = try input.load()
            options.show(loaded.diagnostics)
            try loaded.refuseInputs(as: output.paths)
            do {
                try output.write(try result(loaded.planningCase))
            } catch PlanningFailure.impossible(let clash) {
                throw ImpossiblePlan(message: clash.text(loaded.planningCase.assumptions))
            }
        }
    }

    private func result(_ planningCase: PlanningCase) throws -> ExplainResult {
        guard let region else {
            return .prices(
                try options.controlled { try options.planner.prices(of: planningCase, control: $0) })
        }
        let place = try place(of: region, in: planningCase.regions)
        return .region(
            try options.controlled { try options.planner.explain(planningCase, place, control: $0) })
    }

    /// - Throws: `ExitCode` where no region, or more than one, is called so.
    private func place(of region: String, in regions: Regions) throws -> RegionIndex {
        if let place = regions.ids.firstIndex(of: region) { return RegionIndex(place) }
        let named = regions.indices.filter { regions.names[$0.position].lowercased() == region.lowercased() }
        if named.count == 1 { return named[0] }
        if named.count > 1 {
            let ids = named.map { regions.ids[$0.position] }.joined(separator: ", ")
            throw ExitStatus.commandLine.end("headroom: “\(region)” is the name of several regions: \(ids)")
        }
        let hint = closestName(to: region, among: regions.ids + regions.names).map {
            "; did you mean `\($0)`?"
        }
        throw ExitStatus.commandLine.end("headroom: no region is called “\(region)”\(hint ?? "")")
    }
}

/// Why a region gets what it gets, or what budget and rules are worth.
enum ExplainResult: CommandResult {
    case region(Explanation)
    case prices(PlanPrices)

    static let forms: [ResultForm<ExplainResult>] = [
        .text(.text) { $1.write($0.text($2)) },
        .text(.json) { result, stream, _ in stream.write(result.json) },
    ]

    private func text(_ style: TextStyle) -> String {
        switch self {
        case .region(let explanation): ExplanationText(explanation).terminalText(style)
        case .prices(let prices): PricesSummary(prices).terminalText(style)
        }
    }

    private var json: String {
        switch self {
        case .region(let explanation): explanation.json
        case .prices(let prices): prices.json
        }
    }
}
