/// How the values of an assumption are said.
public struct FactorText: Sendable {
    private let factor: Factor
    private let currency: String

    public init(_ factor: Factor, _ assumptions: Assumptions) {
        self.factor = factor
        currency = assumptions.currency
    }

    /// Such as `6.4 %`, `CNY 24 bn`, or of a column by how much it changes: `−20 %`.
    public func text(_ value: Double) -> String {
        switch factor.subject {
        case .budget: return FigureText.exactMoney(value.rounded(digits: 6), currency)
        case .key(let key):
            return key.declaration.kind.takesPercent
                ? Self.percent(value) : FigureText.number(value, decimals: 6).withoutTrailingZeros
        case .column:
            let percent = Self.percent(value - 1)
            return value > 1 ? "+\(percent)" : percent
        }
    }

    /// With as many places as it has, up to two.
    private static func percent(_ share: Double) -> String {
        FigureText.number((100 * share).rounded(digits: 6), decimals: 2).withoutTrailingZeros + " %"
    }
}

extension CaseSummary.Line {
    /// The range of an assumption.
    public init(_ settings: FactorSettings, _ assumptions: Assumptions) {
        let text = FactorText(settings.factor, assumptions)
        let ends = [settings.low?.value ?? settings.base, settings.high?.value ?? settings.base]
        self.init(
            label: "Range", value: "\(settings.factor.title) \(ends.map(text.text).joined(separator: " to "))"
        )
    }
}
