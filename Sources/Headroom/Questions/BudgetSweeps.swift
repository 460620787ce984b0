public import LinearProgramming
internal import Synchronization

/// What a sweep is asked for.
public struct SweepRequest: Equatable, Sendable {
    public var movement: BudgetMovement
    /// Budgets at which whole plans are made, and with them at today's; empty: none where there is an exact curve, else
    /// the default grid.
    public var budgets: [Double]
    /// Even steps of the default grid, from nothing to half as much again as today, where there is no exact curve.
    public var steps: Int?

    public init(movement: BudgetMovement = .allRows, budgets: [Double] = [], steps: Int? = nil) {
        self.movement = movement
        self.budgets = budgets
        self.steps = steps
    }
}

extension Planner {
    /// Finds what a plan's first goal comes to over all budgets, and makes plans at some of them.
    ///
    /// Plans are made as `plan` makes them, several at once where each is one program.
    ///
    /// - Parameter told: How many of how many plans are done.
    /// - Precondition: The budget has an amount above 0 that moves.
    /// - Throws: As `plan`; a search that was stopped is no error where anything was found.
    public func sweep(
        _ planningCase: PlanningCase, _ request: SweepRequest = SweepRequest(),
        control: SolverControl = SolverControl(), told: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) throws -> BudgetSweep {
        var sweep = BudgetSweep(
            planningCase: planningCase, movement: request.movement,
            goal: planningCase.assumptions.objective.goals.first ?? .return, points: [], isStopped: false)
        do {
            switch try budgetCurve(of: planningCase, request.movement, control: control) {
            case .curve(let curve):
                sweep.curve = curve
                sweep.goal = curve.goal
            case .none(let reason): sweep.noCurve = reason
            }
        } catch let failure as PlanningFailure where failure == .cancelled || failure == .stoppedWithoutPlan {
            sweep.isStopped = true
        }
        if case .ratio(let goal) = sweep.noCurve { sweep.goal = goal }
        var budgets = request.budgets
        let isExact = sweep.curve.map { !$0.isRelaxed } ?? false
        sweep.areBudgetsAsked = !budgets.isEmpty
        if sweep.areBudgetsAsked {
            budgets.append(sweep.amount)
        } else if !isExact {
            budgets = Self.grid(1.5 * sweep.amount, request.steps ?? 10) + [sweep.amount]
        }
        budgets = Set(budgets).sorted()
        let found = try found(of: sweep, budgets, control, told)
        (sweep.more, sweep.less) = (found.more, found.less)
        sweep.points = zip(budgets, found.outcomes).map { BudgetSweep.Point(budget: $0, outcome: $1) }
        sweep.isStopped = sweep.isStopped || sweep.points.contains { $0.isOpen }
        guard sweep.curve != nil || sweep.points.contains(where: { $0.figures != nil }) || !sweep.isStopped
        else {
            throw control.isCancelled() ? PlanningFailure.cancelled : .stoppedWithoutPlan
        }
        try sweep.check()
        sweep.addBounds()
        return sweep
    }

    /// Budgets from nothing on, evenly.
    static func grid(_ end: Double, _ steps: Int) -> [Double] {
        (0...steps).map { end * (Double($0) / Double(steps)) }
    }

    /// - Parameter budgets: Rising.
    private func found(
        of sweep: BudgetSweep, _ budgets: [Double], _ control: SolverControl,
        _ told: @escaping @Sendable (Int, Int) -> Void
    ) throws -> WarmStartedSweep.Found {
        let done = Mutex(0)
        let finished: @Sendable () -> Void = {
            let count = done.withLock {
                $0 += 1
                return $0
            }
            told(count, budgets.count)
        }
        if isSolvedByPricesAlone(sweep.planningCase) {
            let turn = WarmStartedSweep(self, of: sweep, under: budgets, control: control, finished: finished)
            return try turn.all()
        }
        // A plan of many regions uses all threads by itself.
        let isOneByOne = hasManyRegions(sweep.planningCase)
        let planner = isOneByOne ? self : Planner(solver: solver, threads: 1, method: method)
        let outcomes = try parallelMap(budgets.count, threads: isOneByOne ? 1 : threads) { index in
            defer { finished() }
            let changed = sweep.planningCase.withBudget(budgets[index], sweep.movement)
            return try BudgetSweep.Point.Outcome {
                PlanFigures(
                    try planner.plan(changed, details: [], control: control), sweep.goal, sweep.movement)
            }
        }
        return WarmStartedSweep.Found(outcomes: outcomes)
    }
}

extension BudgetSweep.Point {
    /// Whether something is still to be found.
    fileprivate var isOpen: Bool {
        switch outcome {
        case .plan(let figures): figures.status == .feasible
        case .impossible, .unasked: false
        case .missing: true
        }
    }
}

extension BudgetSweep {
    /// Curve and plans were found in two ways, and must agree.
    fileprivate func check() throws {
        guard let curve, !curve.isRelaxed else { return }
        let size = curve.values.reduce(1) { max($0, abs($1)) }
        for point in points {
            guard let best = point.figures?.best, point.figures?.status == .optimal else { continue }
            guard let value = curve.value(at: point.budget) else {
                // Rounding decides at the very ends.
                let edge = 1e-6 * max(abs(curve.range.lowerBound), abs(curve.range.upperBound))
                guard point.budget < curve.range.lowerBound - edge else { continue }
                throw CertificateFailure(
                    description: "with a budget of \(point.budget) there is a plan, but none on the curve")
            }
            guard abs(value - best) <= 1e-6 * max(size, abs(best)) + 1e-9 * objectiveSize else {
                throw CertificateFailure(
                    description: "with a budget of \(point.budget) a plan reaches \(best), the curve \(value)"
                )
            }
        }
    }

    /// The size of what the first goal's best is a difference of.
    private var objectiveSize: Double {
        guard goal == .return else { return 0 }
        return points.reduce(0) { max($0, abs($1.figures?.netPresentValue ?? 0)) }
    }

    /// What other points prove of those that have no plan of their own, and the relaxation of all.
    fileprivate mutating func addBounds() {
        for index in points.indices {
            let point = points[index]
            if let curve, curve.isRelaxed {
                let bounds = [curve.value(at: point.budget), provedBound(of: point)].compactMap(\.self)
                points[index].atMost = goal == .leastSpending ? bounds.max() : bounds.min()
            }
            guard isConcave, point.figures?.best == nil else { continue }
            points[index].atLeast = lowerBound(at: point.budget)
            points[index].atMost = upperBound(at: point.budget)
        }
    }
}

// MARK: Between points

extension BudgetSweep {
    /// What the first goal's best is at most by the gap that a plan itself proved, of least spending at least; nil where
    /// it proved none.
    func provedBound(of point: Point) -> Double? {
        guard let figures = point.figures, let gap = figures.gap,
            let best = figures.best ?? (figures.status == .feasible ? figures.value : nil)
        else { return nil }
        let room = gap * max(1, abs(best))
        return goal == .leastSpending ? best - room : best + room
    }

    /// Whether the first goal's best is concave in the budget and never falls, and what money is worth to it is known.
    private var isConcave: Bool {
        guard case .manyRegions = noCurve else { return false }
        return goal == .return && planningCase.assumptions.minimumSpend == nil
            && planningCase.technologies.allSatisfy { $0.module == nil }
    }

    /// What the first goal's best is at least at a budget, by the plans on both sides of it: mixed, they are a plan.
    private func lowerBound(at budget: Double) -> Double? {
        let proved = points.compactMap { point in point.figures?.best.map { (point.budget, $0) } }
        guard let below = proved.last(where: { $0.0 <= budget }) else { return nil }
        guard let above = proved.first(where: { $0.0 > budget }) else { return below.1 }
        return below.1 + (budget - below.0) / (above.0 - below.0) * (above.1 - below.1)
    }

    /// What it is at most: every plan's price of money is the slope of a line that no plan lies above.
    private func upperBound(at budget: Double) -> Double? {
        points.compactMap { point -> Double? in
            guard let figures = point.figures, let best = figures.best, let slope = figures.slope else {
                return nil
            }
            return best + (slope == 0 ? 0 : slope * (budget - point.budget))
        }.min()
    }

    /// Between which budgets the smallest one lies that brings the first goal's best to a value.
    public struct Bounds: Equatable, Sendable {
        /// Infinite where no budget does; nil where nothing is known.
        public var atLeast: Double?
        /// Nil where none of the budgets does.
        public var atMost: Double?
    }

    /// What plans at single budgets prove; nil where the best is not concave in the budget, or there is a curve.
    public func bounds(reaching value: Double) -> Bounds? {
        guard isConcave else { return nil }
        var bounds = Bounds()
        var below: (budget: Double, best: Double)?
        for point in points {
            guard let figures = point.figures, let best = figures.best else { continue }
            let isReached = goal.isReached(value, by: best)
            if let slope = figures.slope, slope > 0 || !isReached {
                let least = slope > 0 ? point.budget + (value - best) / slope : .infinity
                bounds.atLeast = max(bounds.atLeast ?? 0, least)
            }
            if isReached, bounds.atMost == nil {
                bounds.atMost =
                    below.map {
                        $0.budget + (value - $0.best) / (best - $0.best) * (point.budget - $0.budget)
                    } ?? point.budget
            }
            below = (point.budget, best)
        }
        return bounds
    }

    /// One budget between every two plans, where the lines that no plan lies above meet.
    var openPoints: [Point] {
        guard isConcave else { return [] }
        let known = points.compactMap { point -> (budget: Double, best: Double, slope: Double)? in
            guard let figures = point.figures, let best = figures.best, let slope = figures.slope else {
                return nil
            }
            return (point.budget, best, slope)
        }
        return zip(known, known.dropFirst()).compactMap { left, right in
            let width = right.budget - left.budget
            guard left.slope > right.slope else { return nil }
            let meeting = (right.best - left.best - right.slope * width) / (left.slope - right.slope)
            guard meeting > 0, meeting < width else { return nil }
            let budget = left.budget + meeting
            return Point(
                budget: budget, outcome: .unasked, atLeast: lowerBound(at: budget),
                atMost: upperBound(at: budget))
        }
    }
}
