import LinearProgramming

/// What one more unit of money in the budget of a plan of many regions adds to the best return, on both sides of the
/// present amount and how far: by prices, each budget from where the last search ended.
struct BudgetMargins {
    let planningCase: PlanningCase
    let doNothing: Ledger
    let solver: any LinearSolver
    let threads: Int
    let control: SolverControl

    /// - Parameter planningCase: Has a budget; its tables are in the canonical order.
    init(
        _ planningCase: PlanningCase, doNothing: Ledger, solver: any LinearSolver, threads: Int,
        control: SolverControl
    ) {
        var returning = planningCase
        returning.assumptions.objective.goals = [.return]
        self.planningCase = returning
        self.doNothing = doNothing
        self.solver = solver
        self.threads = threads
        self.control = control
    }

    /// - Parameters:
    ///   - amount: The present one.
    ///   - budget: The budget with another amount: in every limit a linear function of it.
    /// - Returns: Nil where the plan is none for this method.
    /// - Throws: As `plan`.
    func marginalValue(
        of amount: Double, budget: @escaping (Double) -> Budget
    ) throws -> MarginalValue? {
        let scale = max(amount, (planningCase.assumptions.budget.amount ?? 0) * 1e-3)
        guard scale > 0 else { return nil }
        var search = AmountSearch(margins: self, amount: amount, scale: scale, budget: budget)
        do {
            guard let present = try search.point(at: amount) else { return nil }
            let more = try search.above(present)
            return MarginalValue(amount: amount, more: more, less: try search.below(present))
        } catch WarmStartedBudgets.Failure.unsuited {
            return nil
        } catch WarmStartedBudgets.Failure.stopped {
            throw control.isCancelled() ? PlanningFailure.cancelled : .stoppedWithoutPlan
        }
    }
}

/// Goes away from the present amount until the best return leaves its line, and looks for the place.
private struct AmountSearch {
    typealias Point = SupportingLines.Point

    let margins: BudgetMargins
    let amount: Double
    /// What steps are a part of.
    let scale: Double
    let budget: (Double) -> Budget
    private var run: WarmStartedBudgets?
    /// The largest amount that the run allows.
    private var most = 0.0
    /// How every limit moves with the amount.
    private let rates: [Double]

    /// The first step, and how much longer each next one is.
    private static let firstStep = 0.01
    private static let growth = 8.0
    /// Amounts as near as this, relative to the scale, are the same.
    private static let sameAmount = 1e-7

    init(margins: BudgetMargins, amount: Double, scale: Double, budget: @escaping (Double) -> Budget) {
        self.margins = margins
        self.amount = amount
        self.scale = scale
        self.budget = budget
        let years = margins.planningCase.assumptions.years
        rates = zip(budget(amount + scale).limits(years: years), budget(amount).limits(years: years)).map {
            ($0.money - $1.money) / scale
        }
    }

    /// - Returns: Nil where no plan is possible.
    mutating func point(at other: Double) throws -> Point? {
        if run == nil || other > most {
            most = Self.growth * max(other, scale)
            run = WarmStartedBudgets(
                margins.planningCase, upTo: budget(most), doNothing: margins.doNothing,
                linkedBy: margins.solver, threads: margins.threads, control: margins.control)
        }
        guard var run else { throw WarmStartedBudgets.Failure.unsuited }
        let found: WarmStartedBudgets.Point
        do throws(WarmStartedBudgets.Failure) {
            found = try run.point(at: budget(other))
        } catch {
            guard case .impossible = error else { throw error }
            return nil
        }
        self.run = run
        let slope = zip(rates, found.limitPrices).reduce(0) { $0 + $1.0 * $1.1 }
        return Point(amount: other, value: found.value, slope: slope)
    }

    /// More money never takes anything away, so a line that does not rise goes on without end.
    mutating func above(_ present: Point) throws -> MarginalValue.Side? {
        guard present.slope > 0 else { return .init(price: 0, until: .infinity) }
        return try side(of: present, .infinity)
    }

    mutating func below(_ present: Point) throws -> MarginalValue.Side? {
        amount > 0 ? try side(of: present, 0) : nil
    }

    /// - Parameter last: The last amount in the direction.
    private mutating func side(of present: Point, _ last: Double) throws -> MarginalValue.Side? {
        let sign: Double = last < amount ? -1 : 1
        var step = Self.firstStep * scale
        /// The farthest amount on the line of the present one, and the nearest that has no plan.
        var onLine = amount
        var impossible: Double?
        while abs((impossible ?? .infinity) - onLine) > Self.sameAmount * scale {
            let next = impossible.map { (onLine + $0) / 2 } ?? amount + sign * step
            let other = sign > 0 ? min(next, last) : max(next, last)
            guard let found = try point(at: other) else {
                impossible = other
                continue
            }
            guard lines.isOn(found, present) else { return try side(of: present, upTo: found) }
            onLine = other
            if other == last { return .init(price: present.slope, until: last) }
            step *= Self.growth
        }
        guard abs(onLine - amount) > Self.sameAmount * scale else { return nil }
        return .init(price: present.slope, until: onLine)
    }

    /// Without points: to hold two against each other.
    private var lines: SupportingLines {
        SupportingLines(point: { _ in nil }, size: abs(margins.doNothing.totalNetPresentValue))
    }

    /// The line up to a point that is off it.
    private mutating func side(of present: Point, upTo found: Point) throws -> MarginalValue.Side {
        var search = self
        defer { self = search }
        var lines = lines
        lines.point = { try search.point(at: $0) }
        return try lines.side(from: present, towards: found, end: found.amount)
    }
}
