import LinearProgramming

/// One component of the link graph as a problem at prices: to regions that links join what `SubproblemSolver` is to a single
/// one.
///
/// It is a small program for a general solver, the component's own part of `Formulation` with nothing that joins it to
/// other regions, written once; prices set its objective alone.
struct LinkedSubproblem: Sendable {
    /// A plan of the component that is the best at some prices.
    struct Answer: Sendable {
        /// A value a column of the program.
        var point: [Double]
        /// Where the search ended: from there it finds the same point again, at the same prices.
        var basis: Basis
        /// Money of the base year.
        var netPresentValue: Double
        /// By class of regions (`classes`), then by measure and year, at `measure · T + t − 1`.
        var amounts: [[Double]]
    }

    let component: LinkComponents.Component
    /// The classes that its regions are of, each once (`CouplingRows`).
    let classes: [Int32]
    private let formulation: Formulation
    private let netPresentValue: LinearExpression
    /// As `Answer.amounts`.
    private let measured: [[LinearExpression]]
    private let bought: [BoughtColumn]
    /// By class and year: users who want service by themselves; by class: those there could ever be.
    private let organic: [[Double]]
    private let potential: [Double]

    /// - Parameter planningCase: The whole plan; of its rules those count that hold for every single region and year.
    init(_ component: LinkComponents.Component, of planningCase: PlanningCase, _ coupling: CouplingRows) {
        self.component = component
        var part = planningCase.only(component)
        part.rules = planningCase.rules.filter { rule in
            rule.each && !rule.scope(in: part.regions).isEmpty
        }
        part.assumptions.budget = Budget()
        part.assumptions.objective.goals = [.return]
        let formulation = Formulation(part)
        self.formulation = formulation
        netPresentValue = formulation.netPresentValue
        let ofRegions = component.regions.map { coupling.classes[$0] }
        let classes = Set(ofRegions).sorted()
        self.classes = classes
        let members = classes.map { own in part.regions.indices.filter { ofRegions[$0] == own } }
        measured = members.map { regions in
            coupling.measures.flatMap { measure in
                formulation.years.map { formulation.sum(of: measure, over: regions, in: $0) }
            }
        }
        bought = formulation.columnsBought
        organic = members.map { regions in
            formulation.years.map { year in regions.reduce(0) { $0 + part.organicUsers($1, year) } }
        }
        potential = members.map { regions in
            regions.reduce(0) { $0 + part.regions.potentialUsers[$1] }
        }
    }

    /// The component's best plan at the prices.
    ///
    /// - Parameters:
    ///   - affordable: By year: no lever may cost more (`SubproblemShape.affordable`).
    ///   - start: Where an earlier answer ended.
    /// - Returns: Nil where there is none that its own numbers prove.
    func solve(
        _ prices: DualVector, affordable: [Double], from start: Basis? = nil, by solver: any LinearSolver
    ) -> Answer? {
        var program = formulation.program
        program.setObjective(objective(prices))
        for entry in bought {
            program.limit(entry.column, to: affordable[entry.year.ordinal - 1] / entry.cost)
        }
        guard let (point, basis) = optimum(of: program, from: start, by: solver) else { return nil }
        return Answer(
            point: point, basis: basis, netPresentValue: netPresentValue.value(at: point),
            amounts: measured.map { $0.map { $0.value(at: point) } })
    }

    /// Whether its regions have any plan at all; nil where that is not found out.
    func isPossible(_ solver: any LinearSolver) -> Bool? {
        var program = formulation.program
        program.setObjective(LinearExpression())
        switch try? solver.certifiedSolve(program) {
        case .optimal: return true
        case .infeasible: return false
        case .stopped, .unbounded, nil: return nil
        }
    }

    /// What an answer may be off, relative: its value goes into a bound that is proved to 1e-10 of all regions.
    private static let tolerance = 1e-9

    /// Where a price makes spending attractive by itself, more than is of use is bought, as much as can be afforded: beside
    /// such numbers the others lose their digits. So what is of use is looked for first, and the rest is added.
    private func optimum(
        of program: LinearProgram, from start: Basis?, by solver: any LinearSolver
    ) -> (point: [Double], basis: Basis)? {
        var useful = program
        for entry in bought { useful.limit(entry.column, to: entry.useful) }
        if let found = optimum(of: useful, solver, from: start), let basis = found.basis,
            let point = found.solution.buyingAll(in: useful, upTo: program, within: Self.tolerance)
        {
            return (point, basis)
        }
        return optimum(of: program, solver, from: start).flatMap { found in
            found.basis.map { (found.solution.columnValues, $0) }
        }
    }

    private func optimum(
        of program: LinearProgram, _ solver: any LinearSolver, from start: Basis?
    ) -> CertifiedPoint? {
        let result = try? solver.certifiedSolve(program, from: start, tolerance: Self.tolerance)
        guard case .optimal(let optimum) = result else { return nil }
        return optimum
    }

    private func objective(_ prices: DualVector) -> LinearExpression {
        var sum = LinearExpression()
        if prices.netPresentValue > 0 { sum.add(netPresentValue) }
        for (own, amounts) in zip(classes, measured) {
            for (price, amount) in zip(prices.byClass[Int(own)].amounts, amounts) where price != 0 {
                sum.add(amount, times: price)
            }
        }
        return sum
    }

    /// What its regions want of a row.
    func amount(of wanted: CouplingRows.Wanted, in place: Int) -> Double {
        let users =
            wanted.isPotential
            ? Double(wanted.years.count) * potential[place]
            : wanted.years.reduce(0) { $0 + organic[place][$1] }
        return wanted.factor * users
    }

    // MARK: What a point decides

    func decisions(at point: [Double]) -> Decisions { Decisions(at: point, of: formulation) }

    /// What is spent in a region over all years, money.
    ///
    /// - Parameter place: The region's, in the component.
    func spending(_ place: Int, at point: [Double]) -> Double {
        var sum = LinearExpression()
        for year in formulation.years { formulation.addSpending(of: RegionIndex(place), in: year, to: &sum) }
        return sum.value(at: point)
    }

    func servedUsers(_ place: Int, _ year: Year, at point: [Double]) -> Double {
        point[formulation.blocks[place].servedUsers[year].index]
    }
}

extension Solution {
    /// The solution of a program with smaller bounds above, with what is at one of these moved to the bound of the program
    /// itself.
    ///
    /// - Returns: Nil where that is not the best point there.
    fileprivate func buyingAll(
        in useful: LinearProgram, upTo program: LinearProgram, within tolerance: Double
    ) -> [Double]? {
        var all = self
        var isMoved = [Bool](repeating: false, count: columnValues.count)
        for column in columnValues.indices
        where useful.columnUpper[column] < program.columnUpper[column]
            && columnValues[column] >= useful.columnUpper[column]
        {
            isMoved[column] = true
            all.columnValues[column] = program.columnUpper[column]
        }
        guard isMoved.contains(true) else { return columnValues }
        // The rows that these are in are slack now, by so much that the last digits of a dual would count.
        for row in rowDuals.indices where rowDuals[row] != 0 {
            let entries = program.entries(of: LinearProgram.Row(index: row))
            if entries.contains(where: { isMoved[$0.column.index] }) { all.rowDuals[row] = 0 }
        }
        return Certificate(of: all, for: program).holds(within: tolerance) ? all.columnValues : nil
    }
}

extension Formulation {
    /// What a measure counts in some regions and one year.
    fileprivate func sum(
        of measure: SubproblemMeasure, over regions: [RegionIndex], in year: Year
    ) -> LinearExpression {
        var sum = LinearExpression()
        for region in regions { add(measure, of: region, in: year, to: &sum) }
        return sum
    }

    private func add(
        _ measure: SubproblemMeasure, of region: RegionIndex, in year: Year, to sum: inout LinearExpression
    ) {
        let block = blocks[region]
        for technology in planningCase.technologies.indices {
            let paid =
                measure.buildSpending[technology] * planningCase.buildCost(region, technology)
                + measure.newCapacity[technology]
            if paid != 0 { sum.add(newCapacity(region, technology, year), times: paid) }
        }
        if measure.adoptionSpending != 0 {
            for (step, columns) in block.wonUsers.enumerated() {
                let cost = planningCase.adoptionCost(region, step: step)
                sum.add(columns[year], times: measure.adoptionSpending * cost)
            }
        }
        if measure.creditSpending != 0, !block.enrolledUsers.isEmpty {
            let cost = planningCase.regions.creditCost[region]
            sum.add(block.enrolledUsers[year], times: measure.creditSpending * cost)
        }
        if measure.shareSpending != 0 {
            for link in linksIn[region.position] where !linkColumns[link].widening.isEmpty {
                let cost = planningCase.links[link].buildCost
                sum.add(linkColumns[link].widening[year], times: measure.shareSpending * cost)
            }
        }
        if measure.servedUsers != 0 { sum.add(block.servedUsers[year], times: measure.servedUsers) }
        if measure.usedCapacity != 0 { sum.add(usedCapacity(region, year), times: measure.usedCapacity) }
        if measure.capacity != 0 { sum.add(capacity(region, year), times: measure.capacity) }
    }

    /// New capacity, enrolment and widening; users to be won are limited by their steps.
    fileprivate var columnsBought: [BoughtColumn] {
        var bought: [BoughtColumn] = []
        func add(_ columns: [Column?], _ cost: Double, useful: Double) {
            guard cost > 0 else { return }
            for year in years {
                guard let column = columns[year] else { continue }
                bought.append(BoughtColumn(column: column, cost: cost, year: year, useful: useful))
            }
        }
        // A region may build for all others.
        let capacity = 2 * planningCase.regions.indices.reduce(0) { $0 + capacityScale(of: $1) }
        for region in planningCase.regions.indices {
            for (technology, columns) in blocks[region].newCapacity.enumerated() {
                add(columns, planningCase.buildCost(region, technology), useful: capacity)
            }
            guard !blocks[region].enrolledUsers.isEmpty else { continue }
            add(
                blocks[region].enrolledUsers, planningCase.regions.creditCost[region],
                useful: 2 * usersScale(of: region))
        }
        for (link, columns) in linkColumns.enumerated() where !columns.widening.isEmpty {
            add(columns.widening, planningCase.links[link].buildCost, useful: capacity)
        }
        return bought
    }
}

/// A column that money is spent on: what a unit costs, when it is paid, and more than users can ask for.
private struct BoughtColumn: Sendable {
    var column: LinearProgram.Column
    var cost: Double
    var year: Year
    var useful: Double
}
