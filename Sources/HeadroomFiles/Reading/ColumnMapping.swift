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

/// What the plan says of the headers of the region table.
struct ColumnMappings {
    var sound: [ColumnMapping] = []
    /// Columns of which the plan says something that is wrong: that they are missing is no news.
    var broken: Set<RegionColumn> = []
}

extension PlanReader {
    /// The mappings under `columns`; of those with a problem only the columns are known.
    mutating func columnMappings() -> ColumnMappings {
        var mappings = ColumnMappings()
        guard let node = node(of: .columns) else { return mappings }
        guard case .map(let entries) = node.content else {
            expected("columns with where they come from, such as {capacity: ports}", for: .columns, node)
            mappings.broken = Set(RegionColumn.allCases)
            return mappings
        }
        for entry in entries {
            guard let mapping = mapping(entry) else {
                let meant = closestName(to: entry.key, among: RegionColumn.allCases.map(\.header))
                if let column = meant.flatMap(RegionColumn.init(rawValue:)) { mappings.broken.insert(column) }
                continue
            }
            if let other = mappings.sound.first(where: { $0.header == mapping.header }) {
                diagnostics.append(
                    Diagnostic(
                        .error, entry.value.location,
                        "column `\(mapping.header)` is read as \(other.column.header) already, expected another"
                    ))
                mappings.broken.insert(mapping.column)
                continue
            }
            mappings.sound.append(mapping)
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
                guard let factor = self.scale(scale, of: column) else { return nil }
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

    private mutating func scale(_ node: PlanNode, of column: RegionColumn) -> Double? {
        let key = "columns.\(column.header).scale"
        guard column.declaration.unit != .text else {
            diagnostics.append(
                Diagnostic(.error, node.location, "\(key): \(column.header) is text and has no scale"))
            return nil
        }
        guard case .scalar(let text) = node.content,
            case .number(let factor, isPercent: false) = NumberText.read(Array(text.utf8)), factor > 0,
            factor <= 1e12
        else {
            diagnostics.append(
                Diagnostic(
                    .error, node.location,
                    "\(key) is \(node.shown), expected a number above 0 such as 1000"))
            return nil
        }
        return factor
    }
}
