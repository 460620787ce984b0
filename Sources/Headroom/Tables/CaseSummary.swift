/// What a plan contains before it is solved: totals to hold against the publisher's own, and every column with
/// where its values come from.
public struct CaseSummary: Equatable, Sendable {
    public struct Line: Equatable, Sendable {
        public var label: String
        public var value: String

        public init(label: String, value: String) {
            self.label = label
            self.value = value
        }
    }

    public var title: String
    public var lines: [Line]
    public var columns: Table

    public init(_ planningCase: PlanningCase, _ table: RegionTable) {
        let assumptions = planningCase.assumptions
        title = assumptions.title
        lines =
            Self.planLines(assumptions) + Self.regionLines(planningCase)
            + Self.technologyLines(planningCase) + Self.linkLines(planningCase)
            + planningCase.rules.map { Line(label: "R\($0.title.dropFirst())", value: $0.text(assumptions)) }
        columns = Self.columns(table, planningCase)
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
            ? FigureText.number(capped.reduce(0, +), decimals: 0) : partlyCapped(capped)
        return [
            Line(label: "Regions", value: FigureText.count(regions.count)),
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
        return "\(sum) in \(FigureText.count(capped.count, "region")), no cap in the others"
    }

    // MARK: The tables beside the regions

    private static func technologyLines(_ planningCase: PlanningCase) -> [Line] {
        var lines = planningCase.technologies.map {
            Line(label: "Technology", value: "\($0.name): \($0.text(planningCase.assumptions))")
        }
        let overrides = planningCase.overrides.reduce(0) { $0 + $1.count }
        if overrides > 0 {
            lines.append(
                Line(
                    label: "Cost overrides",
                    value: "\(overrides), of a technology in a region each"))
        }
        return lines
    }

    private static func linkLines(_ planningCase: PlanningCase) -> [Line] {
        let links = planningCase.links
        guard !links.isEmpty else { return [] }
        let capacity = FigureText.number(links.reduce(0) { $0 + $1.capacity }, decimals: 6)
            .withoutTrailingZeros
        return [
            Line(
                label: "Links",
                value:
                    "\(FigureText.count(links.count)), \(capacity) \(planningCase.assumptions.capacityUnit) together, "
                    + "\(FigureText.count(links.count { $0.buildCost.isFinite })) can be widened")
        ]
    }

    // MARK: Columns

    /// Where the values of a column come from.
    private static func source(_ column: RegionColumn, _ table: RegionTable, hasTechnologies: Bool) -> String
    {
        let given = table.numbers[column]?.count { !$0.isNaN } ?? 0
        if column == .buildCost, hasTechnologies {
            return "\(given > 0 ? "given, " : "")not used: the technologies have their own"
        }
        if given == table.count { return "given" }
        let need = column.declaration.need.text
        return given == 0 ? need : "given in \(given), else \(need)"
    }

    private static func columns(_ table: RegionTable, _ planningCase: PlanningCase) -> Table {
        let assumptions = planningCase.assumptions
        let hasTechnologies = planningCase.technologies.contains { $0.buildCost != nil }
        let rows = RegionColumn.numeric.map { column -> [Table.Cell] in
            [
                .text(column.header), .text(column.declaration.unit.rawValue),
                .text(source(column, table, hasTechnologies: hasTechnologies)),
            ]
        }
        let tags = table.tags.map { [Table.Cell.text($0.name), .text("–"), .text("tag")] }
        return Table(
            columns: [
                Table.Column("column", "Column", priority: 0), Table.Column("unit", "Unit", priority: 0),
                Table.Column("value", "Value", priority: 0),
            ], rows: TableRows(rows + tags), total: nil, currency: assumptions.currency,
            capacityUnit: assumptions.capacityUnit)
    }
}
