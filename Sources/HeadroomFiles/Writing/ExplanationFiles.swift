public import Headroom

extension PricesSummary {
    /// The sentences for a terminal.
    public func terminalText(_ style: TextStyle) -> String {
        let paragraphs = [money, rules].filter { !$0.isEmpty }
        return style.heading(title) + "\n"
            + paragraphs.map { "\n" + $0.map { style.item("- ", $0) }.joined() }.joined()
    }
}

extension PlanBriefing {
    /// The sentences for a terminal, numbered.
    public func terminalText(title: String, _ style: TextStyle) -> String {
        style.heading(title) + "\n\n"
            + sentences.enumerated().map { style.item("\($0 + 1). ", $1) }.joined()
    }
}

extension ExplanationText {
    /// The sections for a terminal.
    public func terminalText(_ style: TextStyle) -> String {
        style.heading(title) + "\n"
            + sections.map { section in
                "\n" + style.heading("\(section.title):") + "\n"
                    + section.sentences.map { style.item("- ", $0) }.joined()
            }.joined()
    }
}

extension PlanPrices {
    /// The prices as JSON, undefined figures `null`.
    public var json: String {
        var json = JSONText()
        json.object { json in
            json.value("format", "headroom-prices/1")
            json.value("title", plan.planningCase.assumptions.title)
            json.value("currency", plan.planningCase.assumptions.currency)
            json.value("best_return", bestReturn)
            json.value("unspent", unspent)
            json.object("budget") { write(budget, &$0) }
            json.object("budget_total") { write(total, &$0) }
            let years = plan.planningCase.assumptions.planningYears.map(
                plan.planningCase.assumptions.calendarYear)
            json.array("budget_by_year", Array(zip(years, yearly))) { json, entry in
                json.object {
                    $0.value("year", entry.0)
                    write(entry.1, &$0)
                }
            }
            json.array("rules", rules) { json, price in json.object { write(price, &$0) } }
        }
        json.finish()
        return json.text
    }

    private func write(_ value: MarginalValue?, _ json: inout JSONText) {
        json.value("amount", value?.amount)
        json.value("price", value?.more?.price)
        json.value("holds_up_to", value?.more?.until.finite)
        json.value("price_of_less", value?.less?.price)
        json.value("holds_down_to", value?.less?.until.finite)
    }

    private func write(_ price: RulePrice, _ json: inout JSONText) {
        json.value("rule", price.rule)
        json.value("bound", price.isLower ? "at_least" : "at_most")
        json.value("cost", price.cost)
        json.object("raised") { write(price.raised, &$0) }
        json.object("lowered") { write(price.lowered, &$0) }
        write(price.range, &json)
    }

    private func write(_ step: RulePrice.Step, _ json: inout JSONText) {
        switch step.bound {
        case .amount(let amount): json.value("to", amount)
        case .share(let share): json.value("to", share)
        }
        json.value("change", step.change)
    }
}

extension Explanation {
    /// The explanation as JSON, undefined figures `null`.
    public var json: String {
        let planningCase = plan.planningCase
        var json = JSONText()
        json.object { json in
            json.value("format", "headroom-explanation/1")
            json.value("region", planningCase.regions.ids[region.position])
            json.value("name", planningCase.regions.names[region.position])
            json.value("currency", planningCase.assumptions.currency)
            json.value("investment", plan.ledger.spending(region: region))
            json.value("investment_at_best_return", spendingAtBestReturn)
            json.value("why", plan.reasons[region.position].description)
            json.value("last_unit_earns", lastUnit)
            json.array("levers", margins) { json, margin in
                json.object {
                    $0.value("lever", margin.option.lever.rawValue)
                    $0.value("title", planningCase.title(of: margin.option))
                    $0.value(
                        "year",
                        margin.earns.map { _ in Double(planningCase.assumptions.calendarYear(margin.year)) })
                    $0.value("next_earns", margin.earns)
                    $0.value("elsewhere", margin.elsewhere)
                }
            }
            json.array("limits", limits) { json, limit in
                json.object {
                    write(limit.change, "limit", &$0)
                    $0.value("gain", limit.gain)
                }
            }
            json.array("entries", entries) { json, entry in
                json.object {
                    $0.value("lever", entry.lever?.rawValue)
                    write(entry.with, "change", &$0)
                    write(entry.without, "change_too_small", &$0)
                }
            }
        }
        json.finish()
        return json.text
    }

    /// A change as its name and what the figure becomes: a factor, or for growth a rate.
    private func write(_ change: RegionChange, _ key: String, _ json: inout JSONText) {
        let planningCase = plan.planningCase
        let (name, number): (String, Double) =
            switch change {
            case .buildCost(let factor): ("build_cost", factor)
            case .adoptionCost(let factor): ("adoption_cost", factor)
            case .revenue(let factor): ("revenue_per_user", factor)
            case .growth(let growth): ("demand_growth", growth)
            case .potential(let factor): ("potential_users", factor)
            case .yearlyBuildLimit(let factor): ("yearly_build_limit", factor)
            case .yearlyLimit(let technology, let factor):
                ("yearly_limit of \(planningCase.technologies[technology].name)", factor)
            case .totalLimit(let technology, let factor):
                ("total_limit of \(planningCase.technologies[technology].name)", factor)
            case .linkCapacity(let link, let factor):
                ("capacity of link \(planningCase.name(ofLink: link))", factor)
            }
        json.value(key, name)
        if case .growth = change {
            json.value("\(key)_to", number)
        } else {
            json.value("\(key)_factor", number)
        }
    }
}

extension Double {
    /// Nil where it is infinite: JSON has no such number.
    fileprivate var finite: Double? { isFinite ? self : nil }
}
