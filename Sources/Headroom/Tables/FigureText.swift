import Foundation

/// Figures as people read them: thousands separators, one unit for a whole column, percentages to one place.
public enum FigureText {
    /// A power of ten that large numbers are divided by, with its word.
    public struct Unit: Equatable, Sendable {
        public var divisor: Double
        /// Such as `bn`; empty where nothing is divided.
        public var word: String

        private static let all = [
            Unit(divisor: 1, word: ""), Unit(divisor: 1e3, word: "k"), Unit(divisor: 1e6, word: "m"),
            Unit(divisor: 1e9, word: "bn"), Unit(divisor: 1e12, word: "tn"),
        ]

        /// The unit in which the largest of some numbers has few digits before the point.
        public init(forLargest size: Double, digits: Int) {
            let limit = pow(10, Double(digits))
            // What rounding alone keeps below the limit is at it.
            self =
                Self.all.first { abs(size) < limit * $0.divisor * (1 - 1e-9) } ?? Self.all[Self.all.count - 1]
        }

        public init(divisor: Double, word: String) {
            self.divisor = divisor
            self.word = word
        }
    }

    /// A dash stands for what is undefined.
    public static let undefined = "–"

    /// A number divided by its unit, with separators.
    public static func number(_ value: Double?, in unit: Unit = Unit(divisor: 1, word: ""), decimals: Int)
        -> String
    {
        guard let value else { return undefined }
        let text = String(format: "%.\(decimals)f", abs(value) / unit.divisor)
        let parts = text.split(separator: ".", maxSplits: 1)
        let whole = grouped(parts[0])
        let isZero = !text.contains { $0 != "0" && $0 != "." }
        let sign = value < 0 && !isZero ? "−" : ""
        return sign + ([whole] + parts.dropFirst().map(String.init)).joined(separator: ".")
    }

    private static func grouped(_ digits: Substring) -> String {
        var groups: [Substring] = []
        var rest = digits
        while rest.count > 3 {
            groups.insert(rest.suffix(3), at: 0)
            rest = rest.dropLast(3)
        }
        return ([rest] + groups).joined(separator: ",")
    }

    /// `0.714` as `71.4 %`.
    public static func percent(_ share: Double?) -> String {
        share.map { number(100 * $0, decimals: 1) + " %" } ?? undefined
    }

    /// An amount with a unit of its own, such as `12.4 bn`.
    public static func amount(_ value: Double?) -> String {
        guard let value else { return undefined }
        let unit = Unit(forLargest: value, digits: 3)
        let isWhole = unit.divisor == 1 && abs(value - value.rounded()) <= 1e-9 * abs(value)
        let decimals = isWhole ? 0 : abs(value) < 10 * unit.divisor ? 2 : 1
        return number(value, in: unit, decimals: decimals) + (unit.word.isEmpty ? "" : " \(unit.word)")
    }

    /// Money with its currency and as many places as it has, up to six, such as `CNY 7.25 bn`.
    public static func exactMoney(_ value: Double, _ currency: String) -> String {
        let unit = Unit(forLargest: value, digits: 3)
        let digits = number(value, in: unit, decimals: 6).withoutTrailingZeros
        return "\(currency) \(digits)" + (unit.word.isEmpty ? "" : " \(unit.word)")
    }

    /// Money with its currency, such as `CNY 12.4 bn`.
    public static func money(_ value: Double?, _ currency: String) -> String {
        guard let value else { return undefined }
        return "\(currency) \(amount(value))"
    }
}

extension String {
    /// A decimal number without zeros that say nothing.
    var withoutTrailingZeros: String {
        guard contains(".") else { return self }
        var rest = self[...]
        while rest.last == "0" { rest.removeLast() }
        if rest.last == "." { rest.removeLast() }
        return String(rest)
    }
}
