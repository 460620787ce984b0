/// What joins the regions of a plan: rows over measures of single regions (model, 5.7 and 6).
///
/// Every row is `Σ_r Σ_m,t coefficient · measure[r,m,t] + netPresentValue · Σ_r NPV[r] ≤ rightHandSide`, floors with
/// their signs turned, where a region's coefficients depend only on which rules' scopes it is in: regions in the same
/// scopes are a *class*, and see the same prices.
struct CouplingRows: Sendable {
    /// A coefficient of one measure in one year, at `measure · T + t − 1`.
    struct Term: Equatable, Sendable {
        var place: Int
        var coefficient: Double
    }

    struct Row: Equatable, Sendable {
        /// What the row stands for.
        enum Meaning: Equatable, Sendable {
            /// By its place in `Budget.limits`.
            case budget(limit: Int)
            case rule(index: Int, isLower: Bool)
            case minimumSpend
            case goal(Goal)
            /// What a goal that is a ratio is divided by. The row is free: whatever is taken of it is charged at a price that
            /// stays, the ratio while that is maximised, 0 afterwards. Its right-hand side is 0.
            case denominator(Goal)
        }

        var meaning: Meaning
        var rightHandSide: Double
        /// For every region.
        var everywhere: [Term] = []
        /// For the regions in the scope of a rule, by its place in the plan, besides.
        var within: [Term] = []
        var rule: Int?
        var netPresentValue = 0.0
        /// What every region in the rule's scope is counted to want, so that a sample of regions wants its own.
        var wanted: Wanted?
        /// So many times what is taken of another row comes on top, for every region.
        var tilt: Tilt?

        var isFree: Bool {
            if case .denominator = meaning { return true }
            return false
        }
    }

    /// A multiple of another row.
    struct Tilt: Equatable, Sendable {
        var row: Int
        var factor: Double
    }

    /// A number of a region that no plan moves: `factor` times its organic, or potential, users summed over years.
    struct Wanted: Equatable, Sendable {
        var factor: Double
        var isPotential: Bool
        /// Positions from 0.
        var years: [Int]
    }

    let years: Int
    private(set) var measures: [SubproblemMeasure] = []
    private(set) var rows: [Row] = []
    /// By region, in the order of the table.
    let classes: [Int32]
    /// By class: the rules, by their place in the plan, whose scope it is in.
    let scopes: [Set<Int>]

    let planningCase: PlanningCase

    /// Budget, rules and the least spending; goals come one after the other.
    init(_ planningCase: PlanningCase) {
        self.planningCase = planningCase
        years = planningCase.assumptions.years
        (classes, scopes) = planningCase.classesOfRegions
        addBudget()
        for (index, rule) in planningCase.rules.enumerated() where !rule.each { addRule(index, rule) }
        if let money = planningCase.assumptions.minimumSpend {
            let terms = sum(of: spending, over: planningCase.assumptions.planningYears, times: -1)
            rows.append(Row(meaning: .minimumSpend, rightHandSide: -money, everywhere: terms))
        }
        // All that a goal can ask for, so that blocks need not be laid out anew from goal to goal.
        for measure in [Self.users, .used, .capacity] where planningCase.needs(measure) {
            _ = place(of: blockMeasure(measure))
        }
        _ = spending
    }

    /// The row's terms for a class of regions, each place once at most.
    func terms(of row: Row, in regionClass: Int) -> [Term] {
        var further: [Term] = []
        if let rule = row.rule, scopes[regionClass].contains(rule) { further += row.within }
        if let tilt = row.tilt {
            further += rows[tilt.row].everywhere.map {
                Term(place: $0.place, coefficient: tilt.factor * $0.coefficient)
            }
        }
        guard !further.isEmpty else { return row.everywhere }
        var terms = row.everywhere
        for term in further {
            if let index = terms.firstIndex(where: { $0.place == term.place }) {
                terms[index].coefficient += term.coefficient
            } else {
                terms.append(term)
            }
        }
        return terms.filter { $0.coefficient != 0 }
    }

    /// Only so many of the rows.
    func before(_ count: Int) -> CouplingRows {
        var part = self
        part.rows.removeLast(rows.count - count)
        return part
    }

    /// The same rows with other right-hand sides, one a row.
    func with(_ rightHandSide: [Double]) -> CouplingRows {
        var other = self
        for (index, number) in rightHandSide.enumerated() { other.rows[index].rightHandSide = number }
        return other
    }

    /// What a class of regions wants of a row.
    func wanted(of row: Row, in regionClass: Int) -> Wanted? {
        guard let rule = row.rule, scopes[regionClass].contains(rule) else { return nil }
        return row.wanted
    }

    // MARK: Measures

    /// Measures that are nobody's own.
    enum Common: Sendable { case users, used, capacity }
    private static let users = Common.users

    private var technologies: Int { planningCase.technologies.count }

    private func blockMeasure(_ common: Common) -> SubproblemMeasure {
        switch common {
        case .users: .servedUsers(technologies: technologies)
        case .used: .usedCapacity(technologies: technologies)
        case .capacity: .capacity(technologies: technologies)
        }
    }

    /// Where a measure stands, added if it is new.
    private mutating func place(of measure: SubproblemMeasure) -> Int {
        if let place = measures.firstIndex(of: measure) { return place }
        measures.append(measure)
        return measures.count - 1
    }

    /// `I[t]`.
    private var spending: Int {
        mutating get { place(of: .spending(technologies: technologies)) }
    }

    private func sum(of measure: Int, over years: [Year], times factor: Double) -> [Term] {
        guard factor != 0 else { return [] }
        return years.map { Term(place: measure * self.years + $0.ordinal - 1, coefficient: factor) }
    }

    /// Where all spending stands among the measures.
    var spendingPlace: Int {
        guard let place = measures.firstIndex(of: .spending(technologies: technologies)) else {
            preconditionFailure("spending is always measured")
        }
        return place
    }

    // MARK: Rows

    private mutating func addBudget() {
        let spending = spending
        for (index, limit) in planningCase.assumptions.budget.limits(years: years).enumerated() {
            let terms = sum(of: spending, over: limit.years.map { Year($0) }, times: 1)
            rows.append(Row(meaning: .budget(limit: index), rightHandSide: limit.money, everywhere: terms))
        }
    }

    /// A row a bound. A share of the same measure over all regions stands in every region's coefficients, one of the
    /// rule's own organic or potential users in what its regions want.
    private mutating func addRule(_ index: Int, _ rule: Rule) {
        let years = rule.scope(in: planningCase.assumptions)
        let measure = place(of: SubproblemMeasure(rule, technologies: planningCase.technologies))
        for (bound, isLower) in [(rule.atLeast, true), (rule.atMost, false)] {
            guard let bound else { continue }
            let sign = isLower ? -1.0 : 1
            var row = Row(meaning: .rule(index: index, isLower: isLower), rightHandSide: 0, rule: index)
            row.within = sum(of: measure, over: years, times: sign)
            switch (bound, rule.measure) {
            case (.amount(let amount), _): row.rightHandSide = sign * amount
            case (.share(let share), .serviceLevel), (.share(let share), .coverage):
                row.wanted = Wanted(
                    factor: -sign * share, isPotential: rule.measure == .coverage,
                    years: years.map { $0.ordinal - 1 })
            case (.share(let share), .utilization):
                let capacity = place(of: blockMeasure(.capacity))
                row.within += sum(of: capacity, over: years, times: -sign * share)
            case (.share(let share), _):
                row.everywhere = sum(of: measure, over: years, times: -sign * share)
            }
            rows.append(row)
        }
    }

    /// Holds what was reached in a goal: `sum ≥ floor`.
    mutating func addFloor(of goal: Goal, _ sum: RegionalSum, _ floor: Double) {
        rows.append(
            Row(
                meaning: .goal(goal), rightHandSide: sum.constant - floor, everywhere: terms(of: -1 * sum),
                netPresentValue: -sum.netPresentValue))
    }

    /// Holds a ratio, `numerator − floor·denominator ≥ 0`, in such a way that the floor can be moved: the denominator is
    /// a row of its own.
    mutating func addFloor(
        of goal: Goal, _ numerator: RegionalSum, over denominator: RegionalSum, movable floor: Double
    ) {
        addDenominator(denominator, of: goal)
        addFloor(of: goal, numerator, floor * denominator.constant)
        rows[rows.count - 1].tilt = Tilt(row: rows.count - 2, factor: floor)
    }

    /// Takes a row on for what a goal is divided by.
    ///
    /// - Precondition: No net present value is in it.
    mutating func addDenominator(_ sum: RegionalSum, of goal: Goal) {
        precondition(sum.netPresentValue == 0, "a goal is divided by amounts")
        rows.append(Row(meaning: .denominator(goal), rightHandSide: 0, everywhere: terms(of: sum)))
    }

    private func terms(of sum: RegionalSum) -> [Term] {
        sum.amounts.enumerated().filter { $0.element != 0 }.map {
            Term(place: $0.offset, coefficient: $0.element)
        }
    }

    // MARK: Sums over regions

    /// A measure summed over all regions and some years.
    func sum(of common: Common, in years: [Year]) -> RegionalSum {
        guard let measure = measures.firstIndex(of: blockMeasure(common)) else {
            preconditionFailure("a measure of a goal that the plan does not have")
        }
        return RegionalSum(amounts: amounts(sum(of: measure, over: years, times: 1)))
    }

    /// Spending summed over all regions, each year times a weight.
    func spending(times weight: (Year) -> Double) -> RegionalSum {
        let measure = spendingPlace
        let terms = planningCase.assumptions.planningYears.flatMap {
            sum(of: measure, over: [$0], times: weight($0))
        }
        return RegionalSum(amounts: amounts(terms))
    }

    private func amounts(_ terms: [Term]) -> [Double] {
        var amounts = [Double](repeating: 0, count: measures.count * years)
        for term in terms { amounts[term.place] += term.coefficient }
        return amounts
    }
}

extension PlanningCase {
    /// The class of each region, and the rules each class is in the scope of. O(rules · regions).
    fileprivate var classesOfRegions: (classes: [Int32], scopes: [Set<Int>]) {
        var classes = [Int32](repeating: 0, count: regions.count)
        var scopes: [Set<Int>] = [[]]
        for (index, rule) in rules.enumerated() where !rule.each && !rule.tags.isEmpty {
            var moved = [Int32](repeating: -1, count: scopes.count)
            for region in rule.scope(in: regions) {
                let old = Int(classes[region])
                if moved[old] < 0 {
                    moved[old] = Int32(scopes.count)
                    scopes.append(scopes[old].union([index]))
                }
                classes[region] = moved[old]
            }
        }
        let everywhere = rules.indices.filter { !rules[$0].each && rules[$0].tags.isEmpty }
        return (classes, scopes.map { $0.union(everywhere) })
    }

    /// Whether any goal is about a measure.
    fileprivate func needs(_ measure: CouplingRows.Common) -> Bool {
        assumptions.objective.goals.contains { goal in
            switch goal {
            case .utilization: measure != .users
            case .serviceLevel, .servedUsers: measure == .users
            case .return, .roi, .worstService, .leastSpending: false
            }
        }
    }
}
