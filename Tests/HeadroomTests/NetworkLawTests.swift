import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// What holds in random plans with technologies, modules, overrides, links and rules.
struct NetworkLawTests {
    static let seeds: Range<UInt64> = 0..<30

    /// Four or five regions over two or three years.
    private func planned(_ seed: UInt64, rules: Bool = true, goals: Goal...) throws -> PlanningCase {
        var inputs = RandomInputs(seed: seed, regions: 4 + Int(seed % 2), years: 2 + Int(seed / 2 % 2))
        if !goals.isEmpty { inputs = inputs.with { $0.objective.goals = goals } }
        inputs.assumptions.objective.gap = 1e-4
        let network = RandomNetwork(seed: seed, inputs)
        // Both zones have a region, so that no rule is empty.
        inputs.rows[0].tags["zone"] = "east"
        inputs.rows[1].tags["zone"] = "west"
        var planned = network.added(to: try inputs.planningCase())
        if !rules { planned.rules = [] }
        return planned
    }

    /// The plan; nil where the rules cannot be held.
    private func solved(_ planned: PlanningCase) throws -> Plan? {
        do {
            return try solve(planned)
        } catch PlanningFailure.impossible(let clash) {
            #expect(clash.members.contains { if case .rule = $0 { true } else { false } })
            return nil
        }
    }

    private func first(_ planned: PlanningCase) throws -> Double? { try solved(planned)?.goals[0].best }

    /// How far the first goal's best may be from the true one: digits, and the gap where modules are whole.
    private func slack(_ planned: PlanningCase, _ best: Double) -> Double {
        let gap = planned.technologies.contains { $0.module != nil } ? planned.assumptions.objective.gap : 0
        return (gap + 1e-7) * max(abs(best), 1) + 1e-9 * moneySize(planned)
    }

    private func moneySize(_ planned: PlanningCase) -> Double {
        Ledger(planned, .doNothing(planned)).netPresentValue.reduce(0) { $0 + abs($1) }
    }

    @Test("Most of the random plans can be held, and have what they are tried for")
    func generator() throws {
        let plans = try Self.seeds.map { try planned($0) }
        #expect(plans.count { $0.technologies.count > 1 } >= 10)
        #expect(plans.count { $0.technologies.contains { $0.module != nil } } >= 5)
        #expect(plans.count { !$0.rules.isEmpty } >= 10)
        #expect(try plans.count { try solved($0) != nil } >= 20)
    }

    @Test("Decisions hold the model's own rows, and program and ledger value them alike", arguments: seeds)
    func audit(seed: UInt64) throws {
        guard let plan = try solved(planned(seed)) else { return }
        #expect(plan.status == .optimal)
        #expect(LedgerAudit(plan.ledger).worst < 1e-9)
        #expect(LedgerAudit(plan.doNothing).worst < 1e-9)
        #expect(plan.doNothing.spending() == 0)
        for (index, technology) in plan.planningCase.technologies.enumerated() {
            guard let module = technology.module else { continue }
            for amount in plan.ledger.decisions.newCapacity[index].listed {
                #expect((amount / module - (amount / module).rounded()).magnitude < 1e-9)
            }
        }
        for entry in plan.schedule { #expect(entry.quantity > 0) }
        #expect(plan.schedule.reduce(0) { $0 + $1.spend }.isClose(to: plan.ledger.spending()))
    }

    @Test("Program and ledger value any corner alike", arguments: seeds)
    func netPresentValue(seed: UInt64) throws {
        let planned = try planned(seed, rules: false)
        var formulation = Formulation(planned)
        let years = planned.assumptions.planningYears
        let value = formulation.netPresentValue
        let spent = formulation.totalSpending
        let discounted = formulation.presentValueOfSpending
        formulation.setObjective(
            formulation.servedUsers(in: years) + 1e-3 * formulation.usedCapacity(in: years)
                - 1e-4 * formulation.capacity(in: years))
        guard case .optimal(let optimum) = try GLPKSolver().certifiedSolve(formulation.program.relaxed) else {
            Issue.record("no plan serves the most")
            return
        }
        // Whole modules are no part of this law: they are taken as they come.
        var relaxed = planned
        for index in relaxed.technologies.indices { relaxed.technologies[index].module = nil }
        var decisions = Decisions(optimum.solution, of: formulation)
        for region in planned.regions.indices {
            for (index, technology) in planned.technologies.enumerated() {
                for year in years {
                    guard let column = formulation.blocks[region].newCapacity[index][year] else { continue }
                    decisions.newCapacity[index][region, year] =
                        optimum.solution.columnValues[column.index] * (technology.module ?? 1)
                }
            }
        }
        let ledger = Ledger(relaxed, decisions)
        let point = optimum.solution.columnValues
        let size = ledger.netPresentValue.reduce(0) { $0 + abs($1) }
        #expect(ledger.totalNetPresentValue.isClose(to: value.value(at: point), within: 1e-8, size: size))
        #expect(ledger.spending().isClose(to: spent.value(at: point)))
        #expect(ledger.investmentPresentValue.isClose(to: discounted.value(at: point)))
    }

    @Test("Every goal keeps its floor", arguments: seeds)
    func floors(seed: UInt64) throws {
        let goals: [[Goal]] = [
            [.return, .worstService, .leastSpending], [.worstService, .return], [.leastSpending, .return],
            [.return, .utilization], [.roi, .serviceLevel], [.return, .roi],
        ]
        var planned = try planned(seed)
        planned.assumptions.objective.goals = goals[Int(seed) % goals.count]
        planned.assumptions.objective.minimumSpend = .amount(1)
        guard let plan = try solved(planned) else { return }
        for outcome in plan.goals {
            guard let best = outcome.best, let value = outcome.value else { continue }
            let nothing = outcome.goal == .return ? abs(plan.doNothing.totalNetPresentValue) : 0
            let size = max(1, abs(best), nothing)
            let given = max(planned.assumptions.objective.tolerance * abs(best), 1e-8 * size) + 1e-8 * size
            let sign: Double = outcome.goal == .leastSpending ? -1 : 1
            #expect(sign * value >= sign * best - given, "\(outcome.goal)")
        }
    }

    @Test("A rule never raises the first goal's best", arguments: seeds)
    func rules(seed: UInt64) throws {
        let planned = try planned(seed)
        guard let best = try first(planned) else { return }
        var free = planned
        while !free.rules.isEmpty {
            free.rules.removeLast()
            let freer = try #require(try first(free))
            #expect(freer >= best - slack(planned, best))
        }
    }

    @Test("A link never lowers the highest value, with own users first in both", arguments: seeds)
    func links(seed: UInt64) throws {
        let planned = try planned(seed, goals: .return)
        guard let plan = try solved(planned), let best = plan.goals[0].best else { return }
        var fewer = planned
        fewer.links.removeLast()
        guard let other = try solved(fewer), let lower = other.goals[0].best else { return }
        let value = best + plan.doNothing.totalNetPresentValue
        let without = lower + other.doNothing.totalNetPresentValue
        #expect(value >= without - slack(planned, value))
    }

    @Test(
        "With whole modules the gap that is told is the one that was asked for, in ratios too",
        arguments: seeds)
    func gap(seed: UInt64) throws {
        let planned = try planned(seed, goals: .return, .utilization)
        guard planned.technologies.contains(where: { $0.module != nil }), let plan = try solved(planned)
        else {
            return
        }
        #expect(plan.status == .optimal)
        #expect(try #require(plan.gap) <= 1.001 * planned.assumptions.objective.gap)
    }

    @Test("Modules that need not be whole never lower the first goal's best", arguments: seeds)
    func modules(seed: UInt64) throws {
        let planned = try planned(seed)
        guard let best = try first(planned) else { return }
        var divisible = planned
        for index in divisible.technologies.indices { divisible.technologies[index].module = nil }
        let more = try #require(try first(divisible))
        #expect(more >= best - 1e-7 * max(abs(best), 1) - 1e-9 * moneySize(planned))
    }

    @Test("The order of links, technologies and rules is without effect", arguments: seeds)
    func order(seed: UInt64) throws {
        let planned = try planned(seed)
        var turned = planned
        turned.technologies.reverse()
        turned.overrides.reverse()
        turned.links.reverse()
        turned.rules.reverse()
        let best = try first(planned)
        let other = try first(turned)
        #expect((best == nil) == (other == nil))
        guard let best, let other else { return }
        #expect(abs(best - other) <= 2 * slack(planned, best))
    }

    @Test(
        "Where nothing flows and no rule speaks, links and rules change nothing", arguments: seeds.prefix(10))
    func idleParts(seed: UInt64) throws {
        var planned = try planned(seed, rules: false, goals: .return)
        planned.links = []
        let plain = try #require(try first(planned))
        planned.rules = [Rule(name: "none", measure: .investment, atMost: .share(1))]
        #expect(try #require(try first(planned)).isClose(to: plain, within: 2e-4))
    }
}
