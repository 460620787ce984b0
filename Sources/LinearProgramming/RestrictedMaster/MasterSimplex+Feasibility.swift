// From a basis whose values fell below 0, by other right-hand sides or by rounding, to a feasible one.

extension MasterSimplex {
    var isFeasible: Bool {
        values.allSatisfy { $0 >= -Self.valueTolerance }
            && workingSet.allSatisfy { $0 < 0 || keyValues[Int($0)] >= -Self.valueTolerance }
    }

    /// Makes all values ≥ 0, up to rounding.
    ///
    /// Dual steps keep the prices near the optimum. They may fail, as the basis need not be dual feasible; then
    /// variables below 0 give way to box columns, which always ends: a box column has no wrong sign.
    ///
    /// - Parameter byDualSteps: Whether dual steps are tried.
    mutating func restoreFeasibility(byDualSteps: Bool) {
        if isFeasible { return }
        if byDualSteps {
            takeBestKeys()
            if takeDualSteps() { return }
        }
        for _ in 0...rowCount {
            turnBoxes()
            guard let position = lowestPosition(), let row = largestBoxRow(at: position) else { break }
            working[position] = .sell(row: row)
            refresh()
        }
        refresh()
    }

    // MARK: Box columns

    /// Takes, in each row whose basic box column is below 0, the other one.
    private mutating func turnBoxes() {
        for position in 0..<rowCount where values[position] < 0 {
            switch working[position] {
            case .column: continue
            case .relax(let row): working[position] = .sell(row: row)
            case .sell(let row): working[position] = .relax(row: row)
            }
            inverse.negate(position)
            values[position] = -values[position]
            updates += 1
        }
    }

    /// The position of the variable furthest below 0; a key changes places with another column of its set first.
    mutating func lowestPosition() -> Int? {
        var lowest = -Self.valueTolerance
        var found: Blocking?
        for position in 0..<rowCount {
            if values[position] < lowest {
                lowest = values[position]
                found = .working(position: position)
            }
            let set = Int(workingSet[position])
            if set >= 0, keyValues[set] < lowest {
                lowest = keyValues[set]
                found = .key(set: set)
            }
        }
        switch found {
        case nil: return nil
        case .working(let position): return position
        case .key(let set):
            guard let position = largestPosition(of: set) else { return nil }
            exchangeKey(of: set, with: position, enteringSet: -1)
            return position
        }
    }

    /// The row whose box column replaces the one at `position` with the largest pivot.
    private func largestBoxRow(at position: Int) -> Int? {
        var best: Int?
        var largest = 0.0
        for row in 0..<rowCount {
            let pivot = abs(inverse[position, row] * unit[row])
            if pivot > largest, !working.contains(.sell(row: row)), !working.contains(.relax(row: row)) {
                largest = pivot
                best = row
            }
        }
        return best
    }
}
