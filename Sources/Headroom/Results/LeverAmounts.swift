/// An amount of money by lever.
public struct LeverAmounts: Equatable, Sendable {
    private var amounts = SIMD4<Double>.zero

    /// All 0.
    public init() {}

    /// By place of the lever.
    init(_ amounts: SIMD4<Double>) { self.amounts = amounts }

    public subscript(lever: Lever) -> Double {
        get { amounts[lever.position] }
        set { amounts[lever.position] = newValue }
    }

    /// Of all levers together.
    public var total: Double { amounts[0] + amounts[1] + amounts[2] + amounts[3] }

    /// The lever that all goes to but what rounding leaves; nil where there are more, or one is below 0.
    var only: Lever? {
        let most = Lever.allCases.max { self[$0] < self[$1] }
        guard let most, self[most] > 0 else { return nil }
        let isOnly = Lever.allCases.allSatisfy { $0 == most || abs(self[$0]) <= 1e-9 * self[most] }
        return isOnly ? most : nil
    }

    /// What each lever gets of a unit, by its place: seven digits, which is plenty for what a plan's money adds up to.
    var shares: SIMD4<Float> { SIMD4<Float>(amounts / total) }

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
