import ArgumentParser
import Foundation
import GLPKSolver
import Headroom
import HeadroomCharts
import HeadroomFiles
import HeadroomWorkbooks

struct PlanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan", abstract: "Solve a plan and print the allocation.")

    @OptionGroup var input: PlanInput

    @OptionGroup var output: OutputOptions<PlanResult>

    @Option(
        help: """
            Rows of the table: region, year, lever, technology, or a column such as zone (tag:year for one that is \
            named like these). Several, as in zone,lever, make a table of what is spent across them.
            """)
    var by: [String] = ["region"]

    @OptionGroup var options: RunOptions

    func run() throws {
        try ExitStatus.mapping(quiet: options.quiet) {
            var question = try question()
            let plan = try solve(&question.planningCase)
            try output.write(
                try mapped(question.tags) { () throws(CutKeys.Fault) in
                    try PlanResult(plan, by: question.keys, origin: question.origin, shapes: question.shapes)
                })
        }
    }

    /// A plan to be made, with all that is told of it beside what the search finds.
    private struct Question {
        var planningCase: PlanningCase
        let keys: CutKeys
        let shapes: [RegionIndex: RegionShape]
        let origin: PlanOrigin
        let tags: [String]
    }

    /// What is asked; the tables as read, which share their columns with the case, are let go.
    private func question() throws -> Question {
        let loaded = try input.load()
        options.show(loaded.diagnostics)
        try loaded.refuseInputs(as: output.paths)
        // A wrong word after --by is said before the solve, not after it.
        let tags = loaded.table.tags.map(\.name)
        let keys = try mapped(tags) { () throws(CutKeys.Fault) in
            try CutKeys(by, of: loaded.planningCase.regions)
        }
        return Question(
            planningCase: loaded.planningCase, keys: keys, shapes: try shapes(of: loaded),
            origin: PlanOrigin(loaded, changes: input.changes.words), tags: tags)
    }

    /// Where the regions lie, as far as that is asked for.
    private func shapes(of loaded: LoadedPlan) throws -> [RegionIndex: RegionShape] {
        guard output.namesChart("map") || output.asks(for: .geoJSON) else { return [:] }
        let outlines = try loaded.outlines()
        guard !outlines.shapes.isEmpty else { throw PlanResult.noPlaces }
        options.show(outlines.diagnostics)
        return outlines.shapes
    }

    /// Where no plan is possible, JSON says so too; what holds a table is not written.
    private func solve(_ planningCase: inout PlanningCase) throws -> Plan {
        do {
            // Ranges are told in the summary alone.
            let details: PlanDetails = output.asks(for: .table, .markdown, .xlsx) ? .all : .reasons
            return try options.solve(&planningCase, details: details)
        } catch PlanningFailure.impossible(let clash) {
            try output.write(clash.json(of: planningCase.assumptions), wherever: .json)
            throw ImpossiblePlan(message: clash.text(planningCase.assumptions))
        }
    }

    /// A cut that cannot be made is a wrong command line.
    private func mapped<Value>(
        _ tags: [String], _ body: () throws(CutKeys.Fault) -> Value
    ) throws -> Value {
        do throws(CutKeys.Fault) {
            return try body()
        } catch {
            throw ExitStatus.commandLine.end("headroom: --by \(text(of: error, tags))")
        }
    }

    private func text(of fault: CutKeys.Fault, _ tags: [String]) -> String {
        switch fault {
        case .unknown(let name):
            let known = Cut.words + tags
            let hint = closestName(to: name, among: known).map { "; did you mean `\($0)`?" } ?? ""
            return "is “\(name)”, expected one of \(known.joined(separator: ", "))\(hint)"
        case .repeated(let word): return "names “\(word)” twice"
        case .leverAndTechnology:
            return "names lever and technology: building alone has technologies; leave one out"
        case .tooMany(let cells): return "asks for \(cells) cells, more than a table is made of"
        }
    }
}

/// A plan with the cut of it that is asked for.
struct PlanResult: CommandResult {
    let plan: Plan
    let cut: CutKeys
    /// For people.
    let table: Table
    /// For programs.
    let long: Table
    let origin: PlanOrigin
    /// Of the regions that have a place, where a map is asked for.
    let shapes: [RegionIndex: RegionShape]

    init(
        _ plan: Plan, by keys: CutKeys, origin: PlanOrigin, shapes: [RegionIndex: RegionShape]
    ) throws(CutKeys.Fault) {
        self.plan = plan
        self.origin = origin
        self.shapes = shapes
        cut = keys
        if keys.cuts.count == 1 {
            guard let table = plan.table(keys.cuts[0]) else {
                preconditionFailure("looked up in CutKeys.init")
            }
            (self.table, long) = (table, table)
            cross = nil
        } else {
            let cross = try CrossTable(plan, by: keys)
            (table, long) = (cross.pivot, cross.long)
            self.cross = cross
        }
    }

    /// Where several keys stand across one another.
    private let cross: CrossTable?

    /// On terminals with pictures.
    private func table(_ style: TextStyle) -> Table {
        guard style.isTerminal else { return table }
        return cross?.illustrated ?? plan.illustrated(table, by: cut.cuts[0])
    }

    /// The allocation by region and by year has its sheets anyway.
    private var workbook: Workbook {
        let isThere = cut == CutKeys([.region]) || cut == CutKeys([.year])
        let further = (title: "By \(cut.cuts.map(\.title).joined(separator: ", "))", table: table)
        return Workbook(plan, origin: origin, cut: isThere ? nil : further)
    }

    static let forms: [ResultForm<PlanResult>] =
        [
            .text(.table) { result, stream, style in
                result.plan.writeTerminalText(result.table(style), style, to: &stream)
            },
            ResultForm(.json) { result, stream, _ in
                result.plan.writeJSON(cut: result.cut == CutKeys([.region]) ? nil : result.long, to: stream)
            },
            .text(.markdown) { result, stream, _ in result.plan.writeMarkdown(result.table, to: &stream) },
            .text(.latex) { result, stream, _ in result.plan.writeLaTeX(result.table, to: &stream) },
            .svg, .vegaLite, .xlsx(\.workbook),
            ResultForm(.geoJSON) { result, stream, _ in result.plan.writeGeoJSON(result.shapes, to: stream) },
        ] + ResultForm.delimited(\.long)
}

/// No plan holds all rules and limits; the message says what clashes.
struct ImpossiblePlan: Error {
    var message: String
}
