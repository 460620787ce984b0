import LinearProgramming

extension Formulation {
    /// `b[r,k,t]` where it is in service by the horizon, and the build limits (model, 4, 5.6 and 5.9).
    ///
    /// Where a technology comes in modules the column counts modules, and is a whole number.
    mutating func addNewCapacity(of region: RegionIndex) {
        let size = capacityScale(of: region)
        let regionLimit = planningCase.regions.yearlyBuildLimit[region]
        for (index, technology) in planningCase.technologies.enumerated() {
            let limit = min(
                planningCase.yearlyLimit(region, index), planningCase.totalLimit(region, index), regionLimit)
            let unit = technology.module ?? 1
            let affordable = affordableSize(size, atCost: planningCase.buildCost(region, index))
            let columns = years.map { year -> Column? in
                guard year.ordinal + technology.leadTime <= planningCase.assumptions.years else { return nil }
                // A limit that is a whole number of modules must not lose one to rounding.
                let upper = technology.module == nil ? limit : (limit / unit * (1 + 1e-12)).rounded(.down)
                return addColumn(
                    Label("build", region, technology.name, year), upper: upper, magnitude: affordable / unit,
                    isInteger: technology.module != nil)
            }
            blocks[region].newCapacity.append(columns)
            addTotalLimit(of: region, index)
        }
        addYearlyBuildLimit(of: region)
    }

    /// All modules of one technology, over regions and years, as a sum that the search may branch on.
    ///
    /// Money and links let one region's module stand for another's, and one year's for the next one's; only their
    /// number is bounded. Measured on a plan of four regions × five years with two module sizes, two links and the
    /// goal `served_users`: 0.01 seconds to a gap of 1e-6, and not within a minute without the sums.
    mutating func addModuleTotals() {
        for (index, technology) in planningCase.technologies.enumerated() where technology.module != nil {
            program.addBranchingSum(blocks.flatMap { $0.newCapacity[index].compactMap(\.self) })
        }
    }

    /// `b[r,k,t]` in capacity units.
    func newCapacity(_ region: RegionIndex, _ technology: Int, _ year: Year) -> LinearExpression {
        guard let column = blocks[region].newCapacity[technology][year] else { return LinearExpression() }
        return LinearExpression(column, times: planningCase.technologies[technology].module ?? 1)
    }

    /// `Σ_t b[r,k,t] ≤ total_limit[r,k]` (model, 5.6). In one year it is a bound on the column.
    private mutating func addTotalLimit(of region: RegionIndex, _ technology: Int) {
        let limit = planningCase.totalLimit(region, technology)
        guard limit < .infinity, years.count > 1 else { return }
        var sum = LinearExpression()
        for year in years { sum.add(newCapacity(region, technology, year)) }
        addRow(Label("total_limit", region, planningCase.technologies[technology].name), sum, upper: limit)
    }

    /// `Σ_k b[r,k,t] ≤ yearly_build_limit[r]` (model, 5.6). With one technology it is a bound on the column.
    private mutating func addYearlyBuildLimit(of region: RegionIndex) {
        let limit = planningCase.regions.yearlyBuildLimit[region]
        guard limit < .infinity, planningCase.technologies.count > 1 else { return }
        for year in years {
            var sum = LinearExpression()
            for technology in planningCase.technologies.indices {
                sum.add(newCapacity(region, technology, year))
            }
            addRow(Label("build_limit", region, nil, year), sum, upper: limit)
        }
    }

    /// Capacity of one technology in service: `Σ b[r,k,τ]` over `τ + lead_k ≤ t < τ + lead_k + lifetime_k`
    /// (model, 5.1).
    func capacityBuilt(_ region: RegionIndex, _ technology: Int, _ year: Year) -> LinearExpression {
        let properties = planningCase.technologies[technology]
        var sum = LinearExpression()
        for paid in years {
            let age = year.ordinal - (paid.ordinal + properties.leadTime)
            guard 0 <= age, age < properties.lifetime else { continue }
            sum.add(newCapacity(region, technology, paid))
        }
        return sum
    }

    /// `c[r,t]`: base capacity left and what was built, capacity units (model, 5.1).
    func capacity(_ region: RegionIndex, _ year: Year) -> LinearExpression {
        var sum = LinearExpression(planningCase.baseCapacity(region, year))
        for technology in planningCase.technologies.indices {
            sum.add(capacityBuilt(region, technology, year))
        }
        return sum
    }
}
