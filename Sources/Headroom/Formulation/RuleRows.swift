import LinearProgramming

extension Formulation {
    /// The rows of one rule: one over its scope, or with `each` one a region and year (model, 6).
    ///
    /// - Returns: The rows, those of `at_least` before those of `at_most`.
    mutating func addRule(_ rule: Rule) -> [Row] {
        let regions = rule.scope(in: planningCase.regions)
        let years = rule.scope(in: planningCase.assumptions)
        var rows: [Row] = []
        for (bound, isLower) in [(rule.atLeast, true), (rule.atMost, false)] {
            guard let bound else { continue }
            if rule.each {
                for year in years {
                    let all = sharedTotal(of: rule, bound, in: year)
                    for region in regions {
                        rows.append(add(rule, bound, isLower, [region], [year], total: all))
                    }
                }
            } else {
                rows.append(add(rule, bound, isLower, regions, years, total: nil))
            }
        }
        return rows
    }

    /// `measure ≥ bound` or `measure ≤ bound`; for a share `measure − share · whole ≥ 0`.
    private mutating func add(
        _ rule: Rule, _ bound: Rule.Bound, _ isLower: Bool, _ regions: [RegionIndex], _ years: [Year],
        total: LinearExpression?
    ) -> Row {
        var expression = measure(rule, regions, years)
        var limit = 0.0
        switch bound {
        case .amount(let amount): limit = amount
        case .share(let share): expression.add(total ?? whole(of: rule, regions, years), times: -share)
        }
        let name = "rule[\(rule.name)]\(isLower ? "" : "_max")"
        let one =
            rule.each
            ? "[\(planningCase.regions.ids[regions[0]]),\(planningCase.assumptions.calendarYear(years[0]))]"
            : ""
        return program.addRow(
            name + one, expression, lower: isLower ? limit : -.infinity, upper: isLower ? .infinity : limit)
    }

    /// What a rule measures, summed over regions and years.
    func measure(_ rule: Rule, _ regions: [RegionIndex], _ years: [Year]) -> LinearExpression {
        var sum = LinearExpression()
        for region in regions {
            for year in years {
                switch rule.measure {
                case .investment: addSpending(of: region, in: year, countedBy: rule, to: &sum)
                case .newCapacity:
                    for (index, technology) in planningCase.technologies.enumerated()
                    where rule.counts(technology: technology.name) {
                        sum.add(newCapacity(region, index, year))
                    }
                case .servedUsers, .serviceLevel, .coverage: sum.add(blocks[region].servedUsers[year])
                case .usedCapacity, .utilization: sum.add(usedCapacity(region, year))
                }
            }
        }
        return sum
    }

    /// What a share is of: organic users, potential users or capacity of the rule's own regions, else the same
    /// measure over all regions.
    func whole(of rule: Rule, _ regions: [RegionIndex], _ years: [Year]) -> LinearExpression {
        var sum = LinearExpression()
        switch rule.measure {
        case .serviceLevel:
            for region in regions {
                for year in years { sum.constant += planningCase.organicUsers(region, year) }
            }
        case .coverage:
            for region in regions {
                sum.constant += planningCase.regions.potentialUsers[region] * Double(years.count)
            }
        case .utilization:
            for region in regions { for year in years { sum.add(capacity(region, year)) } }
        case .investment, .newCapacity, .servedUsers, .usedCapacity:
            sum = measure(rule, planningCase.regions.indices, years)
        }
        return sum
    }

    /// With `each`, a share of all regions is of a sum that every row would repeat: it becomes a column of its own.
    private mutating func sharedTotal(of rule: Rule, _ bound: Rule.Bound, in year: Year) -> LinearExpression?
    {
        guard case .share = bound, !rule.measure.isShare else { return nil }
        let total = whole(of: rule, [], [year])
        let column = program.addColumn(
            "all[\(rule.name),\(planningCase.assumptions.calendarYear(year))]", lower: -.infinity,
            magnitude: total.terms.reduce(0) {
                max($0, abs($1.coefficient) * program.columnMagnitude[$1.column.index])
            })
        program.addRow("all[\(rule.name)]", total - LinearExpression(column), lower: 0, upper: 0)
        return LinearExpression(column)
    }

    /// `w · n[r,T] ≤ x[r,T]` for every region with organic users: `w` is the lowest service level (model, 7).
    mutating func addWorstService() {
        guard planningCase.assumptions.objective.goals.contains(.worstService) else { return }
        let horizon = planningCase.assumptions.horizon
        let asking = planningCase.regions.indices.filter { planningCase.organicUsers($0, horizon) > 0 }
        guard !asking.isEmpty else { return }
        let worst = program.addColumn("worst_service")
        for region in asking {
            addRow(
                Label("worst", region),
                LinearExpression(worst, times: planningCase.organicUsers(region, horizon))
                    - LinearExpression(blocks[region].servedUsers[horizon]), upper: 0)
        }
        worstService = worst
    }
}
