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
        var places = [RegionIndex](repeating: RegionIndex(0), count: regions.count)
        for (place, region) in regions.enumerated() { places[region] = RegionIndex(place) }
        var sorted = planningCase.only(regions)
        sorted.technologies = technologies.map { planningCase.technologies[$0] }
        sorted.overrides = technologies.map { sorted.overrides[$0] }
        sorted.links = links.map { place in
            var link = planningCase.links[place]
            link.from = places[link.from]
            link.to = places[link.to]
            return link
        }
        sorted.rules = planningCase.rules
        return sorted
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

    /// A ledger in this order, for the same plan in the order of the tables.
    func restored(_ sorted: Ledger, to planningCase: PlanningCase, threads: Int) -> Ledger {
        sorted.source.servesOwnUsers
            ? Ledger(doingNothingIn: planningCase, threads: threads)
            : Ledger(planningCase, restored(sorted.source.decisions), threads: threads)
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
