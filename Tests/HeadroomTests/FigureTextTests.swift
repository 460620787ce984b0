import Foundation
import Headroom
import HeadroomTestSupport
import Testing

/// Figures as people read them.
struct FigureTextTests {
    @Test(
        "Numbers have thousands separators and a true minus sign",
        arguments: [
            (0.0, 0, "0"), (999, 0, "999"), (1000, 0, "1,000"), (1_234_567, 0, "1,234,567"),
            (1234.567, 2, "1,234.57"), (-1234.5, 1, "−1,234.5"), (999.96, 1, "1,000.0"),
        ])
    func number(value: Double, decimals: Int, text: String) {
        #expect(FigureText.number(value, decimals: decimals) == text)
    }

    @Test("Digits are rounded as C rounds them, ties and all", arguments: 0...6)
    func rounding(decimals: Int) {
        var random = SplitMix64(seed: UInt64(decimals))
        let ties = (0..<2000).map { Double($0) / 16 }
        let others = (0..<2000).map { _ in random.logNormal(median: 1e3, spread: 12) }
        // Written in decimals, they lie a trifle above or below a tie.
        let nearTies = (0..<2000).map { Double($0) / 1000 + 0.0005 }
        for value in ties + others + nearTies {
            let text = FigureText.number(value, decimals: decimals).replacing(",", with: "")
            #expect(text == String(format: "%.\(decimals)f", value))
        }
    }

    @Test("What rounds to zero has no sign", arguments: [-0.0, -0.04, 0.04])
    func zero(value: Double) {
        #expect(FigureText.number(value, decimals: 1) == "0.0")
        #expect(FigureText.number(value, decimals: 0) == "0")
        #expect(FigureText.percent(value / 1000) == "0.0 %")
    }

    @Test(
        "That amounts are rounded is said where those shown do not add up to the sum that is shown",
        arguments: [
            // 9.37 bn of 8.07 and 1.31; 28.0 bn of 20.0 and 7.17 bn, 138.7 and 706.7 m.
            ([8.0687e9, 1.3060e9], " (rounded)"), ([19.974e9, 7.174e9, 138.7e6, 706.7e6], ""),
            ([1.004e6, 1.004e6], " (rounded)"), ([5, 5], ""), ([3e9], ""), ([], ""),
        ] as [([Double], String)])
    func roundedParts(parts: [Double], remark: String) {
        #expect(FigureText.roundingRemark(parts) == remark)
    }

    @Test("What is undefined is a dash")
    func undefined() {
        #expect(FigureText.number(nil, decimals: 2) == "–")
        #expect(FigureText.percent(nil) == "–")
        #expect(FigureText.amount(nil) == "–")
        #expect(FigureText.money(nil, "CNY") == "–")
    }

    @Test("Shares are percentages to one place")
    func percent() {
        #expect(FigureText.percent(0.714) == "71.4 %")
        #expect(FigureText.percent(12.5) == "1,250.0 %")
        #expect(FigureText.percent(-0.051) == "−5.1 %")
    }

    @Test(
        "Amounts have a unit that leaves at most three digits",
        arguments: [
            (0.0, "0"), (12, "12"), (12.34, "12.3"), (999, "999"), (1000, "1.00 k"),
            (12_400_000_000, "12.4 bn"),
            (-5_600_000, "−5.60 m"), (7.5e12, "7.50 tn"), (2e16, "20,000.0 tn"),
        ])
    func amount(value: Double, text: String) {
        #expect(FigureText.amount(value) == text)
        #expect(FigureText.money(value, "EUR") == "EUR \(text)")
    }

    @Test(
        "Exact money keeps the places it has",
        arguments: [
            (7_250_000_000.0, "7.25 bn"), (30, "30"), (0, "0"), (1_234_500, "1.2345 m"), (0.5, "0.5"),
        ])
    func exactMoney(value: Double, text: String) {
        #expect(FigureText.exactMoney(value, "CNY") == "CNY \(text)")
    }

    @Test("A column's unit is that of its largest number")
    func unit() {
        #expect(FigureText.Unit(forLargest: 99_999, digits: 5) == FigureText.Unit(divisor: 1, word: ""))
        #expect(FigureText.Unit(forLargest: 100_000, digits: 5) == FigureText.Unit(divisor: 1e3, word: "k"))
        #expect(FigureText.Unit(forLargest: -2e9, digits: 3) == FigureText.Unit(divisor: 1e9, word: "bn"))
        let millions = FigureText.Unit(divisor: 1e6, word: "m")
        #expect(FigureText.number(12_345_678_900, in: millions, decimals: 1) == "12,345.7")
    }
}
