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
    let texts: [SweepText]

    init(_ frontier: Frontier) {
        self.frontier = frontier
        let currency = frontier.planningCase.assumptions.currency
        texts = frontier.goals.map { SweepText($0, currency: currency) }
    }

    private func value(_ goal: Int, _ value: Double?) -> String {
        value.map { texts[goal].value($0) } ?? FigureText.undefined
    }

    private func change(_ goal: Int, _ one: Double?, _ other: Double?) -> String {
        guard let one, let other else { return FigureText.undefined }
        return texts[goal].change(abs(one - other))
    }

    private func both(_ figures: Frontier.Figures) -> String {
        "\(title(0)) \(value(0, figures.first)), \(title(1)) \(value(1, figures.second))"
    }

    private func title(_ goal: Int) -> String { frontier.goals[goal].title }

    var kind: [String] {
        guard frontier.corners.count > 1 else {
            return ["One plan is the best in both goals: there is nothing to trade."]
        }
        var sentences = [
            "\(frontier.isStopped ? "The frontier as far as it was found" : "The exact frontier") has "
                + "\(frontier.corners.count) corner plans: no plan is better than these, and the mixes of neighbouring "
                + "ones, in both goals."
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
                + (frontier.reachesEnds ? "all that \(title(1)) can be raised by, " : "more \(title(1)), ")
                + "\(change(1, begin.second, end.second)), costs \(change(0, begin.first, end.first)) of \(title(0))."
        ]
        if let last = frontier.pieces.last?.isFound == true ? frontier.corners.dropLast().last : nil,
            isTelling(last, of: begin, end)
        {
            sentences.append(
                "The last \(change(1, last.second, end.second)) of it cost \(change(0, last.first, end.first))."
            )
        }
        return sentences
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
            "The knee is at \(both(corner)): up to it \(change(1, begin.second, corner.second)) more of \(title(1)) cost "
                + "\(change(0, begin.first, corner.first))."
        ]
    }

    var plan: [String] {
        guard let plan = frontier.placed.first(where: { !$0.isScenario }), let figures = plan.figures,
            let first = figures.first, let second = figures.second
        else { return [] }
        var sentences = ["The plan has \(both(figures))\(place(figures))."]
        if frontier.reachesEnds, let begin = frontier.corners.first?.first,
            let end = frontier.corners.last?.second
        {
            sentences.append(
                "It gives up \(change(0, begin, min(first, begin))) of \(title(0)) and "
                    + "\(change(1, end, min(second, end))) of \(title(1)) against the best of each.")
        }
        let rates = frontier.rates(atFirst: first)
        let isShare = frontier.goals[1].quantity == .share
        let step = isShare ? 0.01 : frontier.goals[1].quantity == .price ? 0.01 : 1
        let unit = isShare ? "percentage point" : frontier.goals[1].quantity == .price ? "0.01" : "unit"
        let words = [
            rates.more.map {
                "one more \(unit) of \(title(1)) costs \(texts[0].change(step * $0)) of \(title(0))"
            },
            rates.less.map { "one less brings \(texts[0].change(step * $0))" },
        ].compactMap(\.self)
        if !words.isEmpty { sentences.append("There \(words.joined(separator: "; ")).") }
        return sentences
    }

    /// Where a plan lies.
    private func place(_ figures: Frontier.Figures) -> String {
        guard let first = figures.first, let second = figures.second else { return "" }
        switch frontier.side(first, second) {
        case .on: return ", on the frontier"
        case .beyond: return ", beyond the frontier"
        case .inside:
            guard let best = frontier.best(where: 0, is: first) else { return ", inside the frontier" }
            return ", inside the frontier: with as much \(title(0)), \(title(1)) could be \(value(1, best))"
        case .unknown: return ""
        }
    }

    var scenarios: [String] {
        frontier.placed.filter(\.isScenario).map { placed in
            switch placed.outcome {
            case .plan(let figures): "\(placed.name): \(both(figures))\(place(figures))."
            case .impossible: "\(placed.name): no plan is possible."
            case .missing: "\(placed.name): stopped before a plan was found."
            }
        }
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
        if !frontier.reachesEnds {
            sentences.append(
                "Stopped: what lies beyond the corners shown, up to the best of each goal, was not found.")
        }
        return sentences
    }
}
