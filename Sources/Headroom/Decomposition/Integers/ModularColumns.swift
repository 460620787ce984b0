import LinearProgramming

/// Plans in whole modules that regions were found to prefer at some prices, each with what it adds to the objective and
/// to the coupling rows.
struct ModularColumns: Sendable {
    /// What one pass over the regions comes to.
    struct Pass: Sendable {
        /// `Σ_r` of the blocks' bounds at the prices.
        var bound = 0.0
        /// By position asked: the plan chosen, -1 where none was found.
        var chosen: [Int] = []
        var nodes = 0
        var isComplete = true
    }

    let shape: SubproblemShape
    let coupling: CouplingRows
    let objective: RegionalSum
    private let planningCase: PlanningCase
    private let doNothing: [Double]
    private let threads: Int
    /// By plan.
    private(set) var values: [Double] = []
    private(set) var entries: [Double] = []
    private(set) var counts: [Int32] = []
    private(set) var regions: [RegionIndex] = []
    /// By region.
    private(set) var plansOfRegion: [[Int32]]

    private var width: Int { shape.technologyCount * shape.years }
    var rowCount: Int { coupling.rows.count }

    init(
        of planningCase: PlanningCase, maximising objective: RegionalSum, _ coupling: CouplingRows,
        _ shape: SubproblemShape, doNothing: [Double], threads: Int
    ) {
        self.planningCase = planningCase
        self.objective = objective
        self.coupling = coupling
        self.shape = shape
        self.doNothing = doNothing
        self.threads = threads
        plansOfRegion = planningCase.regions.indices.map { _ in [] }
    }

    func entries(of plan: Int) -> ArraySlice<Double> { entries[plan * rowCount..<(plan + 1) * rowCount] }
    func counts(of plan: Int) -> ArraySlice<Int32> { counts[plan * width..<(plan + 1) * width] }

    /// Regions are asked in portions of this size, joined in their order.
    private static let portion = 64

    /// Asks regions for their best plan in whole modules.
    ///
    /// - Parameters:
    ///   - asked: Ascending.
    ///   - tolerance: What a region may leave open, in the objective.
    ///   - mostNodes: Of a region's search.
    mutating func price(
        _ prices: [Double], _ asked: [RegionIndex], tolerance: Double, mostNodes: Int,
        _ control: SolverControl
    ) -> Pass {
        let now = DualVector(prices, maximising: objective, coupling, shape)
        let reading = Reading(coupling, objective, doNothing)
        let portions = (asked.count + Self.portion - 1) / Self.portion
        let (shape, planningCase, coupling) = (shape, planningCase, coupling)
        // A block's value is in units of what net present value weighs.
        let weight = now.netPresentValue > 0 ? now.netPresentValue : 1
        let found = concurrentMap(portions, threads: threads) { portion -> Portion in
            var block = ModularSubproblem(shape, planningCase)
            var result = Portion()
            let isLate = control.isOver
            for region in asked[portion * Self.portion..<min((portion + 1) * Self.portion, asked.count)] {
                let regionClass = Int(coupling.classes[region])
                let own = block.solve(
                    region, now.byClass[regionClass], tolerance: tolerance / weight,
                    most: isLate ? 1 : mostNodes)
                result.nodes += own.nodes
                guard let best = own.best else {
                    result.chosen.append(nil)
                    continue
                }
                let plan = reading.plan(region, regionClass, best)
                // What the bound is above the plan's value, on top of what the plan scores.
                var score = plan.value
                for row in prices.indices { score -= prices[row] * plan.entries[row] }
                result.bound += score + weight * max(0, own.bound - best.value)
                result.chosen.append(plan)
            }
            return result
        }
        var pass = Pass()
        for portion in found {
            pass.bound += portion.bound
            pass.nodes += portion.nodes
            for plan in portion.chosen {
                let region = asked[pass.chosen.count]
                pass.chosen.append(plan.map { add($0, of: region) } ?? -1)
                if plan == nil { pass.isComplete = false }
            }
        }
        return pass
    }

    private struct Portion: Sendable {
        var bound = 0.0
        var nodes = 0
        var chosen: [Plan?] = []
    }

    fileprivate struct Plan: Sendable {
        var value: Double
        var entries: [Double]
        var counts: [Int32]
    }

    /// - Returns: Its number; that of the same plan where it is known.
    private mutating func add(_ plan: Plan, of region: RegionIndex) -> Int {
        for known in plansOfRegion[region] where isSame(plan, Int(known)) { return Int(known) }
        values.append(plan.value)
        entries += plan.entries
        counts += plan.counts
        regions.append(region)
        plansOfRegion[region].append(Int32(values.count - 1))
        return values.count - 1
    }

    private func isSame(_ plan: Plan, _ known: Int) -> Bool {
        func isNear(_ first: Double, _ second: Double) -> Bool {
            abs(first - second) <= 1e-9 * (abs(first) + abs(second))
        }
        return isNear(plan.value, values[known]) && plan.counts.elementsEqual(counts(of: known))
            && zip(plan.entries, entries(of: known)).allSatisfy(isNear)
    }
}

/// What a block's plan adds to the objective and to the rows.
private struct Reading: Sendable {
    private let rows: [CouplingRows.Row]
    /// By class, then by row.
    private let terms: [[[CouplingRows.Term]]]
    private let wanted: [[CouplingRows.Wanted?]]
    private let objective: RegionalSum
    private let doNothing: [Double]

    init(_ coupling: CouplingRows, _ objective: RegionalSum, _ doNothing: [Double]) {
        rows = coupling.rows
        terms = coupling.scopes.indices.map { place in coupling.rows.map { coupling.terms(of: $0, in: place) }
        }
        wanted = coupling.scopes.indices.map { place in
            coupling.rows.map { coupling.wanted(of: $0, in: place) }
        }
        self.objective = objective
        self.doNothing = doNothing
    }

    func plan(_ region: RegionIndex, _ regionClass: Int, _ found: ModularSubproblem.Found)
        -> ModularColumns.Plan
    {
        let added = found.netPresentValue - doNothing[region]
        let entries = rows.indices.map { row -> Double in
            var sum = rows[row].netPresentValue * added
            for term in terms[regionClass][row] { sum += term.coefficient * found.amounts[term.place] }
            guard let wanted = wanted[regionClass][row] else { return sum }
            let users = wanted.years.reduce(0) {
                $0 + (wanted.isPotential ? found.potential : found.organic[$1])
            }
            return sum + wanted.factor * users
        }
        var value = objective.netPresentValue * added
        for (place, amount) in objective.amounts.enumerated() where amount != 0 {
            value += amount * found.amounts[place]
        }
        return ModularColumns.Plan(value: value, entries: entries, counts: found.counts)
    }
}

extension SolverControl {
    /// Whether the search is to end.
    var isOver: Bool { isCancelled() || deadline.map { $0 <= .now } ?? false }
}
