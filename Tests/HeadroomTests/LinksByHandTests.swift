import Headroom
import HeadroomTestSupport
import LinearProgramming
import Testing

/// Idle capacity that serves other regions' users over links, worked out on paper.
struct LinksByHandTests {
    /// Half of 100 units is idle.
    private let idle = RegionRow("I", users: 50, idle: 50)
    /// Ten more users want service than capacity serves; building does not pay.
    private let full = RegionRow("F", growth: 0.1, buildCost: 20, [.potentialUsers: 110])

    private func solve(
        _ rows: [RegionRow], years: Int = 1, _ links: Link..., change: (inout Assumptions) -> Void = { _ in }
    ) throws -> Plan {
        var planned = try PlanningCase.byHand(rows, years: years, change: change)
        planned.links = links
        return try HeadroomTests.solve(planned)
    }

    @Test(
        "What is idle serves users elsewhere, as far as the link reaches and where it pays",
        arguments: [(30.0, 3.0, 10.0), (4, 3, 4), (30, 9.5, 10), (30, 10.5, 0), (0, 3, 0)])
    func flow(capacity: Double, cost: Double, flow: Double) throws {
        // Each of ten users brings 10 less the cost of the link; doing nothing may use it as well.
        let plan = try solve([idle, full], Link(0, 1, capacity: capacity, cost: cost))
        #expect(plan.ledger.decisions.linkFlow[0].isClose(to: [flow]))
        #expect(plan.served.isClose(to: [50, 100 + flow]))
        #expect(plan.ledger.listed(\.usedCapacity).isClose(to: [50 + flow, 100]))
        #expect(plan.doNothing.totalNetPresentValue.isClose(to: 1500 + flow * (10 - cost)))
        #expect(plan.doNothing.decisions.servedUsers.listed == plan.served)
        #expect(plan.doNothing.decisions.linkFlow == plan.ledger.decisions.linkFlow)
        #expect(plan.added == 0)
        #expect(plan.ledger.spending() == 0)
    }

    @Test("Nothing flows against a link's direction")
    func direction() throws {
        let plan = try solve([idle, full], Link(1, 0, capacity: 30, cost: 0))
        #expect(plan.served.isClose(to: [50, 100]))
        #expect(plan.ledger.decisions.linkFlow == [[0]])
    }

    @Test("What is received over one link may be passed on over another")
    func twoHops() throws {
        // Through a region that is full itself: 10 − 3 − 2 a user.
        let middle = RegionRow("M", buildCost: 20)
        let plan = try solve(
            [idle, middle, full], Link(0, 1, capacity: 30, cost: 3), Link(1, 2, capacity: 30, cost: 2))
        #expect(plan.ledger.decisions.linkFlow.map { $0[0] }.isClose(to: [10, 10]))
        #expect(plan.ledger.listed(\.usedCapacity).isClose(to: [60, 100, 100]))
        #expect(plan.doNothing.totalNetPresentValue.isClose(to: 2500 + 50))
    }

    @Test("A unit carried takes demand per user of the region it serves")
    func demandPerUser() throws {
        // A user in F takes two units: ten more of them need twenty.
        let wide = RegionRow("F", capacity: 200, growth: 0.1, buildCost: 20)
        let plan = try solve([idle, wide], Link(0, 1, capacity: 12, cost: 3))
        #expect(plan.served.isClose(to: [50, 106]))
        #expect(plan.doNothing.totalNetPresentValue.isClose(to: 1500 + 60 - 36))
    }

    @Test("Widening a link is investment, of the region that it serves")
    func widening() throws {
        // A unit earns 10 − 3 − 4.
        let plan = try solve([idle, full], Link(0, 1, capacity: 0, cost: 3, buildCost: 4))
        #expect(plan.ledger.decisions.linkWidening[0].isClose(to: [10]))
        #expect(plan.added.isClose(to: 30))
        #expect(plan.ledger.spending(lever: .share).isClose(to: 40))
        #expect(plan.ledger.spending(region: RegionIndex(1)).isClose(to: 40))
        #expect(plan.ledger.spending(region: RegionIndex(0)) == 0)
        #expect(try solve([idle, full], Link(0, 1, capacity: 0, cost: 3, buildCost: 7.5)).added == 0)
    }

    @Test("Widening counts from the year it is paid in, within its yearly limit and the budget")
    func wideningInTime() throws {
        // Two years of 10 − 3 for what is paid in year 1, one for year 2.
        let link = Link(0, 1, capacity: 0, cost: 3, buildCost: 4, yearlyLimit: 6)
        let plan = try solve([idle, full], years: 2, link)
        #expect(plan.ledger.decisions.linkWidening[0].isClose(to: [6, 4]))
        #expect(plan.ledger.decisions.linkFlow[0].isClose(to: [6, 10]))
        #expect(plan.added.isClose(to: 6 * 10 + 4 * 3))
        let poor = try solve([idle, full], years: 2, link) { $0.budget.total = 28 }
        #expect(poor.ledger.decisions.linkWidening[0].isClose(to: [6, 1]))
        #expect(poor.shadowPrices?.total.isClose(to: 0.75) == true)  // (10 − 3 − 4) / 4
        #expect(poor.reasons[1] == .budget)
    }

    @Test("No region is served worse than it could serve itself, however little its users bring")
    func ownUsersFirst() throws {
        // Of I's 100 units 95 are its own users', who bring 1; those of F would bring 10.
        let cheap = RegionRow("I", users: 95, idle: 5, revenue: 1, buildCost: 50)
        let plan = try solve([cheap, full], Link(0, 1, capacity: 100, cost: 0))
        #expect(plan.served.isClose(to: [95, 105]))
        #expect(plan.ledger.decisions.linkFlow[0].isClose(to: [5]))
        // Where its users grow beyond its capacity, nothing is idle.
        let grown = RegionRow("I", users: 95, idle: 5, growth: 0.2, revenue: 1, buildCost: 50)
        #expect(try solve([grown, full], Link(0, 1, capacity: 100, cost: 0)).served.isClose(to: [100, 100]))
    }

    @Test("What is built here may serve there")
    func buildForOthers() throws {
        // A unit at 1 and its way at 3 for a user of 10.
        let builder = RegionRow("B", buildCost: 1)
        let plan = try solve([builder, full], Link(0, 1, capacity: 100, cost: 3))
        #expect(plan.built.isClose(to: [10, 0]))
        #expect(plan.added.isClose(to: 60))
    }

    @Test("Headroom is kept free of what is served for others as well")
    func maxUtilization() throws {
        let careful = RegionRow("I", users: 50, idle: 50, buildCost: 50, [.maxUtilization: 0.55])
        let plan = try solve([careful, full], Link(0, 1, capacity: 100, cost: 0))
        #expect(plan.ledger.decisions.linkFlow[0].isClose(to: [5]))
    }

    @Test("Of opposite flows only the difference is a decision, for any number of links between two regions")
    func oppositeFlows() throws {
        let planned = try PlanningCase.byHand([idle, full], years: 2).with(
            links: Link(0, 1, capacity: 30, cost: 0), Link(1, 0, capacity: 30, cost: 0),
            Link(0, 1, capacity: 9, cost: 0))
        let formulation = Formulation(planned)
        var point = [Double](repeating: 0, count: formulation.program.columnCount)
        for (link, flows) in [[15.0, 2], [5, 9], [1, 8]].enumerated() {
            for (year, flow) in flows.enumerated() {
                point[formulation.linkColumns[link].flow[year].index] = flow
            }
        }
        let solution = Solution(columnValues: point, rowDuals: [], of: formulation.program)
        let decisions = Decisions(solution, of: formulation)
        #expect(decisions.linkFlow == [[10, 0], [0, 0], [1, 1]])
    }

    @Test("Opposite links are used one way in a plan")
    func oneWay() throws {
        let plan = try solve(
            [idle, full], Link(0, 1, capacity: 30, cost: 0), Link(1, 0, capacity: 30, cost: 0))
        #expect(plan.ledger.decisions.linkFlow[0].isClose(to: [10]))
        #expect(plan.ledger.decisions.linkFlow[1] == [0])
    }

    @Test("The schedule names links, what they carry at no spending and what they are widened by")
    func schedule() throws {
        let plan = try solve([idle, full], Link(0, 1, capacity: 4, cost: 3, buildCost: 4))
        let entries = plan.schedule
        #expect(entries.map(\.detail) == [.link("I>F"), .linkWidening("I>F")])
        #expect(entries.map(\.region) == [RegionIndex(1), RegionIndex(1)])
        #expect(entries.map(\.quantity).isClose(to: [10, 6]))
        #expect(entries.map(\.spend).isClose(to: [0, 24]))
    }
}
