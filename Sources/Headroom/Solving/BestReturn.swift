import LinearProgramming

/// The plan of the highest return, whatever the plan's goals, with what is asked of it region by region.
struct BestReturn {
    /// One region's columns and rows in a program, at the plan.
    struct RegionPart {
        var formulation: Formulation
        var region: RegionIndex
        /// A value a column of the program.
        var point: [Double]
    }

    var ledger: Ledger
    /// What one more unit of money spent in each year costs the other uses of the budget.
    var pricesOfMoney: [Double]
    /// Where it was found as a program's.
    let found: (formulation: Formulation, best: CertifiedPoint)?

    /// - Parameter best: Where the formulation's program is at its best return.
    init(_ best: CertifiedPoint, of formulation: Formulation) {
        ledger = Ledger(formulation.planningCase, Decisions(best.solution, of: formulation))
        pricesOfMoney = formulation.pricesOfMoney(at: best.solution)
        found = (formulation, best)
    }

    /// - Precondition: The plan has no links and no whole modules.
    init(_ ledger: Ledger, pricesOfMoney: [Double]) {
        self.ledger = ledger
        self.pricesOfMoney = pricesOfMoney
        found = nil
    }

    /// The part of a region, of a program of its own where the plan was not found as one.
    func part(of region: RegionIndex) -> RegionPart {
        if let found {
            return RegionPart(
                formulation: found.formulation, region: region, point: found.best.solution.columnValues)
        }
        let formulation = Formulation(ledger.planningCase.only([region]))
        return RegionPart(
            formulation: formulation, region: RegionIndex(0),
            point: formulation.columnValues(ofOnlyRegion: region, in: ledger.decisions))
    }
}

extension Formulation {
    /// What decisions are in the columns of a program of one region, without links and whole modules.
    ///
    /// - Parameter region: Its place among the decisions.
    fileprivate func columnValues(ofOnlyRegion region: RegionIndex, in decisions: Decisions) -> [Double] {
        var values = [Double](repeating: 0, count: program.columnCount)
        let block = blocks[0]
        for year in years {
            func set(_ column: Column?, _ amounts: YearlyAmounts) {
                if let column { values[column.index] = amounts[region, year] }
            }
            set(block.servedUsers[year], decisions.servedUsers)
            for (columns, amounts) in zip(block.newCapacity, decisions.newCapacity) {
                set(columns[year], amounts)
            }
            for (columns, amounts) in zip(block.wonUsers, decisions.wonUsers) { set(columns[year], amounts) }
            if !block.enrolledUsers.isEmpty { set(block.enrolledUsers[year], decisions.enrolledUsers) }
            if !block.tradingUsers.isEmpty { set(block.tradingUsers[year], decisions.tradingUsers) }
        }
        return values
    }
}
