import Foundation

/// A linear scale from numbers to places along an axis, that begins and ends at a round number.
package struct Scale: Equatable, Sendable {
    /// Between ticks: 1, 2 or 5 times a power of ten.
    package let step: Double
    /// Rising.
    package let ticks: [Double]
    private let start: Double
    private let length: Double

    /// - Parameters:
    ///   - values: What must lie on the scale; what is not finite is left out.
    ///   - includesZero: Whether it begins at 0 where all values lie on one side of it, as bars must.
    ///   - intervals: Most steps, ≥ 1, where the numbers allow it: at least one on each side of 0.
    ///   - start: The place of the lowest tick.
    ///   - end: The place of the highest tick; below `start` where places fall as numbers rise.
    package init(
        _ values: some Sequence<Double>, includesZero: Bool, intervals: Int, from start: Double,
        to end: Double
    ) {
        var (low, high) = (includesZero ? 0 : Double.infinity, includesZero ? 0 : -Double.infinity)
        for value in values where value.isFinite {
            low = min(low, value)
            high = max(high, value)
        }
        if low > high { (low, high) = (0, 1) }
        // Numbers that differ by rounding alone have nothing between them to be shown.
        if high - low <= 1e-9 * max(abs(low), abs(high)) {
            let room = max(abs(low), abs(high)) / 10
            (low, high) = room == 0 ? (0, 1) : (low - room, high + room)
        }
        var step = Self.roundStep(atLeast: (high - low) / Double(max(1, intervals)))
        var places = Self.places(low, high, step)
        while places.count - 1 > max(intervals, low < 0 && high > 0 ? 2 : 1) {
            step = Self.roundStep(atLeast: step * 1.01)
            places = Self.places(low, high, step)
        }
        self.step = step
        ticks = places.map { $0 * step }
        self.start = start
        length = end - start
    }

    private static func places(_ low: Double, _ high: Double, _ step: Double) -> [Double] {
        let first = (low / step + 1e-9).rounded(.down)
        let last = max(first + 1, (high / step - 1e-9).rounded(.up))
        return (0...Int(last - first)).map { first + Double($0) }
    }

    /// The least of 1, 2 and 5 times powers of ten that is no smaller than a size.
    static func roundStep(atLeast size: Double) -> Double {
        let power = pow(10, log10(size).rounded(.down))
        return [1, 2, 5, 10].map { $0 * power }.first { $0 >= size * (1 - 1e-9) } ?? 10 * power
    }

    package var domain: ClosedRange<Double> { ticks[0]...ticks[ticks.count - 1] }

    package func place(of value: Double) -> Double {
        let (low, high) = (domain.lowerBound, domain.upperBound)
        return start + length * ((value - low) / (high - low))
    }
}
