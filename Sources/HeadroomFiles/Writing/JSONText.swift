/// Writes JSON with its keys in the order they are given: the same value is the same bytes.
///
/// Foundation's encoder either sorts keys or leaves their order open, and leaves out what is nil; the result of a
/// plan has a documented order and undefined figures that are `null`.
struct JSONText {
    private(set) var text = ""
    private var depth = 0
    private var isFirst = true

    private mutating func item() {
        if !isFirst { text += "," }
        isFirst = false
        guard depth > 0 else { return }
        text +=
            depth <= Self.prettyDepth
            ? "\n" + String(repeating: "  ", count: depth) : isAfterOpening ? "" : " "
    }

    /// Deeper levels stand on one line: a region or a decision a line.
    private static let prettyDepth = 2
    private var isAfterOpening: Bool { text.last == "{" || text.last == "[" }

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
            for element in elements {
                json.item()
                content(&json, element)
            }
        }
    }

    private mutating func nested(_ open: String, _ close: String, _ content: (inout JSONText) -> Void) {
        text += open
        depth += 1
        isFirst = true
        content(&self)
        let isEmpty = isFirst
        depth -= 1
        isFirst = false
        if !isEmpty, depth < Self.prettyDepth { text += "\n" + String(repeating: "  ", count: depth) }
        text += close
    }

    private mutating func key(_ key: String) {
        item()
        text += Self.quoted(key) + ": "
    }

    mutating func texts(_ key: String, _ strings: [String]) {
        self.key(key)
        text += "[" + strings.map(Self.quoted).joined(separator: ", ") + "]"
    }

    mutating func value(_ key: String, _ string: String?) {
        self.key(key)
        text += string.map(Self.quoted) ?? "null"
    }

    mutating func value(_ key: String, _ number: Double?) {
        self.key(key)
        text += number.map(NumberFormat.full) ?? "null"
    }

    mutating func value(_ key: String, _ number: Int) {
        self.key(key)
        text += String(number)
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
