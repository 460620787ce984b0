public import LinearProgramming

extension Planner {
    /// Says why a region gets what it gets, and what would change that.
    ///
    /// - Throws: As `plan`.
    public func explain(
        _ planningCase: PlanningCase, _ region: RegionIndex, control: SolverControl = SolverControl()
    ) throws -> Explanation {
        let order = CanonicalOrder(planningCase)
        let sorted = order.applied(to: planningCase)
        let ids = planningCase.regions.ids
        guard let place = sorted.regions.ids.firstIndex(of: ids[region]) else {
            preconditionFailure("the same regions in another order")
        }
        let (plan, best, plans) = try bestPlans(of: sorted, control)
        let explainer = Explainer(
            plan: plan, best: best, plans: plans, region: RegionIndex(place), planner: self, control: control)
        let margins = try explainer.margins()
        return Explanation(
            region: region, plan: plan.restored(by: order, to: planningCase, threads: threads),
            spendingAtBestReturn: best.ledger.spending(region: RegionIndex(place)),
            margins: margins.map { order.restored($0) }, lastUnit: try explainer.lastUnit(),
            limits: try explainer.limits().map { order.restored($0) }, entries: try explainer.entries())
    }
}

/// Asks for one part of an explanation after the other; everything in the canonical order.
private struct Explainer {
    let plan: Plan
    let best: BestReturn
    let plans: any WholePlans
    let region: RegionIndex
    let planner: Planner
    let control: SolverControl

    private var planningCase: PlanningCase { plan.planningCase }
    private var hasModules: Bool { planningCase.technologies.contains { $0.module != nil } }

    // MARK: What money earns

    func margins() throws -> [Explanation.Margin] {
        let prices = hasModules ? nil : best.pricesOfMoney
        let part = best.part(of: region)
        let found = try RegionMargins(part, solver: planner.solver, control: control).next()
        let open = found.map {
            Explanation.Margin(
                option: part.named($0.option), year: $0.year, earns: $0.earns, money: $0.money,
                elsewhere: prices?[$0.year])
        }
        let closed = part.formulation.options(of: part.region).filter { option in
            !found.contains { $0.option == option }
        }
        return open
            + closed.map {
                Explanation.Margin(
                    option: part.named($0), year: planningCase.assumptions.horizon, earns: nil, money: 0,
                    elsewhere: nil)
            }
    }

    func lastUnit() throws -> Double? {
        try RegionMargins(best.part(of: region), solver: planner.solver, control: control).last()?.earned
    }

    // MARK: What binds

    /// The limits of which a hundredth more would add to the return, the most valuable first.
    func limits() throws -> [Explanation.Limit] {
        let today = added(best.ledger, doNothing: plan.doNothing)
        var limits: [Explanation.Limit] = []
        for change in finiteLimits {
            let changed = planningCase.with(change, in: region)
            guard let best = try plans.bestReturn(of: changed) else {
                throw CertificateFailure(description: "a limit is raised, and no plan is left")
            }
            let doNothing = try planner.doNothing(changed, control)
            let gain = added(best.ledger, doNothing: doNothing) - today
            let size = abs(doNothing.netPresentValue[region]) + abs(today)
            if gain > 1e-8 * size { limits.append(Explanation.Limit(change: change, gain: gain)) }
        }
        return limits.sorted { $0.gain > $1.gain }
    }

    /// Region by region: what does not change must not drown in the sum what does.
    private func added(_ ledger: Ledger, doNothing: Ledger) -> Double {
        zip(ledger.netPresentValue, doNothing.netPresentValue).reduce(0) { $0 + ($1.0 - $1.1) }
    }

    /// The limits that the region has, each raised by a hundredth.
    private var finiteLimits: [RegionChange] {
        let regions = planningCase.regions
        var changes: [RegionChange] = []
        if regions.potentialUsers[region] < .infinity { changes.append(.potential(1.01)) }
        let yearly = regions.yearlyBuildLimit[region]
        if yearly > 0, yearly < .infinity { changes.append(.yearlyBuildLimit(1.01)) }
        for technology in planningCase.technologies.indices {
            let (yearly, total) = (
                planningCase.yearlyLimit(region, technology), planningCase.totalLimit(region, technology)
            )
            if yearly > 0, yearly < .infinity { changes.append(.yearlyLimit(technology: technology, 1.01)) }
            if total > 0, total < .infinity { changes.append(.totalLimit(technology: technology, 1.01)) }
        }
        for (index, link) in planningCase.links.enumerated() where link.to == region || link.from == region {
            if link.capacity > 0 { changes.append(.linkCapacity(link: index, 1.01)) }
        }
        return changes
    }

    private func solve(_ program: LinearProgram) throws -> CertifiedResult {
        let settings = SolverSettings(method: .dualSimplex, gap: planningCase.assumptions.objective.gap)
        return try planner.solver.certifiedSolve(program, settings: settings, control: control)
    }

    // MARK: What would bring money

    /// The furthest that is looked: a cost of a thousandth, twenty times the revenue, half as much growth again a year.
    func entries() throws -> [Explanation.Entry] {
        let search = EntrySearch(alone: leversAlone, inPlan: leversInPlan)
        let spends = leversInPlan(plan.ledger)
        let part = best.part(of: region)
        let options = Set(part.formulation.options(of: part.region).map(\.lever))
        let regions = planningCase.regions
        func entry(
            _ lever: Lever?, _ steps: Int, _ change: (Int) -> RegionChange
        ) throws -> [Explanation.Entry] {
            try search.entry(of: lever, steps: steps, change).map { [$0] } ?? []
        }
        var entries: [Explanation.Entry] = []
        if options.contains(.build), !spends.contains(.build) {
            entries += try entry(.build, 999) { .buildCost(1 - Double($0) / 1000) }
        }
        if options.contains(.adoption), !spends.contains(.adoption) {
            entries += try entry(.adoption, 999) { .adoptionCost(1 - Double($0) / 1000) }
        }
        guard spends.isEmpty, !options.isEmpty else { return entries }
        if regions.revenuePerUser[region] > 0 {
            entries += try entry(nil, 19_000) { .revenue(1 + Double($0) / 1000) }
        }
        if regions.users[region] > 0 {
            let growth = regions.demandGrowth[region]
            entries += try entry(nil, 5000) { .growth(growth + Double($0) / 10_000) }
        }
        return entries
    }

    /// Levers that the region spends on in a plan.
    private func leversInPlan(_ ledger: Ledger) -> Set<Lever> {
        let size = max(1e-6 * ledger.spending(), 1e-9 * abs(ledger.netPresentValue[region]))
        return Set(Lever.allCases.filter { ledger.spending(region: region, lever: $0) > size })
    }

    /// The same in the whole plan after a change; where no plan is possible then, none.
    private func leversInPlan(_ change: RegionChange) throws -> Set<Lever> {
        try plans.ledger(of: planningCase.with(change, in: region)).map(leversInPlan) ?? []
    }

    /// The levers that the region by itself would spend on after a change, at today's price of money.
    private func leversAlone(_ change: RegionChange) throws -> Set<Lever> {
        var alone = planningCase.with(change, in: region).only([region])
        alone.assumptions.budget = Budget()
        var formulation = Formulation(alone)
        formulation.chargeForMoney(best.pricesOfMoney)
        guard case .optimal(let optimum) = try solve(formulation.program.relaxed) else { return [] }
        let ledger = Ledger(alone, Decisions(optimum.solution, of: formulation))
        return Set(
            Lever.allCases.filter {
                ledger.spending(lever: $0) > 1e-9 * abs(ledger.totalNetPresentValue)
            })
    }
}

extension CanonicalOrder {
    fileprivate func restored(_ margin: Explanation.Margin) -> Explanation.Margin {
        var restored = margin
        switch margin.option {
        case .build(let place): restored.option = .build(technology: technologies[place])
        case .widening(let place): restored.option = .widening(link: links[place])
        case .adoption, .credit: break
        }
        return restored
    }

    fileprivate func restored(_ limit: Explanation.Limit) -> Explanation.Limit {
        var restored = limit
        switch limit.change {
        case .yearlyLimit(let place, let factor):
            restored.change = .yearlyLimit(technology: technologies[place], factor)
        case .totalLimit(let place, let factor):
            restored.change = .totalLimit(technology: technologies[place], factor)
        case .linkCapacity(let place, let factor):
            restored.change = .linkCapacity(link: links[place], factor)
        default: break
        }
        return restored
    }
}
