import Foundation

/// A small generator of random numbers: the same seed gives the same numbers on every machine.
///
/// G. Steele, D. Lea, C. Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

extension SplitMix64 {
    public mutating func number(in range: ClosedRange<Double>) -> Double {
        let share = Double(next() >> 11) * 0x1p-53
        return range.lowerBound + share * (range.upperBound - range.lowerBound)
    }

    /// Whether something happens that has this probability.
    public mutating func chance(_ probability: Double) -> Bool { number(in: 0...1) < probability }

    public mutating func pick<Element>(_ choices: [Element]) -> Element {
        precondition(!choices.isEmpty, "nothing to pick from")
        return choices[Int(next() % UInt64(choices.count))]
    }

    /// Sizes as regions have them: many small, few large. The logarithm is normal with the deviation `spread`.
    public mutating func logNormal(median: Double, spread: Double) -> Double {
        let radius = (-2 * log(number(in: .leastNormalMagnitude...1))).squareRoot()
        return median * exp(spread * radius * cos(2 * .pi * number(in: 0...1)))
    }
}
