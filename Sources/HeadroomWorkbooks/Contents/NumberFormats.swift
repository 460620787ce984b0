internal import Headroom

/// The codes by which spreadsheets show numbers; the cells hold all digits.
enum NumberFormats {
    static let whole = "#,##0"
    static let hundredths = "#,##0.00"
    static let share = "0.0%"

    /// - Parameters:
    ///   - largest: The largest magnitude that is shown so.
    ///   - isWhole: Whether all numbers are.
    static func code(_ quantity: Table.Quantity, largest: Double, isWhole: Bool) -> String {
        switch quantity {
        case .share: share
        case .price: "0.000"
        case .rate: "0.000E+00"
        case .money, .users, .capacity, .count: isWhole || largest >= 1000 ? whole : hundredths
        }
    }

    /// Of a chart's scale, in a unit: a comma at the end divides by a thousand.
    static func scale(_ unit: FigureText.Unit, largest: Double) -> String {
        var thousands = ""
        var divisor = unit.divisor
        while divisor >= 1000 {
            thousands += ","
            divisor /= 1000
        }
        return (largest < 10 * unit.divisor ? "#,##0.0" : whole) + thousands
    }
}

extension Table.Quantity {
    /// What its numbers are counted in; empty where they show it themselves.
    func unit(currency: String, capacityUnit: String) -> String {
        switch self {
        case .money: currency
        case .capacity: capacityUnit
        case .price, .rate: "per \(currency)"
        case .users, .share, .count: ""
        }
    }

    /// Whether a total is the sum of the rows.
    var isSummed: Bool {
        switch self {
        case .money, .users, .capacity, .count: true
        case .share, .price, .rate: false
        }
    }
}
