import Foundation

extension Clash {
    /// What clashes and what would do, in the planner's words.
    public func text(_ assumptions: Assumptions) -> String {
        var lines = ["No plan can satisfy all of these at once; without any one of them there is one:"]
        lines += members.map { "  - \($0)" }
        if members.contains(.budget) {
            let today =
                assumptions.budget.amount.map { " (now \(FigureText.exactMoney($0, assumptions.currency)))" }
                ?? ""
            lines.append(
                minimumBudget.map {
                    "The smallest budget that would do: \(FigureText.exactMoney(rounded($0, true), assumptions.currency))\(today)."
                } ?? "No budget would do, however large, with its years as they are.")
        }
        for change in changes {
            lines.append(
                "Rule “\(change.rule)” would do with \(change.isLower ? "at_least" : "at_most") "
                    + "\(text(change.to, roundedUp: !change.isLower)) "
                    + "instead of \(text(change.from)).")
        }
        return lines.joined(separator: "\n")
    }

    /// - Parameter roundedUp: Which way rounding keeps the plan possible; nil: to the nearest.
    private func text(_ bound: Rule.Bound, roundedUp: Bool? = nil) -> String {
        switch bound {
        case .amount(let amount):
            FigureText.number(rounded(amount, roundedUp), decimals: 6).withoutTrailingZeros
        case .share(let share):
            FigureText.number(rounded(100 * share, roundedUp), decimals: 6).withoutTrailingZeros + " %"
        }
    }

    /// To six digits, so that the text can be typed in and does what it says.
    private func rounded(_ value: Double, _ up: Bool?) -> Double {
        guard value != 0, let up else { return value }
        let unit = pow(10, (log10(abs(value))).rounded(.down) - 5)
        return (value / unit + (up ? 1e-6 : -1e-6)).rounded(up ? .up : .down) * unit
    }
}
