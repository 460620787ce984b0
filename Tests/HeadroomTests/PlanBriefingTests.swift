import GLPKSolver
import Headroom
import HeadroomTestSupport
import Testing

/// What a plan says of scenarios.
struct PlanBriefingTests {
    private static let rows = [RegionRow("A", growth: 0.1), RegionRow("B", growth: 0.1, revenue: 20)]

    private func variant(_ name: String, budget: Double = 60) throws -> Variant {
        var planned = try PlanningCase.byHand(Self.rows) { $0.budget.total = budget }
        if name == "none" {
            planned.rules = [Rule(name: "much", measure: .newCapacity, atLeast: .amount(1e6))]
        }
        return Variant(name: name, planningCase: planned, table: RegionTable(Self.rows))
    }

    /// Scenarios by name: a number is a budget, “none” has no plan, “late” is not found in time.
    private func risk(_ names: [String]) throws -> String {
        let variants =
            try ["plan"].map { try variant($0) } + names.map { try variant($0, budget: Double($0) ?? 60) }
        var plans = Planner(solver: GLPKSolver()).plans(of: variants.map(\.planningCase))
        for (place, variant) in variants.enumerated() where variant.name == "late" {
            plans[place] = .failure(PlanningFailure.stoppedWithoutPlan)
        }
        let briefing = PlanBriefing(try plans[0].get(), scenarios: try Comparison(variants, plans: plans))
        return briefing.sentences.last ?? ""
    }

    @Test(
        "Scenarios without a plan count, whatever the others return",
        arguments: [
            (["same"], "The one scenario tried, “same”, returns as much."),
            (
                ["same", "none"],
                "Of 2 scenarios tried “same” returns as much; no plan is possible under “none”."
            ),
            (
                ["same", "late"],
                "Of 2 scenarios tried “same” returns as much; no plan was found in time under “late”."
            ),
            (
                ["same", "as", "none"],
                "Of 3 scenarios tried 2 return as much; no plan is possible under “none”."
            ),
            (["same", "as"], "Of 2 scenarios tried all return as much."),
            (
                ["same", "70", "none"],
                "Of 3 scenarios tried none that has a plan returns less; “70” returns money 15 (7.9 %) more; no plan is "
                    + "possible under “none”."
            ),
            (
                ["30", "none", "late"],
                "Of 3 scenarios tried “30” hurts most, with a return of money 70 (36.8 %) less; no plan is possible under "
                    + "“none”; no plan was found in time under “late”."
            ),
            (["none"], "No plan is possible under “none”."),
        ])
    func risks(names: [String], expected: String) throws {
        let risk = try risk(names)
        #expect(risk == expected)
    }
}
