/// The order in which a plan is solved, whatever order its tables are in.
///
/// Where several plans are equally good, which one a solver finds depends on the order of its columns and rows. So
/// every plan is solved with its regions in the order of their ids, its technologies in the order of their names and
/// its links in the order of their ends, and the decisions are brought back to the order of the tables: among plans of
/// equal value the choice is the one that this order leads to. Sorting takes O(n log n) comparisons.
struct CanonicalOrder {
    /// The table's place of each region, technology and link as solved.
    private let regions: [RegionIndex]
    let technologies: [Int]
    let links: [Int]

    init(_ planningCase: PlanningCase) {
        let ids = planningCase.regions.ids
        regions = planningCase.regions.indices.sorted { ids[$0] < ids[$1] }
        technologies = planningCase.technologies.indices.sorted {
            planningCase.technologies[$0].name < planningCase.technologies[$1].name
        }
        let ends = planningCase.links.map { (ids[$0.from], ids[$0.to], $0.capacity, $0.cost, $0.buildCost) }
        links = planningCase.links.indices.sorted {
            ends[$0] != ends[$1] ? ends[$0] < ends[$1] : $0 < $1
        }
    }

    /// The same plan with its tables in this order.
    func applied(to planningCase: PlanningCase) -> PlanningCase {
        var sorted = planningCase
        apply(to: &sorted)
        return sorted
    }

    /// Puts the tables of a plan in this order, where they are: a column at a time is there twice.
    func apply(to planningCase: inout PlanningCase) {
        guard changesOrder else { return }
        planningCase.reorder(regions: regions, technologies: technologies, links: links)
    }

    /// Puts tables that are in this order back to the order that they came in.
    func undo(in planningCase: inout PlanningCase) {
        guard changesOrder else { return }
        func places<Index>(_ order: [Index], _ position: (Index) -> Int, _ index: (Int) -> Index) -> [Index] {
            var places = order
            for (place, item) in order.enumerated() { places[position(item)] = index(place) }
            return places
        }
        planningCase.reorder(
            regions: places(regions, \.position, RegionIndex.init),
            technologies: places(technologies, \.self, \.self),
            links: places(links, \.self, \.self))
    }

    /// The same, and the case with it.
    func undone(in planningCase: inout PlanningCase) -> PlanningCase {
        undo(in: &planningCase)
        return planningCase
    }

    /// Whether any table is in another order.
    private var changesOrder: Bool {
        func isMoved(_ order: [Int]) -> Bool { zip(order, order.dropFirst()).contains { $0 > $1 } }
        return zip(regions, regions.dropFirst()).contains { $0 > $1 } || isMoved(technologies)
            || isMoved(links)
    }

    /// What was decided in this order, in the order of the tables. O(regions).
    func restored(_ sorted: Decisions) -> Decisions {
        var decisions = sorted
        decisions.servedUsers = sorted.servedUsers.moved(to: regions)
        decisions.enrolledUsers = sorted.enrolledUsers.moved(to: regions)
        decisions.tradingUsers = sorted.tradingUsers.moved(to: regions)
        decisions.wonUsers = sorted.wonUsers.map { $0.moved(to: regions) }
        for (place, technology) in technologies.enumerated() {
            decisions.newCapacity[technology] = sorted.newCapacity[place].moved(to: regions)
        }
        for (place, link) in links.enumerated() {
            decisions.linkFlow[link] = sorted.linkFlow[place]
            decisions.linkWidening[link] = sorted.linkWidening[place]
        }
        return decisions
    }

    /// What was decided of a ledger in this order, in the order of the tables; nil where nothing was.
    func restored(_ sorted: Ledger) -> Decisions? {
        sorted.source.servesOwnUsers ? nil : restored(sorted.source.decisions)
    }

    /// The table's place of a region.
    func restored(_ sorted: RegionIndex) -> RegionIndex { regions[sorted] }

    /// What was found for each region in this order, in the order of the table.
    func restored<Value>(_ sorted: [Value]) -> [Value] {
        var values = sorted
        for (place, region) in regions.enumerated() { values[region] = sorted[place] }
        return values
    }
}

extension PlanningCase {
    /// Puts its tables in another order, each given as the present places of what comes one after the other.
    fileprivate mutating func reorder(regions order: [RegionIndex], technologies: [Int], links: [Int]) {
        var places = order
        for (place, region) in order.enumerated() { places[region] = RegionIndex(place) }
        regions.take(order)
        self.technologies = technologies.map { self.technologies[$0] }
        overrides = technologies.map { technology in
            Dictionary(uniqueKeysWithValues: overrides[technology].map { (places[$0], $1) })
        }
        self.links = links.map { place in
            var link = self.links[place]
            link.from = places[link.from]
            link.to = places[link.to]
            return link
        }
    }
}
