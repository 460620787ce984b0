import HeadroomTestSupport
import Testing

@testable import Headroom

/// The audit that holds decisions against the model: every limit that is overstepped is named.
struct LedgerTests {
    private let a = RegionIndex(0)
    private let row = RegionRow(
        growth: 0.1,
        [
            .potentialUsers: 130, .adoptionCost: 5, .commerceRevenuePerUser: 4, .creditUsers: 20,
            .creditCost: 1,
            .yearlyBuildLimit: 30,
        ])

    /// The audit of doing nothing after a change.
    private func audit(
        _ budget: Budget = Budget(), _ change: (inout Decisions) -> Void
    ) throws -> LedgerAudit {
        let planned = try PlanningCase.byHand([row], years: 2) { $0.budget = budget }
        var decisions = Decisions.doNothing(planned)
        change(&decisions)
        return LedgerAudit(Ledger(planned, decisions))
    }

    @Test("Doing nothing oversteps nothing")
    func nothing() throws {
        let audit = try audit(Budget(total: 0, yearly: [0, 0])) { _ in }
        #expect(audit.worst == 0)
        #expect(audit.worstName.isEmpty)
    }

    @Test("Users beyond demand, potential and capacity are found")
    func users() throws {
        // 110 want service in year 1, 130 could be, and 100 find capacity.
        let use = try audit { $0.servedUsers[a, Year(1)] = 101 }
        #expect(use.worstName == "use in A")
        #expect(use.worst.isClose(to: 1.0 / 101, within: 1e-12))
        #expect(
            try audit {
                $0.servedUsers[a, Year(1)] = 111
                $0.newCapacity[0][a, Year(1)] = 20
            }.worstName == "demand of A")
        #expect(
            try audit {
                $0.servedUsers[a, Year(1)] = 131
                $0.newCapacity[0][a, Year(1)] = 30.5
                $0.wonUsers[0][a, Year(1)] = 21
            }.worstName == "yearly build limit of A")
        #expect(
            try audit {
                $0.servedUsers[a, Year(2)] = 135
                $0.newCapacity[0].enter([20, 20], of: a)
                $0.wonUsers[0][a, Year(1)] = 30
            }.worstName == "potential of A")
    }

    @Test("Won users beyond the step are found")
    func adoption() throws {
        #expect(try audit { $0.wonUsers[0].enter([20, 11], of: a) }.worstName == "adoption in A")
        #expect(try audit { $0.wonUsers[0].enter([20, 10], of: a) }.worst == 0)
    }

    @Test("Traders who are not served or not enrolled are found")
    func credit() throws {
        #expect(try audit { $0.tradingUsers[a, Year(2)] = 21 }.worstName == "credit in A")
        #expect(
            try audit {
                $0.tradingUsers[a, Year(2)] = 21
                $0.enrolledUsers[a, Year(1)] = 1
            }.worst == 0)
        #expect(
            try audit {
                $0.tradingUsers[a, Year(2)] = 101
                $0.enrolledUsers[a, Year(1)] = 200
            }.worstName == "trade in A")
    }

    @Test("Money beyond the total, the year's or the money so far is found")
    func budget() throws {
        let build: (inout Decisions) -> Void = { $0.newCapacity[0].enter([1, 2], of: a) }  // 4, then 8
        #expect(try audit(Budget(total: 12), build).worst == 0)
        #expect(try audit(Budget(total: 11.9), build).worstName == "the budget up to 2026")
        #expect(try audit(Budget(yearly: [4, 8]), build).worst == 0)
        #expect(try audit(Budget(yearly: [5, 7]), build).worstName == "the budget up to 2026")
        #expect(try audit(Budget(yearly: [5, 7], carryOver: true), build).worst == 0)
        #expect(
            try audit(Budget(yearly: [3, 9], carryOver: true), build).worstName == "the budget up to 2025")
    }

    @Test("A number that is none is found")
    func notANumber() throws {
        for value in [Double.nan, .infinity] {
            #expect(try audit { $0.servedUsers[a, Year(1)] = value }.worst == .infinity)
            #expect(try audit(Budget(total: 1)) { $0.newCapacity[0][a, Year(1)] = value }.worst == .infinity)
        }
    }

    @Test("Results of several threads come back in order, and the first error by index is thrown")
    func parallel() {
        #expect(parallelMap(10, threads: 3) { $0 * $0 } == (0..<10).map { $0 * $0 })
        #expect(parallelMap(0, threads: 3) { $0 }.isEmpty)
        #expect(throws: PlannedError(index: 4)) {
            try parallelMap(10, threads: 3) { index in
                if index >= 4 { throw PlannedError(index: index) }
            }
        }
    }

    private struct PlannedError: Error, Equatable { var index: Int }
}
