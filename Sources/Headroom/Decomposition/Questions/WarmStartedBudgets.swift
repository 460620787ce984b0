import LinearProgramming

/// The best a plan of many regions can come to under one budget after the other, each search begun where the last one ended.
///
/// Another budget moves right-hand sides alone: prices stay a proof of a bound, plans of regions stay plans, and the
/// master keeps its columns. So a step of a few per cent takes a few passes over the few regions whose plans change
/// (decomposition, 6).
struct WarmStartedBudgets {
    /// The best first goal under a budget.
    struct Point: Equatable, Sendable {
        var budget: Budget
        /// Of the goal: money of the base year for the return, doing nothing taken off.
        var value: Double
        /// Between bound and plan, relative.
        var gap: Double
        /// What one more unit of money in a limit adds, in the order of `Budget.limits`.
        var limitPrices: [Double]
        /// What all limits together add for a budget that is larger by a factor, for each unit of `budget.amount`.
        var slope: Double
    }

    enum Failure: Error { case impossible, stopped, unsuited }

    private let search: DecomposedGoals
    private let cascade: PriceCascade
    private let constant: Double
    private let planningCase: PlanningCase
    private let control: SolverControl
    private let threads: Int
    private var loop: ColumnGeneration?

    /// - Parameters:
    ///   - largest: No budget asked for is larger in any limit.
    ///   - solver: Of regions that links join; nil: a plan with links is none for this run.
    /// - Returns: Nil where the plan has no budget, does not fall apart into its regions, or its first goal is no sum.
    init?(
        _ planningCase: PlanningCase, upTo largest: Budget, doNothing: Ledger,
        linkedBy solver: (any LinearSolver)? = nil, threads: Int, control: SolverControl,
        log: @escaping (String) -> Void = { _ in }
    ) {
        var generous = planningCase
        generous.assumptions.budget = largest
        generous.assumptions.objective.goals = [planningCase.assumptions.objective.goals.first ?? .return]
        guard !largest.isFree,
            let search = DecomposedGoals(
                generous, doNothing: doNothing, linkedBy: solver, threads: threads, control: control, log: log
            ),
            let sum = search.firstSum
        else { return nil }
        self.search = search
        constant = sum.constant
        cascade = search.cascade(sum)
        self.planningCase = generous
        self.control = control
        self.threads = threads
    }

    /// Moves on to another budget.
    ///
    /// - Throws: `Failure`; after `.impossible` the run stands where it stood.
    mutating func point(at budget: Budget) throws(Failure) -> Point {
        var cascade = cascade
        cascade.coupling = search.coupling.with(rightHandSide(under: budget))
        let (next, ending) = loop.map { cascade.run(from: $0) } ?? cascade.run()
        switch ending {
        case .closed: break
        case .impossible: throw .impossible
        case .stopped: throw .stopped
        case .trouble: throw .unsuited
        }
        guard let value = next.best?.value, let gap = next.gap else { throw .unsuited }
        loop = next
        return point(at: budget, value: value + constant, gap: gap, prices: next.prices)
    }

    /// What the last point's plan decides.
    func decisions() -> Decisions? {
        guard let loop, let mixture = loop.best else { return nil }
        return MasterSolutionReader(loop, mixture, threads: threads).decisions(of: planningCase)
    }

    private func point(at budget: Budget, value: Double, gap: Double, prices: [Double]) -> Point {
        var limitPrices: [Double] = []
        var scaled = 0.0
        let limits = budget.limits(years: planningCase.assumptions.years)
        for (row, price) in zip(search.coupling.rows, prices) {
            guard case .budget(let limit) = row.meaning else { continue }
            limitPrices.append(price)
            scaled += price * limits[limit].money
        }
        let amount = budget.amount ?? 0
        return Point(
            budget: budget, value: value, gap: gap, limitPrices: limitPrices,
            slope: amount > 0 ? scaled / amount : 0)
    }

    private func rightHandSide(under budget: Budget) -> [Double] {
        let limits = budget.limits(years: planningCase.assumptions.years)
        var assumptions = planningCase.assumptions
        assumptions.budget = budget
        return search.coupling.rows.map { row in
            switch row.meaning {
            case .budget(let limit): limits[limit].money
            case .minimumSpend: -(assumptions.minimumSpend ?? 0)
            case .rule, .goal, .denominator: row.rightHandSide
            }
        }
    }
}
