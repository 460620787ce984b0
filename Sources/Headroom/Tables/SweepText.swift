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
    func reached(_ value: Double) -> String {
        switch goal {
        case .return, .utilization, .serviceLevel, .roi: "a \(goal.title) of \(self.value(value))"
        case .servedUsers: self.value(value)
        case .worstService: "a service of \(self.value(value)) in every region"
        case .leastSpending: "a spending of \(self.value(value))"
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
