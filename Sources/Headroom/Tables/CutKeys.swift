/// The words of `--by`: one cut, or several that stand across one another.
public struct CutKeys: Equatable, Sendable {
    public var cuts: [Cut]

    public init(_ cuts: [Cut]) { self.cuts = cuts }

    /// What is wrong with words after `--by`.
    public enum Fault: Error, Equatable {
        /// Neither a cut nor a column of the region table.
        case unknown(String)
        case repeated(String)
        /// Only building has technologies.
        case leverAndTechnology
        /// More cells than are worked out.
        case tooMany(cells: Int)
    }

    /// - Parameters:
    ///   - words: Each a cut, or several with commas between; `tag:` before a column that is named like a cut.
    ///   - regions: Whose columns may be named.
    public init(_ words: [String], of regions: Regions) throws(Fault) {
        cuts = []
        for word in words {
            // A column with a comma in its name is meant where there is one.
            let parts =
                regions.values(ofTag: word) != nil ? [word] : word.split(separator: ",").map(String.init)
            for part in parts.isEmpty ? [word] : parts {
                let cut = Cut(part)
                if case .tag(let name) = cut, regions.values(ofTag: name) == nil { throw .unknown(name) }
                guard !cuts.contains(cut) else { throw .repeated(part) }
                cuts.append(cut)
            }
        }
        if cuts.contains(.lever), cuts.contains(.technology) { throw .leverAndTechnology }
    }
}

/// A key of a cut with its values in their order.
struct CutKey: Sendable {
    let cut: Cut
    /// What programs and people call it.
    let header: String
    let title: String
    /// As programs and people read them.
    let values: [String]
    let titles: [String]
    /// The value of every region; nil where the key is none of the regions'.
    let ofRegion: [Int32]?

    /// Headers of other columns of a table by several keys.
    private static let taken = Cut.words + ["name", "investment", "build", "total"]

    init(_ cut: Cut, _ planned: PlanningCase) {
        self.cut = cut
        let regions = planned.regions
        switch cut {
        case .region:
            (header, title, values, titles) = ("region", "Region", regions.ids, regions.names)
            ofRegion = (0..<Int32(regions.count)).map { $0 }
        case .year:
            (header, title) = ("year", "Year")
            values = planned.assumptions.planningYears.map { String(planned.assumptions.calendarYear($0)) }
            (titles, ofRegion) = (values, nil)
        case .lever:
            (header, title, values) = ("lever", "Lever", Lever.allCases.map(\.rawValue))
            (titles, ofRegion) = (Lever.allCases.map(\.title), nil)
        case .technology:
            (header, title, values) = ("technology", "Technology", planned.technologies.map(\.name))
            (titles, ofRegion) = (values, nil)
        case .tag(let name):
            (header, title) = (Self.taken.contains(name) ? "tag_\(name)" : name, name)
            var places: [String: Int32] = [:]
            var order: [String] = []
            ofRegion = (regions.values(ofTag: name) ?? []).map { value in
                if let place = places[value] { return place }
                let place = Int32(order.count)
                places[value] = place
                order.append(value)
                return place
            }
            (values, titles) = (order, order)
        }
    }
}
