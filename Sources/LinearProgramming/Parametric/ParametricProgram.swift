/// A linear program of which some rows' bounds move with one amount.
public struct ParametricProgram: Sendable {
    /// A row with one bound, which is `offset + rate · amount`.
    public struct MovingRow: Equatable, Sendable {
        public var row: LinearProgram.Row
        public var offset: Double
        public var rate: Double

        public init(row: LinearProgram.Row, offset: Double = 0, rate: Double) {
            self.row = row
            self.offset = offset
            self.rate = rate
        }

        /// A rate of 0 holds the bound wherever the amount goes, to infinity too.
        public func bound(at amount: Double) -> Double { rate == 0 ? offset : offset + rate * amount }
    }

    /// Its moving rows' bounds stand at some amount.
    public let program: LinearProgram
    /// Each row once.
    public let moving: [MovingRow]

    /// - Precondition: The program has no whole numbers, and every moving row one bound.
    public init(_ program: LinearProgram, moving: [MovingRow]) {
        precondition(
            !program.hasIntegers, "with whole numbers the optimum is no concave function of an amount")
        for row in moving {
            let bounds = [program.rowLower[row.row.index], program.rowUpper[row.row.index]]
            precondition(bounds.count(where: \.isFinite) == 1, "a moving row has one bound, not \(bounds)")
        }
        self.program = program
        self.moving = moving
    }

    /// Whether a lower bound rises with the amount: then no solution holds every amount.
    public var hasRisingFloor: Bool {
        moving.contains { $0.rate > 0 && program.rowLower[$0.row.index] > -.infinity }
    }

    /// The program at an amount. At infinity bounds that rise with it are none. O(rows).
    public func program(at amount: Double) -> LinearProgram {
        var program = program
        for row in moving { program.setBound(of: row.row, to: row.bound(at: amount)) }
        return program
    }

    /// What one more unit of the amount adds to the objective, by the duals of an optimum.
    public func slope(at solution: Solution) -> Double {
        moving.reduce(0) { $0 + ($1.rate == 0 ? 0 : $1.rate * solution.dual(of: $1.row)) }
    }

    /// The smallest amount whose rising bounds a point holds.
    func leastAmount(at point: [Double]) -> Double {
        moving.reduce(-.infinity) { least, moved in
            guard moved.rate > 0 else { return least }
            let activity = program.entries(of: moved.row).reduce(0) { $0 + $1.value * point[$1.column.index] }
            return max(least, (activity - moved.offset) / moved.rate)
        }
    }

    /// The program with the amount as its last column, whose bounds are those given: for the least or largest amount
    /// that has a solution.
    public func withAmountAsColumn(
        in range: ClosedRange<Double>, magnitude: Double
    ) -> (program: LinearProgram, amount: LinearProgram.Column) {
        var program = program(at: 0)
        let column = program.addColumn(
            "amount", lower: range.lowerBound, upper: range.upperBound, magnitude: magnitude)
        program.addTerms(column, moving.map { ($0.row, -$0.rate) })
        return (program, column)
    }
}

/// The optimum at one amount, and how far its basis holds.
public struct ParametricPoint: Sendable {
    public var amount: Double
    public var result: SolverResult
    /// Amounts at which the same basis is optimal, where the solver can tell: the duals are then the same, and the
    /// point moves along `direction`. The amount alone where it cannot.
    public var range: ClosedRange<Double>
    /// Change of every column's value per unit of the amount; empty where nothing is known beyond the amount.
    public var direction: [Double]

    public init(
        amount: Double, result: SolverResult, range: ClosedRange<Double>? = nil, direction: [Double] = []
    ) {
        self.amount = amount
        self.result = result
        self.range = range ?? amount...amount
        self.direction = direction
    }
}
