extension InfeasibleSubsystem {
    /// What clashes and what would do, in the planner's words.
    public func text(_ assumptions: Assumptions) -> String {
        var lines = [heading]
        if members.count > 1 { lines += members.map { "  - \($0)" } }
        lines += causes
        if members.contains(.budget) { lines.append(budgetLine(assumptions)) }
        for change in changes {
            lines.append(
                "\(sentence(Rule.title(ofRuleNamed: change.rule))) would do with \(change.key) "
                    + "\(text(change.safe)) instead of \(text(change.from)).")
        }
        return lines.joined(separator: "\n")
    }

    /// The same in sentences that stand behind one another, for places that have no lines of their own.
    func sentences(_ assumptions: Assumptions) -> String {
        let lines = text(assumptions).split(separator: "\n").map(String.init)
        guard members.count > 1 else { return lines.joined(separator: " ") }
        let names = members.map(\.description)
        let all = names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
        let head = "No plan can satisfy \(all) at once; without any one of them there is one."
        return ([head] + lines.dropFirst(1 + members.count)).joined(separator: " ")
    }

    private var heading: String {
        guard members.count == 1 else {
            return "No plan can satisfy all of these at once; without any one of them there is one:"
        }
        return "No plan can satisfy \(members[0]), whatever else is given up; without it there is one."
    }

    private func budgetLine(_ assumptions: Assumptions) -> String {
        guard let minimumBudget else {
            return "No budget would do, however large, with its years as they are."
        }
        let money = { FigureText.exactMoney($0, assumptions.currency) }
        let today = assumptions.budget.amount.map { " (now \(money($0)))" } ?? ""
        return "The smallest budget that would do: \(money(Self.rounded(minimumBudget, up: true)))\(today)."
    }

    private func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    private func text(_ bound: Rule.Bound) -> String {
        switch bound {
        case .amount(let amount): FigureText.number(amount, decimals: 6).withoutTrailingZeros
        case .share(let share): FigureText.number(100 * share, decimals: 6).withoutTrailingZeros + " %"
        }
    }
}
