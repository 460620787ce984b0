public import LinearProgramming

extension Planner {
    /// Finds the plan of a case and of every variation of it, one assumption at a time.
    ///
    /// Each is made as `plan` makes it, from the start: a plan that another plan's basis was the start of could end in
    /// another of several equally good ones.
    ///
    /// - Parameters:
    ///   - varied: The case with another value of an assumption; called on any thread, once each.
    ///   - finished: Told how many variations are done, on any thread, whenever it is one more.
    /// - Throws: As `plan`, where the case itself has none.
    public func sensitivity(
        of planningCase: PlanningCase, to factors: [FactorSettings],
        control: SolverControl = SolverControl(), finished: @escaping @Sendable (Int) -> Void = { _ in },
        varied: @escaping @Sendable (FactorSetting) throws -> PlanningCase
    ) throws -> Sensitivity {
        let plan = try plan(planningCase, details: [], control: control)
        let spending = plan.ledger.spendingByRegion(threads: threads)
        let settings = factors.flatMap { [$0.low, $0.high].compactMap(\.self) }
        let goal = planningCase.assumptions.objective.goals.first ?? .return
        let results = results(
            settings.count, size: planningCase.regions.count * planningCase.assumptions.years,
            finished: finished
        ) { planner, place -> Sensitivity.Variation.Found in
            // What is not begun need not be read.
            if control.isCancelled() { throw PlanningFailure.cancelled }
            if let deadline = control.deadline, deadline <= .now { throw PlanningFailure.stoppedWithoutPlan }
            let other = try planner.plan(varied(settings[place]), details: [], control: control)
            return Sensitivity.Variation.Found(
                figures: PlanFigures(other, goal, .allRows),
                reallocation: Reallocation(
                    from: spending, to: other.ledger.spendingByRegion(threads: planner.threads)))
        }
        var variations = zip(settings, results).map(Sensitivity.Variation.init)[...]
        let rows = factors.map { factor in
            Sensitivity.Row(
                factor: factor.factor, base: factor.base,
                low: factor.low == nil ? nil : variations.popFirst(),
                high: factor.high == nil ? nil : variations.popFirst())
        }
        return Sensitivity(planningCase, base: PlanFigures(plan, goal, .allRows), rows: rows)
    }
}

extension Sensitivity.Variation {
    fileprivate init(_ setting: FactorSetting, _ result: Result<Found, any Error>) {
        self.setting = setting
        switch result {
        case .success(let found): self.found = found
        case .failure(PlanningFailure.impossible(let clash)): failure = .impossible(clash)
        case .failure(let error): failure = .missing(error)
        }
    }
}
