/// What bounds a region's users, which of these bounds need a row, and what users are counted down from.
///
/// Served users need no column: `x[t] = limit[t] − s[t]`, where the limit is what bounds them where nothing is built and
/// nobody won (capacity, demand, or a number), and `s[t] ≥ 0` is what they fall short of it. So users who bring something
/// start where they are best served. Only a second bound that levers can bring into play makes a row, and without one
/// users who are wanted reach their limit: then there is no shortfall either. Trading users likewise. Bounds below are
/// rows only where it can be better not to serve, or rules may ask for it.
struct SubproblemRows {
    private(set) var count = 0
    /// Where the rows of rules begin: the last ones.
    private(set) var firstRule = 0
    /// By year, by technology, by step: the row, -1 without.
    ///
    /// `x[t]` against the other of capacity and demand; `x[t]` itself, between what must be served and `reach[t]`; and
    /// trading users against the other of enrolled and served ones.
    let match: UnsafeMutablePointer<Int32>
    let served: UnsafeMutablePointer<Int32>
    let trade: UnsafeMutablePointer<Int32>
    let buildLimit: UnsafeMutablePointer<Int32>
    let totalLimit: UnsafeMutablePointer<Int32>
    let step: UnsafeMutablePointer<Int32>
    /// By year: users whom demand, adoption and capacity allow, the size of the year's user numbers.
    let reach: UnsafeMutablePointer<Double>
    /// By year: the users who are served by base capacity alone.
    let start: UnsafeMutablePointer<Double>
    /// By year: whether the limit is what capacity, or what demand allows; else it is `reach[t]`, which no lever moves.
    let isByCapacity: UnsafeMutablePointer<Bool>
    let isByDemand: UnsafeMutablePointer<Bool>
    /// By year: whether users may have to stay below their limit.
    let hasShortfall: UnsafeMutablePointer<Bool>
    /// By year: whether trading users earn, whether they are counted down from served users (else from enrolled ones),
    /// and whether they may have to stay below.
    let earns: UnsafeMutablePointer<Bool>
    let isByServed: UnsafeMutablePointer<Bool>
    let hasTradeShortfall: UnsafeMutablePointer<Bool>

    init(_ shape: SubproblemShape, _ memory: ScratchMemory) {
        match = memory.integers(shape.years)
        served = memory.integers(shape.years)
        trade = memory.integers(shape.years)
        buildLimit = memory.integers(shape.years)
        totalLimit = memory.integers(shape.technologyCount)
        step = memory.integers(shape.stepCount)
        reach = memory.doubles(shape.years)
        start = memory.doubles(shape.years)
        isByCapacity = memory.flags(shape.years)
        isByDemand = memory.flags(shape.years)
        hasShortfall = memory.flags(shape.years)
        earns = memory.flags(shape.years)
        isByServed = memory.flags(shape.years)
        hasTradeShortfall = memory.flags(shape.years)
    }

    static func most(_ shape: SubproblemShape) -> Int {
        4 * shape.years + shape.technologyCount + shape.stepCount
            + shape.rules.reduce(0) { $0 + $1.years.count }
    }

    /// Chooses the rows of a region. O(years + technologies + steps).
    mutating func choose(
        _ figures: SubproblemFigures, _ levers: SubproblemLevers, _ shape: SubproblemShape,
        _ region: RegionIndex
    ) {
        count = 0
        var ruled = 0
        for rule in shape.rules where rule.covers[region] { ruled &+= rule.years.count }
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
            buildLimit[year] = row(if: levers.buildingIn[year] > 1 && figures.buildLimit[year] < .infinity)
            let isWanted = ruled == 0 && levers.userWorth[year] >= 0
            boundServedUsers(year, winnable, isWanted, figures, levers)
            boundTradingUsers(year, isWanted, figures, levers)
        }
        firstRule = count
        count &+= ruled
    }

    private mutating func row(if isNeeded: Bool) -> Int32 {
        guard isNeeded else { return -1 }
        count &+= 1
        return Int32(truncatingIfNeeded: count &- 1)
    }

    /// - Parameter isWanted: Whether any plan is the better for a user more, and is allowed to be.
    private mutating func boundServedUsers(
        _ year: Int, _ winnable: Double, _ isWanted: Bool, _ figures: SubproblemFigures,
        _ levers: SubproblemLevers
    ) {
        let organic = figures.organic[year]
        let byBase = figures.servedByBase[year]
        let canWin = levers.winning[year] > 0
        let demanded = canWin ? organic + winnable : organic
        var most = min(figures.potential, demanded)
        let canBeShort = most > byBase
        let canBuild = canBeShort && levers.building[year] > 0
        let capacity = figures.base[year] + levers.buildable[year]
        let supplied = canBeShort ? figures.servedPerUnit[year] * capacity : .infinity
        most = min(most, supplied)
        let canBeOpen = canWin && most > organic
        reach[year] = most
        isByCapacity[year] = canBuild && (byBase <= organic || !canBeOpen)
        isByDemand[year] = canBeOpen && !isByCapacity[year]
        start[year] = isByCapacity[year] ? byBase : isByDemand[year] ? organic : most
        match[year] = row(if: canBuild && canBeOpen)
        let isBounded = canBuild || canBeOpen
        let mayPass = min(canBuild ? supplied : .infinity, canBeOpen ? demanded : .infinity) > most
        served[year] = row(if: isBounded && (mayPass || !isWanted))
        hasShortfall[year] = match[year] >= 0 || served[year] >= 0 || !isWanted
    }

    private mutating func boundTradingUsers(
        _ year: Int, _ isWanted: Bool, _ figures: SubproblemFigures, _ levers: SubproblemLevers
    ) {
        earns[year] = levers.tradeWorth[year] > 0
        let allTrade = figures.creditUsers >= reach[year]
        let canEnrol = levers.enrolling[year] > 0
        // Whoever is wanted is served at least as far as base capacity goes.
        let isSettled = allTrade || !canEnrol && isWanted && figures.creditUsers <= start[year]
        isByServed[year] = allTrade || figures.creditUsers > start[year]
        trade[year] = row(if: earns[year] && !isSettled)
        hasTradeShortfall[year] = trade[year] >= 0
    }
}
