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
    /// One program of up to so many regions and years is solved often enough in bearable time.
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
        switch try search.run(told: { told("\($0) pieces of the frontier") }) {
        case .found(let found): curve = found
        case .undefined(let index): return .undefined(goals[index])
        case .infeasible:
            let search = ClashSearch(planningCase: sorted, solver: solver, control: control)
            throw PlanningFailure.impossible(try search.clash())
        case .stopped: throw control.isCancelled() ? PlanningFailure.cancelled : .stoppedWithoutPlan
        case .unbounded(let index):
            throw CertificateFailure(description: "goal \(goals[index].title) has no highest value")
        }
        var frontier = try FrontierReader(
            formulation: formulation, doNothing: doNothing, order: order, goals: goals, threads: threads
        ).frontier(curve, of: planningCase, isRelaxed: isRelaxed)
        frontier.placed = placed([("the plan", planningCase)] + scenarios, goals, control, told)
        frontier.isStopped = frontier.isStopped || frontier.placed.contains { $0.isMissing }
        return .frontier(frontier)
    }

    private func placed(
        _ variants: [(name: String, planningCase: PlanningCase)], _ goals: [Goal], _ control: SolverControl,
        _ told: @escaping @Sendable (String) -> Void
    ) -> [Frontier.Placed] {
        var silent = control
        silent.report = { _ in }
        let count = variants.count
        let plans = plans(of: variants.map(\.planningCase), control: silent) { done in
            told("\(done) of \(count) plans placed")
        }
        return zip(variants, plans).enumerated().map { place, pair in
            let outcome: Frontier.Placed.Outcome
            switch pair.1 {
            case .success(let plan): outcome = .plan(Frontier.Figures(plan, goals))
            case .failure(PlanningFailure.impossible), .failure(PlanningFailure.infeasible):
                outcome = .impossible
            case .failure: outcome = .missing
            }
            return Frontier.Placed(name: pair.0.name, isScenario: place > 0, outcome: outcome)
        }
    }
}

extension Frontier.Placed {
    fileprivate var isMissing: Bool { if case .missing = outcome { true } else { false } }
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

/// Reads plans off a curve.
private struct FrontierReader {
    let formulation: Formulation
    let doNothing: Ledger
    let order: CanonicalOrder
    let goals: [Goal]
    let threads: Int

    /// - Throws: `CertificateFailure` where a corner is no plan of the model.
    func frontier(
        _ curve: TradeOffCurve, of planningCase: PlanningCase, isRelaxed: Bool
    ) throws -> Frontier {
        // From the best of the first goal on.
        let pieces = Array(curve.pieces.reversed())
        var ends: [TradeOffCurve.End] = pieces.first.map { [$0.high] } ?? curve.single.map { [$0] } ?? []
        var found: [Frontier.Piece] = []
        for (index, piece) in pieces.enumerated() {
            if index > 0,
                curve.gaps.contains(where: {
                    piece.high.values[0] <= $0.low[0] && $0.high[0] <= pieces[index - 1].low.values[0]
                })
            {
                ends.append(piece.high)
                found.append(Frontier.Piece(ends: nil, moves: []))
            }
            ends.append(piece.low)
            found.append(self.piece(piece))
        }
        let corners = try parallelMap(ends.count, threads: threads) { [ends] in
            try figures(ends[$0].columnValues)
        }
        return Frontier(
            planningCase: planningCase, goals: goals, corners: corners, pieces: found, placed: [],
            isRelaxed: isRelaxed, reachesEnds: !curve.isOpenAtAnEnd, isStopped: !curve.gaps.isEmpty,
            certificate: curve.certificate)
    }

    private func piece(_ piece: TradeOffCurve.Piece) -> Frontier.Piece {
        let (high, low) = (piece.parts(at: 1), piece.parts(at: 0))
        let moves = formulation.spendingByUse.compactMap { slot -> Frontier.Move? in
            let money = slot.yearly.reduce(0) {
                $0 + $1.value(at: piece.low.columnValues) - $1.value(at: piece.high.columnValues)
            }
            return Frontier.Move(region: order.restored(slot.region), lever: slot.lever, money: money)
        }
        let most = moves.reduce(0) { max($0, abs($1.money)) }
        // Money that only comes sooner or later is none that moves.
        let trifle = max(1e-6 * most, 1e-9 * formulation.totalSpending.value(at: piece.high.columnValues))
        return Frontier.Piece(
            ends: (
                Frontier.Parts(numerators: high.numerators, denominators: high.denominators),
                Frontier.Parts(numerators: low.numerators, denominators: low.denominators)
            ),
            moves: moves.filter { abs($0.money) > trifle }.sorted {
                (abs($1.money), $0.region.position, $0.lever.position)
                    < (abs($0.money), $1.region.position, $1.lever.position)
            })
    }

    private func figures(_ point: [Double]) throws -> Frontier.Figures {
        let solution = Solution(
            columnValues: point, rowDuals: [Double](repeating: 0, count: formulation.program.rowCount),
            of: formulation.program)
        let ledger = Ledger(formulation.planningCase, Decisions(solution, of: formulation))
        let audit = LedgerAudit(ledger)
        guard audit.worst <= 1e-6 else {
            throw CertificateFailure(
                description: "a corner oversteps \(audit.worstName) by \(audit.worst), relative")
        }
        let plan = Plan(
            status: .optimal, goals: [], ledger: ledger, doNothing: doNothing, reasons: [], method: "",
            steps: 0)
        return Frontier.Figures(plan, goals)
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

extension TradeOffCurve {
    /// Whether something beyond the first or the last piece was not found.
    fileprivate var isOpenAtAnEnd: Bool {
        guard let first = pieces.first, let last = pieces.last else { return !gaps.isEmpty }
        return gaps.contains { $0.high[0] <= first.low.values[0] || $0.low[0] >= last.high.values[0] }
    }
}
