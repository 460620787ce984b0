/// How far a point and its prices are from proving each other optimal, recomputed from the program alone.
///
/// Every figure is relative, so that it does not depend on units: a row's violation is taken against the largest
/// magnitude in that row, a column's dual violation against the largest in its reduced cost, and the gap and the
/// complementary slackness against the objective. For the theory see any text on linear programming duality, such
/// as V. Chvátal, Linear Programming (1983), chapter 5.
public struct Certificate: Equatable, Sendable {
    /// By how much the worst row or column bound is overstepped.
    public var primalViolation: Double
    /// By how much the worst reduced cost or dual value has the wrong sign where no bound stands behind it.
    public var dualViolation: Double
    /// `Σ |slack · dual|` over rows and columns.
    public var complementarySlackness: Double
    /// Objective of the point against the bound that the duals prove.
    public var dualityGap: Double

    public init(
        primalViolation: Double, dualViolation: Double, complementarySlackness: Double, dualityGap: Double
    ) {
        self.primalViolation = primalViolation
        self.dualViolation = dualViolation
        self.complementarySlackness = complementarySlackness
        self.dualityGap = dualityGap
    }

    public var worst: Double { max(primalViolation, dualViolation, complementarySlackness, dualityGap) }

    public func holds(within tolerance: Double = 1e-6) -> Bool {
        // Each by itself: a NaN is below no tolerance, but may be lost in a maximum.
        primalViolation <= tolerance && dualViolation <= tolerance && complementarySlackness <= tolerance
            && dualityGap <= tolerance
    }
}

extension Certificate {
    /// Checks a solution against its program. O(entries), and no number of the solver is used but the point and
    /// the row duals.
    public init(of solution: Solution, for program: LinearProgram) {
        var check = Check(program: program, solution: solution)
        check.addColumns()
        check.addRows()
        self = check.certificate
    }
}

/// Sums up residuals, one row or column after the other.
private struct Check {
    let program: LinearProgram
    let point: [Double]
    let duals: [Double]
    /// +1 when maximising, -1 when minimising: with it duals of upper bounds are ≥ 0.
    let sign: Double
    private let sizes: Sizes
    private var primalViolation = 0.0
    private var dualViolation = 0.0
    private var slackness = 0.0
    private var dualObjective: Double
    private var magnitude: Double
    /// What the objective comes to if every column is as large as it is expected to be.
    private var possible = 0.0

    init(program: LinearProgram, solution: Solution) {
        self.program = program
        point = solution.columnValues
        duals = solution.rowDuals
        sign = program.sense == .maximize ? 1 : -1
        sizes = Sizes(program: program, point: point, duals: duals)
        dualObjective = program.objectiveConstant
        magnitude = abs(program.objectiveConstant)
    }

    /// Columns: bounds, and the sign of `c − yᵀA`.
    mutating func addColumns() {
        var reduced = program.objective
        for row in 0..<program.rowCount where duals[row] != 0 {
            for entry in program.entryRange(of: row) {
                reduced[Int(program.entryColumn[entry])] -= duals[row] * program.entryValue[entry]
            }
        }
        for column in 0..<program.columnCount {
            magnitude += abs(program.objective[column] * point[column])
            possible += abs(program.objective[column]) * program.columnMagnitude[column]
            add(
                value: point[column], size: sizes.column[column],
                price: reduced[column], priceSize: sizes.columnPrice[column],
                lower: program.columnLower[column], upper: program.columnUpper[column])
        }
    }

    /// Rows: activity within bounds, and the sign of the dual.
    mutating func addRows() {
        for row in 0..<program.rowCount {
            var activity = 0.0
            for entry in program.entryRange(of: row) {
                activity += program.entryValue[entry] * point[Int(program.entryColumn[entry])]
            }
            add(
                value: activity, size: sizes.row[row], price: duals[row], priceSize: sizes.rowPrice[row],
                lower: program.rowLower[row], upper: program.rowUpper[row])
        }
    }

    /// One quantity between bounds, with what one more unit of it is worth.
    private mutating func add(
        value: Double, size: Double, price: Double, priceSize: Double, lower: Double, upper: Double
    ) {
        guard value.isFinite, price.isFinite else {
            primalViolation = .infinity
            return
        }
        let overstep = max(lower - value, value - upper, 0)
        if overstep > 0 {
            let bound = value < lower ? lower : upper
            primalViolation = max(primalViolation, overstep / max(size, abs(bound)))
        }
        let bound = sign * price > 0 ? upper : lower
        if bound.isFinite {
            dualObjective += price * bound
            magnitude += abs(price * bound)
            slackness += abs(price * (bound - value))
        } else if price != 0 {
            dualViolation = max(dualViolation, abs(price) / priceSize)
            dualObjective += price * value
            slackness += abs(price * value)
        }
    }

    var certificate: Certificate {
        let primal = program.objectiveValue(at: point)
        // An objective near 0 is a difference of large sums, and no more exact than they are; where all of them are
        // 0 but for rounding, a millionth of what they could be counts.
        let scale = max(
            abs(primal), abs(dualObjective), 1e-3 * magnitude, 1e-6 * possible, .leastNormalMagnitude)
        return Certificate(
            primalViolation: primalViolation, dualViolation: dualViolation,
            complementarySlackness: slackness / scale, dualityGap: abs(dualObjective - primal) / scale)
    }
}

/// The magnitudes that residuals are measured against: a value's own, and those of the terms it is a sum of.
///
/// Where all of these are 0 but for rounding, the program's own word on the size of its columns counts, a
/// ten-thousandth of it: solvers hold values near 0 to a share of their scale.
private struct Sizes {
    var row: [Double]
    var column: [Double]
    var rowPrice: [Double]
    var columnPrice: [Double]

    private static let trifle = 1e-4

    init(program: LinearProgram, point: [Double], duals: [Double]) {
        let expected = program.columnMagnitude
        let objective = zip(program.objective, expected).reduce(0) { max($0, abs($1.0 * $1.1)) }
        column = zip(point, expected).map { max(abs($0), Self.trifle * $1) }
        columnPrice = zip(program.objective, expected).map { max(abs($0), Self.trifle * objective / $1) }
        rowPrice = duals.map { abs($0) }
        row = [Double](repeating: 0, count: program.rowCount)
        var expectedRow = row
        program.forEachEntry { row, column, value in
            self.row[row] = max(self.row[row], value * abs(point[column]))
            expectedRow[row] = max(expectedRow[row], value * expected[column])
            columnPrice[column] = max(columnPrice[column], value * abs(duals[row]))
        }
        for index in row.indices {
            row[index] = max(row[index], Self.trifle * expectedRow[index], .leastNormalMagnitude)
            let price = expectedRow[index] > 0 ? Self.trifle * objective / expectedRow[index] : 0
            rowPrice[index] = max(rowPrice[index], price, .leastNormalMagnitude)
        }
        for index in columnPrice.indices {
            columnPrice[index] = max(columnPrice[index], .leastNormalMagnitude)
        }
    }
}

extension LinearProgram {
    fileprivate func entryRange(of row: Int) -> Range<Int> { Int(rowStart[row])..<Int(rowStart[row + 1]) }

    /// Calls with row, column and magnitude of every entry.
    fileprivate func forEachEntry(_ body: (Int, Int, Double) -> Void) {
        for row in 0..<rowCount {
            for entry in entryRange(of: row) { body(row, Int(entryColumn[entry]), abs(entryValue[entry])) }
        }
    }
}
