/// The block as the program that `DenseSimplex` solves: levers first, then what users fall short of their limits.
///
/// Numbers are scaled to be near 1, whatever users and their use grow to: users in units of all that demand and adoption
/// can bring in the year, capacity in what these need, users won in units of their step, the objective by its largest
/// coefficient. Every slack is ≥ 0 in the plan that spends nothing, but for those of rules.
struct SubproblemProgram {
    /// Levers, and all columns.
    private(set) var levers = 0
    private(set) var count = 0
    private(set) var objectiveUnit = 1.0
    /// By column: its decision.
    let decision: UnsafeMutablePointer<Int32>
    /// By column of a lever: the decision's family, its place over `T` (`SubproblemShape`), and year.
    let family: UnsafeMutablePointer<Int32>
    let year: UnsafeMutablePointer<Int32>
    /// By decision: its column, -1 without. Of served and trading users it is the column of what they fall short
    /// (`SubproblemRows`).
    let column: UnsafeMutablePointer<Int32>
    /// By decision with a column: what it is counted in.
    let unit: UnsafeMutablePointer<Double>
    /// By year: what users and capacity of the year are counted in.
    private let users: UnsafeMutablePointer<Double>
    private let capacity: UnsafeMutablePointer<Double>
    /// By year: such units in one user, in one unit of capacity.
    private let perUser: UnsafeMutablePointer<Double>
    private let perCapacity: UnsafeMutablePointer<Double>
    /// By year: what a served user adds, and who trades because of being served.
    private let gain: UnsafeMutablePointer<Double>
    private let profit: UnsafeMutablePointer<Double>
    private let upper: UnsafeMutablePointer<Double>
    /// `retention^t`.
    let kept: UnsafeMutablePointer<Double>

    init(_ shape: SubproblemShape, _ memory: ScratchMemory) {
        decision = memory.integers(shape.decisionCount)
        family = memory.integers(shape.decisionCount)
        year = memory.integers(shape.decisionCount)
        column = memory.integers(shape.decisionCount)
        unit = memory.doubles(shape.decisionCount)
        users = memory.doubles(shape.years)
        capacity = memory.doubles(shape.years)
        perUser = memory.doubles(shape.years)
        perCapacity = memory.doubles(shape.years)
        gain = memory.doubles(shape.years)
        profit = memory.doubles(shape.decisionCount)
        upper = memory.doubles(shape.decisionCount)
        kept = memory.doubles(shape.years)
        kept[0] = 1
        for year in 1..<max(1, shape.years) { kept[year] = kept[year - 1] * shape.retention }
    }
}

// MARK: Columns

extension SubproblemProgram {
    /// Writes the program of a region. O(rows × columns).
    mutating func write(
        _ figures: SubproblemFigures, _ levers: SubproblemLevers, _ rows: SubproblemRows,
        _ shape: SubproblemShape,
        to simplex: inout DenseSimplex
    ) {
        count = 0
        column.update(repeating: -1, count: shape.decisionCount)
        chooseUnits(figures, rows, shape)
        addLevers(figures, levers, shape)
        addShortfalls(figures, rows, shape)
        objectiveUnit = largestCoefficient(levers, rows, shape)
        simplex.begin(rows: rows.count, columns: count)
        writeUserRows(figures, levers, rows, shape, to: &simplex)
        writeBuilding(figures, levers, rows, shape, to: simplex)
        writeAdoption(figures, rows, shape, to: simplex)
        writeEnrolment(levers, rows, shape, to: simplex)
        for index in 0..<count {
            simplex.setColumn(index, upper: upper[index], profit: profit[index] / objectiveUnit)
        }
    }

    private func chooseUnits(_ figures: SubproblemFigures, _ rows: SubproblemRows, _ shape: SubproblemShape) {
        for year in 0..<shape.years {
            users[year] = rows.reach[year] > 0 ? rows.reach[year] : 1
            let perUnit = figures.servedPerUnit[year]
            capacity[year] = perUnit > 0 ? users[year] / perUnit : max(1, figures.base[year])
            perUser[year] = 1 / users[year]
            perCapacity[year] = 1 / capacity[year]
        }
    }

    private mutating func add(_ decision: Int, in unit: Double, upper: Double, profit: Double) {
        self.decision[count] = Int32(truncatingIfNeeded: decision)
        column[decision] = Int32(truncatingIfNeeded: count)
        self.unit[decision] = unit
        self.upper[count] = upper / unit
        self.profit[count] = profit * unit
        count &+= 1
    }

    private mutating func addLevers(
        _ figures: SubproblemFigures, _ levers: SubproblemLevers, _ shape: SubproblemShape
    ) {
        let years = shape.years
        for index in 0..<levers.count {
            let decision = Int(levers.chosen[index])
            let family = decision / years
            let year = decision &- family &* years
            let unit: Double
            if family == 2 {
                unit = min(users[year], users[years &- 1])
            } else if family < 3 &+ shape.technologyCount {
                let position = decision &- 3 &* years
                let last = Int(levers.serviceEnd[position]) &- 1
                let needed = min(capacity[Int(levers.serviceStart[position])], capacity[last])
                unit = min(needed, levers.upper[decision])
            } else {
                unit = figures.winnable[family &- 3 &- shape.technologyCount]
            }
            self.family[count] = Int32(truncatingIfNeeded: family)
            self.year[count] = Int32(truncatingIfNeeded: year)
            add(decision, in: unit, upper: levers.upper[decision], profit: levers.coefficient[decision])
        }
        self.levers = count
    }

    /// What it costs to fall short is written with the rows.
    private mutating func addShortfalls(
        _ figures: SubproblemFigures, _ rows: SubproblemRows, _ shape: SubproblemShape
    ) {
        for year in 0..<shape.years where rows.hasShortfall[year] {
            let isBounded = rows.isByCapacity[year] || rows.isByDemand[year]
            add(
                shape.servedUsers(year), in: users[year],
                upper: isBounded ? .infinity : rows.reach[year] - figures.leastServed[year], profit: 0)
        }
        for year in 0..<shape.years where rows.hasTradeShortfall[year] {
            add(shape.tradingUsers(year), in: users[year], upper: .infinity, profit: 0)
        }
    }

    /// Of a unit of any lever, and of all users.
    private func largestCoefficient(
        _ levers: SubproblemLevers, _ rows: SubproblemRows, _ shape: SubproblemShape
    ) -> Double {
        var largest = 0.0
        for index in 0..<count { largest = max(largest, abs(profit[index])) }
        for year in 0..<shape.years {
            largest = max(largest, max(abs(levers.userWorth[year]), levers.tradeWorth[year]) * users[year])
        }
        return largest > 0 ? largest : 1
    }
}

// MARK: Rows

extension SubproblemProgram {
    /// In units of the year's users, with `limit` as what levers make of it and `other` the second bound: match
    /// `limit − s[t] ≤ other`; served `limit − s[t] ≤ reach`; trade, of served and enrolled users, `limit − r[t] ≤ other`.
    private func writeUserRows(
        _ figures: SubproblemFigures, _ levers: SubproblemLevers, _ rows: SubproblemRows,
        _ shape: SubproblemShape,
        to simplex: inout DenseSimplex
    ) {
        for year in 0..<shape.years {
            let start = rows.start[year]
            let match = Int(rows.match[year])
            if match >= 0 {
                simplex.values[match] = abs(figures.servedByBase[year] - figures.organic[year]) / users[year]
            }
            let served = Int(rows.served[year])
            if served >= 0 {
                simplex.setRow(
                    served, value: (rows.reach[year] - start) / users[year],
                    upper: (rows.reach[year] - figures.leastServed[year]) / users[year])
            }
            let trade = Int(rows.trade[year])
            if trade >= 0 { simplex.values[trade] = abs(start - figures.creditUsers) / users[year] }
            let trading = rows.earns[year] && rows.isByServed[year] ? levers.tradeWorth[year] : 0
            gain[year] = (levers.userWorth[year] + trading) * users[year]
            let shortfall = Int(column[shape.servedUsers(year)])
            if shortfall >= 0 {
                if match >= 0 { simplex[match, shortfall] = -1 }
                serve(-1, year, shortfall, rows, simplex)
            }
            let untraded = Int(column[shape.tradingUsers(year)])
            if untraded >= 0 {
                simplex[trade, untraded] = -1
                profit[untraded] = -levers.tradeWorth[year] * users[year]
            }
        }
    }

    /// Enters by how much a column moves served users, in their own rows and in the objective.
    @inline(__always)
    private func serve(
        _ amount: Double, _ year: Int, _ column: Int, _ rows: SubproblemRows,
        _ simplex: borrowing DenseSimplex
    ) {
        profit[column] += gain[year] * amount
        if rows.served[year] >= 0 { simplex[Int(rows.served[year]), column] = amount }
        if rows.trade[year] >= 0 {
            simplex[Int(rows.trade[year]), column] = rows.isByServed[year] ? amount : -amount
        }
    }

    /// New capacity where it bounds users, and in limits (model, 5.1, 5.4 and 5.6).
    private func writeBuilding(
        _ figures: SubproblemFigures, _ levers: SubproblemLevers, _ rows: SubproblemRows,
        _ shape: SubproblemShape,
        to simplex: borrowing DenseSimplex
    ) {
        let years = shape.years
        for technology in 0..<shape.technologyCount where levers.buildingWith[technology] > 0 {
            let total = Int(rows.totalLimit[technology])
            let totalUnit = capacity[years &- 1]
            if total >= 0 { simplex.values[total] = figures.totalLimit[technology] / totalUnit }
            for paid in 0..<years {
                let decision = shape.newCapacity(technology, paid)
                let column = Int(column[decision])
                guard column >= 0 else { continue }
                let unit = unit[decision]
                if total >= 0 { simplex[total, column] = unit / totalUnit }
                let limit = Int(rows.buildLimit[paid])
                if limit >= 0 {
                    simplex[limit, column] = unit / capacity[paid]
                    simplex.values[limit] = figures.buildLimit[paid] / capacity[paid]
                }
                let start = Int(levers.serviceStart[technology &* years &+ paid])
                let end = Int(levers.serviceEnd[technology &* years &+ paid])
                for year in start..<end {
                    let amount = unit * perCapacity[year]
                    let match = Int(rows.match[year])
                    if match >= 0 { simplex[match, column] = rows.isByCapacity[year] ? amount : -amount }
                    if rows.isByCapacity[year] { serve(amount, year, column, rows, simplex) }
                }
            }
        }
    }

    /// Won users where demand bounds users, and in steps (model, 5.2 and 5.3).
    private func writeAdoption(
        _ figures: SubproblemFigures, _ rows: SubproblemRows, _ shape: SubproblemShape,
        to simplex: borrowing DenseSimplex
    ) {
        let years = shape.years
        for step in 0..<shape.stepCount where rows.step[step] >= 0 {
            simplex.values[Int(rows.step[step])] = 1
            for won in 0..<years {
                let column = Int(column[shape.wonUsers(step, won)])
                guard column >= 0 else { continue }
                simplex[Int(rows.step[step]), column] = 1
                for year in won..<years {
                    let amount = kept[year &- won] * (figures.winnable[step] * perUser[year])
                    let match = Int(rows.match[year])
                    if match >= 0 { simplex[match, column] = rows.isByDemand[year] ? amount : -amount }
                    if rows.isByDemand[year] { serve(amount, year, column, rows, simplex) }
                }
            }
        }
    }

    /// Enrolled users in the rows of those who trade (model, 5.8).
    private func writeEnrolment(
        _ levers: SubproblemLevers, _ rows: SubproblemRows, _ shape: SubproblemShape,
        to simplex: borrowing DenseSimplex
    ) {
        for enrolled in 0..<shape.years {
            let decision = shape.enrolledUsers(enrolled)
            let column = Int(column[decision])
            guard column >= 0 else { continue }
            for year in enrolled..<shape.years where rows.trade[year] >= 0 {
                let amount = unit[decision] * perUser[year]
                let isLimit = !rows.isByServed[year]
                simplex[Int(rows.trade[year]), column] = isLimit ? amount : -amount
                if isLimit { profit[column] += levers.tradeWorth[year] * users[year] * amount }
            }
        }
    }
}
