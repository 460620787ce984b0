/// What a hearing asks of a frontier, in sentences.
public struct FrontierSummary: SentenceSummary, Equatable {
    public var title: String
    public var subtitle: String
    public var sentences: [String]

    public init(_ frontier: Frontier) {
        let assumptions = frontier.planningCase.assumptions
        let count = FigureText.count(frontier.planningCase.regions.count, "region")
        let writer = FrontierWriter(frontier)
        title = assumptions.title
        subtitle =
            "\(assumptions.calendarYears.yearText), \(count), "
            + "\(frontier.goals[0].title) against \(frontier.goals[1].title)"
        sentences =
            writer.kind + writer.ends + writer.knee + writer.plan + writer.scenarios + writer.missing
    }
}

private struct FrontierWriter {
    let frontier: Frontier
    let goals: [TradedGoal]

    init(_ frontier: Frontier) {
        self.frontier = frontier
        let currency = frontier.planningCase.assumptions.currency
        goals = zip(frontier.goals, [\Frontier.Figures.first, \.second]).map { goal, value in
            let largest = frontier.corners.reduce(0) { max($0, abs($1[keyPath: value] ?? 0)) }
            return TradedGoal(goal, currency: currency, largest: largest)
        }
    }

    private func both(_ figures: Frontier.Figures) -> String {
        "\(goals[0].standing(figures.first)), \(goals[1].standing(figures.second))"
    }

    var kind: [String] {
        let count = frontier.corners.count
        guard count > 1 else {
            return [
                frontier.isComplete
                    ? "One plan is the best in both goals: there is nothing to trade."
                    : "\(count == 0 ? "Nothing" : "No more than one plan") of the frontier was found."
            ]
        }
        var sentences = [
            frontier.isComplete
                ? "The exact frontier has \(count) corner plans: no plan is better than these, and the mixes of "
                    + "neighbouring ones, in both goals."
                : "The frontier as far as it was found has \(count) corner plans: no plan is better than these in both "
                    + "goals."
        ]
        if frontier.isRelaxed {
            sentences.append(
                "Modules are bought in part on it: plans of whole modules lie on it or inside, none beyond.")
        }
        return sentences
    }

    var ends: [String] {
        guard let begin = frontier.corners.first else { return [] }
        guard frontier.corners.count > 1, let end = frontier.corners.last else { return ["\(both(begin))."] }
        var sentences = [
            "From \(both(begin)) to \(both(end)): "
                + (frontier.reachesEnds
                    ? "all that \(goals[1].noun) can be \(goals[1].raised) by, "
                    : "\(goals[1].more) \(goals[1].noun), ")
                + "\(goals[1].change(begin.second, end.second)), costs \(cost(begin.first, end.first))."
        ]
        if let last = frontier.pieces.last?.isFound == true ? frontier.corners.dropLast().last : nil,
            isTelling(last, of: begin, end)
        {
            sentences.append(
                "The last \(goals[1].change(last.second, end.second)) of it cost "
                    + "\(goals[0].change(last.first, end.first))."
            )
        }
        return sentences
    }

    /// `CNY 23.3 bn of return`
    private func cost(_ one: Double?, _ other: Double?) -> String {
        guard let one, let other else { return FigureText.undefined }
        return goals[0].amount(abs(one - other))
    }

    /// Whether the last step of the second goal is more than a hair of its range.
    private func isTelling(_ last: Frontier.Figures, of begin: Frontier.Figures, _ end: Frontier.Figures)
        -> Bool
    {
        guard let from = begin.second, let near = last.second, let to = end.second else { return false }
        return abs(to - near) >= 0.01 * abs(to - from)
    }

    var knee: [String] {
        guard let knee = frontier.knee, let begin = frontier.corners.first else {
            return []
        }
        let corner = frontier.corners[knee]
        return [
            "The knee is at \(both(corner)): up to it \(goals[1].gain(begin.second, corner.second)) cost "
                + "\(goals[0].change(begin.first, corner.first))."
        ]
    }

    var plan: [String] {
        guard let plan = frontier.placed.first(where: { !$0.isScenario }) else { return [] }
        if case .missing = plan.outcome { return ["The plan was not found in time."] }
        guard let figures = plan.figures, let first = figures.first, let second = figures.second else {
            return []
        }
        var sentences = ["The plan has \(both(figures))\(place(figures))\(proof(plan))."]
        if frontier.reachesEnds, let begin = frontier.corners.first?.first,
            let end = frontier.corners.last?.second
        {
            let sacrifices = [
                goals[0].sacrifice(first, best: begin), goals[1].sacrifice(second, best: end),
            ]
            // What both give up is said once.
            let second = sacrifices[1].trimmingPrefix(goals[0].isLowered ? "" : "gives up ")
            sentences.append("It \(sacrifices[0]) and \(second) against the best of each.")
        }
        return sentences + rates(first)
    }

    /// What the next step of the second goal costs where the plan has the first one.
    private func rates(_ first: Double) -> [String] {
        let rates = frontier.rates(atFirst: first)
        let least = [rates.more, rates.less].compactMap(\.self).filter { $0 > 0 }.min() ?? 0
        let step = goals[1].step { goals[0].isSeen($0 * least) }
        let less = rates.more == nil ? step.less : step.lessToo
        let words = [
            rates.more.map { "\(step.more) costs \(goals[0].amount(step.size * $0))" },
            rates.less.map {
                "\(less) \(goals[0].isLowered ? "saves" : "brings") \(goals[0].change(step.size * $0, 0))"
            },
        ].compactMap(\.self)
        return words.isEmpty ? [] : ["There \(words.joined(separator: "; "))."]
    }

    /// Where a plan lies.
    private func place(_ figures: Frontier.Figures) -> String {
        guard let first = figures.first, let second = figures.second else { return "" }
        switch frontier.side(first, second) {
        case .on: return ", on the frontier"
        case .beyond: return ", beyond the frontier"
        case .inside:
            guard let best = frontier.best(where: 0, is: first) else { return ", inside the frontier" }
            return ", inside the frontier: \(goals[0].asMuch), \(goals[1].couldBe(best))"
        case .unknown: return ""
        }
    }

    var scenarios: [String] {
        frontier.placed.filter(\.isScenario).map { placed in
            switch placed.outcome {
            case .plan(let figures): "\(placed.name): \(both(figures))\(place(figures))\(proof(placed))."
            case .impossible: "\(placed.name): no plan is possible."
            case .missing: "\(placed.name): not found in time."
            }
        }
    }

    private func proof(_ placed: Frontier.Placed) -> String {
        placed.isProved ? "" : "; stopped before its goals were proved"
    }

    var missing: [String] {
        guard frontier.isStopped else { return [] }
        let open = frontier.pieces.count { !$0.isFound }
        var sentences: [String] = []
        if open > 0 {
            sentences.append(
                "Stopped: what lies between \(FigureText.count(open, "pair")) of neighbouring corners was not found."
            )
        }
        if frontier.corners.contains(where: { $0.return == nil }) {
            sentences.append("Stopped: what corners without a return can return at most was not found.")
        }
        if !frontier.reachesEnds, !frontier.corners.isEmpty {
            sentences.append(
                "Stopped: what lies beyond the corners shown, up to the best of each goal, was not found.")
        }
        return sentences
    }
}
