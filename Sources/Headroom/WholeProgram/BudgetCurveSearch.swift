public import LinearProgramming

extension Planner {
    /// The best of the plan's first goal for every budget, from nothing (or from the smallest budget that has a plan) to
    /// where more adds nothing.
    ///
    /// Exact: every breakpoint, with a certificate for every piece. With whole modules it is the curve of their
    /// relaxation, which no plan lies above. Many regions are solved one by one where one total budget is all that joins
    /// them, else they have no curve.
    ///
    /// - Precondition: The budget has an amount above 0 that moves.
    /// - Throws: As `plan`.
    public func budgetCurve(
        of planningCase: PlanningCase, _ movement: BudgetMovement = .allRows,
        control: SolverControl = SolverControl()
    ) throws -> BudgetCurveOutcome {
        let order = CanonicalOrder(planningCase)
        let sorted = order.applied(to: planningCase)
        if hasManyRegions(planningCase) {
            guard let curve = try mergedCurve(of: sorted, movement, control) else {
                return .none(.manyRegions)
            }
            return .curve(curve.restored(by: order))
        }
        let doNothing = try doNothing(sorted, control)
        var formulation = Formulation(sorted)
        let isRelaxed = formulation.program.hasIntegers
        if isRelaxed { formulation.program = formulation.program.relaxed }
        let goals = sorted.assumptions.objective.goals
        let measures = goals.map {
            ($0, GoalMeasure($0, formulation, doNothing: doNothing.totalNetPresentValue))
        }
        guard let (goal, measure) = measures.first(where: { $0.1.hasValue }) else { return .none(.undefined) }
        guard case .linear(let expression) = measure else { return .none(.ratio(goal)) }
        guard let moving = formulation.movingRows(movement) else { return .none(.minimumSpend) }
        formulation.setObjective(expression)
        let search = BudgetCurveSearch(
            formulation: formulation, parametric: ParametricProgram(formulation.program, moving: moving),
            solver: solver, threads: threads, control: control)
        guard let found = try search.curve() else {
            let clash = DeletionFilter(planningCase: sorted, solver: solver, control: control)
            throw PlanningFailure.impossible(try clash.clash())
        }
        let curve = BudgetCurve(
            found.curve, goal, movement, uses: found.uses, certificate: found.certificate,
            isRelaxed: isRelaxed)
        return .curve(curve.restored(by: order))
    }
}

/// What a search for a curve came to.
public enum BudgetCurveOutcome: Sendable {
    case curve(BudgetCurve)
    case none(NoBudgetCurve)
}

extension GoalMeasure {
    fileprivate var hasValue: Bool {
        if case .undefined = self { return false }
        return true
    }
}

/// Follows the optimum of one program over all budgets, and proves every piece.
private struct BudgetCurveSearch {
    typealias Found = (curve: OptimumCurve, certificate: Certificate, uses: BudgetCurve.Uses)

    let formulation: Formulation
    let parametric: ParametricProgram
    let solver: any LinearSolver
    let threads: Int
    let control: SolverControl

    /// Times today's budget: where a curve that never ends is left.
    private static let farthest = 10.0

    private var amount: Double { formulation.planningCase.assumptions.budget.amount ?? 1 }

    /// - Returns: Nil where no budget has a plan.
    func curve() throws -> Found? {
        var least = 0.0
        var most = Double.infinity
        if parametric.hasRisingFloor {
            // Where a share of any budget can be spent the best goes on to fall.
            guard let end = try end(upwards: true) else { return nil }
            most = min(end, Self.farthest * amount)
        }
        for solver in [solver, OneByOne(solver: solver)] as [any LinearSolver] {
            // At an end that a row sets rounding decides whether there is a plan.
            for nudge in [0, 0, 1e-9, 1e-7] {
                let range = (least + nudge * abs(least), most.isFinite ? most - nudge * abs(most) : most)
                switch try solver.curve(of: parametric, from: range.0, to: range.1, control: control) {
                case .found(let curve):
                    guard let certificate = certificate(of: curve) else { break }
                    return (curve, certificate, uses(of: curve))
                case .infeasible(let amount):
                    guard nudge == 0 else { continue }
                    guard let end = try end(upwards: amount == range.1) else { return nil }
                    if amount == range.1 { most = end } else { least = end }
                    guard least < most else { return try point(at: least) }
                    continue
                case .stopped: throw stopped
                case .unbounded: throw CertificateFailure(description: "the first goal has no highest value")
                case .failed: break
                }
                break
            }
        }
        throw CertificateFailure(description: "the curve over all budgets was not proved, in two ways")
    }

    /// The only budget with a plan.
    private func point(at amount: Double) throws -> Found? {
        let program = parametric.program(at: amount)
        guard case .optimal(let optimum) = try certifiedSolve(program) else { return nil }
        let curve = OptimumCurve(optimum, at: amount)
        return (curve, optimum.certificate, uses(of: curve))
    }

    /// The smallest or largest amount that has a plan; nil where none has.
    private func end(upwards: Bool) throws -> Double? {
        var (program, column) = parametric.withAmountAsColumn(in: 0 ... .infinity, magnitude: amount)
        program.setObjective(LinearExpression(column), upwards ? .maximize : .minimize)
        switch try certifiedSolve(program) {
        case .optimal(let optimum): return optimum.solution.columnValues[column.index]
        case .unbounded: return .infinity
        case .infeasible: return nil
        case .stopped: throw stopped
        }
    }

    private func certifiedSolve(_ program: LinearProgram) throws -> CertifiedResult {
        try solver.certifiedSolve(
            program, settings: SolverSettings(method: .dualSimplex), control: control)
    }

    private var stopped: PlanningFailure { control.isCancelled() ? .cancelled : .stoppedWithoutPlan }

    /// The worst of all pieces; nil where one is not proved.
    private func certificate(of curve: OptimumCurve) -> Certificate? {
        let certificates = concurrentMap(curve.pieces.count, threads: threads) {
            curve.certificate(ofPiece: $0, parametric)
        }
        let none = Certificate(
            primalViolation: 0, dualViolation: 0, complementarySlackness: 0, dualityGap: 0)
        guard certificates.allSatisfy({ $0.holds() }) else { return nil }
        return certificates.reduce(none) { $0.worse(of: $1) }
    }

    // MARK: Where the money goes

    private func uses(of curve: OptimumCurve) -> BudgetCurve.Uses {
        let slots = formulation.spendingByUse
        /// By breakpoint, slot and year.
        let spent = concurrentMap(curve.breakpoints.count, threads: threads) { place in
            let point = curve.breakpoints[place].columnValues
            return slots.map { $0.yearly.map { $0.value(at: point) } }
        }
        let size = spent.joined().reduce(0) { max($0, $1.reduce(0) { $0 + abs($1) }) }
        let begin = zip(slots, spent[0]).compactMap { slot, yearly in
            use(slot.region, slot.lever, yearly, [], size: size, gain: 0)
        }
        let changes = curve.pieces.indices.map { piece in
            let prices = formulation.pricesOfMoney(rowDuals: curve.pieces[piece].rowDuals)
            let gain = abs(curve.breakpoints[piece + 1].objective - curve.breakpoints[piece].objective)
            return slots.indices.compactMap { slot in
                let change = zip(spent[piece + 1][slot], spent[piece][slot]).map { $0 - $1 }
                return use(slots[slot].region, slots[slot].lever, change, prices, size: size, gain: gain)
            }.sorted { $0.worth > $1.worth }
        }
        return .listed(begin: begin, changes: changes)
    }

    /// - Parameters:
    ///   - yearly: Money by year.
    ///   - size: The largest spending of the curve, that rounding is held against.
    /// - Returns: Nil where there is nothing but what rounding leaves behind.
    private func use(
        _ region: RegionIndex, _ lever: Lever, _ yearly: [Double], _ prices: [Double], size: Double,
        gain: Double
    ) -> BudgetCurve.Use? {
        let money = yearly.reduce(0, +)
        let worth = zip(yearly, prices).reduce(0) { $0 + $1.0 * $1.1 }
        guard abs(money) > 1e-11 * size || abs(worth) > max(1e-9 * gain, 1e-12 * size) else { return nil }
        return BudgetCurve.Use(region: region, lever: lever, money: money, worth: worth)
    }
}

/// Solves every amount of a run by itself, from two settings if need be, and tells nothing but what was proved.
private struct OneByOne: LinearSolver {
    let solver: any LinearSolver

    var name: String { solver.name }

    func solve(
        _ program: LinearProgram, from start: Basis?, settings: SolverSettings, control: SolverControl
    ) throws(SolverFault) -> SolverResult {
        let result: CertifiedResult
        do {
            result = try solver.certifiedSolve(program, from: start, settings: settings, control: control)
        } catch let fault as SolverFault {
            throw fault
        } catch {
            return SolverResult(termination: .numericalTrouble)
        }
        switch result {
        case .optimal(let point):
            return SolverResult(
                termination: .optimal, solution: point.solution, basis: point.basis, steps: point.steps)
        case .stopped: return SolverResult(termination: control.isCancelled() ? .cancelled : .timeLimit)
        case .infeasible: return SolverResult(termination: .infeasible)
        case .unbounded: return SolverResult(termination: .unbounded)
        }
    }
}

extension BudgetCurve {
    fileprivate init(
        _ curve: OptimumCurve, _ goal: Goal, _ movement: BudgetMovement, uses: Uses, certificate: Certificate,
        isRelaxed: Bool
    ) {
        // Spending is minimised: its measure is negative.
        let sign: Double = goal == .leastSpending ? -1 : 1
        self.init(
            goal: goal, movement: movement, budgets: curve.breakpoints.map(\.amount),
            values: curve.breakpoints.map { 0 + sign * $0.objective },
            slopes: curve.pieces.map { 0 + sign * $0.slope }, endsFlat: curve.endsFlat, isRelaxed: isRelaxed,
            certificate: certificate, uses: uses)
    }

    /// The curve of a plan that was solved in an order, for the plan in the order of its tables.
    func restored(by order: CanonicalOrder) -> BudgetCurve {
        let restored: Uses
        switch uses {
        case .listed(let begin, let changes):
            func moved(_ uses: [Use]) -> [Use] {
                uses.map {
                    Use(region: order.restored($0.region), lever: $0.lever, money: $0.money, worth: $0.worth)
                }
            }
            restored = .listed(begin: moved(begin), changes: changes.map(moved))
        case .oneRegion(let uses, let begin):
            restored = .oneRegion(uses.mapRegions { order.restored($0) }, beginSpending: begin)
        }
        return BudgetCurve(
            goal: goal, movement: movement, budgets: budgets, values: values, slopes: slopes,
            endsFlat: endsFlat, isRelaxed: isRelaxed, certificate: certificate, uses: restored)
    }
}
