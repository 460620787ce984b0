/// A bound on one measure over some regions and years (model, 6).
public struct Rule: Equatable, Sendable {
    public enum Measure: String, CaseIterable, Sendable {
        case investment
        case newCapacity = "new_capacity"
        case servedUsers = "served_users"
        case usedCapacity = "used_capacity"
        case serviceLevel = "service_level"
        case coverage
        case utilization

        /// Whether a bound is always a share.
        public var isShare: Bool { self == .serviceLevel || self == .coverage || self == .utilization }
    }

    /// A bound: a share, or the sum itself.
    public enum Bound: Equatable, Sendable {
        case amount(Double)
        case share(Double)
    }

    /// A column of the region table and the values that match.
    public struct Tag: Equatable, Sendable {
        public var name: String
        public var values: [String]

        public init(name: String, values: [String]) {
            self.name = name
            self.values = values
        }
    }

    public var name: String
    public var measure: Measure
    public var atLeast: Bound?
    public var atMost: Bound?
    /// All must match; empty: all regions.
    public var tags: [Tag]
    /// Calendar years; nil: the whole horizon.
    public var years: ClosedRange<Int>?
    /// Narrows investment and new capacity; nil: all levers.
    public var levers: [Lever]?
    /// Narrows investment and new capacity to building with these; nil: all.
    public var technologies: [String]?
    /// Whether every single region and year is bound.
    public var each: Bool

    public init(
        name: String, measure: Measure, atLeast: Bound? = nil, atMost: Bound? = nil, tags: [Tag] = [],
        years: ClosedRange<Int>? = nil, levers: [Lever]? = nil, technologies: [String]? = nil,
        each: Bool = false
    ) {
        self.name = name
        self.measure = measure
        self.atLeast = atLeast
        self.atMost = atMost
        self.tags = tags
        self.years = years
        self.levers = levers
        self.technologies = technologies
        self.each = each
    }
}

extension Rule {
    /// What people are told of: `rule “western floor”`, or `rule 1` where a rule has no name of its own.
    public var title: String { Self.title(ofRuleNamed: name) }

    static func title(ofRuleNamed name: String) -> String {
        isUnnamed(name) ? name : "rule “\(name)”"
    }

    /// Whether the name is what stands for none: `rule` and its number.
    static func isUnnamed(_ name: String) -> Bool {
        // No regular expression: every region that a rule holds back asks.
        guard name.hasPrefix("rule ") else { return false }
        let number = name.utf8.dropFirst("rule ".utf8.count)
        return !number.isEmpty && number.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// The regions that the rule is about, in the order of the table.
    public func scope(in regions: Regions) -> [RegionIndex] {
        let columns = tags.map { (regions.values(ofTag: $0.name) ?? [], $0.values) }
        return regions.indices.filter { region in
            columns.allSatisfy { values, wanted in !values.isEmpty && wanted.contains(values[region]) }
        }
    }

    /// The planning years that the rule is about.
    public func scope(in assumptions: Assumptions) -> [Year] {
        guard let years else { return assumptions.planningYears }
        return assumptions.planningYears.filter { years.contains(assumptions.calendarYear($0)) }
    }

    /// Whether spending on a lever counts.
    ///
    /// Where technologies are named and levers are not, only building with them counts.
    public func counts(_ lever: Lever) -> Bool {
        levers?.contains(lever) ?? (technologies == nil || lever == .build)
    }

    /// Whether building with a technology counts.
    public func counts(technology name: String) -> Bool {
        counts(.build) && technologies?.contains(name) ?? true
    }
}
