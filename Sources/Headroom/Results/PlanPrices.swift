/// What money and rules are worth to the best return of a plan.
public struct PlanPrices: Sendable {
    /// What a rule costs.
    public struct RulePrice: Equatable, Sendable {
        /// A bound of the rule moved by a step: a hundredth, of the whole for a share, of itself for an amount.
        public struct Step: Equatable, Sendable {
            public var bound: Rule.Bound
            /// What the best return changes by, money; nil where no plan is possible.
            public var change: Double?
        }

        public var rule: String
        public var isLower: Bool
        public var bound: Rule.Bound
        /// What the best return gains without the rule, money.
        public var cost: Double
        /// With the bound raised and lowered by a step.
        public var raised: Step
        public var lowered: Step
        /// Per unit of the bound (for a share, of the whole share); nil where the rule bounds a share of what the plan
        /// itself decides: the return is no concave function of that.
        public var range: MarginalValue?
    }

    public var plan: Plan
    /// Highest return that the limits allow, money.
    public var bestReturn: Double
    /// The budget's amount, all rows together as `--budget` moves them; nil without a budget.
    public var budget: MarginalValue?
    /// The total alone, where there are yearly amounts too.
    public var total: MarginalValue?
    /// The amount of each planning year alone, which with carry-over serves later years too; empty without.
    public var yearly: [MarginalValue]
    /// A price a bound, in the order of the plan's rules.
    public var rules: [RulePrice]
    /// Money of the budget's total, or of all years, that the plan of the best return leaves.
    public var unspent: Double?
}
