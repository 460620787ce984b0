import Foundation
public import Headroom

extension Chart {
    /// A plan of its own beside a curve: a scenario.
    public struct MarkedPlan: Sendable {
        public var name: String
        /// Its budget, or what is spent.
        public var across: Double
        /// Its value of the goal that the curve is of.
        public var up: Double

        public init(_ name: String, across: Double, up: Double) {
            self.name = name
            self.across = across
            self.up = up
        }
    }

    /// The best of the first goal over the budget: the exact curve where there is one, else what plans prove of it.
    ///
    /// - Parameters:
    ///   - scenarios: Dots beside the curve: their budgets, and what they reach of the goal.
    ///   - upTo: The largest budget shown; nil: to where more money adds nothing, or three times today's where that is
    ///     nearer.
    /// - Returns: Nil where the sweep has neither a curve nor a plan.
    public static func curve(
        _ sweep: BudgetSweep, scenarios: [MarkedPlan] = [], upTo: Double? = nil
    ) -> Chart? {
        let assumptions = sweep.planningCase.assumptions
        let across = Measure("Budget", .money(assumptions.currency))
        let up = Measure("Best \(sweep.goal.title)", sweep.goal.unit(assumptions))
        let shown = upTo ?? sweep.shownRange(scenarios.map(\.across))
        let lines = sweep.lines(upTo: shown)
        var dots = sweep.points.compactMap { point -> Plot.Dot? in
            guard let value = point.figures.flatMap({ $0.best ?? $0.value }), point.budget <= shown else {
                return nil
            }
            return Plot.Dot(
                name: across.text(point.budget), point: Position(point.budget, value), paint: .series1)
        }
        guard !lines.isEmpty || !dots.isEmpty else { return nil }
        dots += scenarios.map { Plot.Dot(name: $0.name, point: Position($0.across, $0.up), shape: .diamond) }
        var notes: [String] = []
        if let curve = sweep.curve, !curve.isRelaxed {
            if let value = curve.value(at: sweep.amount) {
                dots.append(
                    Plot.Dot(
                        name: up.text(value), point: Position(sweep.amount, value), paint: .ink))
            }
            if let slope = curve.slope(above: sweep.amount) {
                notes.append(sweep.slopeSentence(slope, up))
            }
            if let end = curve.paysUntil {
                let best = up.text(curve.value(at: end))
                notes.append("More than \(across.text(end)) adds nothing: \(best) is the most.")
            }
        } else if sweep.curve?.isRelaxed == true {
            notes.append("The dashed line is a bound: with whole modules no plan lies above it.")
        }
        let today = "Today \(across.text(sweep.amount))"
        return Chart(
            "curve", title: "Best \(sweep.goal.title) over the budget", subtitle: assumptions.title,
            description: "A line over the budget. " + notes.joined(separator: " "), notes: notes,
            Plot(
                across: across, up: up, lines: lines, dots: dots, marked: (sweep.amount, today),
                upIncludesZero: !up.isShare))
    }
}

extension String {
    /// Within a sentence.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
    /// As a title.
    var uppercasedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension Measure {
    var isShare: Bool { unit == .share }
}

extension Goal {
    /// What its values count.
    func unit(_ assumptions: Assumptions) -> Measure.Unit {
        switch self {
        case .return, .leastSpending: .money(assumptions.currency)
        case .servedUsers: .count("users")
        case .utilization, .serviceLevel, .worstService: .share
        case .roi: .ratio
        }
    }
}

extension BudgetSweep {
    /// More breakpoints than this say no more on paper or screen.
    private static let mostPoints = 1000.0

    fileprivate func shownRange(_ marked: [Double]) -> Double {
        let made = (points.map(\.budget) + marked + [amount]).max() ?? amount
        guard let curve, !curve.isRelaxed else { return .infinity }
        return max(made, min(curve.range.upperBound, 3 * amount))
    }

    /// The exact curve, thinned to what can be seen; without one what plans prove from below and above.
    fileprivate func lines(upTo limit: Double) -> [Plot.Line] {
        if let curve {
            let title = curve.isRelaxed ? "Bound" : "Best \(goal.title)"
            let series = Series(title: title, paint: .series1, shape: curve.isRelaxed ? .dashedLine : .line)
            return [Plot.Line(series: series, points: curve.points(upTo: limit, apart: 1 / Self.mostPoints))]
        }
        let asked = (points + between).sorted { $0.budget < $1.budget }
        // Where plans prove what lies between them, they are the ends of it.
        func best(_ point: Point) -> Double? { between.isEmpty ? nil : point.figures?.best }
        let below = asked.compactMap { point in
            (point.atLeast ?? best(point)).map { Position(point.budget, $0) }
        }
        let above = asked.compactMap { point in
            (point.atMost ?? best(point)).map { Position(point.budget, $0) }
        }
        return [
            Plot.Line(series: Series(title: "At least", paint: .series1, shape: .line), points: below),
            Plot.Line(series: Series(title: "At most", paint: .muted, shape: .dashedLine), points: above),
        ].filter { $0.points.count > 1 }
    }

    fileprivate func slopeSentence(_ slope: Double, _ up: Measure) -> String {
        let currency = planningCase.assumptions.currency
        let step = amount >= 1e7 ? 1e6 : 1.0
        let gain =
            up.isShare
            ? "\(FigureText.number(100 * slope * step, decimals: 4)) percentage points"
            : up.text(slope * step)
        return "At today's budget the next \(step == 1 ? currency : "million \(currency)") adds \(gain)."
    }
}

extension BudgetCurve {
    /// Breakpoints up to a budget, and the curve's end there.
    ///
    /// - Parameter apart: Of the curve's extent: nearer to the last point in both directions a breakpoint is left out.
    fileprivate func points(upTo limit: Double, apart: Double) -> [Position] {
        let end = min(limit, range.upperBound)
        var points: [Position] = []
        let width = apart * (end - range.lowerBound)
        let height = apart * ((value(at: end) ?? 0) - values[0]).magnitude
        for (budget, value) in zip(budgets, values) where budget < end {
            if let last = points.last, budget - last.x < width, abs(value - last.y) < height { continue }
            points.append(Position(budget, value))
        }
        if let value = value(at: end) { points.append(Position(end, value)) }
        // Beyond, more money adds nothing.
        if endsFlat, limit.isFinite, limit > end, let value = values.last {
            points.append(Position(limit, value))
        }
        return points
    }
}
