import LinearProgramming

/// The restricted master over single regions: some choose among plans found so far, the others stay at one.
///
/// `maximise Σ v_p·θ_p` with the plans of every region that has a choice adding up to 1, and the coupling rows less what
/// the other regions take (decomposition by G. Dantzig and P. Wolfe, Operations Research 8, 1960).
struct MasterProblem: Sendable {
    /// A plan of a region: the prices that it belongs to.
    struct Plan: Sendable {
        var position: Int
        var vector: Int32
    }

    private var master: RestrictedMaster
    private(set) var rightHandSide: [Double]
    /// What the regions without a choice add up to.
    private var fixedValue: Double
    private var fixedEntries: [Double]
    /// By position: its set; -1 without a choice.
    private var sets: [Int32]
    /// By column of the master.
    private(set) var plans: [Plan] = []
    private var firstColumns: [Int] = []
    /// Of the last solve: what a further plan of a set has to score more than.
    private var setPrices: [Double] = []

    var setCount: Int { firstColumns.count }

    /// All regions stay at what they have.
    init(fixing totals: PricingProblem.Totals, of regions: PricingProblem, rightHandSide: [Double]) {
        let zeros = rightHandSide.map { _ in 0.0 }
        let count = regions.regions.count
        let freeRows = regions.coupling.rows.indices.filter { regions.coupling.rows[$0].isFree }
        master = RestrictedMaster(
            rightHandSide: rightHandSide, lower: zeros, upper: zeros, freeRows: Set(freeRows))
        self.rightHandSide = rightHandSide
        fixedValue = totals.objective
        fixedEntries = totals.entries
        sets = [Int32](repeating: -1, count: count)
    }

    mutating func setRightHandSide(_ other: [Double]) { rightHandSide = other }

    /// A row takes in other multiples of another one, as in `PricingProblem.move`.
    mutating func tilt(from before: CouplingRows, to now: CouplingRows) {
        for (row, pair) in zip(before.rows, now.rows).enumerated() {
            guard let old = pair.0.tilt, let new = pair.1.tilt, old != new else { continue }
            master.add(new.row, times: new.factor - old.factor, to: row)
            fixedEntries[row] += (new.factor - old.factor) * fixedEntries[new.row]
        }
    }

    /// Takes in plans that were found to be better at some prices: the region then has a choice.
    ///
    /// - Parameter prices: Those at which they were found; where they are the last solve's own, a plan that scores no
    ///   more than those a region has is left out.
    mutating func add(_ changes: PricingProblem.Changes, of regions: PricingProblem, at prices: [Double]?) {
        let rows = rightHandSide.count
        for (index, position) in changes.positions.enumerated() {
            let (value, entries) = regions.column(of: position)
            if sets[position] < 0 {
                let weight = regions.weights[position]
                let before = changes.before[index * (rows + 1)..<(index + 1) * (rows + 1)].map { weight * $0 }
                separate(
                    position, value: before[0], entries: Array(before.dropFirst()),
                    changes.vectorBefore[index])
            } else if let prices, Int(sets[position]) < setPrices.count {
                var score = value
                var size = abs(value)
                for row in 0..<rows {
                    score -= prices[row] * entries[row]
                    size += abs(prices[row] * entries[row])
                }
                guard score - setPrices[Int(sets[position])] > 1e-13 * size else { continue }
            }
            add(
                to: Int(sets[position]), value, entries,
                Plan(position: position, vector: regions.vector[position]))
        }
    }

    /// Takes in regions that were appended: they stay at what they have.
    mutating func append(of regions: PricingProblem) {
        for position in sets.count..<regions.regions.count {
            let (value, entries) = regions.column(of: position)
            fixedValue += value
            for row in entries.indices { fixedEntries[row] += entries[row] }
            sets.append(-1)
        }
    }

    private mutating func separate(_ position: Int, value: Double, entries: [Double], _ vector: Int32) {
        fixedValue -= value
        for row in entries.indices { fixedEntries[row] -= entries[row] }
        let (set, column) = master.addSet(value: value, entries: entries)
        sets[position] = Int32(set)
        keep(Plan(position: position, vector: vector), at: column)
        firstColumns.append(column)
    }

    private mutating func add(to set: Int, _ value: Double, _ entries: [Double], _ plan: Plan) {
        keep(plan, at: master.addColumn(to: set, value: value, entries: entries))
    }

    private mutating func keep(_ plan: Plan, at column: Int) {
        if column == plans.count { plans.append(plan) } else { plans[column] = plan }
    }

    /// Where the last solve ended.
    var basis: MasterBasis { master.basis }

    /// Lets the next solve start where an earlier one ended, whose plans are known still, and choose among the plans that
    /// are the best of those known near some prices, and those that regions have now.
    mutating func restore(_ basis: MasterBasis, near prices: [[Double]], of regions: PricingProblem) {
        master.restore(basis)
        master.focus(on: prices)
        addPresent(of: regions)
    }

    /// Forgets plans that no mixture of the last `count` solves took, nor were found since.
    ///
    /// - Parameters:
    ///   - bases: Where solves ended whose plans stay.
    ///   - regions: The plans that they have now stay.
    mutating func forgetPlans(
        unusedFor count: Int, keeping bases: [MasterBasis], of regions: PricingProblem
    ) {
        guard !master.removeColumns(unusedFor: count, keeping: bases).isEmpty else { return }
        addPresent(of: regions)
    }

    /// Regions with a choice can choose the plans they have now: a pass tells of others alone.
    private mutating func addPresent(of regions: PricingProblem) {
        for position in sets.indices where sets[position] >= 0 {
            let set = Int(sets[position])
            let own = regions.column(of: position)
            if master.columns(of: set).contains(where: { isSame($0, own) }) { continue }
            add(to: set, own.value, own.entries, Plan(position: position, vector: regions.vector[position]))
        }
    }

    /// Whether a column is a plan but for rounding.
    private func isSame(_ column: Int, _ plan: (value: Double, entries: [Double])) -> Bool {
        func isNear(_ left: Double, _ right: Double) -> Bool {
            abs(left - right) <= 1e-11 * (abs(left) + abs(right))
        }
        return isNear(master.value(of: column), plan.value)
            && plan.entries.indices.allSatisfy { isNear(master.entry($0, of: column), plan.entries[$0]) }
    }

    /// What the best mixture comes to while every row's price stays within a box.
    struct MasterSolution: Sendable {
        var prices: [Double]
        /// No smaller than the objective of any mixture, as long as prices stay in the box: the dual's value.
        var model: Double
        /// Of the mixture, less what free rows are charged, where it holds all others without help; nil otherwise.
        var value: Double?
        /// What free rows are charged.
        var charged: Double
        /// What the mixture takes of every row.
        var entries: [Double]
        /// By row: what was bought beyond the right-hand side.
        var relaxed: [Double]
        var usesBox: Bool
        var isOptimal: Bool
        /// By how much any plan known would be better at the prices, relative, recomputed from all of them.
        var dualViolation: Double
        var shares: [(column: Int, weight: Double)]
        /// Regions with a choice; those that got one later stand at their first plan.
        var setCount: Int
    }

    /// - Parameter rowSizes: What counts as much in a row; a trillionth of it bought beyond the right-hand side is rounding.
    mutating func solve(lower: [Double], upper: [Double], rowSizes: [Double]) -> MasterSolution {
        master.setBox(lower: lower, upper: upper)
        master.setRightHandSide(zip(rightHandSide, fixedEntries).map { $0 - $1 })
        let solution = master.solve()
        setPrices = solution.setPrices
        var shares: [(Int, Double)] = []
        solution.forEachShare { shares.append(($1, $2)) }
        var holds = true
        // What free rows are charged counts: it is the other part of an objective that is a ratio.
        var charged = 0.0
        for row in rightHandSide.indices {
            if master.isFree(row) {
                charged += solution.prices[row] * (solution.relaxed[row] - solution.sold[row])
            } else if solution.relaxed[row] > 1e-11 * rowSizes[row] {
                holds = false
            }
        }
        return MasterSolution(
            prices: solution.prices, model: solution.objective + fixedValue,
            value: holds ? solution.columnValue - charged + fixedValue : nil, charged: charged,
            entries: rightHandSide.indices.map {
                rightHandSide[$0] + solution.relaxed[$0] - solution.sold[$0]
            },
            relaxed: solution.relaxed, usesBox: solution.usesBox, isOptimal: solution.isOptimal,
            dualViolation: solution.check.dualViolation,
            shares: shares,
            setCount: setCount)
    }

    /// The plans of a mixture and their shares, those of regions that got a choice since included.
    func shares(of mixture: MasterSolution) -> [(plan: Plan, weight: Double)] {
        mixture.shares.map { (plans[$0.column], $0.weight) }
            + firstColumns.dropFirst(mixture.setCount).map { (plans[$0], 1) }
    }

    /// A mixture's plans that regions found again at other prices count as those of these, which are kept.
    mutating func renewPlans(of mixture: MasterSolution, _ regions: PricingProblem) {
        for column in mixture.shares.map(\.column) + firstColumns.dropFirst(mixture.setCount) {
            let position = plans[column].position
            let now = regions.vector[position]
            if plans[column].vector != now, isSame(column, regions.column(of: position)) {
                plans[column].vector = now
            }
        }
    }
}
