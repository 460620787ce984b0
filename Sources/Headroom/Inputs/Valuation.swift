import Foundation

/// How money of the planning years is valued in the base year (model, 2 and 7).
public struct Valuation: Equatable, Sendable {
    private let discountRate: Double
    private let years: Int
    private let valuationYears: Int
    private let residualValue: ResidualValue

    public init(_ assumptions: Assumptions) {
        discountRate = assumptions.discountRate
        years = assumptions.years
        valuationYears = assumptions.valuationYears
        residualValue = assumptions.residualValue
    }

    /// `D[t] = (1 + discount_rate)^(-t)`; 1 in the base year.
    public func discountFactor(_ year: Year) -> Double { pow(1 + discountRate, -Double(year.ordinal)) }

    /// The weight of a year's revenue and operating cost: `D[t]`, and for the last year the sum of `D` over it and
    /// the valuation years after it.
    public func flowWeight(_ year: Year) -> Double {
        guard year.ordinal == years else { return discountFactor(year) }
        return (years...years + valuationYears).reduce(0) { $0 + discountFactor(Year($1)) }
    }

    /// The base-year value, at the end of the valued years, of one unit of money paid for capacity in a year.
    ///
    /// `D[end] · max(0, 1 − (end − v + 1)/lifetime)` with `v` the first year in service and `end` the last year
    /// valued.
    public func residual(_ technology: Technology, paidIn year: Year) -> Double {
        guard residualValue == .linear else { return 0 }
        let end = years + valuationYears
        let inService = year.ordinal + technology.leadTime
        let left = 1 - Double(end - inService + 1) / Double(technology.lifetime)
        return left > 0 ? left * discountFactor(Year(end)) : 0
    }
}
