import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// One region's best plan at given prices, against the general solver's.
struct SubproblemSolverTests {
    /// Each seed is a plan with other assumptions, technologies, rules and measures.
    static let seeds: Range<UInt64> = 0..<50

    @Test(
        "Random regions at random prices: the same value, by decisions that the model allows",
        arguments: seeds)
    func agreesWithGeneralSolver(seed: UInt64) throws {
        let blocks = try RandomSubproblems(seed: seed, regions: 20)
        // A rule's row may be the difference of larger numbers.
        let tolerance = blocks.shape.rules.isEmpty ? 1e-12 : 1e-11
        var solver = SubproblemSolver(blocks.shape)
        for region in blocks.planningCase.regions.indices {
            let prices = blocks.prices[region]
            let block = solver.solve(region, prices)
            var reference = BlockReference(blocks, region)
            guard let expected = try reference.solve(prices) else {
                #expect(block.ending == .infeasible, "region \(region.position)")
                continue
            }
            try #require(block.ending == .optimal, "region \(region.position)")
            let size = reference.size(of: expected)
            #expect(abs(block.value - expected.objective) <= 1e-9 * size, "region \(region.position)")
            let point = reference.point(solver.listedDecisions)
            #expect(reference.violation(at: point) <= tolerance, "region \(region.position)")
            #expect(abs(block.value - reference.objective(at: point)) <= 1e-12 * size)
        }
    }

    @Test("What is kept of a plan makes the same plan again", arguments: seeds)
    func keptPlans(seed: UInt64) throws {
        let blocks = try RandomSubproblems(seed: seed, regions: 20)
        var solver = SubproblemSolver(blocks.shape)
        for region in blocks.planningCase.regions.indices {
            let prices = blocks.prices[region]
            guard solver.solve(region, prices).ending == .optimal else { continue }
            let found = solver.listedDecisions
            var decisions: [UInt16] = []
            var amounts: [Double] = []
            solver.forEachKept {
                decisions.append(UInt16($0))
                amounts.append($1)
            }
            // Nothing of the last region is left over.
            _ = solver.solve(RegionIndex(0), blocks.prices[0])
            decisions.withUnsafeBufferPointer { decisions in
                amounts.withUnsafeBufferPointer { solver.restore(region, prices, decisions, $0) }
            }
            #expect(solver.listedDecisions.isClose(to: found, within: 1e-11), "region \(region.position)")
        }
    }

    @Test("Measured amounts and NPV are those of the ledger", arguments: 0..<20 as Range<UInt64>)
    func figuresOfTheLedger(seed: UInt64) throws {
        var planned = try RandomSubproblems(seed: seed, regions: 10).planningCase
        planned.rules = []
        let count = planned.technologies.count
        let measures: [SubproblemMeasure] = [
            .spending(technologies: count), .servedUsers(technologies: count),
            .usedCapacity(technologies: count), .capacity(technologies: count),
        ]
        let shape = try #require(SubproblemShape(planned, measures: measures))
        let prices = SubproblemPrices(shape, amounts: [Double](repeating: 0, count: 4 * shape.years))
        var solver = SubproblemSolver(shape)
        var decisions = Decisions(of: planned)
        var found: [(netPresentValue: Double, amounts: [Double])] = []
        for region in planned.regions.indices {
            found.append((solver.solve(region, prices).netPresentValue, solver.listedAmounts))
            solver.write(region, to: &decisions)
        }
        let ledger = Ledger(planned, decisions)
        for region in planned.regions.indices {
            let (netPresentValue, amounts) = found[region.position]
            let account = ledger.account(of: region)
            #expect(netPresentValue.isClose(to: ledger.netPresentValue[region.position], within: 1e-9))
            for year in planned.assumptions.planningYears {
                let expected = [
                    ledger.spending(region: region, year: year), decisions.servedUsers[region, year],
                    account.usedCapacity[year], account.capacity[year],
                ]
                let measured = (0..<4).map { amounts[$0 * shape.years + year.ordinal - 1] }
                #expect(measured.isClose(to: expected, within: 1e-12))
            }
        }
    }

    @Test("While prices move by less than the stability allows, the plan stays the best", arguments: seeds)
    func stability(seed: UInt64) throws {
        let blocks = try RandomSubproblems(seed: seed, regions: 20)
        var random = SplitMix64(seed: seed)
        for region in blocks.planningCase.regions.indices {
            let prices = blocks.prices[region]
            let largest = prices.amounts.reduce(0) { max($0, abs($1)) }
            let sizes = prices.amounts.map {
                random.chance(0.1) ? 0 : max(abs($0), 0.05 * largest, 1e-3)
            }
            let directions = (0..<6).map { _ in
                sizes.map { size in
                    random.chance(0.5) ? size * random.pick([-1, 1, random.number(in: -1...1)]) : 0
                }
            }
            var solver = SubproblemSolver(blocks.shape, directions: directions.count)
            let found = solver.solve(region, prices, nearnessAlong: SubproblemPriceDirections(directions))
            guard found.ending == .optimal else { continue }
            let amounts = solver.listedAmounts
            let nearness = directions.indices.map { max(solver.nearness[$0], 0.01) }
            for _ in 0..<3 {
                let shares = directions.indices.map { _ in random.chance(0.5) ? random.number(in: 0...1) : 0 }
                let sum = max(shares.reduce(0, +), 1e-9)
                var move = sizes.map { _ in 0.0 }
                for (direction, amounts) in directions.enumerated() {
                    let step = 0.999 * shares[direction] / sum / nearness[direction] * random.pick([-1, 1])
                    for place in move.indices { move[place] += step * amounts[place] }
                }
                let moved = zip(prices.amounts, move).map { $0 + $1 }
                let kept = zip(moved, amounts).reduce(prices.netPresentValue * found.netPresentValue) {
                    $0 + $1.0 * $1.1
                }
                let movedPrices = SubproblemPrices(
                    blocks.shape, netPresentValue: prices.netPresentValue, amounts: moved)
                let best = solver.solve(region, movedPrices)
                let size = zip(moved, amounts).reduce(abs(best.netPresentValue)) { $0 + abs($1.0 * $1.1) }
                #expect(best.ending == .optimal)
                #expect(best.value <= kept + 1e-10 * size, "region \(region.position)")
            }
        }
    }

    @Test("A bound in two bytes is rounded up, and by little")
    func coarseCeiling() {
        var random = SplitMix64(seed: 1)
        for _ in 0..<1000 {
            let number = random.number(in: 0...1) * random.pick([1e-40, 1e-9, 1, 1e12, 1e37])
            let kept = CoarseCeiling(number).value
            #expect(kept >= number && kept <= number * 1.01 + 1e-38)
        }
        #expect(CoarseCeiling(0).value == 0)
        #expect(CoarseCeiling(1e300).value == .infinity)
        #expect(CoarseCeiling(.infinity).value == .infinity)
    }

    @Test("A price may move up to the one at which another plan is as good")
    func reachOfOnePrice() throws {
        // A unit serves a user who brings 10 and costs 4·(1 + price): worth while up to a price of 1.5, and below -1 even
        // without a user.
        let planned = try PlanningCase.byHand([RegionRow(growth: 0.1)])
        let shape = try #require(SubproblemShape(planned, measures: [.spending(technologies: 1)]))
        var solver = SubproblemSolver(shape, directions: 1)
        for price in [0.0, 0.5, 1.4, 1.52, 1.7, 4] {
            let prices = SubproblemPrices(shape, amounts: [-price])
            _ = solver.solve(RegionIndex(0), prices, nearnessAlong: SubproblemPriceDirections([[1]]))
            let built = solver.listedDecisions[shape.newCapacity(0, 0)]
            #expect(built.isClose(to: price < 1.5 ? 10 : 0))
            #expect((1 / solver.nearness[0]).isClose(to: min(abs(1.5 - price), 1 + price), within: 1e-9))
        }
    }

    @Test("Spending that is paid for by itself ends at what can be afforded, or nowhere")
    func giftedSpending() throws {
        let planned = try PlanningCase.byHand([RegionRow()])
        var shape = try #require(SubproblemShape(planned, measures: [.spending(technologies: 1)]))
        let gift = SubproblemPrices(shape, amounts: [2])
        var unlimited = SubproblemSolver(shape)
        #expect(unlimited.solve(RegionIndex(0), gift).ending == .unbounded)
        shape.affordable = [80]
        var limited = SubproblemSolver(shape)
        // 80 buy 20 units: 100 users bring 1000, and every unit of money spent brings 2 − 1.
        #expect(limited.solve(RegionIndex(0), gift).value.isClose(to: 1080))
        #expect(limited.listedDecisions[shape.newCapacity(0, 0)].isClose(to: 20))
    }

    @Test("No region can afford more than the budget until then")
    func affordable() throws {
        func affordable(_ budget: Budget) throws -> [Double]? {
            let planned = try PlanningCase.byHand([RegionRow()], years: 3) { $0.budget = budget }
            return SubproblemShape(planned, measures: [])?.affordable
        }
        #expect(try affordable(Budget()) == [.infinity, .infinity, .infinity])
        #expect(try affordable(Budget(total: 50, yearly: [10, 20, 90])) == [20, 40, 100])
        #expect(try affordable(Budget(yearly: [10, 20, 90], carryOver: true)) == [20, 60, 240])
    }

    @Test("Links, whole modules and shares of all regions make no blocks")
    func noBlocks() throws {
        let planned = try PlanningCase.byHand([RegionRow("A"), RegionRow("B")])
        #expect(SubproblemShape(planned, measures: []) != nil)
        #expect(SubproblemShape(planned.with(links: Link(0, 1, capacity: 1, cost: 1)), measures: []) == nil)
        let whole = planned.with(technologies: [Technology(name: "whole", module: 5)])
        #expect(SubproblemShape(whole, measures: []) == nil)
        let share = Rule(name: "", measure: .investment, atMost: .share(0.5), each: true)
        #expect(SubproblemShape(planned.with(rules: share), measures: []) == nil)
    }
}
