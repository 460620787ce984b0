import Foundation
import Headroom
import HeadroomTestSupport
import Testing

/// Plans of one year against a solution by hand that shares nothing with the program: users are served in the order of
/// what they cost, first those that find capacity, then those to build for, then those to win, step by step.
struct ClosedFormTests {
    /// Users of a region that cost alike: so many, each for so much money, each worth so much.
    private struct Batch {
        var users: Double
        var money: Double
        var gain: Double
    }

    @Test("One year of several regions under a budget is a knapsack", arguments: UInt64(0)..<60)
    func knapsack(seed: UInt64) throws {
        var inputs = RandomInputs(seed: seed, regions: 1 + Int(seed % 6), years: 1)
        for row in inputs.rows.indices { inputs.rows[row].numbers[.creditCost] = nil }
        for row in inputs.rows.indices { inputs.rows[row].numbers[.commerceRevenuePerUser] = nil }
        inputs.assumptions.budget = Budget(total: inputs.assumptions.budget.amount ?? 1e12)
        let plan = try inputs.with(goals: .return).solved()
        let batches = inputs.rows.flatMap { self.batches($0, inputs.assumptions) }
        var money = inputs.assumptions.budget.total ?? 0
        var best = 0.0
        for batch in batches.sorted(by: { $0.gain / $0.money > $1.gain / $1.money }) where batch.gain > 0 {
            let users = min(batch.users, money / batch.money)
            money -= users * batch.money
            best += users * batch.gain
        }
        #expect(plan.added.isClose(to: best, within: 1e-8, size: plan.moneySize))
    }

    /// The batches beyond those that are served for nothing, dearer and dearer.
    private func batches(_ row: RegionRow, _ assumptions: Assumptions) -> [Batch] {
        let usable = row.numbers[.maxUtilization] ?? assumptions.maxUtilization
        let demand = row.demandPerUser * (1 + (row.numbers[.useGrowth] ?? 0))
        let base = (row.numbers[.capacity] ?? 0) * (1 - (row.numbers[.retirement] ?? 0))
        let free = usable * base / demand
        let most = free + usable * (row.numbers[.yearlyBuildLimit] ?? .infinity) / demand
        let building = building(row, assumptions)
        let weight = weight(assumptions)
        var batches: [Batch] = []
        var reached = 0.0
        for edge in edges(row, assumptions) {
            for (upTo, builds) in [(min(edge.users, free), 0.0), (min(edge.users, most), demand / usable)]
            where upTo > reached {
                let money = edge.adoption + builds * building.money
                let gain =
                    weight * (row.numbers[.revenuePerUser] ?? 0)
                    - edge.adoption / (1 + assumptions.discountRate) + builds * building.gain
                if money > 0 { batches.append(Batch(users: upTo - reached, money: money, gain: gain)) }
                reached = upTo
            }
        }
        return batches
    }

    /// How many users there are at most up to a step of adoption, and what winning one costs there.
    ///
    /// Both forms of growth give `users · (1 + g)` in the first year, unless the potential is less.
    private func edges(_ row: RegionRow, _ assumptions: Assumptions) -> [(users: Double, adoption: Double)] {
        let users = row.numbers[.users] ?? 0
        let potential = row.numbers[.potentialUsers] ?? .infinity
        var reached = min(potential, users * (1 + (row.numbers[.demandGrowth] ?? 0)))
        var edges = [(users: reached, adoption: 0.0)]
        guard potential < .infinity, let cost = row.numbers[.adoptionCost] else { return edges }
        for step in assumptions.adoption.steps {
            reached = min(potential, reached + step.share * (potential - users))
            edges.append((users: reached, adoption: cost * step.costFactor))
        }
        return edges
    }

    /// What a unit of new capacity costs and is worth.
    private func building(_ row: RegionRow, _ assumptions: Assumptions) -> (money: Double, gain: Double) {
        let money = (row.numbers[.buildCost] ?? 0) * (row.numbers[.costFactor] ?? 1)
        let rate = 1 + assumptions.discountRate
        let end = Double(1 + assumptions.valuationYears)
        let kept = assumptions.residualValue == .none ? 0 : max(0, 1 - end / 20) * pow(rate, -end)
        let operation = (row.numbers[.operatingCost] ?? 0) * weight(assumptions)
        return (money, money * (kept - 1 / rate) - operation)
    }

    /// The sum of the discount factors of the year and the years valued after it.
    private func weight(_ assumptions: Assumptions) -> Double {
        (1...(1 + assumptions.valuationYears)).reduce(0) {
            $0 + pow(1 + assumptions.discountRate, -Double($1))
        }
    }
}
