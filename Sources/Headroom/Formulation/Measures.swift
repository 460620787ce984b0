public import LinearProgramming

extension Formulation {
    /// `Σ x` over all regions and some years.
    public func servedUsers(in years: [Year]) -> LinearExpression {
        sum(over: years) { LinearExpression(blocks[$0].servedUsers[$1]) }
    }

    /// `Σ u` over all regions and some years, capacity units.
    public func usedCapacity(in years: [Year]) -> LinearExpression {
        sum(over: years) { usedCapacity($0, $1) }
    }

    /// `Σ c` over all regions and some years, capacity units.
    public func capacity(in years: [Year]) -> LinearExpression {
        sum(over: years) { capacity($0, $1) }
    }

    /// `Σ n` over all regions and some years: a constant.
    public func organicUsers(in years: [Year]) -> Double {
        sum(over: years) { LinearExpression(planningCase.organicUsers($0, $1)) }.constant
    }

    private func sum(
        over years: [Year], _ term: (RegionIndex, Year) -> LinearExpression
    ) -> LinearExpression {
        var sum = LinearExpression()
        for region in planningCase.regions.indices {
            for year in years { sum.add(term(region, year)) }
        }
        return sum
    }
}
