/// A number as people write it in a file: `5e9`, `5_000_000`, `12.5%`.
enum NumberText {
    enum Outcome: Equatable {
        case number(Double, isPercent: Bool)
        case empty
        /// What is wrong, such as `is no number`.
        case malformed(String)
    }

    /// Reads a number; blanks around it count for nothing.
    static func read(_ text: some BidirectionalCollection<UInt8>) -> Outcome {
        plain(text) ?? general(text)
    }

    private static func general(_ text: some BidirectionalCollection<UInt8>) -> Outcome {
        var digits: [UInt8] = []
        digits.reserveCapacity(text.count)
        var body = text.trimmed
        let isPercent = body.last == UInt8(ascii: "%")
        // `8 %` is what spreadsheets of many countries write.
        if isPercent { body = body.dropLast().trimmed }
        if isPercent, body.isEmpty { return .malformed("is no number") }
        var previous: UInt8 = 0
        for byte in body {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "e"),
                UInt8(ascii: "E"),
                UInt8(ascii: "+"), UInt8(ascii: "-"):
                if previous == UInt8(ascii: "_"), !isDigit(byte) { return .malformed("is no number") }
                digits.append(byte)
            case UInt8(ascii: "_"):
                guard isDigit(previous) else { return .malformed("is no number") }
            case UInt8(ascii: ","):
                return .malformed("has a comma, expected a decimal point and no thousands separators")
            default:
                return .malformed("is no number")
            }
            previous = byte
        }
        if previous == 0 { return .empty }
        guard previous != UInt8(ascii: "_"), digits.contains(where: isDigit),
            let value = Double(String(decoding: digits, as: UTF8.self))
        else { return .malformed("is no number") }
        guard value.isFinite else { return .malformed("is too large for a number") }
        return .number(isPercent ? value / 100 : value, isPercent: isPercent)
    }

    /// Reads what most cells hold: nothing, or a sign, at most 15 digits with a point among them, a percent sign.
    ///
    /// Both the digits and the power of ten are then exact in a `Double`, and their quotient is rounded once, as it must
    /// be (W. D. Clinger, How to Read Floating Point Numbers Accurately, 1990).
    ///
    /// - Returns: Nil for everything else.
    private static func plain(_ text: some BidirectionalCollection<UInt8>) -> Outcome? {
        guard let first = text.first, let last = text.last else { return .empty }
        let isNegative = first == UInt8(ascii: "-")
        let isPercent = last == UInt8(ascii: "%")
        var mantissa: UInt64 = 0
        var digits = 0
        var digitsBeforePoint: Int?
        for byte in text.dropFirst(isNegative ? 1 : 0).dropLast(isPercent ? 1 : 0) {
            if isDigit(byte) {
                mantissa = 10 &* mantissa &+ UInt64(byte &- UInt8(ascii: "0"))
                digits += 1
            } else if byte == UInt8(ascii: "."), digitsBeforePoint == nil {
                digitsBeforePoint = digits
            } else {
                return nil
            }
        }
        guard (1...15).contains(digits) else { return nil }
        let magnitude = Double(mantissa) / powersOfTen[digits - (digitsBeforePoint ?? digits)]
        let value = isNegative ? -magnitude : magnitude
        return .number(isPercent ? value / 100 : value, isPercent: isPercent)
    }

    /// Exact up to the fifteenth.
    private static let powersOfTen: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9")
    }
}

extension BidirectionalCollection<UInt8> {
    /// Without blanks at both ends.
    fileprivate var trimmed: SubSequence {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var rest = self[...]
        rest = rest.drop(while: isBlank)
        guard let last = rest.indices.reversed().first(where: { !isBlank(rest[$0]) }) else { return rest }
        return rest[...last]
    }
}
