internal import Headroom
import Yams

/// Reads YAML into nodes with their places. A key that stands twice in a map is a problem beside others: what stands
/// behind the first one is read.
struct YAMLReader {
    private(set) var root: PlanNode
    /// An error for every key that stood before in its map.
    private(set) var diagnostics: [Diagnostic] = []
    private let origin: SourceLocation
    private let keys: RepeatedKeys
    /// How many more values are read.
    private var left = mostValues

    /// Aliases of aliases can make a small file hold more than any memory.
    private static let mostValues = 1_000_000

    /// - Throws: A `Diagnostic` in `InvalidFiles` where the text is no YAML.
    init(_ text: String, at origin: SourceLocation) throws(InvalidFiles) {
        self.origin = origin
        root = PlanNode(content: .nothing, location: origin)
        var keys = RepeatedKeys(text)
        let node: Node?
        do { node = try keys.compose() } catch {
            throw InvalidFiles(diagnostics: [error.diagnostic(at: origin)])
        }
        self.keys = keys
        guard let node else { return }
        root = read(node)
        guard left > 0 else {
            throw InvalidFiles(diagnostics: [
                Diagnostic(
                    .error, origin, "the file holds more than \(Self.mostValues) values, aliases written out")
            ])
        }
    }

    private mutating func read(_ node: Node) -> PlanNode {
        left -= 1
        var result = PlanNode(content: .nothing, location: origin.at(node.mark))
        switch node {
        case .scalar(let scalar):
            let isNothing =
                scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
            result.content = isNothing ? .nothing : .scalar(scalar.string)
        case .mapping(let mapping): result.content = .map(entries(mapping))
        case .sequence(let sequence):
            var items: [PlanNode] = []
            for item in sequence where left > 0 { items.append(read(item)) }
            result.content = .list(items)
        case .alias: break
        }
        return result
    }

    private mutating func entries(_ mapping: Node.Mapping) -> [PlanNode.Entry] {
        var entries: [PlanNode.Entry] = []
        // Where keys stood first that stand again.
        var first: [String: SourceLocation] = [:]
        for (key, value) in mapping where left > 0 {
            let name = key.string.map(keys.original) ?? "?"
            let place = origin.at(key.mark)
            guard let before = first[name], key.string != nil else {
                first[name] = place
                entries.append(PlanNode.Entry(key: name, keyLocation: place, value: read(value)))
                continue
            }
            let line = before.isOption ? "" : ", and stands in line \(before.line) already"
            diagnostics.append(
                Diagnostic(.error, place, "key `\(name)` stands twice, expected each key once\(line)"))
        }
        return entries
    }
}

extension PlanNode {
    /// Reads YAML in which no key may stand twice.
    ///
    /// - Throws: A `Diagnostic` in `InvalidFiles` where the text is no YAML.
    init(yaml text: String, at origin: SourceLocation) throws(InvalidFiles) {
        let reader = try YAMLReader(text, at: origin)
        guard reader.diagnostics.isEmpty else { throw InvalidFiles(diagnostics: reader.diagnostics) }
        self = reader.root
    }
}

extension SourceLocation {
    /// The place of a mark in this source; options have none.
    fileprivate func at(_ mark: Mark?) -> SourceLocation {
        guard let mark, !isOption else { return self }
        return SourceLocation(source, line: mark.line, column: mark.column)
    }
}

extension Error {
    /// What a failure of the parser is called.
    fileprivate func diagnostic(at origin: SourceLocation) -> Diagnostic {
        guard let error = self as? YamlError else {
            return Diagnostic(.error, origin, "is no YAML: \(self)")
        }
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return Diagnostic(.error, origin.at(mark), "is no YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            return Diagnostic(
                .error, origin.at(context.mark),
                "key \(duplicates.sorted().map { "`\($0)`" }.joined(separator: ", ")) stands twice, "
                    + "expected each key once")
        case .reader(let problem, _, _, _): return Diagnostic(.error, origin, "is no YAML: \(problem)")
        default: return Diagnostic(.error, origin, "is no YAML: \(error)")
        }
    }
}
