import Foundation
import Headroom
import HeadroomFiles
import LinearProgramming

/// The folder of a made-up plan, with what the tools need beside it.
struct Workplace {
    let plan: URL

    /// The data section for `glpsol`.
    var data: URL { plan.appending(path: "plan.dat") }
    /// The plan as MPS.
    var program: URL { plan.appending(path: "plan.mps") }
    var solution: URL { plan.appending(path: "solution.txt") }
    var allocation: URL { plan.appending(path: "allocation.csv") }

    /// Writes what `headroom export` writes, without the solve that tells the export its optimum.
    ///
    /// - Throws: What the plan's reader says, and what Foundation says of the disk.
    func writeProgram() throws {
        let planningCase = try LoadedPlan(path: plan.path).planningCase
        let formulation = Formulation(planningCase, keepsNames: true)
        let nothing = Ledger(planningCase, .doNothing(planningCase)).totalNetPresentValue
        var program = formulation.program
        program.setObjective(formulation.netPresentValue - LinearExpression(nothing))
        try program.mpsText().write(to: self.program, atomically: true, encoding: .utf8)
    }
}
