/// What a set of decisions comes to, computed from the model alone.
///
/// It shares the inputs and what is derived from them (growth, demand, costs, discounting) with the formulation, but
/// no row and no coefficient: a figure that the program and the ledger agree on was summed up twice.
///
/// Kept are the decisions, the net present value of each region and sums by year, from one pass over the regions. What
/// single regions come to is worked out when it is asked for, a region at a time.
public struct Ledger: Equatable, Sendable {
    /// `NPV` by region, money of the base year.
    public private(set) var netPresentValue: [Double]
    /// Sums over all regions.
    public private(set) var totals: YearlyTotals

    /// The lowest service level of any region in the last planning year, and the first region that has it; nil where
    /// nobody wants service.
    public private(set) var worstService: RegionalService?

    let source: AccountSource

    /// O(regions · years).
    ///
    /// - Parameter threads: How many portions of the regions are gone through at once; the result does not depend on
    ///   it.
    public init(_ planningCase: PlanningCase, _ decisions: Decisions, threads: Int = 1) {
        self.init(AccountSource(planningCase, decisions), threads)
    }

    /// Of doing nothing in a plan without links: the highest net present value with zero spending (model, 7).
    ///
    /// Every region serves whoever finds capacity, and whoever is enrolled already trades. Nothing of it is kept by
    /// region and year.
    public init(doingNothingIn planningCase: PlanningCase, threads: Int = 1) {
        precondition(planningCase.links.isEmpty, "over links doing nothing is a plan of its own")
        self.init(AccountSource(doingNothingIn: planningCase), threads)
    }

    private init(_ source: AccountSource, _ threads: Int) {
        self.source = source
        netPresentValue = []
        totals = YearlyTotals(of: source.planningCase)
        sumUp(threads)
    }

    public var planningCase: PlanningCase { source.planningCase }

    /// What was decided. Of a ledger of doing nothing worked out anew each time, O(regions · years).
    public var decisions: Decisions {
        source.servesOwnUsers ? .doNothing(source.planningCase) : source.decisions
    }

    private mutating func sumUp(_ threads: Int) {
        let none = (values: [Double](), totals: totals, worst: nil as RegionalService?)
        let horizon = planningCase.assumptions.years - 1
        let portions = portions(threads: threads, from: none) { sums, account in
            sums.values.append(account.netPresentValue)
            sums.totals.add(account)
            guard let level = ratio(account.servedUsers[horizon], account.organicUsers[horizon]) else {
                return
            }
            if level < sums.worst?.level ?? .infinity {
                sums.worst = RegionalService(level: level, region: account.region)
            }
        }
        netPresentValue.reserveCapacity(planningCase.regions.count)
        for portion in portions {
            netPresentValue += portion.values
            totals += portion.totals
        }
        worstService = portions.compactMap(\.worst).min { $0.level < $1.level }
    }
}

/// Users served over organic users, `x/n`, in one region.
public struct RegionalService: Equatable, Sendable {
    public var level: Double
    public var region: RegionIndex
}

/// What money is spent on (model, 1).
public enum Lever: String, CaseIterable, Sendable { case build, adoption, share, credit }

// MARK: Region by region

extension Ledger {
    /// What the decisions come to in one region.
    public func account(of region: RegionIndex) -> RegionAccount {
        var account = AccountReader(source)
        account.load(region)
        return RegionAccount(account)
    }

    /// How many regions are summed up in one piece; part of what a sum comes to in its last digit.
    private static let portion = 4096

    /// Goes through regions, portions of them on several threads at once.
    ///
    /// - Parameters:
    ///   - regions: Nil stands for all of them.
    ///   - sumUp: What a portion comes to.
    /// - Returns: What each portion came to, in the order of the regions, whatever the number of threads.
    func portions<Value: Sendable>(
        of regions: [RegionIndex]? = nil, threads: Int, _ sumUp: @Sendable (AccountPortion) -> Value
    ) -> [Value] {
        let count = regions?.count ?? planningCase.regions.count
        let portions = (count + Self.portion - 1) / Self.portion
        return parallelMap(portions, threads: threads) { portion in
            let first = portion * Self.portion
            return sumUp(
                AccountPortion(
                    source: source, regions: regions, places: first..<min(first + Self.portion, count)))
        }
    }

    /// As above, where each portion starts from the same and takes in one region after the other.
    func portions<Value: Sendable>(
        of regions: [RegionIndex]? = nil, threads: Int, from start: Value,
        _ enter: @Sendable (inout Value, borrowing AccountReader) -> Void
    ) -> [Value] {
        portions(of: regions, threads: threads) { portion in
            var value = start
            portion.read { enter(&value, $0) }
            return value
        }
    }
}

/// Some regions that are gone through on one thread.
struct AccountPortion {
    let source: AccountSource
    /// Nil: the places are those of the table.
    let regions: [RegionIndex]?
    let places: Range<Int>

    /// Goes through the regions in their order.
    func read(_ body: (borrowing AccountReader) -> Void) {
        var account = AccountReader(source)
        for place in places {
            account.load(regions?[place] ?? RegionIndex(place))
            body(account)
        }
    }

    func map<Value>(_ transform: (borrowing AccountReader) -> Value) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(places.count)
        read { values.append(transform($0)) }
        return values
    }
}

// MARK: Sums

extension Ledger {
    /// Spending of a region, a year, a lever; nil stands for all of them. Money, undiscounted.
    public func spending(region: RegionIndex? = nil, year: Year? = nil, lever: Lever? = nil) -> Double {
        let years = year.map { $0.ordinal...$0.ordinal } ?? 1...planningCase.assumptions.years
        var sum = 0.0
        for lever in lever.map({ [$0] }) ?? Lever.allCases {
            for year in years {
                sum += region.map { spending(lever, $0, Year(year)) } ?? totals.spending[year - 1][lever]
            }
        }
        return sum
    }

    private func spending(_ lever: Lever, _ region: RegionIndex, _ year: Year) -> Double {
        switch lever {
        case .build:
            return planningCase.technologies.indices.reduce(0) { $0 + buildSpending(region, $1, year) }
        case .adoption:
            return source.decisions.wonUsers.indices.reduce(0) { sum, step in
                let won = source.decisions.wonUsers[step][region, year]
                return won == 0 ? sum : sum + planningCase.adoptionCost(region, step: step) * won
            }
        case .share:
            return source.links.to(region).reduce(0) { sum, link in
                let added = source.decisions.linkWidening[link][year]
                return added == 0 ? sum : sum + planningCase.links[link].buildCost * added
            }
        case .credit:
            let enrolled = source.decisions.enrolledUsers[region, year]
            return enrolled == 0 ? 0 : planningCase.regions.creditCost[region] * enrolled
        }
    }

    /// Spending of a region and year on building with one technology. Money, undiscounted.
    func buildSpending(_ region: RegionIndex, _ technology: Int, _ year: Year) -> Double {
        let built = source.decisions.newCapacity[technology][region, year]
        return built == 0 ? 0 : planningCase.buildCost(region, technology) * built
    }

    /// One of the totals over some years.
    func sum(_ totals: [Double], in years: [Year]) -> Double { years.reduce(0) { $0 + totals[$1] } }

    /// `Σ u / Σ c`; nil where there is no capacity.
    public func utilization(in years: [Year]) -> Double? {
        ratio(sum(totals.usedCapacity, in: years), sum(totals.capacity, in: years))
    }

    /// `Σ x / Σ n`: users served over organic users; nil where there are none.
    public func serviceLevel(in years: [Year]) -> Double? {
        ratio(sum(totals.servedUsers, in: years), sum(totals.organicUsers, in: years))
    }

    /// `Σ x` over all regions in the last planning year.
    public var usersServedAtHorizon: Double { totals.servedUsers[planningCase.assumptions.horizon] }

    public var totalNetPresentValue: Double { netPresentValue.reduce(0, +) }

    /// `Σ_t D[t] · I[t]`, money of the base year.
    public var investmentPresentValue: Double {
        let valuation = Valuation(planningCase.assumptions)
        return planningCase.assumptions.planningYears.reduce(0) {
            $0 + valuation.discountFactor($1) * spending(year: $1)
        }
    }
}

func ratio(_ numerator: Double, _ denominator: Double) -> Double? {
    denominator > 0 ? numerator / denominator : nil
}
