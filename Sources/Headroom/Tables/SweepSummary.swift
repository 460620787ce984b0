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
        let count = FigureText.count(sweep.planningCase.regions.count, "region")
        let moves =
            sweep.movement == .totalOnly
            ? "the total alone moves"
            : assumptions.budget.yearly == nil ? "the total moves" : "all its rows move together"
        subtitle =
            "\(first == last ? "\(first)" : "\(first)–\(last)"), \(count), "
            + "budget \(FigureText.exactMoney(sweep.amount, assumptions.currency)) today: \(moves), "
            + "goals: \(assumptions.objective.goals.map(\.title).joined(separator: ", then "))"
        let writer = SweepWriter(sweep: sweep, text: SweepText(sweep))
        kind = writer.kind
        sentences = kind + (sweep.exactCurve.map(writer.today) ?? writer.todayByPoints) + writer.asked
        sentences += writer.course
        sentences += sweep.curve.map(writer.end) ?? []
        sentences += reach.map { [writer.reach($0)] } ?? []
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
                "\(FigureText.count(curve.pieceCount, "piece"))"
            guard !curve.isRelaxed else {
                return [
                    "With whole modules there is no exact curve: plans are made at single budgets, each with its gap, under "
                        + "the curve of the plan whose modules could be bought in part (\(pieces)), which none lies above."
                ]
            }
            guard curve.pieceCount > 0 else {
                return ["The \(text.title) is the same with every budget that has a plan."]
            }
            return ["The exact curve of the \(text.title) has \(pieces)."]
        }
        switch sweep.noCurve {
        case .ratio(let goal):
            return [
                "\(goal.title.capitalizedFirst) is a ratio: its best follows no lines between budgets, so plans are made at "
                    + "single budgets.\(goal == .roi ? " \(minimumSpend)" : "")"
            ]
        case .undefined: return ["No goal has a value in this plan: plans are made at single budgets."]
        case .minimumSpend:
            return [
                "What must be spent for roi is a share that the total moves only in part: plans are made at single budgets. "
                    + minimumSpend
            ]
        case .manyRegions:
            let more =
                sweep.between.isEmpty
                ? ""
                : " Between two of them the best is at least their chord and at most where the lines of their prices meet."
            return [
                "Plans of more than 100 regions have an exact curve where one total budget, without rules and links, is all that "
                    + "joins them; here plans are made at single budgets.\(more)"
            ]
        case nil: return []
        }
    }

    /// What a plan for roi has to spend.
    private var minimumSpend: String {
        switch sweep.planningCase.assumptions.objective.minimumSpend {
        case .amount(let money): "Every plan spends \(text.money(money)) or more (minimum_spend)."
        case .share(let share):
            "Every plan spends \(FigureText.percent(share)) of its budget or more (minimum_spend)."
        }
    }

    // MARK: Today

    func today(_ curve: BudgetCurve) -> [String] {
        let amount = sweep.amount
        guard let value = curve.value(at: amount) else {
            return [
                "Today's budget of \(text.budget(amount)) is too small for any plan: the smallest that has one is "
                    + "\(text.sufficient(curve.range.lowerBound))."
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
            "\(text.stepSubject) less takes \(text.change(value - less)) away, and the first to lose is "
                + "\(sweep.name(of: use))\(sooner(use).isEmpty ? "" : ", which then comes later")."
        ]
    }

    // MARK: Elsewhere

    func end(_ curve: BudgetCurve) -> [String] {
        var sentences: [String] = []
        if curve.isRelaxed {
            sentences += smallestOfModules(curve)
        } else if curve.range.lowerBound > 0, curve.value(at: sweep.amount) != nil {
            sentences.append(
                "The smallest budget that has a plan is \(text.sufficient(curve.range.lowerBound)).")
        }
        guard let end = curve.paysUntil else { return sentences }
        let best = curve.values[curve.values.count - 1]
        guard curve.pieceCount > 0 else { return sentences }
        let part = curve.isRelaxed ? "Were modules bought in part: money" : "Money"
        sentences.append(
            "\(part) stops paying at \(text.sufficient(end)), where the \(text.title) is \(text.value(best))"
                + "\(unspent(curve, end)).")
        // A long tail of next to nothing says less than where most of it is reached.
        if let most = curve.budget(reaching: curve.values[0] + 0.99 * (best - curve.values[0])),
            most < 0.9 * end
        {
            sentences.append("99 % of what money can add is reached with \(text.sufficient(most)).")
        }
        return sentences
    }

    /// What is known of the smallest budget that has a plan, where the curve is that of modules bought in part.
    private func smallestOfModules(_ curve: BudgetCurve) -> [String] {
        let begin = curve.range.lowerBound
        guard begin > 0 else { return [] }
        let inPart =
            "Were modules bought in part: the smallest budget that has a plan is \(text.budget(begin)); "
            + "whole modules take that or more."
        guard let bounds = sweep.smallestBudgetOfModules else { return [inPart] }
        let least = bounds.lowerBound > begin ? "\(text.budget(bounds.lowerBound)), which has none, and" : nil
        return [
            inPart,
            "With whole modules it lies between \(least ?? "that and") \(text.budget(bounds.upperBound)), which has one.",
        ]
    }

    /// Where the curve ends because years have enough, long after the sum has.
    private func unspent(_ curve: BudgetCurve, _ end: Double) -> String {
        guard sweep.movement == .allRows, sweep.planningCase.assumptions.budget.yearly != nil,
            let spent = curve.totalSpending(at: end), spent < 0.99 * end
        else { return "" }
        return " and \(text.money(spent)) is spent: until then it is money of single years that is short"
    }

    func reach(_ target: Double) -> String {
        let reached = text.reached(target)
        if let bounds = sweep.bounds(reaching: target) { return reach(reached, bounds) }
        guard let budget = sweep.budget(reaching: target) else {
            guard let curve = sweep.exactCurve, let best = curve.values.last else {
                return "None of these budgets reaches \(reached)."
            }
            let (wanted, most) = text.apart(target, best)
            return "No budget reaches \(text.reached(wanted)): the \(text.title) is \(most)."
        }
        guard sweep.exactCurve == nil else {
            let until =
                sweep.lastBudget(reaching: target).map {
                    "; with more than \(text.budget($0)) it is reached no more"
                } ?? ""
            return
                "To reach \(reached) takes a budget of \(text.sufficient(budget))\(beside(budget))\(until)."
        }
        if sweep.mayFall { return reachFalling(reached, target) }
        let first = "Of these budgets \(text.sufficient(budget)) is the smallest that reaches \(reached)"
        guard let least = sweep.curve?.budget(reaching: target) else { return first + "." }
        return "\(first); it takes at least \(text.budget(least))."
    }

    /// Where the goal falls with money, it is the largest budget that still reaches a value that is asked for.
    private func reachFalling(_ reached: String, _ target: Double) -> String {
        let points = sweep.points
        let reaches = points.map { $0.figures?.best.map { sweep.goal.isReached(target, by: $0) } ?? false }
        guard let first = reaches.firstIndex(of: true), let last = reaches.lastIndex(of: true) else {
            return "None of these budgets reaches \(reached)."
        }
        let (smallest, largest) = (text.budget(points[first].budget), text.budget(points[last].budget))
        guard reaches.contains(false) else {
            return "All of these budgets reach \(reached), up to \(largest), the largest of them."
        }
        let allBetween = !reaches[first...last].contains(false)
        if allBetween, first == last { return "Of these budgets \(smallest) alone reaches \(reached)." }
        if allBetween, last == points.count - 1 {
            return "Of these budgets \(smallest) is the smallest that reaches \(reached), and all above do."
        }
        let from = first == 0 ? "" : ", and \(smallest) the smallest"
        let some = allBetween ? "" : "; not all \(first == 0 ? "below" : "between them") do"
        return "Of these budgets \(largest) is the largest that still reaches \(reached)\(from)\(some)."
    }

    /// What plans at single budgets prove.
    private func reach(_ reached: String, _ bounds: BudgetSweep.Bounds) -> String {
        switch (bounds.atLeast.flatMap { $0 > 0 ? $0 : nil }, bounds.atMost) {
        case (nil, nil): return "None of these budgets reaches \(reached)."
        case (let least?, nil):
            return least.isFinite
                ? "None of these budgets reaches \(reached); it takes at least \(text.budget(least))."
                : "No budget reaches \(reached)."
        case (nil, let most?):
            return "To reach \(reached) takes no more than \(text.sufficient(most))\(beside(most))."
        case (let least?, let most?):
            guard most - least > 1e-6 * most else {
                return "To reach \(reached) takes a budget of \(text.sufficient(most))\(beside(most))."
            }
            return "To reach \(reached) takes a budget between \(text.budget(least)) and "
                + "\(text.sufficient(most)); a plan at one between them (--budgets) tells more closely."
        }
    }

    private func beside(_ budget: Double) -> String {
        let change = budget - sweep.amount
        guard abs(change) > 1e-9 * sweep.amount else { return "" }
        return ", \(text.money(abs(change))) \(change > 0 ? "more" : "less") than today"
    }

    /// What is known of today's budget without a curve.
    var todayByPoints: [String] {
        guard let best = sweep.today.best else { return [] }
        let at = "At today's budget of \(text.budget(sweep.amount)) the \(text.title) is \(text.value(best))"
        guard let slope = sweep.today.slope else { return [at + "."] + besideToday }
        guard slope * sweep.amount > 1e-9 * abs(best) else {
            return ["\(at); more money would add nothing."] + spare(best)
        }
        var sentences = ["\(at); one more \(text.currency) of budget adds \(text.price(slope))."]
        if let more = sweep.more {
            sentences.append(
                "The next \(text.stepText) adds \(text.change(more.gain)), most of it through "
                    + "\(sweep.name(of: more.use))\(sooner(more.use)).")
        }
        if let less = sweep.less {
            sentences.append(
                "\(text.stepSubject) less takes \(text.change(less.gain)) away, and the first to lose is "
                    + "\(sweep.name(of: less.use))\(sooner(less.use).isEmpty ? "" : ", which then comes later")."
            )
        }
        return sentences
    }

    /// How much less money is known to bring the same.
    private func spare(_ best: Double) -> [String] {
        let same = sweep.points.reversed().filter { $0.budget < sweep.amount }.prefix {
            $0.figures?.best.map { abs($0 - best) <= 1e-9 * abs(best) } ?? false
        }
        guard let least = same.last else { return [] }
        return [
            "\(text.money(sweep.amount - least.budget)) less would cost nothing: with \(text.budget(least.budget)) it is "
                + "the same."
        ]
    }

    /// The nearest budgets below and above today's, where it was not asked for others.
    private var besideToday: [String] {
        guard !sweep.areBudgetsAsked else { return [] }
        let known = sweep.points.filter { $0.figures?.best != nil }
        let near = [
            known.last { $0.budget < sweep.amount && $0.budget > 0 },
            known.first { $0.budget > sweep.amount },
        ]
        return near.compactMap { $0.flatMap(sentence(of:)) }
    }

    /// Without a curve: between which budgets more money stops adding anything, and where it takes away, as far as is
    /// proved.
    var course: [String] {
        guard sweep.exactCurve == nil, let course = sweep.course else { return [] }
        if course.isFlat {
            let some = course.points.count == sweep.points.count ? "" : " at which it is known"
            return ["The \(text.title) is the same with all of these budgets\(some)."]
        }
        let largest = course.points[course.points.count - 1]
        let end = "\(text.budget(largest.budget)), the largest of these budgets"
        var sentences: [String] = []
        if let stop = course.stop {
            sentences.append(stopping(stop, end: course.peak.upperBound == course.points.count ? end : nil))
        } else if course.risesToEnd {
            sentences.append(
                "Up to \(end), more money \(sweep.goal == .leastSpending ? "lowers" : "adds to") it.")
        }
        if sweep.mayFall, let from = course.fallsFrom { sentences.append(falling(from, largest)) }
        return sentences
    }

    private func stopping(_ stop: (after: SweepCourse.Point, until: SweepCourse.Point), end: String?)
        -> String
    {
        let (after, until) = (text.budget(stop.after.budget), text.budget(stop.until.budget))
        if sweep.goal == .leastSpending {
            return "From a budget between \(after) and \(until) on more money lowers it no further"
                + (end.map { ": up to \($0), it stays the same." } ?? ".")
        }
        return "More money stops adding anything between \(after) and \(until)"
            + (end.map { ": up to \($0), nothing is added." } ?? ".")
    }

    private func falling(_ from: SweepCourse.Point, _ largest: SweepCourse.Point) -> String {
        let (peak, end) = text.apart(from.best, largest.best)
        let verb = sweep.goal == .leastSpending ? "rises" : "falls"
        return "The \(text.title) \(verb) with more money than \(text.budget(from.budget)): from \(peak) to "
            + "\(end) with \(text.budget(largest.budget))."
    }

    /// More budgets are for the table alone.
    private static let mostTold = 6

    /// The budgets that were asked for, beside today's.
    var asked: [String] {
        guard sweep.areBudgetsAsked else { return [] }
        let others = sweep.points.filter { $0.budget != sweep.amount }
        var sentences: [String] = []
        if others.count <= Self.mostTold { sentences = others.compactMap(sentence(of:)) }
        if sweep.planningCase.assumptions.objective.goals.count > 1 {
            sentences.append(
                "Rows marked solved are whole plans: the later goals may have taken a little of the first one's best."
            )
        }
        return sentences
    }

    private func sentence(of point: BudgetSweep.Point) -> String? {
        guard let best = point.figures?.best else { return nil }
        let change: String
        if let today = sweep.today.best, abs(best - today) > 1e-9 * max(abs(best), abs(today)) {
            change = ", \(text.change(abs(best - today))) \(best < today ? "less" : "more")"
        } else {
            change = sweep.today.best == nil ? "" : ", as today"
        }
        return
            "With \(text.budget(point.budget)), \(text.besideToday(point.budget, sweep.amount)), the \(text.title) is "
            + "\(text.value(best))\(change)."
    }

    var missing: [String] {
        var sentences: [String] = []
        let impossible = sweep.points.filter { if case .impossible = $0.outcome { true } else { false } }
        if !impossible.isEmpty {
            let budgets = impossible.map { text.budget($0.budget) }.joined(separator: ", ")
            sentences.append("No plan holds the rules and limits with a budget of \(budgets).")
        }
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
