/// One bound of a rule with `each`: it holds for every single region and year of its scope, so it is a row of the
/// region's block (model, 6).
struct SubproblemRule: Sendable {
    /// What the bound is a multiple of.
    enum Unit: Sendable { case one, organicUsers, potentialUsers }

    /// What is bound; of utilization the use less the share of capacity, which is bound by 0.
    let measure: SubproblemMeasure
    let isLower: Bool
    let bound: Double
    let unit: Unit
    /// Positions from 0.
    let years: [Int]
    /// By region: whether it is in the rule's scope.
    let covers: [Bool]

    /// Whether the rule can make a lever worth while that brings less than it costs.
    var mayAsk: Bool { isLower || measure.capacity != 0 }

    /// All bounds of a plan's `each` rules; nil where one is a share of all regions, which is no matter of one block.
    static func all(of planningCase: PlanningCase) -> [SubproblemRule]? {
        var rules: [SubproblemRule] = []
        for rule in planningCase.rules where rule.each {
            for (bound, isLower) in [(rule.atLeast, true), (rule.atMost, false)] {
                guard let bound else { continue }
                guard let one = SubproblemRule(rule, bound, isLower, planningCase) else { return nil }
                rules.append(one)
            }
        }
        return rules
    }

    private init?(_ rule: Rule, _ bound: Rule.Bound, _ isLower: Bool, _ planningCase: PlanningCase) {
        var measure = SubproblemMeasure(rule, technologies: planningCase.technologies)
        switch (bound, rule.measure) {
        case (.amount(let amount), _): (self.bound, unit) = (amount, .one)
        case (.share(let share), .serviceLevel): (self.bound, unit) = (share, .organicUsers)
        case (.share(let share), .coverage): (self.bound, unit) = (share, .potentialUsers)
        case (.share(let share), .utilization):
            measure.capacity = -share
            (self.bound, unit) = (0, .one)
        case (.share, .investment), (.share, .newCapacity), (.share, .servedUsers), (.share, .usedCapacity):
            return nil
        }
        self.measure = measure
        self.isLower = isLower
        years = rule.scope(in: planningCase.assumptions).map { $0.ordinal - 1 }
        var covers = [Bool](repeating: false, count: planningCase.regions.count)
        for region in rule.scope(in: planningCase.regions) { covers[region] = true }
        self.covers = covers
    }
}

extension SubproblemProgram {
    /// Writes a rule's row for one year: `± measure ≤ ± bound`, with its largest cell 1.
    func write(
        _ rule: SubproblemRule, _ year: Int, in row: Int, _ figures: SubproblemFigures,
        _ levers: SubproblemLevers,
        _ rows: SubproblemRows, _ shape: SubproblemShape, to simplex: borrowing DenseSimplex
    ) {
        let sign = rule.isLower ? -1.0 : 1
        forEachTerm(of: rule.measure, in: year, figures, levers, rows, shape) { decision, coefficient in
            simplex[row, Int(column[decision])] += sign * coefficient * unit[decision]
        }
        var largest = 0.0
        for column in 0..<count { largest = max(largest, abs(simplex[row, column])) }
        let size = largest > 0 ? 1 / largest : 1
        for column in 0..<count { simplex[row, column] *= size }
        let bound =
            switch rule.unit {
            case .one: rule.bound
            case .organicUsers: rule.bound * figures.organic[year]
            case .potentialUsers: rule.bound * figures.potential
            }
        var atStart =
            rule.measure.capacity * figures.base[year]
            + rule.measure.perUser(figures.demand[year]) * rows.start[year]
        if figures.isBounded {
            for technology in 0..<shape.technologyCount {
                let paid = coefficient(of: 3 &+ technology, in: rule.measure, figures, shape)
                atStart += paid * figures.leastBuilt[technology &* shape.years &+ year]
            }
        }
        simplex.values[row] = sign * (bound - atStart) * size
    }

    /// Calls with the decisions that have a column and move what a measure counts in a year, served users as what they
    /// are counted down from (`SubproblemRows`); a decision may come twice.
    @inline(__always)
    func forEachTerm(
        of measure: SubproblemMeasure, in year: Int, _ figures: SubproblemFigures, _ levers: SubproblemLevers,
        _ rows: SubproblemRows, _ shape: SubproblemShape,
        _ body: (_ decision: Int, _ coefficient: Double) -> Void
    ) {
        forEachLever(of: measure, in: year, figures, levers, shape, body)
        let perUser = measure.perUser(figures.demand[year])
        guard perUser != 0 else { return }
        if column[shape.servedUsers(year)] >= 0 { body(shape.servedUsers(year), -perUser) }
        if rows.isByCapacity[year] {
            for technology in 0..<shape.technologyCount where levers.buildingWith[technology] > 0 {
                for paid in 0...year
                where column[shape.newCapacity(technology, paid)] >= 0
                    && levers.isInService(technology, paid, year, shape)
                {
                    body(shape.newCapacity(technology, paid), perUser * figures.servedPerUnit[year])
                }
            }
        } else if rows.isByDemand[year] {
            for step in 0..<shape.stepCount where levers.winningAtStep[step] > 0 {
                for won in 0...year where column[shape.wonUsers(step, won)] >= 0 {
                    body(shape.wonUsers(step, won), perUser * kept[year &- won])
                }
            }
        }
    }

    /// Calls with the levers that have a column and a coefficient other than 0 in what a measure counts in a year,
    /// users apart.
    @inline(__always)
    func forEachLever(
        of measure: SubproblemMeasure, in year: Int, _ figures: SubproblemFigures, _ levers: SubproblemLevers,
        _ shape: SubproblemShape, _ body: (_ decision: Int, _ coefficient: Double) -> Void
    ) {
        func term(_ decision: Int, _ coefficient: Double) {
            if column[decision] >= 0, coefficient != 0 { body(decision, coefficient) }
        }
        for technology in 0..<shape.technologyCount where levers.buildingWith[technology] > 0 {
            let paid = coefficient(of: 3 &+ technology, in: measure, figures, shape)
            guard measure.capacity != 0 else {
                term(shape.newCapacity(technology, year), paid)
                continue
            }
            for built in 0...year {
                let inService = levers.isInService(technology, built, year, shape) ? measure.capacity : 0
                term(shape.newCapacity(technology, built), inService + (built == year ? paid : 0))
            }
        }
        if measure.adoptionSpending != 0 {
            for step in 0..<shape.stepCount where levers.winningAtStep[step] > 0 {
                let family = 3 &+ shape.technologyCount &+ step
                term(shape.wonUsers(step, year), coefficient(of: family, in: measure, figures, shape))
            }
        }
        if measure.creditSpending != 0, figures.creditCost < .infinity {
            term(shape.enrolledUsers(year), coefficient(of: 2, in: measure, figures, shape))
        }
    }

    /// What a unit of a lever, by the family of its decision, counts in a measure in the year in which it is paid.
    @inline(__always)
    func coefficient(
        of family: Int, in measure: SubproblemMeasure, _ figures: SubproblemFigures, _ shape: SubproblemShape
    ) -> Double {
        if family == 2 { return measure.creditSpending * figures.creditCost }
        let technology = family &- 3
        if technology < shape.technologyCount {
            return measure.buildSpending[technology] * figures.buildCost[technology]
                + measure.newCapacity[technology]
        }
        let step = technology &- shape.technologyCount
        return measure.adoptionSpending * figures.adoptionCost * shape.steps[step].costFactor
    }
}
