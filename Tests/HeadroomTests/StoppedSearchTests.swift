import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// What is left of a plan whose search was stopped.
struct StoppedSearchTests {
    /// Building, then winning users at a loss.
    private func planned(_ goals: [Goal] = [.return, .servedUsers]) throws -> PlanningCase {
        let idle = RegionRow("B", users: 50, idle: 50, [.potentialUsers: 80, .adoptionCost: 15])
        return try .byHand([RegionRow("A", growth: 0.1), idle]) {
            $0.objective.goals = goals
            $0.objective.tolerance = 0.5
            $0.budget.total = 100
        }
    }

    /// A solver that is stopped in one of its calls.
    private func solver(
        stoppedIn stopped: Int, _ termination: Termination = .timeLimit,
        at point: @escaping @Sendable (Solution?) -> Solution?
    ) -> AlteredSolver {
        let calls = CallCounter()
        return AlteredSolver(GLPKSolver()) { _, result in
            guard calls.next() == stopped else { return result }
            return SolverResult(termination: termination, solution: point(result.solution), steps: 7)
        }
    }

    @Test(
        "Stopped before any point was found, there is no plan",
        arguments: [Termination.timeLimit, .cancelled])
    func withoutPoint(termination: Termination) throws {
        let solver = solver(stoppedIn: 1, termination) { _ in nil }
        #expect(throws: PlanningFailure.stoppedWithoutPlan) { try Planner(solver: solver).plan(planned()) }
    }

    @Test("Stopped at a point that oversteps its limits, there is no plan")
    func atNoPlan() throws {
        let solver = solver(stoppedIn: 1) { solution in
            var beyond = solution
            beyond?.columnValues[0] += 1
            return beyond
        }
        #expect(throws: PlanningFailure.stoppedWithoutPlan) { try Planner(solver: solver).plan(planned()) }
    }

    @Test("Stopped in the first stage at a point, that point is the plan, and nothing is proved")
    func firstStage() throws {
        let plan = try Planner(solver: solver(stoppedIn: 1) { $0 }).plan(planned())
        #expect(plan.status == .feasible)
        #expect(plan.stoppedAt == .return)
        #expect(plan.goals.map(\.best) == [nil, nil])
        #expect(plan.goals[0].value.isClose(to: 60))
        #expect(plan.certificate == nil)
        #expect(plan.shadowPrices == nil)
        #expect(plan.steps == 7)
    }

    @Test("Stopped in a later stage without a point, the plan of the stage before is left")
    func laterStage() throws {
        let plan = try Planner(solver: solver(stoppedIn: 2) { _ in nil }).plan(planned())
        #expect(plan.status == .feasible)
        #expect(plan.stoppedAt == .servedUsers)
        #expect(plan.added.isClose(to: 60))
        #expect(plan.goals[0].best.isClose(to: 60))
        #expect(plan.goals[1].best == nil)
        #expect(plan.goals[1].value.isClose(to: 160))
        #expect(plan.shadowPrices != nil)
        #expect(plan.certificate == nil)
    }

    @Test("Stopped in a later stage at a point, that point is the plan")
    func laterStageAtPoint() throws {
        // Four users won with the 60 left of the budget, at a loss of 5 each, within the half given up.
        let plan = try Planner(solver: solver(stoppedIn: 2) { $0 }).plan(planned())
        #expect(plan.stoppedAt == .servedUsers)
        #expect(plan.goals[1].value.isClose(to: 164))
        #expect(plan.added.isClose(to: 40))
    }

    @Test("Stopped in the last stage, all goals have their best")
    func lastStage() throws {
        let plan = try Planner(solver: solver(stoppedIn: 3) { _ in nil }).plan(planned())
        #expect(plan.status == .feasible)
        #expect(plan.goals[1].best.isClose(to: 164))
    }

    @Test("Stopped while it is asked whether a goal is defined, the goal is not called undefined")
    func definedOrNot() throws {
        let empty = RegionRow(users: 0, capacity: 0, [.demandPerUser: 1])
        let planned = try PlanningCase.byHand([empty]) { $0.objective.goals = [.utilization, .return] }
        let plan = try Planner(solver: solver(stoppedIn: 2) { _ in nil }).plan(planned)
        #expect(plan.stoppedAt == .utilization)
        #expect(plan.status == .feasible)
    }

    @Test("A deadline that is past and a caller who gives up stop the search at once")
    func control() throws {
        let planner = Planner(solver: GLPKSolver())
        let past = SolverControl(deadline: .now - .seconds(1))
        #expect(throws: PlanningFailure.stoppedWithoutPlan) { try planner.plan(planned(), control: past) }
        let cancelled = SolverControl(isCancelled: { true })
        #expect(throws: PlanningFailure.cancelled) {
            try planner.plan(planned(), control: cancelled)
        }
    }

    @Test("A frontier that is stopped has its ends first, then the plan, and names the rest")
    func frontier() throws {
        let planned = try planned()
        let goals = [Goal.return, .servedUsers]
        func frontier(_ solver: any LinearSolver) throws -> Frontier? {
            let outcome = try Planner(solver: solver).frontier(
                of: planned, goals: goals, scenarios: [("other", planned)])
            if case .frontier(let frontier) = outcome { return frontier }
            return nil
        }
        let whole = try #require(try frontier(GLPKSolver()))
        #expect(!whole.isStopped && whole.isComplete && whole.missing.isEmpty)
        var seen: Set<[String]> = []
        for most in 1... {
            let calls = CallCounter()
            let solver = AlteredSolver(GLPKSolver()) { _, result in
                calls.next() <= most ? result : SolverResult(termination: .timeLimit, steps: 7)
            }
            guard let part = try? frontier(solver) else { continue }
            guard part.isStopped else { break }
            seen.insert(part.missing)
            #expect(part.corners.first?.first.isClose(to: whole.corners.first?.first ?? .nan) == true)
            #expect(part.corners.last?.second.isClose(to: whole.corners.last?.second ?? .nan) == true)
            #expect(part.isComplete == !part.missing.contains("part of the frontier"))
        }
        #expect(seen.contains(["part of the frontier", "the plan", "other"]))
        #expect(seen.contains(["part of the frontier", "other"]))
        #expect(seen.contains(["other"]))
    }

    @Test("Of a frontier that was stopped too soon nothing is said to be the best", arguments: 0...1)
    func frontierTooSoon(corners: Int) throws {
        let outcome = try Planner(solver: GLPKSolver()).frontier(
            of: planned(), goals: [.return, .servedUsers])
        guard case .frontier(var frontier) = outcome else {
            Issue.record("no frontier")
            return
        }
        frontier.corners = Array(frontier.corners.prefix(corners))
        frontier.pieces = []
        frontier.reachesEnds = false
        frontier.isStopped = true
        let sentences = FrontierSummary(frontier).sentences
        #expect(sentences.first?.hasSuffix(" of the frontier was found.") == true)
        #expect(!sentences.contains { $0.contains("nothing to trade") })
        #expect(frontier.table(isForPeople: true).rows.count == corners + frontier.placed.count)
    }

    @Test("A corner whose return the solver does not find stays without one")
    func tieWithoutPlan() throws {
        let planned = try planned()
        let rows = Formulation(CanonicalOrder(planned).applied(to: planned)).program.rowCount
        let solver = AlteredSolver(GLPKSolver()) { program, result in
            // Each of the goals is held by a row.
            program.rowCount == rows + 2 ? SolverResult(termination: .infeasible, steps: 1) : result
        }
        func frontier(_ solver: any LinearSolver) throws -> Frontier? {
            let outcome = try Planner(solver: solver).frontier(
                of: planned, goals: [.leastSpending, .servedUsers])
            if case .frontier(let frontier) = outcome { return frontier }
            return nil
        }
        let part = try #require(try frontier(solver))
        let whole = try #require(try frontier(GLPKSolver()))
        #expect(part.corners.map(\.first) == whole.corners.map(\.first))
        #expect(part.corners.map(\.second) == whole.corners.map(\.second))
        #expect(part.corners.allSatisfy { $0.return == nil && $0.returnOnInvestment == nil })
        #expect(part.isStopped && part.isComplete)
    }
}
