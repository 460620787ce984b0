/// Which regions links join, directly or over others: the connected components of the link graph.
struct LinkComponents: Equatable, Sendable {
    struct Component: Equatable, Sendable {
        /// In the order of the region table.
        var regions: [RegionIndex] = []
        /// Places in the link table, ascending.
        var links: [Int] = []
    }

    /// In the order of their first regions.
    private(set) var components: [Component] = []
    /// By region: its component, -1 where no link begins or ends; empty without links.
    private var places: [Int32] = []

    /// O(regions + links), nearly.
    init(_ planningCase: PlanningCase) {
        guard !planningCase.links.isEmpty else { return }
        var forest = DisjointSets(count: planningCase.regions.count)
        var isLinked = [Bool](repeating: false, count: planningCase.regions.count)
        for link in planningCase.links {
            forest.join(link.from.position, link.to.position)
            isLinked[link.from] = true
            isLinked[link.to] = true
        }
        places = [Int32](repeating: -1, count: planningCase.regions.count)
        for region in planningCase.regions.indices where isLinked[region] {
            let root = forest.root(of: region.position)
            if places[root] < 0 {
                places[root] = Int32(components.count)
                components.append(Component())
            }
            places[region] = places[root]
            components[Int(places[root])].regions.append(region)
        }
        for (index, link) in planningCase.links.enumerated() {
            components[Int(places[link.from])].links.append(index)
        }
    }

    /// Nil where no link begins or ends in the region.
    func place(of region: RegionIndex) -> Int? {
        places.isEmpty || places[region] < 0 ? nil : Int(places[region])
    }

    /// Regions of the largest component.
    var largest: Int { components.reduce(0) { max($0, $1.regions.count) } }

    var regionCount: Int { components.reduce(0) { $0 + $1.regions.count } }
}

/// Sets that are joined two by two; the root of each is its lowest member.
///
/// Paths are halved on the way (R. Tarjan, J. van Leeuwen, Journal of the ACM 31, 1984).
private struct DisjointSets {
    private var parents: [Int32]

    init(count: Int) { parents = (0..<Int32(count)).map(\.self) }

    mutating func root(of member: Int) -> Int {
        var member = member
        while Int(parents[member]) != member {
            parents[member] = parents[Int(parents[member])]
            member = Int(parents[member])
        }
        return member
    }

    mutating func join(_ one: Int, _ other: Int) {
        let (one, other) = (root(of: one), root(of: other))
        parents[max(one, other)] = Int32(min(one, other))
    }
}

extension PlanningCase {
    /// The same plan for the regions of one component, and its links.
    ///
    /// Rules are left out.
    func only(_ component: LinkComponents.Component) -> PlanningCase {
        var part = only(component.regions)
        let places = Dictionary(
            uniqueKeysWithValues: component.regions.enumerated().map { ($1, RegionIndex($0)) })
        part.links = component.links.map { index in
            var link = links[index]
            guard let from = places[link.from], let to = places[link.to] else {
                preconditionFailure("a link's ends are in its component")
            }
            (link.from, link.to) = (from, to)
            return link
        }
        return part
    }
}

extension Decisions {
    /// Enters what was decided for a component by itself.
    mutating func enter(_ part: Decisions, of component: LinkComponents.Component) {
        for (place, region) in component.regions.enumerated() {
            func copy(_ own: YearlyAmounts, to all: inout YearlyAmounts) {
                all.enter((1...years).map { own[RegionIndex(place), Year($0)] }, of: region)
            }
            copy(part.servedUsers, to: &servedUsers)
            copy(part.tradingUsers, to: &tradingUsers)
            copy(part.enrolledUsers, to: &enrolledUsers)
            for index in part.newCapacity.indices { copy(part.newCapacity[index], to: &newCapacity[index]) }
            for index in part.wonUsers.indices { copy(part.wonUsers[index], to: &wonUsers[index]) }
        }
        for (place, link) in component.links.enumerated() {
            linkFlow[link] = part.linkFlow[place]
            linkWidening[link] = part.linkWidening[place]
        }
    }
}
