/// Prices of the coupling rows, as every class of regions sees them.
///
/// A region's best plan depends on prices only in proportion to what its net present value weighs, so they are kept
/// divided by that weight: a plan found at one weight is known at any other.
struct RowPrices: Sendable {
    /// `λ`, one a row, ≥ 0.
    let rows: [Double]
    /// What a unit of net present value weighs: in the objective, and in the goals that are held.
    let netPresentValue: Double
    /// By class of regions.
    let byClass: [BlockPrices]
    /// How large changes are expected to be, by class.
    let sizes: [BlockPriceSizes]

    init(_ prices: [Double], maximising objective: RegionalSum, _ coupling: CouplingRows, _ shape: BlockShape)
    {
        rows = prices
        let weight = zip(coupling.rows, prices).reduce(objective.netPresentValue) {
            $0 - $1.0.netPresentValue * $1.1
        }
        netPresentValue = weight
        let unit = weight > 0 ? weight : 1
        let amounts = coupling.scopes.indices.map { regionClass in
            var amounts = objective.amounts
            for (row, price) in zip(coupling.rows, prices) where price != 0 {
                for term in coupling.terms(of: row, in: regionClass) {
                    amounts[term.place] -= price * term.coefficient
                }
            }
            return amounts.map { $0 / unit }
        }
        byClass = amounts.map { BlockPrices(shape, netPresentValue: weight > 0 ? 1 : 0, amounts: $0) }
        sizes = amounts.indices.map { regionClass in
            // What neither a row nor the objective counts has no price ever.
            var isCounted = objective.amounts.map { $0 != 0 }
            for row in coupling.rows {
                for term in coupling.terms(of: row, in: regionClass) { isCounted[term.place] = true }
            }
            return BlockPriceSizes(
                shape, Self.sizes(of: amounts[regionClass], isCounted, years: shape.years))
        }
    }

    /// A price's own size, and at least a twentieth of the largest of its measure; 0 where there are none.
    private static func sizes(of amounts: [Double], _ isCounted: [Bool], years: Int) -> [Double] {
        var sizes = amounts.map { abs($0) }
        for first in stride(from: 0, to: sizes.count, by: years) {
            let largest = sizes[first..<first + years].max() ?? 0
            for place in first..<first + years where isCounted[place] {
                sizes[place] = max(sizes[place], 0.05 * largest)
            }
        }
        return sizes
    }

    /// The largest change of any price to other ones, in units of its size, by class; infinite where no size was given.
    func distance(to other: RowPrices) -> [Double] {
        zip(byClass.indices, byClass).map { regionClass, own in
            guard own.netPresentValue == other.byClass[regionClass].netPresentValue else { return .infinity }
            var largest = 0.0
            for (place, amount) in own.amounts.enumerated() {
                let change = abs(other.byClass[regionClass].amounts[place] - amount)
                if change > 0 { largest = max(largest, change / sizes[regionClass].sizes[place]) }
            }
            return largest
        }
    }
}
