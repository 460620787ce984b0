import Foundation
public import LinearProgramming

/// Makes plans: formulates, solves goal after goal, checks, and reads the result.
public struct Planner: Sendable {
    /// How a plan is solved. All methods lead to the same optimal values.
    public enum Method: String, CaseIterable, Sendable {
        /// By prices where many regions, or small groups of linked ones, are joined by budget and rules alone, else as one
        /// program.
        case automatic
        /// One program for the solver.
        case program
        /// Every region by itself at prices that a master program finds.
        case prices
    }

    let solver: any LinearSolver
    let threads: Int
    let method: Method

    /// - Parameter threads: How many regions are looked at at once where they can be; the result does not depend
    ///   on it.
    public init(solver: any LinearSolver, threads: Int = 1, method: Method = .automatic) {
        self.solver = solver
        self.threads = threads
        self.method = method
    }

    /// Finds the best plan.
    ///
    /// - Parameters:
    ///   - details: What is looked for besides the plan itself.
    ///   - control: Time limit, cancellation, progress.
    ///   - log: Told the size of the program and the time of every phase.
    /// - Throws: `PlanningFailure` where there is no plan, `CertificateFailure` and `SolverFault` where the solver
    ///   breaks down.
    public func plan(
        _ planningCase: PlanningCase, details: PlanDetails = .all, control: SolverControl = SolverControl(),
        log: @escaping (String) -> Void = { _ in }
    ) throws -> Plan {
        var own = planningCase
        return try plan(reordering: &own, details: details, control: control, log: log)
    }

    /// The same for very many regions: while it is searched their table stands in another order, and there is no second
    /// one of it.
    public func plan(
        reordering planningCase: inout PlanningCase, details: PlanDetails = .all,
        control: SolverControl = SolverControl(), log: @escaping (String) -> Void = { _ in }
    ) throws -> Plan {
        var clock = PhaseClock(log: log)
        let order = CanonicalOrder(planningCase)
        order.apply(to: &planningCase)
        clock.phase("order", "by the ids of regions")
        let sorted: Plan
        do {
            sorted = try plan(sorted: planningCase, details, control, &clock)
        } catch {
            order.undo(in: &planningCase)
            throw error
        }
        return (consume sorted).restored(by: order, to: order.undone(in: &planningCase), threads: threads)
    }

    /// The best plan of a case whose tables are in the canonical order, by the method that suits it.
    private func plan(
        sorted planningCase: PlanningCase, _ details: PlanDetails, _ control: SolverControl,
        _ clock: inout PhaseClock
    ) throws -> Plan {
        if isDecomposed(planningCase),
            let found = try decomposedPlan(planningCase, details, control, &clock)
        {
            return found.plan
        }
        return try solve(sorted: planningCase, details, control, clock.log).plan
    }

    /// A plan with the program that it was read from.
    struct SolvedPlan {
        var plan: Plan
        var formulation: Formulation
        /// The plan of the best return; nil where the search was stopped before.
        var bestReturn: CertifiedPoint?
    }

    /// The best plan of a case whose tables are in the canonical order.
    func solve(
        sorted planningCase: PlanningCase, _ details: PlanDetails, _ control: SolverControl,
        _ log: @escaping (String) -> Void = { _ in }
    ) throws -> SolvedPlan {
        var clock = PhaseClock(log: log)
        let doNothing = try doNothing(planningCase, control)
        let formulation = Formulation(planningCase)
        clock.phase("formulate", formulation.program.sizeText)
        let start = StartingBasis(formulation, solver: solver, threads: threads).basis(control)
        clock.phase("start basis", start == nil ? "slacks" : "regions at sampled prices")
        let search = try rankedGoals(formulation, doNothing, from: start, control: control)
        clock.phase("solve", "\(search.steps) steps")
        guard let solution = search.solution else {
            throw control.isCancelled() ? PlanningFailure.cancelled : .stoppedWithoutPlan
        }
        let ledger = Ledger(planningCase, Decisions(solution, of: formulation), threads: threads)
        try check(ledger, against: solution, of: formulation)
        clock.phase("check", "certificate \(search.certificate.worst)")
        let bestReturn = try bestReturn(search, formulation, control)
        let prices = bestReturn.flatMap {
            shadowPrices(at: $0, formulation, findsRanges: details.contains(.ranges), control)
        }
        clock.phase("prices", prices == nil ? "none" : "of the budget")
        let reasons = details.contains(.reasons) ? try reasons(ledger, search, formulation, control) : []
        clock.phase("reasons", "\(reasons.count) regions")
        return SolvedPlan(
            plan: plan(
                ledger, doNothing,
                Found(
                    stages: search.stages, stoppedAt: search.stoppedAt, certificate: search.certificate,
                    gap: search.gap, steps: search.steps, method: "\(solver.name) simplex"), prices, reasons),
            formulation: formulation,
            bestReturn: bestReturn)
    }

    /// Solves goal after goal; where no plan is possible the failure says what clashes.
    func rankedGoals(
        _ formulation: Formulation, _ doNothing: Ledger, from start: Basis?, breaksTies: Bool = true,
        control: SolverControl
    ) throws -> RankedGoals {
        var search = RankedGoals(
            formulation, doNothing: doNothing.totalNetPresentValue, start: start, solver: solver,
            control: control)
        do {
            try search.run(breaksTies: breaksTies)
        } catch PlanningFailure.infeasible {
            let search = DeletionFilter(
                planningCase: formulation.planningCase, solver: solver, control: control)
            throw PlanningFailure.impossible(try search.clash())
        }
        return search
    }

    /// The plan of highest net present value with zero spending; over links a program of its own for every component.
    func doNothing(_ planningCase: PlanningCase, _ control: SolverControl) throws -> Ledger {
        guard !planningCase.links.isEmpty else {
            return Ledger(doingNothingIn: planningCase, threads: threads)
        }
        let components = LinkComponents(planningCase).components
        let found = try parallelMap(components.count, threads: threads) {
            try doingNothing(planningCase.only(components[$0]), control)
        }
        var decisions = Decisions.doNothing(planningCase)
        for (component, part) in zip(components, found) { decisions.enter(part, of: component) }
        return Ledger(planningCase, decisions, threads: threads)
    }

    private func doingNothing(_ planningCase: PlanningCase, _ control: SolverControl) throws -> Decisions {
        let idle = Formulation(planningCase.withoutLevers)
        let settings = SolverSettings(method: .dualSimplex)
        switch try solver.certifiedSolve(idle.program, settings: settings, control: control) {
        case .optimal(let optimum): return Decisions(optimum.solution, of: idle)
        case .stopped: throw control.isCancelled() ? PlanningFailure.cancelled : .stoppedWithoutPlan
        case .infeasible, .unbounded:
            throw CertificateFailure(description: "doing nothing is possible, but was not found to be")
        }
    }

    /// The decisions are held against the model once more, apart from the program that they were read from.
    private func check(_ ledger: Ledger, against solution: Solution, of formulation: Formulation) throws {
        let audit = LedgerAudit(ledger, threads: threads)
        guard audit.worst <= 1e-6 else {
            throw CertificateFailure(
                description: "the solver's plan oversteps \(audit.worstName) by \(audit.worst), relative")
        }
        let value = formulation.netPresentValue.value(at: solution.columnValues)
        let own = ledger.totalNetPresentValue
        let size = ledger.netPresentValue.reduce(0) { $0 + abs($1) }
        let tolerance = 1e-6 * max(abs(own), 1e-3 * size)
        // Of opposite flows only the difference is a decision: that saves what carrying both ways would cost, and only
        // the search for the highest return, which comes last, is sure to have saved it already.
        let canSave = !ledger.planningCase.links.isEmpty
        guard value - own <= tolerance, own - value <= tolerance || canSave else {
            throw CertificateFailure(
                description: "the program values the plan at \(value), the model at \(own)")
        }
    }

    private func reasons(
        _ ledger: Ledger, _ search: RankedGoals, _ formulation: Formulation, _ control: SolverControl
    ) throws -> [Reason] {
        let first = search.stages.first { $0.best != nil }
        return try Reasons(
            ledger: ledger, goal: first?.goal ?? .return,
            binding: search.firstSolution.map { BindingRows($0, of: formulation) },
            search: FreePlanByPrograms(
                bestRatio: first?.best ?? 0, solver: solver, threads: threads, control: control),
            threads: threads
        ).all()
    }

    /// What a search found, whatever the method.
    struct Found {
        var stages: [RankedGoals.Stage]
        var stoppedAt: Goal?
        var certificate: Certificate
        /// Of the goal at which the search was stopped.
        var gap: Double?
        var steps: Int
        var method: String
    }

    func plan(
        _ ledger: Ledger, _ doNothing: Ledger, _ search: Found, _ prices: Plan.ShadowPrices?,
        _ reasons: [Reason]
    ) -> Plan {
        var plan = Plan(
            status: search.stoppedAt == nil ? .optimal : .feasible, stoppedAt: search.stoppedAt, goals: [],
            ledger: ledger, doNothing: doNothing,
            shadowPrices: prices,
            reasons: reasons, certificate: search.stoppedAt == nil ? search.certificate : nil,
            method: search.method, steps: search.steps)
        plan.goals = ledger.planningCase.assumptions.objective.goals.enumerated().map { rank, goal in
            let best = rank < search.stages.count ? search.stages[rank].best : nil
            let isUndefined = rank < search.stages.count && best == nil
            let isStopped = rank == search.stages.count && search.stoppedAt != nil
            return Plan.GoalOutcome(
                goal: goal, best: best, value: isUndefined ? nil : plan.value(of: goal),
                gap: rank < search.stages.count ? search.stages[rank].gap : isStopped ? search.gap : nil)
        }
        return plan
    }

    /// The plan of highest return, what money is worth at which is a question of its own where it is not the first goal.
    ///
    /// - Returns: Nil where nobody asks (without a budget, or with whole modules), or the search was stopped.
    private func bestReturn(
        _ search: RankedGoals, _ formulation: Formulation, _ control: SolverControl
    ) throws -> CertifiedPoint? {
        if let found = search.bestReturn { return found }
        let hasPrices =
            !formulation.planningCase.assumptions.budget.isFree && !formulation.program.hasIntegers
        guard search.stoppedAt == nil, hasPrices else { return nil }
        return try bestReturn(of: formulation, control)
    }

    /// The plan of highest return; nil where the search for it was stopped.
    func bestReturn(of formulation: Formulation, _ control: SolverControl) throws -> CertifiedPoint? {
        let settings = SolverSettings(
            method: .dualSimplex, gap: formulation.planningCase.assumptions.objective.gap)
        switch try solver.certifiedSolve(formulation.program, settings: settings, control: control) {
        case .optimal(let optimum): return optimum
        case .stopped: return nil
        case .infeasible, .unbounded:
            throw CertificateFailure(description: "no plan has the highest return, although there are plans")
        }
    }
}

extension Plan {
    /// The plan with its regions, technologies and links where the tables have them.
    ///
    /// - Parameter planningCase: In the order of its tables; asked for when the plan has let go of its own.
    consuming func restored(
        by order: CanonicalOrder, to planningCase: @autoclosure () -> PlanningCase, threads: Int
    ) -> Plan {
        let (decided, undecided) = (order.restored(ledger), order.restored(doNothing))
        let (status, stoppedAt, goals, shadowPrices) = (status, stoppedAt, goals, shadowPrices)
        let reasons = reasons.isEmpty ? [] : order.restored(reasons)
        let (certificate, method, steps) = (certificate, method, steps)
        _ = consume self
        let tables = planningCase()
        var plan = Plan(
            status: status, stoppedAt: stoppedAt, goals: goals, ledger: Ledger(tables, decided, threads),
            doNothing: Ledger(tables, undecided, threads), shadowPrices: shadowPrices, reasons: reasons,
            certificate: certificate, method: method, steps: steps)
        // The same but for the last digit, which depends on the order of sums.
        for index in plan.goals.indices where plan.goals[index].value != nil {
            plan.goals[index].value = plan.value(of: plan.goals[index].goal)
        }
        return plan
    }
}

extension Ledger {
    /// - Parameter decisions: Nil: doing nothing.
    fileprivate init(_ planningCase: PlanningCase, _ decisions: Decisions?, _ threads: Int) {
        self =
            decisions.map { Ledger(planningCase, $0, threads: threads) }
            ?? Ledger(doingNothingIn: planningCase, threads: threads)
    }
}

/// What can be looked for besides a plan: each takes a few times as long as the plan of a few regions.
public struct PlanDetails: OptionSet, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// How far the price of money holds.
    public static let ranges = PlanDetails(rawValue: 1)
    /// Why each region gets no more; without it `Plan.reasons` is empty.
    public static let reasons = PlanDetails(rawValue: 2)
    public static let all: PlanDetails = [.ranges, .reasons]
}

/// Why there is no plan.
public enum PlanningFailure: Error, Equatable {
    /// The time limit, or the caller, ended the search before any plan was found.
    case stoppedWithoutPlan
    case cancelled
    /// No plan holds all rules and limits.
    case infeasible
    /// The same, and what clashes.
    case impossible(InfeasibleSubsystem)
}

/// Tells how long each phase took.
struct PhaseClock {
    let log: (String) -> Void
    private var last = ContinuousClock.now

    init(log: @escaping (String) -> Void) { self.log = log }

    mutating func phase(_ name: String, _ detail: String) {
        let now = ContinuousClock.now
        let seconds = (now - last) / .seconds(1)
        last = now
        log("\(name): \(String(format: "%.3f", seconds)) s, \(detail)")
    }
}

extension LinearProgram {
    fileprivate var sizeText: String { "\(rowCount) rows, \(columnCount) columns, \(entryCount) nonzeros" }
}
