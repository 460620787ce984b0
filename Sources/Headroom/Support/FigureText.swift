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

    /// How a column of amounts is shown: divided by a unit, with so many places.
    package struct Column: Equatable, Sendable {
        package var unit: Unit
        package var decimals: Int

        /// - Parameter largest: The largest magnitude of the column, or of all those that share its unit.
        package init(forLargest largest: Double) {
            unit = Unit(forLargest: largest, digits: 5)
            decimals = unit.divisor > 1 && largest < 1e3 * unit.divisor ? 1 : 0
        }

        /// Numbers of a smaller magnitude are shown as 0.
        package var least: Double { 0.5 * unit.divisor / pow(10, Double(decimals)) }
    }

    /// A dash stands for what is undefined.
    public static let undefined = "–"

    /// A number divided by its unit, with separators.
    public static func number(_ value: Double?, in unit: Unit = Unit(divisor: 1, word: ""), decimals: Int)
        -> String
    {
        var text: [UInt8] = []
        append(value, in: unit, decimals: decimals, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends what `number` is, in UTF-8.
    package static func append(_ value: Double?, in unit: Unit, decimals: Int, to text: inout [UInt8]) {
        guard let value else {
            text += undefined.utf8
            return
        }
        let size = abs(value) / unit.divisor
        guard let (whole, rest) = parts(size, decimals: decimals) else {
            let digits = String(format: "%.\(decimals)f", size).split(separator: ".", maxSplits: 1)
            if value < 0 { text += "−".utf8 }
            append(grouped: digits[0].utf8, to: &text)
            if digits.count > 1 { text += ".\(digits[1])".utf8 }
            return
        }
        if value < 0, whole != 0 || rest != 0 { text += "−".utf8 }
        append(grouped: String(whole).utf8, to: &text)
        if decimals > 0 {
            text.append(UInt8(ascii: "."))
            append(rest, digits: decimals, to: &text)
        }
    }

    private static let powersOfTen = (0...15).map { pow(10, Double($0)) }

    /// What `%.*f` of C has before and behind the point: the decimal number nearest to the double, to the even one where
    /// two are as near; nil where it has more digits than are worked with here.
    ///
    /// - Parameter value: At least 0.
    private static func parts(_ value: Double, decimals: Int) -> (whole: Int64, rest: Int64)? {
        guard decimals <= 15 else { return nil }
        let scale = powersOfTen[decimals]
        let scaled = value * scale
        guard scaled < 0x1p52 else { return nil }
        // What the product lost in rounding tells which side of a tie the value lies on.
        let lost = (-scaled).addingProduct(value, scale)
        var nearest = scaled.rounded(.toNearestOrEven)
        if scaled - nearest == 0.5, lost > 0 { nearest += 1 }
        if scaled - nearest == -0.5, lost < 0 { nearest -= 1 }
        let (whole, rest) = Int64(nearest).quotientAndRemainder(dividingBy: Int64(scale))
        return (whole, rest)
    }

    /// A number with zeros before it.
    private static func append(_ number: Int64, digits: Int, to text: inout [UInt8]) {
        let written = String(number).utf8
        for _ in written.count..<max(written.count, digits) { text.append(UInt8(ascii: "0")) }
        text += written
    }

    private static func append(grouped digits: some Collection<UInt8>, to text: inout [UInt8]) {
        var place = digits.count
        for digit in digits {
            place -= 1
            text.append(digit)
            if place > 0, place % 3 == 0 { text.append(UInt8(ascii: ",")) }
        }
    }

    /// A count with separators, such as `3,113`.
    public static func count(_ count: Int) -> String { number(Double(count), decimals: 0) }

    /// A count of things that take an s, such as `3,113 regions`.
    public static func count(_ count: Int, _ thing: String) -> String {
        "\(Self.count(count)) \(thing)\(count == 1 ? "" : "s")"
    }

    /// `0.714` as `71.4 %`.
    public static func percent(_ share: Double?) -> String {
        share.map { number(100 * $0, decimals: 1) + " %" } ?? undefined
    }

    /// An amount with a unit of its own, such as `12.4 bn`.
    public static func amount(_ value: Double?) -> String {
        guard let value else { return undefined }
        let (unit, decimals) = form(ofAmount: value)
        return number(value, in: unit, decimals: decimals) + (unit.word.isEmpty ? "" : " \(unit.word)")
    }

    private static func form(ofAmount value: Double) -> (unit: Unit, decimals: Int) {
        let unit = Unit(forLargest: value, digits: 3)
        let isWhole = unit.divisor == 1 && abs(value - value.rounded()) <= 1e-9 * abs(value)
        return (unit, isWhole ? 0 : abs(value) < 10 * unit.divisor ? 2 : 1)
    }

    /// Said behind parts, each shown as an amount, that do not add up to what is shown of their sum; empty where they do.
    package static func roundingRemark(_ parts: [Double]) -> String {
        let shown = parts.map { part in
            let (unit, decimals) = form(ofAmount: part)
            let step = unit.divisor / pow(10, Double(decimals))
            return step * (part / step).rounded()
        }
        let total = parts.reduce(0, +)
        let (unit, decimals) = form(ofAmount: total)
        let texts = [total, shown.reduce(0, +)].map { number($0, in: unit, decimals: decimals) }
        return texts[0] == texts[1] ? "" : " (rounded)"
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
    package var withoutTrailingZeros: String {
        guard contains(".") else { return self }
        var rest = self[...]
        while rest.last == "0" { rest.removeLast() }
        if rest.last == "." { rest.removeLast() }
        return String(rest)
    }
}
