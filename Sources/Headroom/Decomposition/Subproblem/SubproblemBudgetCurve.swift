/// A stretch of a region's budget curve: so much more money is well spent once money costs no more than the price.
struct BudgetPiece: Equatable, Sendable {
    /// NPV gained by a unit of money spent, undiscounted: beyond that unit.
    var price: Double
    /// Money by lever, undiscounted.
    var byLever: LeverAmounts

    /// Money, undiscounted.
    var spending: Double { byLever.total }
    /// What the stretch adds to NPV.
    var netPresentValue: Double { price * spending }
}

/// Where a region's budget curve starts: the best plan of those that spend the least.
struct BudgetCurveStart: Equatable, Sendable {
    var ending: DenseSimplex.Ending
    /// 0 unless rules ask for spending.
    var spending = 0.0
    var netPresentValue = 0.0
}

extension SubproblemSolver {
    /// The region's best NPV for every amount of money, exactly: concave and piecewise linear.
    ///
    /// Valid where one total budget is all that joins the regions: the pieces of all of them in the order of falling
    /// price make the curve of the plan. `shape.affordable` bounds what the region may spend. The decisions of the last
    /// piece's end can be read afterwards. About twice the steps of a solve.
    ///
    /// - Parameter pieces: Appended to, in the order of falling price, prices above 0.
    mutating func budgetCurve(_ region: RegionIndex, to pieces: inout [BudgetPiece]) -> BudgetCurveStart {
        writeProgram(of: region, free)
        var ending = start()
        guard ending == .optimal else { return BudgetCurveStart(ending: ending) }
        writeReserve()
        ending = simplex.maximizeReserveFirst()
        simplex.locate()
        guard ending == .optimal, readDecisions() else { return BudgetCurveStart(ending: .stalled) }
        var first = BudgetCurveStart(
            ending: .optimal, spending: totalSpending(), netPresentValue: presentValue())
        let begin = pieces.count
        let unit = program.objectiveUnit
        first.ending = simplex.followPrice(leverShares) { price, spent in
            let money = LeverAmounts(unit * spent)
            if pieces.count > begin, pieces[pieces.count - 1].price <= price {
                pieces[pieces.count - 1].byLever += money
            } else {
                pieces.append(BudgetPiece(price: price, byLever: money))
            }
        }
        simplex.locate()
        if first.ending == .optimal, !readDecisions() { first.ending = .stalled }
        return first
    }

    /// Money kept is the tableau's second objective.
    private mutating func writeReserve() {
        simplex.locate()
        simplex.beginReserve()
        leverShares.update(repeating: .zero, count: shape.decisionCount)
        for year in 0..<years {
            program.forEachLever(of: spending, in: year, figures, levers, shape) { decision, cost in
                let column = Int(program.column[decision])
                let money = cost * program.unit[decision] / program.objectiveUnit
                leverShares[column][shape.lever(of: decision).position] += money
                simplex.addProfitChange(of: column, -money, to: simplex.reserve)
            }
        }
    }

    /// `Σ_t I[t]` of the decisions.
    func totalSpending() -> Double {
        var sum = 0.0
        for year in 0..<years {
            program.forEachLever(of: spending, in: year, figures, levers, shape) { decision, cost in
                sum += cost * decisions[decision]
            }
        }
        return sum
    }
}
