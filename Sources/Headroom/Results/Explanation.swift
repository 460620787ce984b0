/// Why a region gets what it gets, and what would change that.
///
/// What money earns is asked of the plan of the best return, whatever the plan's goals; what would bring money is asked
/// of the whole plan, and was seen to by solving it again with the change.
public struct Explanation: Sendable {
    /// What the next money in one lever earns, other regions staying as they are.
    public struct Margin: Equatable, Sendable {
        public var option: LeverOption
        /// Where it earns the most.
        public var year: Year
        /// Return per unit of money spent in that year; nil where nothing is left to buy.
        public var earns: Double?
        /// For so much money at least.
        public var money: Double
        /// What money spent in that year earns elsewhere: the price of the budget; nil with whole modules.
        public var elsewhere: Double?
    }

    /// A limit that the plan is up to, and what one of a hundredth more would add.
    public struct Limit: Equatable, Sendable {
        public var change: RegionChange
        /// Of the best return, money.
        public var gain: Double
    }

    /// Where money would come to a lever that gets none.
    public struct Entry: Equatable, Sendable {
        public var lever: Lever?
        /// With it money comes.
        public var with: RegionChange
        /// The next smaller change, with which none comes.
        public var without: RegionChange
    }

    public var region: RegionIndex
    public var plan: Plan
    /// What the plan of the best return spends here, money.
    public var spendingAtBestReturn: Double
    /// The dearest first.
    public var margins: [Margin]
    /// What the region's last unit of money earns; nil where it gets none.
    public var lastUnit: Double?
    public var limits: [Limit]
    public var entries: [Entry]
}
