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
        let links = planningCase.linksByTarget
        return planningCase.regions.indices.flatMap { schedule(of: $0, links: links) }
    }

    /// The decisions in one region that are not zero, by year, then lever.
    ///
    /// - Parameter links: As `PlanningCase.linksByTarget`.
    package func schedule(of region: RegionIndex, links: [RegionIndex: [Int]]) -> [ScheduleEntry] {
        planningCase.assumptions.planningYears.flatMap { entries(region, $0, links: links[region] ?? []) }
    }

    private func entries(_ region: RegionIndex, _ year: Year, links: [Int]) -> [ScheduleEntry] {
        let decisions = ledger.decisions
        var entries: [ScheduleEntry] = []
        func add(_ lever: Lever, _ detail: ScheduleEntry.Detail, _ quantity: Double, _ price: Double) {
            guard quantity > 0 else { return }
            entries.append(
                ScheduleEntry(
                    region: region, year: year, lever: lever, detail: detail, quantity: quantity,
                    spend: price * quantity))
        }
        for (index, technology) in planningCase.technologies.enumerated() {
            add(
                .build, .technology(technology.name), decisions.newCapacity[index][region, year],
                planningCase.buildCost(region, index))
        }
        for step in decisions.wonUsers.indices {
            add(
                .adoption, .step(step + 1), decisions.wonUsers[step][region, year],
                planningCase.adoptionCost(region, step: step))
        }
        for link in links {
            let name = planningCase.name(ofLink: link)
            add(.share, .link(name), decisions.linkFlow[link][year], 0)
            add(
                .share, .linkWidening(name), decisions.linkWidening[link][year],
                planningCase.links[link].buildCost)
        }
        add(.credit, .none, decisions.enrolledUsers[region, year], planningCase.regions.creditCost[region])
        return entries
    }
}

extension PlanningCase {
    /// The links over which each region is served, in the order of the table; regions without one are left out.
    package var linksByTarget: [RegionIndex: [Int]] {
        Dictionary(grouping: links.indices) { links[$0].to }
    }
}
