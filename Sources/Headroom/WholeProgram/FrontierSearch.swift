public import LinearProgramming

/// What a search for a frontier came to.
public enum FrontierOutcome: Sendable {
    case frontier(Frontier)
    /// A goal has no value, in any plan or in the best ones.
    case undefined(Goal)
    /// `roi` needs an amount that must be spent, and there is neither one nor a budget.
    case noMinimumSpend
    /// More columns than one program is solved over and over for.
    case manyRegions(limit: Int)
}

extension Planner {
    /// Of up to so many regions times years all corners of a frontier are found in about a minute. Beyond, more corners and
    /// longer solves multiply: measured on two cores, 600 have 1,469 corners, and of 2,400 there were 1,053 after ten
    /// minutes, with no end in sight.
    public static let regionYearsOfQuickFrontier = 600
    /// One program of more is hardly solved twice.
    private static let mostRegionYears = 2500

    /// Finds the trade-off between two goals, exactly, and places the plan and others on it.
    ///
    /// Budget and rules hold all along, as in a plan; of whole modules it is the relaxation.
    ///
    /// - Parameters:
    ///   - goals: Two different ones.
    ///   - scenarios: Plans to be placed beside the plan itself.
    ///   - told: What is done, in words.
    /// - Throws: As `plan`; a search that was stopped is no error where anything of the frontier was found.
    public func frontier(
        of planningCase: PlanningCase, goals: [Goal],
        scenarios: [(name: String, planningCase: PlanningCase)] = [],
        control: SolverControl = SolverControl(), told: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> FrontierOutcome {
        precondition(goals.count == 2 && goals[0] != goals[1], "a frontier is between two goals")
        let size = planningCase.regions.count * planningCase.assumptions.years
        guard size <= Self.mostRegionYears || method == .program else {
            return .manyRegions(limit: Self.mostRegionYears)
        }
        let order = CanonicalOrder(planningCase)
        var sorted = order.applied(to: planningCase)
        // Where roi is a goal, money must be spent; what else the objective says has no part in it.
        sorted.assumptions.objective.goals = goals
        guard !goals.contains(.roi) || sorted.assumptions.minimumSpend ?? 0 > 0 else {
            return .noMinimumSpend
        }
        let doNothing = try doNothing(sorted, control)
        var formulation = Formulation(sorted)
        let isRelaxed = formulation.program.hasIntegers
        formulation.program = formulation.program.relaxed
        var ratios: [LinearRatio] = []
        for goal in goals {
            let measure = GoalMeasure(goal, formulation, doNothing: doNothing.totalNetPresentValue)
            let size = goal == .return ? abs(doNothing.totalNetPresentValue) : 0
            guard let ratio = LinearRatio(measure, size: size) else { return .undefined(goal) }
            ratios.append(ratio)
        }
        var search = TradeOffSearch(
            formulation.program, ratios, solver: solver, threads: threads, control: control)
        let curve: TradeOffCurve
        // The ends and the plan itself first: a search that is stopped has them at least.
        var own: [Frontier.Placed] = []
        let outcome = try search.run(
            atEnds: { own = placed([("the plan", planningCase)], areScenarios: false, goals, control, told) },
            told: { told("\($0) pieces of the frontier") })
        switch outcome {
        case .found(let found): curve = found
        case .undefined(let index): return .undefined(goals[index])
        case .infeasible:
            let search = DeletionFilter(planningCase: sorted, solver: solver, control: control)
            throw PlanningFailure.impossible(try search.clash())
        case .stopped: throw control.isCancelled() ? PlanningFailure.cancelled : .stoppedWithoutPlan
        case .unbounded(let index):
            throw CertificateFailure(description: "goal \(goals[index].title) has no highest value")
        }
        var frontier = try FrontierReader(
            formulation: formulation, doNothing: doNothing, order: order, goals: goals,
            ties: goals.contains(.return)
                ? nil
                : TradeOffTies(
                    formulation.program, ratios, highest: formulation.netPresentValue, solver: solver,
                    control: control), threads: threads
        ).frontier(curve, of: planningCase, isRelaxed: isRelaxed)
        frontier.placed = own + placed(scenarios, areScenarios: true, goals, control, told)
        frontier.isStopped = frontier.isStopped || frontier.placed.contains { !$0.isProved }
        return .frontier(frontier)
    }

    private func placed(
        _ variants: [(name: String, planningCase: PlanningCase)], areScenarios: Bool, _ goals: [Goal],
        _ control: SolverControl, _ told: @escaping @Sendable (String) -> Void
    ) -> [Frontier.Placed] {
        var silent = control
        silent.report = { _ in }
        let count = variants.count
        let plans = plans(of: variants.map(\.planningCase), control: silent) { done in
            // What is stopped is done without a plan.
            if !control.isStopped {
                told(areScenarios ? "\(done) of \(count) scenarios placed" : "the plan placed")
            }
        }
        return zip(variants, plans).map { variant, result in
            let outcome: Frontier.Placed.Outcome
            var isProved = true
            switch result {
            case .success(let plan):
                outcome = .plan(Frontier.Figures(plan, goals))
                isProved = plan.status == .optimal
            case .failure(PlanningFailure.impossible), .failure(PlanningFailure.infeasible):
                outcome = .impossible
            case .failure:
                outcome = .missing
                isProved = false
            }
            return Frontier.Placed(
                name: variant.name, isScenario: areScenarios, outcome: outcome, isProved: isProved)
        }
    }
}

extension LinearRatio {
    /// Nil where the goal has no value.
    fileprivate init?(_ measure: GoalMeasure, size: Double) {
        switch measure {
        case .linear(let expression): self.init(expression, size: size)
        case .ratio(let numerator, let denominator): self.init(numerator, over: denominator)
        case .undefined: return nil
        }
    }
}

extension Frontier.Figures {
    init(_ plan: Plan, _ goals: [Goal]) {
        let figures = plan.figures
        first = plan.value(of: goals[0])
        second = plan.value(of: goals[1])
        spending = figures.spending
        self.return = plan.added
        returnOnInvestment = plan.returnOnInvestment
        utilization = figures.utilization
        serviceLevel = figures.serviceLevel
        usersServed = figures.usersServed
    }
}
