/// What one more unit of an amount (a budget, a rule's bound) adds to the best return, and what one unit less takes
/// away, with the amounts up to which that holds.
///
/// The best return is concave and piecewise linear in the amount, so the two differ where the present amount is a
/// breakpoint: there the plan is degenerate, and no single price is right on both sides.
public struct MarginalValue: Equatable, Sendable {
    /// A side of the present amount.
    public struct Side: Equatable, Sendable {
        /// Change of the best return per unit of the amount.
        public var price: Double
        /// Where the next price begins, or no plan is possible any more; infinite: it holds for any amount.
        public var until: Double
    }

    /// The present amount.
    public var amount: Double
    /// Above the amount; nil where no more is possible.
    public var more: Side?
    /// Below the amount; nil where no less is possible.
    public var less: Side?

    /// Whether the price is another on each side.
    public var isDegenerate: Bool {
        guard let more, let less else { return false }
        return abs(more.price - less.price) > 1e-6 * max(abs(more.price), abs(less.price))
    }
}
