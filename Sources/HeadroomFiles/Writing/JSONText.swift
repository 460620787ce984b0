internal import Headroom

/// Writes JSON with its keys in the order they are given: the same value is the same bytes.
///
/// Foundation's encoder either sorts keys or leaves their order open, and leaves out what is nil; the result of a
/// plan has a documented order and undefined figures that are `null`.
struct JSONText {
    /// What is not yet passed on.
    private var bytes: [UInt8] = []
    /// Takes the text block by block; nil keeps it whole.
    private let stream: TextStream?
    private var depth = 0
    private var isFirst = true

    init(to stream: TextStream? = nil) { self.stream = stream }

    /// For elements of an array, each behind a comma, at some depth.
    private init(elementsAt depth: Int) {
        stream = nil
        self.depth = depth
        isFirst = false
    }

    /// What was not passed on to a stream.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Passes on what is left, with a line end.
    mutating func finish() {
        append("\n")
        stream?.write(bytes)
        if stream != nil { bytes.removeAll() }
    }

    private mutating func append(_ text: String) { append(text.utf8) }

    private mutating func append(_ text: some Collection<UInt8>) {
        bytes += text
        guard let stream, bytes.count >= 1 << 12 else { return }
        stream.write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func item() {
        if !isFirst { append(",") }
        defer { isFirst = false }
        guard depth > 0 else { return }
        if depth <= Self.prettyDepth {
            append(Self.lineEnds[depth])
        } else if !isFirst {
            append(" ")
        }
    }

    /// Deeper levels stand on one line: a region or a decision a line.
    private static let prettyDepth = 2
    /// By depth: a line end and the blanks behind it.
    private static let lineEnds = (0...prettyDepth).map { "\n" + String(repeating: "  ", count: $0) }

    mutating func object(_ content: (inout JSONText) -> Void) { nested("{", "}", content) }

    mutating func object(_ key: String, _ content: (inout JSONText) -> Void) {
        self.key(key)
        object(content)
    }

    mutating func array<Element>(
        _ key: String, _ elements: some Sequence<Element>, _ content: (inout JSONText, Element) -> Void
    ) {
        self.key(key)
        nested("[", "]") { json in
            for element in elements { json.element { content(&$0, element) } }
        }
    }

    /// An array of what belongs to many rows, made piece by piece on all threads.
    ///
    /// - Parameter content: Adds the `element`s that belong to some of the rows.
    mutating func array(
        _ key: String, rows: Int, _ content: @Sendable (inout JSONText, Range<Int>) -> Void
    ) {
        self.key(key)
        nested("[", "]") { json in
            let depth = json.depth
            RowPieces.forEach(of: rows) { range in
                var piece = JSONText(elementsAt: depth)
                content(&piece, range)
                return piece.bytes
            } _: { piece in
                // The comma before the first of all is one too many.
                json.append(json.isFirst ? piece.dropFirst() : piece[...])
                json.isFirst = json.isFirst && piece.isEmpty
            }
        }
    }

    /// An element of an array.
    mutating func element(_ content: (inout JSONText) -> Void) {
        item()
        content(&self)
    }

    private mutating func nested(_ open: String, _ close: String, _ content: (inout JSONText) -> Void) {
        append(open)
        depth += 1
        isFirst = true
        content(&self)
        let isEmpty = isFirst
        depth -= 1
        isFirst = false
        if !isEmpty, depth < Self.prettyDepth { append(Self.lineEnds[depth]) }
        append(close)
    }

    private mutating func key(_ key: String) {
        item()
        append(quoted: key)
        append(": ")
    }

    mutating func texts(_ key: String, _ strings: [String]) {
        self.key(key)
        append("[" + strings.map(Self.quoted).joined(separator: ", ") + "]")
    }

    mutating func value(_ key: String, _ string: String?) {
        self.key(key)
        if let string { append(quoted: string) } else { append("null") }
    }

    mutating func value(_ key: String, _ number: Double?) {
        self.key(key)
        append(number.map(NumberFormat.full) ?? "null")
    }

    mutating func value(_ key: String, _ number: Int) {
        self.key(key)
        append(String(number))
    }

    /// - Parameter text: JSON already.
    mutating func value(_ key: String, json text: String) {
        self.key(key)
        append(text)
    }

    private mutating func append(quoted string: String) {
        let isPlain = string.utf8.allSatisfy {
            $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        }
        guard isPlain else { return append(Self.quoted(string)) }
        append("\"")
        append(string)
        append("\"")
    }

    static func quoted(_ string: String) -> String {
        var result = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..<"\u{20}", "\u{7F}":
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

enum NumberFormat {
    /// Full precision: the shortest text that reads back as the same number.
    static func full(_ value: Double) -> String {
        if value == 0 { return "0" }
        if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
        return value.description
    }
}
