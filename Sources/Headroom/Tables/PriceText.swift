import Foundation

/// Prices of an amount, in words.
struct PriceText {
    /// What the price is of, after `One more CNY`: `of budget, all its rows together,`.
    var subject: String
    /// More of it, as a sentence begins: `More budget`.
    var larger: String
    var currency: String

    init(_ subject: String, _ larger: String, currency: String) {
        self.subject = subject
        self.larger = larger
        self.currency = currency
    }

    /// `One more CNY of budget adds CNY 0.211 to the best return, up to CNY 31.2 bn; one less takes CNY 0.215 away.`
    ///
    /// - Parameter price: Of one more unit, as the duals have it; used where the range was not looked for.
    func sentence(_ price: Double, _ range: MarginalValue?) -> String {
        guard let range else { return more(price) + "." }
        guard let above = range.more else { return "\(larger) would leave no plan possible." }
        let up = above.price > 0 && above.until.isFinite ? ", up to \(amount(above.until, from: range))" : ""
        let text = more(above.price) + up
        guard let below = range.less, below.price > 0 else { return text + "." }
        let down = below.until > 0 ? ", down to \(amount(below.until, from: range))" : ""
        guard range.isDegenerate || above.price <= 0 else { return text + down + "." }
        return text + "; one less takes \(unit(below.price)) away" + down + "."
    }

    private func more(_ price: Double) -> String {
        price > 0
            ? "One more \(currency) \(subject) adds \(unit(price)) to the best return"
            : "\(larger) would add nothing to the return"
    }

    /// Where a price ends, with digits enough to tell it from where it begins.
    private func amount(_ end: Double, from range: MarginalValue) -> String {
        let digits = (4...12).first { end.rounded(digits: $0) != range.amount.rounded(digits: $0) } ?? 12
        return FigureText.exactMoney(end.rounded(digits: digits), currency)
    }

    private func unit(_ price: Double) -> String { "\(currency) \(FigureText.number(price, decimals: 3))" }
}

extension Double {
    /// Rounded to so many significant digits.
    package func rounded(digits: Int) -> Double {
        guard self != 0, isFinite else { return self }
        let scale = pow(10, Double(digits - 1) - log10(abs(self)).rounded(.down))
        return (self * scale).rounded() / scale
    }
}

extension Rule.Bound {
    /// `25 %` or `4,000`.
    var text: String {
        switch self {
        case .amount(let amount): FigureText.number(amount, decimals: 6).withoutTrailingZeros
        case .share(let share): FigureText.number(100 * share, decimals: 6).withoutTrailingZeros + " %"
        }
    }
}
