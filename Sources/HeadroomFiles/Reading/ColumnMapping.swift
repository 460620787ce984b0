import Headroom

/// A column of a published table read as one of ours: `capacity: {from: ports_10k, scale: 10000}`.
struct ColumnMapping {
    var column: RegionColumn
    /// The header in the file.
    var header: String
    /// Multiplies every number of the column.
    var scale: Double
    /// Where the plan says so.
    var location: SourceLocation
}

extension PlanReader {
    /// The mappings under `columns`; those with a problem are left out.
    mutating func columnMappings() -> [ColumnMapping] {
        guard let node = node(of: .columns) else { return [] }
        guard case .map(let entries) = node.content else {
            expected("columns with where they come from, such as {capacity: ports}", for: .columns, node)
            return []
        }
        var mappings: [ColumnMapping] = []
        for entry in entries {
            guard let mapping = mapping(entry) else { continue }
            if let other = mappings.first(where: { $0.header == mapping.header }) {
                diagnostics.append(
                    Diagnostic(
                        .error, entry.value.location,
                        "column `\(mapping.header)` is read as \(other.column.header) already, expected another"
                    ))
                continue
            }
            mappings.append(mapping)
        }
        return mappings
    }

    private mutating func mapping(_ entry: PlanNode.Entry) -> ColumnMapping? {
        guard let column = RegionColumn(rawValue: entry.key) else {
            let known = RegionColumn.allCases.map(\.header)
            let hint = closestName(to: entry.key, among: known).map { "did you mean `\($0)`?" }
            diagnostics.append(
                Diagnostic(
                    .error, entry.keyLocation,
                    "unknown column `\(entry.key)` in `columns`; "
                        + (hint ?? "expected one of \(known.joined(separator: ", "))")))
            return nil
        }
        var mapping = ColumnMapping(column: column, header: "", scale: 1, location: entry.value.location)
        switch entry.value.content {
        case .scalar(let header): mapping.header = header
        case .map(let parts):
            for part in parts where part.key != "from" && part.key != "scale" {
                diagnostics.append(
                    Diagnostic(
                        .error, part.keyLocation,
                        "unknown key `\(part.key)` in `columns.\(entry.key)`; expected from, scale"))
            }
            if let from = entry.value.value(of: "from"), case .scalar(let header) = from.content {
                mapping.header = header
            }
            if let scale = entry.value.value(of: "scale") {
                guard let factor = number(scale, .columns)?.value, column.declaration.unit != .text else {
                    return nil
                }
                mapping.scale = factor
            }
        case .list, .nothing: break
        }
        guard !mapping.header.isEmpty else {
            diagnostics.append(
                Diagnostic(
                    .error, entry.value.location,
                    "columns.\(entry.key) names no column of the file, expected a header or {from: header, scale: 1000}"
                ))
            return nil
        }
        return mapping
    }
}
