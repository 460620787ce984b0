import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

private let planner = Planner(solver: GLPKSolver(), threads: 2)

/// The curve of a plan that must have one.
func budgetCurve(
    _ planned: PlanningCase, _ movement: BudgetMovement = .allRows,
    by planner: Planner = Planner(solver: GLPKSolver(), threads: 2)
) throws -> BudgetCurve {
    switch try planner.budgetCurve(of: planned, movement) {
    case .curve(let curve): return curve
    case .none(let reason): throw CertificateFailure(description: "no curve: \(reason)")
    }
}

/// The best first goal as a function of the budget, held against plans that were solved with that budget.
struct BudgetCurveTests {
    /// A plan with a budget, links, rules and technologies, and nothing whole.
    private func planned(_ seed: UInt64, goals: Goal...) throws -> PlanningCase {
        let inputs = RandomInputs(seed: seed)
        var planned = RandomNetwork(seed: seed, inputs).added(to: try inputs.planningCase())
        for index in planned.technologies.indices { planned.technologies[index].module = nil }
        planned.assumptions.objective = Objective(goals: goals, tolerance: 0)
        if planned.assumptions.budget.isFree { planned.assumptions.budget = Budget(total: 1e6) }
        return planned
    }

    /// The curve; nil where no budget has a plan, which then is true of one without a limit too.
    private func possibleCurve(_ planned: PlanningCase, _ movement: BudgetMovement = .allRows) throws
        -> BudgetCurve?
    {
        do {
            return try budgetCurve(planned, movement)
        } catch PlanningFailure.impossible {
            #expect(throws: PlanningFailure.self) { try planner.plan(planned.with { $0.budget = Budget() }) }
            return nil
        }
    }

    @Test("At any budget it is what a plan with that budget earns", arguments: 0..<UInt64(100))
    func values(seed: UInt64) throws {
        let planned = try planned(seed, goals: .return)
        for movement in [BudgetMovement.allRows, .totalOnly]
        where planned.assumptions.budget.amount(movement) != nil {
            guard let curve = try possibleCurve(planned, movement) else { return }
            try expectPlans(on: curve, planned, seed)
            #expect(zip(curve.slopes, curve.slopes.dropFirst()).allSatisfy { $0 > $1 })
            #expect((curve.slopes.last ?? 0) >= 0)
        }
    }

    @Test(
        "So it is for other goals than the return", arguments: 0..<UInt64(8),
        [Goal.servedUsers, .serviceLevel, .worstService])
    func otherGoals(seed: UInt64, goal: Goal) throws {
        let planned = try planned(seed, goals: goal)
        guard let curve = try possibleCurve(planned) else { return }
        #expect(curve.goal == goal)
        try expectPlans(on: curve, planned, seed, count: 2)
    }

    @Test("So it is where a share of the budget must be spent", arguments: 0..<UInt64(8))
    func minimumSpend(seed: UInt64) throws {
        let planned = try planned(seed, goals: .return, .roi)
        guard let curve = try possibleCurve(planned) else { return }
        try expectPlans(on: curve, planned, seed, count: 3)
    }

    private func expectPlans(
        on curve: BudgetCurve, _ planned: PlanningCase, _ seed: UInt64, count: Int = 3
    ) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<count {
            let amount = random.number(in: 0...1.2) * max(curve.range.upperBound, 1)
            let plan: Plan
            do {
                plan = try planner.plan(planned.withBudget(amount, curve.movement), details: [])
            } catch PlanningFailure.impossible {
                let edge = 1e-6 * curve.range.upperBound
                #expect(curve.value(at: amount - edge) == nil || curve.value(at: amount + edge) == nil)
                continue
            }
            guard let value = curve.value(at: amount) else {
                // Where money must be spent the curve goes on to fall, and is left somewhere.
                #expect(!curve.endsFlat && amount > curve.range.upperBound, "no value at \(amount)")
                continue
            }
            let best = try #require(plan.goals.first { $0.goal == curve.goal }?.best)
            let size = curve.goal == .return ? 1e-3 * plan.moneySize : 1
            #expect(value.isClose(to: best, within: 1e-6, size: size), "at \(amount)")
            // Inside a piece there is but one price.
            guard curve.goal == .return, let prices = plan.shadowPrices,
                plan.planningCase.assumptions.minimumSpend == nil,
                let price = curve.movement == .allRows ? prices.allRows : prices.total,
                let piece = curve.piece(above: amount),
                min(amount - curve.budgets[piece], curve.budgets[piece + 1] - amount) > 1e-6 * amount
            else { continue }
            #expect(price.isClose(to: curve.slopes[piece], size: curve.slopes[0]), "price at \(amount)")
        }
    }

    @Test(
        "It rises, ever less, ends where more money adds nothing, and the uses of its pieces earn what the pieces do",
        arguments: 0..<UInt64(20))
    func shape(seed: UInt64) throws {
        let planned = try planned(seed, goals: .return)
        guard let curve = try possibleCurve(planned) else { return }
        let size = try planner.doNothing(planned, SolverControl()).netPresentValue.reduce(1) { $0 + abs($1) }
        #expect(curve.endsFlat)
        #expect(zip(curve.budgets, curve.budgets.dropFirst()).allSatisfy { $0 < $1 })
        #expect(curve.slopes.allSatisfy { $0 > 0 })
        #expect(zip(curve.slopes, curve.slopes.dropFirst()).allSatisfy { $0 > $1 })
        #expect(try #require(curve.certificate).worst <= 1e-6)
        for piece in 0..<curve.pieceCount {
            let length = curve.budgets[piece + 1] - curve.budgets[piece]
            let end = curve.values[piece] + curve.slopes[piece] * length
            #expect(end.isClose(to: curve.values[piece + 1], within: 1e-10, size: size))
            let worth = curve.changes(ofPiece: piece).reduce(0) { $0 + $1.worth }
            #expect(worth.isClose(to: curve.slopes[piece] * length, within: 1e-6, size: 1e-6 * size))
        }
    }

    @Test("Threads change no bit of it")
    func threads() throws {
        let planned = try planned(3, goals: .return)
        let curves = try [1, 2, 5].map {
            try budgetCurve(planned, by: Planner(solver: GLPKSolver(), threads: $0))
        }
        for curve in curves {
            #expect(curve.budgets == curves[0].budgets)
            #expect(curve.values == curves[0].values)
            #expect(curve.changes(ofPiece: 0) == curves[0].changes(ofPiece: 0))
        }
    }

    @Test("A search that is cancelled, or out of time, is a failure of its own")
    func stopped() throws {
        let planned = try planned(3, goals: .return)
        #expect(throws: PlanningFailure.cancelled) {
            try planner.budgetCurve(of: planned, control: SolverControl(isCancelled: { true }))
        }
        #expect(throws: PlanningFailure.stoppedWithoutPlan) {
            try planner.budgetCurve(of: planned, control: SolverControl(deadline: .now))
        }
    }
}

/// Curves by hand.
struct BudgetCurveByHandTests {
    /// Two regions that want 10 users each; the first earns 6 for every 4 spent, the second 2.
    private let rich = RegionRow("A", growth: 0.1)
    private let modest = RegionRow("B", growth: 0.1, revenue: 6)

    @Test("First what earns most, then what earns less, then nothing")
    func twoRegions() throws {
        let curve = try budgetCurve(.byHand([modest, rich]) { $0.budget.total = 60 })
        #expect(curve.budgets.isClose(to: [0, 40, 80]))
        #expect(curve.values.isClose(to: [0, 60, 80]))
        #expect(curve.slopes.isClose(to: [1.5, 0.5]))
        // In the order of the table.
        #expect(curve.changes(ofPiece: 0).map(\.region) == [RegionIndex(1)])
        #expect(curve.changes(ofPiece: 1).map(\.region) == [RegionIndex(0)])
        #expect(curve.changes(ofPiece: 1).map(\.lever) == [.build])
        #expect(curve.changes(ofPiece: 1).map(\.money).isClose(to: [40]))
        #expect(curve.changes(ofPiece: 1).map(\.worth).isClose(to: [20]))
        #expect(curve.paysUntil.isClose(to: 80))
        #expect(curve.value(at: 60).isClose(to: 70) && curve.value(at: 1e12).isClose(to: 80))
        #expect(curve.slope(above: 40).isClose(to: 0.5) && curve.slope(above: 80) == 0)
        #expect(curve.piece(below: 40) == 0 && curve.piece(below: 80) == 1 && curve.piece(below: 81) == nil)
        #expect(curve.budget(reaching: 70).isClose(to: 60))
        #expect(curve.budget(reaching: 0) == 0 && curve.budget(reaching: 81) == nil)
        #expect(curve.spending(at: 50)?[.build].isClose(to: 50) == true)
    }

    @Test("Equal regions, where every basis is degenerate, are one piece")
    func equalRegions() throws {
        let rows = (0..<12).map { RegionRow("R\($0)", growth: 0.1) }
        let curve = try budgetCurve(.byHand(rows, years: 3) { $0.budget.total = 100 })
        #expect(zip(curve.slopes, curve.slopes.dropFirst()).allSatisfy { $0 > $1 })
        let whole = try budgetCurve(.byHand([rows[0]], years: 3) { $0.budget.total = 100 })
        #expect(curve.slopes.isClose(to: whole.slopes))
        #expect(curve.budgets.isClose(to: whole.budgets.map { 12 * $0 }))
        #expect(curve.values.isClose(to: whole.values.map { 12 * $0 }))
    }

    @Test("A rule that takes money: the curve begins at the smallest budget that has a plan")
    func rule() throws {
        let floor = Rule(
            name: "B first", measure: .newCapacity, atLeast: .amount(5),
            tags: [.init(name: "region", values: ["B"])])
        let curve = try budgetCurve(.byHand([rich, modest]) { $0.budget.total = 10 }.with(rules: floor))
        #expect(curve.budgets.isClose(to: [20, 60, 80]))
        #expect(curve.values.isClose(to: [10, 70, 80]))
        #expect(curve.value(at: 19) == nil)
        #expect(curve.spending(at: 20)?[.build].isClose(to: 20) == true)
    }

    @Test("The least spending is what a rule takes, with any budget that has it")
    func leastSpending() throws {
        let floor = Rule(name: "floor", measure: .newCapacity, atLeast: .amount(5))
        let planned = try PlanningCase.byHand([rich, modest]) {
            $0.budget.total = 30
            $0.objective.goals = [.leastSpending]
        }.with(rules: floor)
        let curve = try budgetCurve(planned)
        #expect(curve.value(at: 19) == nil)
        #expect(curve.value(at: 30).isClose(to: 20) && curve.value(at: 300).isClose(to: 20))
    }

    @Test("A ceiling on what a rule lets be spent ends the curve there")
    func ceiling() throws {
        let cap = Rule(name: "cap", measure: .investment, atMost: .amount(50))
        let curve = try budgetCurve(.byHand([rich, modest]) { $0.budget.total = 10 }.with(rules: cap))
        #expect(curve.budgets.isClose(to: [0, 40, 50]))
    }

    @Test("Where nothing pays the curve is a point")
    func nothingPays() throws {
        let curve = try budgetCurve(.byHand([RegionRow(growth: 0.1, revenue: 1)]) { $0.budget.total = 10 })
        #expect(curve.pieceCount == 0 && curve.budgets == [0] && curve.endsFlat)
        #expect(curve.value(at: 5).isClose(to: 0) && curve.slope(above: 5) == 0)
    }

    @Test("A year without money stays without, whatever the others have")
    func yearWithoutMoney() throws {
        let planned = try PlanningCase.byHand([RegionRow(growth: 0.1)], years: 2) {
            $0.budget = Budget(yearly: [0, 10])
        }
        let curve = try budgetCurve(planned)
        // In the second year 21 units for 84, which earn 10 each.
        #expect(curve.budgets.isClose(to: [0, 84]))
        #expect(curve.values.isClose(to: [0, 126]))
    }

    @Test("The total alone moves under yearly amounts that stay")
    func totalOnly() throws {
        let planned = try PlanningCase.byHand([rich, modest]) { $0.budget = Budget(total: 10, yearly: [60]) }
        #expect(try budgetCurve(planned, .totalOnly).budgets.isClose(to: [0, 40, 60]))
        #expect(try budgetCurve(planned).budgets.isClose(to: [0, 40, 80]))
    }

    @Test("Whole modules have the curve of their relaxation")
    func modules() throws {
        let lump = Technology(name: "lump", buildCost: 4, module: 10)
        let planned = try PlanningCase.byHand([rich, modest]) { $0.budget.total = 60 }
            .with(technologies: [lump])
        let curve = try budgetCurve(planned)
        #expect(curve.isRelaxed)
        #expect(curve.values.isClose(to: [0, 60, 80]))
    }

    @Test("A ratio has no curve, and it is said which goal is one")
    func ratio() throws {
        let planned = try PlanningCase.byHand([rich]) {
            $0.budget.total = 60
            $0.objective.goals = [.utilization, .return]
        }
        guard case .none(.ratio(.utilization)) = try planner.budgetCurve(of: planned) else {
            Issue.record("a curve of a ratio")
            return
        }
    }

    @Test("A rule that no budget can hold is a clash without the budget")
    func impossible() throws {
        let floor = Rule(name: "too much", measure: .serviceLevel, atLeast: .share(2))
        let planned = try PlanningCase.byHand([rich]) { $0.budget.total = 10 }.with(rules: floor)
        #expect(throws: PlanningFailure.self) { try planner.budgetCurve(of: planned) }
    }
}

/// Solvers that tell less, or something wrong.
struct BudgetCurveSolverTests {
    @Test(
        "A solver that does not say how far a basis holds leads to the same curve", arguments: 0..<UInt64(6))
    func oneByOne(seed: UInt64) throws {
        let planned = try RandomInputs(seed: seed).with(goals: .return).with {
            $0.budget = Budget(total: 1e5)
        }
        .planningCase()
        let curve = try budgetCurve(planned)
        let other = try budgetCurve(planned, by: Planner(solver: PlainStartSolver(GLPKSolver())))
        #expect(curve.pieceCount > 3)
        #expect(curve.budgets.isClose(to: other.budgets, within: 1e-7, size: 1))
        #expect(curve.slopes.isClose(to: other.slopes, within: 1e-7))
    }

    @Test("Pieces that a solver makes too long are noticed, and found again one by one")
    func tooLong() throws {
        let planned = try RandomInputs(seed: 1).with(goals: .return).with { $0.budget = Budget(total: 1e5) }
            .planningCase()
        let curve = try budgetCurve(planned)
        let other = try budgetCurve(planned, by: Planner(solver: Boasting()))
        #expect(curve.budgets.isClose(to: other.budgets, within: 1e-7, size: 1))
        #expect(curve.slopes.isClose(to: other.slopes, within: 1e-7))
    }

    /// Says that every basis holds for twice as long as it does.
    private struct Boasting: LinearSolver {
        let solver = GLPKSolver()
        var name: String { solver.name }

        func solve(
            _ program: LinearProgram, from start: Basis?, settings: SolverSettings, control: SolverControl
        ) throws(SolverFault) -> SolverResult {
            try solver.solve(program, from: start, settings: settings, control: control)
        }

        func follow(
            _ parametric: ParametricProgram, from start: Basis?, settings: SolverSettings,
            control: SolverControl, _ next: (ParametricPoint?) -> Double?
        ) throws(SolverFault) {
            try solver.follow(parametric, from: start, settings: settings, control: control) { point in
                guard var point, point.amount.isFinite else { return next(point) }
                let (least, most) = (point.range.lowerBound, point.range.upperBound)
                point.range = least...(most + (most - least))
                return next(point)
            }
        }
    }
}
