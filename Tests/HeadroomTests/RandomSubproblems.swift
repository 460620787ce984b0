import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// Random regions with random prices, for the block solver: the same for the same seed.
///
/// Beside what `RandomInputs` makes there are several technologies with overrides, and regions at the edge: without
/// users or growth, with exactly the capacity they need, full, without a limit, with limits of 0, with equal costs.
struct RandomSubproblems {
    var planningCase: PlanningCase
    var shape: SubproblemShape
    var prices: [SubproblemPrices] = []

    /// - Parameter measures: What is priced, given the number of technologies; at random without it.
    init(seed: UInt64, regions: Int, measures: ((Int) -> [SubproblemMeasure])? = nil) throws {
        var random = SplitMix64(seed: seed ^ 0xB10C)
        var inputs = RandomInputs(seed: seed, regions: regions, years: 1 + Int(random.next() % 12))
        for row in inputs.rows.indices { inputs.rows[row].goToTheEdge(&random) }
        inputs.assumptions.objective.goals = [.return]
        planningCase = try inputs.planningCase()
        planningCase.addTechnologies(&random)
        if random.chance(0.3) { planningCase.addRules(&random) }
        let measures =
            measures?(planningCase.technologies.count)
            ?? SubproblemMeasure.random(&random, technologies: planningCase.technologies)
        shape = try #require(SubproblemShape(planningCase, measures: measures))
        // What the regions could spend, each by itself.
        shape.affordable = planningCase.assumptions.planningYears.map {
            random.number(in: 1e3...1e7) * Double($0.ordinal)
        }
        for _ in 0..<regions { prices.append(SubproblemPrices(random: &random, shape)) }
    }
}

extension RegionRow {
    /// Makes some regions cases at the edge.
    fileprivate mutating func goToTheEdge(_ random: inout SplitMix64) {
        if random.chance(0.15) { numbers[.demandGrowth] = 0 }
        if random.chance(0.1), let users = numbers[.users], numbers[.potentialUsers] != nil {
            numbers[.potentialUsers] = users
        }
        if random.chance(0.1) { numbers[.yearlyBuildLimit] = 0 }
        if random.chance(0.1) { numbers[.revenuePerUser] = 0 }
        if random.chance(0.1) { numbers[.useGrowth] = 0 }
        if random.chance(0.1), let users = numbers[.users], users > 0 {
            numbers[.capacity] = users
            numbers[.idleCapacity] = 0
            numbers[.maxUtilization] = 1
            numbers[.demandPerUser] = nil
            numbers[.retirement] = 0
        }
        if random.chance(0.1) { numbers[.adoptionCost] = numbers[.buildCost] }
    }
}

extension PlanningCase {
    /// One to three technologies, some alike, some late, brief or limited, some different in single regions.
    fileprivate mutating func addTechnologies(_ random: inout SplitMix64) {
        guard random.chance(0.8) else { return }
        technologies = (0..<1 + Int(random.next() % 3)).map { index in
            Technology(
                name: "technology \(index)",
                buildCost: random.chance(0.3) ? nil : random.pick([300, random.number(in: 100...600)]),
                operatingCost: random.chance(0.3) ? nil : random.pick([0, 5, random.number(in: 0...30)]),
                lifetime: random.pick([1, 3, 8, 20]), leadTime: random.pick([0, 0, 1, 2, 15]),
                yearlyLimit: random.pick([.infinity, .infinity, 0, random.number(in: 0...3000)]))
        }
        overrides = technologies.map { _ in
            var cells: [RegionIndex: CostOverride] = [:]
            for region in regions.indices where random.chance(0.2) {
                cells[region] = CostOverride(
                    buildCost: random.chance(0.5) ? random.number(in: 50...900) : nil,
                    operatingCost: random.chance(0.3) ? random.number(in: 0...30) : nil,
                    yearlyLimit: random.chance(0.3) ? random.number(in: 0...3000) : nil,
                    totalLimit: random.chance(0.5) ? random.pick([0, random.number(in: 0...9000)]) : nil)
            }
            return cells
        }
    }
}

extension PlanningCase {
    /// Rules for every single region and year, most of which can be met.
    fileprivate mutating func addRules(_ random: inout SplitMix64) {
        let served = random.number(in: 0...1)
        let choices: [(Rule.Measure, Rule.Bound?, Rule.Bound?)] = [
            (.serviceLevel, .share(served), nil), (.serviceLevel, .share(served), .share(1.1)),
            (.coverage, nil, .share(random.number(in: 0.5...1))),
            (.utilization, nil, .share(random.number(in: 0.5...1))),
            (.utilization, .share(random.number(in: 0...0.4)), nil),
            (.investment, nil, .amount(random.number(in: 0...1e6))),
            (.investment, .amount(random.number(in: 0...1e4)), nil),
            (.newCapacity, .amount(random.number(in: 0...100)), .amount(random.number(in: 100...9000))),
            (.servedUsers, nil, .amount(random.number(in: 0...40_000))),
            (.usedCapacity, .amount(random.number(in: 0...2000)), nil),
        ]
        for index in 0..<1 + Int(random.next() % 2) {
            let (measure, atLeast, atMost) = random.pick(choices)
            guard measure != .coverage || regions.potentialUsers.allSatisfy(\.isFinite) else { continue }
            rules.append(
                Rule(
                    name: "rule \(index)", measure: measure, atLeast: atLeast, atMost: atMost,
                    tags: random.chance(0.5) ? [Rule.Tag(name: "zone", values: ["west"])] : [],
                    years: random.chance(0.5) ? assumptions.calendarYear(assumptions.horizon)...9999 : nil,
                    levers: measure == .investment && random.chance(0.3) ? [.adoption] : nil, each: true))
        }
    }
}

extension SubproblemMeasure {
    /// Spending alone, or with others that rules may ask for.
    fileprivate static func random(_ random: inout SplitMix64, technologies: [Technology])
        -> [SubproblemMeasure]
    {
        let count = technologies.count
        let narrowed = [
            Rule(name: "", measure: .investment, levers: [.adoption]),
            Rule(name: "", measure: .investment, levers: [.build, .credit]),
            Rule(name: "", measure: .investment, technologies: [technologies[0].name]),
            Rule(name: "", measure: .newCapacity),
            Rule(name: "", measure: .newCapacity, technologies: [technologies[count - 1].name]),
            Rule(name: "", measure: .usedCapacity),
        ].map { SubproblemMeasure($0, technologies: technologies) }
        return random.pick([
            [.spending(technologies: count)],
            [.spending(technologies: count), .servedUsers(technologies: count)],
            [
                .spending(technologies: count), .usedCapacity(technologies: count),
                .capacity(technologies: count),
            ],
            [.spending(technologies: count), random.pick(narrowed), random.pick(narrowed)],
        ])
    }
}

extension SubproblemPrices {
    /// Prices of money between nothing and its worth, prices of measures of the size of money; some below 0.
    fileprivate init(random: inout SplitMix64, _ shape: SubproblemShape) {
        let level = random.pick([0, 0.3, 1, random.number(in: 0...3)])
        let isFlat = random.chance(0.3)
        let allowsGifts = random.chance(0.2)
        var amounts: [Double] = []
        for measure in shape.measures {
            let isMoney =
                measure.adoptionSpending + measure.creditSpending + measure.buildSpending.reduce(0, +) > 0
            for _ in 0..<shape.years {
                let price = isFlat ? level : level * random.number(in: 0...2)
                let sign = allowsGifts && random.chance(0.3) ? -1.0 : 1
                amounts.append(isMoney ? -sign * price : sign * 40 * price * random.number(in: -0.3...1))
            }
        }
        self.init(shape, netPresentValue: random.pick([1, 1, 1, 0, 0.3]), amounts: amounts)
    }
}

/// A block written and solved by the general solver: what `SubproblemSolver` is held against.
struct BlockReference {
    private var formulation: Formulation
    private let shape: SubproblemShape
    private let only = RegionIndex(0)

    init(_ blocks: RandomSubproblems, _ region: RegionIndex) {
        var alone = blocks.planningCase.only([region])
        alone.assumptions.budget = Budget()
        alone.rules = blocks.planningCase.rules
        formulation = Formulation(alone)
        shape = blocks.shape
        for year in years {
            for technology in shape.technologies.indices {
                addAffordable(
                    formulation.newCapacity(only, technology, year), year,
                    cost: alone.buildCost(only, technology))
            }
            if !formulation.blocks[0].enrolledUsers.isEmpty {
                addAffordable(
                    LinearExpression(formulation.blocks[0].enrolledUsers[year]), year,
                    cost: alone.regions.creditCost[only])
            }
        }
    }

    private var years: [Year] { formulation.years }

    private mutating func addAffordable(_ amount: LinearExpression, _ year: Year, cost: Double) {
        guard !amount.terms.isEmpty else { return }
        formulation.program.addRow("", amount, upper: shape.affordable[year] / cost)
    }

    /// `Σ_m,t amounts[m,t] · measure[m,t]`.
    private func measured(_ amounts: [Double]) -> LinearExpression {
        var sum = LinearExpression()
        for (index, measure) in shape.measures.enumerated() {
            for year in years {
                sum.add(expression(measure, year), times: amounts[index * shape.years + year.ordinal - 1])
            }
        }
        return sum
    }

    private func expression(_ measure: SubproblemMeasure, _ year: Year) -> LinearExpression {
        let block = formulation.blocks[0]
        let planned = formulation.planningCase
        var sum = LinearExpression()
        for technology in shape.technologies.indices {
            sum.add(
                formulation.newCapacity(only, technology, year),
                times: measure.buildSpending[technology] * planned.buildCost(only, technology)
                    + measure.newCapacity[technology])
        }
        for (step, columns) in block.wonUsers.enumerated() {
            sum.add(columns[year], times: measure.adoptionSpending * planned.adoptionCost(only, step: step))
        }
        if !block.enrolledUsers.isEmpty {
            sum.add(
                block.enrolledUsers[year], times: measure.creditSpending * planned.regions.creditCost[only])
        }
        sum.add(block.servedUsers[year], times: measure.servedUsers)
        sum.add(formulation.usedCapacity(only, year), times: measure.usedCapacity)
        sum.add(formulation.capacity(only, year), times: measure.capacity)
        return sum
    }

    /// Nil where the rules cannot be met.
    mutating func solve(_ prices: SubproblemPrices) throws -> Solution? {
        var objective = prices.netPresentValue * formulation.netPresentValue
        objective.add(measured(prices.amounts))
        formulation.setObjective(objective)
        let result = try GLPKSolver().certifiedSolve(
            formulation.program, settings: SolverSettings(), control: SolverControl())
        switch result {
        case .optimal(let optimum): return optimum.solution
        case .infeasible: return nil
        case .stopped, .unbounded: throw SolverFault("no optimum: \(result)")
        }
    }

    /// The magnitude of the objective's terms at a point.
    func size(of solution: Solution) -> Double {
        let program = formulation.program
        return zip(program.objective, solution.columnValues).reduce(abs(program.objectiveConstant)) {
            $0 + abs($1.0 * $1.1)
        }
    }

    /// The block solver's decisions as a point of this program.
    func point(_ decisions: [Double]) -> [Double] {
        let block = formulation.blocks[0]
        var point = [Double](repeating: 0, count: formulation.program.columnCount)
        for year in 0..<shape.years {
            point[block.servedUsers[year].index] = decisions[shape.servedUsers(year)]
            if !block.tradingUsers.isEmpty {
                point[block.tradingUsers[year].index] = decisions[shape.tradingUsers(year)]
            }
            if !block.enrolledUsers.isEmpty {
                point[block.enrolledUsers[year].index] = decisions[shape.enrolledUsers(year)]
            }
            for (technology, columns) in block.newCapacity.enumerated() {
                guard let column = columns[year] else { continue }
                point[column.index] = decisions[shape.newCapacity(technology, year)]
            }
            for (step, columns) in block.wonUsers.enumerated() {
                point[columns[year].index] = decisions[shape.wonUsers(step, year)]
            }
        }
        return point
    }

    func objective(at point: [Double]) -> Double { formulation.program.objectiveValue(at: point) }

    /// The largest step over a row or bound, relative to the largest number in it.
    func violation(at point: [Double]) -> Double {
        let program = formulation.program
        var worst = 0.0
        func check(_ value: Double, _ lower: Double, _ upper: Double, _ size: Double) {
            let over = max(lower - value, value - upper)
            if over > 0 { worst = max(worst, over / max(size, 1e-300)) }
            if value.isNaN { worst = .infinity }
        }
        for column in 0..<program.columnCount {
            check(point[column], program.columnLower[column], program.columnUpper[column], abs(point[column]))
        }
        for row in 0..<program.rowCount {
            var sum = 0.0
            var size = program.rowUpper[row].isFinite ? abs(program.rowUpper[row]) : 0
            for entry in program.entries(of: LinearProgram.Row(index: row)) {
                sum += entry.value * point[entry.column.index]
                size = max(size, abs(entry.value * point[entry.column.index]))
            }
            check(sum, program.rowLower[row], program.rowUpper[row], size)
        }
        return worst
    }
}
