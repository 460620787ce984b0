import GLPKSolver
import HeadroomTestSupport
import Testing

@testable import Headroom

/// What is said of a sweep whose plans have gaps, or whose goal falls with money.
struct SweepCourseTests {
    /// A sweep whose points at 10, 20 and so on come to given values; nil: no plan is possible.
    private func sweep(
        _ bests: [Double?], gaps: [Double] = [], goal: Goal = .return, falls: Bool = false
    ) throws -> BudgetSweep {
        let planned = try PlanningCase.byHand([RegionRow(growth: 0.1)]) {
            $0.budget.total = 30
            $0.objective.goals = falls && goal != .roi ? [goal, .roi] : [goal]
        }
        let plan = try Planner(solver: GLPKSolver()).plan(planned)
        let points = bests.enumerated().map { place, best in
            var figures = PlanFigures(plan, goal, .allRows)
            (figures.best, figures.gap) = (best, place < gaps.count ? gaps[place] : 0)
            return BudgetSweep.Point(
                budget: Double(10 * (place + 1)), outcome: best == nil ? .impossible : .plan(figures))
        }
        return BudgetSweep(
            planningCase: planned, movement: .allRows, goal: goal, points: points, isStopped: false)
    }

    private func said(_ sweep: BudgetSweep, reach: Double? = nil) -> String {
        SweepSummary(sweep, reach: reach).sentences.joined(separator: " ")
    }

    @Test("That more money adds nothing is said only where the gaps of larger budgets leave nothing to add")
    func gaps() throws {
        let stops = "More money stops adding anything between money 10 and money 20: up to money 40, "
        let proved = try said(sweep([5, 9, 9, 9], gaps: [0, 0, 1e-6, 1e-6]))
        #expect(proved.contains(stops + "the largest of these budgets, nothing is added."))
        let rising = try said(sweep([5, 10.2, 11, 11.1], gaps: [0, 0.1, 0.1, 0.1]))
        #expect(!rising.contains("stops adding") && !rising.contains("more money adds to it"))
        #expect(try !said(sweep([5, 9, 9, 9], gaps: [0, 0, 0, 0.1])).contains("stops adding"))
        // The smallest may already come to as much.
        #expect(try said(sweep([5, 8.9, 9, 9], gaps: [0, 0.1])).contains("between money 10 and money 30:"))
        #expect(try !said(sweep([8, 8.9, 9, 9], gaps: [0.2, 0.1])).contains("stops adding"))
        #expect(try !said(sweep([5, 9, 9, nil])).contains("stops adding"))
        let more = "Up to money 40, the largest of these budgets, more money adds to it."
        #expect(try said(sweep([5, 6, 7, 8])).contains(more))
        #expect(try !said(sweep([5, 6, 7.9, 8], gaps: [0, 0, 0.1])).contains(more))
    }

    @Test("All budgets bring the same only where their gaps leave no difference")
    func same() throws {
        let same = "The best return is the same with all of these budgets"
        #expect(try said(sweep([9, 9, 9], gaps: [1e-6, 1e-6, 1e-6])).contains(same + "."))
        #expect(try !said(sweep([9, 9, 9], gaps: [0.1, 0.1, 0.1])).contains(same))
        #expect(try said(sweep([nil, 9, 9, 9])).contains(same + " at which it is known."))
        #expect(try !said(sweep([9, 9, 9, nil])).contains(same))
    }

    @Test("The least spending rises where the best of other goals falls")
    func leastSpending() throws {
        let rising = try said(sweep([5, 5, 10, 15], goal: .leastSpending, falls: true))
        #expect(
            rising.contains(
                "The least spending rises with more money than money 20: from money 5 to money 15 with ")
        )
        let falling = try said(sweep([9, 5, 5, 5], goal: .leastSpending))
        #expect(
            falling.contains(
                "From a budget between money 10 and money 20 on more money lowers it no further: up to money 40, "
                    + "the largest of these budgets, it stays the same."))
        #expect(
            try said(sweep([9, 8, 7], goal: .leastSpending)).contains(
                "Up to money 30, the largest of these budgets, more money lowers it."))
        #expect(
            try !said(sweep([9, 5, 5, 5], gaps: [0, 0, 0, 0.1], goal: .leastSpending)).contains("no further"))
        #expect(try said(sweep([5, 9, 8, 7], goal: .roi, falls: true)).contains("The best roi falls with "))
        let open = try sweep([5, 9, 8.9, 7], gaps: [0, 0, 0.1], goal: .roi, falls: true)
        #expect(!said(open).contains("falls with"))
    }

    @Test(
        "Where the goal may fall, all budgets are said to reach a value only where all do",
        arguments: [
            ([5, 4, 3], "All of these budgets reach a roi of 2.00, up to money 30, the largest of them."),
            ([5, 4, nil], "Of these budgets money 20 is the largest that still reaches a roi of 2.00."),
            (
                [5, 1, 3],
                "Of these budgets money 30 is the largest that still reaches a roi of 2.00; not all below do."
            ),
            (
                [nil, 4, 3],
                "Of these budgets money 20 is the smallest that reaches a roi of 2.00, and all above do."
            ),
            ([nil, 4, 1], "Of these budgets money 20 alone reaches a roi of 2.00."),
            (
                [nil, 4, 1, 3, 1],
                "Of these budgets money 40 is the largest that still reaches a roi of 2.00, and money 20 the smallest; "
                    + "not all between them do."
            ),
            ([1, 1, nil], "None of these budgets reaches a roi of 2.00."),
        ] as [([Double?], String)])
    func reach(bests: [Double?], expected: String) throws {
        let said = SweepSummary(try sweep(bests, goal: .roi, falls: true), reach: 2).sentences
        #expect(said.contains(expected), "\(said)")
    }
}
