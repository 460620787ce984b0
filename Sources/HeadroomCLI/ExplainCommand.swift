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

    @Option(help: "Format of standard output: \(Form.words).")
    var format = Form.text

    @OptionGroup var options: RunOptions

    enum Form: String, CaseIterable, ExpressibleByArgument {
        case text, json
        static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }
    }

    func run() throws {
        try ExitStatus.mapping(quiet: options.quiet) {
            let loaded = try input.load()
            options.show(loaded.diagnostics)
            do {
                try StandardOutput.write(try text(loaded.planningCase))
            } catch PlanningFailure.impossible(let clash) {
                throw ImpossiblePlan(message: clash.text(loaded.planningCase.assumptions))
            }
        }
    }

    private func text(_ planningCase: PlanningCase) throws -> String {
        guard let region else {
            let prices = try options.controlled { try options.planner.prices(of: planningCase, control: $0) }
            return format == .json
                ? prices.json : PricesSummary(prices).terminalText(width: StandardOutput.width)
        }
        let place = try place(of: region, in: planningCase.regions)
        let explanation = try options.controlled {
            try options.planner.explain(planningCase, place, control: $0)
        }
        return format == .json
            ? explanation.json : ExplanationText(explanation).terminalText(width: StandardOutput.width)
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
