/// The values that an input may have.
public struct ValueRange: Equatable, Sendable, CustomStringConvertible {
    public var lower: Double
    public var upper: Double
    /// Whether the ends themselves belong to the range.
    public var includesLower: Bool
    public var includesUpper: Bool

    public static let any = ValueRange(
        lower: -.infinity, upper: .infinity, includesLower: false, includesUpper: false)
    static let share = ValueRange(lower: 0, upper: 1, includesLower: true, includesUpper: true)
    static let shareBelowOne = ValueRange(lower: 0, upper: 1, includesLower: true, includesUpper: false)
    static let positiveShare = ValueRange(lower: 0, upper: 1, includesLower: false, includesUpper: true)

    static func atLeast(_ lower: Double) -> ValueRange {
        ValueRange(lower: lower, upper: .infinity, includesLower: true, includesUpper: false)
    }

    static func above(_ lower: Double) -> ValueRange {
        ValueRange(lower: lower, upper: .infinity, includesLower: false, includesUpper: false)
    }

    static func between(_ lower: Double, _ upper: Double) -> ValueRange {
        ValueRange(lower: lower, upper: upper, includesLower: true, includesUpper: true)
    }

    /// Whether a finite value lies in the range.
    public func contains(_ value: Double) -> Bool {
        value.isFinite && (includesLower ? value >= lower : value > lower)
            && (includesUpper ? value <= upper : value < upper)
    }

    /// The range in words, such as “at least 0 and below 1”; ends as people write them.
    public var description: String {
        let from = lower == -.infinity ? nil : "\(includesLower ? "at least" : "above") \(plain(lower))"
        let to = upper == .infinity ? nil : "\(includesUpper ? "at most" : "below") \(plain(upper))"
        return [from, to].compactMap { $0 }.joined(separator: " and ").ifEmpty("a finite number")
    }

    private func plain(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }
}

extension String {
    fileprivate func ifEmpty(_ other: String) -> String { isEmpty ? other : self }
}
