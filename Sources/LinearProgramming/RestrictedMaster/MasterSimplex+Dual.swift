// Dual steps: from prices at which all columns are priced out, but values are below 0, to feasible values.

extension MasterSimplex {
    /// Where, as the prices move, a column begins to score more than the one its set has taken.
    struct Breakpoint {
        var variable: MasterVariable
        var set: Int
        /// How far the prices have moved by then.
        var ratio: Double
        /// What the leaving variable gains from a unit of this one.
        var rate: Double

        static func isBefore(_ left: Breakpoint, _ right: Breakpoint) -> Bool {
            (left.ratio, left.rate, left.set) < (right.ratio, right.rate, right.set)
        }
    }

    /// Lets every set without working columns take the column that scores most at the current prices.
    mutating func takeBestKeys() {
        for set in workingSet where set >= 0 { isMixed[Int(set)] = true }
        for set in keys.indices where !isMixed[set] {
            if let best = bestColumn(of: set) { setKey(of: set, to: best.column) }
        }
        for set in workingSet where set >= 0 { isMixed[Int(set)] = false }
        refresh()
    }

    /// Dual steps until all values are ≥ 0. A step is O(columns · rows).
    ///
    /// - Returns: Whether that was reached.
    mutating func takeDualSteps() -> Bool {
        for _ in 0..<50 + 20 * rowCount {
            guard let position = lowestPosition() else { return true }
            guard let variable = dualEntering(at: position) else { break }
            load(variable)
            inverse.multiply(entering, into: &direction)
            guard direction[position] < -1e-9 else { break }
            let profit = enteringScore
            let length = values[position] / direction[position]
            let set = set(of: variable)
            gatherKeyRates(enteringSet: set)
            move(length, enteringSet: set)
            pivot(variable, profit: profit, length: length, at: .working(position: position))
            steps += 1
            isFresh = false
            if updates >= Self.updateLimit { refresh() }
        }
        refresh()
        return isFeasible
    }

    /// The variable that enters for the one at `position`, which is below 0.
    ///
    /// The prices move until that variable is worth 0. On the way a set without working columns changes from one
    /// column to the next, which is all that a breakpoint of it comes to as long as the variable stays below 0; so a
    /// step is a whole line search: the *long step* of the bounded dual simplex, where a set's change takes the place
    /// of a flipped bound. I. Maros, A generalized dual phase-2 simplex algorithm, European Journal of Operational
    /// Research 149 (2003).
    private mutating func dualEntering(at position: Int) -> MasterVariable? {
        for lane in rowLanes.indices { rowLanes[lane] = inverse.lane(lane, of: position) }
        let stop = gatherBreakpoints(position)
        breakpoints.sort(by: Breakpoint.isBefore)
        var missing = -values[position]
        var next = breakpoints.startIndex
        var hasMoved = false
        defer { if hasMoved { refineValues() } }
        while next < breakpoints.endIndex || !furtherBreakpoints.isEmpty {
            let breakpoint = takeBreakpoint(&next)
            if let stop, Breakpoint.isBefore(stop, breakpoint) { break }
            guard case .column(let column) = breakpoint.variable, missing > breakpoint.rate else {
                return breakpoint.variable
            }
            missing -= breakpoint.rate
            hasMoved = true
            setKey(of: breakpoint.set, to: column)
            if let further = nextBreakpoint(of: breakpoint.set), further.ratio <= stop?.ratio ?? .infinity {
                insert(further)
            }
        }
        return stop?.variable
    }

    /// The first breakpoint of every set that can pass it, as far as the first one that nothing passes.
    ///
    /// - Returns: That one: of a box column, or of a set with working columns.
    private mutating func gatherBreakpoints(_ position: Int) -> Breakpoint? {
        breakpoints.removeAll(keepingCapacity: true)
        furtherBreakpoints.removeAll(keepingCapacity: true)
        var stop: Breakpoint?
        func consider(_ breakpoint: Breakpoint?) {
            guard let breakpoint else { return }
            if let current = stop {
                let isNearer =
                    breakpoint.ratio < current.ratio
                    || (breakpoint.ratio == current.ratio && breakpoint.rate > current.rate)
                guard isNearer else { return }
            }
            stop = breakpoint
        }
        for row in 0..<rowCount {
            for box in [MasterVariable.sell(row: row), .relax(row: row)] {
                consider(breakpoint(of: box, row: row, at: position))
            }
        }
        for set in workingSet where set >= 0 && !isMixed[Int(set)] {
            isMixed[Int(set)] = true
            consider(nextBreakpoint(of: Int(set)))
        }
        for set in keys.indices where !isMixed[set] {
            guard let breakpoint = nextBreakpoint(of: set) else { continue }
            if breakpoint.ratio <= stop?.ratio ?? .infinity { breakpoints.append(breakpoint) }
        }
        for set in workingSet where set >= 0 { isMixed[Int(set)] = false }
        return stop
    }

    private func breakpoint(of box: MasterVariable, row: Int, at position: Int) -> Breakpoint? {
        let isSelling = box == .sell(row: row)
        let rate = inverse[position, row] * unit[row] * (isSelling ? -1 : 1)
        guard rate > 1e-9 else { return nil }
        let loss = isSelling ? price(of: row) - lower[row] : upper[row] - price(of: row)
        return Breakpoint(variable: box, set: -1, ratio: max(loss, 0) * unit[row] / rate, rate: rate)
    }

    /// The first breakpoint of a set behind the one that made its key what it is.
    private func nextBreakpoint(of set: Int) -> Breakpoint? {
        let key = Int(keys[set])
        let keyScore = columns.product(prices, key)
        let keyRate = columns.product(rowLanes, key)
        var best: (column: Int, ratio: Double, rate: Double)?
        var column = Int(columns.first[set])
        while column >= 0 {
            let rate = keyRate - columns.product(rowLanes, column)
            if rate > 1e-9 {
                let ratio = max(keyScore - columns.product(prices, column), 0) / rate
                if best.map({ ratio < $0.ratio || (ratio == $0.ratio && rate > $0.rate) }) ?? true {
                    best = (column, ratio, rate)
                }
            }
            column = Int(columns.next[column])
        }
        return best.map { Breakpoint(variable: .column($0.column), set: set, ratio: $0.ratio, rate: $0.rate) }
    }

    /// The nearest breakpoint of those not passed yet.
    private mutating func takeBreakpoint(_ next: inout Int) -> Breakpoint {
        if let further = furtherBreakpoints.last,
            next == breakpoints.endIndex || Breakpoint.isBefore(further, breakpoints[next])
        {
            return furtherBreakpoints.removeLast()
        }
        defer { next += 1 }
        return breakpoints[next]
    }

    /// Keeps `furtherBreakpoints` in descending order.
    private mutating func insert(_ breakpoint: Breakpoint) {
        var low = furtherBreakpoints.startIndex
        var high = furtherBreakpoints.endIndex
        while low < high {
            let middle = (low + high) / 2
            if Breakpoint.isBefore(breakpoint, furtherBreakpoints[middle]) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        furtherBreakpoints.insert(breakpoint, at: low)
    }
}
