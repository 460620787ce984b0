/// A measure of a program's points, `numerator / denominator`; the denominator is nowhere negative.
public struct LinearRatio: Sendable {
    public let numerator: LinearExpression
    public let denominator: LinearExpression
    /// What the numerator is a small difference of, in the measure's own unit; 0 where it is none. Rounding is held
    /// against it.
    public let size: Double

    public init(
        _ numerator: LinearExpression, over denominator: LinearExpression = LinearExpression(1),
        size: Double = 0
    ) {
        self.numerator = LinearExpression(merging: numerator)
        self.denominator = LinearExpression(merging: denominator)
        self.size = size
    }

    /// Whether the denominator is the same everywhere.
    public var isLinear: Bool { denominator.terms.isEmpty }
}

extension LinearExpression {
    /// The same sum with each column once.
    fileprivate init(merging expression: LinearExpression) {
        self.init(expression.constant)
        terms = expression.merged
    }
}

/// Where a point stands to two measures: numerators and denominators, the first measure's first.
///
/// What is linear in the point stays so: a mix of two points stands where the same mix of their images does.
struct RatioImage: Equatable, Sendable {
    var numerators: SIMD2<Double>
    var denominators: SIMD2<Double>

    init(_ numerators: SIMD2<Double>, over denominators: SIMD2<Double>) {
        self.numerators = numerators
        self.denominators = denominators
    }

    init(of point: [Double], _ measures: [LinearRatio]) {
        numerators = SIMD2(measures[0].numerator.value(at: point), measures[1].numerator.value(at: point))
        denominators = SIMD2(
            measures[0].denominator.value(at: point), measures[1].denominator.value(at: point))
    }

    var values: SIMD2<Double> { numerators / denominators }

    func mixed(with other: RatioImage, share: Double) -> RatioImage {
        RatioImage(
            numerators + share * (other.numerators - numerators),
            over: denominators + share * (other.denominators - denominators))
    }

    /// By how much the measures of another point are above those of this one, each times the share of the other
    /// point's denominator in this one's: linear in the other point, and of the same sign.
    func gains(of other: RatioImage) -> SIMD2<Double> {
        (other.numerators - values * other.denominators) / denominators
    }
}
