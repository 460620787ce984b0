import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

/// Programs with whole numbers: what is proved of a point, where the search starts, and what it may branch on.
struct WholeNumberTests {
    /// max Σ value·x with Σ weight·x ≤ 100 over whole x between -1 and 3, and a continuous y ≤ 0.5 of weight 1.
    private func knapsack(seed: UInt64, sense: LinearProgram.Sense = .maximize, sums: Bool = false)
        -> LinearProgram
    {
        var random = SplitMix64(seed: seed)
        var program = LinearProgram(sense)
        let columns = (0..<8).map { _ in program.addColumn("", lower: -1, upper: 3, isInteger: true) }
        let rest = program.addColumn("", upper: 0.5)
        let sign: Double = sense == .maximize ? 1 : -1
        var weight = LinearExpression(rest)
        var value = LinearExpression(rest, times: sign)
        for column in columns {
            weight.add(column, times: Double.random(in: 5...30, using: &random))
            value.add(column, times: sign * Double.random(in: 5...30, using: &random))
        }
        program.addRow("", weight, upper: 100)
        program.setObjective(value)
        if sums {
            program.addBranchingSum(columns)
            program.addBranchingSum(Array(columns[2..<5]))
        }
        return program
    }

    private func point(
        _ program: LinearProgram, _ settings: SolverSettings = SolverSettings(gap: 0)
    ) throws -> CertifiedPoint {
        guard case .optimal(let point) = try GLPKSolver().certifiedSolve(program, settings: settings) else {
            throw SolverFault("not solved")
        }
        return point
    }

    @Test("Sums to branch on change no optimum", arguments: UInt64(0)..<20)
    func sums(seed: UInt64) throws {
        for sense in [LinearProgram.Sense.maximize, .minimize] {
            let plain = try point(knapsack(seed: seed, sense: sense))
            let summed = try point(knapsack(seed: seed, sense: sense, sums: true))
            #expect(abs(plain.solution.objective - summed.solution.objective) < 1e-6)
            #expect(summed.solution.columnValues.count == 9)
        }
    }

    @Test("A search that starts from a known point ends at none that is worse", arguments: UInt64(0)..<10)
    func knownPoint(seed: UInt64) throws {
        let program = knapsack(seed: seed, sums: true)
        let best = try point(program)
        for gap in [0, 0.9] {
            let again = try point(
                program, SolverSettings(gap: gap, knownPoint: best.solution.columnValues))
            #expect(abs(again.solution.objective - best.solution.objective) < 1e-6)
        }
    }

    @Test(
        "A search that is stopped leaves the relaxation, rounded, with what is proved of it",
        arguments: [LinearProgram.Sense.maximize, .minimize])
    func stopped(sense: LinearProgram.Sense) throws {
        let program = knapsack(seed: 3, sense: sense)
        let best = try point(program).solution.objective
        let solver = AlteredSolver(GLPKSolver()) { program, result in
            program.hasIntegers ? SolverResult(termination: .timeLimit) : result
        }
        guard
            case .stopped(let found?) = try solver.certifiedSolve(program, settings: SolverSettings(gap: 0))
        else {
            Issue.record("no point")
            return
        }
        let bound = try #require(found.bound)
        let sign: Double = sense == .maximize ? 1 : -1
        #expect(sign * found.solution.objective <= sign * best + 1e-9)
        #expect(sign * best <= sign * bound + 1e-9)
        #expect(found.solution.columnValues.dropLast().allSatisfy { $0 == $0.rounded() })
        #expect(Certificate(of: found.solution, for: program).primalViolation < 1e-9)
        let gap = try #require(found.gap())
        #expect(abs(gap - abs(bound / found.solution.objective - 1)) < 1e-9)
    }

    @Test("A gap is relative to a size where the objective is next to nothing")
    func size() throws {
        // 3x + 5y = 11 or more has no whole solution below 11 = 3·2 + 5; the relaxation's 10.5 is 0.5 away.
        var program = LinearProgram(.minimize)
        let x = program.addColumn("x", isInteger: true)
        let y = program.addColumn("y", isInteger: true)
        let sum = 3 * LinearExpression(x) + 5 * LinearExpression(y)
        program.addRow("", sum, lower: 10.5)
        program.setObjective(sum - LinearExpression(11))
        let exact = try point(program)
        #expect(exact.solution.objective == 0)
        #expect(exact.gap(size: 1) == 0)
        let near = try point(program, SolverSettings(gap: 0.1, gapSize: 20))
        #expect(try #require(near.gap(size: 20)) <= 0.1)
    }

    @Test("While whole numbers are searched, progress tells best and bound in the program's own units")
    func progress() throws {
        let told = CallCounter()
        let program = knapsack(seed: 5)
        let best = try point(program).solution.objective
        let control = SolverControl(report: { progress in
            guard let bound = progress.bound, let gap = progress.gap else { return }
            if progress.objective <= best + 1e-6, best <= bound + 1e-6, gap >= 0 { _ = told.next() }
        })
        _ = try GLPKSolver().certifiedSolve(program, settings: SolverSettings(gap: 0), control: control)
        #expect(told.count > 0)
    }
}
