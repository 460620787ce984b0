public import Headroom
public import HeadroomFiles

/// What a plan was made from, as a report tells it.
public struct ReportBackground: Sendable {
    /// Of the plan, as the user named it.
    public var path: String
    /// Scenarios and changes that it was made with, as they were asked for.
    public var changes: [String]
    /// Warnings and notes on the files.
    public var diagnostics: [Diagnostic]
    public var records: [InputRecord]
    /// The tables of the folder that are short enough to be read.
    public var tables: [TableText]
    /// The tables that are not.
    public var longTables: [String]
    /// Of the regions that have a place.
    public var shapes: [RegionIndex: RegionShape]
    /// The text of the folder's `SOURCES.md`; nil where it has none.
    public var sources: String?

    /// Tables of more rows are named alone.
    private static let mostRows = 200

    /// Reads what a loaded plan does not hold.
    ///
    /// - Throws: `UnreadableFile` where a file of the plan is gone, `InvalidFiles` where one that the plan itself does
    ///   not need is wrong.
    public init(_ loaded: LoadedPlan, path: String, changes: [String]) throws {
        self.path = path
        self.changes = changes
        let outlines = try loaded.outlines()
        shapes = outlines.shapes
        diagnostics = loaded.diagnostics + outlines.diagnostics
        records = loaded.records
        tables = []
        longTables = []
        var seen: Set<String> = []
        for input in loaded.inputs where !input.hasSuffix(".yaml") && !input.hasSuffix(".yml") {
            guard seen.insert(input).inserted else { continue }
            if let table = try TableText(path: input, mostRows: Self.mostRows) {
                tables.append(table)
            } else {
                longTables.append(input)
            }
        }
        sources = try loaded.sourcesText()
    }
}
