/// What the budget and the rules of a plan are worth, in sentences.
public struct PricesSummary: Equatable, Sendable {
    public var title: String
    /// What money is worth.
    public var money: [String]
    /// What every rule costs.
    public var rules: [String]

    public init(_ prices: PlanPrices) {
        let assumptions = prices.plan.planningCase.assumptions
        let currency = assumptions.currency
        title =
            "\(assumptions.title): prices at the best return, \(FigureText.money(prices.bestReturn, currency))"
        money = Self.money(prices, assumptions)
        let unspent = UnspentText.sentence(
            prices.unspent, price: prices.budget?.more?.price, reasons: prices.plan.reasons, assumptions)
        if let unspent { money.append(unspent) }
        rules = prices.rules.map { Self.sentence($0, currency) }
    }

    private static func money(_ prices: PlanPrices, _ assumptions: Assumptions) -> [String] {
        func sentence(_ subject: String, _ larger: String, _ value: MarginalValue) -> String {
            PriceText(subject, larger, currency: assumptions.currency)
                .sentence(value.more?.price ?? 0, value)
        }
        guard !assumptions.budget.isFree else { return ["Without a budget money has no price."] }
        if prices.budget == nil {
            return [
                prices.plan.planningCase.technologies.contains { $0.module != nil }
                    ? "With whole modules money has no price: the next unit buys nothing, or a module."
                    : "A budget of nothing has no price."
            ]
        }
        var sentences =
            prices.budget.map { [sentence("of budget, all its rows together,", "More budget", $0)] } ?? []
        if let total = prices.total {
            sentences.append(sentence("of the total alone", "A larger total alone", total))
        }
        let years = zip(assumptions.planningYears, prices.yearly)
        return sentences
            + years.map {
                let year = assumptions.calendarYear($0)
                return sentence("in the budget of \(year) alone", "More money in \(year) alone", $1)
            }
    }

    private static func sentence(_ price: PlanPrices.RulePrice, _ currency: String) -> String {
        let name = "Rule “\(price.rule)” (\(price.isLower ? "at least" : "at most") \(price.bound.text))"
        func money(_ value: Double) -> String { FigureText.money(abs(value), currency) }
        let isFree = abs(price.cost) < 1e-9 && (price.raised.change ?? 0) == 0
        guard !isFree else { return "\(name) costs nothing." }
        var text = "\(name) costs \(money(price.cost)) of the best return."
        for step in [price.raised, price.lowered] where step.bound != price.bound {
            guard let change = step.change else {
                text += " With \(step.bound.text) no plan is possible."
                continue
            }
            let more = change < 0 ? "less" : "more"
            text +=
                change == 0
                ? " With \(step.bound.text) it would be the same."
                : " With \(step.bound.text) it would be \(money(change)) \(more)."
        }
        return text + range(price)
    }

    /// How far the price at today's bound holds.
    private static func range(_ price: PlanPrices.RulePrice) -> String {
        guard let range = price.range, let more = range.more, let less = range.less, !range.isDegenerate
        else {
            return ""
        }
        func bound(_ number: Double) -> String? {
            guard number.isFinite else { return nil }
            switch price.bound {
            case .amount: return Rule.Bound.amount(number.rounded(digits: 4)).text
            case .share: return Rule.Bound.share(number.rounded(digits: 4)).text
            }
        }
        let (from, to) = (bound(less.until), bound(more.until))
        guard from != nil || to != nil else { return "" }
        return " That is the same for every step"
            + (from.map { " from \($0)" } ?? "") + (to.map { " up to \($0)" } ?? "") + "."
    }
}
