/// Delimited text with the bytes it is read from, for small tables: the fields of a record are values of their own.
struct DelimitedText {
    typealias Fault = RecordScanner.Fault

    /// A field of a record; `bytes` lie in the file, or are a copy where quotes had to be taken out.
    struct Field {
        var bytes: ArraySlice<UInt8>
        fileprivate var cell: RecordScanner.Cell

        /// Where the field starts, counted from 1.
        var line: Int { cell.line }
        var text: String { String(decoding: bytes, as: UTF8.self) }
    }

    private let bytes: [UInt8]
    private let delimiter: UInt8
    private var cells: [RecordScanner.Cell] = []

    /// Where the next record is looked for; to set it goes back to a record that was read before.
    var place = RecordScanner.Place()

    /// The delimiter is found from the first record.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        delimiter = RecordScanner.delimiter(of: bytes)
    }

    /// The column of a field, in characters, counted from 1.
    func column(of field: Field) -> Int {
        bytes.withUnsafeBufferPointer { RecordScanner($0, delimiter: delimiter).column(of: field.cell) }
    }

    /// Reads the next record into `fields`; lines without a byte are passed over.
    ///
    /// - Returns: False at the end of the text.
    /// - Throws: `Fault` where quotes do not fit.
    mutating func next(into fields: inout [Field]) throws(Fault) -> Bool {
        let isRecord = try bytes.withUnsafeBufferPointer { bytes throws(Fault) in
            var scanner = RecordScanner(bytes, delimiter: delimiter, from: place)
            defer { place = scanner.place }
            return try scanner.next(into: &cells)
        }
        fields = cells.map { cell in
            let content = bytes[cell.content]
            return Field(
                bytes: cell.hasDoubledQuotes ? RecordScanner.undoubled(content)[...] : content, cell: cell)
        }
        return isRecord
    }
}
