public import LinearProgramming

/// The rows that join all regions through money (model, 5.7).
public struct BudgetRows: Equatable, Sendable {
    public internal(set) var total: LinearProgram.Row?
    /// A row a planning year: the year's spending, or, with carry-over, the spending up to it.
    public internal(set) var yearly: [LinearProgram.Row] = []
}

extension Formulation {
    /// `Σ_t I[t] ≤ total`, and `I[t] ≤ yearly[t]`, or with carry-over `Σ_{τ≤t} I[τ] ≤ Σ_{τ≤t} yearly[τ]`.
    mutating func addBudget() {
        let budget = planningCase.assumptions.budget
        guard !budget.isFree else { return }
        let spending = years.map { self.spending(in: $0) }
        for (index, limit) in budget.limits(years: years.count).enumerated() {
            var sum = LinearExpression()
            for year in limit.years { sum.add(spending[year - 1]) }
            if index == 0, budget.total != nil {
                budgetRows.total = program.addRow("budget", sum, upper: limit.money)
            } else {
                let year = planningCase.assumptions.calendarYear(Year(limit.years.upperBound))
                budgetRows.yearly.append(program.addRow("budget[\(year)]", sum, upper: limit.money))
            }
        }
    }

    /// The size that a lever's column can have: a region's own, or what the whole budget buys where that is less.
    ///
    /// A price far beyond the budget would else be the largest number of the budget's row, and drown the others.
    func affordableSize(_ size: Double, atCost cost: Double) -> Double {
        let budget =
            planningCase.assumptions.budget.limits(years: years.count).map(\.money).max() ?? .infinity
        return budget > 0 && cost > 0 ? min(size, budget / cost) : size
    }

    /// `Σ_t I[t] ≥ minimum_spend`, where roi is a goal (model, 7).
    mutating func addMinimumSpend() {
        guard let money = planningCase.assumptions.minimumSpend else { return }
        minimumSpendRow = program.addRow("minimum_spend", totalSpending, lower: money)
    }

    /// `Σ_t I[t]`: spending of all years.
    var totalSpending: LinearExpression {
        var sum = LinearExpression()
        for year in years { sum.add(spending(in: year)) }
        return sum
    }

    /// `I[t]`: spending of all regions and levers in a year.
    func spending(in year: Year) -> LinearExpression {
        var sum = LinearExpression()
        for region in planningCase.regions.indices { addSpending(of: region, in: year, to: &sum) }
        return sum
    }

    /// One region's part of `I[t]`, or of what a rule counts of it. A link's spending counts in its `to` region.
    func addSpending(
        of region: RegionIndex, in year: Year, times factor: Double = 1, countedBy rule: Rule? = nil,
        to sum: inout LinearExpression
    ) {
        let block = blocks[region]
        for (index, technology) in planningCase.technologies.enumerated() {
            guard rule?.counts(technology: technology.name) ?? true else { continue }
            sum.add(
                newCapacity(region, index, year), times: factor * planningCase.buildCost(region, index))
        }
        if rule?.counts(.adoption) ?? true {
            for (step, columns) in block.wonUsers.enumerated() {
                sum.add(columns[year], times: factor * planningCase.adoptionCost(region, step: step))
            }
        }
        if !block.enrolledUsers.isEmpty, rule?.counts(.credit) ?? true {
            sum.add(block.enrolledUsers[year], times: factor * planningCase.regions.creditCost[region])
        }
        if rule?.counts(.share) ?? true {
            for link in linksIn[region.position] where !linkColumns[link].widening.isEmpty {
                sum.add(linkColumns[link].widening[year], times: factor * planningCase.links[link].buildCost)
            }
        }
    }

    /// What one more unit of money spent in each year costs the other uses of the budget.
    func pricesOfMoney(at solution: Solution) -> [Double] { pricesOfMoney(rowDuals: solution.rowDuals) }

    /// The same by the duals of all rows.
    func pricesOfMoney(rowDuals: [Double]) -> [Double] {
        let total = budgetRows.total.map { max(0, rowDuals[$0.index]) } ?? 0
        let yearly = budgetRows.yearly.map { max(0, rowDuals[$0.index]) }
        return years.map { year in
            guard !yearly.isEmpty else { return total }
            let ofYear =
                planningCase.assumptions.budget.carryOver
                ? yearly[(year.ordinal - 1)...].reduce(0, +) : yearly[year]
            return total + ofYear
        }
    }

    /// Lowers the objective by a price for every unit of money spent in a year.
    mutating func chargeForMoney(_ prices: [Double]) {
        var objective = netPresentValue
        for region in planningCase.regions.indices {
            for year in years { addSpending(of: region, in: year, times: -prices[year], to: &objective) }
        }
        setObjective(objective)
    }
}
