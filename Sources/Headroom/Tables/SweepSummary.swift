/// What is said of a result to people: a heading of two lines and sentences, which stand above its table.
public protocol SentenceSummary: Sendable {
    var title: String { get }
    var subtitle: String { get }
    var sentences: [String] { get }
}

/// What a budget hearing asks of a sweep, in sentences.
public struct SweepSummary: SentenceSummary, Equatable {
    public var title: String
    public var subtitle: String
    public var sentences: [String]
    /// Of the sentences the first ones: what kind of curve it is, or why there is none.
    public var kind: [String]

    /// - Parameter reach: A value of the first goal to be reached.
    public init(_ sweep: BudgetSweep, reach: Double? = nil) {
        let assumptions = sweep.planningCase.assumptions
        title = assumptions.title
        let first = assumptions.baseYear + 1
        let last = assumptions.baseYear + assumptions.years
        let count = sweep.planningCase.regions.count
        let moves =
            sweep.movement == .totalOnly
            ? "the total alone moves"
            : assumptions.budget.yearly == nil ? "the total moves" : "all its rows move together"
        subtitle =
            "\(first == last ? "\(first)" : "\(first)–\(last)"), \(count) region\(count == 1 ? "" : "s"), "
            + "budget \(FigureText.exactMoney(sweep.amount, assumptions.currency)) today: \(moves), "
            + "goals: \(assumptions.objective.goals.map(\.title).joined(separator: ", then "))"
        let writer = SweepWriter(sweep: sweep, text: SweepText(sweep))
        kind = writer.kind
        sentences = kind
        if let curve = sweep.curve {
            sentences += curve.isRelaxed ? writer.todayByPoints : writer.today(curve)
            sentences += writer.end(curve)
            if let reach { sentences.append(writer.reach(reach, curve)) }
        } else {
            sentences += writer.todayByPoints
            if let reach { sentences.append(writer.reachByPoints(reach)) }
        }
        sentences += writer.missing
    }
}

private struct SweepWriter {
    let sweep: BudgetSweep
    let text: SweepText

    /// What kind of curve it is, or why there is none.
    var kind: [String] {
        if let curve = sweep.curve {
            let pieces =
                "\(FigureText.number(Double(curve.pieceCount), decimals: 0)) piece\(curve.pieceCount == 1 ? "" : "s")"
            guard !curve.isRelaxed else {
                return [
                    "With whole modules there is no exact curve: plans are made at single budgets, each with its gap, under "
                        + "the curve of the plan whose modules could be bought in part (\(pieces)), which none lies above."
                ]
            }
            return ["The exact curve of the \(text.title) has \(pieces)."]
        }
        switch sweep.noCurve {
        case .ratio(let goal):
            return [
                "\(goal.title.capitalizedFirst) is a ratio: its best follows no lines between budgets, so plans are made at single budgets."
            ]
        case .undefined: return ["No goal has a value in this plan: plans are made at single budgets."]
        case .minimumSpend:
            return [
                "What must be spent for roi is a share that the total moves only in part: plans are made at single budgets."
            ]
        case .manyRegions:
            let more =
                sweep.between.isEmpty
                ? ""
                : " Between two of them the best is at least their chord and at most where the lines of their prices meet."
            return [
                "So many regions have an exact curve of the return under one total budget alone, without rules and links: plans are "
                    + "made at single budgets.\(more)"
            ]
        case nil: return []
        }
    }

    // MARK: Today

    func today(_ curve: BudgetCurve) -> [String] {
        let amount = sweep.amount
        guard let value = curve.value(at: amount) else {
            return [
                "Today's budget of \(text.budget(amount)) is too small for any plan: the smallest that has one is "
                    + "\(text.budget(curve.range.lowerBound))."
            ]
        }
        let at = "At today's budget of \(text.budget(amount)) the \(text.title) is \(text.value(value))"
        guard let slope = curve.slope(above: amount), slope > 0 else {
            let more =
                switch curve.slope(above: amount) {
                case nil: "more money leaves no plan possible"
                case 0: "more money would add nothing"
                default: "more money, of which a share must be spent, would lower it"
                }
            return ["\(at); \(more)."] + less(curve, value)
        }
        let gain = curve.value(at: amount + text.step).map { $0 - value } ?? slope * text.step
        var sentence = "\(at); the next \(text.stepText) adds \(text.change(gain))"
        if let piece = curve.piece(above: amount), let use = curve.changes(ofPiece: piece).first {
            sentence += ", most of it through \(sweep.name(of: use))\(sooner(use))"
        }
        return [sentence + "."] + less(curve, value)
    }

    /// Where money only comes sooner, no more is spent.
    private func sooner(_ use: BudgetCurve.Use) -> String {
        use.lever != nil && use.money <= 1e-6 * abs(use.worth) ? ", sooner than now" : ""
    }

    private func less(_ curve: BudgetCurve, _ value: Double) -> [String] {
        let amount = sweep.amount
        if let unused = curve.paysUntil, unused < amount {
            return ["\(text.money(amount - unused)) less would cost nothing."]
        }
        guard let piece = curve.piece(below: amount), let use = curve.changes(ofPiece: piece).first,
            let less = curve.value(at: amount - text.step)
        else { return [] }
        return [
            "A \(text.stepText) less takes \(text.change(value - less)) away, and the first to lose is "
                + "\(sweep.name(of: use))\(sooner(use).isEmpty ? "" : ", which then comes later")."
        ]
    }

    // MARK: Elsewhere

    func end(_ curve: BudgetCurve) -> [String] {
        var sentences: [String] = []
        if curve.range.lowerBound > 0, curve.value(at: sweep.amount) != nil {
            sentences.append("No plan is possible with less than \(text.budget(curve.range.lowerBound)).")
        }
        guard let end = curve.paysUntil else { return sentences }
        let best = curve.values[curve.values.count - 1]
        guard curve.pieceCount > 0 else {
            return sentences + ["Money adds nothing at any budget."]
        }
        let part = curve.isRelaxed ? "Were modules bought in part: money" : "Money"
        sentences.append(
            "\(part) stops paying at \(text.budget(end)), where the \(text.title) is \(text.value(best)).")
        // A long tail of next to nothing says less than where most of it is reached.
        if let most = curve.budget(reaching: curve.values[0] + 0.99 * (best - curve.values[0])),
            most < 0.9 * end
        {
            sentences.append("99 % of what money can add is reached with \(text.budget(most)).")
        }
        return sentences
    }

    func reach(_ target: Double, _ curve: BudgetCurve) -> String {
        let goal = "\(text.title.replacing("best ", with: "")) of \(text.value(target))"
        guard let budget = curve.budget(reaching: target) else {
            let best = curve.values.max() ?? 0
            return "No budget reaches a \(goal): the best is \(text.value(best))."
        }
        let kind = curve.isRelaxed ? "takes at least" : "takes"
        let change = budget - sweep.amount
        let beside =
            abs(change) <= 1e-9 * sweep.amount
            ? "" : ", \(text.money(abs(change))) \(change > 0 ? "more" : "less") than today"
        return "To reach a \(goal) \(kind) a budget of \(text.budget(budget.roundedUp(digits: 6)))\(beside)."
    }

    /// What is known of today's budget without a curve.
    var todayByPoints: [String] {
        guard let figures = sweep.points.first(where: { $0.budget == sweep.amount })?.figures,
            let best = figures.best
        else { return [] }
        let at = "At today's budget of \(text.budget(sweep.amount)) the \(text.title) is \(text.value(best))"
        guard let slope = figures.slope else { return [at + "."] }
        let price = "\(text.currency) \(FigureText.number(slope, decimals: 3))"
        return ["\(at); one more \(text.currency) of budget adds \(price)."]
    }

    func reachByPoints(_ target: Double) -> String {
        let goal = "\(text.title.replacing("best ", with: "")) of \(text.value(target))"
        let first = sweep.points.first { $0.figures?.best ?? -.infinity >= target }
        guard let first else { return "None of these budgets reaches a \(goal)." }
        return "Of these budgets \(text.budget(first.budget)) is the smallest that reaches a \(goal)."
    }

    var missing: [String] {
        var sentences: [String] = []
        let missing = sweep.points.filter { if case .missing = $0.outcome { true } else { false } }
        if sweep.isStopped, sweep.curve == nil, sweep.noCurve == nil {
            sentences.append("Stopped before the curve was found.")
        }
        if !missing.isEmpty {
            let budgets = missing.map { text.budget($0.budget) }.joined(separator: ", ")
            sentences.append("Stopped before a plan was found at \(budgets).")
        }
        if sweep.points.contains(where: { $0.figures?.status == .feasible }) {
            sentences.append("Stopped: plans marked feasible hold all limits, but are not proved the best.")
        }
        return sentences
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Double {
    /// Rounded upwards to so many significant digits: a budget that is told has to do.
    fileprivate func roundedUp(digits: Int) -> Double {
        let near = rounded(digits: digits)
        return near >= self ? near : (self * (1 + 1e-5)).rounded(digits: digits)
    }
}
