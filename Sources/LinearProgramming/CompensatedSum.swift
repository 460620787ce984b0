/// A sum that keeps what rounding would lose, so that its error does not grow with the number of terms.
///
/// D. Knuth, The Art of Computer Programming, volume 2, section 4.2.2, theorem B: the error of an addition is itself
/// a number.
package struct CompensatedSum: Sendable {
    private var sum: Double
    private var lost = 0.0

    package init(_ start: Double = 0) { sum = start }

    package var value: Double { sum + lost }

    @inline(__always)
    package mutating func add(_ term: Double) {
        let next = sum + term
        let added = next - sum
        lost += (sum - (next - added)) + (term - added)
        sum = next
    }
}
