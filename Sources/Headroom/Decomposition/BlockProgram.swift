/// The block as the program that `DenseSimplex` solves: levers first, then served and trading users.
///
/// Numbers are scaled to be near 1: users in units of the most that can be served in any year, capacity in what so many
/// users need, the objective by its largest coefficient. The rows are those of the model with every slack ≥ 0 at the
/// plan that does nothing.
struct BlockProgram {
    /// Levers, then all other columns.
    private(set) var levers = 0
    private(set) var count = 0
    private(set) var userUnit = 1.0
    private(set) var capacityUnit = 1.0
    private(set) var objectiveUnit = 1.0
    /// By column: its decision.
    let decision: UnsafeMutablePointer<Int32>
    /// By decision: its column, -1 without.
    let column: UnsafeMutablePointer<Int32>
    private let profit: UnsafeMutablePointer<Double>
    private let upper: UnsafeMutablePointer<Double>
    /// `retention^t`.
    private let kept: UnsafeMutablePointer<Double>
    private let shape: Shape

    /// The sizes that positions are computed from.
    private struct Shape {
        let years: Int
        let technologies: Int
        let decisions: Int
    }

    init(_ shape: BlockShape, _ memory: ScratchMemory) {
        self.shape = Shape(
            years: shape.years, technologies: shape.technologyCount, decisions: shape.decisionCount)
        decision = memory.integers(shape.decisionCount)
        column = memory.integers(shape.decisionCount)
        profit = memory.doubles(shape.decisionCount)
        upper = memory.doubles(shape.decisionCount)
        kept = memory.doubles(shape.years)
        kept[0] = 1
        for year in 1..<max(1, shape.years) { kept[year] = kept[year - 1] * shape.retention }
    }

    /// The unit that a decision is counted in.
    func unit(of decision: Int) -> Double {
        let isCapacity = decision >= 3 &* shape.years && decision < (3 &+ shape.technologies) &* shape.years
        return isCapacity ? capacityUnit : userUnit
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
        column.update(repeating: -1, count: self.shape.decisions)
        for index in 0..<levers.count {
            let decision = Int(levers.chosen[index])
            add(decision, upper: levers.upper[decision], profit: levers.coefficient[decision])
        }
        self.levers = count
        addUsers(levers, rows, shape)
        chooseUnits(figures, rows)
        simplex.begin(rows: rows.count, columns: count)
        for index in 0..<count {
            let unit = unit(of: Int(decision[index]))
            simplex.setColumn(index, upper: upper[index] / unit, profit: profit[index] * unit / objectiveUnit)
        }
        writeUserRows(figures, rows, shape, to: &simplex)
        writeBuilding(figures, levers, rows, shape, to: &simplex)
        writeAdoption(figures, rows, shape, to: &simplex)
        writeEnrolment(rows, shape, to: &simplex)
    }

    private mutating func add(_ decision: Int, upper: Double, profit: Double) {
        self.decision[count] = Int32(truncatingIfNeeded: decision)
        column[decision] = Int32(truncatingIfNeeded: count)
        self.upper[count] = upper
        self.profit[count] = profit
        count &+= 1
    }

    private mutating func addUsers(_ levers: BlockLevers, _ rows: BlockRows, _ shape: BlockShape) {
        for year in 0..<shape.years where rows.mostServed[year] > 0 {
            let trading = rows.allTrade[year] ? levers.tradeWorth[year] : 0
            add(
                shape.servedUsers(year), upper: rows.mostServed[year],
                profit: levers.userWorth[year] + trading)
        }
        for year in 0..<shape.years where rows.mostTrading[year] > 0 {
            add(shape.tradingUsers(year), upper: rows.mostTrading[year], profit: levers.tradeWorth[year])
        }
    }

    private mutating func chooseUnits(_ figures: BlockFigures, _ rows: BlockRows) {
        var most = 0.0
        for year in 0..<shape.years { most = max(most, rows.mostServed[year]) }
        userUnit = most > 0 ? most : 1
        let need = userUnit * figures.demand[0] / figures.maxUtilization
        capacityUnit = need > 0 ? need : max(1, figures.base[0])
        var largest = 0.0
        for index in 0..<count { largest = max(largest, abs(profit[index]) * unit(of: Int(decision[index]))) }
        objectiveUnit = largest > 0 ? largest : 1
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
                simplex.values[use] = figures.servedByBase[year] / userUnit
            }
            let demand = Int(rows.demand[year])
            if demand >= 0 {
                simplex[demand, served] = 1
                simplex.values[demand] = figures.organic[year] / userUnit
            }
            let trading = Int(column[shape.tradingUsers(year)])
            guard trading >= 0 else { continue }
            simplex[Int(rows.tradeServed[year]), trading] = 1
            simplex[Int(rows.tradeServed[year]), served] = -1
            simplex.values[Int(rows.tradeServed[year])] = 0
            let enrolled = Int(rows.tradeEnrolled[year])
            guard enrolled >= 0 else { continue }
            simplex[enrolled, trading] = 1
            simplex.values[enrolled] = figures.creditUsers / userUnit
        }
    }

    /// New capacity in use rows and limits (model, 5.1, 5.4 and 5.6).
    private func writeBuilding(
        _ figures: BlockFigures, _ levers: BlockLevers, _ rows: BlockRows, _ shape: BlockShape,
        to simplex: inout DenseSimplex
    ) {
        let years = shape.years
        let servedUnits = capacityUnit / userUnit
        for technology in 0..<shape.technologyCount where levers.buildingWith[technology] > 0 {
            let total = Int(rows.totalLimit[technology])
            if total >= 0 { simplex.values[total] = figures.totalLimit[technology] / capacityUnit }
            for paid in 0..<years {
                let column = Int(column[shape.newCapacity(technology, paid)])
                guard column >= 0 else { continue }
                if total >= 0 { simplex[total, column] = 1 }
                let limit = Int(rows.buildLimit[paid])
                if limit >= 0 {
                    simplex[limit, column] = 1
                    simplex.values[limit] = figures.yearlyBuildLimit / capacityUnit
                }
                let start = Int(levers.serviceStart[technology &* years &+ paid])
                let end = Int(levers.serviceEnd[technology &* years &+ paid])
                for year in start..<end where rows.use[year] >= 0 {
                    simplex[Int(rows.use[year]), column] = -figures.servedPerUnit[year] * servedUnits
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
            simplex.values[Int(rows.step[step])] = figures.winnable[step] / userUnit
            for won in 0..<years {
                let column = Int(column[shape.wonUsers(step, won)])
                guard column >= 0 else { continue }
                simplex[Int(rows.step[step]), column] = 1
                for year in won..<years where rows.demand[year] >= 0 {
                    simplex[Int(rows.demand[year]), column] = -kept[year &- won]
                }
            }
        }
    }

    /// Enrolled users in the rows of those who trade (model, 5.8).
    private func writeEnrolment(_ rows: BlockRows, _ shape: BlockShape, to simplex: inout DenseSimplex) {
        for enrolled in 0..<shape.years {
            let column = Int(column[shape.enrolledUsers(enrolled)])
            guard column >= 0 else { continue }
            for year in enrolled..<shape.years where rows.tradeEnrolled[year] >= 0 {
                simplex[Int(rows.tradeEnrolled[year]), column] = -1
            }
        }
    }
}
