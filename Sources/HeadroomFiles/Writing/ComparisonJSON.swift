public import Headroom

extension Comparison {
    /// The comparison as JSON: its keys in a documented order, full precision, undefined figures `null`.
    public var json: String {
        var json = JSONText()
        write(&json)
        return json.text
    }

    /// Writes what `json` is, without having it whole. O(variants × regions × years).
    public func writeJSON(to stream: TextStream) {
        var json = JSONText(to: stream)
        write(&json)
    }

    private func write(_ json: inout JSONText) {
        let assumptions = variants[0].planningCase.assumptions
        let figures = figures
        json.object { json in
            json.value("format", "headroom-compare/1")
            json.value("currency", assumptions.currency)
            json.value("capacity_unit", assumptions.capacityUnit)
            json.value("first_year", years.lowerBound)
            json.value("last_year", years.upperBound)
            json.texts("common_changes", commonChanges)
            json.array("variants", variants.indices) { json, place in
                json.object { writeVariant(place, figures[place], &$0) }
            }
            json.array("changes", changes.indices.filter { changes[$0] != nil }) { json, place in
                guard let change = changes[place] else { return }
                json.object { writeChange(change, place, figures, &$0) }
            }
        }
        json.finish()
    }

    private func writeVariant(_ place: Int, _ figures: [ComparedFigure]?, _ json: inout JSONText) {
        let variant = variants[place]
        let assumptions = variant.planningCase.assumptions
        json.value("variant", variant.name)
        json.value("title", assumptions.title)
        json.value("base_year", assumptions.baseYear)
        json.value("years", assumptions.years)
        json.value("status", outcomes[place].status)
        json.object("figures") { json in
            for figure in figures ?? [] { json.value(figure.key, figure.value) }
        }
        json.object("spend_by_year") { json in
            guard let plan = outcomes[place].plan else { return }
            for year in assumptions.planningYears {
                json.value(String(assumptions.calendarYear(year)), plan.ledger.spending(year: year))
            }
        }
        if case .impossible(let clash) = outcomes[place] {
            json.texts("clash", clash.members.map(\.name))
            json.value("minimum_budget", clash.minimumBudget)
        }
        guard place > 0 else { return }
        json.object("inputs") { InputDifferences(from: variants[0], to: variant).write(&$0) }
    }

    private func writeChange(
        _ change: PlanChange, _ place: Int, _ figures: [[ComparedFigure]?], _ json: inout JSONText
    ) {
        json.value("base", variants[0].name)
        json.value("variant", variants[place].name)
        json.object("figures") { json in
            for (before, after) in zip(figures[0] ?? [], figures[place] ?? []) {
                let sides = Sides(base: before.value, other: after.value)
                json.object(before.key) {
                    $0.value("change", sides.change)
                    $0.value("change_share", sides.changeShare)
                }
            }
        }
        json.value("gained", change.gained)
        json.value("lost", change.lost)
        json.array("spending", change.years) { json, year in
            let place = year - change.years.lowerBound
            let (before, after) = (change.spending.base[place], change.spending.other[place])
            json.object { json in
                json.value("year", year)
                json.value("base", before.total)
                json.value("value", after.total)
                for lever in Lever.allCases { json.value(lever.rawValue, after[lever] - before[lever]) }
            }
        }
        json.texts("rules_begun", change.rulesBegun)
        json.texts("rules_ceased", change.rulesCeased)
        json.array("regions", (0..<change.regionCount).lazy.map { change.move(at: $0) }) { json, move in
            json.object { move.write(from: change.years.lowerBound, &$0) }
        }
    }
}

extension RegionMove {
    fileprivate func write(from firstYear: Int, _ json: inout JSONText) {
        json.value("region", id)
        json.value("name", name)
        json.value("money", direction.rawValue)
        json.value("investment_base", baseTotal)
        json.value("investment", otherTotal)
        json.value("change", change)
        json.object("by_lever") { json in
            for lever in Lever.allCases { json.value(lever.rawValue, change(lever)) }
        }
        json.object("by_year") { json in
            for year in base.indices { json.value(String(firstYear + year), change(year: year)) }
        }
        let moves = base.indices.flatMap { year in Lever.allCases.map { (year, $0, change($0, year: year)) } }
        json.array("moves", moves.filter { $0.2 != 0 }) { json, move in
            json.object {
                $0.value("year", firstYear + move.0)
                $0.value("lever", move.1.rawValue)
                $0.value("change", move.2)
            }
        }
        json.value("return_base", returns.base)
        json.value("return", returns.other)
        json.value("users_served_base", usersServed.base)
        json.value("users_served", usersServed.other)
        json.value("why_base", why.base?.description)
        json.value("why", why.other?.description)
        json.texts("because", causes.map(\.text))
    }
}

extension InputDifferences {
    fileprivate func write(_ json: inout JSONText) {
        json.array("keys", items) { json, item in
            json.object {
                $0.value("key", item.key)
                item.base.write("base", &$0)
                item.other.write("value", &$0)
            }
        }
        json.array("columns", columns) { json, column in
            json.object { json in
                json.value("column", column.column.header)
                json.value("regions", column.regions)
                json.value("least_factor", column.factors?.lowerBound)
                json.value("largest_factor", column.factors?.upperBound)
                json.array("cells", column.cells) { json, cell in
                    json.object {
                        $0.value("region", cell.region)
                        $0.value("base", cell.base)
                        $0.value("value", cell.other)
                    }
                }
            }
        }
        json.array("tags", tags) { json, tag in
            json.object {
                $0.value("column", tag.name)
                $0.value("regions", tag.regions)
            }
        }
        json.value("regions_compared", commonRegions)
        json.texts("regions_left_out", onlyInBase)
        json.texts("regions_added", onlyInOther)
        json.value("costs", overrides)
        json.texts("links", links)
    }
}

extension InputDifferences.Value {
    fileprivate func write(_ key: String, _ json: inout JSONText) {
        switch self {
        case .none: json.value(key, nil as String?)
        case .number(let value, _): json.value(key, value)
        case .text(let text): json.value(key, text)
        }
    }
}
