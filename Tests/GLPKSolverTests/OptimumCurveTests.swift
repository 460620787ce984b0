import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

/// The optimum of a program as a function of an amount, by a solver that says how far a basis holds and by one that does
/// not.
struct OptimumCurveTests {
    private static let solvers: [any LinearSolver] = [GLPKSolver(), PlainStartSolver(GLPKSolver())]

    /// Maximise `3x + 2y` with `x + y ≤ amount`, `x ≤ 2`, `y ≤ 3`, and `x ≥ 1` where asked.
    private func example(leastX: Double = 0) -> ParametricProgram {
        var program = LinearProgram(.maximize)
        let x = program.addColumn("x", lower: leastX, upper: 2)
        let y = program.addColumn("y", upper: 3)
        let row = program.addRow("sum", LinearExpression(x) + LinearExpression(y), upper: 1)
        program.setObjective(
            LinearExpression(x, times: 3) + LinearExpression(y, times: 2) + LinearExpression(10))
        return ParametricProgram(program, moving: [.init(row: row, rate: 1)])
    }

    private func curve(
        _ parametric: ParametricProgram, _ solver: any LinearSolver, from least: Double = 0,
        to most: Double = .infinity
    ) throws -> OptimumCurve {
        let result = try solver.curve(of: parametric, from: least, to: most)
        guard case .found(let curve) = result else {
            throw CertificateFailure(description: "no curve: \(result)")
        }
        return curve
    }

    @Test("Breakpoints, values, slopes and points of a program by hand", arguments: 0..<2)
    func byHand(solver: Int) throws {
        let curve = try curve(example(), Self.solvers[solver])
        #expect(curve.breakpoints.map(\.amount) == [0, 2, 5])
        #expect(curve.breakpoints.map(\.objective) == [10, 16, 22])
        #expect(curve.breakpoints.map(\.columnValues) == [[0, 0], [2, 0], [2, 3]])
        #expect(curve.pieces.map(\.slope) == [3, 2])
        #expect(curve.endsFlat)
        for piece in 0..<2 { #expect(curve.certificate(ofPiece: piece, example()).worst < 1e-12) }
    }

    @Test("A wrong slope, and a piece that is too long, have a bad certificate")
    func certificate() throws {
        var curve = try curve(example(), GLPKSolver())
        var wrong = curve
        wrong.pieces[1].slope = 2.5
        #expect(wrong.certificate(ofPiece: 1, example()).worst > 0.01)
        curve.breakpoints[1].amount = 2.5
        #expect(!curve.certificate(ofPiece: 0, example()).holds())
    }

    @Test("A range of its own is kept to", arguments: 0..<2)
    func range(solver: Int) throws {
        let curve = try curve(example(), Self.solvers[solver], from: 1, to: 4)
        #expect(curve.breakpoints.map(\.amount) == [1, 2, 4])
        #expect(!curve.endsFlat)
    }

    @Test("An end without a solution is told", arguments: 0..<2)
    func infeasible(solver: Int) throws {
        let result = try Self.solvers[solver].curve(of: example(leastX: 1), from: 0, to: .infinity)
        guard case .infeasible(at: 0) = result else {
            Issue.record("\(result)")
            return
        }
        let (program, amount) = example(leastX: 1).withAmountAsColumn(in: 0 ... .infinity, magnitude: 1)
        var least = program
        least.setObjective(LinearExpression(amount), .minimize)
        guard case .optimal(let optimum) = try GLPKSolver().certifiedSolve(least) else {
            Issue.record("no least amount")
            return
        }
        #expect(abs(optimum.solution.objective - 1) < 1e-12)
    }

    @Test(
        "Bounds of several rows move together, an equation's other side stays, a floor moves too",
        arguments: 0..<2)
    func severalRows(solver: Int) throws {
        var program = LinearProgram(.maximize)
        let x = program.addColumn("x", upper: 9)
        let y = program.addColumn("y", upper: 9)
        let first = program.addRow("x", LinearExpression(x), upper: 0)
        let second = program.addRow("y", LinearExpression(y), upper: 0)
        let floor = program.addRow("sum", LinearExpression(x) + LinearExpression(y), lower: 0)
        program.setObjective(LinearExpression(x) - LinearExpression(y, times: 2))
        // x ≤ 1 + a, y ≤ 2a, x + y ≥ 2a: y must grow once x, slower, no longer reaches 2a.
        let parametric = ParametricProgram(
            program,
            moving: [
                .init(row: first, offset: 1, rate: 1), .init(row: second, rate: 2),
                .init(row: floor, rate: 2),
            ])
        let curve = try curve(parametric, Self.solvers[solver], to: 4)
        #expect(curve.breakpoints.map { ($0.amount * 1e9).rounded() / 1e9 } == [0, 1, 4])
        #expect(curve.pieces.map { ($0.slope * 1e9).rounded() / 1e9 } == [1, -1])
    }

    @Test("A fault of GLPK ends the run, and the next one works")
    func fault() throws {
        let settings = SolverSettings(method: .dualSimplex, tolerance: -1)
        #expect(throws: SolverFault.self) {
            try GLPKSolver().curve(of: example(), from: 0, to: 1, settings: settings)
        }
        #expect(try curve(example(), GLPKSolver()).pieces.count == 2)
    }
}
