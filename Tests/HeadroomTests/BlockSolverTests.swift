import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// One region's best plan at given prices, against the general solver's.
struct BlockSolverTests {
    /// Each seed is a plan with other assumptions, technologies and measures.
    static let seeds: Range<UInt64> = 0..<60

    @Test(
        "Random regions at random prices: the same value, by decisions that the model allows",
        arguments: seeds)
    func agreesWithGeneralSolver(seed: UInt64) throws {
        let blocks = try RandomBlocks(seed: seed, regions: 20)
        var solver = BlockSolver(blocks.shape)
        for region in blocks.planningCase.regions.indices {
            let prices = blocks.prices[region]
            let block = solver.solve(region, prices)
            try #require(block.ending == .optimal)
            var reference = BlockReference(blocks, region)
            let expected = try #require(try reference.solve(prices))
            let size = reference.size(of: expected)
            #expect(abs(block.value - expected.objective) <= 1e-9 * size, "region \(region.position)")
            let point = reference.point(solver.listedDecisions)
            #expect(reference.violation(at: point) <= 1e-12, "region \(region.position)")
            #expect(abs(block.value - reference.objective(at: point)) <= 1e-12 * size)
        }
    }

    @Test("Measured amounts and NPV are those of the ledger", arguments: 0..<20 as Range<UInt64>)
    func figuresOfTheLedger(seed: UInt64) throws {
        let blocks = try RandomBlocks(seed: seed, regions: 10)
        let planned = blocks.planningCase
        let count = planned.technologies.count
        let shape = try #require(
            BlockShape(
                planned,
                measures: [
                    .spending(technologies: count), .servedUsers(technologies: count),
                    .usedCapacity(technologies: count), .capacity(technologies: count),
                ]))
        let prices = BlockPrices(shape, amounts: [Double](repeating: 0, count: 4 * shape.years))
        var solver = BlockSolver(shape)
        var decisions = Decisions(of: planned)
        var values: [Double] = []
        var amounts: [[Double]] = []
        for region in planned.regions.indices {
            values.append(solver.solve(region, prices).netPresentValue)
            amounts.append(solver.listedAmounts)
            solver.write(region, to: &decisions)
        }
        let ledger = Ledger(planned, decisions)
        for region in planned.regions.indices {
            let size = abs(values[region.position]) + 1
            #expect(
                values[region.position].isClose(
                    to: ledger.netPresentValue[region.position], within: 1e-9, size: size))
            for year in planned.assumptions.planningYears {
                let position = decisions.position(region, year)
                let expected = [
                    ledger.spending(region: region, year: year), decisions.servedUsers[position],
                    ledger.usedCapacity[position], ledger.capacity[position],
                ]
                let found = (0..<4).map { amounts[region.position][$0 * shape.years + year.ordinal - 1] }
                #expect(found.isClose(to: expected, within: 1e-12))
            }
        }
    }

    @Test("Within the stability radius the plan stays the best", arguments: seeds)
    func stabilityRadius(seed: UInt64) throws {
        let blocks = try RandomBlocks(seed: seed, regions: 20)
        var random = SplitMix64(seed: seed)
        var solver = BlockSolver(blocks.shape)
        for region in blocks.planningCase.regions.indices {
            let prices = blocks.prices[region]
            let largest = prices.amounts.reduce(0) { max($0, abs($1)) }
            let sizes = prices.amounts.map { random.chance(0.1) ? 0 : max(abs($0), 0.05 * largest, 1e-3) }
            let block = solver.solve(
                region, prices, radiusFor: BlockPriceSizes(blocks.shape, sizes))
            let amounts = solver.listedAmounts
            let reach = 0.999 * min(block.radius, 100)
            let moved = zip(prices.amounts, sizes).map {
                $0 + reach * $1 * random.pick([-1, 1, random.number(in: -1...1)])
            }
            let kept =
                prices.netPresentValue * block.netPresentValue
                + zip(moved, amounts).reduce(0) { $0 + $1.0 * $1.1 }
            let best = solver.solve(
                region, BlockPrices(blocks.shape, netPresentValue: prices.netPresentValue, amounts: moved))
            let size = zip(moved, amounts).reduce(abs(best.netPresentValue)) { $0 + abs($1.0 * $1.1) }
            #expect(best.value <= kept + 1e-10 * size, "region \(region.position)")
        }
    }
}
