import Foundation

extension Plan {
    /// A table of the plan with pictures beside its figures, for terminals: utilization before and after, and what is
    /// spent in each year; for a cut that has neither a bar for what is spent.
    ///
    /// - Parameters:
    ///   - table: As `table(_:)` makes it.
    ///   - cut: What its rows are.
    public func illustrated(_ table: Table, by cut: Cut) -> Table {
        switch cut {
        case .year, .lever, .technology: return table.withBars(of: "investment")
        case .region:
            return withPictures(table) { yearlySpending(of: RegionIndex($0)) }
        case .tag(let name):
            let groups = yearlySpending(byTag: name)
            return withPictures(table) { groups[$0] }
        }
    }

    private func withPictures(_ table: Table, _ yearly: @escaping @Sendable (Int) -> [Double]) -> Table {
        let assumptions = planningCase.assumptions
        let total = CharacterPictures.sparkline(yearlySpending(of: nil))
        return table.withUtilization(from: assumptions.baseYear, to: assumptions.baseYear + assumptions.years)
            .adding(
                Table.Column(picture: "yearly", "By year", priority: 3), behind: "investment",
                total: .text(total)
            ) { row, _ in .text(CharacterPictures.sparkline(yearly(row))) }
    }

    private func yearlySpending(of region: RegionIndex?) -> [Double] {
        planningCase.assumptions.planningYears.map { ledger.spending(region: region, year: $0) }
    }

    /// In the order in which the tag's values first stand. O(regions × years).
    private func yearlySpending(byTag name: String) -> [[Double]] {
        let key = CutKey(.tag(name), planningCase)
        let none = planningCase.assumptions.planningYears.map { _ in 0.0 }
        return zip(planningCase.regions.indices, key.ofRegion ?? []).reduce(
            into: key.values.map { _ in none }
        ) {
            for (year, amount) in yearlySpending(of: $1.0).enumerated() { $0[Int($1.1)][year] += amount }
        }
    }
}

extension CrossTable {
    /// The pivot with pictures beside its totals, for terminals: of the years, where they are the columns, else a bar.
    public var illustrated: Table {
        let pivot = pivot
        guard let total = pivot.columns.firstIndex(where: { $0.key == "total" }) else { return pivot }
        guard columnsAreYears else { return pivot.withBars(of: "total") }
        let years = rowKeyCount..<total
        @Sendable func picture(_ cells: [Table.Cell]) -> Table.Cell {
            .text(CharacterPictures.sparkline(cells[years].map { $0.value ?? 0 }))
        }
        return pivot.adding(
            Table.Column(picture: "yearly", "By year", priority: 0), behind: "total",
            total: pivot.total.map(picture)
        ) { _, cells in picture(cells) }
    }
}

extension Table.Column {
    fileprivate init(picture key: String, _ title: String, priority: Int) {
        self.init(key, title, priority: priority)
        role = .picture
    }
}

extension Table {
    /// With bars beside a column of amounts, the largest of its rows the longest.
    func withBars(of key: String) -> Table {
        guard let place = columns.firstIndex(where: { $0.key == key }) else { return self }
        let largest = rows.reduce(0) { max($0, $1[place].value ?? 0) }
        guard largest > 0 else { return self }
        return adding(Column(picture: "\(key)_bar", "", priority: 2), behind: key) { _, cells in
            .text(CharacterPictures.bar((cells[place].value ?? 0) / largest, width: 12))
        }
    }

    /// With a bar each for the utilization of the base year, above, and of the last planning year.
    fileprivate func withUtilization(from base: Int, to last: Int) -> Table {
        guard let before = columns.firstIndex(where: { $0.key == "utilization_base" }),
            let after = columns.firstIndex(where: { $0.key == "utilization" })
        else { return self }
        @Sendable func picture(_ cells: [Cell]) -> Cell {
            guard let above = cells[before].value, let below = cells[after].value else { return .text("") }
            return .text(CharacterPictures.bars(above: above, below: below, width: 8))
        }
        let years = [base, last].map { String(format: "’%02d", $0 % 100) }
        return adding(
            Column(picture: "use", "▀\(years[0]) ▄\(years[1])", priority: 2), behind: "utilization",
            total: total.map(picture)
        ) { _, cells in picture(cells) }
    }

    /// With another column, its cells worked out from the place of a row and its other cells.
    ///
    /// - Parameter total: Its cell in the total row.
    fileprivate func adding(
        _ column: Column, behind key: String, total: Cell? = nil,
        _ cell: @escaping @Sendable (Int, [Cell]) -> Cell
    ) -> Table {
        guard let place = columns.firstIndex(where: { $0.key == key }) else { return self }
        var table = self
        table.columns.insert(column, at: place + 1)
        table.total?.insert(total ?? .text(""), at: place + 1)
        table.rows = TableRows(count: rows.count) { [rows] range, tell in
            var row = range.lowerBound
            rows.forEach(in: range) { cells in
                tell(cells[...place] + [cell(row, cells)] + cells[(place + 1)...])
                row += 1
            }
        }
        return table
    }
}

extension Table.Cell {
    fileprivate var value: Double? { if case .number(let value) = self { value } else { nil } }
}
