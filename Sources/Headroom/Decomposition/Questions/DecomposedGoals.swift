import LinearProgramming

/// Maximises goals in order of rank by prices, for many regions, or small groups of linked ones, that only budget and rules
/// join.
///
/// Goals are taken as `RankedGoals` takes them (model, 7).
struct DecomposedGoals {
    /// What the search came to.
    struct Outcome {
        var stages: [RankedGoals.Stage] = []
        /// What the plan found last decides, and all that follows from it.
        var ledger: Ledger
        /// Prices of the rows where the first goal is at its best, and where the return is, if it is that goal.
        var firstPrices: [Double]?
        var returnPrices: [Double]?
        /// The rows, goals that are held included.
        var rows: [CouplingRows.Row] = []
        /// Between bound and plan, relative, the largest of all goals.
        var gap = 0.0
        /// How much better any plan known to the master would be at its prices, relative, the largest of all goals.
        var dualViolation = 0.0
        var steps = 0
        var stoppedAt: Goal?
        /// The gap of the goal at which the search was stopped.
        var stoppedGap: Double?
        /// Where the searches ended, where that is asked for.
        var ends: WarmStarts?
    }

    enum Failure: Error {
        /// Not a plan for this method, or the numbers were too much for it.
        case unsuited
        /// No plan holds all rows.
        case impossible
        case stopped
    }

    private let planningCase: PlanningCase
    private let doNothing: Ledger
    private let threads: Int
    private let control: SolverControl
    private let log: (String) -> Void
    private(set) var coupling: CouplingRows
    let shape: SubproblemShape
    private(set) var outcome: Outcome
    /// Where the last search ended.
    private(set) var last: End?
    /// By how much a plan may come to less than the last one in the goal held last.
    private var allowedLoss = 0.0
    /// Where the searches for another plan ended, that these begin at.
    private let earlier: WarmStarts?
    /// Whether a search for whole modules goes on from where a search ends here.
    private let isGoneOnFrom: Bool

    /// Where a search ended.
    struct End {
        var loop: ColumnGeneration
        var mixture: MasterProblem.MasterSolution
        /// What it maximised; of a ratio the numerator less the denominator times the ratio found.
        var objective: RegionalSum
        /// Of the rows that there were, without a denominator that was one for this search alone.
        var prices: [Double]
    }

    /// What becomes of whole modules.
    enum Modules {
        /// A plan with modules is none for this search.
        case unsupported
        /// They are bought in part, as in the relaxation.
        case divided
        case held(HeldModules)
    }

    /// - Parameters:
    ///   - modules: What becomes of whole modules.
    ///   - affordable: No region may spend more, money; nil: what the budget allows.
    ///   - earlier: Where the searches for the plan under another budget ended; nil: they will not be asked for either.
    ///   - solver: Of regions that links join; nil: a plan with links is none for this search.
    /// - Returns: Nil where regions do not fall apart, or a goal joins them in another way than by sums.
    init?(
        _ planningCase: PlanningCase, modules: Modules = .unsupported, affordable: Double? = nil,
        earlier: WarmStarts? = nil, doNothing: Ledger, linkedBy solver: (any LinearSolver)? = nil,
        threads: Int, control: SolverControl, log: @escaping (String) -> Void
    ) {
        guard !planningCase.assumptions.objective.goals.contains(.worstService) else { return nil }
        let coupling = CouplingRows(planningCase)
        self.coupling = coupling
        var divides = true
        if case .unsupported = modules { divides = false }
        if case .divided = modules { isGoneOnFrom = true } else { isGoneOnFrom = false }
        let linked = solver.flatMap {
            LinkedSubproblems(planningCase, coupling, solver: $0, threads: threads)
        }
        let found = SubproblemShape(
            planningCase, measures: coupling.measures, dividesModules: divides, linked: linked)
        guard var shape = found else { return nil }
        if case .held(let held) = modules { shape.heldModules = held }
        if let affordable { shape.affordable = shape.affordable.map { min($0, affordable) } }
        // Regions may spend more than this budget allows: its rows hold all the same.
        if let earlier, zip(earlier.affordable, shape.affordable).allSatisfy({ $0 >= $1 }),
            !earlier.affordable.isEmpty
        {
            shape.affordable = earlier.affordable
        }
        self.planningCase = planningCase
        self.doNothing = doNothing
        self.threads = threads
        self.control = control
        self.log = log
        self.shape = shape
        self.earlier = earlier
        outcome = Outcome(ledger: doNothing)
        outcome.ends = earlier.map { _ in WarmStarts(affordable: shape.affordable) }
    }

    /// - Throws: `Failure`.
    func run() throws(Failure) -> Outcome {
        var search = self
        let goals = planningCase.assumptions.objective.goals
        for (rank, goal) in goals.enumerated() {
            try search.maximize(goal, isFirst: rank == 0, isLast: rank == goals.count - 1)
            if search.outcome.stoppedAt != nil { return search.outcome }
        }
        if search.last == nil { try search.maximize(.return, isFirst: true, isLast: true) }
        if goals.last != .return { try search.breakTies() }
        search.outcome.rows = search.coupling.rows
        return search.outcome
    }

    var rowCount: Int { coupling.rows.count }

    /// The prices at which a goal is at its best, with all that is needed to ask the regions at them.
    ///
    /// - Parameters:
    ///   - ratio: The best one, where the goal is a ratio.
    ///   - nearly: Whether prices that are off by a share of a thousandth or so will do: of very many regions a sample's.
    /// - Returns: Nil where they are not found.
    func prices(
        of goal: Goal, ratio: Double, nearly: Bool = false
    ) -> (rows: DualVector, coupling: CouplingRows, shape: SubproblemShape)? {
        let objective: RegionalSum
        switch measure(of: goal) {
        case .undefined: return nil
        case .linear(let sum): objective = sum
        case .ratio(let numerator, let denominator): objective = numerator - ratio * denominator
        }
        var prices: [Double] = []
        if !coupling.rows.isEmpty {
            var cascade = cascade(objective)
            if nearly {
                cascade.tolerance = Self.toleranceOfPrices
                cascade.asksSamples = true
            }
            let (loop, ending) = cascade.run()
            guard ending == .closed else { return nil }
            prices = loop.prices
        }
        return (DualVector(prices, maximising: objective, coupling, shape), coupling, shape)
    }

    /// Where prices are asked for that are nearly right.
    private static let toleranceOfPrices = 1e-7

    // MARK: One goal

    private mutating func maximize(_ goal: Goal, isFirst: Bool, isLast: Bool) throws(Failure) {
        if let best = try best(of: goal) { finish(goal, best: best, isFirst: isFirst, isLast: isLast) }
    }

    /// The best value of a goal among the plans that hold all rows.
    ///
    /// - Returns: Nil where the goal has none, or the search was stopped: `outcome` says which.
    mutating func best(of goal: Goal) throws(Failure) -> Double? {
        switch measure(of: goal) {
        case .undefined:
            outcome.stages.append(RankedGoals.Stage(goal: goal, best: nil, floor: nil, gap: nil))
            return nil
        case .linear(let measure):
            guard try search(cascade(measure), goal, { _ in measure }) else { return nil }
            return value(of: measure)
        case .ratio(let numerator, let denominator):
            return try maximize(numerator, over: denominator, goal)
        }
    }

    /// What a goal must keep for the goals after it (model, 7).
    func floor(of goal: Goal, best: Double, isLast: Bool) -> Double {
        let size = max(1, abs(best), goal == .return ? abs(doNothing.totalNetPresentValue) : 0)
        let tolerance = planningCase.assumptions.objective.tolerance
        return isLast ? best - 1e-8 * size : best - max(tolerance * abs(best), 1e-9 * size)
    }

    /// Returns that differ by less, relative, are the same among plans that are equally good otherwise.
    private static let sameReturn = 1e-7

    /// Holds a goal at what it must keep.
    mutating func hold(_ goal: Goal, at floor: Double) {
        switch measure(of: goal) {
        case .undefined: break
        // Of a ratio `numerator − floor·denominator ≥ 0` is held, of which another budget moves the floor.
        case .ratio(let numerator, let denominator):
            allowedLoss = value(of: numerator - floor * denominator)
            if outcome.ends == nil {
                coupling.addFloor(of: goal, numerator - floor * denominator, 0)
            } else {
                coupling.addFloor(of: goal, numerator, over: denominator, movable: floor)
            }
        case .linear(let sum):
            allowedLoss = value(of: sum) - floor
            coupling.addFloor(of: goal, sum, floor)
        }
    }

    /// Keeps the goal's best for the goals after it.
    private mutating func finish(_ goal: Goal, best: Double, isFirst: Bool, isLast: Bool) {
        guard let last else { return }
        if outcome.firstPrices == nil { outcome.firstPrices = last.prices }
        if goal == .return, isFirst { outcome.returnPrices = last.prices }
        let floor = floor(of: goal, best: best, isLast: isLast)
        outcome.stages.append(
            RankedGoals.Stage(
                goal: goal, best: goal == .leastSpending ? 0 - best : best, floor: floor, gap: last.loop.gap))
        hold(goal, at: floor)
    }

    /// - Returns: Nil where the search was stopped, or no plan has a denominator.
    private mutating func maximize(
        _ numerator: RegionalSum, over denominator: RegionalSum, _ goal: Goal
    ) throws(Failure) -> Double? {
        var divided = coupling
        divided.addDenominator(denominator, of: goal)
        var cascade = cascade(numerator)
        let row = coupling.rows.count
        cascade.coupling = divided
        cascade.ratio = DinkelbachParameter(
            row: row, start: last == nil ? 0 : ratio(numerator, denominator) ?? 0,
            numeratorConstant: numerator.constant, denominatorConstant: denominator.constant)
        guard try search(cascade, goal, { numerator - $0.prices[row] * denominator }) else { return nil }
        guard let found = ratio(numerator, denominator) else {
            outcome.stages.append(RankedGoals.Stage(goal: goal, best: nil, floor: nil, gap: nil))
            return nil
        }
        return found
    }

    /// Of the plan found last.
    private func ratio(_ numerator: RegionalSum, _ denominator: RegionalSum) -> Double? {
        let below = value(of: denominator)
        return below > 0 ? value(of: numerator) / below : nil
    }

    /// Of the plans that keep the last goal the one of highest return.
    ///
    /// Where net present value had a weight in the last search its prices in units of that are nearly right.
    mutating func breakTies() throws(Failure) {
        guard let last, outcome.stoppedAt == nil, !hasBestReturn(last) else { return }
        let weight = DualVector(
            last.prices, maximising: last.objective, coupling.before(last.prices.count), shape
        ).netPresentValue
        let cascade = cascade(coupling.netPresentValueAdded)
        var (loop, ending) =
            resumed(cascade)
            ?? (weight > 0
                ? cascade.run(
                    near: last.loop,
                    at: last.prices.map { $0 / weight }
                        + coupling.rows.dropFirst(last.prices.count).map { $0.isFree ? 0 : 1 / weight })
                : cascade.run(after: reference(coupling)))
        outcome.steps += loop.rounds
        keep(&loop, cascade)
        switch ending {
        case .closed:
            guard let mixture = loop.best else { throw .unsuited }
            try take(loop, mixture, coupling.netPresentValueAdded)
        // All goals are proved: the plan stands.
        case .stopped: return
        case .impossible, .trouble: throw .unsuited
        }
    }

    /// Whether the last search proves that no plan that keeps all goals has a return higher by more than next to nothing.
    ///
    /// At its prices every such plan is worth no more than the bound. What it has of return beyond the floor that is held
    /// counts at that row's price, and its objective is no less than the last plan's but for what may be lost of it.
    private func hasBestReturn(_ last: End) -> Bool {
        let price = zip(coupling.rows, last.prices).reduce(0) {
            $1.0.meaning == .goal(.return) ? $0 + $1.1 : $0
        }
        guard price > 0, let value = last.mixture.value else { return false }
        let same = Self.sameReturn * max(1, abs(self.value(of: coupling.netPresentValueAdded)))
        return allowedLoss + last.loop.bound - value <= price * same
    }

    // MARK: A search

    /// Maximises a goal.
    ///
    /// - Parameter objective: The sum that was maximised where the search ended.
    /// - Returns: False where it was stopped at a plan.
    private mutating func search(
        _ cascade: PriceCascade, _ goal: Goal, _ objective: (ColumnGeneration) -> RegionalSum
    ) throws(Failure) -> Bool {
        var (loop, ending) = resumed(cascade) ?? cascade.run(after: reference(cascade.coupling))
        outcome.steps += loop.rounds
        let sum = objective(loop)
        keep(&loop, cascade)
        switch ending {
        case .closed: break
        case .stopped:
            outcome.stoppedAt = goal
            let isWhole = loop.regions.regions.count == shape.blockCount
            if isWhole, let mixture = loop.best {
                try take(loop, mixture, sum)
                outcome.stoppedGap = loop.gap
            } else if last == nil {
                throw .stopped
            }
            return false
        case .impossible: throw .impossible
        case .trouble: throw .unsuited
        }
        guard let mixture = loop.best, let claimed = mixture.value, let gap = loop.gap else {
            throw .unsuited
        }
        try take(loop, mixture, sum)
        // The gap is the mixture's: the decisions behind it must come to the same by the model's own figures.
        let size = max(abs(claimed), size(of: sum))
        guard abs(value(of: sum) - sum.constant - claimed) <= 1e-7 * size else { throw .unsuited }
        outcome.gap = max(outcome.gap, gap)
        outcome.dualViolation = max(outcome.dualViolation, mixture.dualViolation)
        return true
    }

    /// Goes on from where the search for the same goal ended under another budget.
    ///
    /// - Returns: Nil where there was none, or it leads nowhere.
    private func resumed(_ cascade: PriceCascade) -> (ColumnGeneration, ColumnGeneration.Ending)? {
        guard let end = earlier?.byRank[outcome.stages.count], earlier?.affordable == shape.affordable,
            end.rows.count == cascade.coupling.rows.count
        else {
            return nil
        }
        let (loop, ending) =
            end.isOf(cascade.objective, cascade.coupling)
            ? cascade.run(from: end.loop) : cascade.run(near: end.loop, at: end.loop.prices)
        switch ending {
        case .closed, .stopped: return (loop, ending)
        case .impossible, .trouble: return nil
        }
    }

    /// Keeps where a search ended as far as it is gone on from; of very many regions there is no room for more.
    private mutating func keep(_ loop: inout ColumnGeneration, _ cascade: PriceCascade) {
        if var ends = outcome.ends {
            ends.byRank[outcome.stages.count] = WarmStarts.End(
                loop: loop, objective: cascade.objective, rows: cascade.coupling.rows)
            outcome.ends = ends
        }
        if !isGoneOnFrom { loop.end() }
    }

    func cascade(_ objective: RegionalSum) -> PriceCascade {
        PriceCascade(
            planningCase: planningCase, coupling: coupling, shape: shape, objective: objective,
            size: size(of: objective), doNothing: shape.byBlock(doNothing.netPresentValue), threads: threads,
            control: control, log: log)
    }

    private mutating func take(
        _ loop: ColumnGeneration, _ mixture: MasterProblem.MasterSolution, _ objective: RegionalSum
    ) throws(Failure) {
        last = End(
            loop: loop, mixture: mixture, objective: objective,
            prices: Array(loop.prices.prefix(coupling.rows.count)))
        let reader = MasterSolutionReader(loop, mixture, threads: threads)
        guard let decisions = reader.decisions(of: planningCase) else { throw .unsuited }
        outcome.ledger = Ledger(planningCase, decisions, threads: threads)
    }

    private func reference(_ coupling: CouplingRows) -> PriceCascade.Reference? {
        guard let last else { return nil }
        return PriceCascade.Reference(
            of: last.loop.regions, maximising: last.objective, at: last.prices, RegionSample(allOf: shape),
            coupling)
    }

    /// What a sum can be large or small against: a ratio's numerator less its best denominator is 0 at the best.
    func size(of sum: RegionalSum) -> Double {
        var size = 1e-6 * abs(sum.netPresentValue) * money
        for (place, amount) in sum.amounts.enumerated() {
            let isMoney = coupling.measures[place / coupling.years].adoptionSpending != 0
            size = max(size, abs(amount) * (isMoney ? 1e-3 * money : typicalAmount))
        }
        return max(size, .leastNormalMagnitude)
    }

    private var money: Double { doNothing.netPresentValue.reduce(0) { $0 + abs($1) } }

    /// What a sum of users or capacity over all regions can come to.
    private var typicalAmount: Double {
        max(
            doNothing.usersServedAtHorizon, planningCase.regions.users.reduce(0, +),
            planningCase.regions.capacity.reduce(0, +))
    }

    // MARK: Measures

    /// What the first goal sums up; nil where it is a ratio or is not defined.
    var firstSum: RegionalSum? {
        guard let goal = planningCase.assumptions.objective.goals.first,
            case .linear(let sum) = measure(of: goal)
        else { return nil }
        return sum
    }

    /// Whether a goal has a value at all, as far as is known beforehand.
    func isDefined(_ goal: Goal) -> Bool {
        if case .undefined = measure(of: goal) { return false }
        return true
    }

    /// Whether a goal is a ratio of two sums.
    func isRatio(_ goal: Goal) -> Bool {
        if case .ratio = measure(of: goal) { return true }
        return false
    }

    private func measure(of goal: Goal) -> RegionalGoal { RegionalGoal(goal, coupling) }

    /// What a sum comes to in the plan found last.
    private func value(of sum: RegionalSum) -> Double {
        let ledger = outcome.ledger
        var value = sum.constant
        if sum.netPresentValue != 0 {
            let added = zip(ledger.netPresentValue, doNothing.netPresentValue).reduce(0) {
                $0 + ($1.0 - $1.1)
            }
            value += sum.netPresentValue * added
        }
        for (place, amount) in sum.amounts.enumerated() where amount != 0 {
            let measure = coupling.measures[place / coupling.years]
            value += amount * ledger.total(of: measure, in: Year(place % coupling.years + 1))
        }
        return value
    }
}

extension Ledger {
    /// A measure over all regions in one year.
    fileprivate func total(of measure: SubproblemMeasure, in year: Year) -> Double {
        var total = measure.servedUsers * totals.servedUsers[year]
        if measure.usedCapacity != 0 { total += measure.usedCapacity * totals.usedCapacity[year] }
        if measure.capacity != 0 { total += measure.capacity * totals.capacity[year] }
        // Goals count money whatever it is spent on.
        if measure.adoptionSpending != 0 { total += measure.adoptionSpending * spending(year: year) }
        return total
    }
}
