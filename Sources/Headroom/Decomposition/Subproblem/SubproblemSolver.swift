/// Solves regions' blocks at given prices, one after the other, a few microseconds each.
///
/// One a thread: it owns the memory it works in, and a solve allocates nothing. After a solve the decisions and
/// measured amounts of the region can be read until the next one.
///
/// Capacity and won users are summed up, without columns of their own, and users are counted down from what bounds them.
/// What cannot be worth its price gets no column (`SubproblemLevers`), what cannot bind gets no row (`SubproblemRows`): a third of
/// the work is left. The search (`DenseSimplex`) starts from the plan that spends nothing and serves whoever finds
/// capacity. Its decisions are made to hold the model's rows to the last digit, and all figures are summed up from them.
struct SubproblemSolver: ~Copyable {
    let shape: SubproblemShape
    let years: Int
    var figures: SubproblemFigures
    var levers: SubproblemLevers
    var rows: SubproblemRows
    var program: SubproblemProgram
    var simplex: DenseSimplex
    /// By decision, see `SubproblemShape`: users or capacity units.
    let decisions: UnsafeMutablePointer<Double>
    /// By measure and year, at `measure · T + t − 1`.
    let amounts: UnsafeMutablePointer<Double>
    /// By year: `c[t] − c0[t]`, capacity units.
    let built: UnsafeMutablePointer<Double>
    /// By year: the users that the levers in use allow to serve.
    let attainable: UnsafeMutablePointer<Double>
    /// The columns of levers that are used at all.
    let used: UnsafeMutablePointer<Int32>
    var usedCount = 0
    /// By column of the tableau: how far a place's price moves a profit; by year: what users move by.
    let change: UnsafeMutablePointer<Double>
    /// The columns that a price moves, a column twice at most.
    let moved: UnsafeMutablePointer<Int32>
    /// By direction of prices, then by column: how far a unit moves a profit; by column: 1 over what it is short of 0.
    let slopes: UnsafeMutablePointer<Double>
    let inverseRoom: UnsafeMutablePointer<Double>
    /// By direction of prices, where it was asked for: the plan stays optimal while the changes of all prices, each times
    /// this, add up to less than 1.
    let nearness: UnsafeMutablePointer<Double>
    /// Parts of it: by direction; by decision and by year, see `findRooms`.
    let worst: UnsafeMutablePointer<Double>
    let leverNearness: UnsafeMutablePointer<Double>
    let userNearness: UnsafeMutablePointer<Double>
    let capacityNearness: UnsafeMutablePointer<Double>
    /// By column of the program: what a unit takes of the money kept, by lever.
    let leverShares: UnsafeMutablePointer<SIMD4<Double>>
    /// What all that is spent is, and prices at which money costs nothing but itself.
    let spending: SubproblemMeasure
    let free: SubproblemPriceTable
    private let memory = ScratchMemory()

    /// - Parameter directions: The most directions of prices along which `nearness` is asked for.
    init(_ shape: SubproblemShape, directions: Int = 0) {
        self.shape = shape
        years = shape.years
        figures = SubproblemFigures(shape, memory)
        levers = SubproblemLevers(shape, memory)
        rows = SubproblemRows(shape, memory)
        program = SubproblemProgram(shape, memory)
        simplex = DenseSimplex(mostRows: SubproblemRows.most(shape), mostColumns: shape.decisionCount)
        decisions = memory.doubles(shape.decisionCount)
        amounts = memory.doubles(shape.measures.count * shape.years)
        built = memory.doubles(shape.years)
        attainable = memory.doubles(shape.years)
        used = memory.integers(shape.decisionCount)
        change = memory.doubles(DenseSimplex.padded(shape.decisionCount + 1))
        moved = memory.integers(2 * shape.decisionCount)
        slopes = memory.doubles(directions * DenseSimplex.padded(shape.decisionCount + 1))
        inverseRoom = memory.doubles(DenseSimplex.padded(shape.decisionCount + 1))
        nearness = memory.doubles(directions)
        worst = memory.doubles(directions)
        leverNearness = memory.doubles(shape.decisionCount)
        userNearness = memory.doubles(shape.years)
        capacityNearness = memory.doubles(shape.years)
        leverShares = memory.quadruples(shape.decisionCount)
        spending = .spending(technologies: shape.technologyCount)
        let nothing = [Double](repeating: 0, count: shape.measures.count * shape.years)
        free = SubproblemPriceTable(shape, netPresentValue: 1, nothing)
    }

    /// The region's best plan at the prices.
    ///
    /// - Parameter directions: Along which prices will move, where `nearness` is asked for.
    mutating func solve(
        _ region: RegionIndex, _ prices: SubproblemPrices,
        nearnessAlong directions: SubproblemPriceDirections? = nil
    ) -> SubproblemValue {
        let ending = decide(region, prices)
        guard ending == .optimal else { return SubproblemValue(ending: ending, steps: simplex.steps) }
        var netPresentValue = presentValue()
        measureAmounts()
        if figures.isBounded { netPresentValue += addLeastBuilding() }
        var value = prices.netPresentValue * netPresentValue
        for index in 0..<prices.amounts.count { value += prices.amounts[index] * amounts[index] }
        if let directions { findNearness(along: directions) }
        return SubproblemValue(
            ending: .optimal, value: value, netPresentValue: netPresentValue, steps: simplex.steps)
    }

    /// The decisions of the region's best plan alone, beyond the least that must be built.
    mutating func decide(_ region: RegionIndex, _ prices: SubproblemPrices) -> DenseSimplex.Ending {
        guard writeProgram(of: region, prices.table) else {
            simplex.begin(rows: 0, columns: 0)
            return .infeasible
        }
        let ending = search()
        guard ending == .optimal else { return ending }
        simplex.locate()
        return readDecisions() ? .optimal : .stalled
    }

    /// - Returns: False where bounds on new capacity are more than its limits allow.
    @discardableResult
    mutating func writeProgram(of region: RegionIndex, _ prices: SubproblemPriceTable) -> Bool {
        figures.load(region, of: shape)
        if let modules = shape.heldModules { modules.bound(&figures, region, shape) }
        if figures.isBounded { guard takeLeastBuilding() else { return false } }
        var keepsAll = false
        for rule in shape.rules where rule.covers[region] && rule.mayAsk { keepsAll = true }
        levers.choose(figures, prices, shape, keepsAll: keepsAll)
        rows.choose(figures, levers, shape, region)
        program.write(figures, levers, rows, shape, to: &simplex)
        var row = rows.firstRule
        for rule in shape.rules where rule.covers[region] {
            for year in rule.years {
                program.write(rule, year, in: row, figures, levers, rows, shape, to: simplex)
                row &+= 1
            }
        }
        return true
    }

    private mutating func search() -> DenseSimplex.Ending {
        let ending = start()
        return ending == .optimal ? simplex.maximize() : ending
    }

    /// Goes to a plan that the model allows: the one that spends nothing, unless rules ask for something else.
    mutating func start() -> DenseSimplex.Ending {
        simplex.needsFirstPhase ? simplex.makeFeasible() : .optimal
    }
}

/// A block's optimum.
struct SubproblemValue: Equatable, Sendable {
    /// Anything but `.optimal`: there is no plan to read, and the region needs another solver.
    var ending: DenseSimplex.Ending
    /// Of the objective, constants included.
    var value = 0.0
    /// The region's own NPV, money of the base year.
    var netPresentValue = 0.0
    /// Simplex steps.
    var steps: Int
}
