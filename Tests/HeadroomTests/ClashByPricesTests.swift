import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// What clashes in plans of many regions, found by prices, against the same found by programs.
struct ClashByPricesTests {
    /// A plan that falls apart into its regions, whose rules and least spending ask for more than most budgets allow.
    private func planned(_ seed: UInt64) throws -> PlanningCase {
        var inputs = RandomInputs(seed: seed, regions: 14, years: 3)
        var random = SplitMix64(seed: seed &+ 1000)
        if let amount = inputs.assumptions.budget.amount, Bool.random(using: &random) {
            inputs.assumptions.objective.minimumSpend = .amount(
                Double.random(in: 0.5...1.5, using: &random) * amount)
        }
        var planned = RandomNetwork(seed: seed, inputs).added(to: try inputs.planningCase())
        for index in planned.technologies.indices { planned.technologies[index].module = nil }
        planned.links = []
        let served = Ledger(doingNothingIn: planned).usersServedAtHorizon * 3
        guard seed % 2 == 0 else {
            // A little more than all are served, with hardly any money.
            planned.rules.append(
                Rule(
                    name: "a few users", measure: .servedUsers,
                    atLeast: .amount(served * Double.random(in: 1.01...1.1, using: &random))))
            planned.assumptions.budget = planned.assumptions.budget.scaled(by: 0.01)
            return planned
        }
        for index in planned.rules.indices {
            let factor = Double.random(in: 1...20, using: &random)
            planned.rules[index].atLeast = planned.rules[index].atLeast?.times(factor)
            planned.rules[index].atMost = planned.rules[index].atMost?.times(1 / factor)
        }
        planned.rules.append(
            Rule(
                name: "many users", measure: .servedUsers,
                atLeast: .amount(served * Double.random(in: 0.5...2, using: &random))))
        return planned
    }

    /// - Returns: Nil where there is a plan.
    private func clash(_ planned: PlanningCase, _ questions: any ClashQuestions) throws
        -> InfeasibleSubsystem?
    {
        guard try !questions.isPossible(planned) else { return nil }
        return try DeletionFilter(planningCase: planned, questions: questions).clash()
    }

    private func byPrices(_ planned: PlanningCase, threads: Int = 1) -> ClashByPrices {
        ClashByPrices(
            violation: PhaseOne(
                standard: planned, doNothing: Ledger(doingNothingIn: planned), solver: GLPKSolver(),
                threads: threads, control: SolverControl(), log: { _ in }))
    }

    @Test("The same clashes as by programs, with the same budget and bounds that would do")
    func clashes() throws {
        var impossible = 0
        var budgets = 0
        var bounds = 0
        for seed in 0..<UInt64(80) {
            let planned = try planned(seed)
            guard SubproblemShape(planned, measures: CouplingRows(planned).measures) != nil else { continue }
            let program = ClashByProgram(solver: GLPKSolver(), control: SolverControl())
            let expected = try clash(planned, program)
            let found = try clash(planned, byPrices(planned))
            #expect(found?.members == expected?.members, "seed \(seed)")
            guard let expected, let found, found.members == expected.members else { continue }
            impossible += 1
            #expect((found.minimumBudget == nil) == (expected.minimumBudget == nil), "seed \(seed)")
            if let budget = expected.minimumBudget, let same = found.minimumBudget {
                budgets += 1
                #expect(
                    same.isClose(to: budget, within: 1e-6), "seed \(seed): \(same), by a program \(budget)")
            }
            #expect(found.changes.map(\.rule) == expected.changes.map(\.rule), "seed \(seed)")
            for (change, same) in zip(expected.changes, found.changes) {
                bounds += 1
                let (to, from) = (change.to.number, change.from.number)
                #expect(
                    same.to.number.isClose(to: to, within: 1e-6, size: abs(to - from)),
                    "seed \(seed): \(same), by a program \(change)")
            }
            #expect(found.causes == expected.causes)
        }
        #expect(impossible > 30 && budgets > 5 && bounds > 30, "\(impossible) \(budgets) \(bounds)")
    }

    @Test(
        "A bound of 0 that is too tight would do with the number that a program finds",
        arguments: 0..<UInt64(6))
    func bounds(seed: UInt64) throws {
        let inputs = RandomInputs(seed: seed, regions: 14, years: 3)
        var planned = try inputs.planningCase()
        planned.assumptions.budget = Budget()
        let served = Ledger(doingNothingIn: planned).usersServedAtHorizon
        planned.rules = [
            Rule(name: "frugal", measure: .investment, atMost: .amount(0)),
            Rule(
                name: "a few users", measure: .servedUsers, atLeast: .amount(1.02 * served),
                years: planned.assumptions.calendarYears
                    .upperBound...planned.assumptions.calendarYears.upperBound),
        ]
        let program = ClashByProgram(solver: GLPKSolver(), control: SolverControl())
        let expected = try #require(try clash(planned, program))
        let found = try #require(try clash(planned, byPrices(planned)))
        #expect(found.members == expected.members && found.members.count == 2)
        #expect(found.changes.map(\.isLower) == expected.changes.map(\.isLower))
        for (change, same) in zip(expected.changes, found.changes) {
            #expect(same.to.number.isClose(to: change.to.number, within: 1e-6), "\(same) \(change)")
        }
    }

    @Test("The number of threads is without effect")
    func threads() throws {
        let impossible = try (0..<UInt64(8)).filter { seed in
            let planned = try planned(seed)
            guard SubproblemShape(planned, measures: CouplingRows(planned).measures) != nil else {
                return false
            }
            let one = try clash(planned, byPrices(planned))
            #expect(try clash(planned, byPrices(planned, threads: 3)) == one)
            return one != nil
        }
        #expect(impossible.count > 2)
    }
}

extension Rule.Bound {
    fileprivate func times(_ factor: Double) -> Rule.Bound {
        switch self {
        case .amount(let amount): .amount(factor * amount)
        case .share(let share): .share(factor * share)
        }
    }
}
