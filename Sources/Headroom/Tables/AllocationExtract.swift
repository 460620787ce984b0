/// The allocation in so many rows as people read: every region by name where they are few; else those that get the
/// most, those that get the least, and all others by a tag. The rows add up to the total.
public struct AllocationExtract: Sendable {
    /// Rows that stand together.
    public struct Group: Equatable, Sendable {
        /// Empty where there is one group only.
        public var title: String
        public var rows: Range<Int>

        public init(title: String, rows: Range<Int>) {
            self.title = title
            self.rows = rows
        }
    }

    public var table: Table
    public var groups: [Group]
    /// Whether regions are summed up.
    public var isShortened: Bool { groups.count > 1 }

    /// Up to so many regions are named one by one.
    public static let mostNamed = 120
    /// Where they are more, so many are named at either end.
    private static let namedAtAnEnd = 25
    /// A tag of more values groups nothing.
    fileprivate static let mostGroups = 60

    /// O(regions · years), and sorting them.
    public init(_ plan: Plan) {
        guard let all = plan.table(.region) else { preconditionFailure("regions are always a cut") }
        guard all.rows.count > Self.mostNamed else {
            table = all
            groups = [Group(title: "", rows: 0..<all.rows.count)]
            return
        }
        let extract = Self.extract(plan)
        func group(_ title: String, _ count: Int, after rows: Int) -> Group {
            Group(title: title, rows: rows..<rows + count)
        }
        let named = extract.most + extract.least
        var rows = named.map { all.rows[$0.position] }
        let figures = AllocationFigures().numbers.count
        let tags = all.columns.count - figures - 3
        for (title, members) in extract.others {
            let texts = ["", "\(title) (\(FigureText.count(members.count, "region")))"]
            let sums = plan.figures(of: members).numbers
            rows.append(
                (texts + Array(repeating: "", count: tags)).map { .text($0) } + sums.map { .number($0) }
                    + [.text("")])
        }
        table = all
        table.rows = TableRows(rows)
        let most = group("The \(extract.most.count) that get the most", extract.most.count, after: 0)
        let least = group(
            "The \(extract.least.count) that get the least, of equals the largest", extract.least.count,
            after: most.rows.upperBound)
        let others = group(
            extract.tag.map { "All others, by \($0)" } ?? "All others", extract.others.count,
            after: least.rows.upperBound)
        groups = [most, least, others].filter { !$0.rows.isEmpty }
    }

    private struct Chosen {
        var most: [RegionIndex]
        var least: [RegionIndex]
        /// By the tag's value in the order of the table.
        var others: [(title: String, regions: [RegionIndex])] = []
        var tag: String?
    }

    private static func extract(_ plan: Plan) -> Chosen {
        let regions = plan.planningCase.regions
        var spending = [Double](repeating: 0, count: regions.count)
        plan.forEachFigures(in: 0..<regions.count) { spending[$0.position] = $1.investment }
        let ranked = regions.indices.sorted {
            if spending[$0] != spending[$1] { return spending[$0] > spending[$1] }
            if regions.users[$0] != regions.users[$1] { return regions.users[$0] < regions.users[$1] }
            return $0 < $1
        }
        let most = Array(ranked.prefix(namedAtAnEnd))
        let least = Array(ranked.suffix(namedAtAnEnd).reversed())
        let named = Set(most + least)
        var chosen = Chosen(most: most, least: least)
        let tag = regions.groupingTags.first
        chosen.tag = tag?.name
        var places: [String: Int] = [:]
        for region in regions.indices where !named.contains(region) {
            let value = tag?.values[region] ?? "all"
            let place = places[value] ?? chosen.others.count
            if place == chosen.others.count {
                places[value] = place
                chosen.others.append((value.isEmpty ? "without \(tag?.name ?? "")" : value, []))
            }
            chosen.others[place].regions.append(region)
        }
        return chosen
    }
}

extension Regions {
    /// Tags that sum regions up: with more than one value and no more than people read, those of the fewest first.
    public var groupingTags: [RegionTable.Tag] {
        let counted = tags.compactMap { tag -> (tag: RegionTable.Tag, count: Int)? in
            var seen: Set<String> = []
            for value in tag.values where seen.insert(value).inserted {
                if seen.count > AllocationExtract.mostGroups { return nil }
            }
            // A tag that tells nearly every region apart groups none.
            return seen.count > 1 && 2 * seen.count <= max(count, 3) ? (tag, seen.count) : nil
        }
        return counted.enumerated().sorted { ($0.1.count, $0.0) < ($1.1.count, $1.0) }.map(\.1.tag)
    }
}
