/// Which rows of a block can bind, and how many users can be served in each year where none does.
///
/// A row that only bounds one column is that column's bound; one that no plan can reach is left out.
struct BlockRows {
    private(set) var count = 0
    /// Where the rows of rules begin: the last ones.
    private(set) var firstRule = 0
    /// By year, by technology, by step: the row, -1 without.
    let use: UnsafeMutablePointer<Int32>
    let demand: UnsafeMutablePointer<Int32>
    let tradeServed: UnsafeMutablePointer<Int32>
    let tradeEnrolled: UnsafeMutablePointer<Int32>
    let buildLimit: UnsafeMutablePointer<Int32>
    let totalLimit: UnsafeMutablePointer<Int32>
    let step: UnsafeMutablePointer<Int32>
    /// By year: users whom demand, adoption and capacity allow, the size of the year's user numbers.
    let reach: UnsafeMutablePointer<Double>
    /// By year: the upper bounds of `x[t]` and `v[t]`.
    let mostServed: UnsafeMutablePointer<Double>
    let mostTrading: UnsafeMutablePointer<Double>
    /// By year: whether all users who are served trade online, so that `v[t] = x[t]` needs no column.
    let allTrade: UnsafeMutablePointer<Bool>

    init(_ shape: BlockShape, _ memory: ScratchMemory) {
        use = memory.integers(shape.years)
        demand = memory.integers(shape.years)
        tradeServed = memory.integers(shape.years)
        tradeEnrolled = memory.integers(shape.years)
        buildLimit = memory.integers(shape.years)
        totalLimit = memory.integers(shape.technologyCount)
        step = memory.integers(shape.stepCount)
        reach = memory.doubles(shape.years)
        mostServed = memory.doubles(shape.years)
        mostTrading = memory.doubles(shape.years)
        allTrade = memory.flags(shape.years)
    }

    static func most(_ shape: BlockShape) -> Int {
        5 * shape.years + shape.technologyCount + shape.stepCount
            + shape.rules.reduce(0) { $0 + $1.years.count }
    }

    /// Chooses the rows of a region. O(years + technologies + steps).
    mutating func choose(
        _ figures: BlockFigures, _ levers: BlockLevers, _ shape: BlockShape, _ region: RegionIndex
    ) {
        count = 0
        var winnable = 0.0
        for index in 0..<shape.stepCount {
            let canWin = levers.winningAtStep[index] > 0
            step[index] = row(if: canWin)
            if canWin { winnable += figures.winnable[index] }
        }
        for index in 0..<shape.technologyCount {
            totalLimit[index] = row(
                if: levers.buildingWith[index] > 1 && figures.totalLimit[index] < .infinity)
        }
        for year in 0..<shape.years {
            buildLimit[year] = row(if: levers.buildingIn[year] > 1 && figures.yearlyBuildLimit < .infinity)
            boundServedUsers(year, winnable, figures, levers)
            boundTradingUsers(year, figures, levers)
        }
        firstRule = count
        for rule in shape.rules where rule.covers[region] { count &+= rule.years.count }
    }

    private mutating func row(if isNeeded: Bool) -> Int32 {
        guard isNeeded else { return -1 }
        count &+= 1
        return Int32(truncatingIfNeeded: count &- 1)
    }

    private mutating func boundServedUsers(
        _ year: Int, _ winnable: Double, _ figures: BlockFigures, _ levers: BlockLevers
    ) {
        let organic = figures.organic[year]
        var most = min(figures.potential, organic + winnable)
        let isShort = most > figures.servedByBase[year]
        use[year] = row(if: isShort && levers.building[year] > 0)
        if isShort {
            let capacity = figures.base[year] + levers.buildable[year]
            most = min(most, figures.servedPerUnit[year] * capacity)
        }
        reach[year] = most
        demand[year] = row(if: levers.winning[year] > 0 && most > organic)
        if demand[year] < 0 { most = min(most, organic) }
        mostServed[year] = most
    }

    private mutating func boundTradingUsers(_ year: Int, _ figures: BlockFigures, _ levers: BlockLevers) {
        let earns = levers.tradeWorth[year] > 0
        allTrade[year] = earns && figures.creditUsers >= mostServed[year]
        let canEnrol = levers.enrolling[year] > 0
        mostTrading[year] =
            !earns || allTrade[year] ? 0 : min(mostServed[year], canEnrol ? .infinity : figures.creditUsers)
        tradeServed[year] = row(if: mostTrading[year] > 0)
        tradeEnrolled[year] = row(if: mostTrading[year] > 0 && canEnrol)
    }
}
