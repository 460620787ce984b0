public import Headroom
internal import LinearProgramming

extension Plan {
    /// The result as JSON: one object, its keys in a documented order, full precision, undefined figures `null`.
    ///
    /// No duration is in it, so that the same inputs give the same bytes.
    public var json: String {
        var json = JSONText()
        write(&json, cut: nil)
        return json.text
    }

    /// Writes what `json` is, without having it whole. O(regions × years).
    ///
    /// - Parameter cut: A cut of the allocation that stands in it beside the regions.
    public func writeJSON(cut: Table? = nil, to stream: TextStream) {
        var json = JSONText(to: stream)
        write(&json, cut: cut)
    }

    private func write(_ json: inout JSONText, cut: Table?) {
        json.object { json in
            writeHead(&json)
            writeFigures(&json)
            json.array("regions", rows: planningCase.regions.count) { json, positions in
                forEachFigures(in: positions) { region, figures in
                    json.element { writeRegion(region, figures, &$0) }
                }
            }
            let links = planningCase.linksByTarget
            json.array("schedule", rows: planningCase.regions.count) { json, positions in
                forEachEntry(in: positions, links: links) { entry in
                    json.element { writeEntry(entry, &$0) }
                }
            }
            if let cut { cut.write("cut", &json) }
            json.array("idle_by_rule", ledger.idleByRule(threads: RowPieces.threads)) { json, idle in
                json.object {
                    $0.value("rule", idle.rule)
                    $0.value("capacity", idle.capacity)
                }
            }
            json.object("certificate") {
                $0.value("primal_violation", certificate?.primalViolation)
                $0.value("dual_violation", certificate?.dualViolation)
                $0.value("complementary_slackness", certificate?.complementarySlackness)
                $0.value("duality_gap", certificate?.dualityGap)
            }
            json.object("solver") {
                $0.value("method", method)
                $0.value("iterations", steps)
                $0.value("seconds", nil as Double?)
            }
        }
        json.finish()
    }

    private func writeHead(_ json: inout JSONText) {
        let assumptions = planningCase.assumptions
        json.value("format", "headroom-plan/1")
        json.value("title", assumptions.title)
        json.value("currency", assumptions.currency)
        json.value("capacity_unit", assumptions.capacityUnit)
        json.value("base_year", assumptions.baseYear)
        json.value("years", assumptions.years)
        json.value("status", status.rawValue)
        json.value("gap", gap)
        json.array("goals", goals) { json, outcome in
            json.object {
                $0.value("goal", outcome.goal.rawValue)
                $0.value("value", outcome.value)
                $0.value("best", outcome.best)
                $0.value("gap", outcome.gap)
            }
        }
    }

    private func writeFigures(_ json: inout JSONText) {
        let goalYears = planningCase.assumptions.goalYears
        let all = figures
        json.value("npv", ledger.totalNetPresentValue)
        json.value("do_nothing_npv", doNothing.totalNetPresentValue)
        json.value("return", added)
        json.value("roi", returnOnInvestment)
        json.value("investment_present_value", ledger.investmentPresentValue)
        json.value("utilization_base", all.utilizationBase)
        json.value("utilization", ledger.utilization(in: goalYears))
        json.value("service_level", ledger.serviceLevel(in: goalYears))
        json.value("users_base", all.usersBase)
        json.value("users_served", all.usersServed)
        json.object("do_nothing") {
            $0.value("npv", doNothing.totalNetPresentValue)
            $0.value("utilization", doNothing.utilization(in: goalYears))
            $0.value("service_level", doNothing.serviceLevel(in: goalYears))
            $0.value("users_served", doNothing.usersServedAtHorizon)
        }
        writeSpending(&json)
    }

    private func writeSpending(_ json: inout JSONText) {
        json.object("spend") {
            $0.value("total", ledger.spending())
            $0.object("by_year") { json in
                for year in planningCase.assumptions.planningYears {
                    json.value(
                        String(planningCase.assumptions.calendarYear(year)), ledger.spending(year: year))
                }
            }
            $0.object("by_lever") { json in
                for lever in Lever.allCases { json.value(lever.rawValue, ledger.spending(lever: lever)) }
            }
        }
        json.object("budget") {
            let budget = planningCase.assumptions.budget
            $0.value("total", budget.total)
            $0.value("yearly_sum", budget.yearly.map { $0.reduce(0, +) })
        }
        json.value("shadow_price", shadowPrices?.total)
        json.value("shadow_price_all_rows", shadowPrices?.allRows)
        json.object("shadow_price_by_year") { json in
            guard let yearly = shadowPrices?.yearly, !yearly.isEmpty else { return }
            for year in planningCase.assumptions.planningYears {
                json.value(
                    String(planningCase.assumptions.calendarYear(year)), yearly[year.ordinal - 1] as Double?)
            }
        }
    }

    private func writeRegion(_ region: RegionIndex, _ figures: AllocationFigures, _ json: inout JSONText) {
        let regions = planningCase.regions
        json.object {
            $0.value("region", regions.ids[region.position])
            $0.value("name", regions.names[region.position])
            $0.object("tags") { json in
                for tag in regions.tags { json.value(tag.name, tag.values[region.position]) }
            }
            $0.value("investment", figures.investment)
            $0.object("by_lever") { json in
                for lever in Lever.allCases { json.value(lever.rawValue, figures.spending[lever]) }
            }
            $0.value("new_capacity", figures.newCapacity)
            $0.value("users_base", figures.usersBase)
            $0.value("users_served", figures.usersServed)
            $0.value("users_organic", figures.usersOrganic)
            $0.value("users_won", figures.usersWon)
            $0.value("capacity_base", figures.capacityBase)
            $0.value("capacity", figures.capacity)
            $0.value("utilization_base", figures.utilizationBase)
            $0.value("utilization", figures.utilization)
            $0.value("service_level", figures.serviceLevel)
            $0.value("return", figures.return)
            $0.value("why", reasons[region.position].description)
        }
    }

    private func writeEntry(_ entry: ScheduleEntry, _ json: inout JSONText) {
        json.object {
            $0.value("region", planningCase.regions.ids[entry.region.position])
            $0.value("year", planningCase.assumptions.calendarYear(entry.year))
            $0.value("lever", entry.lever.rawValue)
            switch entry.detail {
            case .technology(let name): $0.value("technology", name)
            case .step(let step): $0.value("step", step)
            case .link(let name): $0.value("link", name)
            case .linkWidening(let name): $0.value("widened_link", name)
            case .none: break
            }
            $0.value("quantity", entry.quantity)
            $0.value(
                "unit",
                entry.lever == .build || entry.lever == .share
                    ? planningCase.assumptions.capacityUnit : "users")
            $0.value("spend", entry.spend)
        }
    }
}

extension Table {
    /// An object a row.
    fileprivate func write(_ key: String, _ json: inout JSONText) {
        json.array(key, rows: rows.count) { json, positions in
            rows.forEach(in: positions) { row in
                json.element { json in json.object { write(row, &$0) } }
            }
        }
    }

    /// A key a column, for an object of its own.
    func write(_ row: [Cell], _ json: inout JSONText) {
        for (column, cell) in zip(columns, row) {
            switch cell {
            case .text(let text): json.value(column.key, text)
            case .number(let value): json.value(column.key, value)
            }
        }
    }
}
