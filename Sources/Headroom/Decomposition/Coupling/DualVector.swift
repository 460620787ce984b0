/// Prices of the coupling rows, as every class of regions sees them.
///
/// A region's best plan depends on prices only in proportion to what its net present value weighs, so they are kept
/// divided by that weight: a plan found at one weight is known at any other.
struct DualVector: Sendable {
    /// `λ`, one a row, ≥ 0.
    private(set) var rows: [Double]
    /// What a unit of net present value weighs: in the objective, and in the goals that are held.
    let netPresentValue: Double
    /// By class of regions.
    let byClass: [SubproblemPrices]
    /// Along which its prices move, by class.
    let directions: [SubproblemPriceDirections]
    /// What a unit of a row's amounts, and last one of the objective's, weighs beside one of net present value.
    private var weights: [Double]

    init(
        _ prices: [Double], maximising objective: RegionalSum, _ coupling: CouplingRows,
        _ shape: SubproblemShape
    ) {
        rows = prices
        let weight = zip(coupling.rows, prices).reduce(objective.netPresentValue) {
            $0 - $1.0.netPresentValue * $1.1
        }
        netPresentValue = weight
        let unit = weight > 0 ? weight : 1
        weights = prices.map { $0 / unit } + [1 / unit]
        let amounts = coupling.scopes.indices.map { regionClass in
            var amounts = objective.amounts
            for (row, price) in zip(coupling.rows, prices) where price != 0 {
                for term in coupling.terms(of: row, in: regionClass) {
                    amounts[term.place] -= price * term.coefficient
                }
            }
            return amounts.map { $0 / unit }
        }
        byClass = amounts.map { SubproblemPrices(shape, netPresentValue: weight > 0 ? 1 : 0, amounts: $0) }
        directions = coupling.scopes.indices.map { Self.directions(of: objective, coupling, in: $0) }
    }

    /// The rows' prices, and last what the objective's amounts weigh beside net present value.
    private static func directions(
        of objective: RegionalSum, _ coupling: CouplingRows, in regionClass: Int
    ) -> SubproblemPriceDirections {
        let rows = coupling.rows.map { row in
            var amounts = [Double](repeating: 0, count: objective.amounts.count)
            for term in coupling.terms(of: row, in: regionClass) { amounts[term.place] -= term.coefficient }
            return amounts
        }
        return SubproblemPriceDirections(rows + [objective.amounts])
    }

    /// The same prices where a row takes `change` times more of another one: that one's price makes up for it.
    mutating func tilt(_ row: Int, by change: Double, of other: Int) {
        rows[other] -= change * rows[row]
        weights[other] -= change * weights[row]
    }

    /// The directions whose prices differ from other ones, and by how much; nil where net present value counts in one alone.
    func moves(to other: DualVector) -> [(direction: Int, size: Double)]? {
        guard (netPresentValue > 0) == (other.netPresentValue > 0) else { return nil }
        return zip(weights, other.weights).enumerated().compactMap { direction, pair in
            let size = abs(pair.1 - pair.0)
            return size > 0 ? (direction, size) : nil
        }
    }

    /// The sizes of moves of the rows' prices, in the units of `moves`.
    func scaled(_ sizes: [Double]) -> [Double] { sizes.map { $0 * weights[weights.count - 1] } }
}
