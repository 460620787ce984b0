import Testing

@testable import LinearProgramming

/// The certificate believes no solver: it recomputes every residual from the program.
struct CertificateTests {
    /// max 3x + 2y with x + y ≤ 4, x + 3y ≤ 7, x ≤ 3: 11 at (3, 1), duals (2, 0), reduced costs (1, 0).
    private let program: LinearProgram = {
        var program = LinearProgram(.maximize)
        let x = program.addColumn("x", upper: 3)
        let y = program.addColumn("y")
        program.addRow("first", LinearExpression(x) + LinearExpression(y), upper: 4)
        program.addRow("second", LinearExpression(x) + 3 * LinearExpression(y), upper: 7)
        program.setObjective(3 * LinearExpression(x) + 2 * LinearExpression(y))
        return program
    }()

    private func certificate(_ values: [Double], _ duals: [Double]) -> Certificate {
        Certificate(of: Solution(columnValues: values, rowDuals: duals, of: program), for: program)
    }

    @Test("An optimum with its duals is proved to the last digit")
    func optimum() {
        let certificate = certificate([3, 1], [2, 0])
        #expect(certificate.worst < 1e-15)
        #expect(certificate.holds())
    }

    @Test("A point beyond a row is a primal violation of the size it oversteps by, relative to the row")
    func primal() {
        #expect(abs(certificate([3, 1.004], [2, 0]).primalViolation - 0.001) < 1e-5)
        #expect(abs(certificate([3.003, 0.997], [2, 0]).primalViolation - 0.001) < 1e-5)
        #expect(certificate([3, -0.01], [2, 0]).primalViolation > 1e-3)
    }

    @Test("Duals of the wrong sign, or too small to pay for a column, are a dual violation")
    func dual() {
        #expect(certificate([3, 1], [-0.5, 2]).dualViolation > 0.1)
        #expect(certificate([3, 1], [1, 0]).dualViolation > 0.1)
    }

    @Test("A feasible point that is not optimal has a gap as large as what it misses")
    func gap() {
        // (3, 0) is worth 9, the duals allow 11.
        let certificate = certificate([3, 0], [2, 0])
        #expect(certificate.primalViolation == 0)
        #expect(certificate.dualViolation == 0)
        #expect(abs(certificate.dualityGap - 2 / 11.0) < 1e-12)
        #expect(abs(certificate.complementarySlackness - 2 / 11.0) < 1e-12)
        #expect(!certificate.holds())
    }

    @Test("A number that is not finite never passes", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(_ value: Double) {
        #expect(!certificate([value, 1], [2, 0]).holds())
        #expect(!certificate([3, 1], [value, 0]).holds())
    }

    @Test(
        "Units do not matter: scaling columns, rows and money by powers leaves the verdict",
        arguments: [1e-6, 1, 1e9])
    func units(_ scale: Double) {
        var scaled = LinearProgram(.maximize)
        let x = scaled.addColumn("x", upper: 3 * scale)
        let y = scaled.addColumn("y")
        scaled.addRow("first", LinearExpression(x) + LinearExpression(y), upper: 4 * scale)
        scaled.addRow("second", LinearExpression(x) + 3 * LinearExpression(y), upper: 7 * scale)
        scaled.setObjective(3 * LinearExpression(x) + 2 * LinearExpression(y))
        let right = Solution(columnValues: [3 * scale, scale], rowDuals: [2, 0], of: scaled)
        let wrong = Solution(columnValues: [3 * scale, 1.00001 * scale], rowDuals: [2, 0], of: scaled)
        #expect(Certificate(of: right, for: scaled).worst < 1e-12)
        #expect(!Certificate(of: wrong, for: scaled).holds())
    }

    @Test("Minimising turns the signs: min 2a + 3b with a + b ≥ 4, a ≤ 3 is 9 at (3, 1), dual 3")
    func minimising() {
        var program = LinearProgram(.minimize)
        let a = program.addColumn("a", upper: 3)
        let b = program.addColumn("b")
        program.addRow("enough", LinearExpression(a) + LinearExpression(b), lower: 4)
        program.setObjective(2 * LinearExpression(a) + 3 * LinearExpression(b))
        let right = Solution(columnValues: [3, 1], rowDuals: [3], of: program)
        let wrong = Solution(columnValues: [3, 1], rowDuals: [-3], of: program)
        #expect(Certificate(of: right, for: program).worst < 1e-15)
        #expect(!Certificate(of: wrong, for: program).holds())
    }

    @Test("Rounding next to a bound of 0 is not taken for a violation")
    func rounding() {
        let certificate = certificate([3, 1 - 1e-13], [2, 1e-15])
        #expect(certificate.holds(within: 1e-9))
    }
}
