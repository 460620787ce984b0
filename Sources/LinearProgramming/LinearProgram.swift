/// A linear program as a value: `optimise objective·x` with rows and columns between bounds.
///
/// Rows hold `lower ≤ Σ value·column ≤ upper`; a missing bound is an infinity. The matrix is kept compressed by
/// rows: the entries of row `i` stand at `rowStart[i] ..< rowStart[i + 1]`, in ascending order of columns, each
/// column at most once, no zeros.
public struct LinearProgram: Equatable, Sendable {
    /// What is done with the objective.
    public enum Sense: Sendable { case maximize, minimize }

    /// A variable of the program, counted from 0.
    public struct Column: Hashable, Comparable, Sendable {
        public let index: Int
        package init(index: Int) { self.index = index }
        public static func < (left: Column, right: Column) -> Bool { left.index < right.index }
    }

    /// A constraint of the program, counted from 0.
    public struct Row: Hashable, Comparable, Sendable {
        public let index: Int
        package init(index: Int) { self.index = index }
        public static func < (left: Row, right: Row) -> Bool { left.index < right.index }
    }

    /// Whether the objective is maximised or minimised.
    public var sense: Sense
    /// Added to the objective's value; it moves no solution.
    public private(set) var objectiveConstant = 0.0
    /// A coefficient a column.
    public private(set) var objective: [Double] = []
    /// A lower bound a column; −∞ where there is none.
    public private(set) var columnLower: [Double] = []
    /// An upper bound a column; ∞ where there is none.
    public private(set) var columnUpper: [Double] = []
    /// The size that each column's value is expected to have, for solvers to scale by. It changes no meaning.
    public private(set) var columnMagnitude: [Double] = []
    /// Whether each column must be a whole number.
    public private(set) var columnIsInteger: [Bool] = []
    /// A lower bound a row; −∞ where there is none.
    public private(set) var rowLower: [Double] = []
    /// An upper bound a row; ∞ where there is none.
    public private(set) var rowUpper: [Double] = []
    /// Where each row's entries begin, and at the end where the last one's end: `rowCount + 1` offsets.
    public private(set) var rowStart: [Int64] = [0]
    /// The column of each entry, counted from 0.
    public private(set) var entryColumn: [Int32] = []
    /// The coefficient of each entry.
    public private(set) var entryValue: [Double] = []
    /// Empty unless the program was made to keep names.
    public private(set) var columnNames: [String] = []
    public private(set) var rowNames: [String] = []

    /// Sums of integer columns that a search for whole numbers may branch on as if they were columns. They change no
    /// meaning.
    ///
    /// Where many columns do the same, a bound on one of them only moves the fraction to the next; a bound on their
    /// sum does not.
    public private(set) var branchingSums: [[Column]] = []

    package let keepsNames: Bool
    /// Whether any column must be a whole number.
    public private(set) var hasIntegers = false

    /// - Parameter keepsNames: Names are for people: for text exports and tests. A large program does without.
    public init(_ sense: Sense, keepsNames: Bool = false) {
        self.sense = sense
        self.keepsNames = keepsNames
    }

    public var columnCount: Int { columnLower.count }
    public var rowCount: Int { rowLower.count }
    public var entryCount: Int { entryColumn.count }

    /// The columns and coefficients of a row.
    public func entries(of row: Row) -> some RandomAccessCollection<(column: Column, value: Double)> {
        (Int(rowStart[row.index])..<Int(rowStart[row.index + 1])).lazy.map {
            (Column(index: Int(entryColumn[$0])), entryValue[$0])
        }
    }

    /// Adds a variable.
    ///
    /// - Parameter magnitude: The size its value is expected to have; a value that is no positive number counts as 1.
    /// - Precondition: `lower ≤ upper`, neither is NaN.
    public mutating func addColumn(
        _ name: @autoclosure () -> String, lower: Double = 0, upper: Double = .infinity,
        magnitude: Double = 1,
        isInteger: Bool = false
    ) -> Column {
        precondition(lower <= upper, "a column needs lower ≤ upper, not \(lower) ≤ \(upper)")
        columnMagnitude.append(magnitude > 0 && magnitude.isFinite ? magnitude : 1)
        columnIsInteger.append(isInteger)
        hasIntegers = hasIntegers || isInteger
        columnLower.append(lower)
        columnUpper.append(upper)
        objective.append(0)
        if keepsNames { columnNames.append(name()) }
        return Column(index: columnCount - 1)
    }

    /// Adds the constraint `lower ≤ expression ≤ upper`; the expression's constant moves to the bounds.
    ///
    /// - Precondition: `lower ≤ upper`, neither is NaN.
    @discardableResult
    public mutating func addRow(
        _ name: @autoclosure () -> String, _ expression: LinearExpression,
        lower: Double = -.infinity, upper: Double = .infinity
    ) -> Row {
        precondition(lower <= upper, "a row needs lower ≤ upper, not \(lower) ≤ \(upper)")
        for term in expression.merged {
            entryColumn.append(Int32(term.column.index))
            entryValue.append(term.coefficient)
        }
        rowStart.append(Int64(entryColumn.count))
        rowLower.append(lower - expression.constant)
        rowUpper.append(upper - expression.constant)
        if keepsNames { rowNames.append(name()) }
        return Row(index: rowCount - 1)
    }

    /// Adds a sum of integer columns that is worth branching on.
    ///
    /// - Precondition: All are integer columns of the program, each once.
    public mutating func addBranchingSum(_ columns: [Column]) {
        precondition(
            columns.allSatisfy { columnIsInteger[$0.index] } && Set(columns).count == columns.count,
            "a sum to branch on has integer columns, each once")
        if columns.count > 1 { branchingSums.append(columns) }
    }

    /// Replaces the objective.
    public mutating func setObjective(_ expression: LinearExpression, _ sense: Sense? = nil) {
        if let sense { self.sense = sense }
        objective = [Double](repeating: 0, count: columnCount)
        for term in expression.terms { objective[term.column.index] += term.coefficient }
        objectiveConstant = expression.constant
    }

    /// Lowers the upper bound of a column to a number, unless it is lower already.
    ///
    /// - Precondition: The number is no less than the lower bound.
    public mutating func limit(_ column: Column, to upper: Double) {
        precondition(columnLower[column.index] <= upper, "a column needs lower ≤ upper")
        columnUpper[column.index] = min(columnUpper[column.index], upper)
    }

    /// Moves the bounds that a row has by an amount; a missing bound stays missing.
    public mutating func shiftBounds(of row: Row, by amount: Double) {
        rowLower[row.index] += amount
        rowUpper[row.index] += amount
    }

    /// Moves the one bound that a row has; to an infinity of its own side it is none.
    ///
    /// - Precondition: The row has at most one bound, an upper one if none.
    mutating func setBound(of row: Row, to bound: Double) {
        if rowLower[row.index] > -.infinity {
            rowLower[row.index] = bound
        } else {
            rowUpper[row.index] = bound
        }
    }

    /// Takes the bounds of a row away: it then holds nothing.
    public mutating func removeBounds(of row: Row) {
        rowLower[row.index] = -.infinity
        rowUpper[row.index] = .infinity
    }

    /// Adds a column to rows that stand already, a coefficient each. O(entries).
    ///
    /// - Precondition: The column is the last one added, and every row is named once.
    public mutating func addTerms(_ column: Column, _ terms: [(row: Row, coefficient: Double)]) {
        precondition(column.index == columnCount - 1, "entries stand in the order of their columns")
        var added = [Double](repeating: 0, count: rowCount)
        for term in terms { added[term.row.index] += term.coefficient }
        var starts: [Int64] = [0]
        var columns: [Int32] = []
        var values: [Double] = []
        for row in 0..<rowCount {
            let range = Int(rowStart[row])..<Int(rowStart[row + 1])
            columns += entryColumn[range]
            values += entryValue[range]
            if added[row] != 0 {
                columns.append(Int32(column.index))
                values.append(added[row])
            }
            starts.append(Int64(columns.count))
        }
        (rowStart, entryColumn, entryValue) = (starts, columns, values)
    }

    /// The part of the program that some columns make, every other column fixed at a point.
    ///
    /// Of the rows those stay that any of the columns is in, in their order. What the fixed columns add to the
    /// objective stays in its constant. O(columns, and entries of the rows).
    ///
    /// - Parameter rows: The rows to look at; the others are left out.
    /// - Returns: The part, and the place in it of every column; nil for a fixed one.
    public func part(
        columns chosen: [Column], rows: Range<Int>, at point: [Double]
    ) -> (program: LinearProgram, places: [Column?]) {
        var part = LinearProgram(sense)
        var places = [Column?](repeating: nil, count: columnCount)
        for column in chosen.map(\.index) {
            places[column] = part.addColumn(
                "", lower: columnLower[column], upper: columnUpper[column],
                magnitude: columnMagnitude[column], isInteger: columnIsInteger[column])
        }
        for row in rows {
            var expression = LinearExpression()
            for entry in entries(of: Row(index: row)) {
                if let place = places[entry.column.index] {
                    expression.add(place, times: entry.value)
                } else {
                    expression.constant += entry.value * point[entry.column.index]
                }
            }
            guard !expression.terms.isEmpty else { continue }
            part.addRow("", expression, lower: rowLower[row], upper: rowUpper[row])
        }
        part.objectiveConstant = objectiveConstant
        for column in objective.indices {
            if let place = places[column] {
                part.objective[place.index] = objective[column]
            } else {
                part.objectiveConstant += objective[column] * point[column]
            }
        }
        return (part, places)
    }

    /// The same program with the constant of its objective as a column that is fixed at 1.
    ///
    /// GLPK's LP format knows no constant, and in MPS GLPK reads it with the other sign than HiGHS and CBC do.
    var withConstantAsColumn: LinearProgram {
        guard objectiveConstant != 0 else { return self }
        var program = self
        let one = program.addColumn("constant", lower: 1, upper: 1)
        program.objective[one.index] = objectiveConstant
        program.objectiveConstant = 0
        return program
    }

    /// The same program without the demand for whole numbers.
    public var relaxed: LinearProgram {
        var relaxed = self
        relaxed.columnIsInteger = [Bool](repeating: false, count: columnCount)
        relaxed.hasIntegers = false
        relaxed.branchingSums = []
        return relaxed
    }

    /// The relaxation with the integer columns fixed at the whole numbers that a point is rounded to; what is whole
    /// but for 1e-6 stays what it is.
    public func fixingIntegers(
        at point: [Double], _ rounding: FloatingPointRoundingRule = .toNearestOrAwayFromZero
    ) -> LinearProgram {
        var fixed = relaxed
        for column in 0..<columnCount where columnIsInteger[column] {
            let near = point[column].rounded()
            let rounded = abs(point[column] - near) <= 1e-6 ? near : point[column].rounded(rounding)
            let whole = min(
                max(rounded, columnLower[column].rounded(.up)),
                columnUpper[column].rounded(.down))
            fixed.columnLower[column] = whole
            fixed.columnUpper[column] = whole
        }
        return fixed
    }

    /// The value of the objective at a point, its constant included.
    public func objectiveValue(at point: [Double]) -> Double {
        var sum = objectiveConstant
        for column in 0..<columnCount { sum += objective[column] * point[column] }
        return sum
    }

    /// What makes the program impossible to hand to a solver; nil where nothing does.
    ///
    /// NaN and infinite coefficients pass unnoticed through most solvers, so they are looked for here.
    package var defect: String? {
        func name(_ names: [String], _ index: Int, _ kind: String) -> String {
            names.isEmpty ? "\(kind) \(index)" : names[index]
        }
        for row in 0..<rowCount where !(rowLower[row] < .infinity && rowUpper[row] > -.infinity) {
            return "\(name(rowNames, row, "row")) has bounds \(rowLower[row]) and \(rowUpper[row])"
        }
        for column in 0..<columnCount {
            guard columnLower[column] < .infinity, columnUpper[column] > -.infinity else {
                return "\(name(columnNames, column, "column")) has bounds "
                    + "\(columnLower[column]) and \(columnUpper[column])"
            }
            guard objective[column].isFinite else {
                return "\(name(columnNames, column, "column")) has objective \(objective[column])"
            }
        }
        for row in 0..<rowCount {
            for entry in entries(of: Row(index: row)) where !entry.value.isFinite {
                return "\(name(rowNames, row, "row")) has the coefficient \(entry.value)"
            }
        }
        return nil
    }
}
