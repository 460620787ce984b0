public import LinearProgramming

/// The model of a plan for other solvers, and what its optimum must come to.
///
/// The objective is the first goal that has a value; the goals ranked after it stand as rows at what they must keep.
/// With `[return, utilization]` the optimum is the return that the plan reports.
public struct ExportedProgram: Sendable {
    /// Keeps its names; always maximised.
    public var program: LinearProgram
    /// The objective's highest value; with whole modules, to the plan's gap.
    public var value: Double
    /// The size that a rounding error of the value is held against.
    public var size: Double
    /// What the objective is, in sentences, for people.
    public var description: [String]

    /// - Parameters:
    ///   - program: With the rows of the goals after.
    ///   - best: Highest value of the measure in the program.
    ///   - point: Where it is reached.
    ///   - rows: The goals after, in order of rank.
    init(
        _ program: LinearProgram, maximising goal: Goal, _ measure: GoalMeasure, best: Double,
        at point: Solution, rows: [Goal]
    ) {
        self.program = program
        switch measure {
        case .linear(let expression):
            let objective = measure.factor * expression
            self.program.setObjective(objective, .maximize)
            value = objective.value(at: point.columnValues)
            // The return is what is left of two net present values; that of doing nothing is its constant.
            size = max(1, abs(value), abs(objective.constant))
            // Spending is minimised: its measure is negative.
            var subject = goal == .leastSpending ? "spending times -1" : goal.title
            if measure.factor != 1 { subject += " times \(measure.factor), which no solver takes for 0" }
            description = ["The objective, to be maximised, is \(subject)."]
        case .ratio(let numerator, let denominator):
            self.program.setObjective(numerator - best * denominator, .maximize)
            value = 0
            size = max(1, abs(numerator.value(at: point.columnValues)))
            description = [
                "The objective, to be maximised, is the numerator of \(goal.title) less \(best) times its "
                    + "denominator (Dinkelbach): its best is 0, as \(best) is the best \(goal.title) here."
            ]
        case .undefined: preconditionFailure("a goal without a value is no objective")
        }
        if !rows.isEmpty {
            let names = rows.map { "goal[\($0.rawValue)]" }.joined(separator: ", ")
            description.append("Goals ranked after it stand as rows at what they keep: \(names).")
        }
    }
}

extension Planner {
    /// Writes a plan as the program whose optimum is the best of its first goal while all others keep what they must.
    ///
    /// The goals are solved for that, and the program once more for its value.
    ///
    /// - Parameter relaxed: Modules may be bought in part: the program has no whole numbers.
    /// - Throws: As `plan`; `PlanningFailure` too where the search was stopped, as the value is not known then.
    public func exportedProgram(
        of planningCase: PlanningCase, relaxed: Bool = false, control: SolverControl = SolverControl()
    ) throws -> ExportedProgram {
        let doNothing = try doNothing(planningCase, control)
        var formulation = Formulation(planningCase, keepsNames: true)
        let start = StartingBasis(formulation, solver: solver, threads: threads).basis(control)
        if relaxed { formulation.program = formulation.program.relaxed }
        let search = try rankedGoals(formulation, doNothing, from: start, breaksTies: false, control: control)
        try requireEnd(of: search, control)
        let stages = search.stages.filter { $0.best != nil }
        guard let first = stages.first else {
            // No goal has a value in this plan: what is left is the return, which tells equal plans apart.
            var returning = planningCase
            returning.assumptions.objective.goals = [.return]
            return try exportedProgram(of: returning, relaxed: relaxed, control: control)
        }
        let value = doNothing.totalNetPresentValue
        for stage in stages.dropFirst() {
            guard let floor = stage.floor else { continue }
            let measure = GoalMeasure(stage.goal, formulation, doNothing: value)
            formulation.program.addFloor(of: stage.goal, measure, floor)
        }
        let closing =
            stages.count > 1
            ? try best(of: first.goal, in: formulation, doNothing: value, from: start, control) : search
        guard let best = closing.stages.first(where: { $0.goal == first.goal })?.best,
            let point = closing.solution
        else {
            throw CertificateFailure(description: "goal \(first.goal.title) lost its value beside the others")
        }
        return ExportedProgram(
            formulation.program, maximising: first.goal,
            GoalMeasure(first.goal, formulation, doNothing: value), best: best, at: point,
            rows: stages.dropFirst().map(\.goal))
    }

    /// Maximises one goal in a program that holds the others as rows.
    private func best(
        of goal: Goal, in formulation: Formulation, doNothing: Double, from start: Basis?,
        _ control: SolverControl
    ) throws -> RankedGoals {
        var search = RankedGoals(
            formulation, goals: [goal], doNothing: doNothing,
            start: start?.extended(to: formulation.program), solver: solver, control: control)
        do {
            try search.run(breaksTies: false)
        } catch PlanningFailure.infeasible {
            throw CertificateFailure(
                description: "no plan keeps the goals after \(goal.title), although one did")
        }
        try requireEnd(of: search, control)
        return search
    }

    private func requireEnd(of search: RankedGoals, _ control: SolverControl) throws {
        guard search.stoppedAt == nil else {
            throw control.isCancelled() ? PlanningFailure.cancelled : .stoppedWithoutPlan
        }
    }
}
