import ArgumentParser
import Headroom
import HeadroomFiles
import LinearProgramming

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the mathematical model for other solvers.",
        discussion: """
            Free MPS (glpsol --freemps) or CPLEX's LP format (glpsol --lp), read by HiGHS and CBC too. The objective \
            is the first goal; the goals ranked after it stand as rows at what they must keep, and are solved for \
            that. What the objective is, and what it must come to, stands on top of the file.
            """)

    @OptionGroup var input: PlanInput

    @Option(
        name: .shortAndLong,
        help: "The file to write, its format by its ending (\(ProgramFormat.endings)).")
    var output: String

    @Flag(help: "Leave out that modules are whole.")
    var relaxed = false

    @OptionGroup var options: RunOptions

    func validate() throws {
        guard ProgramFormat(ending: output) != nil else {
            throw ValidationError(
                "--output is “\(output)”, expected a name that ends in \(ProgramFormat.endings)")
        }
    }

    func run() throws {
        try ExitStatus.mapping(quiet: options.quiet) {
            guard let format = ProgramFormat(ending: output) else {
                preconditionFailure("refused in validate")
            }
            let loaded = try input.load()
            options.show(loaded.diagnostics)
            try loaded.refuseInputs(as: [output])
            let exported = try export(loaded.planningCase)
            if options.verbose {
                let program = exported.program
                StandardError.write(
                    "program: \(program.rowCount) rows, \(program.columnCount) columns, "
                        + "\(program.entryCount) nonzeros\n")
            }
            let notes = exported.description + [format.valueText(exported)]
            try writeFile(
                format.text(exported.program, comments: [loaded.planningCase.assumptions.title] + notes),
                to: output)
            if !options.quiet {
                for note in notes { StandardError.write("\(output): note: \(note)\n") }
            }
        }
    }

    private func export(_ planningCase: PlanningCase) throws -> ExportedProgram {
        do {
            return try options.export(planningCase, relaxed: relaxed)
        } catch PlanningFailure.impossible(let clash) {
            throw ImpossiblePlan(message: clash.text(planningCase.assumptions))
        }
    }
}

/// A form that a program can be written in.
enum ProgramFormat {
    case mps, lp

    static let endings = ".mps, .lp"

    /// The format that a file's name asks for; nil where its ending is not known.
    init?(ending path: String) {
        switch path.split(separator: ".").last?.lowercased() {
        case "mps": self = .mps
        case "lp": self = .lp
        default: return nil
        }
    }

    func text(_ program: LinearProgram, comments: [String]) -> String {
        switch self {
        case .mps: program.mpsText(comments: comments)
        case .lp: program.lpFile(comments: comments)
        }
    }

    /// What a solver of the file must find; MPS holds the objective with its signs turned.
    func valueText(_ exported: ExportedProgram) -> String {
        let precision = exported.program.hasIntegers ? ", to the plan's gap" : ""
        switch self {
        case .mps:
            return
                "In this file it is minimised with its signs turned: the optimum is \(0 - exported.value)\(precision)."
        case .lp: return "The optimum is \(exported.value)\(precision)."
        }
    }
}
