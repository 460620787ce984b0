import CDenseRows

/// A bounded primal simplex on a dense condensed tableau, for the many small programs of a decomposition.
///
/// `maximise profit·x` with `Σ_j cell[i,j]·x_j + slack_i = value_i`, `0 ≤ x ≤ upper`, `0 ≤ slack ≤ upper`. Where all
/// `value_i ≥ 0` the slacks are a feasible basis; else `makeFeasible()` comes first. Only columns that are not basic are
/// stored. A column that rests at its upper bound is replaced by its distance to it, so that all of them rest at 0.
/// Numbers are expected near 1: the caller scales. See V. Chvátal, Linear Programming (1983), chapters 3 and 8.
///
/// The largest profit enters; after `patience` steps that gain nothing the lowest index does, until one gains
/// (R. Bland, 1977): so it ends. Memory is laid out once for the largest program, and a solve allocates nothing.
struct DenseSimplex: ~Copyable {
    /// `.stalled`: no proven optimum, as numbers of too different sizes are lost in rounding.
    enum Ending: Sendable { case optimal, infeasible, unbounded, stalled }

    /// Below it a profit is no gain: rounding.
    static let profitTolerance = 1e-11
    /// What may be forgone by that in a column.
    private static let forgoneTolerance = 1e-10
    /// Below it nothing can be told of a profit at all.
    private static let profitNoise = 1e-14
    /// Below it a cell is no pivot.
    private static let pivotTolerance = 1e-9
    /// Below it a basic variable is at 0.
    private static let valueTolerance = 1e-14
    static let patience = 60
    /// What an optimum of the first phase may be short of feasible.
    private static let feasibilityTolerance = 1e-9

    private(set) var rows = 0
    private(set) var columns = 0
    private(set) var steps = 0
    private(set) var degenerateSteps = 0
    /// How far the last column was raised.
    private(set) var lastStep = 0.0
    /// Cells from one row to the next, a multiple of 8.
    private var stride = 0

    private let memory = ScratchMemory()
    private let cells: UnsafeMutablePointer<Double>
    /// By column: what one more unit of the column that rests there adds to the objective.
    let profit: UnsafeMutablePointer<Double>
    /// By column: the same for a second objective, which steers nothing and is carried along while `hasReserve`.
    let reserve: UnsafeMutablePointer<Double>
    private(set) var hasReserve = false
    /// By row: the value of its basic variable.
    let values: UnsafeMutablePointer<Double>
    private let basicUpper: UnsafeMutablePointer<Double>
    private let restingUpper: UnsafeMutablePointer<Double>
    /// By row: its basic variable. Variables are columns first, then slacks by row.
    private let basic: UnsafeMutablePointer<Int32>
    /// By column of the tableau: the variable that rests there.
    let resting: UnsafeMutablePointer<Int32>
    /// By variable: whether it is counted from its upper bound.
    private let flipped: UnsafeMutablePointer<Bool>
    /// By variable, after `locate()`: its row, or `-1 - column` where it rests.
    private let place: UnsafeMutablePointer<Int32>
    /// The entries of the column that is being raised: their rows, and the cells.
    private let touched: UnsafeMutablePointer<Int32>
    private let factors: UnsafeMutablePointer<Double>
    /// By entry: how far the column can be raised until the row's basic variable reaches a bound.
    private let ratios: UnsafeMutablePointer<Double>
    private var touchedCount = 0
    private let kernel: UnsafePointer<CDenseRowsKernel>

    /// - Parameter kernel: What changes rows; all do the same, for other processors.
    init(
        mostRows: Int, mostColumns: Int, kernel: UnsafePointer<CDenseRowsKernel> = CDenseRowsFastest()
    ) {
        self.kernel = kernel
        // One more for the column of the first phase.
        let mostColumns = mostColumns + 1
        let width = Self.padded(mostColumns)
        cells = memory.doubles(max(1, mostRows) * width)
        profit = memory.doubles(width)
        reserve = memory.doubles(width)
        values = memory.doubles(mostRows)
        basicUpper = memory.doubles(mostRows)
        restingUpper = memory.doubles(mostColumns)
        basic = memory.integers(mostRows)
        resting = memory.integers(mostColumns)
        flipped = memory.flags(mostRows + mostColumns)
        place = memory.integers(mostRows + mostColumns)
        touched = memory.integers(mostRows + 1)
        factors = memory.doubles(mostRows + 1)
        ratios = memory.doubles(mostRows + 1)
    }

    static func padded(_ count: Int) -> Int { (count + 7) & ~7 }

    // MARK: The program

    /// Begins a program without entries: profits 0, upper bounds infinite, right-hand sides 0.
    mutating func begin(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        steps = 0
        degenerateSteps = 0
        hasReserve = false
        stride = Self.padded(columns &+ 1)
        cells.update(repeating: 0, count: rows &* stride)
        profit.update(repeating: 0, count: stride)
        flipped.update(repeating: false, count: rows &+ columns &+ 1)
        restingUpper.update(repeating: .infinity, count: columns &+ 1)
        basicUpper.update(repeating: .infinity, count: rows)
        for column in 0..<columns { resting[column] = Int32(truncatingIfNeeded: column) }
        for row in 0..<rows { basic[row] = Int32(truncatingIfNeeded: columns &+ row) }
    }

    /// Sets the upper bound and the profit of a column.
    func setColumn(_ column: Int, upper: Double, profit: Double) {
        restingUpper[column] = upper
        self.profit[column] = profit
    }

    /// Sets the right-hand side of a row and the upper bound of its slack.
    func setRow(_ row: Int, value: Double, upper: Double) {
        values[row] = value
        basicUpper[row] = upper
    }

    subscript(row: Int, column: Int) -> Double {
        get { cells[row &* stride &+ column] }
        nonmutating set { cells[row &* stride &+ column] = newValue }
    }

    // MARK: The search

    /// Goes on from the present basis to the optimum.
    mutating func maximize() -> Ending {
        while steps < mostSteps {
            var column = entering()
            if column < 0 { column = enteringFar() }
            guard column >= 0 else { return .optimal }
            guard enter(column) else { return .unbounded }
        }
        return .stalled
    }

    /// Of the columns whose profit is too small to count, but whose bound is so far that it comes to something, the one
    /// that comes to most; -1 where none does.
    ///
    /// A price can make money next to free for a small region, which may then spend what all regions have.
    private func enteringFar() -> Int {
        var most = Self.forgoneTolerance
        var found = -1
        for column in 0..<columns
        where profit[column] > Self.profitNoise && restingUpper[column] < .infinity
            && profit[column] * restingUpper[column] > most
        {
            most = profit[column] * restingUpper[column]
            found = column
        }
        return found
    }

    /// Far beyond what any program has needed.
    var mostSteps: Int { 200 &+ 20 &* (rows &+ columns) }

    /// The column to raise: of the largest profit, or after too many steps without gain the first one.
    private func entering() -> Int {
        if degenerateSteps > Self.patience { return firstEntering() }
        return kernel.pointee.largest(profit, stride, Self.profitTolerance)
    }

    private func firstEntering() -> Int {
        var found = -1
        for column in 0..<columns where profit[column] > Self.profitTolerance {
            if found < 0 || resting[column] < resting[found] { found = column }
        }
        return found
    }

    /// Raises a column as far as rows and bounds allow.
    ///
    /// - Returns: False where nothing stops it.
    mutating func enter(_ column: Int) -> Bool {
        gather(column)
        return enterGathered(column)
    }

    /// The same for the column whose entries were listed last.
    mutating func enterGathered(_ column: Int) -> Bool {
        let (entry, step) = limit(of: column)
        steps &+= 1
        lastStep = step
        if step > Self.valueTolerance { degenerateSteps = 0 } else { degenerateSteps &+= 1 }
        if entry >= 0 {
            let row = Int(touched[entry])
            if factors[entry] < 0 { complement(row) }
            pivot(row, column)
            return true
        }
        guard step < .infinity else { return false }
        flip(column)
        return true
    }

    /// Tells of every column of the program what its value changes by, where it does, for each unit that the variable of
    /// the column whose entries were listed last is raised by.
    func forEachChange(raising column: Int, _ body: (_ variable: Int, _ rate: Double) -> Void) {
        let raised = Int(resting[column])
        if raised < columns { body(raised, flipped[raised] ? -1 : 1) }
        for entry in 0..<touchedCount {
            let variable = Int(basic[Int(touched[entry])])
            guard variable < columns else { continue }
            body(variable, flipped[variable] ? factors[entry] : -factors[entry])
        }
    }

    /// Lists the entries of a column: early tableaus have few.
    mutating func gather(_ column: Int) {
        touchedCount = kernel.pointee.gather(cells + column, stride, rows, touched, factors)
    }

    /// The entry of the column in whose row the basic variable reaches a bound first, and the step to there; entry -1: the
    /// column's own bound.
    ///
    /// The own bound goes first, as it costs no exchange. Of rows that tie the one of the largest cell leaves, for the
    /// sake of the digits; after too many steps without gain the one of the lowest index.
    private func limit(of column: Int) -> (entry: Int, step: Double) {
        let byIndex = degenerateSteps > Self.patience
        var found = -1
        var least = restingUpper[column]
        var size = 0.0
        kernel.pointee.ratios(factors, touched, touchedCount, values, basicUpper, ratios)
        for entry in 0..<touchedCount {
            let step = ratios[entry]
            guard step <= least else { continue }
            let cell = factors[entry]
            guard abs(cell) > Self.pivotTolerance, step < .infinity else { continue }
            if step == least {
                if found < 0 { continue }
                let isLater = basic[Int(touched[entry])] > basic[Int(touched[found])]
                if byIndex ? isLater : abs(cell) <= size { continue }
            }
            found = entry
            least = step
            size = abs(cell)
        }
        return (found, least)
    }

    /// Counts the basic variable of a row from its upper bound.
    private func complement(_ row: Int) {
        let cells = cells + row &* stride
        for column in 0..<stride { cells[column] = -cells[column] }
        values[row] = max(0, basicUpper[row] - values[row])
        flipped[Int(basic[row])].toggle()
    }

    /// Takes a column to its upper bound, and counts it from there.
    private func flip(_ column: Int) {
        let distance = restingUpper[column]
        for entry in 0..<touchedCount {
            let row = Int(touched[entry])
            values[row] = Self.settled(values[row] - factors[entry] * distance)
            self[row, column] = -factors[entry]
        }
        profit[column] = -profit[column]
        if hasReserve { reserve[column] = -reserve[column] }
        flipped[Int(resting[column])].toggle()
    }

    /// Exchanges a basic and a resting variable, whose column was gathered. O(entries of the column × columns).
    private func pivot(_ row: Int, _ column: Int) {
        let inverse = 1 / self[row, column]
        let step = values[row] * inverse
        kernel.pointee.pivot(
            cells, stride, row, column, inverse, touched, factors, touchedCount, profit)
        for entry in 0..<touchedCount {
            let other = Int(touched[entry])
            guard other != row else { continue }
            values[other] = Self.settled(values[other] - factors[entry] * step)
        }
        if hasReserve { clear(column, in: reserve, by: row) }
        values[row] = step
        swap(&basic[row], &resting[column])
        swap(&basicUpper[row], &restingUpper[column])
    }

    /// Takes the variable that becomes basic in a row out of an objective.
    private func clear(_ column: Int, in objective: UnsafeMutablePointer<Double>, by row: Int) {
        let gain = objective[column]
        objective[column] = 0
        subtract(gain, row, from: objective)
    }

    private static func settled(_ value: Double) -> Double { value < valueTolerance ? 0 : value }

    /// Carries a second objective along, without profits at first.
    mutating func beginReserve() {
        reserve.update(repeating: 0, count: stride)
        hasReserve = true
    }

    // MARK: The first phase

    /// Whether any right-hand side is negative, so that the slacks are no feasible basis.
    var needsFirstPhase: Bool {
        for row in 0..<rows where values[row] < 0 { return true }
        return false
    }

    /// Goes to a basis that holds all rows, by one more variable that relaxes those that are overstepped and is then
    /// made as small as can be (Chvátal, chapter 3). The profits stay those of the program.
    mutating func makeFeasible() -> Ending {
        keepProfit()
        let relaxed = columns
        var worst = 0
        for row in 0..<rows {
            if values[row] < values[worst] { worst = row }
            self[row, relaxed] = values[row] < 0 ? -1 : 0
        }
        profit[relaxed] = -1
        resting[relaxed] = Int32(truncatingIfNeeded: columns &+ rows)
        columns &+= 1
        gather(relaxed)
        pivot(worst, relaxed)
        let ending = maximize()
        guard ending == .optimal else { return .stalled }
        return removeRelaxation(Int32(truncatingIfNeeded: relaxed &+ rows)) ? .optimal : .infeasible
    }

    private mutating func keepProfit() {
        reserve.update(from: profit, count: stride)
        profit.update(repeating: 0, count: stride)
        hasReserve = true
    }

    /// Takes the relaxing variable out of the tableau, and the profits back.
    ///
    /// - Returns: False where it is needed.
    private mutating func removeRelaxation(_ variable: Int32) -> Bool {
        for row in 0..<rows where basic[row] == variable {
            guard values[row] <= Self.feasibilityTolerance else { return false }
            values[row] = 0
            // In a row without cells it stays at 0 whatever is done.
            guard let column = largestCell(of: row) else { continue }
            gather(column)
            pivot(row, column)
        }
        for column in 0..<columns where resting[column] == variable {
            dropColumn(column)
            break
        }
        profit.update(from: reserve, count: stride)
        hasReserve = false
        return true
    }

    private func largestCell(of row: Int) -> Int? {
        var found: Int?
        var size = Self.feasibilityTolerance
        for column in 0..<columns where abs(self[row, column]) > size {
            found = column
            size = abs(self[row, column])
        }
        return found
    }

    /// Drops a column, whose place the last one takes.
    private mutating func dropColumn(_ column: Int) {
        let last = columns &- 1
        for row in 0..<rows {
            self[row, column] = self[row, last]
            self[row, last] = 0
        }
        for objective in [profit, reserve] {
            objective[column] = objective[last]
            objective[last] = 0
        }
        resting[column] = resting[last]
        restingUpper[column] = restingUpper[last]
        columns = last
    }

    /// Takes a multiple of a row from as many other numbers.
    private func subtract(_ factor: Double, _ row: Int, from target: UnsafeMutablePointer<Double>) {
        kernel.pointee.subtract(factor, cells + row &* stride, target, stride)
    }

    // MARK: The answer

    /// Finds out where every variable stands, for the functions below.
    func locate() {
        for row in 0..<rows { place[Int(basic[row])] = Int32(truncatingIfNeeded: row) }
        for column in 0..<columns { place[Int(resting[column])] = Int32(truncatingIfNeeded: -1 &- column) }
    }

    /// The value of a column of the program, after `locate()`.
    func value(of variable: Int) -> Double {
        let place = Int(place[variable])
        let isBasic = place >= 0
        let value = isBasic ? values[place] : 0
        guard flipped[variable] else { return value }
        return max(0, (isBasic ? basicUpper[place] : restingUpper[-1 &- place]) - value)
    }

    /// Adds to `sums`, for every column of the tableau, by how much its profit grows if that of one variable grows by
    /// `change`, after `locate()`.
    ///
    /// - Returns: The only column whose profit moves, where the variable rests; nil where it is basic.
    @discardableResult
    func addProfitChange(
        of variable: Int, _ change: Double, to sums: UnsafeMutablePointer<Double>
    ) -> Int? {
        let place = Int(place[variable])
        let signed = flipped[variable] ? -change : change
        guard place < 0 else {
            subtract(signed, place, from: sums)
            return nil
        }
        sums[-1 &- place] += signed
        return -1 &- place
    }

    /// Adds a multiple of `count` numbers, a multiple of 8, to as many others.
    func add(
        _ factor: Double, times source: UnsafeMutablePointer<Double>, to target: UnsafeMutablePointer<Double>,
        count: Int
    ) {
        kernel.pointee.subtract(-factor, source, target, count)
    }

    /// The largest product of a slope's size and its factor; a slope that is next to nothing beside the others counts as 0.
    ///
    /// - Parameter count: A multiple of 8.
    func steepest(
        _ slopes: UnsafeMutablePointer<Double>, _ factors: UnsafeMutablePointer<Double>, _ count: Int
    ) -> Double {
        kernel.pointee.steepest(slopes, factors, count)
    }
}
