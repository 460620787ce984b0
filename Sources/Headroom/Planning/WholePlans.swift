import LinearProgramming

/// Makes whole plans of changed cases, whose tables are in the canonical order: what an explanation is seen to by.
protocol WholePlans {
    /// What the plan of the case's own goals comes to; nil where no plan is possible.
    ///
    /// - Throws: As `Planner.plan`.
    func ledger(of planningCase: PlanningCase) throws -> Ledger?

    /// - Returns: Nil where no plan is possible.
    /// - Throws: As `Planner.plan`.
    func bestReturn(of planningCase: PlanningCase) throws -> BestReturn?
}

/// Each as one program.
struct PlansByProgram: WholePlans {
    let planner: Planner
    let control: SolverControl

    func ledger(of planningCase: PlanningCase) throws -> Ledger? {
        let formulation = Formulation(planningCase)
        let doNothing = try planner.doNothing(planningCase, control)
        let search: RankedGoals
        do {
            search = try planner.rankedGoals(formulation, doNothing, from: nil, control: control)
        } catch PlanningFailure.impossible {
            return nil
        }
        guard search.stoppedAt == nil, let solution = search.solution else { throw control.stopped }
        return Ledger(planningCase, Decisions(solution, of: formulation))
    }

    func bestReturn(of planningCase: PlanningCase) throws -> BestReturn? {
        let formulation = Formulation(planningCase)
        let settings = SolverSettings(method: .dualSimplex, gap: planningCase.assumptions.objective.gap)
        switch try planner.solver.certifiedSolve(formulation.program, settings: settings, control: control) {
        case .optimal(let best): return BestReturn(best, of: formulation)
        case .infeasible: return nil
        case .stopped, .unbounded: throw control.stopped
        }
    }
}

/// Each by prices, and as one program where prices are no method for it.
///
/// Whether a case has a plan at all is left to one program too: it has the last word there.
struct PlansByPrices: WholePlans {
    let planner: Planner
    let control: SolverControl

    private var asProgram: PlansByProgram { PlansByProgram(planner: planner, control: control) }

    func ledger(of planningCase: PlanningCase) throws -> Ledger? {
        try outcome(of: planningCase)?.ledger ?? asProgram.ledger(of: planningCase)
    }

    func bestReturn(of planningCase: PlanningCase) throws -> BestReturn? {
        var returning = planningCase
        returning.assumptions.objective.goals = [.return]
        guard let outcome = try outcome(of: returning), let prices = outcome.returnPrices else {
            return try asProgram.bestReturn(of: planningCase)
        }
        return BestReturn(
            outcome.ledger,
            pricesOfMoney: planningCase.assumptions.pricesOfMoney(outcome.rows, prices))
    }

    /// - Returns: Nil where prices do not lead to a plan.
    private func outcome(of planningCase: PlanningCase) throws -> DecomposedGoals.Outcome? {
        let doNothing = try planner.doNothing(planningCase, control)
        guard
            let goals = DecomposedGoals(
                planningCase, doNothing: doNothing, linkedBy: planner.solver, threads: planner.threads,
                control: control, log: { _ in })
        else { return nil }
        let outcome: DecomposedGoals.Outcome
        do throws(DecomposedGoals.Failure) {
            outcome = try goals.run()
        } catch {
            guard case .stopped = error else { return nil }
            throw control.stopped
        }
        guard outcome.stoppedAt == nil else { throw control.stopped }
        return LedgerAudit(outcome.ledger, threads: planner.threads).worst <= 1e-6 ? outcome : nil
    }
}

extension Planner {
    /// The plan of a case in the canonical order, the one of the best return, and what makes others like them: by prices
    /// where there are many regions.
    func bestPlans(
        of sorted: PlanningCase, _ control: SolverControl
    ) throws -> (Plan, BestReturn, any WholePlans) {
        if isSolvedByPricesAlone(sorted), let plan = try decomposedPlan(sorted, .reasons, control) {
            let plans = PlansByPrices(planner: self, control: control)
            guard let best = try plans.bestReturn(of: sorted) else {
                throw CertificateFailure(
                    description: "there is a plan, but none of the best return was found")
            }
            return (plan, best, plans)
        }
        let solved = try solve(sorted: sorted, .reasons, control)
        guard let best = try solved.bestReturn ?? bestReturn(of: solved.formulation, control) else {
            throw control.stopped
        }
        return (
            solved.plan, BestReturn(best, of: solved.formulation),
            PlansByProgram(planner: self, control: control)
        )
    }
}

extension SolverControl {
    /// Why a search that was stopped has nothing to show.
    var stopped: PlanningFailure { isCancelled() ? .cancelled : .stoppedWithoutPlan }

    /// Whether a search would end now.
    var isStopped: Bool { isCancelled() || deadline.map { $0 <= .now } ?? false }
}

extension Assumptions {
    /// What one more unit of money spent in each year costs the other uses of the budget, by the prices of rows that join
    /// regions.
    func pricesOfMoney(_ rows: [CouplingRows.Row], _ prices: [Double]) -> [Double] {
        let limits = budget.limits(years: years)
        var ofYears = [Double](repeating: 0, count: years)
        for (row, price) in zip(rows, prices) {
            guard case .budget(let limit) = row.meaning else { continue }
            for year in limits[limit].years { ofYears[year - 1] += price }
        }
        return ofYears
    }
}
