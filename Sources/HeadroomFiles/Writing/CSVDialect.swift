/// What stands between the fields of a delimited text, and in its numbers before the decimals.
public struct CSVDialect: Equatable, Sendable {
    /// An ASCII character that is no quote, letter or digit.
    public var delimiter: UInt8
    public var hasDecimalComma: Bool

    /// As in RFC 4180.
    public init() {
        delimiter = UInt8(ascii: ",")
        hasDecimalComma = false
    }

    public static let tabs: CSVDialect = {
        var dialect = CSVDialect()
        dialect.delimiter = UInt8(ascii: "\t")
        return dialect
    }()

    /// - Parameters:
    ///   - delimiter: The word or the character; nil: a comma, or a semicolon beside decimal commas.
    /// - Returns: Nil where there is no such delimiter, or fields could not be told from decimals.
    public init?(delimiter word: String?, decimalComma: Bool) {
        hasDecimalComma = decimalComma
        switch word {
        case nil: delimiter = UInt8(ascii: decimalComma ? ";" : ",")
        case ",", "comma": delimiter = UInt8(ascii: ",")
        case ";", "semicolon": delimiter = UInt8(ascii: ";")
        case "\t", "\\t", "tab": delimiter = UInt8(ascii: "\t")
        case "|", "bar": delimiter = UInt8(ascii: "|")
        default: return nil
        }
        if decimalComma, delimiter == UInt8(ascii: ",") { return nil }
    }
}
