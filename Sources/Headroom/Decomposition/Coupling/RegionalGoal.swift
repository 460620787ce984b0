/// A goal as something to maximise over regions at prices: a sum or a ratio of two, as `GoalMeasure` has it over a program.
enum RegionalGoal {
    case linear(RegionalSum)
    /// `numerator / denominator`; the denominator is nowhere negative.
    case ratio(RegionalSum, RegionalSum)
    /// The goal has no value: its denominator is 0 in every plan.
    case undefined

    /// - Precondition: The goal is not the worst service, which no sum is.
    init(_ goal: Goal, _ coupling: CouplingRows) {
        let planningCase = coupling.planningCase
        let years = planningCase.assumptions.goalYears
        switch goal {
        case .return: self = .linear(coupling.netPresentValueAdded)
        case .servedUsers: self = .linear(coupling.sum(of: .users, in: years))
        case .serviceLevel:
            let organic = planningCase.regions.indices.reduce(0) { sum, region in
                years.reduce(sum) { $0 + planningCase.organicUsers(region, $1) }
            }
            self = organic > 0 ? .linear((1 / organic) * coupling.sum(of: .users, in: years)) : .undefined
        case .utilization:
            self = .ratio(coupling.sum(of: .used, in: years), coupling.sum(of: .capacity, in: years))
        case .leastSpending: self = .linear(-1 * coupling.spending { _ in 1 })
        case .roi:
            let isSpent = planningCase.assumptions.minimumSpend ?? 0 > 0
            let valuation = Valuation(planningCase.assumptions)
            let spent = coupling.spending { valuation.discountFactor($0) }
            self = isSpent ? .ratio(coupling.netPresentValueAdded, spent) : .undefined
        case .worstService: preconditionFailure("the worst service is no sum")
        }
    }
}

extension CouplingRows {
    /// A sum of nothing.
    var nothing: RegionalSum {
        RegionalSum(amounts: [Double](repeating: 0, count: measures.count * years))
    }

    /// The return: net present value less that of doing nothing.
    var netPresentValueAdded: RegionalSum {
        var sum = nothing
        sum.netPresentValue = 1
        return sum
    }
}
