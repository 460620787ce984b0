/// A chart of the spreadsheet program's own: it follows the cells that it is drawn of.
public struct SheetChart: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// Stacked, from left to right, the first on top.
        case bars
        /// Stacked, upright.
        case columns
        /// Straight lines between points.
        case line
    }

    public struct Series: Equatable, Sendable {
        public var name: String
        /// As `0xRRGGBB`.
        public var colour: UInt32
        public var categories: CellRange
        public var values: CellRange
    }

    public var kind: Kind
    public var title: String
    /// Along the categories, or the numbers that a line goes over; empty for none.
    public var categoryTitle: String
    public var valueTitle: String
    /// Of the scales, in the codes of spreadsheets; that of categories counts for lines.
    public var categoryFormat: String?
    public var valueFormat: String
    public var series: [Series]
    /// In pixels.
    public var width: Int
    public var height: Int
}
