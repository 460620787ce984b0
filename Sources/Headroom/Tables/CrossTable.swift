/// What is spent, by several keys across one another: investment, or what is built where one of them is technology.
///
/// Held as plain numbers, eight bytes a cell; regions that have no money hold 0, and what no region stands for is
/// undefined.
public struct CrossTable: Sendable {
    private let keys: [CutKey]
    private let rowKeys: [CutKey]
    private let columnKey: CutKey
    private let isBuildOnly: Bool
    /// The values of the row keys, key after key, of every row.
    private let rowValues: [Int32]
    /// Row after row, NaN where undefined.
    private let amounts: [Double]
    private let currency: String
    private let capacityUnit: String

    private static let mostCells = 100_000_000
    /// Columns that a table for people, or a sheet, may have.
    private static let mostColumns = 500

    /// The last key makes the columns. O(regions × years + cells).
    ///
    /// - Parameter cuts: Two or more, of columns that the region table has.
    public init(_ plan: Plan, by cuts: CutKeys) throws(CutKeys.Fault) {
        let planned = plan.planningCase
        keys = cuts.cuts.map { CutKey($0, planned) }
        rowKeys = Array(keys.dropLast())
        columnKey = keys[keys.count - 1]
        isBuildOnly = cuts.cuts.contains(.technology)
        currency = planned.assumptions.currency
        capacityUnit = planned.assumptions.capacityUnit
        let rows = try CrossRows(rowKeys, regions: planned.regions.count) {
            [columnKey] rows throws(CutKeys.Fault) in
            let (cells, isTooLarge) = rows.multipliedReportingOverflow(by: columnKey.values.count)
            guard !isTooLarge, cells <= Self.mostCells else {
                throw .tooMany(cells: isTooLarge ? .max : cells)
            }
        }
        rowValues = rows.values
        amounts = Self.amounts(plan, rows, columnKey, isBuildOnly: isBuildOnly)
    }

    private static func amounts(
        _ plan: Plan, _ rows: CrossRows, _ columnKey: CutKey, isBuildOnly: Bool
    ) -> [Double] {
        let planned = plan.planningCase
        let columns = columnKey.values.count
        let parts = isBuildOnly ? planned.technologies.count : Lever.allCases.count
        var amounts = [Double](repeating: .nan, count: rows.count * columns)
        AccountPortion(source: plan.ledger.source, regions: nil, places: 0..<planned.regions.count).read {
            account in
            for year in 0..<account.years {
                for part in 0..<parts {
                    let amount =
                        isBuildOnly
                        ? account.buildSpending(part, year)
                        : account.spending(on: Lever.allCases[part], year)
                    let row = rows.row(account.region, year: year, part: part)
                    let column = columnKey.place(account.region, year: year, part: part)
                    let cell = row * columns + column
                    amounts[cell] = (amounts[cell].isNaN ? 0 : amounts[cell]) + amount
                }
            }
        }
        return amounts
    }

    /// A row each that regions stand for, its keys first: what programs and pivot tables read.
    public var long: Table {
        let cells =
            amounts.contains(where: \.isNaN)
            ? amounts.indices.lazy.filter { !amounts[$0].isNaN }.map(Int32.init) : nil as [Int32]?
        let measure = Table.Column(isBuildOnly ? "build" : "investment", "Invest", .money, priority: 0)
        let columns = keys.flatMap(\.longColumns) + [measure]
        return table(
            columns,
            TableRows(count: cells?.count ?? amounts.count) { position in
                let cell = cells.map { Int($0[position]) } ?? position
                let (row, column) = cell.quotientAndRemainder(dividingBy: columnKey.values.count)
                return zip(rowKeys, values(ofRow: row)).flatMap { $0.longCells($1) }
                    + columnKey.longCells(column) + [.number(amounts[cell])]
            }, total: nil)
    }

    /// How many columns of a pivot name its rows.
    var rowKeyCount: Int { rowKeys.count }
    var columnsAreYears: Bool { columnKey.cut == .year }

    /// The values of the last key as columns, with totals: what people read; as `long` where they are too many.
    public var pivot: Table {
        guard columnKey.values.count <= Self.mostColumns else { return long }
        let count = columnKey.values.count
        let columns =
            rowKeys.map { Table.Column($0.header, $0.title, priority: 0) }
            + columnKey.titles.enumerated().map {
                Table.Column(columnKey.values[$0], $1.isEmpty ? "(none)" : $1, .money, priority: 1 + $0)
            } + [Table.Column("total", isBuildOnly ? "Build" : "Total", .money, priority: 0)]
        @Sendable func figures(_ row: ArraySlice<Double>) -> [Table.Cell] {
            row.map { .number($0.isNaN ? nil : $0) } + [.number(row.reduce(0) { $0 + ($1.isNaN ? 0 : $1) })]
        }
        let rows = TableRows(count: amounts.count / max(count, 1)) { row in
            zip(rowKeys, values(ofRow: row)).map { Table.Cell.text($0.titles[$1]) }
                + figures(amounts[row * count..<(row + 1) * count])
        }
        var sums = [Double](repeating: 0, count: count)
        for (cell, amount) in amounts.enumerated() where !amount.isNaN { sums[cell % count] += amount }
        let blanks = rowKeys.dropFirst().map { _ in Table.Cell.text("") }
        return table(columns, rows, total: [.text("Total")] + blanks + figures(sums[...]))
    }

    private func values(ofRow row: Int) -> [Int] {
        rowValues[row * rowKeys.count..<(row + 1) * rowKeys.count].map(Int.init)
    }

    private func table(_ columns: [Table.Column], _ rows: TableRows, total: [Table.Cell]?) -> Table {
        Table(columns: columns, rows: rows, total: total, currency: currency, capacityUnit: capacityUnit)
    }
}

/// The rows of a cross table: every combination of its row keys that some region stands for, in the keys' order.
private struct CrossRows {
    private let keys: [CutKey]
    /// Of every region: its combination of the keys that are the regions'.
    private let groups: [Int32]
    /// Combinations of the other keys.
    private let others: Int
    /// The row of a combination of a group and the other keys.
    private let places: [Int32]
    /// The keys' values of every row, row after row.
    let values: [Int32]

    var count: Int { places.count }

    /// - Parameter check: Told how many rows there will be.
    init(
        _ keys: [CutKey], regions: Int, check: (Int) throws(CutKeys.Fault) -> Void
    ) throws(CutKeys.Fault) {
        self.keys = keys
        let regional = keys.compactMap(\.ofRegion)
        var numbers: [[Int32]: Int32] = [:]
        var first: [Int] = []
        groups = (0..<regions).map { region in
            let combination = regional.map { $0[region] }
            if let number = numbers[combination] { return number }
            let number = Int32(first.count)
            numbers[combination] = number
            first.append(region)
            return number
        }
        let others = keys.reduce(1) { $0 * ($1.ofRegion == nil ? $1.values.count : 1) }
        self.others = others
        try check(first.count * others)
        func values(_ combination: Int) -> [Int32] {
            var rest = combination % max(others, 1)
            let region = first[combination / max(others, 1)]
            return keys.reversed().map { key in
                if let ofRegion = key.ofRegion { return ofRegion[region] }
                defer { rest /= key.values.count }
                return Int32(rest % key.values.count)
            }.reversed()
        }
        let ordered = (0..<first.count * others).map { (combination: $0, values: values($0)) }
            .sorted { $0.values.lexicographicallyPrecedes($1.values) }
        var places = [Int32](repeating: 0, count: ordered.count)
        for (place, row) in ordered.enumerated() { places[row.combination] = Int32(place) }
        self.places = places
        self.values = ordered.flatMap(\.values)
    }

    /// - Parameter part: A lever or a technology, counted from 0.
    func row(_ region: RegionIndex, year: Int, part: Int) -> Int {
        var other = 0
        for key in keys where key.ofRegion == nil {
            other = other * key.values.count + key.place(region, year: year, part: part)
        }
        return Int(places[Int(groups[region.position]) * others + other])
    }
}

extension CutKey {
    /// The place of a value.
    fileprivate func place(_ region: RegionIndex, year: Int, part: Int) -> Int {
        switch cut {
        case .year: year
        case .lever, .technology: part
        case .region, .tag: ofRegion.map { Int($0[region.position]) } ?? 0
        }
    }

    fileprivate var longColumns: [Table.Column] {
        let own = Table.Column(header, title, priority: 0)
        return cut == .region ? [own, Table.Column("name", "Name", priority: 0)] : [own]
    }

    fileprivate func longCells(_ place: Int) -> [Table.Cell] {
        cut == .region ? [.text(values[place]), .text(titles[place])] : [.text(values[place])]
    }
}
