// Which variable enters.

extension MasterSimplex {
    /// A column that would raise the objective, by `profit` a unit.
    struct Candidate {
        var set: Int
        var profit: Double
    }

    /// Primal steps until no variable is worth entering.
    ///
    /// Sets are priced in portions. The best columns of a portion enter one after the other, best first, each priced
    /// again before: most of them only move a set from one column to another, which leaves all prices as they are.
    ///
    /// - Returns: Whether it came to an end within the limit; otherwise the basis is feasible.
    mutating func climb(stepLimit: Int) -> Bool {
        let portion = max(32, keys.count / 16)
        var start = 0
        var quiet = 0
        while steps < stepLimit && lowestIndexSteps < lowestIndexLimit {
            let before = (steps, refreshes)
            if followsLowestIndex {
                if enterLowestIndex() { continue }
                quiet = keys.count
            } else {
                enterBoxes()
                let end = min(start + portion, keys.count)
                enterBest(of: start..<end, stepLimit: stepLimit)
                quiet += end - start
                start = end < keys.count ? end : 0
            }
            if before != (steps, refreshes) {
                quiet = 0
            } else if quiet >= keys.count {
                if isFresh { return true }
                refresh()
                if !isFeasible { return true }
                quiet = 0
            }
        }
        return false
    }

    private var lowestIndexLimit: Int { 1000 + 50 * rowCount }

    private mutating func enterBest(of sets: Range<Int>, stepLimit: Int) {
        candidates.removeAll(keepingCapacity: true)
        for set in sets { candidates.append(Candidate(set: set, profit: 0)) }
        var before = -1
        while steps > before, steps < stepLimit {
            before = steps
            priceCandidates()
            for index in candidates.indices where steps < stepLimit {
                if let best = bestColumn(of: candidates[index].set) { enter(.column(best.column)) }
            }
            enterBoxes()
        }
    }

    /// Leaves the candidates that are worth entering, best first.
    private mutating func priceCandidates() {
        var count = 0
        for index in candidates.indices {
            let set = candidates[index].set
            guard let best = bestColumn(of: set) else { continue }
            candidates[count] = Candidate(set: set, profit: best.profit)
            count += 1
        }
        candidates.removeLast(candidates.count - count)
        candidates.sort { ($0.profit, $1.set) > ($1.profit, $0.set) }
    }

    /// The column of a set that gains most over its key, if its gain is more than rounding.
    func bestColumn(of set: Int) -> (column: Int, profit: Double)? {
        let key = Int(keys[set])
        let keyScore = columns.product(prices, key)
        var best = key
        var bestScore = keyScore
        var column = Int(columns.first[set])
        while column >= 0 {
            let score = columns.product(prices, column)
            if score > bestScore {
                best = column
                bestScore = score
            }
            column = Int(columns.next[column])
        }
        guard best != key else { return nil }
        let profit = bestScore - keyScore
        let size = columns.magnitude(prices, best) + columns.magnitude(prices, key)
        return profit > Self.profitTolerance * size ? (best, profit) : nil
    }

    private mutating func enterBoxes() {
        for row in 0..<rowCount {
            if let box = profitableBox(of: row) { enter(box) }
        }
    }

    /// The box column of a row whose price lies outside the box.
    private func profitableBox(of row: Int) -> MasterVariable? {
        let price = price(of: row)
        guard price < lower[row] || price > upper[row] else { return nil }
        let bound = price < lower[row] ? lower[row] : upper[row]
        guard abs(price - bound) > Self.profitTolerance * (abs(bound) + priceSize(of: row)) else {
            return nil
        }
        let box = price < lower[row] ? MasterVariable.sell(row: row) : .relax(row: row)
        return working.contains(box) ? nil : box
    }

    /// Enters the first variable that is worth it. O(columns · rows).
    ///
    /// R. G. Bland, New finite pivoting rules for the simplex method, Mathematics of Operations Research 2 (1977).
    private mutating func enterLowestIndex() -> Bool {
        for column in 0..<columns.placeCount where columns.setOfColumn[column] >= 0 {
            let key = Int(keys[Int(columns.setOfColumn[column])])
            let profit = columns.product(prices, column) - columns.product(prices, key)
            guard profit > 0 else { continue }
            let size = columns.magnitude(prices, column) + columns.magnitude(prices, key)
            if profit > Self.profitTolerance * size && enter(.column(column)) { return true }
        }
        for row in 0..<rowCount {
            if let box = profitableBox(of: row), enter(box) { return true }
        }
        return false
    }

    /// `λ` of a row.
    @inline(__always)
    func price(of row: Int) -> Double { -prices[row / Lane.scalarCount][row % Lane.scalarCount] }

    /// The size of the terms that a price is a sum of.
    private func priceSize(of row: Int) -> Double {
        var size = 0.0
        for position in 0..<rowCount { size += abs(costs[position] * inverse[position, row]) }
        return size
    }
}

// A variable's numbers in the working basis.
extension MasterSimplex {
    func set(of variable: MasterVariable) -> Int32 {
        if case .column(let column) = variable { columns.setOfColumn[column] } else { -1 }
    }

    /// Writes a variable's column and value, less its key's, to `entering`.
    mutating func load(_ variable: MasterVariable) {
        switch variable {
        case .column(let column):
            let key = Int(keys[Int(columns.setOfColumn[column])])
            for lane in 0..<columns.stride {
                entering[lane] =
                    columns.lanes[column * columns.stride + lane] - columns.lanes[key * columns.stride + lane]
            }
        case .relax(let row): loadBox(row, sign: -1, value: -upper[row])
        case .sell(let row): loadBox(row, sign: 1, value: lower[row])
        }
    }

    private mutating func loadBox(_ row: Int, sign: Double, value: Double) {
        for lane in entering.indices { entering[lane] = .zero }
        entering[row / Lane.scalarCount][row % Lane.scalarCount] = sign * unit[row]
        entering[rowCount / Lane.scalarCount][rowCount % Lane.scalarCount] = value * unit[row]
    }

    @inline(__always)
    func enteringEntry(_ row: Int) -> Double { entering[row / Lane.scalarCount][row % Lane.scalarCount] }
    var enteringValue: Double { enteringEntry(rowCount) }
    /// The entering variable's reduced profit at the current prices.
    var enteringScore: Double {
        var sum = Lane.zero
        for lane in entering.indices { sum += prices[lane] * entering[lane] }
        return sum.sum()
    }
}
