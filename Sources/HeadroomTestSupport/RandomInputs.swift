import Foundation
public import Headroom

/// The inputs of a random plan: the same for the same seed, number of regions and years.
///
/// Sizes are log-normal. Among the regions are full ones, idle ones, ones without users, without a known potential,
/// with credit, retirement, growing use and build limits; among the plans both forms of growth, all forms of budget,
/// one to three adoption steps and different goals.
public struct RandomInputs: Sendable {
    public var assumptions: Assumptions
    public var rows: [RegionRow]

    public init(seed: UInt64, regions: Int, years: Int) {
        var random = SplitMix64(seed: seed)
        assumptions = Assumptions(random: &random, years: years)
        rows = (0..<regions).map { RegionRow(random: &random, id: "R\($0)") }
        assumptions.budget = Budget(random: &random, years: years, wish: wish)
    }

    public var table: RegionTable { RegionTable(rows) }

    /// - Throws: `InvalidInputs`, which would be a defect of the generator.
    public func planningCase() throws -> PlanningCase {
        try PlanningCase(assumptions: assumptions, table: table)
    }

    /// About what all regions together would like to spend.
    private var wish: Double {
        rows.reduce(0) { sum, row in
            let users = row.numbers[.users] ?? 0
            let growth = pow(1 + (row.numbers[.demandGrowth] ?? 0), Double(assumptions.years))
            let perUser = row.demandPerUser * (row.numbers[.buildCost] ?? 0)
            let winnable = max(0, (row.numbers[.potentialUsers] ?? 0) - users)
            return sum + users * max(0, growth - 1) * perUser
                + winnable * (row.numbers[.adoptionCost] ?? 0)
        }
    }
}

extension Assumptions {
    fileprivate init(random: inout SplitMix64, years: Int) {
        self.init(baseYear: 2024, years: years, discountRate: random.number(in: 0.02...0.15))
        growth = random.pick(Growth.allCases)
        residualValue = random.pick(ResidualValue.allCases)
        maxUtilization = random.pick([1, 0.9, 0.8])
        valuationYears = random.pick([0, 0, 5, 15])
        creditWeights = (0..<5).map { _ in random.number(in: 0.1...2) }
        adoption = Adoption(
            steps: random.pick([
                [Adoption.Step(share: 1, costFactor: 1)],
                [Adoption.Step(share: 0.5, costFactor: 1), Adoption.Step(share: 0.3, costFactor: 2)],
                [
                    Adoption.Step(share: 0.3, costFactor: 0.7), Adoption.Step(share: 0.4, costFactor: 1.3),
                    Adoption.Step(share: 0.3, costFactor: 3),
                ],
            ]),
            retention: random.pick([1, 0.9, 0.6]))
        objective = Objective(
            goals: random.pick([
                [.return, .utilization], [.return, .utilization], [.return], [.utilization, .return],
                [.serviceLevel, .return], [.servedUsers, .utilization],
                [.return, .serviceLevel, .utilization],
            ]),
            tolerance: random.pick([1e-3, 1e-2, 0]),
            years: random.chance(0.3) ? 2025...(2024 + years) : nil)
    }
}

extension Budget {
    fileprivate init(random: inout SplitMix64, years: Int, wish: Double) {
        let money = wish * random.number(in: 0.05...1)
        let even = [Double](repeating: money / Double(years), count: years)
        let uneven = even.map { $0 * random.number(in: 0...2) }
        self = random.pick([
            Budget(), Budget(total: money), Budget(total: money), Budget(yearly: even),
            Budget(yearly: uneven), Budget(yearly: uneven, carryOver: true),
            Budget(total: 0.8 * money, yearly: even),
            Budget(total: 0.8 * money, yearly: uneven, carryOver: true),
        ])
    }
}
