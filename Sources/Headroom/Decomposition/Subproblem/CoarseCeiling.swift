/// A number ≥ 0 in two bytes, rounded up by less than a hundredth: infinity above 3e38.
///
/// Millions of them are kept, and each is only a bound.
struct CoarseCeiling: BitwiseCopyable, Sendable {
    private let bits: UInt16

    /// - Parameter number: ≥ 0 and no NaN.
    init(_ number: Double) {
        // A float's upper half is one of fewer digits: whatever the lower half says is rounded up.
        let float = Float(number)
        let pattern = (Double(float) < number ? float.nextUp : float).bitPattern
        bits = UInt16(truncatingIfNeeded: (pattern &+ 0xFFFF) >> 16)
    }

    var value: Double { Double(Float(bitPattern: UInt32(bits) << 16)) }
}
