import HeadroomTestSupport
import Testing

@testable import Headroom

/// How decisions are kept and summed up: compact, in portions, and the same whoever asks.
struct LedgerSumsTests {
    private let b = RegionIndex(1)

    @Test("A region without amounts has none, and a row of zeros is as good as no row")
    func amounts() {
        var amounts = YearlyAmounts(regionCount: 3, years: 2)
        let none = amounts
        amounts[b, Year(2)] = 0
        amounts.enter([0, 0], of: RegionIndex(2))
        #expect(amounts.listed == [0, 0, 0, 0, 0, 0])
        amounts[b, Year(2)] = 7
        #expect(amounts.listed == [0, 0, 0, 7, 0, 0])
        #expect(amounts.total(of: b) == 7)
        #expect(amounts != none)
        amounts.enter([0, 0], of: b)
        #expect(amounts == none)
    }

    @Test(
        "Every year keeps its own amount, beyond those of one machine word too",
        arguments: [1, 63, 64, 65, 130])
    func years(_ years: Int) {
        var random = SplitMix64(seed: UInt64(years))
        var amounts = YearlyAmounts(regionCount: 2, years: years)
        var expected = [Double](repeating: 0, count: years)
        for _ in 0..<3 * years {
            let year = Int.random(in: 0..<years, using: &random)
            expected[year] = Bool.random(using: &random) ? 0 : Double.random(in: 1...2, using: &random)
            amounts[b, Year(year + 1)] = expected[year]
            #expect((1...years).map { amounts[b, Year($0)] } == expected)
        }
        var entered = YearlyAmounts(regionCount: 2, years: years)
        entered.enter(expected, of: b)
        #expect(entered == amounts)
        var read = [Double](repeating: .nan, count: years)
        read.withUnsafeMutableBufferPointer { _ = amounts.read(b, into: $0.baseAddress!) }
        #expect(read == expected)
        #expect(amounts.total(of: b) == expected.reduce(0, +))
    }

    @Test("Amounts go with their regions into another order, whatever order they came in")
    func order() {
        var amounts = YearlyAmounts(regionCount: 3, years: 1)
        amounts.enter([5], of: RegionIndex(2))
        amounts.enter([4], of: RegionIndex(0))
        var other = YearlyAmounts(regionCount: 3, years: 1)
        other.enter([4], of: RegionIndex(1))
        other.enter([5], of: RegionIndex(0))
        #expect(amounts.moved(to: [RegionIndex(1), RegionIndex(2), RegionIndex(0)]) == other)
    }

    @Test("Sums over many regions are the same to the last digit for any number of threads")
    func threads() throws {
        let planned = try RandomInputs(seed: 3, regions: 9000, years: 2).planningCase()
        let decisions = Decisions.doNothing(planned)
        let one = Ledger(planned, decisions)
        #expect(Ledger(planned, decisions, threads: 3) == one)
        #expect(LedgerAudit(one, threads: 3) == LedgerAudit(one))
        let inTurn = planned.regions.indices.map { one.account(of: $0) }
        #expect(one.netPresentValue == inTurn.map(\.netPresentValue))
        for year in planned.assumptions.planningYears {
            let capacity = inTurn.reduce(0) { $0 + $1.capacity[year] }
            #expect(one.totals.capacity[year].isClose(to: capacity, within: 1e-12))
        }
    }

    @Test("Doing nothing comes to the same, written down or worked out", arguments: 1..<20 as Range<UInt64>)
    func doNothing(seed: UInt64) throws {
        let planned = try RandomInputs(seed: seed, regions: 6, years: 4).planningCase()
        let ledger = Ledger(doingNothingIn: planned)
        let written = Ledger(planned, .doNothing(planned))
        #expect(ledger.decisions == written.decisions)
        #expect(ledger.totals == written.totals)
        #expect(ledger.netPresentValue == written.netPresentValue)
        #expect(ledger.spending() == 0)
        for region in planned.regions.indices {
            #expect(ledger.account(of: region).servedUsers == written.account(of: region).servedUsers)
        }
    }

    @Test("A region's cells are those of the totals, lever by lever and technology by technology")
    func cells() throws {
        var planned = try RandomInputs(seed: 5, regions: 3, years: 3).planningCase()
        planned.technologies = [.capacity, Technology(name: "radio", buildCost: 3, lifetime: 2)]
        planned.overrides = [[:], [b: CostOverride(buildCost: 5)]]
        var decisions = Decisions.doNothing(planned)
        decisions.newCapacity[1].enter([2, 0, 1], of: b)
        decisions.wonUsers[0].enter([0, 3, 0], of: RegionIndex(2))
        let ledger = Ledger(planned, decisions)
        #expect(ledger.totals.buildSpending == [[0, 0, 0], [10, 0, 5]])
        #expect(ledger.account(of: b).spending.map { $0[.build] } == [10, 0, 5])
        #expect(ledger.spending(region: b, lever: .build) == 15)
        let base = ledger.account(of: b).baseCapacity
        #expect(ledger.account(of: b).capacity.isClose(to: [base[0] + 2, base[1] + 2, base[2] + 1]))
        #expect(ledger.totals.wonUsers[0] == [0, 3, 0])
        let capacity = (0..<3).map { year in
            planned.regions.indices.reduce(0) { $0 + ledger.account(of: $1).capacity[year] }
        }
        #expect(ledger.totals.capacity.isClose(to: capacity, within: 1e-12))
        for region in planned.regions.indices {
            let account = ledger.account(of: region)
            for year in planned.assumptions.planningYears {
                #expect(account.spending[year].total == ledger.spending(region: region, year: year))
            }
        }
    }
}
