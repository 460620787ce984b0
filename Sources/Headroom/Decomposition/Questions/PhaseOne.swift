import LinearProgramming

/// How far many regions are from a plan that holds all rows, by prices.
///
/// Minimises `Σ_i s_i / size_i`, where `s_i` is what a row is let go by: 0 where a plan exists. Prices are then no higher
/// than `1 / size_i`, and where the bound that they prove is below 0 there is no plan: the combination of the rows that
/// they stand for holds for nobody (J. Farkas; J. Chinneck, Feasibility and Infeasibility in Optimization, 2008,
/// chapter 6, on elastic programs).
struct PhaseOne {
    /// What counts as much in a row comes from here, so that plans with other bounds can be compared.
    var standard: PlanningCase
    let doNothing: Ledger
    /// Of regions that links join.
    let solver: any LinearSolver
    let threads: Int
    let control: SolverControl
    let log: (String) -> Void

    enum Failure: Error {
        case stopped
        /// Not a plan for this method, or the numbers were too much for it.
        case unsuited
    }

    /// Less is rounding.
    private static let rounding = 1e-9

    /// The least that the rows are let go by, 0 where a plan exists, infinite where a region has none by itself.
    func value(of planningCase: PlanningCase) throws(Failure) -> Double {
        var plain = planningCase
        plain.assumptions.objective.goals = [.return]
        let coupling = CouplingRows(plain)
        let linked = LinkedSubproblems(plain, coupling, solver: solver, threads: threads)
        guard var shape = SubproblemShape(plain, measures: coupling.measures, linked: linked) else {
            throw .unsuited
        }
        guard try !hasBlockWithoutPlan(shape) else { return .infinity }
        guard !coupling.rows.isEmpty else { return 0 }
        // Where rules ask for money without a budget, no region takes more than all of them could.
        let most = 2 * plain.costOfServingAll + plain.moneyAskedFor
        shape.affordable = shape.affordable.map { min($0, most) }
        var cascade = PriceCascade(
            planningCase: plain, coupling: coupling, shape: shape, objective: coupling.nothing, size: 1,
            doNothing: shape.byBlock(doNothing.netPresentValue), threads: threads, control: control, log: log)
        cascade.rows = .letGo(sizes: coupling.rows.map { size(of: $0, plain) })
        let (loop, ending) = cascade.run()
        switch ending {
        case .closed: break
        case .stopped: throw .stopped
        case .impossible, .trouble: throw .unsuited
        }
        let violation = max(0, 0 - loop.bound)
        return violation > Self.rounding ? violation : 0
    }

    /// Whether the rules that bind every single region leave one of them, or a group that links join, nothing that it could
    /// do.
    private func hasBlockWithoutPlan(_ shape: SubproblemShape) throws(Failure) -> Bool {
        guard !shape.rules.isEmpty else { return false }
        for block in shape.linked?.blocks ?? [] {
            guard let isPossible = block.isPossible(solver) else { throw .unsuited }
            if !isPossible { return true }
        }
        let regions = shape.blocks.filter { shape.linkedBlock($0) == nil }
        let portion = 512
        let nothing = SubproblemPrices(
            shape, netPresentValue: 0,
            amounts: [Double](repeating: 0, count: shape.measures.count * shape.years))
        let found = parallelMap((regions.count + portion - 1) / portion, threads: threads) { place in
            var solver = SubproblemSolver(shape)
            return (place * portion..<min((place + 1) * portion, regions.count)).contains {
                solver.decide(regions[$0], nothing) == .infeasible
            }
        }
        return found.contains(true)
    }

    /// What counts as much in a row: its own bound where that is an amount.
    private func size(of row: CouplingRows.Row, _ planningCase: PlanningCase) -> Double {
        let budget = standard.assumptions.budget
        let size: Double =
            switch row.meaning {
            case .budget(let limit): budget.limits(years: standard.assumptions.years)[limit].money
            case .minimumSpend: standard.assumptions.minimumSpend ?? 0
            case .rule(let index, let isLower):
                standard.size(ofRuleNamed: planningCase.rules[index].name, isLower: isLower)
            case .goal, .denominator: 0
            }
        return size > 0 ? size : max(budget.amount ?? 0, 1)
    }
}

extension PlanningCase {
    /// What counts as much in a rule's row.
    fileprivate func size(ofRuleNamed name: String, isLower: Bool) -> Double {
        guard let rule = rules.first(where: { $0.name == name }) else { return 0 }
        let total =
            switch rule.measure {
            case .investment: assumptions.budget.amount ?? costOfServingAll
            case .newCapacity, .usedCapacity, .utilization: regions.capacity.reduce(0, +)
            case .servedUsers, .serviceLevel, .coverage: regions.users.reduce(0, +)
            }
        switch isLower ? rule.atLeast : rule.atMost {
        case .amount(let amount) where amount > 0: return amount
        case .share(let share) where share > 0: return share * total
        default: return total
        }
    }

    /// What rules and the least spending ask for, money.
    fileprivate var moneyAskedFor: Double {
        let dearest = regions.indices.reduce(0.0) { most, region in
            technologies.indices.reduce(most) { max($0, buildCost(region, $1)) }
        }
        return rules.reduce(assumptions.minimumSpend ?? 0) { sum, rule in
            guard case .amount(let amount) = rule.atLeast else { return sum }
            switch rule.measure {
            case .investment: return sum + amount
            case .newCapacity: return sum + amount * dearest
            default: return sum
            }
        }
    }
}
