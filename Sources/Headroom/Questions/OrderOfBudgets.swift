/// In which order many budgets are gone through, by their places in a rising list.
///
/// First the middle one, from which it is not far to the largest and the smallest; then the middle of every gap: prices
/// between two known ones are nearly known, and so are the plans (decomposition, 6).
struct OrderOfBudgets {
    /// - Precondition: Above 0.
    let count: Int

    var middle: Int { count / 2 }

    /// Those above the middle, the largest first, and those below it, the smallest first: they do not need each other.
    var halves: [[Int]] {
        let last = count - 1
        return [
            (middle < last ? [last] : []) + Self.middles(of: middle..<last),
            (middle > 0 ? [0] : []) + Self.middles(of: 0..<middle),
        ]
    }

    /// All places between two that are done: the middle one, then those above it, then those below.
    private static func middles(of span: Range<Int>) -> [Int] {
        guard span.count > 1 else { return [] }
        let middle = (span.lowerBound + span.upperBound) / 2
        return [middle] + middles(of: middle..<span.upperBound) + middles(of: span.lowerBound..<middle)
    }
}
