/// The regions of a plan as problems of their own ("blocks"), and what all of them have in common.
///
/// Made once a plan. A block is the model's rows 1–6 and 8 of one region (model, 5), or of several that links join
/// (`LinkedSubproblem`), without whole modules, and the rules that bind every single region and year; budget and other rules
/// come in through prices. Arrays by year hold `T` entries, the first for planning year 1; arrays by technology (or
/// measure) and year stand at `technology · T + t − 1`.
struct SubproblemShape: Sendable {
    let years: Int
    let technologies: [Technology]
    let steps: [Adoption.Step]
    let retention: Double
    let growth: Growth
    let regions: Regions
    /// What prices are for: the same for all regions.
    let measures: [SubproblemMeasure]
    /// The rules with `each`, a bound each.
    let rules: [SubproblemRule]
    /// The blocks of several regions; nil in a plan without links.
    let linked: LinkedSubproblems?
    /// `D[t]`.
    let discount: [Double]
    /// The weight of a year's revenue and operating cost: `D[t]`, the valuation years included in the last.
    let flowWeight: [Double]
    /// By technology and year paid: `D[t]` less residual value, of a unit of money.
    let payWeight: [Double]
    /// By technology and year paid: the sum of `flowWeight` over the years in service.
    let runWeight: [Double]
    /// More money than can be spent up to and in each year, by all regions; infinite without a budget.
    ///
    /// No region's new capacity or enrolment may cost more. It keeps a block bounded where a price makes spending
    /// attractive by itself. It is more than the budget has, so that it binds in no plan within the budget: a bound that
    /// binds beside the budget would take part of the worth of money, and the price of the budget would be too low.
    var affordable: [Double]
    /// Cost and limits of regions with overrides, `4 · technologies` numbers each.
    let overridden: [Double]
    /// Where a region's numbers begin in `overridden`, -1 where it has none; empty without overrides.
    let overriddenStart: [Int32]

    /// The modules that every region buys; nil where they are not settled.
    var heldModules: HeldModules?

    var technologyCount: Int { technologies.count }
    var stepCount: Int { steps.count }

    /// - Parameters:
    ///   - measures: What prices will be given for.
    ///   - dividesModules: Whether a block may buy part of a module, unless its modules are held.
    ///   - linked: The blocks of the regions that links join.
    /// - Returns: Nil where blocks cannot stand for the regions of the plan: with links that are in none, with whole
    ///   modules unless these are divided, or `each` rules on shares of all regions.
    init?(
        _ planningCase: PlanningCase, measures: [SubproblemMeasure], dividesModules: Bool = false,
        linked: LinkedSubproblems? = nil
    ) {
        guard planningCase.links.isEmpty || linked != nil, dividesModules || !planningCase.hasModules else {
            return nil
        }
        self.linked = linked
        guard let rules = SubproblemRule.all(of: planningCase) else { return nil }
        self.rules = rules
        let assumptions = planningCase.assumptions
        let valuation = Valuation(assumptions)
        let horizon = assumptions.planningYears
        years = assumptions.years
        technologies = planningCase.technologies
        steps = assumptions.adoption.steps
        retention = assumptions.adoption.retention
        growth = assumptions.growth
        regions = planningCase.regions
        self.measures = measures
        discount = horizon.map(valuation.discountFactor)
        let flowWeight = horizon.map(valuation.flowWeight)
        self.flowWeight = flowWeight
        payWeight = technologies.flatMap { technology in
            horizon.map { valuation.discountFactor($0) - valuation.residual(technology, paidIn: $0) }
        }
        runWeight = technologies.flatMap { technology in
            horizon.map { flowWeight[technology.inService(paidIn: $0, of: assumptions.years)].reduce(0, +) }
        }
        affordable = assumptions.affordableInOneRegion
        (overridden, overriddenStart) = planningCase.overriddenFigures
    }
}

extension Assumptions {
    /// More than a region may spend in each year, whatever others do; so no more is looked for in it.
    var affordableInOneRegion: [Double] {
        let limits = budget.limits(years: years)
        let allowed = planningYears.map { year in
            limits.filter { $0.years.contains(year.ordinal) }.map(\.money).min() ?? .infinity
        }
        // Where a year has no money some is still left to be priced.
        let least = 1e-3 * (allowed.max() ?? 0)
        return allowed.map { 2 * max($0, least) }
    }
}

extension Technology {
    /// The years in which capacity is in service that was paid for in a year, as positions from 0: empty where it
    /// comes too late.
    func inService(paidIn year: Year, of years: Int) -> Range<Int> {
        let first = year.ordinal - 1 + leadTime
        guard first < years else { return 0..<0 }
        return first..<min(years, first + lifetime)
    }
}

extension PlanningCase {
    /// Build cost, operating cost, yearly limit and total limit of every technology, for the regions in which any is
    /// overridden; so that a solve needs no dictionary.
    fileprivate var overriddenFigures: (figures: [Double], start: [Int32]) {
        let touched = Set(overrides.flatMap(\.keys)).sorted()
        guard !touched.isEmpty else { return ([], []) }
        var start = [Int32](repeating: -1, count: regions.count)
        var figures: [Double] = []
        for region in touched {
            start[region] = Int32(figures.count)
            for technology in technologies.indices {
                figures += [
                    buildCost(region, technology), operatingCost(region, technology),
                    yearlyLimit(region, technology), totalLimit(region, technology),
                ]
            }
        }
        return (figures, start)
    }
}

// MARK: Where decisions stand

extension SubproblemShape {
    /// `x[t]`, and then `v[t]`, `h[t]`, `b[k,t]`, `a[s,t]`: positions in a block's list of decisions.
    func servedUsers(_ year: Int) -> Int { year }
    func tradingUsers(_ year: Int) -> Int { years &+ year }
    func enrolledUsers(_ year: Int) -> Int { 2 &* years &+ year }
    func newCapacity(_ technology: Int, _ year: Int) -> Int { (3 &+ technology) &* years &+ year }
    func wonUsers(_ step: Int, _ year: Int) -> Int { (3 &+ technologyCount &+ step) &* years &+ year }
    /// The lever that a decision is, users excepted.
    func lever(of decision: Int) -> Lever {
        let family = decision / years
        return family == 2 ? .credit : family < 3 &+ technologyCount ? .build : .adoption
    }
    /// How many decisions a block has.
    var decisionCount: Int { (3 &+ technologyCount &+ stepCount) &* years }
}
