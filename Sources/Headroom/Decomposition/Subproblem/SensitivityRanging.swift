/// How far prices can move until another plan may be better.
///
/// At an optimal basis every resting column has a profit `d_j ≤ 0`, which is linear in the prices with slopes `g[j,i]`:
/// the price of a direction `i` alone may move by `min_j −d_j / |g[j,i]|`, of which `nearness` is the inverse. Several
/// moves are a convex combination of such while `Σ_i |Δ_i| · nearness_i < 1`. So what is kept of a plan tells of every
/// move of prices whether it is small enough, whichever prices turn out to move. A lever without a column stays
/// without one while the bound on its worth stays below 0, and users do not fall short while each of them is worth
/// something: these bounds are as linear.
extension SubproblemSolver {
    /// Finds `nearness` of the plan just found. O(rows × columns + places × directions × columns).
    mutating func findNearness(along directions: SubproblemPriceDirections) {
        nearness.update(repeating: 0, count: directions.count)
        findNearnessOfUnchosenLevers(along: directions)
        findNearnessOfBasis(along: directions)
    }

    private mutating func findNearnessOfBasis(along directions: SubproblemPriceDirections) {
        let stride = DenseSimplex.padded(simplex.columns)
        slopes.update(repeating: 0, count: directions.count &* stride)
        for measure in 0..<shape.measures.count {
            let counted = shape.measures[measure]
            for year in 0..<years where directions.move(measure &* years &+ year) {
                addSlopes(of: counted, in: year, at: measure &* years &+ year, directions, stride)
            }
        }
        for column in 0..<stride { inverseRoom[column] = nearness(toZeroFrom: simplex.profit[column]) }
        for direction in 0..<directions.count {
            let steepest = simplex.steepest(slopes + direction &* stride, inverseRoom, stride)
            nearness[direction] = max(nearness[direction], steepest)
        }
    }

    /// Adds the slopes of all profits by the price of one measure in one year to those of the directions that move it.
    ///
    /// A lever that rests moves no profit but its own, so few prices need a pass over all columns. `change` is 0 before
    /// and after.
    private mutating func addSlopes(
        of measure: SubproblemMeasure, in year: Int, at place: Int, _ directions: SubproblemPriceDirections,
        _ stride: Int
    ) {
        var count = 0
        var movesAll = false
        let unit = 1 / program.objectiveUnit
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
            directions.forEach(at: place) { direction, coefficient in
                simplex.add(coefficient, times: change, to: slopes + direction &* stride, count: stride)
            }
            change.update(repeating: 0, count: stride)
        } else {
            for index in 0..<count {
                let column = Int(moved[index])
                let moved = change[column]
                directions.forEach(at: place) { direction, coefficient in
                    slopes[direction &* stride &+ column] += coefficient * moved
                }
                change[column] = 0
            }
        }
    }

    /// The same of the bounds on the worth of levers without a column, and of users without a shortfall.
    ///
    /// What a lever costs is spent in one year, so of the years of a measure of money the worst one counts; what users and
    /// capacity are worth in later years adds up.
    private mutating func findNearnessOfUnchosenLevers(along directions: SubproblemPriceDirections) {
        findRooms()
        for measure in 0..<shape.measures.count {
            let counted = shape.measures[measure]
            worst.update(repeating: 0, count: directions.count)
            for year in 0..<years where directions.move(measure &* years &+ year) {
                let paid = nearnessOfPaying(counted, in: year)
                let later =
                    product(counted.perUser(figures.demand[year]), userNearness[year])
                    + product(counted.capacity, capacityNearness[year])
                directions.forEach(at: measure &* years &+ year) { direction, coefficient in
                    worst[direction] = max(worst[direction], abs(coefficient) * paid)
                    nearness[direction] += abs(coefficient) * later
                }
            }
            for direction in 0..<directions.count { nearness[direction] += worst[direction] }
        }
    }

    /// Of all levers without a column that are paid in a year: how much of what they are short of being worth while a unit
    /// of a measure's price makes up for.
    private func nearnessOfPaying(_ measure: SubproblemMeasure, in year: Int) -> Double {
        var most = 0.0
        for technology in 0..<shape.technologyCount {
            let unit = program.coefficient(of: 3 &+ technology, in: measure, figures, shape)
            if unit != 0 {
                most = max(most, abs(unit) * leverNearness[shape.newCapacity(technology, year)])
            }
        }
        if measure.adoptionSpending != 0 {
            for step in 0..<shape.stepCount where figures.winnable[step] > 0 {
                let unit = figures.adoptionCost * shape.steps[step].costFactor * measure.adoptionSpending
                most = max(most, abs(unit) * leverNearness[shape.wonUsers(step, year)])
            }
        }
        if measure.creditSpending != 0, figures.creditCost < .infinity {
            let unit = figures.creditCost * measure.creditSpending
            most = max(most, abs(unit) * leverNearness[shape.enrolledUsers(year)])
        }
        return most
    }

    /// Finds 1 over what levers without a column are short of being worth while, 0 of all others, and by year the most that
    /// a user's or a capacity unit's price in it makes up for.
    private mutating func findRooms() {
        userNearness.update(repeating: 0, count: years)
        capacityNearness.update(repeating: 0, count: years)
        for technology in 0..<shape.technologyCount {
            for year in 0..<years {
                let decision = shape.newCapacity(technology, year)
                let start = Int(levers.serviceStart[technology &* years &+ year])
                let end = Int(levers.serviceEnd[technology &* years &+ year])
                let near = start < end ? nearnessOfLever(decision) : 0
                leverNearness[decision] = near
                guard near > 0 else { continue }
                for served in start..<end {
                    capacityNearness[served] = max(capacityNearness[served], near)
                }
            }
        }
        for year in 0..<years where levers.mayBeShort[year] {
            userNearness[year] = product(figures.servedPerUnit[year], capacityNearness[year])
        }
        var most = 0.0
        for year in 0..<years {
            for step in 0..<shape.stepCount where figures.winnable[step] > 0 {
                let near = nearnessOfLever(shape.wonUsers(step, year))
                leverNearness[shape.wonUsers(step, year)] = near
                most = max(most, near)
            }
            leverNearness[shape.enrolledUsers(year)] = nearnessOfLever(shape.enrolledUsers(year))
            if levers.mayBeOpen[year] { userNearness[year] = max(userNearness[year], most) }
            if !rows.hasShortfall[year] {
                let near = nearness(toZeroFrom: -levers.userWorth[year])
                userNearness[year] = max(userNearness[year], near)
            }
            most *= shape.retention
        }
    }

    private func nearnessOfLever(_ decision: Int) -> Double {
        let isOut = program.column[decision] < 0 && levers.upper[decision] > 0
        return isOut ? nearness(toZeroFrom: levers.worth[decision]) : 0
    }

    /// 1 over what a number is below 0: infinite at a tie, whatever the sign of its 0.
    private func nearness(toZeroFrom number: Double) -> Double { number < 0 ? -1 / number : .infinity }

    /// Nothing of what is infinitely near is nothing.
    private func product(_ factor: Double, _ nearness: Double) -> Double {
        factor == 0 ? 0 : abs(factor) * nearness
    }
}
