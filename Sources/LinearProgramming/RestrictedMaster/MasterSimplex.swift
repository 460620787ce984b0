/// The simplex of a convexity master: one solve, from a basis to an optimal one.
///
/// The basis of a program with `n` sets and `m` coupling rows has `n + m` columns. One of each set is its *key*; the
/// others, the *working* columns, enter as differences to the key of their set, which fulfils the set's own row
/// whatever they do. What is left is a working basis `W` of `m × m` numbers (Dantzig and Van Slyke, 1967):
///
///     W·x = B − Σ_sets A_key      θ_key = 1 − Σ_{working columns of the set} x      λ = c_W·W⁻¹
///
/// Values are shares, prices are in the program's own units; a box column counts in its row's `unit`.
struct MasterSimplex {
    typealias Lane = MasterColumns.Lane

    let columns: MasterColumns
    let lower: [Double]
    let upper: [Double]
    let rightHandSide: [Double]
    let settings: MasterSettings
    /// A power of two near the mean entry of each row.
    let unit: [Double]

    var keys: [Int32]
    /// The share of each set's key.
    var keyValues: [Double]
    /// The basic variable of each working position.
    var working: [MasterVariable]
    /// The set of each working position; −1 for box columns.
    var workingSet: [Int32]
    var values: [Double]
    /// Value of each working column, less its key's.
    var costs: [Double]
    var inverse: WorkingInverse
    /// `(−λ, 1)`.
    var prices: [Lane]
    /// `B − Σ A_key`, but for a perturbation.
    var remaining: [CompensatedSum]

    var steps = 0
    /// Consecutive steps that changed nothing.
    var idleSteps = 0
    private var perturbations = 0
    private var isPerturbed = false
    /// Whether the variable of lowest index enters and leaves (Bland's rule): it cannot cycle, but is slow.
    var followsLowestIndex = false
    var lowestIndexSteps = 0
    /// Changes of `inverse` since it was computed afresh.
    var updates = 0
    /// Whether no step has been made since.
    var isFresh = false
    /// How often it was computed afresh.
    var refreshes = 0

    // Buffers of a step.
    /// The entering column, less its key.
    var entering: [Lane]
    /// `W⁻¹ · entering`.
    var direction: [Double]
    /// How fast each set's key shrinks as the entering column grows; 0 outside a step.
    var keyRates: [Double]
    var candidates: [Candidate] = []
    /// A row of the inverse.
    var rowLanes: [Lane]
    /// Whether a set has working columns; all false outside a dual step.
    var isMixed: [Bool]
    var breakpoints: [Breakpoint] = []
    /// Breakpoints behind others of their sets.
    var furtherBreakpoints: [Breakpoint] = []

    /// Reduced profits below this share of the terms they are sums of are rounding.
    static let profitTolerance = 2e-13
    /// Shares below 0 by no more than this are rounding.
    static let valueTolerance = 1e-10
    /// Changes of `inverse` after which it is computed afresh.
    static let updateLimit = 100

    init(_ master: RestrictedMaster, settings: MasterSettings) {
        self.settings = settings
        columns = master.columns
        lower = master.lower
        upper = master.upper
        rightHandSide = master.rightHandSide
        let rows = master.rowCount
        unit = (0..<rows).map { [columns, rightHandSide] in
            columns.unit(of: $0, rightHandSide: rightHandSide[$0])
        }
        keys = master.basis.keys
        working = master.basis.working
        keyValues = [Double](repeating: 1, count: keys.count)
        keyRates = [Double](repeating: 0, count: keys.count)
        workingSet = [Int32](repeating: -1, count: rows)
        values = [Double](repeating: 0, count: rows)
        costs = values
        direction = values
        inverse = WorkingInverse(size: rows)
        entering = [Lane](repeating: .zero, count: columns.stride)
        prices = entering
        rowLanes = entering
        isMixed = [Bool](repeating: false, count: keys.count)
        remaining = []
        remaining = startingRemainder()
        refresh()
    }

    var rowCount: Int { columns.rowCount }
    var basis: MasterBasis { MasterBasis(keys: keys, working: working) }

    /// Runs to the optimum.
    ///
    /// - Returns: Whether it was reached; if not, the basis is one on the way, feasible up to rounding.
    mutating func run() -> Bool {
        let stepLimit = settings.stepLimit ?? 10_000 + 20 * (columns.placeCount + keys.count)
        if settings.usesDualSteps && workingSet.allSatisfy({ $0 < 0 }) { takeBestKeys() }
        // Each round ends in an optimum, but for what rounding or a perturbation did to the values.
        for round in 0..<Self.roundLimit {
            restoreFeasibility(byDualSteps: settings.usesDualSteps && round < Self.roundLimit / 2)
            guard climb(stepLimit: stepLimit) else {
                if isPerturbed { endPerturbation() }
                restoreFeasibility(byDualSteps: false)
                return false
            }
            if isPerturbed {
                endPerturbation()
            } else if isFeasible {
                return true
            }
        }
        return false
    }

    private static let roundLimit = 8

    // MARK: Computing afresh

    /// `B − Σ A_key`, with no rounding to speak of. O(sets · rows).
    private func startingRemainder() -> [CompensatedSum] {
        var sums = rightHandSide.map { CompensatedSum($0) }
        for key in keys {
            for row in 0..<rowCount { sums[row].add(-columns.entry(row, of: Int(key))) }
        }
        return sums
    }

    /// Computes inverse, values and prices afresh, each with one step of iterative refinement. O(rows³).
    mutating func refresh() {
        for set in workingSet where set >= 0 { keyValues[Int(set)] = 1 }
        invert()
        updates = 0
        isFresh = true
        refreshes += 1
        for position in 0..<rowCount { values[position] = 0 }
        refineValues()
        refineValues()
        for lane in prices.indices { prices[lane] = .zero }
        prices[rowCount / Lane.scalarCount][rowCount % Lane.scalarCount] = 1
        refinePrices()
        refinePrices()
    }

    /// Inverts the working basis; where columns depend on each other, box columns take their place first.
    private mutating func invert() {
        for _ in 0...rowCount {
            let dependent = inverse.invert(workingMatrix(), unit: unit)
            if dependent.isEmpty { return }
            for (position, row) in dependent { working[position] = .sell(row: row) }
        }
        // Only numbers near the end of a double's range come here.
        for row in 0..<rowCount { working[row] = .sell(row: row) }
        _ = inverse.invert(workingMatrix(), unit: unit)
    }

    /// The working columns in units of the rows, row by row; sets and costs of the positions come along.
    private mutating func workingMatrix() -> [Double] {
        var matrix = [Double](repeating: 0, count: rowCount * rowCount)
        for position in 0..<rowCount {
            workingSet[position] = set(of: working[position])
            load(working[position])
            costs[position] = enteringValue
            for row in 0..<rowCount { matrix[row * rowCount + position] = enteringEntry(row) / unit[row] }
        }
        return matrix
    }

    /// `x += W⁻¹·(remaining − W·x)`, and the keys' shares.
    mutating func refineValues() {
        var residual = remaining
        for position in 0..<rowCount where values[position] != 0 {
            load(working[position])
            for row in 0..<rowCount { residual[row].add(-values[position] * enteringEntry(row)) }
        }
        for row in 0..<rowCount {
            entering[row / Lane.scalarCount][row % Lane.scalarCount] = residual[row].value
        }
        inverse.multiply(entering, into: &direction)
        for position in 0..<rowCount { values[position] += direction[position] }
        for set in workingSet where set >= 0 { keyValues[Int(set)] = 1 }
        for position in 0..<rowCount where workingSet[position] >= 0 {
            keyValues[Int(workingSet[position])] -= values[position]
        }
    }

    /// `λ += (c_W − λ·W)·W⁻¹`.
    private mutating func refinePrices() {
        for position in 0..<rowCount {
            load(working[position])
            direction[position] = enteringScore
        }
        for position in 0..<rowCount where direction[position] != 0 {
            inverse.add(position, times: -direction[position], to: &prices)
        }
    }

    // MARK: Degeneracy

    /// Leaves a vertex at which too many steps changed nothing.
    mutating func leaveVertex() {
        idleSteps = 0
        if perturbations < settings.perturbationLimit { perturb() } else { followsLowestIndex = true }
    }

    /// Raises every working column by about 1e-9, each by another amount, and shifts the right-hand sides by what
    /// that takes; so the basis stays feasible, and all its values are away from 0.
    private mutating func perturb() {
        perturbations += 1
        isPerturbed = true
        for set in workingSet where set >= 0 { makeLargestKey(of: Int(set)) }
        for position in 0..<rowCount {
            load(working[position])
            let amount = Self.smallAmount(number: position + perturbations * rowCount)
            for row in 0..<rowCount { remaining[row].add(amount * enteringEntry(row)) }
        }
        refresh()
    }

    /// Takes the perturbation back; values may fall below 0.
    private mutating func endPerturbation() {
        isPerturbed = false
        remaining = startingRemainder()
        refresh()
    }

    /// Between 1e-9 and 2e-9, spread by the golden ratio.
    private static func smallAmount(number: Int) -> Double {
        let share = Double(number + 1) * 0.618_033_988_749_894_9
        return 1e-9 * (1 + share - share.rounded(.down))
    }
}

/// How a convexity master is solved. All settings lead to the same optimal value.
package struct MasterSettings: Equatable, Sendable {
    /// The number of primal steps after which it gives up, nil for one that hardly any master needs.
    package var stepLimit: Int?
    /// Whether a cold start, and one from values below 0, begins with dual steps.
    package var usesDualSteps: Bool
    /// Steps that change nothing before something is done about them.
    package var idleLimit: Int
    /// Perturbations of the right-hand sides before variables enter and leave by the lowest index.
    package var perturbationLimit: Int

    package init(
        stepLimit: Int? = nil, usesDualSteps: Bool = true, idleLimit: Int = 200, perturbationLimit: Int = 4
    ) {
        self.stepLimit = stepLimit
        self.usesDualSteps = usesDualSteps
        self.idleLimit = idleLimit
        self.perturbationLimit = perturbationLimit
    }
}
