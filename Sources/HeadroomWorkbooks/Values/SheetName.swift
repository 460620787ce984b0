/// A sheet's name as Excel allows it: 1 to 31 characters, none of `[]:*?/\`, no apostrophe at an end.
public struct SheetName: Hashable, Sendable, CustomStringConvertible {
    public let description: String

    fileprivate init(allowed text: String) { description = text }

    static let mostCharacters = 31
}

/// Names for the sheets of one workbook: no two are alike, capitals or not.
struct SheetNames {
    /// Excel keeps this one for itself.
    private var taken: Set<String> = ["history"]

    /// The nearest name to a wish that is allowed and free.
    mutating func name(_ wish: String) -> SheetName {
        let forbidden: Set<Character> = ["[", "]", ":", "*", "?", "/", "\\"]
        let text = String(wish.map { forbidden.contains($0) || $0.isControl ? " " : $0 })
        for number in 1... {
            let suffix = number == 1 ? "" : " (\(number))"
            let name = Self.trimmed(text, to: SheetName.mostCharacters - suffix.utf16.count) + suffix
            if taken.insert(name.lowercased()).inserted { return SheetName(allowed: name) }
        }
        preconditionFailure("there are more numbers than sheets")
    }

    /// Excel counts UTF-16 units.
    private static func trimmed(_ text: String, to most: Int) -> String {
        func isEnd(_ character: Character) -> Bool { character == "'" || character.isWhitespace }
        var short = String(text.drop(while: isEnd))
        while short.utf16.count > most { short.removeLast() }
        while let last = short.last, isEnd(last) { short.removeLast() }
        return short.isEmpty ? "Sheet" : short
    }
}

extension Character {
    fileprivate var isControl: Bool {
        unicodeScalars.allSatisfy { $0.properties.generalCategory == .control }
    }
}
