import Headroom
import HeadroomTestSupport

extension RandomInputs {
    /// Seeds of the random plans that the laws are tried on.
    static let seeds: Range<UInt64> = 0..<40

    /// Five to eight regions over three to six years.
    init(seed: UInt64) {
        self.init(seed: seed, regions: 5 + Int(seed % 4), years: 3 + Int(seed / 4 % 4))
    }

    func with(_ change: (inout Assumptions) -> Void) -> RandomInputs {
        var changed = self
        change(&changed.assumptions)
        return changed
    }

    /// The same plan with other goals; nothing of an earlier goal is given up.
    func with(goals: Goal...) -> RandomInputs {
        with {
            $0.objective.goals = goals
            $0.objective.tolerance = 0
        }
    }

    func solved() throws -> Plan { try solve(planningCase()) }
}

extension Plan {
    /// The best return that the goal's rank allows.
    var bestReturn: Double? { goals.first { $0.goal == .return }?.best }

    /// The size that money of this plan is measured against.
    var moneySize: Double { doNothing.netPresentValue.reduce(1) { $0 + abs($1) } }
}
