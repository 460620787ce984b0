/// How far prices can move until another plan may be better.
extension BlockSolver {
    /// The radius `ρ` of the plan just found: it stays optimal while `|Δprice[m,t]| < ρ · sizes[m,t]` for all prices.
    ///
    /// At an optimal basis every resting column has a profit `d_j ≤ 0`, which is linear in the prices with slopes
    /// `g[j,p]`; so `ρ = min_j −d_j / Σ_p sizes[p]·|g[j,p]|`. A lever without a column stays without one while the
    /// bound on its worth stays below 0, and users do not fall short while each of them is worth something. 0 at a tie.
    /// O(rows × columns + prices × columns).
    mutating func stabilityRadius(_ sizes: BlockPriceSizes) -> Double {
        min(radiusOfBasis(sizes), radiusOfUnchosenLevers(sizes.table))
    }

    private mutating func radiusOfBasis(_ sizes: BlockPriceSizes) -> Double {
        let columns = simplex.columns
        spread.update(repeating: 0, count: DenseSimplex.padded(columns))
        for measure in 0..<shape.measures.count {
            let counted = shape.measures[measure]
            for year in 0..<years {
                let size = sizes.sizes[measure &* years &+ year]
                if size > 0 { addSpread(of: counted, in: year, size) }
            }
        }
        var largest = 0.0
        for column in 0..<columns { largest = max(largest, spread[column]) }
        var radius = Double.infinity
        // What is smaller is rounding of a profit that no price moves.
        for column in 0..<columns where spread[column] > 1e-13 * largest {
            radius = min(radius, max(0, -simplex.profit[column]) / spread[column])
        }
        return radius
    }

    /// Adds the slopes of all profits by the price of one measure in one year, by size.
    ///
    /// A lever that rests moves no profit but its own, so few prices need a pass over all columns. `change` is 0 before
    /// and after.
    private mutating func addSpread(of measure: BlockMeasure, in year: Int, _ size: Double) {
        var count = 0
        var movesAll = false
        let unit = size / program.objectiveUnit
        program.forEachTerm(of: measure, in: year, figures, levers, rows, shape) { decision, coefficient in
            let column = simplex.addProfitChange(
                of: Int(program.column[decision]),
                coefficient * program.unit[decision] * unit, to: change)
            if let column {
                moved[count] = Int32(truncatingIfNeeded: column)
                count &+= 1
            } else {
                movesAll = true
            }
        }
        if movesAll {
            for column in 0..<DenseSimplex.padded(simplex.columns) {
                spread[column] += abs(change[column])
                change[column] = 0
            }
        } else {
            for index in 0..<count {
                let column = Int(moved[index])
                spread[column] += abs(change[column])
                change[column] = 0
            }
        }
    }

    /// The bounds on the worth of levers without a column, by the sum of all that they were made from.
    private mutating func radiusOfUnchosenLevers(_ sizes: BlockPriceTable) -> Double {
        min(radiusOfUnchosenBuilding(sizes), radiusOfUnchosenUsers(sizes))
    }

    private mutating func radiusOfUnchosenBuilding(_ sizes: BlockPriceTable) -> Double {
        userSpread[0] = 0
        for year in 0..<years {
            let moved = levers.mayBeShort[year] ? userMove(sizes, year) * figures.servedPerUnit[year] : 0
            userSpread[year &+ 1] = userSpread[year] + moved
        }
        var radius = Double.infinity
        for technology in 0..<shape.technologyCount {
            for year in 0..<years {
                let start = Int(levers.serviceStart[technology &* years &+ year])
                let end = Int(levers.serviceEnd[technology &* years &+ year])
                guard start < end else { break }
                let decision = shape.newCapacity(technology, year)
                guard program.column[decision] < 0, levers.upper[decision] > 0 else { continue }
                let moved =
                    figures.buildCost[technology] * sizes[BlockPriceTable.build(technology), year]
                    + sizes[BlockPriceTable.built(technology), year] + (userSpread[end] - userSpread[start])
                if moved > 0 { radius = min(radius, max(0, -levers.worth[decision]) / moved) }
            }
        }
        return radius
    }

    private mutating func radiusOfUnchosenUsers(_ sizes: BlockPriceTable) -> Double {
        var radius = Double.infinity
        userSpread[years] = 0
        for year in (0..<years).reversed() {
            let moved = levers.mayBeOpen[year] ? userMove(sizes, year) : 0
            userSpread[year] = moved + shape.retention * userSpread[year &+ 1]
            let move = userMove(sizes, year)
            if move > 0, !rows.hasShortfall[year] { radius = min(radius, levers.userWorth[year] / move) }
            for step in 0..<shape.stepCount where figures.winnable[step] > 0 {
                let cost = figures.adoptionCost * shape.steps[step].costFactor
                let moved = cost * sizes[BlockPriceTable.adoption, year] + userSpread[year]
                let decision = shape.wonUsers(step, year)
                guard program.column[decision] < 0, moved > 0 else { continue }
                radius = min(radius, max(0, -levers.worth[decision]) / moved)
            }
            let enrolled = shape.enrolledUsers(year)
            guard figures.creditCost < .infinity, program.column[enrolled] < 0, levers.upper[enrolled] > 0
            else { continue }
            let spent = figures.creditCost * sizes[BlockPriceTable.credit, year]
            if spent > 0 { radius = min(radius, max(0, -levers.worth[enrolled]) / spent) }
        }
        return radius
    }

    /// By how much the worth of a user can move.
    private func userMove(_ sizes: BlockPriceTable, _ year: Int) -> Double {
        sizes[BlockPriceTable.users, year] + sizes[BlockPriceTable.use, year] * figures.demand[year]
    }
}
