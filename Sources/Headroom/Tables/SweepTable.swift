import Foundation

extension BudgetSweep {
    /// What a row of a sweep's table stands for.
    public enum RowKind: String, Sendable {
        /// The curve's, read at even steps.
        case read
        /// Today's budget, read off the curve.
        case today
        /// Where the curve bends, begins or ends.
        case breakpoint
        /// A plan that was made with this budget.
        case solved
        /// With this budget no plan holds the rules and limits.
        case noPlan = "no plan"
        /// The search for a plan with this budget was stopped.
        case stopped
        /// What is proved of a budget between two plans.
        case between

        /// Among rows of one budget.
        fileprivate var rank: Int {
            switch self {
            case .breakpoint: 0
            case .read: 1
            case .today: 2
            case .solved, .noPlan, .stopped: 3
            case .between: 4
            }
        }
    }

    /// Curves of more breakpoints are shown to people by what is read off them.
    private static let mostShown = 12

    /// - Parameters:
    ///   - steps: Even steps that the curve is read at, where there is an exact one; for people, where nothing is asked,
    ///     it is read at its ends and around today's budget.
    ///   - isForPeople: Without the breakpoints of a long curve.
    public func table(steps: Int?, isForPeople: Bool) -> Table {
        let rows = rows(steps: steps, isForPeople: isForPeople)
        let asked = points + between
        return Table(
            columns: columns,
            rows: TableRows(count: rows.count) { place in
                let row = rows[place]
                if let point = row.point { return cells(of: asked[Int(point)], row.kind) }
                return curve.map { cells($0, at: row.budget, row.kind) } ?? []
            },
            total: nil, currency: planningCase.assumptions.currency,
            capacityUnit: planningCase.assumptions.capacityUnit)
    }

    /// A row before its figures are worked out: a curve may have millions.
    private struct Row {
        var budget: Double
        var kind: RowKind
        /// Its place among the points and what is between them; nil: it is read off the curve.
        var point: Int32?
    }

    /// By rising budgets.
    private func rows(steps: Int?, isForPeople: Bool) -> [Row] {
        var rows: [Row] = []
        for (place, point) in (points + between).enumerated() {
            rows.append(Row(budget: point.budget, kind: RowKind(point.outcome), point: Int32(place)))
        }
        if let curve {
            let showsAll = !isForPeople || curve.pieceCount < Self.mostShown && !curve.isRelaxed
            if showsAll { rows += curve.budgets.map { Row(budget: $0, kind: .breakpoint) } }
            if !curve.isRelaxed {
                let read = steps.map(curve.grid) ?? (showsAll ? [] : budgetsOfInterest(curve))
                rows += read.map { Row(budget: $0, kind: .read) }
                if point(at: amount) == nil, curve.value(at: amount) != nil {
                    rows.append(Row(budget: amount, kind: .today))
                }
            }
        }
        return rows.sorted { ($0.budget, $0.kind.rank) < ($1.budget, $1.kind.rank) }
    }

    /// Shares of today's budget that people ask about.
    private static let nearToday = [0.25, 0.5, 0.75, 0.9, 1.1, 1.25, 1.5, 2]

    /// Both ends of the curve, and around today's budget; where plans were made for people, these are enough.
    private func budgetsOfInterest(_ curve: BudgetCurve) -> [Double] {
        guard points.isEmpty else { return [] }
        let inside = Self.nearToday.map { $0 * amount }.filter {
            $0 > curve.range.lowerBound && $0 < curve.range.upperBound
        }
        return [curve.range.lowerBound] + inside
            + [curve.range.upperBound].filter { $0 > curve.range.lowerBound }
    }

    private var columns: [Table.Column] {
        let last = planningCase.assumptions.baseYear + planningCase.assumptions.years
        return [
            Table.Column("budget", "Budget", .money, priority: 0),
            Table.Column("kind", "Row", priority: 0),
            Table.Column("status", "Status", priority: nil),
            Table.Column("best", bestTitle, goal.quantity, priority: 0),
            Table.Column("at_least", "At least", goal.quantity, priority: 2),
            Table.Column("at_most", "At most", goal.quantity, priority: 2),
            Table.Column("gap", "Gap", .share, priority: hasModules ? 3 : nil),
            Table.Column("slope", "Slope", goal == .return ? .price : .rate, priority: 0),
            Table.Column("next_region", "Id", priority: nil),
            Table.Column("next_lever", "Lever", priority: nil),
            Table.Column("next", "Next money goes to", priority: curve?.isRelaxed == false ? 4 : nil),
            Table.Column("investment", "Invest", .money, priority: 1),
        ]
            + Lever.allCases.map { Table.Column($0.rawValue, $0.rawValue.capitalized, .money, priority: 5) }
            + [
                Table.Column("return", "Return", .money, priority: showsReturn ? 2 : nil),
                Table.Column("utilization", "Use \(last)", .share, priority: 6),
                Table.Column("service_level", "Service \(last)", .share, priority: 7),
                Table.Column("users_served", "Users \(last)", .users, priority: 8),
            ]
    }

    private var bestTitle: String { goal == .leastSpending ? "Least spending" : "Best \(goal.title)" }

    /// A plan may give some of its best return away for the goals after it.
    private var showsReturn: Bool {
        goal != .return || !points.isEmpty && planningCase.assumptions.objective.goals.count > 1
    }

    private var hasModules: Bool { planningCase.technologies.contains { $0.module != nil } }

    /// A row that is read off the curve.
    private func cells(_ curve: BudgetCurve, at budget: Double, _ kind: RowKind) -> [Table.Cell] {
        let next = next(after: budget)
        let levers = curve.spending(at: budget)
        let figures: [Double?] = Lever.allCases.map { levers?[$0] }
        let value = curve.value(at: budget)
        return [
            .number(budget), .text(kind.rawValue), .text(curve.isRelaxed ? "bound" : "optimal"),
            .number(curve.isRelaxed ? nil : value), .number(nil), .number(curve.isRelaxed ? value : nil),
            .number(nil), .number(curve.slope(above: budget)),
        ] + next + ([curve.totalSpending(at: budget)] + figures + [nil, nil, nil, nil]).map { .number($0) }
    }

    private func cells(of point: Point, _ kind: RowKind) -> [Table.Cell] {
        let figures = point.figures
        let exact = curve.flatMap { $0.isRelaxed ? nil : $0 }
        let levers: [Double?] = Lever.allCases.map { figures?.spending[$0] }
        let best = figures.flatMap { $0.best ?? ($0.status == .feasible ? $0.value : nil) }
        let slope = exact.map { $0.slope(above: point.budget) } ?? figures?.slope
        let rest = [figures?.return, figures?.utilization, figures?.serviceLevel, figures?.usersServed]
        return [
            .number(point.budget), .text(kind.rawValue), .text(point.status), .number(best),
            .number(point.atLeast), .number(point.atMost), .number(figures?.gap), .number(slope),
        ] + (exact == nil ? [.text(""), .text(""), .text("")] : next(after: point.budget))
            + ([figures?.spending.total] + levers + rest).map { .number($0) }
    }

    /// Where the next money goes: region, lever, and both in words.
    private func next(after budget: Double) -> [Table.Cell] {
        guard let curve, let piece = curve.piece(above: budget), let use = curve.changes(ofPiece: piece).first
        else { return [.text(""), .text(""), .text("")] }
        return [
            .text(planningCase.regions.ids[use.region]), .text(use.lever?.rawValue ?? ""),
            .text(name(of: use)),
        ]
    }
}

extension BudgetSweep.RowKind {
    fileprivate init(_ outcome: BudgetSweep.Point.Outcome) {
        switch outcome {
        case .plan: self = .solved
        case .impossible: self = .noPlan
        case .missing: self = .stopped
        case .unasked: self = .between
        }
    }
}

extension Goal {
    /// What the goal's values count.
    var quantity: Table.Quantity {
        switch self {
        case .return, .leastSpending: .money
        case .servedUsers: .users
        case .utilization, .serviceLevel, .worstService: .share
        case .roi: .price
        }
    }
}
