/// Columns of a program whose columns fall into sets: for each column its entries in the coupling rows, then its
/// value, in one contiguous buffer.
///
/// With weights `(−λ, 1)` the product of weights and column is `v − λ·A`, the column's *score*. The columns of a set
/// are a linked list, the newest first; a removed column leaves its place to a later one, so indices never move, and
/// one that is set aside is in no list until it is taken back.
struct MasterColumns: Sendable {
    typealias Lane = SIMD4<Double>

    let rowCount: Int
    /// Lanes a column: `rowCount` entries, the value, zeros up to a whole lane.
    let stride: Int
    /// `stride` lanes a column.
    private(set) var lanes: [Lane] = []
    /// The set of each column; −1 where the place is free.
    private(set) var setOfColumn: [Int32] = []
    /// The newest column of each set.
    private(set) var first: [Int32] = []
    /// The column of the same set that was added before, −1 for the set's first one.
    private(set) var next: [Int32] = []
    private var freePlaces: [Int32] = []
    /// `Σ |entry|` and the number of entries that are not 0, for each row, over all columns ever added.
    private var entrySum: [Double]
    private var entryCount: [Double]

    init(rowCount: Int) {
        self.rowCount = rowCount
        stride = Self.laneCount(rowCount)
        entrySum = [Double](repeating: 0, count: rowCount)
        entryCount = entrySum
    }

    static func laneCount(_ rowCount: Int) -> Int { (rowCount + 1 + Lane.scalarCount - 1) / Lane.scalarCount }

    var setCount: Int { first.count }
    /// Places of columns, used or free.
    var placeCount: Int { setOfColumn.count }

    func value(of column: Int) -> Double { number(rowCount, of: column) }
    func entry(_ row: Int, of column: Int) -> Double { number(row, of: column) }

    @inline(__always)
    private func number(_ index: Int, of column: Int) -> Double {
        lanes[column * stride + index / Lane.scalarCount][index % Lane.scalarCount]
    }

    /// The column that a set has had for longest. O(columns of the set).
    func oldest(of set: Int) -> Int32 {
        var column = first[set]
        while next[Int(column)] >= 0 { column = next[Int(column)] }
        return column
    }

    /// Opens a set that has no column yet.
    mutating func addSet() -> Int {
        first.append(-1)
        return first.count - 1
    }

    /// O(rows).
    mutating func add(to set: Int, value: Double, entries: some Collection<Double>) -> Int {
        precondition(entries.count == rowCount, "a column needs \(rowCount) entries, not \(entries.count)")
        precondition(value.isFinite && entries.allSatisfy(\.isFinite), "a column's numbers must be finite")
        let column = newPlace()
        for (row, entry) in entries.enumerated() {
            setNumber(row, of: column, to: entry)
            entrySum[row] += abs(entry)
            entryCount[row] += entry == 0 ? 0 : 1
        }
        setNumber(rowCount, of: column, to: value)
        setOfColumn[column] = Int32(set)
        next[column] = first[set]
        first[set] = Int32(column)
        return column
    }

    /// Adds a multiple of a row's entries to those of another row. O(columns).
    mutating func add(_ row: Int, times factor: Double, to other: Int) {
        for column in setOfColumn.indices where setOfColumn[column] >= 0 {
            setNumber(other, of: column, to: entry(other, of: column) + factor * entry(row, of: column))
        }
    }

    /// Takes out every column that `isRemoved` names. O(columns).
    mutating func remove(where isRemoved: (_ column: Int) -> Bool) {
        for set in first.indices {
            var kept: Int32 = -1
            var column = first[set]
            while column >= 0 {
                let following = next[Int(column)]
                if isRemoved(Int(column)) {
                    if kept < 0 { first[set] = following } else { next[Int(kept)] = following }
                    setOfColumn[Int(column)] = -1
                    freePlaces.append(column)
                } else {
                    kept = column
                }
                column = following
            }
        }
    }

    /// Takes back the columns that `isTaken` names, and sets aside all others. O(columns).
    mutating func setAside(except isTaken: (_ column: Int) -> Bool) {
        for set in first.indices { first[set] = -1 }
        for column in setOfColumn.indices where setOfColumn[column] >= 0 && isTaken(column) {
            let set = Int(setOfColumn[column])
            next[column] = first[set]
            first[set] = Int32(column)
        }
    }

    /// A power of two near the mean magnitude of a row's entries: the unit in which its right-hand side is counted.
    func unit(of row: Int, rightHandSide: Double) -> Double {
        let size = entryCount[row] > 0 ? entrySum[row] / entryCount[row] : abs(rightHandSide)
        guard size.isNormal else { return 1 }
        return Double(sign: .plus, exponent: size.exponent, significand: 1)
    }

    /// `(−λ, 1)`, filled up to whole lanes.
    func weights(scoringAt prices: [Double]) -> [Lane] {
        var weights = [Lane](repeating: .zero, count: stride)
        for (row, price) in prices.enumerated() {
            weights[row / Lane.scalarCount][row % Lane.scalarCount] = -price
        }
        weights[rowCount / Lane.scalarCount][rowCount % Lane.scalarCount] = 1
        return weights
    }

    /// `weights · column`, values included.
    @inline(__always)
    func product(_ weights: [Lane], _ column: Int) -> Double {
        weights.withUnsafeBufferPointer { weights in
            lanes.withUnsafeBufferPointer { lanes in
                let start = column &* stride
                var sum = Lane.zero
                for lane in 0..<stride { sum += weights[lane] * lanes[start &+ lane] }
                return sum.sum()
            }
        }
    }

    /// `Σ |weight| · |number|`: the size of the terms that `product` is a sum of.
    func magnitude(_ weights: [Lane], _ column: Int) -> Double {
        var sum = Lane.zero
        for lane in 0..<stride {
            let terms = weights[lane] * lanes[column * stride + lane]
            sum += terms.replacing(with: -terms, where: terms .< 0)
        }
        return sum.sum()
    }

    private mutating func newPlace() -> Int {
        if let place = freePlaces.popLast() { return Int(place) }
        precondition(setOfColumn.count < Int32.max, "too many columns")
        lanes.append(contentsOf: repeatElement(.zero, count: stride))
        setOfColumn.append(-1)
        next.append(-1)
        return setOfColumn.count - 1
    }

    private mutating func setNumber(_ index: Int, of column: Int, to number: Double) {
        lanes[column * stride + index / Lane.scalarCount][index % Lane.scalarCount] = number
    }
}
