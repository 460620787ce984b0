import Foundation

/// A plan over budgets: the curve of its first goal, where it has one, and whole plans at the budgets asked for.
public struct BudgetSweep: Sendable {
    /// A budget at which a plan was made.
    public struct Point: Sendable {
        public enum Outcome: Sendable {
            case plan(PlanFigures)
            /// No plan holds the rules and limits with this budget.
            case impossible
            /// The search was stopped before a plan was found.
            case missing
            /// No plan was asked for.
            case unasked
        }

        public var budget: Double
        public var outcome: Outcome
        /// The first goal's best is at least this, by what other points reached; nil where they say nothing.
        public var atLeast: Double?
        /// And at most this, by the curve, or by what money was worth at other points.
        public var atMost: Double?

        /// A word for results.
        public var status: String {
            switch outcome {
            case .plan(let figures): figures.status.rawValue
            case .impossible: "infeasible"
            case .missing: "missing"
            case .unasked: "bound"
            }
        }

        public var figures: PlanFigures? {
            if case .plan(let figures) = outcome { return figures }
            return nil
        }
    }

    /// The plan's tables and its budget of today.
    public var planningCase: PlanningCase
    public var movement: BudgetMovement
    /// The first goal that has a value.
    public var goal: Goal
    public var curve: BudgetCurve?
    /// Why there is none; nil too where the search for it was stopped.
    public var noCurve: NoBudgetCurve?
    /// In the order of rising budgets.
    public var points: [Point]
    /// Whether the budgets of the points were asked for, today's aside.
    public var areBudgetsAsked = false
    /// What points prove of the budgets between them, where there is no curve: one budget between every two, where
    /// least is known.
    public var between: [Point] { openPoints }
    /// Where there is no exact curve: what a little more money than today's does, and a little less.
    public var more: Margin?
    public var less: Margin?
    /// Whether the time limit, or the caller, ended it before all was found.
    public var isStopped: Bool

    /// What a little money does, by a plan of the first goal alone with and without it.
    public struct Margin: Equatable, Sendable {
        /// What it adds to the first goal's best.
        public var gain: Double
        /// Where most of it goes, by what money of each year earns.
        public var use: BudgetCurve.Use
    }

    /// Today's budget.
    public var amount: Double { planningCase.assumptions.budget.amount(movement) ?? 0 }

    /// A round amount of money that is little beside the budget: a million, where that is little.
    public var littleMoney: Double {
        amount >= 1e7 ? 1e6 : pow(10, (log10(max(amount, 1e-9)) - 2).rounded(.down))
    }
}

// MARK: Reading

extension BudgetSweep {
    /// What is known of today's budget.
    public struct Today: Sendable {
        /// The first goal's best.
        public var best: Double?
        /// What one more unit of money adds to it, and what one less takes away.
        public var slope: Double?
        public var slopeOfLess: Double?
        /// Where the next money goes, and where less money is felt first.
        public var next: BudgetCurve.Use?
        public var firstToLose: BudgetCurve.Use?
    }

    public var exactCurve: BudgetCurve? { curve.flatMap { $0.isRelaxed ? nil : $0 } }

    /// The point at a budget; nil where there is none.
    public func point(at budget: Double) -> Point? { points.first { $0.budget == budget } }

    /// By the exact curve; where there is none, by the plan that was made with today's budget.
    public var today: Today {
        guard let exactCurve else {
            let figures = point(at: amount)?.figures
            return Today(
                best: figures?.best, slope: figures?.slope, next: more?.use, firstToLose: less?.use)
        }
        let below = exactCurve.piece(below: amount)
        return Today(
            best: exactCurve.value(at: amount), slope: exactCurve.slope(above: amount),
            slopeOfLess: below.map { exactCurve.slopes[$0] },
            next: exactCurve.piece(above: amount).flatMap { exactCurve.changes(ofPiece: $0).first },
            firstToLose: below.flatMap { exactCurve.changes(ofPiece: $0).first })
    }

    /// The smallest budget that is known to bring the first goal's best to a value: by the exact curve, else of the
    /// plans that were made. Nil where none does.
    public func budget(reaching value: Double) -> Double? {
        if let exactCurve { return exactCurve.budget(reaching: value) }
        return points.first { $0.figures?.best.map { goal.isReached(value, by: $0) } ?? false }?.budget
    }
}

extension BudgetSweep {
    /// Between which budgets the smallest one lies that has a plan of whole modules: by the curve of modules bought in
    /// part, and by the plans that were made. Nil where there is no such curve, or no budget that has a plan is known.
    public var smallestBudgetOfModules: ClosedRange<Double>? {
        guard let curve, curve.isRelaxed, let first = points.first(where: { $0.figures != nil }) else {
            return nil
        }
        // Where a share of the budget must be spent, a smaller one may have a plan though a larger one has none.
        let impossible = points.last {
            guard case .impossible = $0.outcome else { return false }
            return $0.budget < first.budget && planningCase.assumptions.minimumSpend == nil
        }
        let least = max(curve.range.lowerBound, impossible?.budget ?? 0)
        return min(least, first.budget)...first.budget
    }
}

/// A plan in the figures that a sweep shows.
public struct PlanFigures: Sendable {
    public var status: Plan.Status
    /// The first goal's best; nil where it was not proved, or the goal has no value with this budget.
    public var best: Double?
    /// What of it the plan keeps.
    public var value: Double?
    /// What is left to the proved bound of the first goal; see `Plan.GoalOutcome`.
    public var gap: Double?
    /// What one more unit of the budget adds to the first goal's best; nil where nothing is known of it.
    public var slope: Double?
    public var spending: LeverAmounts
    public var netPresentValue: Double
    public var `return`: Double
    public var returnOnInvestment: Double?
    public var utilization: Double?
    public var serviceLevel: Double?
    public var usersServed: Double

    init(_ plan: Plan, _ goal: Goal, _ movement: BudgetMovement) {
        let outcome = plan.goals.first { $0.goal == goal }
        let figures = plan.figures(of: plan.planningCase.regions.indices)
        status = plan.status
        best = outcome?.best
        value = outcome?.value
        gap = outcome?.gap
        slope = goal == .return ? plan.shadowPrices.flatMap { $0.price(of: movement) } : nil
        spending = figures.spending
        netPresentValue = plan.ledger.totalNetPresentValue
        self.return = plan.added
        returnOnInvestment = plan.returnOnInvestment
        utilization = figures.utilization
        serviceLevel = figures.serviceLevel
        usersServed = figures.usersServed
    }
}

extension Plan.ShadowPrices {
    fileprivate func price(of movement: BudgetMovement) -> Double? {
        switch movement {
        case .allRows: allRows
        case .totalOnly: total
        }
    }
}
