import LinearProgramming

/// What money earns in one region, at the margin of a plan, all other regions staying as they are.
///
/// The region's part of the program stands alone, with what it spends as a limit of its own. One more unit of money
/// for one of its levers, or one less for all, is then a question to a small program. Rules and the budget are left
/// out: they say whether the money may come, not what it earns.
struct RegionMargins {
    /// What the next money in a lever earns.
    struct Margin {
        var option: LeverOption
        var year: Year
        /// Return per unit of money spent in that year.
        var earns: Double
        /// For so much money at least.
        var money: Double
    }

    private let formulation: Formulation
    private let solver: any LinearSolver
    private let control: SolverControl
    /// The region's part of the program, whole modules kept as they are.
    private let part: LinearProgram
    /// What each of its options costs, in columns of the part, by year.
    private let spending: [(option: LeverOption, byYear: [LinearExpression])]
    /// What each option spends in the plan, by year.
    private let spent: [[Double]]
    /// What a unit of each option's decision is expected to be worth in money.
    private let size: [[Double]]

    init(_ part: BestReturn.RegionPart, solver: any LinearSolver, control: SolverControl) {
        let (formulation, region, point) = (part.formulation, part.region, part.point)
        self.formulation = formulation
        self.solver = solver
        self.control = control
        let options = formulation.options(of: region)
        let program = formulation.program.fixingIntegers(at: point)
        let (own, places) = program.part(
            columns: formulation.columnsOfMoney(in: region), rows: 0..<formulation.firstJoiningRow, at: point)
        self.part = own
        let sums = options.map { option in
            (option, formulation.years.map { formulation.spending(on: option, in: region, $0) })
        }
        spent = sums.map { $0.1.map { $0.value(at: point) } }
        size = sums.map { $0.1.map { formulation.size(of: $0) } }
        spending = sums.map { ($0.0, $0.1.map { $0.moved(to: places, at: point) }) }
    }

    private var years: [Year] { formulation.years }
    private var spentByYear: [Double] { years.map { year in spent.reduce(0) { $0 + $1[year] } } }
    /// What counts as nothing, of what an option could spend.
    private static let step = 1e-4

    /// What the next money earns in every option, in the year where it earns the most; the dearest option first.
    ///
    /// - Returns: No entry for an option of which nothing is left to buy.
    func next() throws -> [Margin] {
        var margins: [Margin] = []
        for option in spending.indices {
            let open = try years.filter { size[option][$0] > 0 }.compactMap { try next(option, $0) }
            if let best = open.max(by: { $0.earns < $1.earns }) { margins.append(best) }
        }
        return margins.sorted { $0.earns > $1.earns }
    }

    private func next(_ option: Int, _ year: Year) throws -> Margin? {
        let money = Self.step * size[option][year]
        var program = part
        let limits = addLimits(to: &program, extra: money, in: year)
        let earmark = program.addRow(
            "earmark", spending[option].byYear[year], lower: spent[option][year] + money)
        guard let solution = try best(of: program) else { return nil }
        let earns = solution.dual(of: limits[year]) + solution.dual(of: earmark)
        return Margin(option: spending[option].option, year: year, earns: earns, money: money)
    }

    /// What the region would lose per unit of money, if it had to do with a little less; nil where it spends nothing.
    func last() throws -> (earned: Double, money: Double)? {
        let total = spentByYear.reduce(0, +)
        let money = Self.step * total
        guard money > 0 else { return nil }
        var program = part
        addLimits(to: &program, extra: 0, in: years[0])
        let less = program.addRow("less", sum(of: years), upper: total - money)
        guard let solution = try best(of: program) else { return nil }
        return (solution.dual(of: less), money)
    }

    /// The region's spending of each year is at most what it is.
    @discardableResult
    private func addLimits(
        to program: inout LinearProgram, extra: Double, in year: Year
    ) -> [LinearProgram.Row] {
        years.map {
            program.addRow("spent", sum(of: [$0]), upper: spentByYear[$0] + ($0 == year ? extra : 0))
        }
    }

    private func sum(of years: [Year]) -> LinearExpression {
        var sum = LinearExpression()
        for option in spending { for year in years { sum.add(option.byYear[year]) } }
        return sum
    }

    private func best(of program: LinearProgram) throws -> Solution? {
        let result = try solver.certifiedSolve(
            program, settings: SolverSettings(method: .dualSimplex), control: control)
        switch result {
        case .optimal(let optimum): return optimum.solution
        case .infeasible: return nil
        case .stopped, .unbounded:
            throw control.stopped
        }
    }
}

extension Formulation {
    /// The ways to spend money in a region, in the order of levers.
    func options(of region: RegionIndex) -> [LeverOption] {
        let block = blocks[region]
        var options = block.newCapacity.indices.map { LeverOption.build(technology: $0) }
        options += block.wonUsers.indices.map { .adoption(step: $0) }
        options += linksIn[region.position].filter { !linkColumns[$0].widening.isEmpty }.map {
            .widening(link: $0)
        }
        if !block.enrolledUsers.isEmpty { options.append(.credit) }
        return options
    }

    /// What is spent on an option in a year, money.
    func spending(on option: LeverOption, in region: RegionIndex, _ year: Year) -> LinearExpression {
        let block = blocks[region]
        switch option {
        case .build(let technology):
            return planningCase.buildCost(region, technology) * newCapacity(region, technology, year)
        case .adoption(let step):
            return LinearExpression(
                block.wonUsers[step][year], times: planningCase.adoptionCost(region, step: step))
        case .widening(let link):
            return LinearExpression(
                linkColumns[link].widening[year], times: planningCase.links[link].buildCost)
        case .credit:
            return LinearExpression(block.enrolledUsers[year], times: planningCase.regions.creditCost[region])
        }
    }

    /// The columns that money spent in a region can move: its own, and those of the links that end in it.
    fileprivate func columnsOfMoney(in region: RegionIndex) -> [Column] {
        let links = linksIn[region.position].flatMap { linkColumns[$0].widening + linkColumns[$0].flow }
        return links + blocks[region].columns.map(Column.init)
    }

    /// The rows before it belong to single regions and links; those from it on join regions.
    fileprivate var firstJoiningRow: Int { blocks.last?.rows.upperBound ?? 0 }

    /// The size that a sum can be expected to have.
    fileprivate func size(of sum: LinearExpression) -> Double {
        sum.terms.reduce(0) { $0 + abs($1.coefficient) * program.columnMagnitude[$1.column.index] }
    }
}
