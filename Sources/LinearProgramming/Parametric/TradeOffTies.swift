/// Of the points with the two values of a place on a trade-off finds the one where something else is the highest: what
/// a search by two measures comes to in all else is whatever the solver happened on.
public struct TradeOffTies: Sendable {
    /// What a measure may lose, as a share of its size.
    private static let rounding = 1e-9

    private let program: LinearProgram
    private let measures: [LinearRatio]
    private let solver: any LinearSolver
    private let control: SolverControl

    /// - Parameter objective: To be as high as can be.
    public init(
        _ program: LinearProgram, _ measures: [LinearRatio], highest objective: LinearExpression,
        solver: any LinearSolver, control: SolverControl = SolverControl()
    ) {
        var program = program
        program.setObjective(objective, .maximize)
        self.program = program
        self.measures = measures
        self.solver = solver
        self.control = control
    }

    /// - Returns: A value a column; nil where the search was stopped, or where the solver finds nothing with the values,
    ///   which the place itself has but for rounding.
    /// - Throws: `CertificateFailure` or `SolverFault` where an optimum cannot be proved.
    public func best(at end: TradeOffCurve.End) throws -> [Double]? {
        var held = program
        for (index, measure) in measures.enumerated() {
            let value = end.values[index]
            let floor = value - Self.rounding * max(1, abs(value))
            let excess = measure.numerator - floor * measure.denominator
            // Of coefficients that are far below 1 solvers take some for 0.
            let largest = excess.terms.reduce(0) { max($0, abs($1.coefficient)) }
            held.addRow(
                "tie[\(index)]", (largest > 0 && largest < 1 ? 1 / largest : 1) * excess, lower: 0)
        }
        let settings = SolverSettings(method: end.basis == nil ? .dualSimplex : .primalSimplex)
        switch try solver.certifiedSolve(
            held, from: end.basis?.extended(to: held), settings: settings, control: control)
        {
        case .optimal(let best): return best.solution.columnValues
        case .stopped, .infeasible: return nil
        case .unbounded:
            throw CertificateFailure(description: "no best point with the values of a place on the trade-off")
        }
    }
}
