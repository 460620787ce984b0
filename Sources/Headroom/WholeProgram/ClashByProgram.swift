import LinearProgramming

/// Answers the questions of a clash by one program each.
struct ClashByProgram: ClashQuestions {
    let solver: any LinearSolver
    let control: SolverControl

    /// - Throws: As `LinearSolver.certifiedSolve`; `PlanningFailure` where the search was stopped.
    func isPossible(_ planningCase: PlanningCase) throws -> Bool {
        var formulation = Formulation(planningCase)
        formulation.setObjective(LinearExpression())
        return try best(of: formulation.program) != nil
    }

    /// - Returns: The optimum's objective and point; nil where there is none.
    private func best(of program: LinearProgram) throws -> Solution? {
        let settings = SolverSettings(method: .dualSimplex, gap: 1e-6)
        switch try solver.certifiedSolve(program, settings: settings, control: control) {
        case .optimal(let point): return point.solution
        case .infeasible, .unbounded: return nil
        case .stopped: throw control.isCancelled() ? PlanningFailure.cancelled : .stoppedWithoutPlan
        }
    }

    func leastFactor(onBudgetOf planningCase: PlanningCase) throws -> Double? {
        var free = planningCase
        free.assumptions.budget = Budget()
        var formulation = Formulation(free)
        let factor = formulation.addFactorOfBudget(planningCase.assumptions.budget)
        formulation.setObjective(LinearExpression(factor, times: -1))
        return try best(of: formulation.program).map { $0.columnValues[factor.index] }
    }

    func nearest(
        to bound: Rule.Bound, ofRule index: Int, isLower: Bool, _ planningCase: PlanningCase
    ) throws -> Rule.Bound? {
        let rule = planningCase.rules[index]
        let plain = Formulation(planningCase.withBound(nil, ofRule: index, isLower: isLower))
        var formulation = plain
        guard let slack = formulation.addLoosened(rule, bound, isLower: isLower) else {
            return try nearestShare(rule, isLower: isLower, plain).map { .share($0) }
        }
        formulation.setObjective(LinearExpression(slack, times: -1))
        guard let solution = try best(of: formulation.program) else { return nil }
        let change = (isLower ? -1 : 1) * solution.columnValues[slack.index]
        return bound.moved(by: change)
    }

    /// The highest, or lowest, share that a rule can come to where it is a share of something that the plan decides.
    ///
    /// Dinkelbach's iteration, as in `RankedGoals`.
    ///
    /// - Returns: Nil where there is no plan, nothing to take a share of, or with `each` no single share.
    private func nearestShare(
        _ rule: Rule, isLower: Bool, _ formulation: Formulation
    ) throws -> Double? {
        guard !rule.each else { return nil }
        let planningCase = formulation.planningCase
        let regions = rule.scope(in: planningCase.regions)
        let years = rule.scope(in: planningCase.assumptions)
        let part = formulation.measure(rule, regions, years)
        let whole = formulation.whole(of: rule, regions, years)
        let sign = isLower ? 1.0 : -1
        var program = formulation.program
        program.setObjective(LinearExpression())
        var nearest: Double?
        while let point = try best(of: program)?.columnValues {
            guard let share = ratio(part.value(at: point), whole.value(at: point)) else { return nil }
            if let nearest, sign * (share - nearest) <= 1e-12 * max(1, abs(nearest)) { return nearest }
            nearest = share
            program.setObjective(sign * (part - share * whole))
        }
        return nil
    }
}

extension DeletionFilter {
    /// Of regions few enough for a program.
    init(planningCase: PlanningCase, solver: any LinearSolver, control: SolverControl) {
        self.init(
            planningCase: planningCase, questions: ClashByProgram(solver: solver, control: control))
    }
}

extension Rule.Bound {
    fileprivate func moved(by change: Double) -> Rule.Bound {
        switch self {
        case .amount(let amount): .amount(amount + change)
        case .share(let share): .share(share + change)
        }
    }
}

extension Formulation {
    /// A column that multiplies every limit of a budget: `Σ I − factor · limit ≤ 0`.
    fileprivate mutating func addFactorOfBudget(_ budget: Budget) -> Column {
        let factor = program.addColumn("budget_factor")
        let spending = years.map { self.spending(in: $0) }
        for limit in budget.limits(years: years.count) {
            var row = LinearExpression(factor, times: -limit.money)
            for year in limit.years { row.add(spending[year - 1]) }
            program.addRow("budget", row, upper: 0)
        }
        return factor
    }

    /// The rows of a rule with a column that loosens all of them by the same amount, or the same share.
    ///
    /// - Returns: Nil where a share is of something that the plan decides.
    fileprivate mutating func addLoosened(_ rule: Rule, _ bound: Rule.Bound, isLower: Bool) -> Column? {
        let slack = program.addColumn("slack")
        let scopes: [([RegionIndex], [Year])]
        let regions = rule.scope(in: planningCase.regions)
        let years = rule.scope(in: planningCase.assumptions)
        scopes = rule.each ? regions.flatMap { region in years.map { ([region], [$0]) } } : [(regions, years)]
        for (regions, years) in scopes {
            var expression = measure(rule, regions, years)
            var limit = 0.0
            var unit = 1.0
            switch bound {
            case .amount(let amount): limit = amount
            case .share(let share):
                let whole = whole(of: rule, regions, years)
                guard whole.terms.isEmpty else { return nil }
                limit = share * whole.constant
                unit = whole.constant
            }
            expression.add(slack, times: isLower ? unit : -unit)
            program.addRow(
                "loosened", expression, lower: isLower ? limit : -.infinity,
                upper: isLower ? .infinity : limit)
        }
        return slack
    }
}
