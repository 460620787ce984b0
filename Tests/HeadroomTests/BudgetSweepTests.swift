import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Synchronization
import Testing

@testable import Headroom

/// Plans at budgets that are asked for, beside the curve.
struct BudgetSweepTests {
    private let planner = Planner(solver: GLPKSolver(), threads: 2)

    private func planned(_ seed: UInt64, regions: Int = 6, goals: Goal...) throws -> PlanningCase {
        try RandomInputs(seed: seed, regions: regions, years: 3)
            .with {
                $0.budget = Budget(total: 2e5)
                $0.objective = Objective(goals: goals, tolerance: 1e-3)
            }
            .planningCase()
    }

    @Test(
        "A point is the plan that an edit of the budget makes, ranked goals and all", arguments: 0..<UInt64(6)
    )
    func points(seed: UInt64) throws {
        let planned = try planned(seed, goals: .return, .utilization)
        let sweep = try planner.sweep(planned, SweepRequest(budgets: [3e5, 0, 1e5]))
        #expect(sweep.points.map(\.budget) == [0, 1e5, 2e5, 3e5])
        for point in sweep.points {
            let plan = try planner.plan(planned.with { $0.budget.total = point.budget })
            let figures = try #require(point.figures)
            #expect(figures.best == plan.goals[0].best)
            #expect(figures.utilization == plan.figures(of: planned.regions.indices).utilization)
            #expect(figures.spending == plan.figures(of: planned.regions.indices).spending)
            #expect(sweep.curve?.value(at: point.budget)?.isClose(to: figures.best ?? .nan) == true)
        }
        #expect(!sweep.isStopped)
    }

    @Test("Budgets that hold no plan are told as one program tells them", arguments: 0..<UInt64(6))
    func impossible(seed: UInt64) throws {
        var planned = try planned(seed, regions: 14, goals: .return)
        let horizon = planned.assumptions.calendarYears.upperBound
        let served = Ledger(doingNothingIn: planned).usersServedAtHorizon
        planned.rules = [
            Rule(
                name: "a few users", measure: .servedUsers, atLeast: .amount(1.03 * served),
                years: horizon...horizon)
        ]
        let least = try planner.plan(
            planned.with {
                $0.budget = Budget()
                $0.objective.goals = [.leastSpending]
            }
        ).ledger.spending()
        planned.assumptions.budget = Budget(total: 2 * least)
        let request = SweepRequest(budgets: [0.5, 0.9, 0.99, 1.01, 1.1, 1.2, 1.5].map { $0 * least })
        let many = try Planner(solver: GLPKSolver(), threads: 2, method: .prices).sweep(planned, request)
        let one = try Planner(solver: GLPKSolver(), method: .program).sweep(planned, request)
        let plans = many.points.map { $0.figures != nil }
        #expect(plans == [false, false, false, true, true, true, true, true])
        #expect(plans == one.points.map { $0.figures != nil })
        #expect(!many.isStopped)
        for (point, same) in zip(many.points, one.points) where point.figures != nil {
            let best = (point.figures?.best ?? .nan, same.figures?.best ?? .nan)
            #expect(best.0.isClose(to: best.1, within: 1e-6))
        }
    }

    @Test("Threads change nothing, and all that is done is told")
    func threads() throws {
        let planned = try planned(2, goals: .return, .utilization)
        let request = SweepRequest(budgets: [1e5, 2e5, 3e5, 4e5])
        let told = Mutex<[Int]>([])
        let one = try Planner(solver: GLPKSolver(), threads: 1).sweep(planned, request)
        let four = try Planner(solver: GLPKSolver(), threads: 4).sweep(planned, request) { done, count in
            #expect(count == 4)
            told.withLock { $0.append(done) }
        }
        #expect(told.withLock { $0.sorted() } == [1, 2, 3, 4])
        for isForPeople in [true, false] {
            #expect(
                one.table(steps: 5, isForPeople: isForPeople)
                    == four.table(steps: 5, isForPeople: isForPeople))
        }
    }

    @Test(
        "A curve ends where money stops adding, whatever else is spent in the plan without a budget",
        arguments: 0..<UInt64(12), [Goal.worstService, .serviceLevel, .servedUsers, .return])
    func flatEnd(seed: UInt64, goal: Goal) throws {
        let planned = try planned(seed, goals: goal)
        let sweep = try planner.sweep(planned)
        let curve = try #require(sweep.curve)
        guard let end = curve.paysUntil, curve.pieceCount > 0 else { return }
        func best(_ budget: Double) throws -> Double {
            try #require(try planner.plan(planned.withBudget(budget, .allRows)).goals[0].best)
        }
        let (at, before, beyond) = (try best(end), try best(0.98 * end), try best(2 * end))
        #expect(at.isClose(to: beyond, within: 1e-9))
        #expect(before < at)
        // What is told has to do: as it is written, it reaches the best.
        let told = SweepText(sweep).sufficient(end).split(separator: " ")
        let units: [Substring: Double] = ["k": 1e3, "m": 1e6, "bn": 1e9]
        let unit = told.count > 2 ? try #require(units[told[2]]) : 1
        let amount: Double = try #require(Double(told[1]))
        #expect(unit * amount >= end)
    }

    @Test("Today is read off the curve, and off the plan where there is none")
    func today() throws {
        let exact = try planner.sweep(try planned(1, goals: .return))
        #expect(exact.today.best == exact.curve?.value(at: 2e5))
        #expect(exact.today.slope == exact.curve?.slope(above: 2e5))
        let half = 0.5 * (try #require(exact.today.best))
        #expect(exact.budget(reaching: half) == exact.curve?.budget(reaching: half))
        let points = try planner.sweep(try planned(1, goals: .utilization), SweepRequest(budgets: [1e5]))
        #expect(points.points.map(\.budget) == [1e5, 2e5])
        #expect(points.today.best == points.points[1].figures?.best)
        let first = try #require(points.points[0].figures?.best)
        #expect(points.budget(reaching: first) == 1e5)
        #expect(points.budget(reaching: 2) == nil)
    }

    @Test("Whole modules: plans at a grid of budgets, each under the curve of the relaxation")
    func modules() throws {
        var planned = try planned(4, goals: .return)
        planned.technologies[0] = Technology(name: "lump", buildCost: 200, module: 40)
        planned.assumptions.objective.gap = 1e-3
        let sweep = try planner.sweep(planned, SweepRequest(steps: 4))
        #expect(sweep.points.map(\.budget).isClose(to: [0, 0.75e5, 1.5e5, 2e5, 2.25e5, 3e5]))
        #expect(sweep.curve?.isRelaxed == true)
        for point in sweep.points {
            let figures = try #require(point.figures)
            let (best, most) = (try #require(figures.best), try #require(point.atMost))
            #expect(best <= most + 1e-6 * max(1, most))
            #expect(try #require(figures.gap) <= 1e-3)
        }
    }

    @Test("A ratio first: plans at a grid of budgets, without a curve")
    func ratio() throws {
        let sweep = try planner.sweep(try planned(1, goals: .utilization, .return), SweepRequest(steps: 3))
        #expect(sweep.curve == nil && sweep.noCurve == .ratio(.utilization) && sweep.goal == .utilization)
        #expect(sweep.points.count == 4)
        let bests = sweep.points.compactMap { $0.figures?.best }
        #expect(zip(bests, bests.dropFirst()).allSatisfy { $0 <= $1 + 1e-9 })
    }

    @Test("A budget that is too small for a rule is said to be, and is no failure")
    func impossible() throws {
        let rule = Rule(name: "floor", measure: .newCapacity, atLeast: .amount(10))
        let planned = try PlanningCase.byHand([RegionRow(growth: 0.1)]) { $0.budget.total = 60 }.with(
            rules: rule)
        let sweep = try planner.sweep(planned, SweepRequest(budgets: [30, 50]))
        #expect(sweep.points.map(\.status) == ["infeasible", "optimal", "optimal"])
        #expect(
            SweepSummary(sweep).sentences.contains(
                "No plan holds the rules and limits with a budget of money 30."))
        let row = try #require(sweep.table(steps: nil, isForPeople: true).rows.first)
        #expect(row[1] == .text("no plan"))
    }

    @Test("A search that is stopped keeps what it has, and says what is missing")
    func stopped() throws {
        let planned = try planned(1, goals: .utilization)
        let done = Mutex(0)
        let control = SolverControl(isCancelled: { done.withLock { $0 >= 2 } })
        let sweep = try Planner(solver: GLPKSolver(), threads: 1).sweep(
            planned, SweepRequest(budgets: [1e5, 2e5, 3e5]), control: control
        ) { count, _ in done.withLock { $0 = count } }
        #expect(sweep.isStopped)
        #expect(sweep.points.map(\.status) == ["optimal", "optimal", "missing"])
        #expect(SweepSummary(sweep).sentences.contains("Stopped before a plan was found at money 300 k."))
        #expect(throws: PlanningFailure.cancelled) {
            try planner.sweep(planned, control: SolverControl(isCancelled: { true }))
        }
    }
}

/// Plans of many regions, solved by prices.
struct LargeSweepTests {
    private let planner = Planner(solver: GLPKSolver(), threads: 2)
    private let byPrices = Planner(solver: GLPKSolver(), threads: 2, method: .prices)

    private func planned(_ seed: UInt64, regions: Int = 30, _ budget: Budget) throws -> PlanningCase {
        try RandomInputs(seed: seed, regions: regions, years: 4)
            .with {
                $0.budget = budget
                $0.objective = Objective(goals: [.return])
            }
            .planningCase()
    }

    @Test(
        "Under one total the regions' own curves merge to the curve of one program", arguments: 0..<UInt64(8))
    func merged(seed: UInt64) throws {
        let planned = try planned(seed, Budget(total: 5e5))
        let merged = try budgetCurve(planned, by: byPrices)
        let whole = try budgetCurve(planned)
        let end = max(merged.range.upperBound, whole.range.upperBound)
        for share in [0, 1e-3, 0.05, 0.2, 0.5, 0.9, 1, 2] {
            let value = try #require(merged.value(at: share * end))
            #expect(value.isClose(to: try #require(whole.value(at: share * end)), within: 1e-7, size: 1e3))
        }
        #expect(zip(merged.slopes, merged.slopes.dropFirst()).allSatisfy { $0 >= $1 })
        #expect(merged.range.upperBound.isClose(to: whole.range.upperBound, within: 1e-6))
        let piece = try #require(merged.piece(above: 0.3 * end))
        let same = try #require(whole.piece(above: 0.3 * end))
        let use = try #require(merged.changes(ofPiece: piece).first)
        let other = try #require(whole.changes(ofPiece: same).first)
        #expect(use.region == other.region && use.lever == other.lever)
    }

    @Test("A merged curve alone asks for no plans; budgets asked for beside it lie on it")
    func mergedSweep() throws {
        let planned = try planned(3, Budget(total: 5e5))
        let many = Planner(solver: GLPKSolver(), threads: 2, method: .prices)
        let alone = try many.sweep(planned)
        #expect(alone.exactCurve != nil && alone.points.isEmpty)
        #expect(alone.today.next?.lever != nil && alone.today.firstToLose?.lever != nil)
        let sweep = try many.sweep(planned, SweepRequest(budgets: [1e5]))
        for point in sweep.points {
            let value = try #require(sweep.curve?.value(at: point.budget))
            #expect(try #require(point.figures?.best).isClose(to: value, within: 1e-7))
        }
        #expect(sweep.points.map(\.budget) == [1e5, 5e5])
    }

    @Test(
        "The merged curve's money goes to the levers that one program gives it to", arguments: 0..<UInt64(8))
    func mergedLevers(seed: UInt64) throws {
        let planned = try planned(seed, Budget(total: 5e5))
        let merged = try budgetCurve(planned, by: byPrices)
        let whole = try budgetCurve(planned)
        let end = whole.range.upperBound
        for budget in merged.budgets {
            let (levers, all) = (merged.spending(at: budget)?.total, merged.totalSpending(at: budget))
            #expect(try #require(levers).isClose(to: try #require(all), within: 1e-6))
        }
        for share in [0, 0.01, 0.1, 0.3, 0.6, 0.95] {
            let money = try #require(merged.spending(at: share * end))
            let other = try #require(whole.spending(at: share * end))
            for lever in Lever.allCases {
                #expect(money[lever].isClose(to: other[lever], within: 1e-6, size: end))
            }
        }
        for piece in 0..<merged.pieceCount {
            let changes = merged.changes(ofPiece: piece)
            let length = merged.budgets[piece + 1] - merged.budgets[piece]
            #expect(changes.reduce(0) { $0 + $1.money }.isClose(to: length, within: 1e-6, size: 1e-6 * end))
            #expect(changes.allSatisfy { $0.lever != nil })
        }
    }

    @Test("Inside a piece of the merged curve money costs a plan what the piece's slope says")
    func mergedPrices() throws {
        let planned = try planned(5, regions: 2000, Budget(total: 1e7))
        let curve = try budgetCurve(planned, by: byPrices)
        for piece in stride(from: 1, to: curve.pieceCount, by: max(1, curve.pieceCount / 40)) {
            let budget = (curve.budgets[piece] + curve.budgets[piece + 1]) / 2
            let plan = try byPrices.plan(planned.withBudget(budget, .allRows), details: [])
            let price = try #require(plan.shadowPrices?.total)
            #expect(price.isClose(to: curve.slopes[piece], within: 1e-7))
        }
    }

    @Test("Threads change no bit of the merged curve")
    func threads() throws {
        let planned = try planned(3, Budget(total: 5e5))
        let curves = try [1, 3].map {
            try budgetCurve(planned, by: Planner(solver: GLPKSolver(), threads: $0, method: .prices))
        }
        #expect(curves[0].budgets == curves[1].budgets && curves[0].values == curves[1].values)
    }

    @Test(
        "Plans in turn, each begun where the last one ended, are as good as plans from the start",
        arguments: 0..<UInt64(6),
        [
            [Goal.return], [.return, .utilization], [.return, .utilization, .servedUsers],
            [.utilization, .return],
            [.roi, .return], [.roi], [.utilization, .roi], [.servedUsers],
        ])
    func inTurn(seed: UInt64, goals: [Goal]) throws {
        var planned = try planned(seed, Budget(yearly: [2e5, 1e5, 5e4, 1e5], carryOver: seed % 2 == 0))
        planned.assumptions.objective.goals = goals
        if goals.contains(.roi) { planned.assumptions.objective.minimumSpend = .amount(1e4) }
        let sweep = try byPrices.sweep(planned, SweepRequest(budgets: [2e4, 2e5, 4e5, 4.2e5, 9e5]))
        for point in sweep.points {
            let plan = try byPrices.plan(planned.withBudget(point.budget, .allRows), details: [])
            let figures = try #require(point.figures)
            let last: Double? =
                switch goals.last {
                case .utilization: figures.utilization
                case .servedUsers: figures.usersServed
                case .roi: figures.returnOnInvestment
                default: figures.return
                }
            for (one, other) in [(figures.best, plan.goals[0].best), (last, plan.goals.last?.value)] {
                #expect(try #require(one).isClose(to: try #require(other), within: 1e-7))
            }
            #expect(figures.status == .optimal)
        }
    }

    @Test("Of plans with the same return on investment the one of highest return is found under every budget")
    func tiesInTurn() throws {
        // In every region up to 20 of money earn 3 each, whatever is spent.
        let rows = (0..<40).map { RegionRow("R\($0)", growth: 0.1, revenue: 8, buildCost: 2) }
        let planned = try PlanningCase.byHand(rows) {
            $0.budget = Budget(total: 500)
            $0.objective = Objective(goals: [.roi])
            $0.objective.minimumSpend = .share(0.1)
        }
        let sweep = try byPrices.sweep(planned, SweepRequest(budgets: [100, 200, 300, 700, 800]))
        for point in sweep.points {
            let figures = try #require(point.figures)
            #expect(figures.returnOnInvestment.isClose(to: 3))
            #expect(figures.return.isClose(to: 3 * point.budget))
        }
    }

    @Test("Threads change no bit of plans in turn")
    func threadsInTurn() throws {
        var planned = try planned(2, Budget(yearly: [2e5, 1e5, 5e4, 1e5]))
        planned.assumptions.objective.goals = [.return, .utilization]
        let sweeps = try [1, 3].map {
            try Planner(solver: GLPKSolver(), threads: $0, method: .prices).sweep(
                planned, SweepRequest(steps: 8))
        }
        for isForPeople in [true, false] {
            let tables = sweeps.map { $0.table(steps: 8, isForPeople: isForPeople) }
            #expect(tables[0] == tables[1])
        }
    }

    @Test("With yearly budgets plans bound what lies between them", arguments: 0..<UInt64(4))
    func between(seed: UInt64) throws {
        let planned = try planned(seed, Budget(yearly: [2e5, 1e5, 5e4, 1e5]))
        let sweep = try byPrices.sweep(planned, SweepRequest(budgets: [1e5, 3e5, 6e5, 9e5]))
        #expect(sweep.noCurve == .manyRegions)
        #expect(!sweep.between.isEmpty)
        for point in sweep.between {
            let plan = try byPrices.plan(planned.withBudget(point.budget, .allRows))
            let best = try #require(plan.goals[0].best)
            #expect(best >= (try #require(point.atLeast)) - 1e-6 * abs(best))
            #expect(best <= (try #require(point.atMost)) + 1e-6 * abs(best))
            // A return just as large takes this budget, which the bounds of what reaches it must hold.
            let bounds = try #require(sweep.bounds(reaching: best))
            let (least, most) = (try #require(bounds.atLeast), try #require(bounds.atMost))
            #expect(least <= point.budget * (1 + 1e-6) && most >= point.budget * (1 - 1e-6))
        }
        let highest = try #require(sweep.points.last?.figures?.best)
        let beyond = try #require(sweep.bounds(reaching: 2 * highest))
        #expect(beyond.atMost == nil)
    }

    @Test("At today's budget it says what a little money does, and where it goes", arguments: 0..<UInt64(4))
    func margins(seed: UInt64) throws {
        let planned = try planned(seed, Budget(yearly: [2e5, 1e5, 5e4, 1e5]))
        let sweep = try byPrices.sweep(planned, SweepRequest(budgets: [3e5]))
        func plan(_ budget: Double) throws -> Plan {
            try planner.plan(planned.withBudget(budget, .allRows))
        }
        let (today, little) = (sweep.amount, sweep.littleMoney)
        let plans = try [plan(today - little), plan(today), plan(today + little)]
        let best = try plans.map { try #require($0.goals[0].best) }
        for (margin, place) in [(sweep.less, 0), (sweep.more, 1)] {
            guard best[place + 1] > best[place] * (1 + 1e-9) else { continue }
            let margin = try #require(margin)
            #expect(margin.gain.isClose(to: best[place + 1] - best[place], within: 1e-5))
            let (region, lever) = (margin.use.region, try #require(margin.use.lever))
            let years = planned.assumptions.planningYears
            let change = years.map {
                plans[place + 1].ledger.spending(region: region, year: $0, lever: lever)
                    - plans[place].ledger.spending(region: region, year: $0, lever: lever)
            }
            #expect(change.contains { $0 > 0 })
            #expect(change.reduce(0, +).isClose(to: margin.use.money, within: 1e-6, size: little))
        }
    }
}
