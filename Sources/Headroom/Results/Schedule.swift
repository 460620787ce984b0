/// A decision that is not zero: so much of a lever, in a region, in a year.
public struct ScheduleEntry: Equatable, Sendable {
    public enum Detail: Equatable, Sendable {
        case technology(String)
        /// Adoption step, counted from 1.
        case step(Int)
        /// What is carried over a link, by its name such as `CN-BJ>CN-TJ`.
        case link(String)
        /// Capacity added to a link.
        case linkWidening(String)
        case none
    }

    public var region: RegionIndex
    public var year: Year
    public var lever: Lever
    public var detail: Detail
    /// Capacity units for building and sharing, users for adoption and credit.
    public var quantity: Double
    /// Money for investment, undiscounted; the use of a link is none.
    public var spend: Double
}

extension Plan {
    /// The decisions that are not zero, by region, then year, then lever.
    public var schedule: [ScheduleEntry] {
        var entries: [ScheduleEntry] = []
        forEachEntry(in: 0..<planningCase.regions.count, links: planningCase.linksByTarget) {
            entries.append($0)
        }
        return entries
    }

    /// Goes through the decisions that are not zero of regions that stand together, by region, then year, then lever.
    ///
    /// - Parameter links: As `PlanningCase.linksByTarget`.
    package func forEachEntry(
        in positions: Range<Int>, links: [RegionIndex: [Int]], _ body: (ScheduleEntry) -> Void
    ) {
        let decisions = ledger.decisions
        let years = planningCase.assumptions.planningYears
        for position in positions {
            let region = RegionIndex(position)
            let links = links.isEmpty ? [] : links[region] ?? []
            for year in years { entries(region, year, decisions, links: links, body) }
        }
    }

    private func entries(
        _ region: RegionIndex, _ year: Year, _ decisions: Decisions, links: [Int],
        _ body: (ScheduleEntry) -> Void
    ) {
        func add(
            _ lever: Lever, _ quantity: Double, price: @autoclosure () -> Double,
            _ detail: @autoclosure () -> ScheduleEntry.Detail
        ) {
            guard quantity > 0 else { return }
            body(
                ScheduleEntry(
                    region: region, year: year, lever: lever, detail: detail(), quantity: quantity,
                    spend: price() * quantity))
        }
        for technology in decisions.newCapacity.indices {
            add(
                .build, decisions.newCapacity[technology][region, year],
                price: planningCase.buildCost(region, technology),
                .technology(planningCase.technologies[technology].name))
        }
        for step in decisions.wonUsers.indices {
            add(
                .adoption, decisions.wonUsers[step][region, year],
                price: planningCase.adoptionCost(region, step: step), .step(step + 1))
        }
        for link in links {
            let name = planningCase.name(ofLink: link)
            add(.share, decisions.linkFlow[link][year], price: 0, .link(name))
            add(
                .share, decisions.linkWidening[link][year], price: planningCase.links[link].buildCost,
                .linkWidening(name))
        }
        add(
            .credit, decisions.enrolledUsers[region, year], price: planningCase.regions.creditCost[region],
            .none)
    }
}

extension PlanningCase {
    /// The links over which each region is served, in the order of the table; regions without one are left out.
    package var linksByTarget: [RegionIndex: [Int]] {
        Dictionary(grouping: links.indices) { links[$0].to }
    }
}
