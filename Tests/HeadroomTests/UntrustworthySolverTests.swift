import GLPKSolver
import Headroom
import HeadroomTestSupport
import LinearProgramming
import Testing

/// What becomes of a plan whose solver says what is not true.
struct UntrustworthySolverTests {
    /// Ways to spoil an answer.
    enum Lie: CaseIterable {
        case largerPoint, nothing, notANumber, infinity
        case noPrices, otherPrices, priceNotANumber
        case infeasible, unbounded, numericalTrouble, noPoint

        func spoil(_ result: SolverResult) -> SolverResult {
            var spoilt = result
            func change(_ values: WritableKeyPath<Solution, [Double]>, _ change: (Double) -> Double) {
                guard let solution = result.solution else { return }
                spoilt.solution?[keyPath: values] = solution[keyPath: values].map(change)
            }
            switch self {
            case .largerPoint: change(\.columnValues) { $0 * 1.0001 }
            case .nothing: change(\.columnValues) { _ in 0 }
            case .notANumber: change(\.columnValues) { _ in .nan }
            case .infinity: change(\.columnValues) { _ in .infinity }
            case .noPrices: change(\.rowDuals) { _ in 0 }
            case .otherPrices: change(\.rowDuals) { $0 * 1.0001 }
            case .priceNotANumber: change(\.rowDuals) { _ in .nan }
            case .infeasible: spoilt.termination = .infeasible
            case .unbounded: spoilt.termination = .unbounded
            case .numericalTrouble: spoilt.termination = .numericalTrouble
            case .noPoint: spoilt.solution = nil
            }
            return spoilt
        }
    }

    /// Two regions to build in, and money for a part of it.
    private func planned() throws -> PlanningCase {
        try .byHand([RegionRow("A", growth: 0.1), RegionRow("B", growth: 0.1, buildCost: 2)]) {
            $0.objective.goals = [.return, .utilization]
            $0.budget.total = 30
        }
    }

    private func plan(
        _ alter: @escaping @Sendable (SolverResult) throws(SolverFault) -> SolverResult
    ) throws -> Plan {
        let solver = AlteredSolver(GLPKSolver()) { _, result throws(SolverFault) in try alter(result) }
        return try Planner(solver: solver).plan(planned())
    }

    @Test("A solver that always lies gives no plan", arguments: Lie.allCases)
    func alwaysLies(lie: Lie) throws {
        #expect(throws: CertificateFailure.self) { try plan { lie.spoil($0) } }
    }

    @Test(
        "A lie in any one search for the plan, told at every attempt, gives no plan", arguments: Lie.allCases,
        1...3)
    func liesOnce(lie: Lie, search: Int) throws {
        // Return, utilization, the last stage: three calls for the search that is lied about.
        let calls = CallCounter()
        #expect(throws: CertificateFailure.self) {
            try plan { (search...search + 2).contains(calls.next()) ? lie.spoil($0) : $0 }
        }
        #expect(calls.count >= search + 1)
    }

    @Test(
        "A lie in the search for a region's reason leaves the plan as it is", arguments: Lie.allCases, 4...5)
    func liesAboutReasons(lie: Lie, search: Int) throws {
        let calls = CallCounter()
        let plain = try solve(planned())
        let plan = try plan { result in
            let call = calls.next()
            return call == search || call == search + 1 ? lie.spoil(result) : result
        }
        #expect(plan.status == .optimal)
        #expect(plan.ledger == plain.ledger)
        #expect(plan.goals == plain.goals)
        #expect(plan.reasons.count == 2)
    }

    @Test("A solver that lies at first and then says the truth gives the plan", arguments: Lie.allCases)
    func secondAttempt(lie: Lie) throws {
        let calls = CallCounter()
        let doubted = try plan { calls.next() % 2 == 1 ? lie.spoil($0) : $0 }
        let plain = try solve(planned())
        #expect(doubted.status == .optimal)
        #expect(doubted.built.isClose(to: plain.built))
        #expect(doubted.reasons == plain.reasons)
    }

    @Test("A solver that breaks down is asked once more")
    func fault() throws {
        let calls = CallCounter()
        let plan = try plan { result throws(SolverFault) in
            if calls.next() % 2 == 1 { throw SolverFault("out of order") }
            return result
        }
        #expect(plan.status == .optimal)
        #expect(throws: SolverFault("out of order")) {
            try self.plan { _ throws(SolverFault) in throw SolverFault("out of order") }
        }
    }

    @Test("A worse plan with true prices of its own is not taken for the best")
    func worsePlan() throws {
        // The prices of the optimum, the point of doing nothing: it holds all rows and bounds, and earns less.
        let solver = AlteredSolver(GLPKSolver()) { program, result in
            var worse = result
            worse.solution?.columnValues = program.columnUpper.map {
                min($0, 100).isFinite ? min($0, 100) : 0
            }
            return worse
        }
        #expect(throws: CertificateFailure.self) { try Planner(solver: solver).plan(planned()) }
    }
}
