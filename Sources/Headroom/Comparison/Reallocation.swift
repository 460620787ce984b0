/// Where money goes in a plan and did not go in another, of the same regions.
public struct Reallocation: Equatable, Sendable {
    /// A region and the money that came to it, less than 0 where it went.
    public struct Change: Equatable, Sendable {
        public var region: RegionIndex
        public var money: Double
    }

    /// Half the sum of absolute differences by region and lever over all years, money: what goes elsewhere, and half of
    /// what is spent more or less in all.
    public var moved: Double
    /// The region that gains most; nil where none does.
    public var gains: Change?
    public var loses: Change?
    /// How many regions were among those with most money before, `Self.top` at most.
    public var top: Int
    /// How many of them still are.
    public var topKept: Int

    /// So many regions count as those with most money.
    public static let top = 5

    /// O(regions).
    ///
    /// - Parameters: Spending by region over all years.
    init(from base: [LeverAmounts], to other: [LeverAmounts]) {
        precondition(base.count == other.count, "the regions are the same")
        var sum = 0.0
        for (before, after) in zip(base, other) {
            for lever in Lever.allCases { sum += abs(after[lever] - before[lever]) }
        }
        moved = sum / 2
        let spent = max(base.reduce(0) { $0 + $1.total }, other.reduce(0) { $0 + $1.total })
        let noise = 1e-9 * spent
        let changes = zip(base, other).map { $1.total - $0.total }
        func change(_ place: Int?) -> Change? {
            place.flatMap {
                abs(changes[$0]) > noise ? Change(region: RegionIndex($0), money: changes[$0]) : nil
            }
        }
        gains = change(
            changes.indices.max { changes[$0] < changes[$1] }.flatMap { changes[$0] > 0 ? $0 : nil })
        loses = change(
            changes.indices.min { changes[$0] < changes[$1] }.flatMap { changes[$0] < 0 ? $0 : nil })
        let (before, after) = (Self.top(of: base, above: noise), Self.top(of: other, above: noise))
        top = before.count
        topKept = before.intersection(after).count
    }

    /// The regions with most money, those first in the table where two have the same.
    private static func top(of spending: [LeverAmounts], above noise: Double) -> Set<Int> {
        var places: [Int] = []
        for place in spending.indices where spending[place].total > noise {
            let rank = places.firstIndex { spending[$0].total < spending[place].total } ?? places.count
            guard rank < top else { continue }
            places.insert(place, at: rank)
            if places.count > top { places.removeLast() }
        }
        return Set(places)
    }
}

extension Ledger {
    /// Spending by region over all years, money, undiscounted.
    func spendingByRegion(threads: Int) -> [LeverAmounts] {
        portions(threads: threads, from: [LeverAmounts]()) { amounts, account in
            var sum = LeverAmounts()
            for year in 0..<account.years {
                for lever in Lever.allCases { sum[lever] += account.spending(on: lever, year) }
            }
            amounts.append(sum)
        }.flatMap(\.self)
    }
}
