/// The region table as read: columns of numbers as they stand in the file, before defaults and derivations.
public struct RegionTable: Equatable, Sendable {
    /// A column that is none of the model's: for grouping tables and, later, for rules.
    public struct Tag: Equatable, Sendable {
        public var name: String
        /// A value a region; empty where the cell is.
        public var values: [String]

        public init(name: String, values: [String]) {
            self.name = name
            self.values = values
        }
    }

    public var ids: [String]
    public var names: [String]
    /// A value a region, NaN where the cell is empty. Columns that the file does not have are missing.
    public var numbers: [RegionColumn: [Double]]
    public var tags: [Tag]

    public init(
        ids: [String], names: [String]? = nil, numbers: [RegionColumn: [Double]] = [:], tags: [Tag] = []
    ) {
        self.ids = ids
        self.names = names ?? ids
        self.numbers = numbers
        self.tags = tags
    }

    public var count: Int { ids.count }

    /// The number in a cell, or nil where it is empty or the column is missing.
    public func number(_ column: RegionColumn, _ row: Int) -> Double? {
        guard let value = numbers[column]?[row], !value.isNaN else { return nil }
        return value
    }

    /// Whether any region has a number in the column.
    public func has(_ column: RegionColumn) -> Bool { numbers[column]?.contains { !$0.isNaN } ?? false }
}

extension RegionTable {
    /// The values of a tag, `region` and `name` included; nil where there is no such column.
    public func values(ofTag name: String) -> [String]? {
        switch name {
        case RegionColumn.region.header: ids
        case RegionColumn.name.header: names
        default: tags.first { $0.name == name }?.values
        }
    }
}
