public import LinearProgramming

/// Where a link's decisions stand in the program, by planning year.
public struct LinkColumns: Equatable, Sendable {
    /// `f[l,t]`: demand served over the link, capacity units.
    public internal(set) var flow: [LinearProgram.Column] = []
    /// `e[l,t]`: capacity added to the link; empty where it cannot be widened.
    public internal(set) var widening: [LinearProgram.Column] = []
}

extension Formulation {
    /// `f[l,t] ≤ capacity_l + Σ_{τ≤t} e[l,τ]` (model, 5.5). Where the link cannot be widened it is the column's bound.
    mutating func addLinks() {
        for (index, link) in planningCase.links.enumerated() {
            var columns = LinkColumns()
            let canWiden = link.buildCost < .infinity
            let size = max(link.capacity, min(linkScale(link), 1e300))
            if canWiden {
                columns.widening = years.map {
                    addColumn(
                        Label("widen", .link(index), nil, $0), upper: link.yearlyLimit,
                        magnitude: affordableSize(size, atCost: link.buildCost))
                }
            }
            columns.flow = years.map {
                addColumn(
                    Label("flow", .link(index), nil, $0), upper: canWiden ? .infinity : link.capacity,
                    magnitude: size)
            }
            linkColumns.append(columns)
            guard canWiden else { continue }
            for year in years {
                var sum = LinearExpression(columns.flow[year])
                for before in years where before <= year { sum.add(columns.widening[before], times: -1) }
                addRow(Label("link", .link(index), nil, year), sum, upper: link.capacity)
            }
        }
    }

    /// What could flow: the smaller of the two ends' capacity, or the larger where one end has none yet.
    private func linkScale(_ link: Link) -> Double {
        let (from, to) = (planningCase.regions.capacity[link.from], planningCase.regions.capacity[link.to])
        return min(from, to) > 0 ? min(from, to) : max(from, to)
    }

    /// `Σ_{l from r} f[l,t] − Σ_{l to r} f[l,t]`: what a region serves for others, capacity units.
    func servedForOthers(_ region: RegionIndex, _ year: Year) -> LinearExpression {
        var sum = LinearExpression()
        for link in linksOut[region.position] { sum.add(linkColumns[link].flow[year]) }
        for link in linksIn[region.position] { sum.add(linkColumns[link].flow[year], times: -1) }
        return sum
    }
}
