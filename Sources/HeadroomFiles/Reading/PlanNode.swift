internal import Headroom
import Yams

/// A value of `plan.yaml` with the place it came from.
struct PlanNode: Sendable {
    enum Content: Sendable {
        case scalar(String)
        case map([Entry])
        case list([PlanNode])
        /// A key with nothing behind it.
        case nothing
    }

    struct Entry: Sendable {
        var key: String
        var keyLocation: SourceLocation
        var value: PlanNode
    }

    var content: Content
    var location: SourceLocation

    /// The value of a key; nil where there is none, or nothing behind it.
    func value(of key: String) -> PlanNode? {
        guard let entry = entry(of: key) else { return nil }
        if case .nothing = entry.value.content { return nil }
        return entry.value
    }

    /// A key, whether or not there is something behind it.
    func entry(of key: String) -> Entry? {
        guard case .map(let entries) = content else { return nil }
        return entries.first { $0.key == key }
    }

    /// Sets the value at a path of keys, making the maps on the way; what stands there and is no map gives way.
    ///
    /// - Parameter origin: Where the keys stand that are new.
    mutating func set(_ path: ArraySlice<String>, to value: PlanNode, from origin: SourceLocation) {
        guard let key = path.first else {
            self = value
            return
        }
        var entries: [Entry] = []
        if case .map(let present) = content { entries = present } else { location = origin }
        if let index = entries.firstIndex(where: { $0.key == key }) {
            entries[index].value.set(path.dropFirst(), to: value, from: origin)
        } else {
            var inner = PlanNode(content: .nothing, location: origin)
            inner.set(path.dropFirst(), to: value, from: origin)
            entries.append(Entry(key: key, keyLocation: origin, value: inner))
        }
        content = .map(entries)
    }
}

// MARK: From YAML

extension PlanNode {
    /// Reads YAML.
    ///
    /// - Throws: A `Diagnostic` in `InvalidFiles` where the text is no YAML.
    init(yaml text: String, at origin: SourceLocation) throws(InvalidFiles) {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                self.init(content: .nothing, location: origin)
                return
            }
            var left = Self.mostValues
            self.init(node, origin, &left)
            guard left > 0 else {
                throw InvalidFiles(diagnostics: [
                    Diagnostic(
                        .error, origin,
                        "the file holds more than \(Self.mostValues) values, aliases written out")
                ])
            }
        } catch let error as InvalidFiles {
            throw error
        } catch let error as YamlError {
            throw InvalidFiles(diagnostics: [error.diagnostic(at: origin)])
        } catch {
            throw InvalidFiles(diagnostics: [Diagnostic(.error, origin, "is no YAML: \(error)")])
        }
    }

    /// Aliases of aliases can make a small file hold more than any memory.
    private static let mostValues = 1_000_000

    private init(_ node: Node, _ origin: SourceLocation, _ left: inout Int) {
        left -= 1
        location = origin.at(node.mark)
        switch node {
        case .scalar(let scalar):
            let isNothing =
                scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
            content = isNothing ? .nothing : .scalar(scalar.string)
        case .mapping(let mapping):
            var entries: [Entry] = []
            for (key, value) in mapping where left > 0 {
                entries.append(
                    Entry(
                        key: key.string ?? "?", keyLocation: origin.at(key.mark),
                        value: PlanNode(value, origin, &left)))
            }
            content = .map(entries)
        case .sequence(let sequence):
            var items: [PlanNode] = []
            for item in sequence where left > 0 { items.append(PlanNode(item, origin, &left)) }
            content = .list(items)
        case .alias: content = .nothing
        }
    }
}

extension SourceLocation {
    /// The place of a mark in this source; options have none.
    fileprivate func at(_ mark: Mark?) -> SourceLocation {
        guard let mark, !isOption else { return self }
        return SourceLocation(source, line: mark.line, column: mark.column)
    }
}

extension YamlError {
    fileprivate func diagnostic(at origin: SourceLocation) -> Diagnostic {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            Diagnostic(.error, origin.at(mark), "is no YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            Diagnostic(
                .error, origin.at(context.mark),
                "key \(duplicates.sorted().map { "`\($0)`" }.joined(separator: ", ")) stands twice, "
                    + "expected each key once")
        case .reader(let problem, _, _, _): Diagnostic(.error, origin, "is no YAML: \(problem)")
        default: Diagnostic(.error, origin, "is no YAML: \(self)")
        }
    }
}
