/// The block as the program that `DenseSimplex` solves: levers first, then served and trading users.
///
/// Numbers are scaled to be near 1, whatever users and their use grow to: users in units of all that demand and adoption
/// can bring in the year, capacity in what these need, users won in units of their step, the objective by its largest
/// coefficient. Every slack is ≥ 0 in the plan that does nothing, but for those of rules.
struct BlockProgram {
    /// Levers, then all other columns.
    private(set) var levers = 0
    private(set) var count = 0
    private(set) var objectiveUnit = 1.0
    /// By column: its decision.
    let decision: UnsafeMutablePointer<Int32>
    /// By decision: its column, -1 without.
    let column: UnsafeMutablePointer<Int32>
    /// By decision with a column: what it is counted in.
    let unit: UnsafeMutablePointer<Double>
    /// By year: what users and capacity of the year are counted in.
    private let users: UnsafeMutablePointer<Double>
    private let capacity: UnsafeMutablePointer<Double>
    private let profit: UnsafeMutablePointer<Double>
    private let upper: UnsafeMutablePointer<Double>
    /// `retention^t`.
    private let kept: UnsafeMutablePointer<Double>

    init(_ shape: BlockShape, _ memory: ScratchMemory) {
        decision = memory.integers(shape.decisionCount)
        column = memory.integers(shape.decisionCount)
        unit = memory.doubles(shape.decisionCount)
        users = memory.doubles(shape.years)
        capacity = memory.doubles(shape.years)
        profit = memory.doubles(shape.decisionCount)
        upper = memory.doubles(shape.decisionCount)
        kept = memory.doubles(shape.years)
        kept[0] = 1
        for year in 1..<max(1, shape.years) { kept[year] = kept[year - 1] * shape.retention }
    }
}

// MARK: Columns

extension BlockProgram {
    /// Writes the program of a region. O(rows × columns).
    mutating func write(
        _ figures: BlockFigures, _ levers: BlockLevers, _ rows: BlockRows, _ shape: BlockShape,
        to simplex: inout DenseSimplex
    ) {
        count = 0
        column.update(repeating: -1, count: shape.decisionCount)
        chooseUnits(figures, rows, shape)
        addLevers(figures, levers, shape)
        addUsers(levers, rows, shape)
        simplex.begin(rows: rows.count, columns: count)
        var largest = 0.0
        for index in 0..<count { largest = max(largest, abs(profit[index])) }
        objectiveUnit = largest > 0 ? largest : 1
        for index in 0..<count {
            simplex.setColumn(index, upper: upper[index], profit: profit[index] / objectiveUnit)
        }
        writeUserRows(figures, rows, shape, to: &simplex)
        writeBuilding(figures, levers, rows, shape, to: &simplex)
        writeAdoption(figures, rows, shape, to: &simplex)
        writeEnrolment(rows, shape, to: &simplex)
    }

    private func chooseUnits(_ figures: BlockFigures, _ rows: BlockRows, _ shape: BlockShape) {
        for year in 0..<shape.years {
            users[year] = rows.reach[year] > 0 ? rows.reach[year] : 1
            let perUnit = figures.servedPerUnit[year]
            capacity[year] = perUnit > 0 ? users[year] / perUnit : max(1, figures.base[year])
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

    private mutating func addLevers(_ figures: BlockFigures, _ levers: BlockLevers, _ shape: BlockShape) {
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
            add(decision, in: unit, upper: levers.upper[decision], profit: levers.coefficient[decision])
        }
        self.levers = count
    }

    private mutating func addUsers(_ levers: BlockLevers, _ rows: BlockRows, _ shape: BlockShape) {
        for year in 0..<shape.years where rows.mostServed[year] > 0 {
            let trading = rows.allTrade[year] ? levers.tradeWorth[year] : 0
            add(
                shape.servedUsers(year), in: users[year], upper: rows.mostServed[year],
                profit: levers.userWorth[year] + trading)
        }
        for year in 0..<shape.years where rows.mostTrading[year] > 0 {
            add(
                shape.tradingUsers(year), in: users[year], upper: rows.mostTrading[year],
                profit: levers.tradeWorth[year])
        }
    }
}

// MARK: Rows

extension BlockProgram {
    /// Use, in users: `x[t] − servedPerUnit[t] · (c[t] − c0[t]) ≤ servedByBase[t]`. Demand: `x[t] − A[t] ≤ n[t]`. Credit:
    /// `v[t] − x[t] ≤ 0` and `v[t] − Σ_{τ≤t} h[τ] ≤ credit_users`. Their entries in `x` and `v`.
    private func writeUserRows(
        _ figures: BlockFigures, _ rows: BlockRows, _ shape: BlockShape, to simplex: inout DenseSimplex
    ) {
        for year in 0..<shape.years {
            let served = Int(column[shape.servedUsers(year)])
            guard served >= 0 else { continue }
            let use = Int(rows.use[year])
            if use >= 0 {
                simplex[use, served] = 1
                simplex.values[use] = figures.servedByBase[year] / users[year]
            }
            let demand = Int(rows.demand[year])
            if demand >= 0 {
                simplex[demand, served] = 1
                simplex.values[demand] = figures.organic[year] / users[year]
            }
            let trading = Int(column[shape.tradingUsers(year)])
            guard trading >= 0 else { continue }
            simplex[Int(rows.tradeServed[year]), trading] = 1
            simplex[Int(rows.tradeServed[year]), served] = -1
            simplex.values[Int(rows.tradeServed[year])] = 0
            let enrolled = Int(rows.tradeEnrolled[year])
            guard enrolled >= 0 else { continue }
            simplex[enrolled, trading] = 1
            simplex.values[enrolled] = figures.creditUsers / users[year]
        }
    }

    /// New capacity in use rows and limits (model, 5.1, 5.4 and 5.6).
    private func writeBuilding(
        _ figures: BlockFigures, _ levers: BlockLevers, _ rows: BlockRows, _ shape: BlockShape,
        to simplex: inout DenseSimplex
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
                    simplex.values[limit] = figures.yearlyBuildLimit / capacity[paid]
                }
                let start = Int(levers.serviceStart[technology &* years &+ paid])
                let end = Int(levers.serviceEnd[technology &* years &+ paid])
                for year in start..<end where rows.use[year] >= 0 {
                    simplex[Int(rows.use[year]), column] = -unit / capacity[year]
                }
            }
        }
    }

    /// Won users in demand rows and steps (model, 5.2 and 5.3).
    private func writeAdoption(
        _ figures: BlockFigures, _ rows: BlockRows, _ shape: BlockShape, to simplex: inout DenseSimplex
    ) {
        let years = shape.years
        for step in 0..<shape.stepCount where rows.step[step] >= 0 {
            simplex.values[Int(rows.step[step])] = 1
            for won in 0..<years {
                let column = Int(column[shape.wonUsers(step, won)])
                guard column >= 0 else { continue }
                simplex[Int(rows.step[step]), column] = 1
                for year in won..<years where rows.demand[year] >= 0 {
                    simplex[Int(rows.demand[year]), column] =
                        -kept[year &- won] * (figures.winnable[step] / users[year])
                }
            }
        }
    }

    /// Enrolled users in the rows of those who trade (model, 5.8).
    private func writeEnrolment(_ rows: BlockRows, _ shape: BlockShape, to simplex: inout DenseSimplex) {
        for enrolled in 0..<shape.years {
            let decision = shape.enrolledUsers(enrolled)
            let column = Int(column[decision])
            guard column >= 0 else { continue }
            for year in enrolled..<shape.years where rows.tradeEnrolled[year] >= 0 {
                simplex[Int(rows.tradeEnrolled[year]), column] = -unit[decision] / users[year]
            }
        }
    }
}
