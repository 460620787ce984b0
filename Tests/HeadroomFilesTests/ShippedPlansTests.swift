import Foundation
import GLPKSolver
import Headroom
import HeadroomFiles
import HeadroomTestSupport
import Testing

/// The plans under `regions/` are what a reader tries first.
struct ShippedPlansTests {
    private static let regions = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("regions")

    static func folder(of name: String) -> String { regions.appendingPathComponent(name).path }

    @Test("They load without a word", arguments: ["china", "china-2016", "us-counties"])
    func load(name: String) throws {
        let loaded = try LoadedPlan(path: Self.regions.appendingPathComponent(name).path)
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.planningCase.technologies.allSatisfy { $0.module == nil })
    }

    @Test("China's scenarios apply without a word, and each is another plan")
    func chinaScenarios() throws {
        let path = Self.regions.appendingPathComponent("china").path
        let checked = try CheckedPlan(path: path)
        #expect(checked.diagnostics.isEmpty)
        #expect(checked.scenarios.count == 4)
        for scenario in checked.scenarios {
            let changed = try LoadedPlan(path: path, scenarios: [scenario.name])
            #expect(changed.planningCase != checked.loaded.planningCase, "\(scenario.name)")
            #expect(scenario.description != nil)
        }
    }

    @Test(
        "Their exact curve is concave, rises, and is what plans of 200 other budgets return",
        arguments: ["china", "china-2016"])
    func curve(name: String) throws {
        var planned = try LoadedPlan(path: Self.regions.appendingPathComponent(name).path).planningCase
        planned.assumptions.objective.goals = [.return]
        let planner = Planner(solver: GLPKSolver(), threads: 2)
        guard case .curve(let curve) = try planner.budgetCurve(of: planned) else {
            Issue.record("no curve")
            return
        }
        #expect(curve.pieceCount > 100)
        #expect(zip(curve.slopes, curve.slopes.dropFirst()).allSatisfy { $0 > $1 })
        #expect(curve.slopes.allSatisfy { $0 > 0 })
        var random = SplitMix64(seed: 7)
        let amounts = (0..<200).map { _ in random.number(in: 0...1.1) * curve.range.upperBound }
        let plans = planner.plans(of: amounts.map { planned.withBudget($0, .allRows) }, details: [])
        for (amount, result) in zip(amounts, plans) {
            let plan = try result.get()
            let value = try #require(curve.value(at: amount))
            #expect(abs(value - plan.added) <= 1e-6 * plan.added, "at \(amount)")
            #expect(abs((plan.shadowPrices?.allRows ?? -1) - (curve.slope(above: amount) ?? -2)) < 1e-6)
        }
    }

    @Test("China's example rules, uncommented, are sound, hold together, and each costs return")
    func chinaRules() throws {
        let china = Self.regions.appendingPathComponent("china")
        let files = try PlanFiles(plan: nil, regions: nil)
        for name in ["plan.yaml", "regions.csv", "technologies.csv", "costs.csv", "links.csv"] {
            try files.write(Data(contentsOf: china.appendingPathComponent(name)), to: name)
        }
        var without = try files.load().planningCase
        without.assumptions.objective.goals = [.return]
        try files.write(uncommentingRules(files.text("plan.yaml")), to: "plan.yaml")
        let loaded = try files.load()
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.planningCase.rules.count == 7)
        let planner = Planner(solver: GLPKSolver())
        #expect(try planner.plan(loaded.planningCase).status == .optimal)
        let free = try planner.plan(without).added
        for rule in loaded.planningCase.rules {
            var alone = without
            alone.rules = [rule]
            #expect(try planner.plan(alone).added < free * (1 - 1e-5), "\(rule.name)")
        }
    }

    /// The lines from `# rules:` on without their `# `.
    private func uncommentingRules(_ plan: String) -> String {
        var lines = plan.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let start = lines.firstIndex(of: "# rules:") ?? lines.endIndex
        for line in start..<lines.endIndex where lines[line].hasPrefix("# ") { lines[line].removeFirst(2) }
        return lines.joined(separator: "\n")
    }
}
