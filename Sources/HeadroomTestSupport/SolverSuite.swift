public import LinearProgramming

/// What every solver must pass: programs with known ends.
///
/// ```swift
/// @Test(arguments: SolverSuite.cases) func passesSuite(_ example: SolverSuite.Case) throws {
///     let result = try solver.solve(example.program, from: nil, settings: settings, control: SolverControl())
///     #expect(example.discrepancies(with: result) == [])
/// }
/// ```
public enum SolverSuite {
    /// A program and what is known about its end.
    public struct Case: Sendable, CustomStringConvertible {
        public var name: String
        public var program: LinearProgram
        public var termination: Termination
        public var objective: Double?
        /// Nil where more than one point is best.
        public var columnValues: [Double]?
        /// Nil where more than one set of prices proves the optimum.
        public var rowDuals: [Double]?

        public var description: String { name }
    }

    public static let cases: [Case] = smallOptima + bounds + degenerate + large + withoutOptimum
}

extension SolverSuite.Case {
    /// An optimum, with the point and the prices where there is but one of them.
    init(
        _ name: String, _ program: LinearProgram, objective: Double, at columnValues: [Double]? = nil,
        duals rowDuals: [Double]? = nil
    ) {
        self.init(
            name: name, program: program, termination: .optimal, objective: objective,
            columnValues: columnValues, rowDuals: rowDuals)
    }

    init(_ name: String, _ program: LinearProgram, ends termination: Termination) {
        self.init(name: name, program: program, termination: termination)
    }

    /// What a solver's answer has wrong, a sentence each.
    ///
    /// - Parameter tolerance: Relative to the largest expected number of a kind.
    public func discrepancies(with result: SolverResult, tolerance: Double = 1e-9) -> [String] {
        guard result.termination == termination else {
            return ["ended \(result.termination), expected \(termination)"]
        }
        guard termination == .optimal else { return [] }
        guard let solution = result.solution else { return ["an optimum without a point"] }
        var wrong: [String] = []
        if let objective, !close([solution.objective], [objective], tolerance) {
            wrong.append("objective \(solution.objective), expected \(objective)")
        }
        if let columnValues, !close(solution.columnValues, columnValues, tolerance) {
            wrong.append("point \(solution.columnValues), expected \(columnValues)")
        }
        if let rowDuals, !close(solution.rowDuals, rowDuals, tolerance) {
            wrong.append("duals \(solution.rowDuals), expected \(rowDuals)")
        }
        let certificate = Certificate(of: solution, for: program)
        if !certificate.holds() { wrong.append("no proof: \(certificate)") }
        if let basis = result.basis, !isWhole(basis) { wrong.append("a basis of the wrong size") }
        return wrong
    }

    private func close(_ values: [Double], _ expected: [Double], _ tolerance: Double) -> Bool {
        let size = expected.reduce(0) { max($0, abs($1)) }
        return values.count == expected.count
            && zip(values, expected).allSatisfy { abs($0 - $1) <= tolerance * max(size, 1e-9) }
    }

    /// A basis has a status for each column and row, and as many basic ones as there are rows.
    private func isWhole(_ basis: Basis) -> Bool {
        basis.columns.count == program.columnCount && basis.rows.count == program.rowCount
            && (basis.columns + basis.rows).count { $0 == .basic } == program.rowCount
    }
}

/// Writes a small program down in a few lines.
struct ProgramText {
    var program: LinearProgram
    private(set) var columns: [LinearProgram.Column] = []

    init(_ sense: LinearProgram.Sense) { program = LinearProgram(sense) }

    /// - Parameter objective: A coefficient for each of the columns, which lie in `range`.
    mutating func columns(_ objective: [Double], in range: ClosedRange<Double> = 0...(.infinity)) {
        for _ in objective {
            columns.append(program.addColumn("", lower: range.lowerBound, upper: range.upperBound))
        }
        let coefficients = program.objective.dropLast(objective.count) + objective
        program.setObjective(expression(Array(coefficients)) + LinearExpression(program.objectiveConstant))
    }

    mutating func row(_ coefficients: [Double], in range: ClosedRange<Double>) {
        program.addRow("", expression(coefficients), lower: range.lowerBound, upper: range.upperBound)
    }

    mutating func row(_ coefficients: [Double], atMost upper: Double) {
        row(coefficients, in: -.infinity...upper)
    }

    mutating func row(_ coefficients: [Double], atLeast lower: Double) {
        row(coefficients, in: lower ... .infinity)
    }

    mutating func constant(_ value: Double) {
        program.setObjective(expression(program.objective) + LinearExpression(value))
    }

    private func expression(_ coefficients: [Double]) -> LinearExpression {
        var sum = LinearExpression()
        for (column, coefficient) in zip(columns, coefficients) where coefficient != 0 {
            sum.add(column, times: coefficient)
        }
        return sum
    }

    static func written(_ sense: LinearProgram.Sense, _ write: (inout ProgramText) -> Void) -> LinearProgram {
        var text = ProgramText(sense)
        write(&text)
        return text.program
    }
}
