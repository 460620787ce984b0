import ArgumentParser
import Headroom
import HeadroomFiles
import HeadroomWorkbooks
import LinearProgramming

struct SweepCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep",
        abstract: "The plan over budgets: what the first goal comes to with less money, and with more.",
        discussion: """
            Where the model is linear it is the exact curve, from nothing to where more money adds nothing: every \
            breakpoint, what the next money earns, and where it goes. All rows of the budget move together. With \
            --budgets whole plans are made as well, ranked goals and all; with whole modules, for ratios and for many \
            regions they are all there is.
            """)

    @OptionGroup var input: PlanInput

    @Option(
        parsing: .unconditional,
        help: "Make plans at these budgets: amounts or changes, such as 10e9,20e9,+50%,-10%.")
    var budgets: String?

    @Option(
        parsing: .unconditional,
        help: "Even steps at which the curve is read, or, where there is none, plans are made.")
    var steps: Int?

    @Option(
        parsing: .unconditional,
        help: "A value of the first goal, such as 12e9 or 75%: say what budget reaches it.")
    var reach: String?

    @Flag(help: "Move the total alone; yearly amounts stay.")
    var totalOnly = false

    @OptionGroup var output: OutputOptions<SweepResult>

    @OptionGroup var options: RunOptions

    func validate() throws {
        if let budgets, WhatIf.budgetChanges(budgets) == nil {
            throw ValidationError(
                "--budgets is “\(budgets)”, expected amounts such as 4e9 or changes such as +10%, with commas between"
            )
        }
        if let budgets, budgets.split(separator: ",").dropFirst().contains(where: Self.isRestOfNumber) {
            throw ValidationError(
                "--budgets is “\(budgets)”: the comma stands between budgets; write 1,000,000 as 1000000 or 1e6"
            )
        }
        if let steps, !(1...10_000).contains(steps) {
            throw ValidationError("--steps is \(steps), expected 1 to 10000")
        }
        if let reach, WhatIf.number(reach) == nil {
            throw ValidationError("--reach is “\(reach)”, expected a number such as 12e9 or 75%")
        }
        if let reach, let value = WhatIf.number(reach), abs(value) > Budget.largestAmount {
            throw ValidationError("--reach is “\(reach)”, expected a number of at most \(Self.largest)")
        }
    }

    private static let largest = "\(Budget.largestAmount)"

    /// Whether it is `000` of `1,000,000`, rather than a budget.
    private static func isRestOfNumber(_ part: Substring) -> Bool {
        part.count == 3 && part.first == "0" && part.allSatisfy(\.isNumber)
    }

    func run() throws {
        try ExitStatus.mapping(quiet: options.quiet) {
            let loaded = try input.load()
            options.show(loaded.diagnostics)
            try loaded.refuseInputs(as: output.paths)
            let planned = loaded.planningCase
            let amount = try amount(of: planned.assumptions.budget)
            try checkReach(planned.assumptions.objective.goals.first ?? .return)
            let sweep = try solve(planned, amounts(of: amount))
            try output.write(SweepResult(sweep, reach: reach.flatMap(WhatIf.number), steps: steps))
            guard !sweep.isStopped else {
                throw ExitStatus.timeLimit.end(
                    "headroom: stopped before all was found; what is written says what is missing")
            }
        }
    }

    /// - Throws: `ExitCode` where a share is to be reached of what is none.
    private func checkReach(_ goal: Goal) throws {
        guard let reach, reach.hasSuffix("%") else { return }
        switch goal {
        case .return, .servedUsers, .leastSpending:
            throw ExitStatus.commandLine.end(
                "headroom: --reach is “\(reach)”, expected an amount, as the first goal is \(goal.title)")
        case .utilization, .serviceLevel, .worstService, .roi: return
        }
    }

    /// - Throws: `ExitCode` where there is no budget to move.
    private func amount(of budget: Budget) throws -> Double {
        let movement: BudgetMovement = totalOnly ? .totalOnly : .allRows
        guard let amount = budget.amount(movement) else {
            throw ExitStatus.commandLine.end(
                totalOnly && !budget.isFree
                    ? "headroom: --total-only: the plan's budget has yearly amounts and no total"
                    : "headroom: the plan has no budget to sweep; give today's with --budget, such as --budget 5e9"
            )
        }
        guard amount > 0 else {
            throw ExitStatus.commandLine.end(
                "headroom: the budget to sweep is 0, and nothing times 0 is another budget; give one above 0"
            )
        }
        return amount
    }

    /// - Throws: `ExitCode` where one is more than money can be.
    private func amounts(of today: Double) throws -> [Double] {
        let amounts = (budgets.flatMap(WhatIf.budgetChanges) ?? []).map { $0.amount(of: today) }
        guard amounts.allSatisfy({ $0 <= Budget.largestAmount }) else {
            throw ExitStatus.commandLine.end(
                "headroom: --budgets is “\(budgets ?? "")”, expected budgets of at most \(Self.largest)")
        }
        return amounts
    }

    private func solve(_ planned: PlanningCase, _ budgets: [Double]) throws -> BudgetSweep {
        let request = SweepRequest(
            movement: totalOnly ? .totalOnly : .allRows, budgets: budgets, steps: steps)
        do {
            return try options.sweep(planned, request)
        } catch PlanningFailure.impossible(let clash) {
            throw ImpossiblePlan(message: clash.text(planned.assumptions))
        }
    }
}

/// A sweep with what is read off it.
struct SweepResult: CommandResult {
    let sweep: BudgetSweep
    let summary: SweepSummary
    let reach: Double?
    let steps: Int?

    init(_ sweep: BudgetSweep, reach: Double?, steps: Int?) {
        self.sweep = sweep
        self.reach = reach
        self.steps = steps
        summary = SweepSummary(sweep, reach: reach)
    }

    private func table(isForPeople: Bool) -> Table { sweep.table(steps: steps, isForPeople: isForPeople) }

    static let forms: [ResultForm<SweepResult>] =
        [
            .text(.table) { result, stream, style in
                result.summary.writeTerminalText(
                    result.table(isForPeople: true), picture: result.picture("curve", style), style,
                    to: &stream)
            },
            ResultForm(.json) { result, stream, _ in
                result.sweep.writeJSON(result.summary, reach: result.reach, steps: result.steps, to: stream)
            },
            .text(.markdown) { result, stream, _ in
                result.summary.writeMarkdown(result.table(isForPeople: true), to: &stream)
            },
            .latex { $0.table(isForPeople: true) }, .svg, .vegaLite,
            .xlsx { Workbook($0.sweep, $0.summary, steps: $0.steps) },
        ] + ResultForm.delimited { $0.table(isForPeople: false) }
}
