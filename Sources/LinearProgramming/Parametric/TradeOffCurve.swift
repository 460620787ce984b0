/// The best that one measure of a program's points can be for each value of another: all points of which no other one
/// is better in both.
///
/// The points of a piece are the mixes of its two ends, so that each measure is linear, or the ratio of two linear
/// functions, in the share that is mixed: nothing between the ends is approximated.
public struct TradeOffCurve: Sendable {
    /// An end of a piece.
    public struct End: Sendable {
        /// A value a column.
        public var columnValues: [Double]
        var image: RatioImage
        /// One to start from near it.
        var basis: Basis?

        /// The two measures.
        public var values: SIMD2<Double> { image.values }
    }

    /// A stretch of the curve that runs along one line through the points of the program.
    public struct Piece: Sendable {
        /// The end of the lower first and the higher second measure.
        public var low: End
        /// The end of the higher first and the lower second measure.
        public var high: End

        /// Numerator and denominator of both measures at a mix: 0 is the low end, 1 the high one.
        public func parts(at share: Double) -> (numerators: SIMD2<Double>, denominators: SIMD2<Double>) {
            let image = low.image.mixed(with: high.image, share: share)
            return (image.numerators, image.denominators)
        }
    }

    /// In the order of the rising first measure. Each begins where the one before ends, in both measures, but for
    /// `gaps`; the points there may differ. Empty where one point is the best in both.
    public var pieces: [Piece]
    /// The best in both measures, where there are no pieces.
    public var single: End?
    /// Where it begins and ends; nil where it is a point, or where the ends were found with the last of its pieces alone.
    public var ends: (low: End, high: End)?
    /// The ends of what was not found before the search was stopped, in the order of the rising first measure.
    public var gaps: [(low: SIMD2<Double>, high: SIMD2<Double>)]
    /// The highest value of each measure.
    public var best: SIMD2<Double>
    /// The worst of all optima that the curve is proved by.
    public var certificate: Certificate
    /// Programs that were solved, and simplex steps of these solves.
    public var solves: Int
    public var steps: Int
}

/// How the search for a trade-off ended.
public enum TradeOffResult: Sendable {
    /// Complete where it has no gaps.
    case found(TradeOffCurve)
    /// A measure has no value where it should be best: its denominator is 0 there. Counted from 0.
    case undefined(Int)
    case infeasible
    /// Stopped by the time limit or by the caller before the curve's ends were known.
    case stopped
    /// A measure has no highest value. Counted from 0.
    case unbounded(Int)
}
