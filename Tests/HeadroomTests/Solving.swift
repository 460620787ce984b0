import GLPKSolver
import Headroom
import HeadroomTestSupport
import LinearProgramming

/// The best plan of a case, by the solver that the program uses.
func solve(_ planningCase: PlanningCase) throws -> Plan {
    try Planner(solver: GLPKSolver()).plan(planningCase)
}

/// The best plan of a case that was written down by hand.
func solve(
    _ rows: RegionRow..., years: Int = 1, change: (inout Assumptions) -> Void = { _ in }
) throws -> Plan {
    try solve(.byHand(rows, years: years, change: change))
}

extension Double {
    /// Equal but for a relative rounding error; a number below 1 is measured against `size`.
    func isClose(to other: Double, within tolerance: Double = 1e-6, size: Double = 1) -> Bool {
        abs(self - other) <= tolerance * Swift.max(abs(self), abs(other), size)
    }
}

extension Double? {
    func isClose(to other: Double, within tolerance: Double = 1e-6) -> Bool {
        map { $0.isClose(to: other, within: tolerance) } ?? false
    }
}

extension [Double] {
    func isClose(to other: [Double], within tolerance: Double = 1e-6, size: Double = 1) -> Bool {
        count == other.count
            && zip(self, other).allSatisfy { $0.isClose(to: $1, within: tolerance, size: size) }
    }
}

extension Plan {
    /// Capacity paid for, region after region and year after year, of the only technology.
    var built: [Double] { ledger.decisions.newCapacity[0].listed }
    /// Users won at the first step.
    var won: [Double] { ledger.decisions.wonUsers[0].listed }
    var served: [Double] { ledger.decisions.servedUsers.listed }

    /// What the goal reaches in the plan.
    func reached(_ goal: Goal) -> Double? { goals.first { $0.goal == goal }?.value }
}

extension YearlyAmounts {
    /// All amounts, region after region and year after year.
    var listed: [Double] {
        (0..<regionCount).flatMap { region in
            (1...years).map { self[RegionIndex(region), Year($0)] }
        }
    }
}

extension Ledger {
    /// A figure of all regions, region after region and year after year.
    func listed(_ figure: KeyPath<RegionAccount, [Double]>) -> [Double] {
        planningCase.regions.indices.flatMap { account(of: $0)[keyPath: figure] }
    }
}
