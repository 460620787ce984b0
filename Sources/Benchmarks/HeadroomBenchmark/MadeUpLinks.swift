import HeadroomTestSupport

/// Links of a made-up plan: groups of two and of three regions, evenly over the region table.
struct MadeUpLinks {
    /// A group may have three regions.
    static let regionsPerGroup = 3

    private let groups: Int
    private let distance: Int
    private var random: SplitMix64
    /// Of the last region, capacity units.
    private var capacity = 0
    private(set) var table = "from,to,capacity,cost,build_cost,yearly_limit\n"

    /// - Parameters:
    ///   - groups: No more than a third of the regions.
    ///   - seed: The regions' own numbers are drawn apart from those of links.
    init(groups: Int, regions: Int, seed: UInt64) {
        self.groups = groups
        distance = regions / max(groups, 1)
        random = SplitMix64(seed: seed ^ 0x11A2)
    }

    /// Takes in one region after the other, from number 0 on, and links it to the one before if it is of its group.
    mutating func add(_ region: MadeUpRegion, number: Int) {
        defer { capacity = region.capacity }
        let (group, place) = number.quotientAndRemainder(dividingBy: distance)
        guard group < groups, place > 0, place < (group.isMultiple(of: 2) ? 2 : 3) else { return }
        let size = Double(min(capacity, region.capacity))
        add("R\(number)", "R\(number + 1)", size)
        if random.chance(0.5) { add("R\(number + 1)", "R\(number)", size) }
    }

    /// Half of the links can be widened.
    private mutating func add(_ from: String, _ to: String, _ size: Double) {
        let capacity = Int(size * random.number(in: 0...0.1))
        let cost = random.number(in: 2...20).rounded(digits: 2)
        let buildCost = random.number(in: 100...500).rounded(digits: 2)
        let widening = random.chance(0.5) ? "\(buildCost),\(Int(size * 0.05) + 1)" : ","
        table += "\(from),\(to),\(capacity),\(cost),\(widening)\n"
    }
}
