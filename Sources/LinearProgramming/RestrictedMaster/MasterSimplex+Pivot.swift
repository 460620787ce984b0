// A step: how far the entering variable grows, and which one leaves for it.

extension MasterSimplex {
    /// What stops the entering variable.
    enum Blocking {
        case working(position: Int)
        case key(set: Int)
    }

    /// Lets a variable enter, if it is worth it.
    ///
    /// - Returns: Whether a step was made. If not, what made the variable look profitable was rounding.
    @discardableResult
    mutating func enter(_ variable: MasterVariable) -> Bool {
        load(variable)
        inverse.multiply(entering, into: &direction)
        var profit = enteringValue
        var size = abs(profit)
        for position in 0..<rowCount {
            profit -= costs[position] * direction[position]
            size += abs(costs[position] * direction[position])
        }
        let set = set(of: variable)
        gatherKeyRates(enteringSet: set)
        guard profit > Self.profitTolerance * size, let (blocking, length) = nearestBlock(enteringSet: set)
        else {
            clearKeyRates(enteringSet: set)
            if updates > 0 { refresh() }
            return false
        }
        move(length, enteringSet: set)
        pivot(variable, profit: profit, length: length, at: blocking)
        finishStep(length)
        return true
    }

    private mutating func finishStep(_ length: Double) {
        steps += 1
        isFresh = false
        if followsLowestIndex { lowestIndexSteps += 1 }
        if updates >= Self.updateLimit { refresh() }
        if length > 1e-12 {
            idleSteps = 0
            followsLowestIndex = false
        } else {
            idleSteps += 1
            if idleSteps > settings.idleLimit && !followsLowestIndex { leaveVertex() }
        }
    }

    // MARK: Ratio test

    /// Fills `keyRates` for the sets that a step along `direction` moves.
    mutating func gatherKeyRates(enteringSet: Int32) {
        if enteringSet >= 0 { keyRates[Int(enteringSet)] += 1 }
        for position in 0..<rowCount where workingSet[position] >= 0 {
            keyRates[Int(workingSet[position])] -= direction[position]
        }
    }

    private mutating func clearKeyRates(enteringSet: Int32) {
        if enteringSet >= 0 { keyRates[Int(enteringSet)] = 0 }
        for set in workingSet where set >= 0 { keyRates[Int(set)] = 0 }
    }

    /// The variable that reaches 0 first, among nearly equal ones the one that falls fastest, and the step's length.
    ///
    /// Two passes: P. M. J. Harris, Pivot selection methods of the Devex LP code, Mathematical Programming 5 (1973).
    private func nearestBlock(enteringSet: Int32) -> (Blocking, Double)? {
        let slack = followsLowestIndex ? 1e-14 : 1e-12
        var limit = Double.infinity
        var fastest = 0.0
        forEachRate(enteringSet: enteringSet) { _, _, rate in fastest = max(fastest, abs(rate)) }
        let threshold = 1e-9 * fastest
        forEachRate(enteringSet: enteringSet) { _, value, rate in
            if rate > threshold { limit = min(limit, (max(value, 0) + slack) / rate) }
        }
        var best: (block: Blocking, rate: Double, length: Double)?
        forEachRate(enteringSet: enteringSet) { block, value, rate in
            guard rate > threshold, value <= limit * rate else { return }
            if let best {
                let isBetter =
                    followsLowestIndex ? index(of: block) < index(of: best.block) : rate > best.rate
                guard isBetter else { return }
            }
            best = (block, rate, max(value, 0) / rate)
        }
        return best.map { ($0.block, $0.length) }
    }

    /// Calls with every basic variable that a step may move, its value, and how fast it shrinks. Keys of sets with
    /// several working columns come several times.
    @inline(__always)
    private func forEachRate(enteringSet: Int32, _ body: (Blocking, Double, Double) -> Void) {
        for position in 0..<rowCount {
            body(.working(position: position), values[position], direction[position])
            let set = Int(workingSet[position])
            if set >= 0 { body(.key(set: set), keyValues[set], keyRates[set]) }
        }
        let set = Int(enteringSet)
        if set >= 0 { body(.key(set: set), keyValues[set], keyRates[set]) }
    }

    /// The order of Bland's rule: columns, then box columns.
    private func index(of block: Blocking) -> Int {
        switch block {
        case .key(let set): return Int(keys[set])
        case .working(let position):
            switch working[position] {
            case .column(let column): return column
            case .relax(let row): return columns.placeCount + 2 * row
            case .sell(let row): return columns.placeCount + 2 * row + 1
            }
        }
    }

    // MARK: Moving

    /// Moves all basic variables by a step along `direction`, and clears `keyRates`.
    mutating func move(_ length: Double, enteringSet: Int32) {
        for position in 0..<rowCount {
            values[position] -= length * direction[position]
            let set = Int(workingSet[position])
            if set >= 0 {
                keyValues[set] -= length * keyRates[set]
                keyRates[set] = 0
            }
        }
        let set = Int(enteringSet)
        if set >= 0 {
            keyValues[set] -= length * keyRates[set]
            keyRates[set] = 0
        }
    }

    /// Puts the entering variable in the place of the one that stopped it.
    mutating func pivot(
        _ variable: MasterVariable, profit: Double, length: Double, at blocking: Blocking
    ) {
        switch blocking {
        case .working(let position):
            replace(position, by: variable, profit: profit, length: length)
        case .key(let set):
            if let position = largestPosition(of: set) {
                exchangeKey(of: set, with: position, enteringSet: self.set(of: variable))
                replace(position, by: variable, profit: profit, length: length)
            } else if case .column(let column) = variable {
                // The set moves as a whole: no working column belongs to it, so inverse and prices stay.
                setKey(of: set, to: column)
                keyValues[set] = 1
            }
        }
    }

    /// The position of a set's largest working column.
    func largestPosition(of set: Int) -> Int? {
        var best: Int?
        for position in 0..<rowCount where workingSet[position] == Int32(set) {
            if best.map({ values[position] > values[$0] }) ?? true { best = position }
        }
        return best
    }

    /// Makes the largest column of a set its key, if it is not.
    mutating func makeLargestKey(of set: Int) {
        guard let position = largestPosition(of: set), values[position] > keyValues[set] else { return }
        exchangeKey(of: set, with: position, enteringSet: -1)
    }

    /// Makes a working column the key of its set, and the key a working column in its place.
    mutating func exchangeKey(of set: Int, with position: Int, enteringSet: Int32) {
        guard case .column(let column) = working[position] else {
            preconditionFailure("a box column has no set")
        }
        let key = Int(keys[set])
        var sum = Int(enteringSet) == set ? 1.0 : 0
        for other in 0..<rowCount where workingSet[other] == Int32(set) {
            sum -= direction[other]
            if other != position { costs[other] -= costs[position] }
        }
        direction[position] = sum
        costs[position] = -costs[position]
        inverse.exchangeKey(position) { workingSet[$0] == Int32(set) }
        setKey(of: set, to: column)
        working[position] = .column(key)
        swap(&values[position], &keyValues[set])
        updates += 1
    }

    mutating func setKey(of set: Int, to column: Int) {
        let key = Int(keys[set])
        for row in 0..<rowCount {
            remaining[row].add(columns.entry(row, of: key))
            remaining[row].add(-columns.entry(row, of: column))
        }
        keys[set] = Int32(column)
    }

    private mutating func replace(
        _ position: Int, by variable: MasterVariable, profit: Double, length: Double
    ) {
        inverse.add(position, times: -profit / direction[position], to: &prices)
        inverse.replace(position, direction: direction)
        let left = workingSet[position]
        working[position] = variable
        workingSet[position] = set(of: variable)
        values[position] = length
        load(variable)
        costs[position] = enteringValue
        if left >= 0, !workingSet.contains(left) { keyValues[Int(left)] = 1 }
        updates += 1
    }
}
