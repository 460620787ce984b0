import GLPKSolver
import Headroom
import HeadroomTestSupport
import Testing

struct IdleByRuleTests {
    /// A serves all it will ever have from half of its capacity; B grows into what it builds.
    private func plan(_ rule: Rule) throws -> Plan {
        var planned = try PlanningCase.byHand(
            [
                RegionRow("A", users: 100, capacity: 200, idle: 100, growth: 0),
                RegionRow("B", users: 100, idle: 0, growth: 0.5),
            ], years: 2)
        planned.rules = [rule]
        return try Planner(solver: GLPKSolver()).plan(planned)
    }

    @Test("New capacity that only a rule asked for is told with the rule's name")
    func told() throws {
        let scope = [Rule.Tag(name: "region", values: ["A"])]
        let plan = try plan(Rule(name: "jobs", measure: .newCapacity, atLeast: .amount(30), tags: scope))
        #expect(plan.ledger.idleByRule() == [IdleByRule(rule: "jobs", capacity: 30)])
        #expect(
            PlanSummary(plan).remarks.contains { $0.hasPrefix("Rule “jobs” leaves new capacity idle: 30 ") })
    }

    @Test("New capacity that is used is not idle, though a rule asks for it")
    func used() throws {
        let scope = [Rule.Tag(name: "region", values: ["B"])]
        let plan = try plan(Rule(name: "jobs", measure: .newCapacity, atLeast: .amount(125), tags: scope))
        #expect(plan.ledger.idleByRule().isEmpty)
    }
}
