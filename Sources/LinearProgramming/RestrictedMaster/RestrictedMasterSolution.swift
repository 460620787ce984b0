/// A point of a convexity master, the prices that belong to it, and what they prove.
package struct RestrictedMasterSolution: Equatable, Sendable {
    /// A column's share in a set that is made up of several.
    package struct Share: Equatable, Sendable {
        package var set: Int
        package var column: Int
        /// `θ`, above 0.
        package var weight: Double
    }

    /// Whether no column is worth entering any more. If not, the numbers held the simplex up: the point is one on the
    /// way, and `check` says how far from the optimum.
    package var isOptimal: Bool
    /// The master's objective at the point, box columns included.
    package var objective: Double
    /// No point of the master, as it is, is worth more: `Σ_sets max (v_p − λ·A_p) + Σ λ_i·B_i`.
    package var bound: Double
    /// `Σ v_p·θ_p`, without the box columns.
    package var columnValue: Double
    /// `λ`, one a row, between the row's box prices.
    package var prices: [Double]
    /// `max (v_p − λ·A_p)`, one a set: a further column has to score more.
    package var setPrices: [Double]
    /// One column a set: the whole of it, unless the set is in `mixed`.
    package var keyColumns: [Int]
    /// All columns of the sets that are made up of several, in ascending order of sets.
    package var mixed: [Share]
    /// `r`, what was bought at the upper prices, one a row.
    package var relaxed: [Double]
    /// `s`, what was sold at the lower prices, one a row.
    package var sold: [Double]
    /// Whether any row that is not free is relaxed, or sells at a price other than 0, by more than rounding: then
    /// `columnValue` is not the value of a plan that makes the most of its rows.
    package var usesBox: Bool
    /// Simplex steps of this solve.
    package var steps: Int
    package var check: MasterCheck

    init(of master: RestrictedMaster, at simplex: MasterSimplex, isOptimal: Bool) {
        self.isOptimal = isOptimal
        steps = simplex.steps
        keyColumns = simplex.keys.map(Int.init)
        mixed = simplex.shares
        let sold = simplex.boxAmounts { $0 == .sell(row: $1) }
        let relaxed = simplex.boxAmounts { $0 == .relax(row: $1) }
        self.sold = sold
        self.relaxed = relaxed
        prices = (0..<master.rowCount).map { simplex.priceWithinBox(of: $0) }
        usesBox = (0..<master.rowCount).contains {
            !master.isFree($0)
                && max(relaxed[$0], master.lower[$0] == 0 ? 0 : sold[$0]) > 1e-9 * simplex.unit[$0]
        }
        setPrices = []
        objective = 0
        bound = 0
        columnValue = 0
        check = MasterCheck()
        evaluate(master)
    }
}

extension MasterSimplex {
    /// The columns of the sets that have working columns, without those at 0 but for rounding; each set's add up to 1.
    fileprivate var shares: [RestrictedMasterSolution.Share] {
        var shares: [RestrictedMasterSolution.Share] = []
        for set in Set(workingSet.map(Int.init)).sorted() where set >= 0 {
            var own = [
                RestrictedMasterSolution.Share(set: set, column: Int(keys[set]), weight: keyValues[set])
            ]
            for position in working.indices where workingSet[position] == set {
                guard case .column(let column) = working[position] else { continue }
                own.append(RestrictedMasterSolution.Share(set: set, column: column, weight: values[position]))
            }
            own.removeAll { $0.weight <= 1e-14 }
            let total = own.reduce(0) { $0 + $1.weight }
            for index in own.indices { own[index].weight /= total }
            shares += own
        }
        return shares
    }

    /// The price of a row: that of its box column where that is basic.
    fileprivate func priceWithinBox(of row: Int) -> Double {
        if working.contains(.sell(row: row)) { return lower[row] }
        if working.contains(.relax(row: row)) { return upper[row] }
        return min(max(price(of: row), lower[row]), upper[row])
    }

    /// The amount of a box column a row, in the row's own measure.
    fileprivate func boxAmounts(_ isWanted: (MasterVariable, Int) -> Bool) -> [Double] {
        (0..<rowCount).map { row in
            guard let position = working.firstIndex(where: { isWanted($0, row) }) else { return 0 }
            return max(values[position], 0) * unit[row]
        }
    }
}

/// How far a solution of a convexity master is from being proved, recomputed from its columns alone.
package struct MasterCheck: Equatable, Sendable {
    /// The largest `|Σ θ − 1|` of a set; shares below 0 there are none.
    package var setViolation = 0.0
    /// The largest `|Σ A·θ − r + s − B|` of a row, relative to the row's `Σ |A·θ| + |B|`, which counts
    /// for no less than a mean entry.
    package var rowViolation = 0.0
    /// The largest reduced profit of a column over its set's key, relative to the largest of the terms that the
    /// scores of columns are sums of.
    package var dualViolation = 0.0
    /// `bound − objective`, relative to the larger of the sums of magnitudes of their terms.
    package var gap = 0.0

    package var worst: Double { max(setViolation, rowViolation, dualViolation, abs(gap)) }
}

extension RestrictedMasterSolution {
    /// Fills in what follows from point and prices. Nothing of the simplex is used. O(columns · rows).
    fileprivate mutating func evaluate(_ master: RestrictedMaster) {
        let size = max(evaluatePoint(master), evaluatePrices(master), .leastNormalMagnitude)
        check.gap = (bound - objective) / size
    }

    /// Objective and violations at the point.
    ///
    /// - Returns: The size of the terms that the objective is a sum of.
    private mutating func evaluatePoint(_ master: RestrictedMaster) -> Double {
        let rows = 0..<master.rowCount
        var total = CompensatedSum()
        var size = 0.0
        var activity = rows.map { CompensatedSum(-master.rightHandSide[$0]) }
        var activitySize = master.rightHandSide.map { abs($0) }
        for row in rows {
            let unit = master.columns.unit(of: row, rightHandSide: master.rightHandSide[row])
            activitySize[row] = max(activitySize[row], unit)
        }
        var weightOfSet = [Double](repeating: 0, count: keyColumns.count)
        forEachShare { set, column, weight in
            weightOfSet[set] += weight
            let value = weight * master.columns.value(of: column)
            total.add(value)
            size += abs(value)
            for row in rows {
                let entry = weight * master.columns.entry(row, of: column)
                activity[row].add(entry)
                activitySize[row] += abs(entry)
            }
        }
        columnValue = total.value
        for row in rows {
            activity[row].add(sold[row] - relaxed[row])
            let earned = master.lower[row] * sold[row] - master.upper[row] * relaxed[row]
            total.add(earned)
            size += abs(earned)
            let violation = abs(activity[row].value) / max(activitySize[row], .leastNormalMagnitude)
            check.rowViolation = max(check.rowViolation, violation)
        }
        check.setViolation = weightOfSet.reduce(0) { max($0, abs($1 - 1)) }
        objective = total.value
        return size
    }

    /// Bound, set prices and what the prices leave to gain.
    ///
    /// - Returns: The size of the terms that the bound is a sum of, no less than those of any column.
    private mutating func evaluatePrices(_ master: RestrictedMaster) -> Double {
        let columns = master.columns
        var total = CompensatedSum()
        var size = 0.0
        var largestGain = 0.0
        var largestTerms = Double.leastNormalMagnitude
        setPrices.reserveCapacity(keyColumns.count)
        for set in keyColumns.indices {
            let key = score(of: keyColumns[set], in: columns)
            var best = key
            var column = Int(columns.first[set])
            while column >= 0 {
                let other = score(of: column, in: columns)
                if other.score > best.score { best = other }
                largestTerms = max(largestTerms, other.size)
                column = Int(columns.next[column])
            }
            largestGain = max(largestGain, best.score - key.score)
            setPrices.append(best.score)
            total.add(best.score)
            size += best.size
        }
        check.dualViolation = largestGain / largestTerms
        for row in prices.indices {
            total.add(prices[row] * master.rightHandSide[row])
            size += abs(prices[row] * master.rightHandSide[row])
        }
        bound = total.value
        return max(size, largestTerms)
    }

    /// `v − λ·A` of a column, and the size of its terms.
    private func score(of column: Int, in columns: MasterColumns) -> (score: Double, size: Double) {
        var score = columns.value(of: column)
        var size = abs(score)
        for row in prices.indices {
            let cost = prices[row] * columns.entry(row, of: column)
            score -= cost
            size += abs(cost)
        }
        return (score, size)
    }

    /// Calls with set, column and share of every column above 0.
    package func forEachShare(_ body: (_ set: Int, _ column: Int, _ weight: Double) -> Void) {
        var rest = mixed[...]
        for set in keyColumns.indices {
            if rest.first?.set != set {
                body(set, keyColumns[set], 1)
            } else {
                while let share = rest.first, share.set == set {
                    body(set, share.column, share.weight)
                    rest.removeFirst()
                }
            }
        }
    }
}
