import Headroom
import HeadroomTestSupport
import Testing

/// Why a region gets what it gets, each by a plan in which there is but one answer.
struct ReasonTests {
    private let growing = RegionRow("A", growth: 0.1)

    @Test("All demand met: who wants service gets it, by building or without")
    func allDemandMet() throws {
        #expect(try solve(growing).reasons == [.allDemandMet])
        #expect(try solve(RegionRow(growth: -0.1)).reasons == [.allDemandMet])
        #expect(try solve(growing) { $0.budget.total = 40.01 }.reasons == [.allDemandMet])
    }

    @Test("Budget: with more money more would be spent here")
    func budget() throws {
        let cheap = RegionRow("B", growth: 0.1, buildCost: 2)
        let plan = try solve(growing, cheap) { $0.budget.total = 30 }
        #expect(plan.reasons == [.budget, .allDemandMet])
    }

    @Test("Budget: a year's money, carried over or not, may be what is missing", arguments: [true, false])
    func yearlyBudget(carryOver: Bool) throws {
        let plan = try solve(growing, years: 2) {
            $0.budget = Budget(yearly: [20, 1000], carryOver: carryOver)
        }
        #expect(plan.reasons == [.budget])
    }

    @Test("Budget: where nothing pays, it is not money that is missing")
    func notTheBudget() throws {
        let poor = RegionRow("P", growth: 0.1, revenue: 1)
        #expect(try solve(growing, poor) { $0.budget.total = 30 }.reasons == [.budget, .unprofitable])
        #expect(try solve(poor) { $0.budget.total = 0 }.reasons == [.unprofitable])
    }

    @Test("Budget: users to win count as well as users to build for")
    func budgetForAdoption() throws {
        let idle = RegionRow(users: 50, idle: 50, [.potentialUsers: 80, .adoptionCost: 5])
        #expect(try solve(idle) { $0.budget.total = 50 }.reasons == [.budget])
    }

    @Test(
        "A rule that has no name is called by its number",
        arguments: [
            ("rule 1", "rule 1"), ("rule 12", "rule 12"), ("rule", "rule rule"), ("rule ", "rule rule "),
            ("rule 1a", "rule rule 1a"), ("ruler 1", "rule ruler 1"), ("west", "rule west"),
        ])
    func ruleNames(name: String, text: String) {
        #expect(Reason.rule(name).description == text)
    }

    @Test("Build limit: more would be built if it could")
    func buildLimit() throws {
        let limited = RegionRow("A", growth: 0.3, [.yearlyBuildLimit: 10])
        #expect(try solve(limited).reasons == [.buildLimit])
        let other = RegionRow("B", growth: 0.1, revenue: 8)
        #expect(try solve(limited, other) { $0.budget.total = 60 }.reasons == [.buildLimit, .budget])
    }

    @Test("Build limit: a limit that is not reached is no reason")
    func looseBuildLimit() throws {
        let row = RegionRow(growth: 0.3, revenue: 1, [.yearlyBuildLimit: 10])
        #expect(try solve(row).reasons == [.unprofitable])
    }

    @Test(
        "Build limit: a technology's own, over all years, or the last whole module below it",
        arguments: [
            (Technology(name: "t", buildCost: 4, yearlyLimit: 10), CostOverride(), Reason.buildLimit),
            (Technology(name: "t", buildCost: 4), CostOverride(totalLimit: 10), .buildLimit),
            (Technology(name: "t", buildCost: 4, yearlyLimit: 10, module: 4), CostOverride(), .buildLimit),
            (Technology(name: "t", buildCost: 4), CostOverride(totalLimit: 30), .allDemandMet),
            (Technology(name: "t", buildCost: 12), CostOverride(totalLimit: 10), .unprofitable),
            // Four modules serve 28 users; a fifth would serve two for 49.
            (Technology(name: "t", buildCost: 7, yearlyLimit: 40, module: 7), CostOverride(), .unprofitable),
        ])
    func technologyLimits(technology: Technology, override: CostOverride, reason: Reason) throws {
        let planned = try PlanningCase.byHand([RegionRow(growth: 0.3)])
            .with(technologies: [technology], overrides: [[0: override]])
        #expect(try solve(planned).reasons == [reason])
    }

    @Test("Adoption exhausted: all who can be won are won")
    func adoptionExhausted() throws {
        let idle = RegionRow(users: 50, idle: 50, [.potentialUsers: 80, .adoptionCost: 5])
        let half: (inout Assumptions) -> Void = { $0.adoption.steps = [.init(share: 0.5, costFactor: 1)] }
        #expect(try solve(idle, change: half).reasons == [.adoptionExhausted])
        // Where the step reaches everybody there is nobody left to win.
        #expect(try solve(idle).reasons == [.allDemandMet])
        // At 15 nobody is won: the next user does not pay, although all who want service have it.
        let dear = RegionRow(users: 50, idle: 50, [.potentialUsers: 80, .adoptionCost: 15])
        #expect(try solve(dear).reasons == [.unprofitable])
    }

    @Test("Unprofitable: some who want service get none, and nothing limits building but its cost")
    func unprofitable() throws {
        #expect(try solve(RegionRow(growth: 0.1, buildCost: 12)).reasons == [.unprofitable])
        #expect(
            try solve(RegionRow("A", [.maxUtilization: 0.8, .operatingCost: 7])).reasons == [.unprofitable])
    }

    @Test("The first goal decides whether more money would come")
    func firstGoal() throws {
        // Serving P loses money: nothing that the return wants, everything that the service level does.
        let poor = RegionRow("P", growth: 0.1, revenue: 0)
        func reasons(_ goals: [Goal]) throws -> [Reason] {
            try solve(poor) {
                $0.objective.goals = goals
                $0.budget.total = 20
            }.reasons
        }
        #expect(try reasons([.return, .serviceLevel]) == [.unprofitable])
        #expect(try reasons([.serviceLevel, .return]) == [.budget])
        // New capacity would be all in use, as the old one is: no gain, whether it pays or not.
        let full = RegionRow("F", growth: 0.1)
        let idle = try solve(full) { $0.objective.goals = [.leastSpending, .return] }
        #expect(idle.reasons == [.noGain])
        #expect(idle.reasons[0].description == "no gain for the goal")
    }
}
