/// What holds for the whole plan: horizon, money, growth, goals (model, 3.2).
public struct Assumptions: Equatable, Sendable {
    /// What the plan is called.
    public var title = ""
    /// Calendar year of the region table.
    public var baseYear: Int
    /// Planning years `T`; the first is the one after the base year.
    public var years: Int
    /// Currency of every amount, in constant prices.
    public var currency = "money"
    /// What capacity is counted in.
    public var capacityUnit = "unit"
    /// Real, a year, as a fraction ≥ 0.
    public var discountRate: Double
    /// Share of capacity that may be used, in regions that do not say their own.
    public var maxUtilization = 1.0
    /// How users grow by themselves.
    public var growth = Growth.exponential
    /// Money for investment.
    public var budget = Budget()
    /// How users are won.
    public var adoption = Adoption()
    /// Weights of `RegionColumn.creditIndicators`, in their order.
    public var creditWeights = [1.0, 1, 1, 1, 1]
    /// What is maximised.
    public var objective = Objective()
    /// What capacity is worth at the horizon.
    public var residualValue = ResidualValue.linear
    /// Years valued after the last planning year, with that year's users and capacity.
    public var valuationYears = 0

    public init(baseYear: Int, years: Int, discountRate: Double) {
        self.baseYear = baseYear
        self.years = years
        self.discountRate = discountRate
    }

    /// The least that `Σ_t I[t]` must come to where roi is a goal; nil where it is not, or nothing says how much.
    public var minimumSpend: Double? {
        guard objective.goals.contains(.roi) else { return nil }
        switch objective.minimumSpend {
        case .amount(let money): return money
        case .share(let share): return budget.smallestAmount.map { share * $0 }
        }
    }

    /// `1...T`.
    public var planningYears: [Year] { (1...years).map(Year.init) }
    /// The last planning year, `T`.
    public var horizon: Year { Year(years) }

    /// `base_year + t`.
    public func calendarYear(_ year: Year) -> Int { baseYear + year.ordinal }

    /// The years that utilization, service level and served users are counted over (model, 7).
    public var goalYears: [Year] {
        guard let range = objective.years else { return [horizon] }
        return planningYears.filter { range.contains(calendarYear($0)) }
    }
}

/// A planning year, counted from 1; 0 is the base year.
public struct Year: Hashable, Comparable, Sendable {
    public let ordinal: Int
    public init(_ ordinal: Int) { self.ordinal = ordinal }
    public static func < (left: Year, right: Year) -> Bool { left.ordinal < right.ordinal }
}

/// How the users who want service by themselves grow (model, 3.3).
public enum Growth: String, CaseIterable, Sendable { case exponential, logistic }

/// What capacity is worth at the horizon (model, 7).
public enum ResidualValue: String, CaseIterable, Sendable { case linear, none }

/// Money for investment. Amounts are in the plan's currency, undiscounted (model, 3.2 and 5.7).
public struct Budget: Equatable, Sendable {
    /// No amount of money is larger: beyond it an amount takes the digits away that others are computed with.
    public static let largestAmount = 1e18

    /// Over all years; nil: no limit.
    public var total: Double?
    /// A limit a planning year; nil: none.
    public var yearly: [Double]?
    /// Whether unspent yearly money stays available.
    public var carryOver = false

    public init(total: Double? = nil, yearly: [Double]? = nil, carryOver: Bool = false) {
        self.total = total
        self.yearly = yearly
        self.carryOver = carryOver
    }

    /// Whether there is no limit to spending.
    public var isFree: Bool { total == nil && yearly == nil }

    /// What `--budget` sets and scales: the total, or the sum of the yearly amounts where there is no total.
    public var amount: Double? { total ?? yearly.map { $0.reduce(0, +) } }

    /// What a share of the budget is of: the total or the sum of the yearly amounts, the smaller where both are given.
    public var smallestAmount: Double? {
        [total, yearly.map { $0.reduce(0, +) }].compactMap(\.self).min()
    }

    /// What the budget allows, a limit each: the years whose spending counts, as ordinals, and the money.
    ///
    /// `Σ_t I[t] ≤ total`; `I[t] ≤ yearly[t]`, or with carry-over `Σ_{τ≤t} I[τ] ≤ Σ_{τ≤t} yearly[τ]` (model, 5.7).
    public func limits(years: Int) -> [(years: ClosedRange<Int>, money: Double)] {
        var limits: [(ClosedRange<Int>, Double)] = []
        if let total { limits.append((1...years, total)) }
        var sum = 0.0
        for (index, money) in (yearly ?? []).enumerated() {
            sum += money
            limits.append(carryOver ? (1...index + 1, sum) : (index + 1...index + 1, money))
        }
        return limits
    }

    /// All rows multiplied together.
    public func scaled(by factor: Double) -> Budget {
        Budget(
            total: total.map { $0 * factor }, yearly: yearly.map { $0.map { $0 * factor } },
            carryOver: carryOver)
    }
}

/// How users are won (model, 3.2 and 5.2–5.3).
public struct Adoption: Equatable, Sendable {
    /// A share of the users still to be won, at a multiple of the region's adoption cost.
    public struct Step: Equatable, Sendable {
        /// Of the users still to be won, in [0, 1].
        public var share: Double
        /// Multiplies the region's adoption cost.
        public var costFactor: Double

        public init(share: Double, costFactor: Double) {
            self.share = share
            self.costFactor = costFactor
        }
    }

    /// In order of rising cost.
    public var steps: [Step]
    /// Share of won users kept from year to year.
    public var retention: Double

    public init(steps: [Step] = [Step(share: 1, costFactor: 1)], retention: Double = 1) {
        self.steps = steps
        self.retention = retention
    }
}

/// What is maximised, in order of rank (model, 7).
public struct Objective: Equatable, Sendable {
    /// In order of rank.
    public var goals: [Goal]
    /// Share of a goal's best that may be given up for the goals after it.
    public var tolerance: Double
    /// Calendar years that utilization and service are counted over; nil: the last planning year.
    public var years: ClosedRange<Int>?
    /// The least that is spent, undiscounted, where roi is a goal; a share is of the budget.
    public var minimumSpend = Rule.Bound.share(0.5)
    /// Relative gap at which a plan with whole modules is good enough.
    public var gap = 1e-6

    public init(
        goals: [Goal] = [.return, .utilization], tolerance: Double = 1e-3, years: ClosedRange<Int>? = nil
    ) {
        self.goals = goals
        self.tolerance = tolerance
        self.years = years
    }
}

/// What a plan can be the best in (model, 7).
public enum Goal: String, CaseIterable, Sendable {
    case `return`, utilization
    case serviceLevel = "service_level"
    case servedUsers = "served_users"
    case roi
    case worstService = "worst_service"
    case leastSpending = "least_spending"

    /// In words, for people.
    public var title: String { rawValue.replacing("_", with: " ") }

    /// Whether a plan that comes to `value` is as good as `wanted`, or better.
    public func isReached(_ wanted: Double, by value: Double) -> Bool {
        self == .leastSpending ? value <= wanted : value >= wanted
    }
}
