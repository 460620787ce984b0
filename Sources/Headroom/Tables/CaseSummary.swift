/// What a plan contains before it is solved: totals to hold against the publisher's own, and every column with
/// where its values come from.
public struct CaseSummary: Equatable, Sendable {
    public struct Line: Equatable, Sendable {
        public var label: String
        public var value: String
    }

    public var title: String
    public var lines: [Line]
    public var columns: Table

    public init(_ planningCase: PlanningCase, _ table: RegionTable) {
        let assumptions = planningCase.assumptions
        title = assumptions.title
        lines = Self.planLines(assumptions) + Self.regionLines(planningCase)
        columns = Self.columns(table, assumptions)
    }

    private static func planLines(_ assumptions: Assumptions) -> [Line] {
        let first = assumptions.baseYear + 1
        let last = assumptions.baseYear + assumptions.years
        let goals = assumptions.objective.goals.map(\.title).joined(separator: ", then ")
        let steps = assumptions.adoption.steps.map {
            "\(FigureText.percent($0.share)) at cost × \(FigureText.number($0.costFactor, decimals: 1))"
        }
        return [
            Line(label: "Planning years", value: first == last ? "\(first)" : "\(first)–\(last)"),
            Line(label: "Goals", value: goals),
            Line(label: "Budget", value: budgetText(assumptions)),
            Line(label: "Discount rate", value: "\(FigureText.percent(assumptions.discountRate)) a year"),
            Line(label: "Growth", value: assumptions.growth.rawValue),
            Line(
                label: "Adoption",
                value: "\(steps.joined(separator: ", ")); "
                    + "\(FigureText.percent(assumptions.adoption.retention)) kept from year to year"),
        ]
    }

    private static func budgetText(_ assumptions: Assumptions) -> String {
        let budget = assumptions.budget
        if budget.isFree { return "none: spending is free" }
        let money = { FigureText.exactMoney($0, assumptions.currency) }
        var parts: [String] = []
        if let total = budget.total { parts.append("\(money(total)) in all") }
        if let yearly = budget.yearly {
            let amounts = Set(yearly).count == 1 ? [yearly[0]] : yearly
            parts.append(
                "\(amounts.map(money).joined(separator: ", ")) a year"
                    + (budget.carryOver ? ", unspent money carried over" : ""))
        }
        return parts.joined(separator: "; ")
    }

    private static func regionLines(_ planningCase: PlanningCase) -> [Line] {
        let regions = planningCase.regions
        let unit = planningCase.assumptions.capacityUnit
        let installed = regions.capacity.reduce(0, +)
        let idle = regions.idleCapacity.reduce(0, +)
        let capped = regions.potentialUsers.filter(\.isFinite)
        let potential =
            capped.count == regions.count
            ? FigureText.number(capped.reduce(0, +), decimals: 0)
            : "\(FigureText.number(capped.reduce(0, +), decimals: 0)) in "
                + "\(capped.count) region\(capped.count == 1 ? "" : "s"), no cap in the others"
        return [
            Line(label: "Regions", value: FigureText.number(Double(regions.count), decimals: 0)),
            Line(label: "Users", value: FigureText.number(regions.users.reduce(0, +), decimals: 0)),
            Line(label: "Potential users", value: potential),
            Line(label: "Capacity", value: "\(FigureText.number(installed, decimals: 0)) \(unit)"),
            Line(label: "Idle capacity", value: "\(FigureText.number(idle, decimals: 0)) \(unit)"),
            Line(label: "Utilization", value: FigureText.percent(ratio(installed - idle, installed))),
        ]
    }

    private static func partlyCapped(_ capped: [Double]) -> String {
        guard !capped.isEmpty else { return "no cap" }
        let sum = FigureText.number(capped.reduce(0, +), decimals: 0)
        return "\(sum) in \(capped.count) region\(capped.count == 1 ? "" : "s"), no cap in the others"
    }

    private static func columns(_ table: RegionTable, _ assumptions: Assumptions) -> Table {
        let rows = RegionColumn.numeric.map { column -> [Table.Cell] in
            let given = (0..<table.count).count { table.number(column, $0) != nil }
            let source =
                given == table.count
                ? "given"
                : given == 0
                    ? column.declaration.need.text : "given in \(given), else \(column.declaration.need.text)"
            return [.text(column.header), .text(column.declaration.unit.rawValue), .text(source)]
        }
        let tags = table.tags.map { [Table.Cell.text($0.name), .text("–"), .text("tag")] }
        return Table(
            columns: [
                Table.Column("column", "Column", priority: 0), Table.Column("unit", "Unit", priority: 0),
                Table.Column("value", "Value", priority: 0),
            ], rows: rows + tags, total: nil, currency: assumptions.currency,
            capacityUnit: assumptions.capacityUnit)
    }
}
