import GLPKSolver
import HeadroomTestSupport
import Testing

@testable import Headroom

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

    @Test(
        "Among equally good plans the choice does not depend on the order of the tables",
        arguments: 0..<UInt64(12))
    func orderOfTables(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var inputs = RandomInputs(seed: seed, regions: 8, years: 3)
        // Twins make ties: money moves from one to the other without effect on any goal.
        inputs.rows += inputs.rows.map { row in
            var twin = row
            twin.id += "-twin"
            return twin
        }
        let ordered = RandomNetwork(seed: seed, inputs).added(to: try inputs.planningCase())
        let places = Array(0..<inputs.rows.count).shuffled(using: &random)
        let shuffled = try ordered.rearranged(
            inputs, rows: places, technologies: ordered.technologies.indices.shuffled(using: &random),
            links: ordered.links.indices.shuffled(using: &random))
        let plan: Plan
        do { plan = try solve(ordered) } catch let failure as PlanningFailure {
            #expect(throws: failure) { try solve(shuffled) }
            return
        }
        // The tables are solved in another order, and stand in their own again: in the plan and where they were given.
        var lent = shuffled
        let order = CanonicalOrder(lent)
        order.apply(to: &lent)
        #expect(lent.regions.ids == shuffled.regions.ids.sorted())
        order.undo(in: &lent)
        #expect(lent == shuffled)
        let other = try Planner(solver: GLPKSolver()).plan(reordering: &lent)
        #expect(lent == shuffled)
        #expect(other.planningCase == shuffled)
        for (place, row) in places.enumerated() {
            let (region, same) = (RegionIndex(row), RegionIndex(place))
            #expect(other.reasons[place] == plan.reasons[row])
            #expect(other.ledger.spending(region: same) == plan.ledger.spending(region: region))
            #expect(other.newCapacity(of: same) == plan.newCapacity(of: region))
            #expect(other.wonUsers(of: same) == plan.wonUsers(of: region))
        }
        #expect(other.goals.map(\.best) == plan.goals.map(\.best))
        #expect(other.shadowPrices == plan.shadowPrices)
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

extension PlanningCase {
    /// The same case with the rows of its tables in another order: each list says which old row stands at a place.
    fileprivate func rearranged(
        _ inputs: RandomInputs, rows: [Int], technologies order: [Int], links linkOrder: [Int]
    ) throws -> PlanningCase {
        var changed = try PlanningCase(
            assumptions: assumptions, table: RegionTable(rows.map { inputs.rows[$0] }))
        func place(_ region: RegionIndex) -> RegionIndex {
            RegionIndex(rows.firstIndex(of: region.position) ?? 0)
        }
        changed.technologies = order.map { technologies[$0] }
        changed.overrides = order.map { technology in
            Dictionary(uniqueKeysWithValues: overrides[technology].map { (place($0.key), $0.value) })
        }
        changed.links = linkOrder.map { index in
            var link = links[index]
            link.from = place(link.from)
            link.to = place(link.to)
            return link
        }
        changed.rules = rules
        return changed
    }
}
