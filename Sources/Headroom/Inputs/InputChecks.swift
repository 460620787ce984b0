import Foundation

/// Checks that need more than one cell, and the range of every cell; one check a function (model, 3.1 and 3.2).
///
/// All findings are gathered; none stops the search for further ones. O(regions × columns).
public func findings(
    in table: RegionTable, _ assumptions: Assumptions, hasTechnologies: Bool = false
) -> [Finding] {
    let checks = InputChecks(table: table, assumptions: assumptions, hasTechnologies: hasTechnologies)
    return checks.plan() + checks.requiredColumns() + checks.regions()
        + checks.levers() + checks.unusedBuildCost()
}

private struct InputChecks {
    let table: RegionTable
    let assumptions: Assumptions
    /// Whether a technology table stands for the regions' build cost.
    let hasTechnologies: Bool
    /// The columns that the table has, in the order of their declaration.
    private let columns: [Column]
    private let users, capacity, idleCapacity, demandGrowth, potentialUsers: Column
    private let demandPerUser, useGrowth, maxUtilization, creditUsers: Column

    init(table: RegionTable, assumptions: Assumptions, hasTechnologies: Bool) {
        self.table = table
        self.assumptions = assumptions
        self.hasTechnologies = hasTechnologies
        columns = RegionColumn.numeric.filter { table.numbers[$0] != nil }.map { Column($0, table) }
        users = Column(.users, table)
        capacity = Column(.capacity, table)
        idleCapacity = Column(.idleCapacity, table)
        demandGrowth = Column(.demandGrowth, table)
        potentialUsers = Column(.potentialUsers, table)
        demandPerUser = Column(.demandPerUser, table)
        useGrowth = Column(.useGrowth, table)
        maxUtilization = Column(.maxUtilization, table)
        creditUsers = Column(.creditUsers, table)
    }

    /// A column and its declaration, looked up once for all rows.
    private struct Column {
        let name: RegionColumn
        let unit: RegionColumn.Unit
        let range: ValueRange
        /// Empty where the table has no such column.
        private let values: [Double]

        init(_ name: RegionColumn, _ table: RegionTable) {
            self.name = name
            unit = name.declaration.unit
            range = name.declaration.range
            values = table.numbers[name] ?? []
        }

        /// The number in a cell, or nil where it is empty or the column is missing.
        func number(_ row: Int) -> Double? {
            values.isEmpty || values[row].isNaN ? nil : values[row]
        }

        /// The number in a cell where it is in its own range: what is not is reported already.
        func sound(_ row: Int) -> Double? { number(row).flatMap { range.contains($0) ? $0 : nil } }
    }

    /// A number as people write it.
    private func text(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
    }

    /// Below it what is above 0 is as good as nothing, and the solver gets lost in the digits.
    private static let smallest = 1e-9

    private func error(_ row: Int, _ column: RegionColumn, _ message: String) -> Finding {
        Finding(.error, .region(row: row, column: column), "\(message) (region \(table.ids[row]))")
    }

    private func warning(_ row: Int, _ column: RegionColumn, _ message: String) -> Finding {
        Finding(.warning, .region(row: row, column: column), "\(message) (region \(table.ids[row]))")
    }

    // MARK: The plan

    func plan() -> [Finding] {
        rate() + steps() + weights() + budget() + goals() + goalYears() + minimumSpend()
    }

    private func rate() -> [Finding] {
        guard assumptions.discountRate > 1 else { return [] }
        let rate = assumptions.discountRate
        return [
            Finding(
                .warning, .plan(.discountRate),
                "discount_rate \(text(rate)) means \(text(100 * rate)) % a year; write \(text(rate))% or \(rate / 100)?"
            )
        ]
    }

    private func steps() -> [Finding] {
        var found: [Finding] = []
        let steps = assumptions.adoption.steps
        let sum = steps.reduce(0) { $0 + $1.share }
        if sum > 1 + 1e-9 {
            found.append(
                Finding(
                    .error, .plan(.adoptionSteps),
                    "shares of the adoption steps sum to \(sum), expected at most 1"))
        }
        for (before, after) in zip(steps, steps.dropFirst()) where after.costFactor <= before.costFactor {
            found.append(
                Finding(
                    .error, .plan(.adoptionSteps),
                    "cost_factor \(text(after.costFactor)) comes after \(text(before.costFactor)), "
                        + "expected strictly increasing cost factors"))
        }
        return found
    }

    private func weights() -> [Finding] {
        guard assumptions.creditWeights.allSatisfy({ $0 == 0 }) else { return [] }
        return [
            Finding(.error, .plan(.creditWeights), "all credit weights are 0, expected at least one above 0")
        ]
    }

    private func budget() -> [Finding] {
        guard let yearly = assumptions.budget.yearly, yearly.count != assumptions.years else { return [] }
        return [
            Finding(
                .error, .plan(.budgetYearly),
                "budget.yearly lists \(yearly.count) amount\(yearly.count == 1 ? "" : "s"), expected "
                    + "\(assumptions.years), one a planning year, or one number without a list"
            )
        ]
    }

    private func goals() -> [Finding] {
        var found: [Finding] = []
        var seen: Set<Goal> = []
        for goal in assumptions.objective.goals {
            if !seen.insert(goal).inserted {
                found.append(Finding(.error, .plan(.objectiveMaximize), "goal \(goal.rawValue) stands twice"))
            }
        }
        if assumptions.objective.goals.isEmpty {
            found.append(Finding(.error, .plan(.objectiveMaximize), "no goal given, expected at least one"))
        }
        return found
    }

    private func minimumSpend() -> [Finding] {
        guard assumptions.objective.goals.contains(.roi), assumptions.minimumSpend == nil else { return [] }
        return [
            Finding(
                .error, .plan(.objectiveMaximize),
                "goal roi needs a budget, or objective.minimum_spend as an amount: else the best ratio is the first "
                    + "coin spent")
        ]
    }

    private func goalYears() -> [Finding] {
        guard let years = assumptions.objective.years, assumptions.goalYears.isEmpty else { return [] }
        let first = assumptions.baseYear + 1
        let last = assumptions.baseYear + assumptions.years
        return [
            Finding(
                .error, .plan(.objectiveYears),
                "objective.years \(years.lowerBound)–\(years.upperBound) lies outside the horizon \(first)–\(last)"
            )
        ]
    }

    // MARK: The table

    func requiredColumns() -> [Finding] {
        guard table.count > 0 else {
            return [Finding(.error, .regionTable, "the table has no regions, expected at least one")]
        }
        return RegionColumn.numeric.compactMap { column in
            guard isRequired(column), table.numbers[column] == nil else { return nil }
            return Finding(
                .error, .regionTable,
                "required column `\(column.header)` is missing (\(column.declaration.meaning))")
        }
    }

    private func isRequired(_ column: RegionColumn) -> Bool {
        column.declaration.need == .required && !(column == .buildCost && hasTechnologies)
    }

    /// With a technology table the region's build cost says nothing.
    func unusedBuildCost() -> [Finding] {
        guard hasTechnologies, table.has(.buildCost) else { return [] }
        return [Finding(.note, .regionTable, "build_cost is not used: the technology table gives the costs")]
    }

    /// Row by row; the rows are shared by the threads.
    func regions() -> [Finding] {
        let size = 1 << 14
        let parts = concurrentMap(
            (table.count + size - 1) / size, threads: ProcessInfo.processInfo.activeProcessorCount
        ) { part in
            regions(part * size..<min((part + 1) * size, table.count))
        }
        return parts.flatMap { $0 }
    }

    private func regions(_ rows: Range<Int>) -> [Finding] {
        // By row, though the cells are looked at column by column, which is faster.
        var found = [[Finding]](repeating: [], count: rows.count)
        for column in columns {
            for row in rows {
                if let finding = cell(row, column) { found[row - rows.lowerBound].append(finding) }
            }
        }
        for row in rows { found[row - rows.lowerBound] += region(row) }
        return found.flatMap { $0 }
    }

    /// What needs more than one cell.
    private func region(_ row: Int) -> [Finding] {
        idle(row) + potential(row) + demand(row) + credit(row) + overuse(row) + growth(row)
    }

    /// A cell by its column's declaration.
    private func cell(_ row: Int, _ column: Column) -> Finding? {
        let (name, range, unit) = (column.name, column.range, column.unit)
        guard let value = column.number(row) else {
            return isRequired(name) ? error(row, name, "\(name.header) is empty, expected a number") : nil
        }
        if !range.contains(value) {
            return error(row, name, "\(name.header) is \(text(value)), expected \(range)")
        }
        if value > unit.largest {
            return error(row, name, "\(name.header) is \(value), expected at most \(text(unit.largest))")
        }
        if !range.contains(0), value < Self.smallest {
            return error(row, name, "\(name.header) is \(value), expected at least \(Self.smallest)")
        }
        guard unit == .rate, value > 1 else { return nil }
        return warning(
            row, name,
            "\(name.header) \(text(value)) means \(text(100 * value)) % a year; write \(text(value))%?")
    }

    private func idle(_ row: Int) -> [Finding] {
        guard let capacity = capacity.sound(row), let idle = idleCapacity.sound(row), idle > capacity
        else { return [] }
        return [
            error(row, .idleCapacity, "idle_capacity \(text(idle)) is more than capacity \(text(capacity))")
        ]
    }

    private func potential(_ row: Int) -> [Finding] {
        guard let users = users.sound(row), let potential = potentialUsers.sound(row), potential < users
        else { return [] }
        return [
            error(
                row, .potentialUsers, "potential_users \(text(potential)) is less than users \(text(users))")
        ]
    }

    /// Demand per user: given, derived, or both and in agreement to 0.1 %.
    private func demand(_ row: Int) -> [Finding] {
        let given = demandPerUser.number(row)
        guard let users = users.sound(row), let capacity = capacity.sound(row),
            let idle = idleCapacity.sound(row), idle <= capacity, given == demandPerUser.sound(row)
        else { return [] }
        if users == 0 {
            var found: [Finding] = []
            if given == nil {
                found.append(
                    error(
                        row, .demandPerUser, "demand_per_user is missing, expected a number where users is 0")
                )
            }
            if idle != capacity {
                found.append(
                    error(
                        row, .idleCapacity,
                        "idle_capacity is \(text(idle)), expected \(text(capacity)), all of the capacity, "
                            + "where users is 0"))
            }
            return found
        }
        let derived = (capacity - idle) / users
        guard let given else {
            guard derived > 0 else {
                return [
                    error(
                        row, .idleCapacity,
                        "idle_capacity \(text(idle)) leaves no capacity to the \(text(users)) users, "
                            + "expected less than capacity")
                ]
            }
            return []
        }
        if given == 0 {
            return [
                error(row, .demandPerUser, "demand_per_user is 0, expected above 0 where there are users")
            ]
        }
        if abs(given - derived) > 1e-3 * max(given, derived) {
            return [
                error(
                    row, .demandPerUser,
                    "demand_per_user is \(text(given)), expected \(derived) to 0.1 %: "
                        + "(capacity − idle_capacity) / users")
            ]
        }
        return []
    }

    /// Growth over many years, or of many per cent, ends in numbers that mean nothing and that no solver can hold.
    private func growth(_ row: Int) -> [Finding] {
        let most = 1e12
        let years = Double(assumptions.years)
        let users = users.number(row) ?? 0
        let grown = users * pow(1 + (demandGrowth.number(row) ?? 0), years)
        let cap = potentialUsers.number(row) ?? .infinity
        var found: [Finding] = []
        if users > 0, min(grown, cap) > most {
            found.append(
                error(
                    row, .demandGrowth,
                    "demand_growth makes \(users) users \(grown) in \(assumptions.years) years, expected at most 1e12"
                ))
        }
        let use = pow(1 + (useGrowth.number(row) ?? 0), years)
        if !(use <= most) {
            found.append(
                error(
                    row, .useGrowth,
                    "use_growth multiplies demand by \(use) in \(assumptions.years) years, expected at most 1e12"
                ))
        }
        return found
    }

    private func credit(_ row: Int) -> [Finding] {
        guard let users = users.sound(row), let credit = creditUsers.sound(row), credit > users
        else { return [] }
        return [error(row, .creditUsers, "credit_users \(text(credit)) is more than users \(text(users))")]
    }

    /// Base use above the headroom: doing nothing then serves fewer users than today.
    private func overuse(_ row: Int) -> [Finding] {
        let own = maxUtilization.number(row)
        let limit = own ?? assumptions.maxUtilization
        guard let capacity = capacity.sound(row), let idle = idleCapacity.sound(row), capacity > 0,
            idle <= capacity, own == maxUtilization.sound(row)
        else { return [] }
        let use = (capacity - idle) / capacity
        guard use > limit * (1 + 1e-9) else { return [] }
        let percent = { (share: Double) in String(format: "%.1f %%", 100 * share) }
        return [
            warning(
                row, .idleCapacity,
                "\(percent(use)) of the capacity is in use, above max_utilization \(percent(limit)): "
                    + "without investment fewer users are served than today")
        ]
    }

    // MARK: Levers that a missing number switches off

    func levers() -> [Finding] {
        let adoptionCost = Column(.adoptionCost, table)
        let stuck = (0..<table.count).filter {
            adoptionCost.number($0) != nil && potentialUsers.number($0) == nil
        }
        guard let first = stuck.first else { return [] }
        let others =
            switch stuck.count {
            case 1: ""
            case 2: " and 1 other"
            default: " and \(stuck.count - 1) others"
            }
        return [
            Finding(
                .note, .region(row: first, column: .adoptionCost),
                "adoption is off in region \(table.ids[first])\(others): adoption_cost is given, "
                    + "potential_users is not")
        ]
    }
}
