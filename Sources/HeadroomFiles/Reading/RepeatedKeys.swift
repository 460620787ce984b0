import Yams

/// A text of YAML whose maps may have a key more than once, which the parser refuses at the first one.
///
/// The first letter of such a key gives way to a character for private use, one for each, so that all are read and stand
/// where they stood; `original` gives the key back.
struct RepeatedKeys {
    private var text: String
    private var letters: [Unicode.Scalar: Unicode.Scalar] = [:]

    /// A file with more of them is not read on: one of them is told, and nothing else of the file.
    private static let most = 100

    init(_ text: String) { self.text = text }

    /// - Throws: What the parser has against the text.
    mutating func compose() throws -> Node? {
        while true {
            do {
                return try Yams.compose(yaml: text)
            } catch YamlError.duplicatedKeysInMapping(let keys, let context)
                where letters.count < Self.most && setApart(keys.sorted().first ?? "", at: context.mark)
            {}
        }
    }

    /// A key as the file has it.
    func original(_ key: String) -> String {
        guard let first = key.unicodeScalars.first, let letter = letters[first] else { return key }
        return String(letter) + String(key.unicodeScalars.dropFirst())
    }

    /// - Returns: Whether the key stands there as it is, without escapes or anchors.
    private mutating func setApart(_ key: String, at mark: Mark) -> Bool {
        var scalars = Array(text.unicodeScalars)
        guard var place = Self.place(of: mark, in: scalars), let letter = key.unicodeScalars.first,
            let substitute = unused
        else { return false }
        let markup = Self.markup(behind: scalars[place])
        if ["\"", "'"].contains(scalars[place]) { place += 1 }
        guard place < scalars.count, scalars[place] == letter, !markup.contains(letter) else { return false }
        scalars[place] = substitute
        letters[substitute] = letters[letter] ?? letter
        text = String(String.UnicodeScalarView(scalars))
        return true
    }

    /// What is no letter of a key where it begins one: escapes within quotes, and what stands before keys without them.
    private static func markup(behind quote: Unicode.Scalar) -> [Unicode.Scalar] {
        switch quote {
        case "\"": ["\\"]
        case "'": ["'"]
        default: ["&", "*", "!", "|", ">"]
        }
    }

    /// A character for private use that the text does not have.
    private var unused: Unicode.Scalar? {
        let present = Set(text.unicodeScalars)
        return (UInt32(0xE000)...0xF8FF).lazy.compactMap(Unicode.Scalar.init).first { !present.contains($0) }
    }

    private static func place(of mark: Mark, in scalars: [Unicode.Scalar]) -> Int? {
        var line = 1
        var start = 0
        for (place, scalar) in scalars.enumerated() where line < mark.line {
            let isBreak = scalar == "\n" || scalar == "\r" && !(scalars.dropFirst(place + 1).first == "\n")
            guard isBreak else { continue }
            line += 1
            start = place + 1
        }
        let place = start + mark.column - 1
        return line == mark.line && scalars.indices.contains(place) ? place : nil
    }
}
