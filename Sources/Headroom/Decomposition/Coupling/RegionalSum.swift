/// A sum over regions that a decomposition can maximise or hold: of their net present values and of measures.
struct RegionalSum: Equatable, Sendable {
    /// Times `Σ_r (NPV[r] − NPV of doing nothing[r])`: the return.
    var netPresentValue = 0.0
    /// By measure and year, at `measure · T + t − 1`.
    var amounts: [Double]
    var constant = 0.0

    static func * (factor: Double, sum: RegionalSum) -> RegionalSum {
        RegionalSum(
            netPresentValue: factor * sum.netPresentValue, amounts: sum.amounts.map { factor * $0 },
            constant: factor * sum.constant)
    }

    static func - (left: RegionalSum, right: RegionalSum) -> RegionalSum {
        RegionalSum(
            netPresentValue: left.netPresentValue - right.netPresentValue,
            amounts: zip(left.amounts, right.amounts).map { $0 - $1 },
            constant: left.constant - right.constant)
    }
}
