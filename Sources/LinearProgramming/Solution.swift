/// A point of a linear program with the prices that belong to it.
public struct Solution: Equatable, Sendable {
    /// A value a column.
    public var columnValues: [Double]
    /// A dual value a row: what the objective gains from one more unit of the row's right-hand side.
    ///
    /// When maximising, it is ≥ 0 where the upper bound holds and ≤ 0 where the lower bound does; when minimising,
    /// the other way round.
    public var rowDuals: [Double]
    /// Objective at `columnValues`, computed from the program.
    public var objective: Double

    public init(columnValues: [Double], rowDuals: [Double], of program: LinearProgram) {
        self.columnValues = columnValues
        self.rowDuals = rowDuals
        objective = program.objectiveValue(at: columnValues)
    }

    /// What one more unit of a row's right-hand side adds to the objective.
    public func dual(of row: LinearProgram.Row) -> Double { rowDuals[row.index] }
}

/// Which columns and rows are basic, and at which bound the others rest: where a later solve may start.
public struct Basis: Equatable, Sendable {
    public enum Status: UInt8, Sendable { case basic, atLower, atUpper, free, fixed }

    public var columns: [Status]
    public var rows: [Status]

    public init(columns: [Status], rows: [Status]) {
        self.columns = columns
        self.rows = rows
    }

    /// The basis for the same program with further columns, at their lower bounds, and further rows, basic: the
    /// point stays where it was.
    public func extended(to program: LinearProgram) -> Basis {
        Basis(
            columns: columns
                + (columns.count..<program.columnCount).map {
                    program.columnLower[$0] > -.infinity ? .atLower : .free
                },
            rows: rows + Array(repeating: .basic, count: program.rowCount - rows.count))
    }
}
