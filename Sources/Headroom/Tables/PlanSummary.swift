/// The figures of a plan that matter most, with those of doing nothing beside them.
public struct PlanSummary: Equatable, Sendable {
    public struct Line: Equatable, Sendable {
        public var label: String
        /// What its figures count: money, users, capacity or a share.
        public var quantity: Table.Quantity
        public var currency: String
        /// Nil where undefined.
        public var figureOfDoingNothing: Double?
        public var figure: Double?
        public var remark: String

        public var doNothing: String { text(figureOfDoingNothing) }
        public var plan: String { text(figure) }

        private func text(_ figure: Double?) -> String {
            switch quantity {
            case .money: FigureText.money(figure, currency)
            case .share: FigureText.percent(figure)
            default: FigureText.amount(figure)
            }
        }
    }

    public var title: String
    /// Horizon, regions and money in a line.
    public var subtitle: String
    public var lines: [Line]
    /// What else is to be said, a sentence each.
    public var remarks: [String]

    public init(_ plan: Plan) {
        let assumptions = plan.planningCase.assumptions
        title = assumptions.title
        let first = assumptions.baseYear + 1
        let last = assumptions.baseYear + assumptions.years
        let regions = FigureText.count(plan.planningCase.regions.count, "region")
        subtitle =
            "\(first == last ? "\(first)" : "\(first)–\(last)"), \(regions), "
            + "\(Self.budget(assumptions)), discount rate \(FigureText.percent(assumptions.discountRate)), "
            + "goals: \(assumptions.objective.goals.map(\.title).joined(separator: ", then "))"
        lines = Self.lines(plan)
        remarks = Self.remarks(plan)
    }

    private static func budget(_ assumptions: Assumptions) -> String {
        guard let amount = assumptions.budget.amount else { return "no budget limit" }
        return "budget \(FigureText.exactMoney(amount, assumptions.currency))"
    }

    private static func lines(_ plan: Plan) -> [Line] {
        let assumptions = plan.planningCase.assumptions
        let all = plan.figures
        let last = assumptions.baseYear + assumptions.years
        let nothing = plan.doNothing
        let horizon = [assumptions.horizon]
        let levers = Lever.allCases.filter { all.spending[$0] > 0 }
        let parts =
            levers.map { "\($0.rawValue) \(FigureText.amount(all.spending[$0]))" }.joined(separator: ", ")
            + FigureText.roundingRemark(levers.map { all.spending[$0] })
        let base = assumptions.baseYear
        func line(
            _ label: String, _ quantity: Table.Quantity, _ nothing: Double?, _ plan: Double?, _ remark: String
        ) -> Line {
            Line(
                label: label, quantity: quantity, currency: assumptions.currency,
                figureOfDoingNothing: nothing, figure: plan, remark: remark)
        }
        let ratio = plan.returnOnInvestment.map {
            "\(FigureText.number($0, decimals: 2)) per \(assumptions.currency) invested, both at present value"
        }
        return [
            line("Investment", .money, 0, all.investment, parts),
            line(
                "Net present value", .money, nothing.totalNetPresentValue, plan.ledger.totalNetPresentValue,
                ""),
            line("Return", .money, nil, plan.added, ratio ?? ""),
            line(
                "Users served \(last)", .users, nothing.sum(nothing.totals.servedUsers, in: horizon),
                all.usersServed, "\(FigureText.amount(all.usersBase)) in \(base)"),
            line(
                "Service level \(last)", .share, nothing.serviceLevel(in: horizon), all.serviceLevel,
                "of those who want service by themselves"),
        ] + worstService(plan) + [
            line(
                "Capacity \(last)", .capacity, nothing.sum(nothing.totals.capacity, in: horizon),
                all.capacity,
                "\(assumptions.capacityUnit); \(FigureText.amount(all.capacityBase)) in \(base)"),
            line(
                "Utilization \(last)", .share, nothing.utilization(in: horizon), all.utilization,
                "\(FigureText.percent(all.utilizationBase)) in \(base)"),
        ]
    }

    /// The lowest service level, where it is a goal.
    private static func worstService(_ plan: Plan) -> [Line] {
        let planned = plan.planningCase
        guard planned.assumptions.objective.goals.contains(.worstService),
            let worst = plan.ledger.worstService
        else { return [] }
        return [
            Line(
                label: "Worst service \(planned.assumptions.baseYear + planned.assumptions.years)",
                quantity: .share, currency: planned.assumptions.currency,
                figureOfDoingNothing: plan.doNothing.worstService?.level, figure: worst.level,
                remark: "the lowest of any region: \(planned.regions.names[worst.region])")
        ]
    }

    /// Said where a plan for roi spends no more than it must.
    private static func leastSpending(_ plan: Plan) -> String? {
        let assumptions = plan.planningCase.assumptions
        guard assumptions.objective.goals.first == .roi, let least = assumptions.minimumSpend, least > 0,
            plan.ledger.spending() <= least * (1 + 1e-6)
        else { return nil }
        let money = FigureText.money(least, assumptions.currency)
        return "Goal roi spends the \(money) that objective.minimum_spend asks for and no more: "
            + "the next money would lower the ratio."
    }

    private static func remarks(_ plan: Plan) -> [String] {
        let assumptions = plan.planningCase.assumptions
        var remarks: [String] = []
        if assumptions.objective.goals.first == .return, let price = plan.shadowPrices?.allRows {
            remarks.append(
                PriceText(
                    "of budget, all its rows together,", "More budget", currency: assumptions.currency
                ).sentence(price, plan.shadowPrices?.range))
            let unspent = assumptions.budget.smallestAmount.map { $0 - plan.ledger.spending() }
            let remark = UnspentText.sentence(
                unspent, price: price, reasons: plan.reasons, assumptions)
            if let remark { remarks.append(remark) }
        }
        if plan.added < 0 {
            remarks.append(
                "The plan loses \(FigureText.money(-plan.added, assumptions.currency)) against doing nothing: "
                    + "its first goal is \(assumptions.objective.goals.first?.title ?? "another").")
        }
        if assumptions.objective.years != nil {
            let years = assumptions.goalYears.map { String(assumptions.calendarYear($0)) }
            remarks.append("Goals count utilization and service over \(years.joined(separator: ", ")).")
        }
        if let remark = leastSpending(plan) { remarks.append(remark) }
        for idle in plan.ledger.idleByRule(threads: RowPieces.threads) {
            let last = assumptions.baseYear + assumptions.years
            remarks.append(
                "R\(Rule.title(ofRuleNamed: idle.rule).dropFirst()) leaves new capacity idle: \(FigureText.amount(idle.capacity)) "
                    + "\(assumptions.capacityUnit) in \(last).")
        }
        for outcome in plan.goals where outcome.value == nil {
            remarks.append("Goal \(outcome.goal.title) is undefined here and was skipped.")
        }
        let gaps = plan.goals.compactMap { outcome in
            outcome.gap.map {
                // Rounded up: a bound that is printed has to hold.
                let percent = FigureText.number((1e6 * $0).rounded(.up) / 1e4, decimals: 4)
                return "\(outcome.goal.title) within \(percent) %"
            }
        }
        if let worst = plan.gap, worst > 1e-9 {
            remarks.append("With whole modules: \(gaps.joined(separator: ", ")) of the proved bound.")
        }
        if let goal = plan.stoppedAt {
            remarks.append(
                "Stopped while maximising \(goal.title): the plan holds all limits, but is not proved the best."
            )
        }
        return remarks
    }
}
