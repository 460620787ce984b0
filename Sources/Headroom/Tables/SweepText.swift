import Foundation

/// How the figures of a sweep's goal are said.
struct SweepText {
    let goal: Goal
    let currency: String
    /// A round amount of money that is little beside the budget: a million, where that is little.
    let step: Double

    init(_ sweep: BudgetSweep) {
        goal = sweep.goal
        currency = sweep.planningCase.assumptions.currency
        step = sweep.littleMoney
    }

    init(_ goal: Goal, currency: String) {
        self.goal = goal
        self.currency = currency
        step = 1e6
    }

    /// `CNY 1 m`, or `million CNY` in a sentence.
    var stepText: String { step == 1e6 ? "million \(currency)" : FigureText.exactMoney(step, currency) }

    func money(_ amount: Double) -> String { FigureText.money(amount, currency) }

    /// A budget with as many digits as it has, up to six.
    func budget(_ amount: Double) -> String { FigureText.exactMoney(amount.rounded(digits: 6), currency) }

    /// The same of a budget that has to do: rounded upwards.
    func sufficient(_ amount: Double) -> String { budget(amount.roundedUp(digits: 6)) }

    /// `A million CNY`, or `USD 1 k`, as a sentence begins.
    var stepSubject: String { step == 1e6 ? "A \(stepText)" : stepText }

    /// What one unit of money adds, with digits enough to tell it from nothing.
    func price(_ slope: Double) -> String {
        let text =
            abs(slope) >= 0.0005
            ? FigureText.number(slope, decimals: 3)
            : FigureText.number(slope.rounded(digits: 2), decimals: 15).withoutTrailingZeros
        return "\(currency) \(text)"
    }

    /// What the goal comes to in two cases, with digits enough to tell them apart.
    func apart(_ first: Double, _ second: Double) -> (String, String) {
        let texts = (value(first), value(second))
        guard texts.0 == texts.1, first != second else { return texts }
        let exact = (4...12).lazy.map { (exactValue(first, digits: $0), exactValue(second, digits: $0)) }
        return exact.first { $0.0 != $0.1 } ?? texts
    }

    private func exactValue(_ value: Double, digits: Int) -> String {
        let rounded = value.rounded(digits: digits)
        switch goal {
        case .return, .leastSpending:
            let unit = FigureText.Unit(forLargest: rounded, digits: 3)
            let text = FigureText.number(rounded, in: unit, decimals: 12).withoutTrailingZeros
            return "\(currency) \(text)" + (unit.word.isEmpty ? "" : " \(unit.word)")
        case .servedUsers: return "\(FigureText.number(rounded, decimals: 9).withoutTrailingZeros) users"
        case .utilization, .serviceLevel, .worstService:
            return "\(FigureText.number(100 * rounded, decimals: 10).withoutTrailingZeros) %"
        case .roi: return FigureText.number(rounded, decimals: 12).withoutTrailingZeros
        }
    }

    /// What the goal comes to.
    func value(_ value: Double) -> String {
        switch goal {
        case .return, .leastSpending: money(value)
        case .servedUsers: "\(FigureText.amount(value)) users"
        case .utilization, .serviceLevel, .worstService: FigureText.percent(value)
        case .roi: FigureText.number(value, decimals: 2)
        }
    }

    /// A small change of it.
    func change(_ change: Double) -> String {
        switch goal {
        case .return, .leastSpending: money(change)
        case .servedUsers: "\(FigureText.amount(change)) users"
        case .utilization, .serviceLevel, .worstService:
            "\(FigureText.number((100 * change).rounded(digits: 3), decimals: 9).withoutTrailingZeros) percentage points"
        case .roi: FigureText.number(change.rounded(digits: 3), decimals: 6).withoutTrailingZeros
        }
    }

    /// The goal's best as the subject of a sentence, behind “the”.
    var title: String {
        switch goal {
        case .return, .utilization, .serviceLevel, .roi: "best \(goal.title)"
        case .servedUsers: "largest number that can be served"
        case .worstService: "best service of the worst served region"
        case .leastSpending: "least spending"
        }
    }

    /// What is reached, behind “to reach”.
    func reached(_ value: Double) -> String { reached(self.value(value)) }

    /// The same of a value in words.
    func reached(_ value: String) -> String {
        switch goal {
        case .return, .utilization, .serviceLevel, .roi: "a \(goal.title) of \(value)"
        case .servedUsers: value
        case .worstService: "a service of \(value) in every region"
        case .leastSpending: "a spending of \(value)"
        }
    }

    /// `15.0 % less than today`.
    func besideToday(_ budget: Double, _ amount: Double) -> String {
        let share = budget / amount - 1
        let percent =
            abs(share) < 10
            ? FigureText.percent(abs(share)) : "\(FigureText.number(budget / amount, decimals: 0)) times"
        return abs(share) < 10 ? "\(percent) \(share < 0 ? "less" : "more") than today" : "\(percent) today's"
    }
}

extension Double {
    /// Rounded upwards to so many significant digits.
    fileprivate func roundedUp(digits: Int) -> Double {
        let near = rounded(digits: digits)
        guard near < self else { return near }
        let lastDigit = pow(10, log10(abs(self)).rounded(.down) - Double(digits - 1))
        return (near + lastDigit).rounded(digits: digits)
    }
}

extension BudgetSweep {
    /// `Guangdong (adoption)`.
    func name(of use: BudgetCurve.Use) -> String {
        let name = planningCase.regions.names[use.region]
        return use.lever.map { "\(name) (\($0.rawValue))" } ?? name
    }
}
