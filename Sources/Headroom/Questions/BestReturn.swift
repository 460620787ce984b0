import LinearProgramming

/// The plan of the highest return, whatever the plan's goals, with what is asked of it region by region.
struct BestReturn {
    /// One region's columns and rows in a program, at the plan. Regions that links join are in it together.
    struct RegionPart {
        var formulation: Formulation
        var region: RegionIndex
        /// A value a column of the program.
        var point: [Double]
        /// By link of the program: its place in the plan's table; nil: the same.
        var links: [Int]?

        /// A way to spend money, as the plan names it.
        func named(_ option: LeverOption) -> LeverOption {
            guard let links, case .widening(let place) = option else { return option }
            return .widening(link: links[place])
        }
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

    /// - Precondition: The plan has no whole modules.
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
        let planningCase = ledger.planningCase
        let components = LinkComponents(planningCase)
        let own =
            components.place(of: region).map { components.components[$0] }
            ?? LinkComponents.Component(regions: [region])
        let formulation = Formulation(planningCase.only(own))
        return RegionPart(
            formulation: formulation, region: RegionIndex(own.regions.firstIndex(of: region) ?? 0),
            point: formulation.columnValues(of: own, in: ledger.decisions), links: own.links)
    }
}

extension Formulation {
    /// What decisions are in the columns of a program of some regions and their links, without whole modules.
    ///
    /// - Parameter component: Their places among the decisions.
    fileprivate func columnValues(
        of component: LinkComponents.Component, in decisions: Decisions
    ) -> [Double] {
        var values = [Double](repeating: 0, count: program.columnCount)
        for (block, region) in zip(blocks, component.regions) {
            for year in years {
                func set(_ columns: [Column?], _ amounts: YearlyAmounts) {
                    if let column = columns[year] { values[column.index] = amounts[region, year] }
                }
                set(block.servedUsers, decisions.servedUsers)
                for (columns, amounts) in zip(block.newCapacity, decisions.newCapacity) {
                    set(columns, amounts)
                }
                for (columns, amounts) in zip(block.wonUsers, decisions.wonUsers) { set(columns, amounts) }
                if !block.enrolledUsers.isEmpty { set(block.enrolledUsers, decisions.enrolledUsers) }
                if !block.tradingUsers.isEmpty { set(block.tradingUsers, decisions.tradingUsers) }
            }
        }
        for (columns, link) in zip(linkColumns, component.links) {
            for year in years {
                values[columns.flow[year].index] = decisions.linkFlow[link][year.ordinal - 1]
                guard !columns.widening.isEmpty else { continue }
                values[columns.widening[year].index] = decisions.linkWidening[link][year.ordinal - 1]
            }
        }
        return values
    }
}
