/// What a plan says to those who decide on it, in five sentences: where the money goes and what it returns, what doing
/// nothing means, what binds, what the next money and a cut would do, and what is risky.
public struct PlanBriefing: Equatable, Sendable {
    /// In the order above; one is left out where nothing is known of it.
    public var sentences: [String]

    /// - Parameters:
    ///   - sweep: Of the same plan over its budget.
    ///   - scenarios: The same plan first, then others.
    public init(_ plan: Plan, sweep: BudgetSweep? = nil, scenarios: Comparison? = nil) {
        let writer = BriefingWriter(plan: plan)
        sentences = [
            writer.money, writer.doingNothing, writer.limits,
            sweep.flatMap(writer.nextMoney) ?? writer.price, scenarios.flatMap(writer.risk),
        ].compactMap(\.self)
    }
}

private struct BriefingWriter {
    let plan: Plan

    private var assumptions: Assumptions { plan.planningCase.assumptions }
    private var regions: Regions { plan.planningCase.regions }
    private var last: Int { assumptions.baseYear + assumptions.years }
    private func money(_ amount: Double) -> String { FigureText.money(amount, assumptions.currency) }
    private func exact(_ amount: Double) -> String {
        FigureText.exactMoney(amount.rounded(digits: 4), assumptions.currency)
    }

    // MARK: Money and what it returns

    var money: String {
        let figures = plan.figures
        let years = "\(assumptions.calendarYears.yearText)"
        guard figures.investment > 0 else { return "The plan spends nothing in \(years): \(noSpending)." }
        let budget = assumptions.budget.amount.map { " of the budget of \(exact($0))" } ?? ""
        let levers = Lever.allCases.filter { figures.spending[$0] > 0 }
            .sorted { figures.spending[$0] > figures.spending[$1] }
        let rounding = FigureText.roundingRemark(levers.map { figures.spending[$0] })
        let parts =
            list(levers.map { "\(FigureText.amount(figures.spending[$0])) on \($0.purpose)" }) + rounding
        return
            "The plan spends \(money(figures.investment))\(budget) in \(years): \(parts); \(largest), and it all "
            + "\(returns)."
    }

    private var noSpending: String {
        assumptions.objective.goals.first == .return
            ? "nothing earns what it costs" : "nothing serves its goal"
    }

    private var returns: String {
        let over = "against doing nothing"
        guard plan.added >= 0 else { return "loses \(money(-plan.added)) \(over)" }
        let ratio = plan.returnOnInvestment.map {
            " (\(FigureText.number($0, decimals: 2)) for every \(assumptions.currency), both at present value)"
        }
        return "returns \(money(plan.added)) on top of what it costs\(ratio ?? "")"
    }

    /// The regions that get the most, three at most.
    private var largest: String {
        let spending = regions.indices.map { ($0, plan.ledger.spending(region: $0)) }.filter { $0.1 > 0 }
        let most = spending.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(3)
        guard spending.count > 1 else {
            return "all of it in \(most.first.map { regions.names[$0.0] } ?? "")"
        }
        return list(most.map { "\(regions.names[$0.0]) (\(FigureText.amount($0.1)))" }) + " get the most"
    }

    // MARK: Doing nothing

    var doingNothing: String {
        let nothing = plan.doNothing
        let horizon = [assumptions.horizon]
        let users = nothing.usersServedAtHorizon
        let more = plan.ledger.usersServedAtHorizon - users
        let short = nothing.unserved
        var text =
            "Doing nothing leaves \(FigureText.percent(nothing.utilization(in: horizon))) of capacity in use in \(last)"
        text += " and serves \(FigureText.amount(users)) users"
        if let worst = short.worst, short.users > 1e-6 * users {
            let others = short.regions - 1
            text +=
                "; \(FigureText.amount(short.users)) who want service go without, in \(regions.names[worst])"
            text += others > 0 ? " and \(FigureText.count(others, "other region"))" : ""
        }
        let use = FigureText.percent(plan.ledger.utilization(in: horizon))
        let change = "\(FigureText.amount(abs(more))) \(more < 0 ? "fewer" : "more")"
        return text + "; the plan uses \(use) and serves \(change)."
    }

    // MARK: What binds

    var limits: String? {
        guard !plan.reasons.isEmpty else { return nil }
        let counts = Dictionary(grouping: regions.indices) { plan.reasons[$0] }
            .sorted { ($1.value.count, $0.key.description) < ($0.value.count, $1.key.description) }
        let all = regions.count
        let parts = counts.prefix(4).enumerated().map { place, group -> String in
            let members = group.value
            let names = members.count <= 3 ? list(members.map { regions.names[$0] }) : nil
            let some = "\(count(members.count))\(place == 0 ? " of \(count(all)) regions" : "")"
            let everywhere = all == 1 ? regions.names[0] : "all \(count(all)) regions"
            return "\(group.key.binding) in \(members.count == all ? everywhere : names ?? some)"
        }
        let rest = counts.dropFirst(4).reduce(0) { $0 + $1.value.count }
        let others = rest > 0 ? ["something else holds back \(count(rest))"] : []
        let tail = [scarcity, unspent].compactMap(\.self)
        return sentence(list(parts + others)) + (tail.isEmpty ? "" : "; \(tail.joined(separator: ", and "))")
            + "."
    }

    /// In which years money is short, where years have budgets of their own.
    private var scarcity: String? {
        guard let prices = plan.shadowPrices?.yearly, prices.count > 1 else { return nil }
        let scarce = zip(assumptions.planningYears, prices).filter { $1 > 1e-9 }
        guard !scarce.isEmpty, scarce.count < prices.count else { return nil }
        return "the budget binds in \(list(scarce.map { String(assumptions.calendarYear($0.0)) })) alone"
    }

    private var unspent: String? {
        guard let budget = assumptions.budget.smallestAmount else { return nil }
        let left = budget - plan.ledger.spending()
        guard left > 1e-3 * budget else { return nil }
        let text = "\(money(left)) stays unspent"
        guard assumptions.objective.goals.first == .return, let price = plan.shadowPrices?.allRows else {
            return text
        }
        return price > 0
            ? "\(text), since what is left to buy pays only in years whose money is spent"
            : "\(text), since nothing left to buy pays"
    }

    // MARK: The next money, and a cut

    /// By the price of money alone.
    var price: String? {
        guard let range = plan.shadowPrices?.range, let price = plan.shadowPrices?.allRows else { return nil }
        return PriceText("of budget, all its rows together,", "More budget", currency: assumptions.currency)
            .sentence(price, range)
    }

    /// A tenth more, and a tenth less, by the curve or by plans made there.
    func nextMoney(_ sweep: BudgetSweep) -> String? {
        let amount = sweep.amount
        guard let now = best(sweep, amount), amount > 0 else { return nil }
        let text = SweepText(sweep)
        var parts: [String] = []
        if let more = best(sweep, 1.1 * amount) {
            let first = next(sweep, sweep.curve?.piece(above: amount))
            let change =
                more - now > 1e-9 * abs(now)
                ? "would raise the \(text.title) by \(text.change(more - now))\(first.map { ", beginning with \($0)" } ?? "")"
                : "would add nothing to the \(text.title)"
            parts.append("A tenth more money (\(exact(0.1 * amount))) \(change)")
        }
        if let less = best(sweep, 0.9 * amount) {
            let first = next(sweep, sweep.curve?.piece(below: amount))
            let change =
                now - less > 1e-9 * abs(now)
                ? "would cost \(text.change(now - less)) of it\(first.map { ", with \($0) the first to lose" } ?? "")"
                : "would cost nothing"
            parts.append("\(parts.isEmpty ? "A" : "a") tenth less \(change)")
        }
        guard !parts.isEmpty else { return nil }
        return parts.joined(separator: "; ") + end(sweep) + "."
    }

    private func best(_ sweep: BudgetSweep, _ budget: Double) -> Double? {
        if let curve = sweep.curve, !curve.isRelaxed { return curve.value(at: budget) }
        return sweep.points.first { abs($0.budget - budget) <= 1e-9 * budget }?.figures?.best
    }

    private func next(_ sweep: BudgetSweep, _ piece: Int?) -> String? {
        guard let curve = sweep.curve, !curve.isRelaxed, let piece else { return nil }
        return curve.changes(ofPiece: piece).first.map(sweep.name)
    }

    private func end(_ sweep: BudgetSweep) -> String {
        guard let curve = sweep.curve, !curve.isRelaxed, let end = curve.paysUntil, end > 0 else { return "" }
        let best = curve.values[curve.values.count - 1]
        let most = curve.budget(reaching: curve.values[0] + 0.99 * (best - curve.values[0]))
        guard let most, most < 0.9 * end else { return "; beyond \(exact(end)) money adds nothing" }
        return "; 99 % of what money can add is reached with \(exact(most))"
    }

    // MARK: Risk

    /// The scenario that takes the most of the return, and the one that adds the most.
    func risk(_ scenarios: Comparison) -> String? {
        let count = scenarios.variants.count - 1
        let changes = zip(scenarios.variants, scenarios.outcomes).dropFirst().compactMap {
            variant, outcome in outcome.plan.map { (variant.name, $0.added - plan.added) }
        }
        let none = withoutPlan(scenarios)
        guard let worst = changes.min(by: { $0.1 < $1.1 }), let bestChange = changes.max(by: { $0.1 < $1.1 })
        else { return none.isEmpty ? nil : sentence(none.joined(separator: "; ")) + "." }
        let end = none.map { "; \($0)" }.joined() + "."
        // What only rounding tells apart is the same.
        let trifle = 1e-6 * max(1, abs(plan.added))
        func effect(_ change: Double) -> String {
            guard abs(change) > trifle else { return "as much" }
            let share = plan.added > 0 ? " (\(FigureText.percent(abs(change) / plan.added)))" : ""
            return "\(money(abs(change)))\(share) \(change < 0 ? "less" : "more")"
        }
        if count == 1 { return "The one scenario tried, “\(worst.0)”, returns \(effect(worst.1))\(end)" }
        let of = "Of \(self.count(count)) scenarios tried"
        if worst.1 < -trifle {
            let other = bestChange.1 > trifle ? ", “\(bestChange.0)” gives \(effect(bestChange.1))" : ""
            return "\(of) “\(worst.0)” hurts most, with a return of \(effect(worst.1))\(other)\(end)"
        }
        if changes.count == 1 { return "\(of) “\(worst.0)” returns \(effect(worst.1))\(end)" }
        guard bestChange.1 > trifle else {
            let all = changes.count == count ? "all" : self.count(changes.count)
            return "\(of) \(all) return as much\(end)"
        }
        let withPlan = changes.count == count ? "" : " that has a plan"
        return "\(of) none\(withPlan) returns less; “\(bestChange.0)” returns \(effect(bestChange.1))\(end)"
    }

    /// The scenarios that have no plan, and those whose plan was not found.
    private func withoutPlan(_ scenarios: Comparison) -> [String] {
        let others = zip(scenarios.variants, scenarios.outcomes).dropFirst()
        let impossible = others.filter { if case .impossible = $0.1 { true } else { false } }
        let missing = others.filter { if case .missing = $0.1 { true } else { false } }
        func names(_ some: [(Variant, Comparison.Outcome)]) -> String {
            list(some.map { "“\($0.0.name)”" })
        }
        return [
            impossible.isEmpty ? nil : "no plan is possible under \(names(impossible))",
            missing.isEmpty ? nil : "no plan was found in time under \(names(missing))",
        ].compactMap(\.self)
    }

    // MARK: Words

    private func count(_ count: Int) -> String { FigureText.count(count) }

    private func list(_ parts: [String]) -> String {
        guard parts.count > 1 else { return parts.first ?? "" }
        return parts.dropLast().joined(separator: ", ") + " and " + parts[parts.count - 1]
    }

    private func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}

extension Lever {
    /// What money spent on it does, behind “on”.
    fileprivate var purpose: String {
        switch self {
        case .build: "building capacity"
        case .adoption: "winning users (adoption)"
        case .share: "links that share capacity"
        case .credit: "credit enrolment"
        }
    }
}

extension Reason {
    /// As what holds money back in some regions.
    fileprivate var binding: String {
        switch self {
        case .allDemandMet: "all demand is met"
        case .budget: "money is what is short"
        case .buildLimit: "the build limit binds"
        case .adoptionExhausted: "nobody is left to win"
        case .rule(let name): "\(Rule.title(ofRuleNamed: name)) binds"
        case .unprofitable: "nothing more pays"
        case .noGain: "more money serves no goal"
        }
    }
}

/// Users who want service by themselves in the last planning year and do not get it.
struct Unserved {
    var users = 0.0
    /// How many regions have some.
    var regions = 0
    /// Where most of them are.
    var worst: RegionIndex?
}

extension Ledger {
    /// O(regions · years).
    var unserved: Unserved {
        var sum = Unserved()
        var most = 0.0
        let horizon = planningCase.assumptions.years - 1
        AccountPortion(source: source, regions: nil, places: 0..<planningCase.regions.count).read { account in
            let missing = account.organicUsers[horizon] - account.servedUsers[horizon]
            guard missing > 1e-6 * account.organicUsers[horizon] else { return }
            sum.users += missing
            sum.regions += 1
            if missing > most { (most, sum.worst) = (missing, account.region) }
        }
        return sum
    }
}
