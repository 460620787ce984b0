import GLPKSolver
import Headroom
import HeadroomTestSupport
import Testing

/// What must not change the plan, in random plans.
struct InvarianceTests {
    private func bests(_ plan: Plan) -> [Double] { plan.goals.map { $0.best ?? .nan } }

    @Test(
        "Money in another unit changes the money of the plan, and nothing else", arguments: RandomInputs.seeds
    )
    func moneyUnit(seed: UInt64) throws {
        let inputs = RandomInputs(seed: seed)
        let money: [RegionColumn] = [
            .revenuePerUser, .buildCost, .operatingCost, .adoptionCost, .commerceRevenuePerUser, .creditCost,
        ]
        var cents = inputs.with { $0.budget = $0.budget.scaled(by: 100) }
        for row in cents.rows.indices {
            for column in money { cents.rows[row].numbers[column]? *= 100 }
        }
        let plan = try inputs.solved()
        let inCents = try cents.solved()
        #expect(inCents.added.isClose(to: 100 * plan.added, within: 1e-7, size: 100 * plan.moneySize))
        #expect(inCents.ledger.spending().isClose(to: 100 * plan.ledger.spending()))
        for (goal, same) in zip(plan.goals, inCents.goals) where goal.goal != .return {
            #expect(same.value.isClose(to: goal.value ?? .nan))
        }
        let all = plan.planningCase.regions.indices
        #expect(inCents.figures(of: all).newCapacity.isClose(to: plan.figures(of: all).newCapacity))
        #expect(inCents.figures(of: all).usersWon.isClose(to: plan.figures(of: all).usersWon))
    }

    @Test("The order of the rows is without effect", arguments: RandomInputs.seeds)
    func rowOrder(seed: UInt64) throws {
        let inputs = RandomInputs(seed: seed)
        var random = SplitMix64(seed: seed)
        var shuffled = inputs
        shuffled.rows.shuffle(using: &random)
        let plan = try inputs.solved()
        let other = try shuffled.solved()
        #expect(bests(other).isClose(to: bests(plan)))
        #expect(other.added.isClose(to: plan.added, within: 1e-7, size: plan.moneySize))
    }

    @Test("Two halves of a region get what the whole gets", arguments: RandomInputs.seeds)
    func halves(seed: UInt64) throws {
        let inputs = RandomInputs(seed: seed)
        let sizes: [RegionColumn] = [
            .users, .capacity, .idleCapacity, .potentialUsers, .yearlyBuildLimit, .creditUsers,
        ]
        var halved = inputs
        var half = halved.rows.removeFirst()
        for column in sizes { half.numbers[column]? /= 2 }
        var other = half
        other.id += "'"
        halved.rows = [half, other] + halved.rows
        let plan = try inputs.solved()
        let split = try halved.solved()
        #expect(bests(split).isClose(to: bests(plan)))
        #expect(split.added.isClose(to: plan.added, within: 1e-7, size: plan.moneySize))
    }

    @Test("The number of threads is without effect, to the last digit", arguments: RandomInputs.seeds)
    func threads(seed: UInt64) throws {
        let planned = try RandomInputs(seed: seed).planningCase()
        let one = try Planner(solver: GLPKSolver(), threads: 1).plan(planned)
        let four = try Planner(solver: GLPKSolver(), threads: 4).plan(planned)
        #expect(four.ledger == one.ledger)
        #expect(four.goals == one.goals)
        #expect(four.reasons == one.reasons)
        #expect(four.shadowPrices == one.shadowPrices)
        #expect(four.certificate == one.certificate)
        #expect(four.steps == one.steps)
    }
}
