public import Headroom

/// Technologies, overrides, links and rules for a random plan: the same for the same seed.
///
/// One to three technologies with lead times, short lives, limits and, in some plans, modules; links between regions
/// in a ring and across it, some of which can be widened; up to three rules that doing nothing mostly holds.
public struct RandomNetwork: Sendable {
    public var technologies: [Technology]
    public var overrides: [[RegionIndex: CostOverride]]
    public var links: [Link]
    public var rules: [Rule]

    public init(seed: UInt64, _ inputs: RandomInputs) {
        var random = SplitMix64(seed: seed &+ 0x5EED)
        let typical = inputs.rows.map { $0.numbers[.capacity] ?? 0 }.reduce(0, +) / Double(inputs.rows.count)
        technologies = (0...Int(random.next() % 3)).map { Technology(random: &random, $0, typical) }
        let count = inputs.rows.count
        overrides = technologies.map { _ in
            var cells: [RegionIndex: CostOverride] = [:]
            for region in 0..<count where random.chance(0.2) {
                cells[RegionIndex(region)] = CostOverride(random: &random, typical)
            }
            return cells
        }
        links = (0..<count).map { Link(random: &random, $0, ($0 + 1) % count, typical) }
        links.append(Link(random: &random, 0, count / 2, typical))
        links.append(Link(random: &random, 1, 0, typical))
        let years = 2025...(2024 + inputs.assumptions.years)
        let names = technologies.map(\.name)
        rules = (0..<Int(random.next() % 4)).map {
            Rule(random: &random, "rule \($0)", years, names, typical)
        }
    }

    /// The same with other links: chains and rings of two to four regions, which stand anywhere in the table, and regions
    /// between them that no link joins.
    public func inGroups(seed: UInt64, _ inputs: RandomInputs) -> RandomNetwork {
        var random = SplitMix64(seed: seed ^ 0x6709)
        let typical = inputs.rows.map { $0.numbers[.capacity] ?? 0 }.reduce(0, +) / Double(inputs.rows.count)
        var places = Array(inputs.rows.indices)
        for last in places.indices.reversed() { places.swapAt(last, Int(random.next() % UInt64(last + 1))) }
        var grouped = self
        grouped.links = []
        while !places.isEmpty {
            let group = Array(places.prefix(random.pick([1, 1, 2, 2, 3, 4])))
            places.removeFirst(group.count)
            for (from, to) in zip(group, group.dropFirst()) {
                grouped.links.append(Link(random: &random, from, to, typical))
                if random.chance(0.4) { grouped.links.append(Link(random: &random, to, from, typical)) }
            }
            if group.count > 2, random.chance(0.5) {
                grouped.links.append(Link(random: &random, group[group.count - 1], group[0], typical))
            }
        }
        return grouped
    }

    /// A plan with all of this.
    public func added(to planningCase: PlanningCase) -> PlanningCase {
        var wider = planningCase
        wider.technologies = technologies
        wider.overrides = overrides
        wider.links = links
        wider.rules = rules
        return wider
    }
}

extension Technology {
    fileprivate init(random: inout SplitMix64, _ index: Int, _ typical: Double) {
        self.init(
            name: "technology \(index)", buildCost: random.logNormal(median: 300, spread: 0.5),
            operatingCost: random.number(in: 0...20), lifetime: random.pick([1, 2, 3, 8, 20]),
            leadTime: random.pick([0, 0, 0, 1]),
            yearlyLimit: random.chance(0.5) ? typical * random.number(in: 0...0.3) : .infinity,
            module: index > 0 && random.chance(0.3) ? typical * 0.1 : nil)
    }
}

extension CostOverride {
    fileprivate init(random: inout SplitMix64, _ typical: Double) {
        self.init(
            buildCost: random.chance(0.5) ? random.number(in: 100...600) : nil,
            operatingCost: random.chance(0.5) ? random.number(in: 0...20) : nil,
            yearlyLimit: random.chance(0.5) ? typical * random.number(in: 0...0.3) : nil,
            totalLimit: random.chance(0.5) ? typical * random.number(in: 0...0.5) : nil)
    }
}

extension Link {
    fileprivate init(random: inout SplitMix64, _ from: Int, _ to: Int, _ typical: Double) {
        let canWiden = random.chance(0.4)
        self.init(
            from, to, capacity: random.chance(0.2) ? 0 : typical * random.number(in: 0...0.3),
            cost: random.number(in: 0...60), buildCost: canWiden ? random.number(in: 20...200) : .infinity,
            yearlyLimit: canWiden && random.chance(0.5) ? typical * 0.05 : .infinity)
    }
}

extension Rule {
    fileprivate init(
        random: inout SplitMix64, _ name: String, _ years: ClosedRange<Int>, _ technologies: [String],
        _ typical: Double
    ) {
        self.init(
            name: name,
            measure: random.pick([
                .investment, .investment, .newCapacity, .servedUsers, .usedCapacity, .serviceLevel,
                .utilization,
            ]))
        switch measure {
        case .investment, .newCapacity:
            // Spending nothing holds a share of any size, and every ceiling.
            let amount = typical * (measure == .investment ? 300 : 1) * random.number(in: 0.01...0.5)
            if random.chance(0.5) { atLeast = .share(random.number(in: 0...0.3)) }
            if atLeast == nil {
                atMost = random.pick([.amount(amount), .share(random.number(in: 0.3...0.8))])
            }
            if random.chance(0.3) { levers = [random.pick(Lever.allCases)] }
            if random.chance(0.3) { self.technologies = [random.pick(technologies)] }
            each = random.chance(0.3)
        case .servedUsers, .usedCapacity: atMost = .share(random.number(in: 0.7...1))
        default: atLeast = .share(random.number(in: 0.2...0.5))
        }
        if random.chance(0.6) { tags = [Tag(name: "zone", values: [random.pick(["east", "west"])])] }
        if random.chance(0.3) { self.years = years.lowerBound...(years.upperBound - 1) }
    }
}
