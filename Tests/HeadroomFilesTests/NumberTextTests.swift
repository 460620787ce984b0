import HeadroomTestSupport
import Testing

@testable import HeadroomFiles

struct NumberTextTests {
    private func read(_ text: String) -> NumberText.Outcome { NumberText.read(Array(text.utf8)) }

    @Test(
        "Numbers are read as people write them",
        arguments: [
            ("0", 0), ("5e9", 5e9), ("5E+9", 5e9), ("5_000_000", 5_000_000), ("1_0.2_5", 10.25), ("-3", -3),
            ("+3.5", 3.5), (".5", 0.5), ("5.", 5), ("  7\t", 7), ("1e-3", 1e-3), ("007", 7), ("1e308", 1e308),
            ("0.1", 0.1), ("1e-400", 0),
        ])
    func numbers(text: String, value: Double) {
        #expect(read(text) == .number(value, isPercent: false))
    }

    @Test(
        "A percentage is a hundredth, and known as one",
        arguments: [("12.5%", 0.125), ("-5%", -0.05), ("100%", 1), (" 8% ", 0.08), ("1_000%", 10)])
    func percentages(text: String, value: Double) {
        #expect(read(text) == .number(value, isPercent: true))
    }

    @Test("Blanks alone are no number and no fault", arguments: ["", " ", "\t", "  \t "])
    func blanks(text: String) {
        #expect(read(text) == .empty)
    }

    @Test(
        "What is no number is refused",
        arguments: [
            "nan", "NaN", "inf", "-inf", "Infinity", "0x10", "5__0", "_5", "5_", "5_%", "5_.0", "5._0", "%",
            "%5", "5%%", "% 5", "%", "1 000", "+", "-", ".", "e5", "5e", "1e5.5", "--1", "1.2.3", "5e9x",
            "\u{0}",
            "\u{2212}5", "\u{A0}5", "\u{665}", "1\u{0}", "_", "e", "$5",
        ])
    func refused(text: String) {
        #expect(read(text) == .malformed("is no number"))
    }

    @Test("A comma is named as what is wrong", arguments: ["1,5", "1,000", "5,"])
    func commas(text: String) {
        #expect(
            read(text) == .malformed("has a comma, expected a decimal point and no thousands separators"))
    }

    @Test("A number beyond all bounds is refused as too large", arguments: ["1e999", "-1e309", "1e999%"])
    func tooLarge(text: String) {
        #expect(read(text) == .malformed("is too large for a number"))
    }

    @Test("A decimal of any length is the double nearest to it", arguments: 1...25)
    func nearest(length: Int) {
        var random = SplitMix64(seed: UInt64(length))
        for _ in 0..<200 {
            var digits = (0..<length).map { _ in "\(random.next() % 10)" }
            if random.chance(0.8) { digits.insert(".", at: Int(random.next() % UInt64(length + 1))) }
            let text = (random.chance(0.3) ? "-" : "") + digits.joined()
            let value = Double(text) ?? .nan
            #expect(read(text) == .number(value, isPercent: false))
            #expect(read(text + "%") == .number(value / 100, isPercent: true))
        }
    }
}
