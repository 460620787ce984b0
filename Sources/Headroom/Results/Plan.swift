public import LinearProgramming

/// A plan: what to spend where, and what comes of it.
public struct Plan: Sendable {
    public enum Status: String, Sendable {
        /// Proved to be the best in every goal.
        case optimal
        /// Holds all limits; the search was stopped before all goals were proved, or with whole modules in many regions
        /// ended before the gap asked for.
        case feasible
    }

    /// A goal, its best value at its rank, and what the plan reaches.
    public struct GoalOutcome: Equatable, Sendable {
        public var goal: Goal
        /// Nil where the goal is undefined, or was not reached before the search was stopped.
        public var best: Double?
        public var value: Double?
        /// What is left to the proved bound of the goal, relative to `max(1, |best|)`: 0 where the best is proved, as
        /// always without whole modules; nil where nothing is proved.
        public var gap: Double?
    }

    /// What one more unit of money in a budget row adds to the return, money of the base year.
    public struct ShadowPrices: Equatable, Sendable {
        public var total: Double?
        /// A planning year each; empty without a yearly budget.
        public var yearly: [Double] = []
        /// Of the budget's amount with all its rows scaled together, as `--budget` scales them; nil without a budget.
        public var allRows: Double?
        /// The same on both sides of the budget, and how far that holds; nil where it was not looked for.
        public var range: MarginalValue?
    }

    public var status: Status
    /// The goal at which the search was stopped.
    public var stoppedAt: Goal?
    public var goals: [GoalOutcome]
    public var ledger: Ledger
    public var doNothing: Ledger
    /// At the best return that the limits allow, whatever the rank of the goal `return`; nil where the search was
    /// stopped before.
    public var shadowPrices: ShadowPrices?
    /// Why each region gets what it gets.
    public var reasons: [Reason]
    public var certificate: Certificate?
    /// Solver and method.
    public var method: String
    /// Simplex steps.
    public var steps: Int

    public var planningCase: PlanningCase { ledger.planningCase }
}

// MARK: Figures

extension Plan {
    /// The largest gap of any goal that was maximised; nil where nothing is proved of one.
    public var gap: Double? {
        var worst = 0.0
        for outcome in goals where outcome.best != nil || outcome.goal == stoppedAt {
            guard let gap = outcome.gap else { return nil }
            worst = max(worst, gap)
        }
        return worst
    }

    /// The return, what the plan adds: its net present value less that of doing nothing.
    public var added: Double { ledger.totalNetPresentValue - doNothing.totalNetPresentValue }

    /// A region's part of the return.
    public func added(by region: RegionIndex) -> Double {
        ledger.netPresentValue[region] - doNothing.netPresentValue[region]
    }

    /// Return over the present value of spending; nil where almost nothing is spent (model, 7).
    public var returnOnInvestment: Double? {
        let invested = ledger.investmentPresentValue
        guard invested > 1e-9 * abs(doNothing.totalNetPresentValue), invested > 0 else { return nil }
        return added / invested
    }

    /// Users won by adoption over the whole horizon.
    public func wonUsers(of region: RegionIndex) -> Double {
        ledger.decisions.wonUsers.reduce(0) { $0 + $1.total(of: region) }
    }

    /// Capacity paid for over the whole horizon, capacity units.
    public func newCapacity(of region: RegionIndex) -> Double {
        ledger.decisions.newCapacity.reduce(0) { $0 + $1.total(of: region) }
    }

    /// What a goal comes to in the plan; nil where it is undefined.
    public func value(of goal: Goal) -> Double? {
        let years = planningCase.assumptions.goalYears
        switch goal {
        case .`return`: return added
        case .utilization: return ledger.utilization(in: years)
        case .serviceLevel: return ledger.serviceLevel(in: years)
        case .servedUsers: return ledger.sum(ledger.totals.servedUsers, in: years)
        case .leastSpending: return ledger.spending()
        case .roi: return returnOnInvestment
        case .worstService: return ledger.worstService?.level
        }
    }
}
