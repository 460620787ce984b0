import LinearProgramming

/// A goal as something to maximise over the program: a linear measure or a ratio of two.
enum GoalMeasure {
    case linear(LinearExpression)
    /// `numerator / denominator`; the denominator is nowhere negative.
    case ratio(LinearExpression, LinearExpression)
    /// The goal has no value: its denominator is 0 in every plan.
    case undefined

    /// - Parameter doNothing: Net present value of doing nothing.
    init(_ goal: Goal, _ formulation: Formulation, doNothing: Double) {
        let years = formulation.planningCase.assumptions.goalYears
        switch goal {
        case .return:
            self = .linear(formulation.netPresentValue - LinearExpression(doNothing))
        case .servedUsers:
            self = .linear(formulation.servedUsers(in: years))
        case .serviceLevel:
            // Organic users are the same in every plan, so the ratio is linear.
            let organic = formulation.organicUsers(in: years)
            self = organic > 0 ? .linear((1 / organic) * formulation.servedUsers(in: years)) : .undefined
        case .utilization:
            self = .ratio(formulation.usedCapacity(in: years), formulation.capacity(in: years))
        case .leastSpending:
            self = .linear(-1 * formulation.totalSpending)
        case .worstService:
            self = formulation.worstService.map { .linear(LinearExpression($0)) } ?? .undefined
        case .roi:
            let isSpent = formulation.planningCase.assumptions.minimumSpend ?? 0 > 0
            let added = formulation.netPresentValue - LinearExpression(doNothing)
            self = isSpent ? .ratio(added, formulation.presentValueOfSpending) : .undefined
        }
    }

    /// What a linear measure is multiplied by where it stands in a program, as row or objective.
    ///
    /// A share of all users has coefficients so small that solvers take them for 0: `glpsol` reduced costs below 1e-7,
    /// HiGHS entries below 1e-9. The largest is brought up to 1.
    var factor: Double {
        guard case .linear(let expression) = self else { return 1 }
        let largest = expression.terms.reduce(0) { max($0, abs($1.coefficient)) }
        return largest > 0 && largest < 1 ? 1 / largest : 1
    }

    /// The value at a point; nil where it is undefined there.
    func value(at point: [Double]) -> Double? {
        switch self {
        case .linear(let expression): expression.value(at: point)
        case .ratio(let numerator, let denominator):
            Headroom.ratio(numerator.value(at: point), denominator.value(at: point))
        case .undefined: nil
        }
    }
}
