import LinearProgramming

/// Maximises goals in order of rank for many regions with whole modules that only budget and rules join.
///
/// Goal by goal: the relaxation by prices, whole modules from there (`PriceAndBranch`), and what is not in modules solved
/// again by prices with the modules held, so that every plan is one of the model and every figure is its own. The
/// bound, and with it the gap, is the relaxation's or that of the regions' searches at the prices, the lower one.
struct ModularGoals {
    private let planningCase: PlanningCase
    private let doNothing: Ledger
    private let threads: Int
    private let control: SolverControl
    private let log: (String) -> Void
    private var relaxed: DecomposedGoals
    /// With the best modules so far, and all goals before held.
    private var plan: DecomposedGoals?
    private var held: [(goal: Goal, floor: Double)] = []
    private var outcome: DecomposedGoals.Outcome

    /// - Returns: Nil where regions do not fall apart, or a goal joins them in another way than by sums.
    init?(
        _ planningCase: PlanningCase, doNothing: Ledger, threads: Int, control: SolverControl,
        log: @escaping (String) -> Void
    ) {
        guard
            let relaxed = DecomposedGoals(
                planningCase, modules: .divided, doNothing: doNothing, threads: threads, control: control,
                log: log)
        else { return nil }
        self.planningCase = planningCase
        self.doNothing = doNothing
        self.threads = threads
        self.control = control
        self.log = log
        self.relaxed = relaxed
        outcome = DecomposedGoals.Outcome(ledger: doNothing)
    }

    var rowCount: Int { relaxed.rowCount }

    /// - Throws: `DecomposedGoals.Failure`.
    func run() throws(DecomposedGoals.Failure) -> DecomposedGoals.Outcome {
        var search = self
        let goals = planningCase.assumptions.objective.goals
        for (rank, goal) in goals.enumerated() {
            try search.maximize(goal, isLast: rank == goals.count - 1)
            if search.outcome.stoppedAt != nil { break }
        }
        if search.plan == nil { try search.maximize(.return, isLast: true) }
        guard var plan = search.plan else { throw .unsuited }
        // Among equally good plans the one of highest return, with the modules as they are.
        if search.outcome.stoppedAt == nil, goals.last != .return { try plan.breakTies() }
        var outcome = search.outcome
        outcome.ledger = plan.outcome.ledger
        outcome.gap = plan.outcome.gap
        outcome.dualViolation = plan.outcome.dualViolation
        outcome.steps += plan.outcome.steps
        outcome.rows = search.relaxed.coupling.rows
        return outcome
    }

    private mutating func maximize(_ goal: Goal, isLast: Bool) throws(DecomposedGoals.Failure) {
        func stage(_ best: Double?, _ floor: Double?, _ gap: Double?) -> RankedGoals.Stage {
            RankedGoals.Stage(goal: goal, best: best, floor: floor, gap: gap)
        }
        guard relaxed.isDefined(goal) else { return outcome.stages.append(stage(nil, nil, nil)) }
        let ceiling = try relaxed.best(of: goal)
        outcome.steps = relaxed.outcome.steps
        guard relaxed.outcome.stoppedAt == nil else {
            guard plan != nil else { throw .stopped }
            outcome.stoppedAt = goal
            return
        }
        guard let ceiling, let last = relaxed.last else { return outcome.stages.append(stage(nil, nil, nil)) }
        if outcome.firstPrices == nil { outcome.firstPrices = last.prices }
        let objective = last.objective
        let search = PriceAndBranch(
            planningCase: planningCase, coupling: relaxed.coupling, shape: relaxed.shape,
            objective: objective, size: relaxed.size(of: objective), doNothing: doNothing.netPresentValue,
            threads: threads, control: control, log: log)
        let found = search.run(from: last.loop, at: last.prices)
        let best = try take(found.modules, goal)
        let bound = max(best, relaxed.isRatio(goal) ? ceiling : found.bound + objective.constant)
        let gap = (bound - best) / max(1, abs(best))
        let floor = relaxed.floor(of: goal, best: best, isLast: isLast)
        log("\(goal.title) \(best), bound \(bound)")
        if control.isOver, gap > planningCase.assumptions.objective.gap {
            outcome.stoppedAt = goal
            outcome.stoppedGap = gap
            return
        }
        outcome.stages.append(stage(goal == .leastSpending ? 0 - best : best, floor, gap))
        relaxed.hold(goal, at: floor)
        plan?.hold(goal, at: floor)
        held.append((goal, floor))
    }

    /// Solves what is not in modules again, with other modules and with those of the goals before, and keeps the better.
    private mutating func take(_ modules: HeldModules?, _ goal: Goal) throws(DecomposedGoals.Failure)
        -> Double
    {
        var best: (value: Double, plan: DecomposedGoals)?
        if var before = plan, let value = try before.best(of: goal) { best = (value, before) }
        if let modules, let next = solved(modules, goal), next.value > best?.value ?? -.infinity {
            best = next
        }
        guard let best else { throw .unsuited }
        plan = best.plan
        return best.value
    }

    /// The plan with these modules, one goal after the other, as each begins where the one before ended.
    ///
    /// No time limit holds here: without this the modules found in time would be no plan.
    private func solved(_ modules: HeldModules, _ goal: Goal) -> (value: Double, plan: DecomposedGoals)? {
        guard
            var search = DecomposedGoals(
                planningCase, modules: .held(modules), doNothing: doNothing, threads: threads,
                control: SolverControl(), log: { [log] in log("modules held: \($0)") })
        else { return nil }
        do throws(DecomposedGoals.Failure) {
            for (goal, floor) in held {
                _ = try search.best(of: goal)
                search.hold(goal, at: floor)
            }
            return try search.best(of: goal).map { ($0, search) }
        } catch {
            log("modules held: \(error)")
            return nil
        }
    }
}
