import Headroom
import HeadroomTestSupport
import Testing

/// Derived numbers of the model, 3.3, worked out on paper.
struct GrowthTests {
    private func users(
        _ growth: Growth, from users: Double = 100, at rate: Double, potential: Double? = nil
    ) throws -> [Double] {
        var row = RegionRow(users: users, idle: users > 0 ? 0 : 100, growth: rate, [.demandPerUser: 1])
        row.numbers[.potentialUsers] = potential
        let planned = try PlanningCase.byHand([row], years: 3) { $0.growth = growth }
        return planned.assumptions.planningYears.map { planned.organicUsers(RegionIndex(0), $0) }
    }

    @Test("Exponential growth multiplies by 1 + g every year")
    func exponential() throws {
        #expect(try users(.exponential, at: 0.1).isClose(to: [110, 121, 133.1]))
        #expect(try users(.exponential, at: -0.1).isClose(to: [90, 81, 72.9]))
    }

    @Test("Exponential growth ends at the potential")
    func capped() throws {
        #expect(try users(.exponential, at: 0.1, potential: 115).isClose(to: [110, 115, 115]))
    }

    @Test("Logistic growth starts with exactly g and then slows down")
    func logistic() throws {
        // q = (200/110 − 1) / (200/100 − 1) = 9/11, so 200 / (1 + (9/11)^t): 110, 200 · 121/202, 200 · 1331/2060.
        let expected = [110, 119.801980198, 129.223300971]
        #expect(try users(.logistic, at: 0.1, potential: 200).isClose(to: expected))
    }

    @Test("Where the logistic curve does not exist, growth is exponential")
    func logisticFallback() throws {
        #expect(try users(.logistic, at: 0.1).isClose(to: [110, 121, 133.1]))
        #expect(try users(.logistic, at: -0.1, potential: 200).isClose(to: [90, 81, 72.9]))
        #expect(try users(.logistic, at: 0.1, potential: 110).isClose(to: [110, 110, 110]))
        #expect(try users(.logistic, at: 0.1, potential: 105).isClose(to: [105, 105, 105]))
        #expect(try users(.logistic, from: 0, at: 0.1, potential: 200) == [0, 0, 0])
    }

    @Test("Use of a user grows from the base year on, base capacity shrinks from it on")
    func useAndRetirement() throws {
        let row = RegionRow("A", [.useGrowth: 0.1, .retirement: 0.5])
        let planned = try PlanningCase.byHand([row], years: 2)
        let years = planned.assumptions.planningYears
        #expect(years.map { planned.demandPerUser(RegionIndex(0), $0) }.isClose(to: [1.1, 1.21]))
        #expect(years.map { planned.baseCapacity(RegionIndex(0), $0) }.isClose(to: [50, 25]))
    }

    @Test("Demand per user is taken from the column where both are known")
    func demandPerUser() throws {
        let given = try PlanningCase.byHand([RegionRow("A", [.demandPerUser: 1.0005])])
        #expect(given.regions.demandPerUser == [1.0005])
        let derived = try PlanningCase.byHand([RegionRow(users: 40, capacity: 100, idle: 20)])
        #expect(derived.regions.demandPerUser == [2])
    }
}
