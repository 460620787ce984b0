internal import Headroom

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
