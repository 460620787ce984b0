/// An amount of money by lever.
public struct LeverAmounts: Equatable, Sendable {
    private var amounts = SIMD4<Double>.zero

    /// All 0.
    public init() {}

    public subscript(lever: Lever) -> Double {
        get { amounts[lever.position] }
        set { amounts[lever.position] = newValue }
    }

    /// Of all levers together.
    public var total: Double { amounts[0] + amounts[1] + amounts[2] + amounts[3] }

    static func += (left: inout LeverAmounts, right: LeverAmounts) { left.amounts += right.amounts }
}

extension Lever {
    /// The lever's place among all cases.
    var position: Int {
        switch self {
        case .build: 0
        case .adoption: 1
        case .share: 2
        case .credit: 3
        }
    }
}
