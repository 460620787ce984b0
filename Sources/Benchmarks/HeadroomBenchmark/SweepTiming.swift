import Foundation
import GLPKSolver
import Headroom
import HeadroomFiles

/// How long whole plans under many budgets take, and how long one plan does.
struct SweepTiming {
    private let goals: [Goal]
    private let count: Int
    private let sweep: Double
    /// Of three the one in the middle.
    private let plan: Double

    /// - Parameter factors: Of the plan's own budget.
    /// - Throws: `UnmadePlan` where a budget has none.
    init(of path: String, _ goals: [Goal], _ factors: [Double], threads: Int) throws {
        var planningCase = try LoadedPlan(path: path).planningCase
        planningCase.assumptions.objective.goals = goals
        let planner = Planner(solver: GLPKSolver(), threads: threads)
        let plans = try (0..<3).map { _ in
            try Self.seconds { _ = try planner.plan(planningCase) }
        }
        let amount = planningCase.assumptions.budget.amount ?? 0
        let request = SweepRequest(budgets: factors.map { $0 * amount })
        sweep = try Self.seconds {
            let sweep = try planner.sweep(planningCase, request)
            guard sweep.points.allSatisfy({ $0.figures?.status == .optimal }) else {
                throw UnmadePlan(reason: "a budget has no plan, or none that is proved")
            }
        }
        plan = plans.sorted()[1]
        count = factors.count
        self.goals = goals
    }

    private static func seconds(_ work: () throws -> Void) rethrows -> Double {
        let begin = ContinuousClock.now
        try work()
        return (ContinuousClock.now - begin) / .seconds(1)
    }

    /// For people.
    var text: String {
        let names = goals.map(\.title).joined(separator: ", then ")
        return "Headroom: \(count) plans, \(names): \(sweep.secondsText), "
            + "\(String(format: "%.1f", sweep / plan)) times one plan (\(plan.secondsText))"
    }
}
