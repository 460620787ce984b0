/// A ratio that is maximised by prices: its numerator is the objective, its denominator, which no plan has below 0, a free
/// row that is charged the ratio.
struct DinkelbachParameter: Sendable {
    /// The denominator's row.
    var row: Int
    /// What is charged first: the ratio of any plan, or one near the best.
    var start: Double
    /// What no plan moves.
    var numeratorConstant: Double
    var denominatorConstant: Double
    /// Relative, what counts as no change.
    var change = 1e-12

    /// What the constants add to the objective where the denominator is charged so much.
    func constant(at ratio: Double) -> Double { numeratorConstant - ratio * denominatorConstant }

    /// How much higher a mixture's ratio is than what its denominator is charged; nil where it has none.
    func gain(of mixture: MasterProblem.MasterSolution) -> Double? {
        let denominator = mixture.entries[row] + denominatorConstant
        guard let value = mixture.value, denominator > 0 else { return nil }
        return (value + constant(at: mixture.prices[row])) / denominator
    }
}
