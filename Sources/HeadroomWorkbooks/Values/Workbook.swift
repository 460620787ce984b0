/// A workbook for spreadsheet programs, as plain values.
public struct Workbook: Sendable {
    public var title: String
    /// In their order; the first is the one that is shown.
    public var sheets: [Sheet]
}

/// A sheet: rows on top, rows that may be many, rows below.
public struct Sheet: Sendable {
    public struct Row: Equatable, Sendable {
        public var cells: [Cell]
        /// In points; nil leaves it to the program.
        public var height: Double?
        /// Whether its one cell is as wide as the sheet.
        public var isMerged = false
    }

    /// Rows that are worked out whenever they are looked at.
    public struct Rows: Sendable {
        public var count: Int
        /// Tells the cells of all rows in their order; the same whenever it is asked.
        public var visit: @Sendable (([Cell]) -> Void) -> Void

        static let none = Rows(count: 0) { _ in }
    }

    public struct PlacedChart: Sendable {
        public var chart: SheetChart
        /// The row of its upper left corner, from 0.
        public var row: Int
    }

    public var name: SheetName
    /// Of each column, in characters.
    public var widths: [Double]
    public var top: [Row]
    public var rows = Rows.none
    public var bottom: [Row] = []
    /// Whether the rows on top stay in sight, and the last of them names the columns, which can be filtered by.
    public var isTable = false
    /// Columns of shares with a bar in each cell, full at 1.
    public var barColumns: [Int] = []
    public var charts: [PlacedChart] = []

    public var rowCount: Int { top.count + rows.count + bottom.count }

    /// The rows between top and bottom of a column, as charts and formulas name them.
    public func range(ofColumn column: Int) -> CellRange {
        CellRange(sheet: name, column: column, rows: top.count..<top.count + rows.count)
    }
}

/// Cells of one column below each other.
public struct CellRange: Equatable, Sendable {
    public var sheet: SheetName
    public var column: Int
    /// From 0; not empty.
    public var rows: Range<Int>

    /// As a formula on the same sheet names it, such as `D2:D32`.
    var formula: String {
        let letters = Self.letters(ofColumn: column)
        return "\(letters)\(rows.lowerBound + 1):\(letters)\(rows.upperBound)"
    }

    /// `A`, …, `Z`, `AA`, …
    static func letters(ofColumn column: Int) -> String {
        var letters = ""
        var rest = column + 1
        while rest > 0 {
            letters.insert(
                Character(UnicodeScalar(UInt8(ascii: "A") + UInt8((rest - 1) % 26))), at: letters.startIndex)
            rest = (rest - 1) / 26
        }
        return letters
    }
}
