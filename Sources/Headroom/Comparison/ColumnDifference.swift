/// How the numbers of a column differ between two region tables, over the regions that both have.
public struct ColumnDifference: Equatable, Sendable {
    /// A region's number in both tables; nil where the cell is empty and nothing stands for it.
    public struct Cell: Equatable, Sendable {
        public var region: String
        public var base: Double?
        public var other: Double?
    }

    public var column: RegionColumn
    /// Regions with another number.
    public var regions: Int
    /// The least and the largest number of the other table over that of the base; nil where one of the two is empty or
    /// 0 somewhere.
    public var factors: ClosedRange<Double>?
    /// The cells, where they are few.
    public var cells: [Cell]

    /// So many cells are listed.
    private static let few = 5

    /// O(common regions).
    ///
    /// - Returns: Nil where the column is the same.
    init?(_ column: RegionColumn, _ common: CommonRegions, _ base: RegionTable, _ other: RegionTable) {
        guard base.numbers[column] != nil || other.numbers[column] != nil else { return nil }
        self.column = column
        regions = 0
        cells = []
        var factor: (least: Double, largest: Double) = (.infinity, -.infinity)
        for (first, second) in common.rows {
            let before = base.effectiveNumber(column, first)
            let after = other.effectiveNumber(column, second)
            guard before != after else { continue }
            regions += 1
            if regions <= Self.few {
                cells.append(Cell(region: base.ids[first], base: before, other: after))
            }
            let quotient = (after ?? .nan) / (before ?? .nan)
            // What is not finite makes the range none.
            factor = (min(factor.least, quotient), max(factor.largest, quotient))
            if !quotient.isFinite { factor = (-.infinity, .infinity) }
        }
        guard regions > 0 else { return nil }
        if regions > Self.few { cells = [] }
        factors = factor.least.isFinite && factor.largest.isFinite ? factor.least...factor.largest : nil
    }
}

/// The regions that two tables have in common, with their rows.
struct CommonRegions {
    private(set) var rows: [(Int, Int)] = []
    private(set) var onlyInBase: [String] = []
    private(set) var onlyInOther: [String] = []

    init(_ base: RegionTable, _ other: RegionTable) {
        let places = Dictionary(
            zip(other.ids, other.ids.indices), uniquingKeysWith: { first, _ in first })
        for (row, id) in base.ids.enumerated() {
            if let place = places[id] { rows.append((row, place)) } else { onlyInBase.append(id) }
        }
        let known = Set(base.ids)
        onlyInOther = other.ids.filter { !known.contains($0) }
    }

    /// Names and tags with other values; a missing column is empty everywhere.
    func tagDifferences(_ base: RegionTable, _ other: RegionTable) -> [(name: String, regions: Int)] {
        let known = base.tags.map(\.name)
        let names = [RegionColumn.name.header] + known + other.tags.map(\.name).filter { !known.contains($0) }
        return names.compactMap { name in
            let (before, after) = (base.values(ofTag: name), other.values(ofTag: name))
            let count = rows.count { (before?[$0.0] ?? "") != (after?[$0.1] ?? "") }
            return count == 0 ? nil : (name, count)
        }
    }
}
