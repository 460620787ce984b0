internal import Headroom

/// The region table and the tables beside it, where columns are multiplied.
struct ScaledColumns {
    private(set) var table: RegionTable
    private(set) var tables: PlanTables
    private(set) var diagnostics: [Diagnostic] = []
    /// What stands for an empty `max_utilization`.
    private let maxUtilization: Double

    init(_ table: RegionTable, _ tables: PlanTables, _ assumptions: Assumptions) {
        self.table = table
        self.tables = tables
        maxUtilization = assumptions.maxUtilization
    }

    /// Multiplies a column, in the regions that are meant.
    mutating func apply(_ scaling: WhatIf.Scaling) {
        guard let column = column(scaling), let rows = rows(scaling) else { return }
        if column == .operatingCost, tables.hasTechnologyTable {
            return multiplyOperatingCosts(rows, scaling)
        }
        guard column == .buildCost else { return multiply(column, rows, scaling) }
        tables.scaleBuildCosts(by: scaling.factor, in: Set(rows.map(RegionIndex.init)))
        guard tables.hasTechnologyTable else { return multiply(column, rows, scaling) }
        // The costs are the technologies' own: what makes them dearer in a region is its cost factor.
        multiply(.costFactor, rows, scaling)
        say(.note, scaling, "the technologies' build_cost is scaled, by way of the regions' cost_factor")
    }

    /// Base-year capacity costs what the region table says, new capacity what the technologies do.
    private mutating func multiplyOperatingCosts(_ rows: [Int], _ scaling: WhatIf.Scaling) {
        let isEverywhere = rows.count == table.count
        tables.scaleOperatingCosts(
            by: scaling.factor, in: isEverywhere ? nil : Set(rows.map(RegionIndex.init)))
        if table.has(.operatingCost) { multiply(.operatingCost, rows, scaling) }
        say(.note, scaling, "the technologies' operating_cost is scaled too")
    }

    private mutating func multiply(_ column: RegionColumn, _ rows: [Int], _ scaling: WhatIf.Scaling) {
        let values = rows.map { table.number(column, $0) ?? standing(for: column) }
        guard values.contains(where: { $0 != nil }) else {
            say(.error, scaling, "\(missing(column)), so there is nothing to scale")
            return
        }
        var numbers = table.numbers[column] ?? [Double](repeating: .nan, count: table.count)
        for case (let row, let value?) in zip(rows, values) { numbers[row] = value * scaling.factor }
        table.numbers[column] = numbers
    }

    /// What an empty cell counts as, where that can be multiplied.
    private func standing(for column: RegionColumn) -> Double? {
        if column == .maxUtilization { return maxUtilization }
        guard case .number(let value) = column.declaration.need, value != 0 else { return nil }
        return value
    }

    private func missing(_ column: RegionColumn) -> String {
        let what =
            table.numbers[column] == nil
            ? "the region table has no column `\(column.header)`"
            : "no region that is meant has a number in `\(column.header)`"
        switch column.declaration.need {
        case .required: return what
        case .number, .otherwise: return "\(what) (without it: \(column.declaration.need.text))"
        }
    }

    // MARK: What is meant

    private mutating func column(_ scaling: WhatIf.Scaling) -> RegionColumn? {
        if let column = RegionColumn(rawValue: scaling.column), column.declaration.unit != .text {
            return column
        }
        let known = RegionColumn.numeric.map(\.header)
        let hint = closestName(to: scaling.column, among: known).map { "did you mean `\($0)`?" }
        let expected = hint ?? "expected one of \(known.joined(separator: ", "))"
        say(.error, scaling, "unknown column `\(scaling.column)`; \(expected)")
        return nil
    }

    private mutating func rows(_ scaling: WhatIf.Scaling) -> [Int]? {
        guard let tag = scaling.tag else { return Array(0..<table.count) }
        guard let values = table.values(ofTag: tag.name) else {
            let tags = (table.tags.map(\.name) + ["region", "name"]).joined(separator: ", ")
            say(.error, scaling, "unknown tag `\(tag.name)`, expected one of \(tags)")
            return nil
        }
        let rows = values.indices.filter { values[$0] == tag.value }
        if rows.isEmpty { say(.error, scaling, "no region has \(tag.name) “\(tag.value)”") }
        return rows.isEmpty ? nil : rows
    }

    private mutating func say(_ severity: Finding.Severity, _ scaling: WhatIf.Scaling, _ message: String) {
        diagnostics.append(Diagnostic(severity, scaling.location, message))
    }
}
