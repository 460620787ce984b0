import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

/// The suite itself is held against a solver that is known to be right, and against answers that are known to be wrong.
struct SolverSuiteTests {
    @Test(
        "The suite's optima are what a simplex finds", arguments: SolverSuite.cases,
        [SolverSettings(), SolverSettings().secondAttempt(exact: true)])
    func agrees(example: SolverSuite.Case, settings: SolverSettings) throws {
        let result = try solve(example, settings)
        #expect(example.discrepancies(with: result) == [])
    }

    @Test("The suite notices a wrong objective, point, price, proof, basis and end")
    func notices() throws {
        let example = try #require(SolverSuite.cases.first)
        let right = try solve(example)
        func discrepancies(_ spoil: (inout SolverResult) -> Void) -> [String] {
            var wrong = right
            spoil(&wrong)
            return example.discrepancies(with: wrong)
        }
        #expect(discrepancies { $0.termination = .infeasible }.count == 1)
        #expect(discrepancies { $0.solution = nil }.count == 1)
        #expect(discrepancies { $0.solution?.objective += 1e-6 }.first?.contains("objective") == true)
        #expect(discrepancies { $0.solution?.columnValues[0] += 1e-6 }.first?.contains("point") == true)
        #expect(discrepancies { $0.solution?.rowDuals[1] *= -1 }.count == 2)
        #expect(discrepancies { $0.basis?.rows[0] = .atLower }.count == 1)
    }

    private func solve(
        _ example: SolverSuite.Case, _ settings: SolverSettings = SolverSettings()
    ) throws -> SolverResult {
        try GLPKSolver().solve(example.program, from: nil, settings: settings, control: SolverControl())
    }
}
