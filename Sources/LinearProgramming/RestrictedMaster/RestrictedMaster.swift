/// A linear program over convex combinations, with few coupling rows: the restricted master of a decomposition.
///
///     maximise  Σ_p v_p·θ_p − Σ_i upper_i·r_i + Σ_i lower_i·s_i
///     subject to  Σ_{p in set} θ_p = 1             for every set
///                 Σ_p A_ip·θ_p − r_i + s_i = B_i   for every coupling row
///                 θ, r, s ≥ 0
///
/// Each row has two *box columns*: relaxing it buys right-hand side at the price `upper_i`, selling earns `lower_i` for
/// what is left over. So the row's price stays in `lower_i...upper_i`, and there is always a feasible point. A box
/// within `0...` makes a row `≤`, one within `...0` a row `≥`, one that holds 0 inside an equation, each as long as
/// the price that the row would have alone is inside the box.
///
/// Solved by a simplex with generalised upper bounds: G. B. Dantzig, R. M. Van Slyke, Generalized upper bounding
/// techniques, Journal of Computer and System Sciences 1 (1967), 213–226. A step costs O(rows²), however many sets
/// there are. The master remembers where it ended and starts there again after columns, sets, the box or the
/// right-hand sides have changed. The same calls give the same bytes.
package struct RestrictedMaster: Sendable {
    private(set) var columns: MasterColumns
    /// `B`, one number a row.
    package private(set) var rightHandSide: [Double]
    /// The price of selling, one a row.
    package private(set) var lower: [Double]
    /// The price of relaxing, one a row.
    package private(set) var upper: [Double]
    /// Where the last solve ended, and where the next one starts.
    package private(set) var basis: MasterBasis
    /// The number of the solve in which a column was last basic or added.
    private var lastUse: [Int] = []
    private var solveCount = 0

    /// Those whose box has no width, and which are meant to have none.
    private let freeRows: Set<Int>

    /// A master without sets, whose box columns are basic.
    ///
    /// - Precondition: All numbers are finite, the three arrays are equally long, `lower ≤ upper`.
    package init(rightHandSide: [Double], lower: [Double], upper: [Double], freeRows: Set<Int> = []) {
        columns = MasterColumns(rowCount: rightHandSide.count)
        basis = MasterBasis(rowCount: rightHandSide.count)
        self.freeRows = freeRows
        self.rightHandSide = []
        self.lower = []
        self.upper = []
        setBox(lower: lower, upper: upper)
        setRightHandSide(rightHandSide)
    }

    package var rowCount: Int { columns.rowCount }

    /// Whether a row binds nobody, and what columns take of it is charged at the one price of its box.
    package func isFree(_ row: Int) -> Bool { freeRows.contains(row) }
    package var setCount: Int { columns.setCount }

    /// The columns of a set, the newest first.
    package func columns(of set: Int) -> some Sequence<Int> {
        sequence(first: Int(columns.first[set])) { [columns] in
            let next = columns.next[$0]
            return next < 0 ? nil : Int(next)
        }
    }

    /// `v_p` of a column.
    package func value(of column: Int) -> Double { columns.value(of: column) }
    /// `A_ip` of a column.
    package func entry(_ row: Int, of column: Int) -> Double { columns.entry(row, of: column) }

    /// Adds a set with its first column, which is taken whole until a solve finds better.
    ///
    /// - Returns: The set, counted from 0, and its column. O(rows).
    package mutating func addSet(
        value: Double, entries: some Collection<Double>
    ) -> (set: Int, column: Int) {
        let set = columns.addSet()
        let column = addColumn(to: set, value: value, entries: entries)
        basis.keys.append(Int32(column))
        return (set, column)
    }

    /// Adds a column to a set. O(rows).
    ///
    /// - Parameters:
    ///   - value: `v_p`, finite.
    ///   - entries: `A_ip`, one finite number a row.
    /// - Returns: The column's index, which stays until the column is removed, and may then serve another one.
    package mutating func addColumn(to set: Int, value: Double, entries: some Collection<Double>) -> Int {
        let column = columns.add(to: set, value: value, entries: entries)
        if column == lastUse.count { lastUse.append(solveCount) } else { lastUse[column] = solveCount }
        return column
    }

    /// Adds a multiple of a row's entries to those of another row. O(columns).
    package mutating func add(_ row: Int, times factor: Double, to other: Int) {
        columns.add(row, times: factor, to: other)
    }

    /// Removes the columns that were not basic in any of the last `count` solves, nor added since. O(columns).
    ///
    /// - Parameter saved: Bases that will be restored: their columns stay.
    /// - Returns: The removed columns' indices. Another basis saved before is of no use any more.
    package mutating func removeColumns(unusedFor count: Int, keeping saved: [MasterBasis] = []) -> [Int] {
        var isKept = columns.setOfColumn.map { $0 < 0 }
        for column in lastUse.indices where lastUse[column] + count > solveCount { isKept[column] = true }
        for basis in saved + [basis] { basis.forEachColumn { isKept[$0] = true } }
        let removed = isKept.indices.filter { !isKept[$0] }
        guard !removed.isEmpty else { return [] }
        columns.setAside { _ in true }
        columns.remove { !isKept[$0] }
        return removed
    }

    /// Sets aside all columns but the two of every set that score most at each of some prices, and those of the basis;
    /// columns set aside before count as well. O(columns · prices · rows).
    ///
    /// They are as if they had been removed, but keep their places.
    package mutating func focus(on prices: [[Double]]) {
        var isTaken = [Bool](repeating: false, count: columns.placeCount)
        basis.forEachColumn { isTaken[$0] = true }
        for prices in prices {
            let weights = columns.weights(scoringAt: prices)
            var best = [(first: (Double, Int32), second: (Double, Int32))](
                repeating: ((-.infinity, -1), (-.infinity, -1)), count: setCount)
            for column in 0..<columns.placeCount where columns.setOfColumn[column] >= 0 {
                let set = Int(columns.setOfColumn[column])
                let score = columns.product(weights, column)
                if score > best[set].first.0 {
                    best[set] = ((score, Int32(column)), best[set].first)
                } else if score > best[set].second.0 {
                    best[set].second = (score, Int32(column))
                }
            }
            for pair in best {
                if pair.first.1 >= 0 { isTaken[Int(pair.first.1)] = true }
                if pair.second.1 >= 0 { isTaken[Int(pair.second.1)] = true }
            }
        }
        columns.setAside { isTaken[$0] }
    }

    /// Sets the prices of selling and relaxing, one each a row.
    ///
    /// - Precondition: All numbers are finite, `lower ≤ upper`.
    package mutating func setBox(lower: [Double], upper: [Double]) {
        precondition(lower.count == rowCount && upper.count == rowCount, "a box needs a price a row")
        precondition(
            zip(lower, upper).allSatisfy { $0 <= $1 && $0.isFinite && $1.isFinite },
            "a box needs finite prices, lower ≤ upper")
        self.lower = lower
        self.upper = upper
    }

    /// - Precondition: One finite number a row.
    package mutating func setRightHandSide(_ rightHandSide: [Double]) {
        precondition(
            rightHandSide.count == rowCount && rightHandSide.allSatisfy(\.isFinite),
            "a right-hand side needs a finite number a row")
        self.rightHandSide = rightHandSide
    }

    /// Lets the next solve start where an earlier one ended; sets added since stand at their first columns.
    ///
    /// - Precondition: It is a basis of this master, and none of its columns has been removed since it was saved.
    package mutating func restore(_ saved: MasterBasis) {
        precondition(
            saved.keys.count <= basis.keys.count
                && zip(saved.keys, 0...).allSatisfy { columns.setOfColumn[Int($0)] == $1 },
            "a basis of another master, or of columns that are gone")
        basis = MasterBasis(
            keys: saved.keys + (saved.keys.count..<setCount).map { columns.oldest(of: $0) },
            working: saved.working)
    }

    /// Finds the optimum, from where the last solve ended.
    package mutating func solve(settings: MasterSettings = MasterSettings()) -> RestrictedMasterSolution {
        solveCount += 1
        var simplex = MasterSimplex(self, settings: settings)
        let isOptimal = simplex.run()
        basis = simplex.basis
        for key in basis.keys { lastUse[Int(key)] = solveCount }
        for case .column(let column) in basis.working { lastUse[column] = solveCount }
        return RestrictedMasterSolution(of: self, at: simplex, isOptimal: isOptimal)
    }
}

/// A variable of a convexity master.
enum MasterVariable: Equatable, Sendable {
    case column(Int)
    /// The box column with −1 in its row.
    case relax(row: Int)
    /// The box column with +1 in its row.
    case sell(row: Int)
}

/// Where a convexity master's solve ended: a key column a set, and as many other basic variables as rows.
package struct MasterBasis: Equatable, Sendable {
    var keys: [Int32]
    var working: [MasterVariable]

    /// Calls a closure with every column that is a key or works.
    func forEachColumn(_ body: (_ column: Int) -> Void) {
        for key in keys { body(Int(key)) }
        for case .column(let column) in working { body(column) }
    }

    /// The basis of box columns, without sets.
    init(rowCount: Int) {
        keys = []
        working = (0..<rowCount).map { .sell(row: $0) }
    }

    init(keys: [Int32], working: [MasterVariable]) {
        self.keys = keys
        self.working = working
    }
}
