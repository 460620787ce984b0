/// What a block's optimum comes to in the model's own units.
extension SubproblemSolver {
    /// Reads the levers from the tableau and counts users down from what they allow, so that no row is overstepped by
    /// the search's rounding.
    ///
    /// - Returns: False where the search had lost its digits.
    mutating func readDecisions() -> Bool {
        decisions.update(repeating: 0, count: shape.decisionCount)
        usedCount = 0
        for column in 0..<program.count {
            let decision = Int(program.decision[column])
            let amount = max(0, simplex.value(of: column)) * program.unit[decision]
            decisions[decision] = amount
            guard amount > 0, column < program.levers else { continue }
            used[usedCount] = Int32(truncatingIfNeeded: column)
            usedCount &+= 1
        }
        sumUpBuilding()
        var kept = 0.0
        var enrolled = figures.creditUsers
        for year in 0..<years {
            kept *= shape.retention
            for step in 0..<shape.stepCount { kept += decisions[shape.wonUsers(step, year)] }
            enrolled += decisions[shape.enrolledUsers(year)]
            let demanded = figures.organic[year] + kept
            let supplied = supplied(year)
            let limit =
                rows.isByCapacity[year] ? supplied : rows.isByDemand[year] ? demanded : rows.reach[year]
            let found = limit - decisions[shape.servedUsers(year)]
            attainable[year] = min(figures.potential, min(demanded, supplied))
            let allowed = min(found, attainable[year])
            // What is left of a difference of equal numbers is nobody.
            let served = allowed > 1e-13 * rows.reach[year] ? allowed : 0
            // Beside idle capacity that a rule pays for without end, users are the last digits of a difference.
            guard found - served <= 1e-9 * rows.reach[year] + 1e-12 * limit else { return false }
            decisions[shape.servedUsers(year)] = served
            decisions[shape.tradingUsers(year)] = rows.earns[year] ? min(served, enrolled) : 0
        }
        return true
    }

    /// `c[t] − c0[t]`.
    private func sumUpBuilding() {
        built.update(repeating: 0, count: years)
        for technology in 0..<shape.technologyCount where levers.buildingWith[technology] > 0 {
            for paid in 0..<years {
                let amount = decisions[shape.newCapacity(technology, paid)]
                guard amount > 0 else { continue }
                let start = Int(levers.serviceStart[technology &* years &+ paid])
                let end = Int(levers.serviceEnd[technology &* years &+ paid])
                for year in start..<end { built[year] += amount }
            }
        }
    }

    /// The region's NPV (model, 7), money of the base year.
    func presentValue() -> Double {
        var sum = 0.0
        for year in 0..<years {
            let revenue =
                figures.revenue * decisions[shape.servedUsers(year)]
                + figures.commerce * decisions[shape.tradingUsers(year)]
            sum += shape.flowWeight[year] * (revenue - figures.operatingCost * figures.base[year])
            var spent = 0.0
            for step in 0..<shape.stepCount {
                let won = decisions[shape.wonUsers(step, year)]
                if won > 0 { spent += figures.adoptionCost * shape.steps[step].costFactor * won }
            }
            let enrolled = decisions[shape.enrolledUsers(year)]
            if enrolled > 0 { spent += figures.creditCost * enrolled }
            sum -= shape.discount[year] * spent
        }
        for technology in 0..<shape.technologyCount where levers.buildingWith[technology] > 0 {
            for year in 0..<years {
                let amount = decisions[shape.newCapacity(technology, year)]
                guard amount > 0 else { continue }
                let position = technology &* years &+ year
                sum -=
                    amount
                    * (shape.payWeight[position] * figures.buildCost[technology]
                        + shape.runWeight[position] * figures.runningCost[technology])
            }
        }
        return sum
    }

    /// All measures in all years. O(measures × (years + levers in use)).
    mutating func measureAmounts() {
        for measure in 0..<shape.measures.count {
            let counted = shape.measures[measure]
            let amounts = amounts + measure &* years
            for year in 0..<years {
                amounts[year] =
                    counted.capacity * (figures.base[year] + built[year])
                    + counted.perUser(figures.demand[year]) * decisions[shape.servedUsers(year)]
            }
            for index in 0..<usedCount {
                let column = Int(used[index])
                amounts[Int(program.year[column])] +=
                    program.coefficient(of: Int(program.family[column]), in: counted, figures, shape)
                    * decisions[Int(program.decision[column])]
            }
        }
    }
}

// MARK: For callers

extension SubproblemSolver {
    /// The decisions of the last solve, in the order of `SubproblemShape`.
    var listedDecisions: [Double] { (0..<shape.decisionCount).map { decisions[$0] } }

    /// The measured amounts of the last solve, by measure and year.
    var listedAmounts: [Double] { (0..<shape.measures.count * years).map { amounts[$0] } }

    /// Enters the decisions of the last solve for its region.
    func write(_ region: RegionIndex, to plan: inout Decisions) {
        func amounts(from first: Int) -> UnsafeBufferPointer<Double> {
            UnsafeBufferPointer(start: decisions + first, count: years)
        }
        plan.servedUsers.enter(amounts(from: shape.servedUsers(0)), of: region)
        plan.tradingUsers.enter(amounts(from: shape.tradingUsers(0)), of: region)
        plan.enrolledUsers.enter(amounts(from: shape.enrolledUsers(0)), of: region)
        for technology in 0..<shape.technologyCount {
            plan.newCapacity[technology].enter(amounts(from: shape.newCapacity(technology, 0)), of: region)
        }
        for step in 0..<shape.stepCount {
            plan.wonUsers[step].enter(amounts(from: shape.wonUsers(step, 0)), of: region)
        }
    }
}
