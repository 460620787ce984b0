/// A point of a program that was found on the way, with where it stands.
struct TradeOffPoint: Sendable {
    var columnValues: [Double]
    var image: RatioImage
    var basis: Basis?

    var values: SIMD2<Double> { image.values }
}

extension TradeOffCurve.End {
    init(_ point: TradeOffPoint) {
        self.init(columnValues: point.columnValues, image: point.image, basis: point.basis)
    }
}

/// The line between two points, neither of which is better in both measures: 0 is the low end, 1 the high one.
struct TradeOffSegment: Sendable {
    var low: TradeOffPoint
    var high: TradeOffPoint
    /// What the measures are divided by, to be of one size.
    var spans: SIMD2<Double>

    /// Where on the line a measure has a value that lies between those of the ends.
    func share(of measure: Int, at value: Double) -> Double {
        func excess(_ image: RatioImage) -> Double {
            image.numerators[measure] - value * image.denominators[measure]
        }
        let (begin, end) = (excess(low.image), excess(high.image))
        guard begin != end else { return 0 }
        return min(max(begin / (begin - end), 0), 1)
    }

    func image(at share: Double) -> RatioImage {
        switch share {
        case 0: low.image
        case 1: high.image
        default: low.image.mixed(with: high.image, share: share)
        }
    }

    func end(at share: Double) -> TradeOffCurve.End {
        switch share {
        case 0: return TradeOffCurve.End(low)
        case 1: return TradeOffCurve.End(high)
        default:
            let values = zip(low.columnValues, high.columnValues).map { $0 + share * ($1 - $0) }
            return TradeOffCurve.End(
                columnValues: values, image: image(at: share), basis: low.basis ?? high.basis)
        }
    }

    /// The line that touches at a place, whose weights make both ends of the segment as good as the place itself.
    func contact(at share: Double) -> TradeOffContact {
        let image = image(at: share)
        let change = (image.gains(of: high.image) - image.gains(of: low.image)) / spans
        let (gain, loss) = (max(change[0], 0), max(-change[1], 0))
        guard gain + loss > 0 else { return TradeOffContact(image: image, weights: SIMD2(0.5, 0.5) / spans) }
        return TradeOffContact(image: image, weights: SIMD2(loss, gain) / (gain + loss) / spans)
    }

    /// How far towards an end, from a place that a point does not lie above, it goes on not to.
    ///
    /// Times a positive factor, the weighted gains of any point are linear along a segment: with `N(s)` and `D(s)` of
    /// the place, `D₂(s)·N₂ − N₂(s)·D₂ + κ·(D₁(s)·N₁ − N₁(s)·D₁)`, whose κ, for which both ends tie, is the same at
    /// every place. So what holds at two places holds between them.
    ///
    /// - Parameters:
    ///   - allowed: A gain that counts as none.
    ///   - isProved: Whether the point is known to gain nothing at `share`, but for rounding.
    func reach(of point: RatioImage, from share: Double, to end: Double, allowed: Double) -> Double {
        let (here, there) = (scaledGain(of: point, at: share), scaledGain(of: point, at: end))
        let limit = allowed * min(scale(at: share), scale(at: end))
        guard there > limit else { return end }
        // Where it is 0; where it starts at 0 but for rounding, where it is no longer.
        let level = here < -limit ? 0 : limit
        guard here < level else { return share }
        return share + (end - share) * (level - here) / (there - here)
    }

    /// The factor of a place.
    private func scale(at share: Double) -> Double {
        let image = image(at: share)
        let weights = contact(at: share).weights
        // weights · gains times this is linear in the share.
        return weights[1] > 0 ? image.denominators[1] * image.denominators[1] / weights[1] : .infinity
    }

    private func scaledGain(of point: RatioImage, at share: Double) -> Double {
        let contact = contact(at: share)
        let factor = scale(at: share)
        return factor.isFinite ? factor * contact.gain(of: point) : contact.gain(of: point)
    }
}

/// A line that is to lie above all points: what a point gains over its place, weighted.
struct TradeOffContact: Sendable {
    var image: RatioImage
    var weights: SIMD2<Double>

    func gain(of other: RatioImage) -> Double { (weights * image.gains(of: other)).sum() }

    /// The gain as something to maximise.
    func objective(_ measures: [LinearRatio]) -> LinearExpression {
        var sum = LinearExpression()
        for index in 0..<2 where weights[index] > 0 {
            let factor = weights[index] / image.denominators[index]
            sum.add(measures[index].numerator, times: factor)
            sum.add(measures[index].denominator, times: -factor * image.values[index])
        }
        return sum
    }
}
