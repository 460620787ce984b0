/// The inverse of the working basis of a generalised-upper-bound simplex, one row a basic column.
///
/// A row has as many numbers as there are coupling rows, then zeros: as long as a column with its value, so that
/// rows, columns and prices are added and multiplied lane by lane.
struct WorkingInverse: Sendable {
    typealias Lane = MasterColumns.Lane

    let size: Int
    let stride: Int
    /// `stride` lanes a row.
    private var rows: [Lane]

    init(size: Int) {
        self.size = size
        stride = MasterColumns.laneCount(size)
        rows = [Lane](repeating: .zero, count: size * stride)
    }

    /// The entry of a basic position (row) and a coupling row (column).
    @inline(__always)
    subscript(position: Int, row: Int) -> Double {
        get { rows[position * stride + row / Lane.scalarCount][row % Lane.scalarCount] }
        set { rows[position * stride + row / Lane.scalarCount][row % Lane.scalarCount] = newValue }
    }

    func lane(_ lane: Int, of position: Int) -> Lane { rows[position * stride + lane] }

    /// `result = W⁻¹ · column`; the column's value counts for nothing.
    func multiply(_ column: [Lane], into result: inout [Double]) {
        result.withUnsafeMutableBufferPointer { result in
            column.withUnsafeBufferPointer { column in
                rows.withUnsafeBufferPointer { rows in
                    for position in 0..<size {
                        let start = position &* stride
                        var sum = Lane.zero
                        for lane in 0..<stride { sum += rows[start &+ lane] * column[lane] }
                        result[position] = sum.sum()
                    }
                }
            }
        }
    }

    /// `lanes += factor · row`.
    func add(_ position: Int, times factor: Double, to lanes: inout [Lane]) {
        for lane in 0..<stride { lanes[lane] += factor * rows[position * stride + lane] }
    }

    /// The rank-one update after the column at `position` gave way to one of which `direction = W⁻¹ · column`.
    mutating func replace(_ position: Int, direction: [Double]) {
        let pivot = 1 / direction[position]
        rows.withUnsafeMutableBufferPointer { rows in
            direction.withUnsafeBufferPointer { direction in
                let own = position &* stride
                for lane in 0..<stride { rows[own &+ lane] *= pivot }
                for other in 0..<size where other != position && direction[other] != 0 {
                    let factor = direction[other]
                    let start = other &* stride
                    for lane in 0..<stride { rows[start &+ lane] -= factor * rows[own &+ lane] }
                }
            }
        }
    }

    /// Turns the sign of the basic column at `position`.
    mutating func negate(_ position: Int) {
        for lane in position * stride..<(position + 1) * stride { rows[lane] = -rows[lane] }
    }

    /// Follows a change of a set's key: the column at `position` and the key change places.
    ///
    /// The set's working columns are differences to the key. With the new key, `a_j − a_k` turns its sign and is
    /// taken from every other one, so row `j` of the inverse becomes minus the sum of the set's rows.
    mutating func exchangeKey(_ position: Int, with isMember: (Int) -> Bool) {
        for other in 0..<size where other != position && isMember(other) {
            for lane in 0..<stride { rows[position * stride + lane] += rows[other * stride + lane] }
        }
        negate(position)
    }

    /// Inverts a matrix of columns by Gauss–Jordan elimination with row interchanges. O(size³).
    ///
    /// - Parameters:
    ///   - matrix: Its rows in units near 1, one after the other; column `j` belongs to basic position `j`.
    ///   - unit: What one unit of each row is.
    /// - Returns: Positions whose columns depend on the ones before, each with a row that no other column covers;
    ///   empty where the inverse was found. With such positions the inverse is worth nothing.
    mutating func invert(_ matrix: [Double], unit: [Double]) -> [(position: Int, row: Int)] {
        var elimination = Elimination(matrix, size: size)
        let dependent = elimination.run()
        guard dependent.isEmpty else { return dependent }
        for position in 0..<size {
            for row in 0..<size { self[position, row] = elimination.inverse(position, row) / unit[row] }
        }
        return []
    }
}

/// Gauss–Jordan elimination of `(matrix | identity)`.
private struct Elimination {
    let size: Int
    private let width: Int
    private var work: [Double]
    /// The row in which each column has its pivot, −1 where it has none.
    private var pivotRow: [Int]

    /// Below this share of a unit a pivot is rounding.
    private static let threshold = 1e-11

    init(_ matrix: [Double], size: Int) {
        self.size = size
        width = 2 * size
        work = [Double](repeating: 0, count: size * width)
        pivotRow = [Int](repeating: -1, count: size)
        for row in 0..<size {
            for column in 0..<size { work[row * width + column] = matrix[row * size + column] }
            work[row * width + size + row] = 1
        }
    }

    mutating func run() -> [(position: Int, row: Int)] {
        var isUsed = [Bool](repeating: false, count: size)
        for column in 0..<size {
            var best = -1
            for row in 0..<size where !isUsed[row] {
                if best < 0 || abs(work[row * width + column]) > abs(work[best * width + column]) {
                    best = row
                }
            }
            guard best >= 0, abs(work[best * width + column]) > Self.threshold else { continue }
            isUsed[best] = true
            pivotRow[column] = best
            eliminate(column, by: best)
        }
        let missing = (0..<size).filter { pivotRow[$0] < 0 }
        return zip(missing, (0..<size).filter { !isUsed[$0] }).map { (position: $0, row: $1) }
    }

    func inverse(_ position: Int, _ row: Int) -> Double { work[pivotRow[position] * width + size + row] }

    private mutating func eliminate(_ column: Int, by pivotRow: Int) {
        let own = pivotRow * width
        let pivot = work[own + column]
        for index in 0..<width { work[own + index] /= pivot }
        for row in 0..<size where row != pivotRow && work[row * width + column] != 0 {
            let factor = work[row * width + column]
            let start = row * width
            for index in 0..<width { work[start + index] -= factor * work[own + index] }
        }
    }
}
