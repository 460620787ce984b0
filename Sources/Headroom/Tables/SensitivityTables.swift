extension Sensitivity {
    /// A row an assumption, for people: a bar for each, from its return at one end to that at the other.
    package var tableForPeople: Table {
        let last = planningCase.assumptions.baseYear + planningCase.assumptions.years
        var bar = Table.Column("bar", "░ low, █ high", priority: 2)
        bar.role = .picture
        let columns = [
            Table.Column("factor", "Assumption", priority: 0),
            Table.Column("low", "Low", priority: 0),
            Table.Column("high", "High", priority: 0),
            Table.Column("low_change", "Δ at low", .money, priority: 0),
            Table.Column("high_change", "Δ at high", .money, priority: 0),
            bar,
            Table.Column("elasticity", "Elasticity", priority: 3),
            Table.Column("low_moved", "Moves low", .share, priority: 1),
            Table.Column("high_moved", "Moves high", .share, priority: 1),
            Table.Column("low_investment", "Invest low", .money, priority: 4),
            Table.Column("high_investment", "Invest high", .money, priority: 4),
            Table.Column("low_utilization", "Use \(last) low", .share, priority: 5),
            Table.Column("high_utilization", "Use \(last) high", .share, priority: 5),
        ]
        let bars = SensitivityBars(self)
        return table(columns) { row in
            let text = FactorText(row.factor, planningCase.assumptions)
            let figures = [row.low?.figures, row.high?.figures]
            let values = [row.low, row.high].map {
                $0.map { text.text($0.setting.value) } ?? FigureText.undefined
            }
            return [.text(row.factor.title)] + values.map { .text($0) }
                + [
                    changeCell(row.low), changeCell(row.high), .text(bars.text(of: row)),
                    .text(
                        elasticity(of: row).map { FigureText.number($0, decimals: 2) } ?? FigureText.undefined
                    ),
                    .number(movedShare(row.low)), .number(movedShare(row.high)),
                ] + figures.map { .number($0?.spending.total) } + figures.map { .number($0?.utilization) }
        }
    }

    private func changeCell(_ end: Variation?) -> Table.Cell {
        end?.isImpossible ?? false ? .text("no plan") : .number(change(end))
    }

    /// A row an assumption, for programs: both ends of its range, with the options that set them.
    public var table: Table {
        func text(_ key: String) -> Table.Column { Table.Column(key, key, priority: nil) }
        func number(_ key: String) -> Table.Column { Table.Column(key, key, .count, priority: nil) }
        let ends = ["low", "high"].flatMap { end in
            [number("\(end)_value"), text("\(end)_option"), text("\(end)_status")]
                + Self.endFigures.map { number("\(end)_\($0)") }
                + [text("\(end)_gains_most"), number("\(end)_gain"), text("\(end)_loses_most")]
                + [number("\(end)_loss"), number("\(end)_top_regions_kept")]
        }
        let columns =
            [text("factor"), number("base_value")]
            + ["base_return", "base_investment", "base_utilization", "swing", "elasticity", "moved_share"]
            .map(number)
            + ends
        return table(columns) { row in
            let common = [base.return, base.spending.total, base.utilization]
            let cells =
                [row.base] + common + [swing(of: row), elasticity(of: row), movedShare(of: row)]
            return [.text(row.factor.name)] + cells.map { .number($0) } + cellsOfEnd(row.low)
                + cellsOfEnd(row.high)
        }
    }

    private static let endFigures = [
        "return", "change", "investment", "utilization", "service_level", "users_served", "moved",
        "moved_share",
    ]

    private func cellsOfEnd(_ end: Variation?) -> [Table.Cell] {
        let figures = end?.figures
        let moved = end?.reallocation
        let numbers = [
            figures?.return, change(end), figures?.spending.total, figures?.utilization,
            figures?.serviceLevel,
            figures?.usersServed, moved?.moved, movedShare(end),
        ]
        func region(_ change: Reallocation.Change?) -> [Table.Cell] {
            [.text(change.map { planningCase.regions.ids[$0.region] } ?? ""), .number(change?.money)]
        }
        return [.number(end?.setting.value), .text(end?.setting.option ?? ""), .text(end?.status ?? "")]
            + numbers.map { .number($0) } + region(moved?.gains) + region(moved?.loses)
            + [.number(moved.map { Double($0.topKept) })]
    }

    private func table(_ columns: [Table.Column], _ cells: (Row) -> [Table.Cell]) -> Table {
        Table(
            columns: columns, rows: TableRows(rows.map(cells)), total: nil,
            currency: planningCase.assumptions.currency, capacityUnit: planningCase.assumptions.capacityUnit)
    }
}

extension Sensitivity.Variation {
    /// As in the JSON result of a plan; `missing` where the search brought none.
    public var status: String {
        switch failure {
        case nil: figures?.status.rawValue ?? ""
        case .impossible: "infeasible"
        case .missing: "missing"
        }
    }
}

/// Bars of text around the return of the plan as it stands, all in one scale.
struct SensitivityBars {
    /// Characters for the largest loss and for the largest gain, and for both together.
    private let left: Int
    private let right: Int
    private static let width = 20
    /// Money a character.
    private let unit: Double
    private let sensitivity: Sensitivity

    init(_ sensitivity: Sensitivity) {
        self.sensitivity = sensitivity
        let changes = sensitivity.variations.compactMap { sensitivity.change($0) }
        let loss = -changes.reduce(0, min)
        let gain = changes.reduce(0, max)
        unit = max(loss + gain, .leastNormalMagnitude) / Double(Self.width)
        left = Int((loss / unit).rounded())
        right = Int((gain / unit).rounded())
    }

    /// What loses stands before the line, what gains behind it; where both ends do the same, the longer is the lighter.
    func text(of row: Sensitivity.Row) -> String {
        let low = sensitivity.change(row.low) ?? 0
        let high = sensitivity.change(row.high) ?? 0
        let before = side(max(-low, 0), max(-high, 0))
        let behind = side(max(low, 0), max(high, 0))
        let blanks = String(repeating: "\u{A0}", count: max(0, left - before.count))
        return blanks + String(before.reversed()) + "│" + behind
    }

    /// Outwards from the line.
    private func side(_ low: Double, _ high: Double) -> String {
        let lengths = (low: Int((low / unit).rounded()), high: Int((high / unit).rounded()))
        let inner = min(lengths.low, lengths.high)
        let (outer, mark) = lengths.low > lengths.high ? (lengths.low, "░") : (lengths.high, "█")
        return String(repeating: mark == "░" ? "█" : "░", count: inner)
            + String(repeating: mark, count: outer - inner)
    }
}
