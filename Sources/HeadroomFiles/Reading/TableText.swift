/// A table file as it stands, each row with its line: for people who want to look a number up.
public struct TableText: Equatable, Sendable {
    public struct Row: Equatable, Sendable {
        public var line: Int
        /// One a column of the header.
        public var cells: [String]
    }

    public var path: String
    public var header: Row
    public var rows: [Row]

    /// Reads a table that a plan was read from.
    ///
    /// - Returns: Nil where it has more than some rows, or is no table any more.
    /// - Throws: `UnreadableFile`.
    public init?(path: String, mostRows: Int) throws(UnreadableFile) {
        let file = try InputFile(path: path)
        self.path = path
        guard let records = Self.records(of: DelimitedText(file.bytes), most: mostRows + 1),
            let header = records.first, records.allSatisfy({ $0.cells.count == header.cells.count })
        else { return nil }
        self.header = header
        rows = Array(records.dropFirst())
    }

    private static func records(of text: DelimitedText, most: Int) -> [Row]? {
        var text = text
        var records: [Row] = []
        var fields: [DelimitedText.Field] = []
        do {
            while try text.next(into: &fields) {
                guard records.count < most else { return nil }
                records.append(Row(line: fields[0].line, cells: fields.map { $0.text.trimmed }))
            }
        } catch {
            return nil
        }
        return records
    }
}
