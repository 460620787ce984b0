import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// A region's best return for every amount of money.
struct SubproblemBudgetCurveTests {
    static let seeds: Range<UInt64> = 0..<25

    @Test(
        "At every price of money the curve stands where the general solver's best plan does", arguments: seeds
    )
    func agreesWithGeneralSolver(seed: UInt64) throws {
        let blocks = try RandomSubproblems(
            seed: seed, regions: 12, measures: { [.spending(technologies: $0)] })
        var random = SplitMix64(seed: seed)
        var solver = SubproblemSolver(blocks.shape)
        for region in blocks.planningCase.regions.indices {
            var pieces: [BudgetPiece] = []
            let start = solver.budgetCurve(region, to: &pieces)
            var reference = BlockReference(blocks, region)
            // No price, one at a piece's, one between, and one that nothing is worth.
            let last: Double = pieces.last?.price ?? 2
            let between = random.number(in: 0...(pieces.first?.price ?? 1))
            for price: Double in [0, last, between, 1e4] {
                let amounts = [Double](repeating: -price, count: blocks.shape.years)
                guard let expected = try reference.solve(SubproblemPrices(blocks.shape, amounts: amounts))
                else {
                    #expect(start.ending == .infeasible)
                    continue
                }
                try #require(start.ending == .optimal)
                var value = start.netPresentValue - price * start.spending
                for piece in pieces where piece.price > price {
                    value += (piece.price - price) * piece.spending
                }
                let size = reference.size(of: expected)
                #expect(
                    abs(value - expected.objective) <= 1e-9 * size, "region \(region.position) at \(price)")
            }
            #expect(zip(pieces, pieces.dropFirst()).allSatisfy { $0.price > $1.price })
            #expect(pieces.allSatisfy { $0.price > 0 && $0.spending > 0 })
        }
    }

    @Test(
        "The regions' pieces by falling price are the best plan of any total budget",
        arguments: 0..<6 as Range<UInt64>)
    func wholePlan(seed: UInt64) throws {
        let planned = try RandomInputs(seed: seed, regions: 8, years: 4)
            .with {
                $0.objective.goals = [.return]
                $0.budget = Budget()
            }
            .planningCase()
        let shape = try #require(SubproblemShape(planned, measures: []))
        var solver = SubproblemSolver(shape)
        var pieces: [BudgetPiece] = []
        var best = 0.0
        for region in planned.regions.indices {
            best += solver.budgetCurve(region, to: &pieces).netPresentValue
        }
        pieces.sort { $0.price > $1.price }
        let wish = pieces.reduce(0) { $0 + $1.spending }
        var left = wish * 0.4
        for piece in pieces {
            best += piece.price * min(left, piece.spending)
            left -= min(left, piece.spending)
        }
        let plan = try Planner(solver: GLPKSolver()).plan(
            planned.with { $0.budget = Budget(total: wish * 0.4) })
        #expect(plan.ledger.totalNetPresentValue.isClose(to: best, within: 1e-9, size: plan.moneySize))
    }

    @Test("First what brings most for its money, then less and less")
    func byHand() throws {
        // 20 users without capacity, at 4 a unit and 10 a user; then 30 to be won at 2, who need capacity as well.
        let row = RegionRow(growth: 0.2, [.potentialUsers: 130, .adoptionCost: 2])
        let shape = try #require(SubproblemShape(.byHand([row]), measures: []))
        var solver = SubproblemSolver(shape)
        var pieces: [BudgetPiece] = []
        let start = solver.budgetCurve(RegionIndex(0), to: &pieces)
        #expect(start == BudgetCurveStart(ending: .optimal, spending: 0, netPresentValue: 1000))
        #expect(pieces.map(\.price).isClose(to: [6.0 / 4, 4.0 / 6]))
        #expect(pieces.map(\.spending).isClose(to: [80, 60]))
    }
}
