/// The highest objective of a program as a function of an amount that its bounds move with: concave, piecewise linear
/// (D. Bertsimas, J. Tsitsiklis, Introduction to Linear Optimization, 1997, chapter 5).
public struct OptimumCurve: Sendable {
    /// An end of a piece, with an optimum there.
    public struct Breakpoint: Sendable {
        public var amount: Double
        public var objective: Double
        /// A value a column.
        public var columnValues: [Double]
    }

    /// A stretch on which the same duals are optimal.
    public struct Piece: Sendable {
        /// Change of the objective per unit of the amount.
        public var slope: Double
        /// A dual value a row, as in `Solution`.
        public var rowDuals: [Double]
    }

    /// In the order of rising amounts, one more than there are pieces.
    public var breakpoints: [Breakpoint]
    /// Of falling slopes.
    public var pieces: [Piece]
    /// Whether the last breakpoint's objective holds for every larger amount.
    public var endsFlat: Bool
    /// Amounts that the program was solved for, and simplex steps of these solves.
    public var solves: Int
    public var steps: Int
}

extension OptimumCurve {
    /// A curve of one point.
    package init(_ optimum: CertifiedPoint, at amount: Double) {
        let solution = optimum.solution
        breakpoints = [
            Breakpoint(amount: amount, objective: solution.objective, columnValues: solution.columnValues)
        ]
        pieces = []
        endsFlat = false
        solves = 1
        steps = optimum.steps
    }

    public var range: ClosedRange<Double> {
        breakpoints[0].amount...breakpoints[breakpoints.count - 1].amount
    }

    /// How far a piece's duals and the points at its two ends are from proving each other optimal there: what holds at
    /// both ends holds between them, where the points are mixed. O(entries), and no number of the solver is used but
    /// points and duals.
    public func certificate(ofPiece index: Int, _ parametric: ParametricProgram) -> Certificate {
        let piece = pieces[index]
        let ends = breakpoints[index...index + 1].map { end in
            let program = parametric.program(at: end.amount)
            let solution = Solution(
                columnValues: end.columnValues, rowDuals: piece.rowDuals, of: program)
            var certificate = Certificate(of: solution, for: program)
            // The figures that are told must be those of points and duals.
            let scale = max(abs(end.objective), abs(piece.slope * end.amount), .leastNormalMagnitude)
            let off = abs(parametric.slope(at: solution) - piece.slope) * abs(end.amount)
            certificate.dualityGap = max(
                certificate.dualityGap, abs(solution.objective - end.objective) / scale, off / scale)
            return certificate
        }
        return Certificate(
            primalViolation: max(ends[0].primalViolation, ends[1].primalViolation),
            dualViolation: max(ends[0].dualViolation, ends[1].dualViolation),
            complementarySlackness: max(ends[0].complementarySlackness, ends[1].complementarySlackness),
            dualityGap: max(ends[0].dualityGap, ends[1].dualityGap))
    }
}

/// How the search for a curve ended.
public enum CurveResult: Sendable {
    case found(OptimumCurve)
    /// There is no solution at an end of the range.
    case infeasible(at: Double)
    /// Stopped by the time limit or by the caller.
    case stopped
    case unbounded
    /// The solver lost its way at an amount.
    case failed(at: Double, String)
}

extension LinearSolver {
    /// Finds the whole curve between two amounts; the upper one may be infinite.
    ///
    /// Where the solver says how far a basis holds a piece costs one solve, else two. No piece is checked against the
    /// program: see `OptimumCurve.certificate`.
    ///
    /// - Precondition: `least` is finite and below `most`, which is finite where a lower bound rises.
    /// - Throws: `SolverFault`.
    public func curve(
        of parametric: ParametricProgram, from least: Double, to most: Double, start: Basis? = nil,
        settings: SolverSettings = SolverSettings(method: .dualSimplex),
        control: SolverControl = SolverControl()
    ) throws(SolverFault) -> CurveResult {
        precondition(most.isFinite || !parametric.hasRisingFloor, "a rising floor has an end")
        var search = CurveSearch(parametric, least, most, control)
        try follow(parametric, from: start, settings: settings, control: control) { search.next(after: $0) }
        return search.result
    }
}
