import Foundation
import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

@testable import Headroom

/// Programs for other solvers: they come to the value that they are said to come to.
struct ExportedProgramTests {
    private func exported(_ planned: PlanningCase, relaxed: Bool = false) throws -> ExportedProgram {
        try Planner(solver: GLPKSolver()).exportedProgram(of: planned, relaxed: relaxed)
    }

    /// A random plan with all there is; where its rules clash, without them.
    private func random(_ seed: UInt64) throws -> (PlanningCase, ExportedProgram) {
        var inputs = RandomInputs(seed: seed, regions: 4 + Int(seed % 2), years: 2 + Int(seed / 2 % 2))
        inputs.assumptions.objective.gap = 1e-9
        let network = RandomNetwork(seed: seed, inputs)
        inputs.rows[0].tags["zone"] = "east"
        inputs.rows[1].tags["zone"] = "west"
        var planned = network.added(to: try inputs.planningCase())
        do {
            return (planned, try exported(planned))
        } catch PlanningFailure.impossible {
            planned.rules = []
            return (planned, try exported(planned))
        }
    }

    /// What `glpsol` finds in both formats, with the sign of the program's own objective.
    private func solvedByOthers(_ program: LinearProgram) throws -> (mps: Double, lp: Double) {
        let path = NSTemporaryDirectory() + "headroom-export-\(UUID().uuidString)"
        defer {
            for ending in [".mps", ".lp"] { try? FileManager.default.removeItem(atPath: path + ending) }
        }
        try Data(program.mpsText().utf8).write(to: URL(fileURLWithPath: path + ".mps"))
        try Data(program.lpFile().utf8).write(to: URL(fileURLWithPath: path + ".lp"))
        return (-(try Glpsol.optimum(ofFile: path + ".mps")), try Glpsol.optimum(ofFile: path + ".lp"))
    }

    @Test("glpsol reads both formats and finds the value, in random plans", arguments: UInt64(0)..<50)
    func randomPlans(seed: UInt64) throws {
        let (_, exported) = try random(seed)
        let found = try solvedByOthers(exported.program)
        #expect(found.mps.isClose(to: exported.value, size: exported.size))
        #expect(found.lp.isClose(to: exported.value, size: exported.size))
    }

    @Test("Names that stand twice, words of the formats, empty rows and odd bounds are read by glpsol")
    func oddities() throws {
        var program = LinearProgram(.maximize, keepsNames: true)
        let x = program.addColumn("build[CN-GZ,my fibre,2026]", upper: 3)
        let y = program.addColumn("free", lower: -.infinity)
        let modules = program.addColumn("modules", isInteger: true)
        let few = program.addColumn("modules", upper: 7, isInteger: true)
        let end = program.addColumn("end", lower: 0.1, upper: 0.1)
        _ = program.addColumn("$e1", lower: -.infinity, upper: -2)
        _ = program.addColumn("2A>B", lower: 1e-7, upper: 1e20)
        let sum = LinearExpression(x) - 0.5 * LinearExpression(y)
        program.addRow("range", sum, lower: -1, upper: 4)
        program.addRow("range", sum, lower: -0.1, upper: 1e15)
        program.addRow("subject", LinearExpression(x) + LinearExpression(modules), lower: 2.5, upper: 2.5)
        program.addRow("rule[west]", LinearExpression(few) + LinearExpression(end), lower: 1)
        program.addRow("empty", LinearExpression(), lower: -1, upper: 5)
        program.setObjective(3 * LinearExpression(x) - LinearExpression(y) - LinearExpression(few))
        // x = 2.5 takes no module, y = 2x − 8 by the first range, few = 1: 7.5 + 3 − 1.
        let found = try solvedByOthers(program)
        #expect(found.mps.isClose(to: 9.5) && found.lp.isClose(to: 9.5))
        program.setObjective(LinearExpression(4))
        let constant = try solvedByOthers(program)
        #expect(constant.mps == 4 && constant.lp == 4)
        program.setObjective(LinearExpression())
        let nothing = try solvedByOthers(program)
        #expect(nothing.mps == 0 && nothing.lp == 0)
    }

    @Test("Relaxed programs have no whole numbers, and no less to gain at the first goal")
    func relaxed() throws {
        var count = 0
        for seed in UInt64(0)..<50 {
            var (planned, _) = try random(seed)
            planned.assumptions.objective.goals = [.return]
            let whole = try exported(planned)
            guard whole.program.hasIntegers else { continue }
            count += 1
            let relaxed = try exported(planned, relaxed: true)
            #expect(!relaxed.program.hasIntegers)
            #expect(relaxed.value >= whole.value - 1e-7 * whole.size)
            #expect(try solvedByOthers(relaxed.program).mps.isClose(to: relaxed.value, size: relaxed.size))
        }
        #expect(count >= 5)
    }

    @Test("One goal: the program's optimum is the goal's best, and no row is added")
    func oneGoal() throws {
        let planned = try RandomInputs(seed: 3).with(goals: .return).planningCase()
        let exported = try exported(planned)
        #expect(try solve(planned).reached(.return).isClose(to: exported.value))
        #expect(exported.program.rowNames.allSatisfy { !$0.hasPrefix("goal[") })
        #expect(exported.program.rowCount == Formulation(planned).program.rowCount)
        #expect(exported.description == ["The objective, to be maximised, is return."])
    }

    @Test("Ranked goals: the first is the objective, those after it are rows at what they keep")
    func rankedGoals() throws {
        var planned = try RandomInputs(seed: 3).with(goals: .return, .servedUsers, .utilization)
            .planningCase()
        planned.assumptions.objective.tolerance = 0
        let exported = try exported(planned)
        let plan = try solve(planned)
        #expect(plan.reached(.return).isClose(to: exported.value))
        let rows = exported.program.rowNames.suffix(2)
        #expect(rows == ["goal[served_users]", "goal[utilization]"])
        let served = try #require(plan.goals[1].best)
        #expect(exported.program.rowLower[exported.program.rowCount - 2].isClose(to: served))
        #expect(
            exported.description == [
                "The objective, to be maximised, is return.",
                "Goals ranked after it stand as rows at what they keep: goal[served_users], goal[utilization].",
            ])
    }

    @Test("A ratio becomes a difference that comes to 0")
    func ratio() throws {
        let planned = try RandomInputs(seed: 3).with(goals: .utilization, .return).planningCase()
        let exported = try exported(planned)
        #expect(exported.value == 0)
        #expect(exported.program.rowNames.last == "goal[return]")
        #expect(exported.description[0].contains("is the numerator of utilization less 0."))
        let reached = try #require(try solve(planned).reached(.utilization))
        let named = exported.description[0].split(separator: " ").compactMap { Double($0) }.first
        #expect(named.isClose(to: reached))
    }

    @Test("The service level is counted in users, so that no coefficient is next to 0")
    func serviceLevel() throws {
        let planned = try PlanningCase.byHand([RegionRow("A", users: 1e9, capacity: 1e9, growth: 0.1)]) {
            $0.objective.goals = [.serviceLevel, .return]
            $0.budget.total = 2e8
        }
        let exported = try exported(planned)
        // 1.1e9 users want service; capacity for 5e7 more of them can be paid.
        #expect(exported.value.isClose(to: 1.05e9))
        #expect(exported.description[0].contains("is service level times 1100"))
        #expect(try solvedByOthers(exported.program).lp.isClose(to: exported.value))
    }

    @Test("A goal without a value is passed over, as objective and as row")
    func undefinedGoals() throws {
        let nobody = RegionRow("A", users: 0, capacity: 0, idle: 0, [.demandPerUser: 1])
        let planned = try PlanningCase.byHand([nobody]) {
            $0.objective.goals = [.serviceLevel, .return, .utilization]
        }
        let exported = try exported(planned)
        #expect(exported.description[0] == "The objective, to be maximised, is return.")
        #expect(!exported.program.rowNames.contains("goal[service_level]"))
    }

    @Test("A plan that cannot be has no program, and what clashes is told")
    func impossible() throws {
        var planned = try RandomInputs(seed: 3).with(goals: .return).planningCase()
        planned.rules = [Rule(name: "no one", measure: .servedUsers)]
        planned.rules[0].atMost = .amount(-1)
        #expect(throws: PlanningFailure.self) { try exported(planned) }
    }
}
