import LinearProgramming

extension Planner {
    /// Fewer regions are one program, solved as fast.
    private static let fewest = 12
    /// The same with whole modules: one program still ends.
    private static let fewestWithModules = 60
    /// One program of up to so many regions is quick enough to be solved over and over.
    private static let few = 100

    /// The same with links: a component is a program of its own at every price, and one program of up to 100 regions takes
    /// as long as all of them.
    private static let fewestWithLinks = 100

    /// Links that join more regions make one program the method.
    ///
    /// A component is solved at every price, 30 to 100 times a plan, and the more regions it has the longer each of them
    /// takes. Measured over 10 years with all regions in chains, CPU seconds by prices and as one program: 200 regions in
    /// chains of 3: 1.7, of 12: 3.3, of 25: 8, of 50: 16, and 8 to 11; 400 regions in chains of 12: 8, of 50: 25, of 100:
    /// 52, and 41.
    private func mostLinked(of regions: Int) -> Int { max(24, min(100, regions / 8)) }

    /// Whether a plan is solved by prices: many regions, or small groups of linked ones, that only budget and rules join.
    func isDecomposed(_ planningCase: PlanningCase) -> Bool {
        switch method {
        case .program: false
        case .prices: true
        case .automatic: planningCase.regions.count >= fewestRegions(planningCase)
        }
    }

    private func fewestRegions(_ planningCase: PlanningCase) -> Int {
        if planningCase.hasModules { return Self.fewestWithModules }
        return planningCase.links.isEmpty ? Self.fewest : Self.fewestWithLinks
    }

    /// Why a plan's links make it one program, whatever the number of its regions; nil: they do not.
    func reasonForProgram(_ planningCase: PlanningCase) -> String? {
        guard !planningCase.links.isEmpty else { return nil }
        if planningCase.hasModules { return "links beside whole modules: one program" }
        let largest = LinkComponents(planningCase).largest
        return largest > mostLinked(of: planningCase.regions.count)
            ? "links join \(largest) regions in one component: one program" : nil
    }

    /// Whether one program is too much to be solved over and over, for curves and ranges.
    func hasManyRegions(_ planningCase: PlanningCase) -> Bool {
        switch method {
        case .program: false
        case .prices: true
        case .automatic: planningCase.regions.count > Self.few
        }
    }

    /// Whether one program is too much, and prices of the budget and the rules tell all that joins the regions, or small
    /// groups of linked ones.
    func isSolvedByPricesAlone(_ planningCase: PlanningCase) -> Bool {
        hasManyRegions(planningCase) && !planningCase.hasModules && reasonForProgram(planningCase) == nil
    }

    /// The best plan by prices, told nothing.
    func decomposedPlan(
        _ planningCase: PlanningCase, _ details: PlanDetails, _ control: SolverControl
    ) throws -> Plan? {
        var clock = PhaseClock { _ in }
        return try decomposedPlan(planningCase, details, control, &clock)?.plan
    }

    /// The best plan by prices, of a case whose tables are in the canonical order.
    ///
    /// - Parameters:
    ///   - earlier: Where the searches for the plan under another budget ended; nil: those of this one will not be asked for.
    ///   - explainsClash: Whether what clashes is looked for where there is no plan.
    /// - Returns: Nil where the plan is none for this method, or there is none: then one program has the last word.
    func decomposedPlan(
        _ planningCase: PlanningCase, _ details: PlanDetails, after earlier: WarmStarts? = nil,
        explainsClash: Bool = true, _ control: SolverControl, _ clock: inout PhaseClock
    ) throws -> (plan: Plan, ends: WarmStarts?)? {
        let log = clock.log
        if let reason = reasonForProgram(planningCase) {
            log(reason)
            return nil
        }
        let doNothing = try doNothing(planningCase, control)
        let outcome: DecomposedGoals.Outcome
        do throws(DecomposedGoals.Failure) {
            guard let found = try rankedGoals(planningCase, doNothing, after: earlier, control, &clock)
            else { return nil }
            outcome = found
        } catch {
            log("by prices: \(error)")
            if case .stopped = error {
                throw control.isCancelled() ? PlanningFailure.cancelled : .stoppedWithoutPlan
            }
            guard let failure = try impossibility(planningCase, explainsClash, doNothing, control, log) else {
                return nil
            }
            throw failure
        }
        clock.phase("solve", "\(outcome.steps) rounds of prices")
        let ledger = outcome.ledger
        let audit = LedgerAudit(ledger, threads: threads)
        guard audit.worst <= 1e-6 else {
            log("by prices: the plan oversteps \(audit.worstName) by \(audit.worst), relative")
            return nil
        }
        clock.phase("check", "largest violation \(audit.worst)")
        var prices = try returnPrices(outcome, planningCase, doNothing, control)
        if details.contains(.ranges), planningCase.regions.count <= Self.few, prices != nil {
            prices = try pricesOfProgram(planningCase, control) ?? prices
            clock.phase("prices", "of the budget")
        }
        let reasons =
            details.contains(.reasons) ? try reasons(ledger, outcome, doNothing, control, log) : []
        clock.phase("reasons", "\(reasons.count) regions")
        // What bound and plan differ by is slack times price, summed up: nothing else is between them.
        let certificate = Certificate(
            primalViolation: audit.worst, dualViolation: outcome.dualViolation,
            complementarySlackness: outcome.gap,
            dualityGap: outcome.gap)
        var plan = plan(
            ledger, doNothing,
            Found(
                stages: outcome.stages, stoppedAt: outcome.stoppedAt, certificate: certificate,
                gap: outcome.stoppedGap, steps: outcome.steps,
                method: "regions at prices, with a master over their plans"),
            prices, reasons)
        // The search for whole modules ends where it finds nothing better, which may be before the gap asked for.
        let allowed = planningCase.assumptions.objective.gap
        if planningCase.hasModules, plan.gap ?? .infinity > max(allowed, 1e-9) { plan.status = .feasible }
        return (plan, outcome.ends)
    }

    /// Goal after goal by prices; nil where regions do not fall apart.
    private func rankedGoals(
        _ planningCase: PlanningCase, _ doNothing: Ledger, after earlier: WarmStarts?,
        _ control: SolverControl, _ clock: inout PhaseClock
    ) throws(DecomposedGoals.Failure) -> DecomposedGoals.Outcome? {
        func tell(_ rows: Int, _ what: String) {
            let linked = LinkComponents(planningCase)
            let groups =
                linked.components.isEmpty
                ? ""
                : ", \(linked.regionCount) of them linked in \(linked.components.count) groups of up to \(linked.largest)"
            clock.phase("blocks", "\(rows) rows join \(planningCase.regions.count) regions\(groups)\(what)")
        }
        if planningCase.hasModules {
            let goals = ModularGoals(
                planningCase, doNothing: doNothing, threads: threads, control: control, log: clock.log)
            guard let goals else { return nil }
            tell(goals.rowCount, ", whole modules by a search in each")
            return try goals.run()
        }
        let goals = DecomposedGoals(
            planningCase, earlier: earlier, doNothing: doNothing, linkedBy: solver, threads: threads,
            control: control, log: clock.log)
        guard let goals else { return nil }
        tell(goals.rowCount, "")
        return try goals.run()
    }

    /// That many regions have no plan, proved, and what clashes.
    ///
    /// - Returns: Nil where they have one, or one program is as quick or has to say.
    private func impossibility(
        _ planningCase: PlanningCase, _ explainsClash: Bool, _ doNothing: Ledger, _ control: SolverControl,
        _ log: @escaping (String) -> Void
    ) throws -> PlanningFailure? {
        guard isSolvedByPricesAlone(planningCase) else { return nil }
        let questions = ClashByPrices(
            violation: PhaseOne(
                standard: planningCase, doNothing: doNothing, solver: solver, threads: threads,
                control: control, log: { log("clash: \($0)") }))
        do {
            guard try !questions.isPossible(planningCase) else { return nil }
            guard explainsClash else { return .infeasible }
            return .impossible(
                try DeletionFilter(planningCase: planningCase, questions: questions).clash())
        } catch PhaseOne.Failure.unsuited {
            return nil
        } catch PhaseOne.Failure.stopped {
            throw control.isCancelled() ? PlanningFailure.cancelled : .stoppedWithoutPlan
        }
    }

    /// The prices of the budget's rows where the return is at its best.
    private func returnPrices(
        _ outcome: DecomposedGoals.Outcome, _ planningCase: PlanningCase, _ doNothing: Ledger,
        _ control: SolverControl
    ) throws -> Plan.ShadowPrices? {
        // With whole modules money has no price.
        guard !planningCase.assumptions.budget.isFree, outcome.stoppedAt == nil, !planningCase.hasModules
        else { return nil }
        var found = outcome.returnPrices
        if found == nil {
            // Return is not the first goal: what money is worth to it is a question of its own.
            var returning = planningCase
            returning.assumptions.objective.goals = [.return]
            let goals = DecomposedGoals(
                returning, doNothing: doNothing, linkedBy: solver, threads: threads, control: control,
                log: { _ in })
            found = goals?.prices(of: .return, ratio: 0)?.rows.rows
        }
        return found.map { shadowPrices(outcome.rows, $0, planningCase.assumptions) }
    }

    /// The same from one program, with how far they hold; of more regions `Planner.prices` tells it.
    private func pricesOfProgram(
        _ planningCase: PlanningCase, _ control: SolverControl
    ) throws -> Plan.ShadowPrices? {
        let formulation = Formulation(planningCase)
        return try bestReturn(of: formulation, control).flatMap {
            shadowPrices(at: $0, formulation, findsRanges: true, control)
        }
    }

    private func shadowPrices(
        _ rows: [CouplingRows.Row], _ prices: [Double], _ assumptions: Assumptions
    ) -> Plan.ShadowPrices {
        let budget = assumptions.budget
        var found = Plan.ShadowPrices()
        var sum = 0.0
        for (row, price) in zip(rows, prices) {
            guard case .budget(let limit) = row.meaning else { continue }
            if limit == 0, budget.total != nil { found.total = price } else { found.yearly.append(price) }
            sum += price * row.rightHandSide
        }
        if let amount = budget.amount, amount > 0 { found.allRows = sum / amount }
        return found
    }

    private func reasons(
        _ ledger: Ledger, _ outcome: DecomposedGoals.Outcome, _ doNothing: Ledger, _ control: SolverControl,
        _ log: @escaping (String) -> Void
    ) throws -> [Reason] {
        let first = outcome.stages.first { $0.best != nil }
        return try Reasons(
            ledger: ledger, goal: first?.goal ?? .return, binding: outcome.binding(ledger.planningCase),
            search: FreePlanByPrices(
                bestRatio: first?.best ?? 0, doNothing: doNothing, solver: solver, threads: threads,
                control: control, log: log),
            threads: threads
        ).all()
    }
}

extension DecomposedGoals.Outcome {
    /// What has a price where the first goal is at its best; nil where the search was stopped before.
    fileprivate func binding(_ planningCase: PlanningCase) -> BindingRows? {
        guard let firstPrices else { return nil }
        var binding = BindingRows(
            isBudgetBinding: false, rulePrices: [Double](repeating: 0, count: planningCase.rules.count))
        for (row, price) in zip(rows, firstPrices) where price > 0 {
            switch row.meaning {
            case .budget: binding.isBudgetBinding = true
            case .rule(let index, _): binding.rulePrices[index] = max(binding.rulePrices[index], price)
            case .minimumSpend, .goal, .denominator: break
            }
        }
        return binding
    }
}
