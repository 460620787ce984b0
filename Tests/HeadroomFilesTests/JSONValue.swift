import Foundation

/// JSON read by Foundation's decoder, which keeps every digit of a number (its `JSONSerialization` does not on Linux).
enum JSONValue: Decodable, Equatable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(_ text: String) throws { self = try JSONDecoder().decode(Self.self, from: Data(text.utf8)) }

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let list = try? value.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSONValue].self))
        }
    }

    /// A number, or `null` for what is undefined.
    static func figure(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }

    subscript(key: String) -> JSONValue? {
        if case .object(let members) = self { members[key] } else { nil }
    }

    var keys: Set<String> { if case .object(let members) = self { Set(members.keys) } else { [] } }

    /// The elements of a list; none where it is no list.
    var elements: [JSONValue] { if case .list(let elements) = self { elements } else { [] } }

    var number: Double? { if case .number(let number) = self { number } else { nil } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
}
