import Foundation
package import Headroom

/// What the numbers along a scale count, and how they are written.
public struct Measure: Equatable, Sendable {
    public enum Unit: Equatable, Sendable {
        /// Of a currency.
        case money(String)
        /// Of things, such as `users`.
        case count(String)
        /// A fraction, shown in percent.
        case share
        /// Without a unit.
        case ratio
    }

    public var title: String
    public var unit: Unit

    public init(_ title: String, _ unit: Unit) {
        self.title = title
        self.unit = unit
    }

    /// A number with its unit, for sentences and tooltips.
    public func text(_ value: Double?) -> String {
        guard let value, value.isFinite else { return FigureText.undefined }
        return switch unit {
        case .money(let currency): FigureText.money(value, currency)
        case .count(let things): "\(FigureText.amount(value)) \(things)"
        case .share: FigureText.percent(value)
        case .ratio: FigureText.number(value, decimals: 2)
        }
    }
}

/// A measure in the one unit that all numbers of a scale are written in.
package struct ScaledMeasure: Equatable, Sendable {
    package let measure: Measure
    package let unit: FigureText.Unit
    private let decimals: Int

    /// - Parameters:
    ///   - largest: The largest magnitude.
    ///   - digits: Most digits before the point.
    package init(_ measure: Measure, largest: Double, digits: Int = 4) {
        self.measure = measure
        switch measure.unit {
        case .share:
            unit = FigureText.Unit(divisor: 0.01, word: "")
            decimals = 1
        case .ratio:
            unit = FigureText.Unit(divisor: 1, word: "")
            decimals = 2
        case .money, .count:
            unit = FigureText.Unit(forLargest: largest, digits: digits)
            let size = largest / unit.divisor
            let isWhole = size == size.rounded() && unit.divisor == 1
            decimals = size >= 100 || isWhole ? 0 : size >= 10 ? 1 : 2
        }
    }

    /// Such as `Investment, CNY bn`.
    package var title: String {
        let words: [String] =
            switch measure.unit {
            case .money(let currency): [currency, unit.word]
            case .count(let things): unit.word.isEmpty ? [things] : [unit.word, things]
            case .share: ["%"]
            case .ratio: []
            }
        let unit = words.filter { !$0.isEmpty }.joined(separator: " ")
        return unit.isEmpty ? measure.title : "\(measure.title), \(unit)"
    }

    /// A number beside its mark.
    package func label(_ value: Double) -> String {
        FigureText.number(value, in: unit, decimals: decimals)
    }

    /// A number at a tick: with as many places as the step between ticks has.
    package func tick(_ value: Double, step: Double) -> String {
        let places = -log10(step / unit.divisor)
        return FigureText.number(value, in: unit, decimals: Int(max(0, (places - 1e-9).rounded(.up))))
    }

    /// Vega's expression for `tick`.
    package var tickExpression: String {
        let scaled = unit.divisor == 1 ? "datum.value" : "datum.value / \(unit.divisor)"
        return "format(round(1e6 * \(scaled)) / 1e6, ',')"
    }

    package var axis: JSONValue {
        ["labelExpr": .text(tickExpression), "title": .text(title), "grid": true]
    }
}
