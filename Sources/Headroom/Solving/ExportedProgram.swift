public import LinearProgramming

/// The model of a plan for other solvers, and what its optimum must come to.
///
/// Of ranked goals it is the last one's program: its measure is maximised, and the goals before stand as rows at what
/// they must keep. Where equally good plans are told apart by their return, that is left out: it moves no value.
public struct ExportedProgram: Sendable {
    /// Keeps its names; always maximised.
    public var program: LinearProgram
    /// The objective's highest value; with whole modules, to the plan's gap.
    public var value: Double
    /// The size that a rounding error of the value is held against.
    public var size: Double
    /// What the objective is, in sentences, for people.
    public var description: [String]

    init(_ last: RankedGoals.LastGoal, before: [Goal]) {
        program = last.program
        description = []
        switch last.measure {
        case .linear(let measure):
            program.setObjective(measure, .maximize)
            value = last.best
            size = last.size
            // Spending is minimised: its measure is negative.
            let subject = last.goal == .leastSpending ? "spending times -1" : last.goal.title
            description.append("The objective, to be maximised, is \(subject).")
        case .ratio(let numerator, let denominator):
            program.setObjective(numerator - last.best * denominator, .maximize)
            value = 0
            size = max(1, abs(numerator.value(at: last.solution.columnValues)))
            description.append(
                "The objective, to be maximised, is the numerator of \(last.goal.title) less \(last.best) times its "
                    + "denominator (Dinkelbach): its best is 0 where the best \(last.goal.title) is \(last.best)."
            )
        case .undefined: preconditionFailure("a goal without a value ends no stage")
        }
        if !before.isEmpty {
            let rows = before.map { "goal[\($0.rawValue)]" }.joined(separator: ", ")
            description.append("Goals of higher rank stand as rows: \(rows).")
        }
    }
}

extension Planner {
    /// Writes a plan as the program whose optimum is the best of its last goal. The goals are solved for that.
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
        guard search.stoppedAt == nil else {
            throw control.isCancelled() ? PlanningFailure.cancelled : .stoppedWithoutPlan
        }
        guard let last = search.lastGoal else {
            // No goal has a value in this plan: what is left is the return, which tells equal plans apart.
            var returning = planningCase
            returning.assumptions.objective.goals = [.return]
            return try exportedProgram(of: returning, relaxed: relaxed, control: control)
        }
        let before = search.stages.filter { $0.best != nil && $0.goal != last.goal }.map(\.goal)
        return ExportedProgram(last, before: before)
    }
}
