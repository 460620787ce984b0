/// What the accounts of all regions are drawn from: one object, so that going through regions copies none of it.
final class AccountSource: Sendable {
    let planningCase: PlanningCase
    /// What was decided: nothing where every region serves whom it can by itself.
    let decisions: Decisions
    /// Whether nothing is decided and the decisions follow from the plan's inputs.
    let servesOwnUsers: Bool
    let weights: AccountWeights
    let links: LinksByRegion

    init(_ planningCase: PlanningCase, _ decisions: Decisions) {
        self.planningCase = planningCase
        self.decisions = decisions
        servesOwnUsers = false
        weights = AccountWeights(planningCase)
        links = LinksByRegion(planningCase)
    }

    /// Of doing nothing, over links neither.
    init(doingNothingIn planningCase: PlanningCase) {
        self.planningCase = planningCase
        decisions = Decisions(of: planningCase)
        servesOwnUsers = true
        weights = AccountWeights(planningCase)
        links = LinksByRegion(planningCase)
    }
}

extension AccountSource: Equatable {
    static func == (left: AccountSource, right: AccountSource) -> Bool {
        left === right
            || left.servesOwnUsers == right.servesOwnUsers && left.planningCase == right.planningCase
                && left.decisions == right.decisions
    }
}

/// What is the same for the accounts of all regions.
struct AccountWeights: Sendable {
    /// `D[t]`.
    let discount: [Double]
    /// The weight of a year's revenue and operating cost.
    let flow: [Double]
    private let residuals: [Double]
    private let yearsInService: [Range<Int>]

    init(_ planningCase: PlanningCase) {
        let assumptions = planningCase.assumptions
        let valuation = Valuation(assumptions)
        let years = assumptions.planningYears
        discount = years.map(valuation.discountFactor)
        flow = years.map(valuation.flowWeight)
        residuals = planningCase.technologies.flatMap { technology in
            years.map { valuation.residual(technology, paidIn: $0) }
        }
        yearsInService = planningCase.technologies.flatMap { technology in
            years.map { technology.inService(paidIn: $0, of: assumptions.years) }
        }
    }

    /// What is left at the end of a unit of money paid in a year, valued in the base year.
    func residual(_ technology: Int, _ paid: Int) -> Double { residuals[technology * discount.count + paid] }

    /// As positions from 0.
    func inService(_ technology: Int, _ paid: Int) -> Range<Int> {
        yearsInService[technology * discount.count + paid]
    }
}

/// The links at each region, by their places in the link table; without links no memory.
struct LinksByRegion: Sendable {
    private let out: [[Int]]
    private let into: [[Int]]

    init(_ planningCase: PlanningCase) {
        (out, into) = planningCase.links.isEmpty ? ([], []) : planningCase.linksByRegion
    }

    var isEmpty: Bool { out.isEmpty }
    func from(_ region: RegionIndex) -> [Int] { out.isEmpty ? [] : out[region] }
    func to(_ region: RegionIndex) -> [Int] { into.isEmpty ? [] : into[region] }
}
