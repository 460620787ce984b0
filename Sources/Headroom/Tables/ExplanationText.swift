/// Why a region gets what it gets, in sentences.
public struct ExplanationText: Equatable, Sendable {
    /// Sentences under a heading.
    public struct Section: Equatable, Sendable {
        public var title: String
        public var sentences: [String]
    }

    public var title: String
    public var sections: [Section]

    public init(_ explanation: Explanation) {
        let writer = ExplanationWriter(explanation)
        title = writer.title
        sections = [
            Section(title: "What it gets", sentences: writer.allocation),
            Section(
                title: "What the next money earns here, all other regions staying as they are",
                sentences: writer.margins),
            Section(title: "What binds", sentences: writer.limits),
            Section(title: "What would bring money here", sentences: writer.entries),
        ].filter { !$0.sentences.isEmpty }
    }
}

/// Writes one section after the other.
private struct ExplanationWriter {
    let explanation: Explanation

    init(_ explanation: Explanation) { self.explanation = explanation }

    private var plan: Plan { explanation.plan }
    private var planningCase: PlanningCase { plan.planningCase }
    private var assumptions: Assumptions { planningCase.assumptions }
    private var region: RegionIndex { explanation.region }
    private var currency: String { assumptions.currency }
    private func money(_ value: Double) -> String { FigureText.money(value, currency) }
    private func unit(_ value: Double) -> String {
        "\(currency) \(FigureText.number(value, decimals: 3))"
    }
    private func percent(_ share: Double) -> String {
        FigureText.number(100 * share, decimals: 2).withoutTrailingZeros + " %"
    }
    private func figure(_ value: Double) -> String {
        FigureText.number(value.rounded(digits: 6), decimals: 4).withoutTrailingZeros
    }

    var title: String {
        let (id, name) = (planningCase.regions.ids[region], planningCase.regions.names[region])
        return "\(name == id ? id : "\(name) (\(id))"): \(assumptions.title)"
    }

    var allocation: [String] {
        let levers = Lever.allCases.compactMap { lever -> String? in
            let spent = plan.ledger.spending(region: region, lever: lever)
            return spent > 0 ? "\(lever.rawValue) \(FigureText.amount(spent))" : nil
        }
        let spent = plan.ledger.spending(region: region)
        var sentences = [
            "Investment \(money(spent))\(levers.isEmpty ? "" : " (\(levers.joined(separator: ", ")))"). "
                + "Why no more: \(plan.reasons[region.position])."
        ]
        if abs(spent - explanation.spendingAtBestReturn) > 1e-6 * max(spent, explanation.spendingAtBestReturn)
        {
            sentences.append(
                "The plan of the best return alone would spend \(money(explanation.spendingAtBestReturn)) here; "
                    + "what money earns is asked of that plan.")
        }
        if let last = explanation.lastUnit {
            sentences.append("The last \(currency) spent here earns \(unit(last)).")
        }
        return sentences
    }

    var margins: [String] {
        explanation.margins.map { margin in
            let title = planningCase.title(of: margin.option)
            guard let earns = margin.earns else { return "\(title): nothing left to buy." }
            let year = assumptions.calendarYear(margin.year)
            let elsewhere = margin.elsewhere.map { ", elsewhere \(unit($0))" } ?? ""
            let verb = earns < 0 ? "loses \(unit(-earns))" : "earns \(unit(earns))"
            return "\(title): the next \(currency) in \(year) \(verb)\(elsewhere)."
        }
    }

    // MARK: Limits

    var limits: [String] {
        [demand].compactMap(\.self)
            + explanation.limits.map { limit in
                "\(name(of: limit.change)) 1 % higher would add \(money(limit.gain)) to the best return."
            }
    }

    /// Whether all who want service get it at the end.
    private var demand: String? {
        let horizon = assumptions.horizon
        let account = plan.ledger.account(of: region)
        let year = assumptions.calendarYear(horizon)
        let wanting = min(
            account.organicUsers[horizon] + account.wonUsersKept[horizon],
            planningCase.regions.potentialUsers[region])
        guard wanting > 0 else { return nil }
        let missing = wanting - account.servedUsers[horizon]
        return missing > 1e-6 * wanting
            ? "In \(year) \(percent(missing / wanting)) of those who want service find no capacity."
            : "In \(year) all who want service get it."
    }

    private func name(of change: RegionChange) -> String {
        switch change {
        case .potential: "The number of potential users"
        case .yearlyBuildLimit: "The yearly build limit"
        case .yearlyLimit(let technology, _):
            "The yearly limit of \(planningCase.technologies[technology].name)"
        case .totalLimit(let technology, _):
            "The total limit of \(planningCase.technologies[technology].name)"
        case .linkCapacity(let link, _): "The capacity of the link \(planningCase.title(ofLink: link))"
        case .buildCost: "Build cost"
        case .adoptionCost: "Adoption cost"
        case .revenue: "Revenue per user"
        case .growth: "Demand growth"
        }
    }

    // MARK: Entries

    var entries: [String] {
        explanation.entries.map { entry in
            let lever = entry.lever.map { " for \($0.rawValue)" } ?? ""
            return "\(figure(of: entry.with)): money would come\(lever)\(command(of: entry.with)); "
                + "\(short(entry.without)): none would."
        }
    }

    private func figure(of change: RegionChange) -> String {
        let regions = planningCase.regions
        switch change {
        case .buildCost(let factor):
            let costs = planningCase.technologies.indices.map { planningCase.buildCost(region, $0) }
            guard costs.count == 1 else { return "Build costs of \(percent(factor)) of today's" }
            return
                "A build cost of \(currency) \(figure(costs[0] * factor)) a \(assumptions.capacityUnit) (now "
                + "\(figure(costs[0])))"
        case .adoptionCost(let factor):
            let cost = regions.adoptionCost[region]
            return "An adoption cost of \(currency) \(figure(cost * factor)) a user (now \(figure(cost)))"
        case .revenue(let factor):
            let revenue = regions.revenuePerUser[region]
            return
                "Revenue of \(currency) \(figure(revenue * factor)) a user and year (now \(figure(revenue)))"
        case .growth(let growth):
            return "Demand growth of \(percent(growth)) a year (now \(percent(regions.demandGrowth[region])))"
        default: return name(of: change)
        }
    }

    private func short(_ change: RegionChange) -> String {
        let regions = planningCase.regions
        switch change {
        case .buildCost(let factor):
            guard planningCase.technologies.count == 1 else { return "at \(percent(factor))" }
            return "at \(figure(planningCase.buildCost(region, 0) * factor))"
        case .adoptionCost(let factor): return "at \(figure(regions.adoptionCost[region] * factor))"
        case .revenue(let factor): return "at \(figure(regions.revenuePerUser[region] * factor))"
        case .growth(let growth): return "at \(percent(growth))"
        default: return name(of: change)
        }
    }

    /// The option that makes the change, where a factor of the table says it exactly.
    private func command(of change: RegionChange) -> String {
        let id = planningCase.regions.ids[region]
        func option(_ column: RegionColumn, _ factor: Double) -> String {
            let factor = FigureText.number(factor, decimals: 3).replacing(",", with: "").withoutTrailingZeros
            return " (--scale \(column.header)@region=\(id)=\(factor))"
        }
        switch change {
        case .buildCost(let factor): return option(.buildCost, factor)
        case .adoptionCost(let factor): return option(.adoptionCost, factor)
        case .revenue(let factor): return option(.revenuePerUser, factor)
        default: return ""
        }
    }
}
