import Headroom
import HeadroomTestSupport
import Testing

/// Plans with the credit lever, worked out on paper.
struct CreditByHandTests {
    /// 100 users, of whom 20 are enrolled; one more costs 1. Trading brings 4, of which half is collected:
    /// (2 · 0.5 + 1 · 0.8 + 1 · 0.2) / 4 = 0.5.
    private let trading = RegionRow(
        "A",
        [
            .commerceRevenuePerUser: 4, .creditUsers: 20, .creditCost: 1, .creditReliability: 0.5,
            .creditRating: 0.8, .creditSolvency: 0.2, .creditCharacter: 0.9, .creditReputation: 0.1,
        ])

    private func weights(_ assumptions: inout Assumptions) { assumptions.creditWeights = [2, 1, 1, 0, 0] }

    @Test("Users are enrolled where what is collected pays for it")
    func enrols() throws {
        // Doing nothing: 1000 + 20 · 2. The other 80 bring 2 and cost 1.
        let plan = try solve(trading, change: weights)
        #expect(plan.planningCase.regions.creditScore.isClose(to: [0.5]))
        #expect(plan.doNothing.totalNetPresentValue.isClose(to: 1040))
        #expect(plan.ledger.decisions.enrolledUsers.listed.isClose(to: [80]))
        #expect(plan.added.isClose(to: 80))
        #expect(plan.ledger.spending(lever: .credit).isClose(to: 80))
    }

    @Test("Enrolment lasts")
    func lasts() throws {
        let plan = try solve(trading, years: 2, change: weights)  // 80 · (2 + 2 − 1)
        #expect(plan.ledger.decisions.enrolledUsers.listed.isClose(to: [80, 0]))
        #expect(plan.ledger.decisions.tradingUsers.listed.isClose(to: [100, 100]))
        #expect(plan.added.isClose(to: 240))
    }

    @Test("Who is not served does not trade")
    func servedOnly() throws {
        // Headroom leaves 60 users, and building for more does not pay.
        var row = trading
        row.numbers[.maxUtilization] = 0.6
        row.numbers[.buildCost] = 100
        let plan = try solve(row, change: weights)
        #expect(plan.ledger.decisions.tradingUsers.listed.isClose(to: [60]))
        #expect(plan.ledger.decisions.enrolledUsers.listed.isClose(to: [40]))
        #expect(plan.added.isClose(to: 40))
    }

    @Test("Equal weights are the default, and a missing indicator counts 1")
    func equalWeights() throws {
        var row = trading
        row.numbers[.creditReputation] = nil
        let plan = try solve(row)  // (0.5 + 0.8 + 0.2 + 0.9 + 1) / 5
        #expect(plan.planningCase.regions.creditScore.isClose(to: [0.68]))
    }

    @Test("Credit that collects less than it costs is not given")
    func unprofitable() throws {
        let plan = try solve(trading) { $0.creditWeights = [0, 0, 0, 0, 1] }  // 0.4 against 1
        #expect(plan.ledger.spending() == 0)
        #expect(plan.ledger.decisions.tradingUsers.listed.isClose(to: [20]))
    }

    @Test("Without a credit cost only those trade who are enrolled already")
    func noLever() throws {
        var row = trading
        row.numbers[.creditCost] = nil
        let plan = try solve(row, change: weights)
        #expect(plan.ledger.decisions.tradingUsers.listed.isClose(to: [20]))
        #expect(plan.added.isClose(to: 0))
    }

    @Test("A user who trades may be worth building for")
    func addsToBuilding() throws {
        // Ten more users want service; one brings 3 by access and 2 by trade, and costs 4 and 0.5: only with trade
        // it pays. 80 · (2 − 0.5) + 10 · (3 + 2 − 4 − 0.5).
        var row = trading
        row.numbers[.demandGrowth] = 0.1
        row.numbers[.revenuePerUser] = 3
        row.numbers[.creditCost] = 0.5
        let plan = try solve(row, change: weights)
        #expect(plan.built.isClose(to: [10]))
        #expect(plan.added.isClose(to: 125))
    }
}
