import Foundation

extension Frontier {
    /// Where a plan lies to a frontier; a scenario, with other inputs, may lie beyond.
    public enum Side: String, Sendable { case on, inside, beyond, unknown }

    /// Where a pair of values lies, to a millionth of the frontier's range.
    public func side(_ first: Double, _ second: Double) -> Side {
        guard let begin = corners.first, let end = corners.last, let a0 = begin.first, let a1 = begin.second,
            let b0 = end.first, let b1 = end.second
        else { return .unknown }
        let signs = goals.map { $0 == .leastSpending ? -1.0 : 1 }
        let sizes = [
            max(abs(a0 - b0), 1e-3 * abs(a0), 1e-9), max(abs(a1 - b1), 1e-3 * abs(b1), 1e-9),
        ].map { 1e-6 * $0 }
        if signs[0] * (first - a0) > sizes[0] || signs[1] * (second - b1) > sizes[1] {
            return reachesEnds ? .beyond : .unknown
        }
        let bounded = signs[0] * (first - a0) > 0 ? a0 : first
        guard let best = best(where: 0, is: bounded) else { return .unknown }
        let excess = signs[1] * (second - best)
        return excess > sizes[1] ? .beyond : excess < -sizes[1] ? .inside : .on
    }

    /// Frontiers of more corners are shown to people without those between.
    private static let mostShown = 12

    /// Corners from the best first goal on, then the plans that are placed.
    public func table(isForPeople: Bool) -> Table {
        let knee = knee
        let every = isForPeople ? max(1, (corners.count + Self.mostShown - 1) / Self.mostShown) : 1
        var rows: [[Table.Cell]] = []
        for (place, corner) in corners.enumerated()
        where place % every == 0 || place == corners.count - 1 || place == knee {
            let kind = corners.count == 1 && reachesEnds ? "best of both" : kind(ofCorner: place, knee)
            rows.append(cells(kind, "corner \(place + 1)", corner, pieceAfter: place))
        }
        for placed in placed {
            let kind = placed.isScenario ? "scenario" : "plan"
            rows.append(
                cells(kind, placed.name, placed.figures, pieceAfter: nil, isMissing: placed.isMissing))
        }
        return Table(
            columns: columns, rows: TableRows(rows), total: nil, currency: planningCase.assumptions.currency,
            capacityUnit: planningCase.assumptions.capacityUnit)
    }

    private func kind(ofCorner place: Int, _ knee: Int?) -> String {
        guard reachesEnds else { return "corner" }
        return place == 0
            ? goals[0].best
            : place == corners.count - 1 ? goals[1].best : place == knee ? "knee" : "corner"
    }

    private var columns: [Table.Column] {
        let last = planningCase.assumptions.baseYear + planningCase.assumptions.years
        let shown = goals.map(\.quantity)
        return [
            Table.Column("kind", "Row", priority: 0), Table.Column("name", "Plan", priority: 1),
            Table.Column("first", goals[0].header, shown[0], priority: 0),
            Table.Column("second", goals[1].header, shown[1], priority: 0),
            Table.Column("side", "Lies", priority: placed.isEmpty ? nil : 3),
            Table.Column("best_second", "\(goals[1].best.uppercasedFirst) there", shown[1], priority: nil),
            Table.Column("best_first", "\(goals[0].best.uppercasedFirst) there", shown[0], priority: nil),
            Table.Column("region", "Id", priority: nil), Table.Column("lever", "Lever", priority: nil),
            Table.Column("money", "Money moved", .money, priority: nil),
            Table.Column("moves", "To the next: most money moves", priority: 7),
            Table.Column("investment", "Invest", .money, priority: 2),
        ]
            + Lever.allCases.map { Table.Column($0.rawValue, $0.title, .money, priority: 8) }
            + [
                Table.Column("return", "Return", .money, priority: goals.contains(.return) ? nil : 4),
                Table.Column("roi", "ROI", .price, priority: nil),
                Table.Column(
                    "utilization", "Use \(last)", .share, priority: goals.contains(.utilization) ? nil : 5),
                Table.Column("service_level", "Service \(last)", .share, priority: 9),
                Table.Column(
                    "users_served", "Users \(last)", .users, priority: goals.contains(.servedUsers) ? nil : 6),
            ]
    }

    private func cells(
        _ kind: String, _ name: String, _ figures: Figures?, pieceAfter place: Int?, isMissing: Bool = false
    ) -> [Table.Cell] {
        let isPlaced = place == nil
        var side: Side?
        if isPlaced, let first = figures?.first, let second = figures?.second {
            side = self.side(first, second)
        }
        let bests =
            isPlaced
            ? [
                figures?.first.flatMap { best(where: 0, is: $0) },
                figures?.second.flatMap { best(where: 1, is: $0) },
            ] : [nil, nil]
        let move = place.flatMap { pieces.indices.contains($0) ? pieces[$0].moves.first : nil }
        let words = move.map {
            "\(planningCase.regions.names[$0.region]) (\($0.lever.rawValue)) \($0.money < 0 ? "−" : "+")"
                + FigureText.amount(abs($0.money))
        }
        let levers: [Double?] = Lever.allCases.map { figures?.spending[$0] }
        let rest = [
            figures?.return, figures?.returnOnInvestment, figures?.utilization, figures?.serviceLevel,
            figures?.usersServed,
        ]
        return [
            .text(kind), .text(name), .number(figures?.first), .number(figures?.second),
            .text(figures == nil ? isMissing ? "not found in time" : "no plan" : side?.rawValue ?? ""),
            .number(bests[0]), .number(bests[1]),
            .text(move.map { planningCase.regions.ids[$0.region] } ?? ""),
            .text(move?.lever.rawValue ?? ""), .number(move?.money), .text(words ?? ""),
            .number(figures?.spending.total),
        ] + (levers + rest).map { .number($0) }
    }
}

extension Frontier.Placed {
    fileprivate var isMissing: Bool { if case .missing = outcome { true } else { false } }
}

extension Goal {
    /// Over a column.
    fileprivate var header: String { self == .roi ? "ROI" : title.uppercasedFirst }

    /// The plan that has the best of it.
    fileprivate var best: String { self == .leastSpending ? title : "best \(title)" }
}

extension String {
    fileprivate var uppercasedFirst: String { prefix(1).uppercased() + dropFirst() }
}
