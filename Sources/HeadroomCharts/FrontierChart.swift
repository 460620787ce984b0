public import Headroom

extension Chart {
    /// The best of a frontier's first goal over what is asked of its second one, with the plans placed on it.
    ///
    /// - Returns: Nil where the frontier is a single plan, or no piece of it was found.
    public static func frontier(_ frontier: Frontier) -> Chart? {
        let assumptions = frontier.planningCase.assumptions
        let measures = frontier.goals.map { Measure($0.title.uppercasedFirst, $0.unit(assumptions)) }
        let runs = frontier.runs
        guard let begin = runs.first?.first, let end = runs.last?.last else { return nil }
        let series =
            frontier.isRelaxed
            ? Series(title: "Bound", paint: .series1, shape: .dashedLine)
            : Series(title: "Frontier", paint: .series1, shape: .line)
        let title = "\(measures[0].title) against \(measures[1].title.lowercasedFirst)"
        return Chart(
            "frontier", title: title, subtitle: assumptions.title,
            description: "A line: the best there is of one for each value of the other, from "
                + "\(measures[0].text(begin.y)) at \(measures[1].text(begin.x)) to \(measures[0].text(end.y)) at "
                + "\(measures[1].text(end.x)).",
            notes: frontier.isRelaxed
                ? ["The dashed line is a bound: with whole modules no plan lies above it."] : [],
            Plot(
                across: measures[1], up: measures[0],
                lines: runs.map { Plot.Line(series: series, points: $0) }, dots: frontier.dots,
                upIncludesZero: false, acrossIncludesZero: false))
    }
}

extension Frontier {
    /// More points say no more on paper or screen.
    private static let mostPoints = 1000

    /// Points along the pieces that hang together, the second goal across and the first one up.
    fileprivate var runs: [[Position]] {
        let count = min(16, max(2, Self.mostPoints / max(1, pieces.count)))
        var runs: [[Position]] = [[]]
        for index in pieces.indices {
            let points = points(ofPiece: index, count: count).map { Position($0.second, $0.first) }
            if points.isEmpty {
                runs.append([])
            } else {
                // A piece begins where the one before it ends.
                runs[runs.count - 1] += runs[runs.count - 1].isEmpty ? points[...] : points.dropFirst()
            }
        }
        return runs.filter { $0.count > 1 }
    }

    /// The plan and the scenarios, and the knee.
    fileprivate var dots: [Plot.Dot] {
        let plans = placed.compactMap { plan in
            plan.figures.flatMap {
                dot(
                    plan.name, $0, paint: plan.isScenario ? .series2 : .ink,
                    shape: plan.isScenario ? .diamond : .circle)
            }
        }
        return plans + [knee.flatMap { dot("knee", corners[$0], paint: .series1) }].compactMap(\.self)
    }

    private func dot(_ name: String, _ figures: Figures, paint: Paint, shape: Shape = .circle) -> Plot.Dot? {
        guard let first = figures.first, let second = figures.second else { return nil }
        return Plot.Dot(name: name, point: Position(second, first), paint: paint, shape: shape)
    }
}
