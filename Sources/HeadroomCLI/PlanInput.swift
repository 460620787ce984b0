import ArgumentParser
import HeadroomFiles

/// The path of a plan and the what-if changes, the same for every command.
struct PlanInput: ParsableArguments {
    @Argument(help: "A plan folder, its plan.yaml, or a bare region table (CSV).")
    var path: String

    @OptionGroup var changes: PlanChanges

    /// - Throws: As `LoadedPlan.init`.
    func load() throws -> LoadedPlan {
        try LoadedPlan(path: path, scenarios: changes.scenario, changes: changes.whatIf)
    }
}

/// What-if changes: scenarios of the plan folder, and options on top of them.
struct PlanChanges: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "A scenario of the folder's scenarios.yaml; repeat it for those laid on top. Other changes come last.",
            valueName: "name"))
    var scenario: [String] = []

    @Option(
        parsing: .unconditional,
        help:
            "Budget: an amount such as 4e9, or a change such as +10% or -10%; all budget rows scale together."
    )
    var budget: String?

    @Option(parsing: .unconditional, help: "Planning years.")
    var years: Int?

    @Option(help: "A goal; repeat it for the goals ranked after.")
    var goal: [String] = []

    @Option(
        parsing: .unconditional,
        help: "Relative gap at which a plan with whole modules is good enough, such as 1%.")
    var gap: String?

    @Option(
        parsing: .unconditionalSingleValue,
        help: "Set a key of plan.yaml: discount_rate=6%, adoption.retention=0.9.")
    var set: [String] = []

    @Option(
        parsing: .unconditionalSingleValue,
        help: "Multiply a column of the region table: demand_growth=1.2, build_cost@zone=west=80%.")
    var scale: [String] = []

    func validate() throws {
        if let budget, WhatIf.budgetChange(budget) == nil {
            throw ValidationError(
                "--budget is “\(budget)”, expected an amount such as 4e9, or a change such as +10% or -10%")
        }
        for text in set where WhatIf.setting(text) == nil {
            throw ValidationError("--set is “\(text)”, expected KEY=VALUE, such as discount_rate=6%")
        }
        for text in scale where WhatIf.scaling(text) == nil {
            throw ValidationError(
                "--scale is “\(text)”, expected COLUMN=FACTOR or COLUMN@TAG=VALUE=FACTOR with a factor such as 0.8 or 80%"
            )
        }
    }

    /// All changes, as they stand on a command line.
    var words: [String] {
        scenario.map { "--scenario \"\($0)\"" } + [budget.map { "--budget \($0)" }].compactMap(\.self)
            + [years.map { "--years \($0)" }].compactMap(\.self) + goal.map { "--goal \($0)" }
            + [gap.map { "--gap \($0)" }].compactMap(\.self) + set.map { "--set \($0)" }
            + scale.map { "--scale \($0)" }
    }

    /// The changes but for the scenarios.
    var whatIf: WhatIf {
        var changes = WhatIf()
        changes.budget = budget.flatMap(WhatIf.budgetChange)
        changes.settings = set.compactMap(WhatIf.setting)
        if let years {
            changes.settings.append(.init(path: "years", value: "\(years)", option: "--years \(years)"))
        }
        if let gap {
            changes.settings.append(.init(path: "objective.gap", value: gap, option: "--gap \(gap)"))
        }
        if !goal.isEmpty {
            let option = goal.map { "--goal \($0)" }.joined(separator: " ")
            changes.settings.append(
                .init(path: "objective.maximize", value: "[\(goal.joined(separator: ", "))]", option: option))
        }
        changes.scalings = scale.compactMap(WhatIf.scaling)
        return changes
    }
}

extension LoadedPlan {
    /// A file that the plan was read from must not be lost to its result, nor a result to a file that cannot be written:
    /// both are said before the work.
    ///
    /// - Throws: `ExitCode` or `UnwritableFile`.
    func refuseInputs(as outputs: [String]) throws {
        for path in outputs where isInput(path) {
            throw ExitStatus.cannotWrite.end(
                "\(path): error: the plan is read from this file; name another to write")
        }
        for path in outputs { try checkWritable(path) }
    }
}
