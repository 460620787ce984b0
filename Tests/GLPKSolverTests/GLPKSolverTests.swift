import Dispatch
import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Synchronization
import Testing

struct GLPKSolverTests {
    /// max Σ (j+1)·x_j with a random dense matrix of rows Σ a_ij x_j ≤ 1: takes many steps.
    private func dense(_ size: Int) -> LinearProgram {
        var program = LinearProgram(.maximize)
        let columns = (0..<size).map { _ in program.addColumn("") }
        var state: UInt64 = 1
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / Double(1 << 24)
        }
        for _ in 0..<size {
            var row = LinearExpression()
            for column in columns { row.add(column, times: 0.1 + next()) }
            program.addRow("", row, upper: 1)
        }
        var objective = LinearExpression()
        for column in columns { objective.add(column, times: 1 + next()) }
        program.setObjective(objective)
        return program
    }

    private func solve(
        _ program: LinearProgram, from start: Basis? = nil, settings: SolverSettings = SolverSettings(),
        control: SolverControl = SolverControl()
    ) throws -> SolverResult {
        try GLPKSolver().solve(program, from: start, settings: settings, control: control)
    }

    @Test("A program that no solver can take is a fault, and the next solve works")
    func defect() throws {
        var program = LinearProgram(.maximize)
        let x = program.addColumn("x", upper: 1)
        program.setObjective(.nan * LinearExpression(x))
        #expect(throws: SolverFault.self) { try solve(program) }
        program.setObjective(LinearExpression(x))
        #expect(try solve(program).solution?.objective == 1)
    }

    @Test("Every method and scaling finds the same optimum, and its certificate holds")
    func settings() throws {
        let program = dense(60)
        var objectives: [Double] = []
        for method in [SolverSettings.Method.primalSimplex, .dualSimplex] {
            for scaling in [SolverSettings.Scaling.automatic, .equilibrate, .none] {
                for exact in [false, true] {
                    let settings = SolverSettings(method: method, scaling: scaling, exact: exact)
                    let result = try solve(program, settings: settings)
                    #expect(result.termination == .optimal)
                    let solution = try #require(result.solution)
                    #expect(Certificate(of: solution, for: program).holds(within: 1e-9))
                    objectives.append(solution.objective)
                }
            }
        }
        let spread = try #require(objectives.max()) - #require(objectives.min())
        #expect(spread < 1e-9)
    }

    @Test("From the optimal basis nothing is left to do")
    func warmStart() throws {
        let program = dense(60)
        let first = try solve(program)
        let again = try solve(program, from: first.basis)
        #expect(first.steps > 10)
        #expect(again.steps == 0)
        #expect(abs((again.solution?.objective ?? 0) - (first.solution?.objective ?? 1)) < 1e-12)
    }

    @Test("Solves on eight threads at once all find the same bytes")
    func threads() throws {
        let program = dense(50)
        let expected = try solve(program)
        let wrong = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 64) { _ in
            let result = try? GLPKSolver().solve(
                program, from: nil, settings: SolverSettings(), control: SolverControl())
            if result != expected { wrong.add(1, ordering: .relaxed) }
        }
        #expect(wrong.load(ordering: .relaxed) == 0)
    }

    @Test("A cancelled search stops soon and says so")
    func cancellation() throws {
        let asked = Atomic(0)
        let control = SolverControl(isCancelled: {
            asked.add(1, ordering: .relaxed).newValue > 1
        })
        let result = try solve(dense(900), control: control)
        #expect(result.termination == .cancelled)
        #expect(asked.load(ordering: .relaxed) <= 3)
    }

    @Test("A deadline that has passed stops the search, with a point only if one was reached")
    func deadline() throws {
        let control = SolverControl(deadline: ContinuousClock.now.advanced(by: .milliseconds(30)))
        let result = try solve(dense(1200), control: control)
        #expect(result.termination == .timeLimit)
        let late = try solve(dense(20), control: SolverControl(deadline: ContinuousClock.now))
        #expect(late.termination == .timeLimit)
    }

    @Test("A solve that is asked for from inside a solve is a fault, and the outer one goes on")
    func reentry() throws {
        let small = dense(3)
        let faults = Mutex<[String]>([])
        let control = SolverControl(report: { _ in
            do throws(SolverFault) {
                _ = try GLPKSolver().solve(
                    small, from: nil, settings: SolverSettings(), control: SolverControl())
            } catch {
                faults.withLock { $0.append(error.description) }
            }
        })
        #expect(try solve(dense(700), control: control).termination == .optimal)
        let said = faults.withLock { $0 }
        #expect(!said.isEmpty)
        #expect(said.allSatisfy { $0.contains("inside a solve") })
    }

    @Test("The solver passes the suite that every solver must pass", arguments: SolverSuite.cases)
    func suite(example: SolverSuite.Case) throws {
        #expect(example.discrepancies(with: try solve(example.program)) == [])
    }

    @Test("Whole numbers: 5x + 4y with 6x + 4y ≤ 24, x + 2y ≤ 6 is 20 at (4, 0), not 21 at (3, 1.5)")
    func wholeNumbers() throws {
        var program = LinearProgram(.maximize)
        let x = program.addColumn("x", isInteger: true)
        let y = program.addColumn("y", isInteger: true)
        program.addRow("", 6 * LinearExpression(x) + 4 * LinearExpression(y), upper: 24)
        program.addRow("", LinearExpression(x) + 2 * LinearExpression(y), upper: 6)
        program.setObjective(5 * LinearExpression(x) + 4 * LinearExpression(y))
        guard case .optimal(let point) = try GLPKSolver().certifiedSolve(program) else {
            Issue.record("not solved")
            return
        }
        #expect(point.solution.columnValues == [4, 0])
        #expect(point.gap() == 0)
        guard case .optimal(let relaxed) = try GLPKSolver().certifiedSolve(program.relaxed) else {
            Issue.record("not solved")
            return
        }
        #expect(abs(relaxed.solution.objective - 21) < 1e-9)
    }

    @Test("Progress tells rising steps")
    func progress() throws {
        let steps = Mutex<[Int]>([])
        let control = SolverControl(report: { progress in steps.withLock { $0.append(progress.steps) } })
        _ = try solve(dense(700), control: control)
        let told = steps.withLock { $0 }
        #expect(!told.isEmpty)
        #expect(told == told.sorted())
    }
}
