public import Headroom

extension Workbook {
    /// Of more regions the chart sums up by a tag.
    private static let mostBars = 60

    /// A plan: its figures, the allocation, the schedule, what it was made from, and what was remarked.
    ///
    /// - Parameters:
    ///   - cut: Another table of it that is asked for, with what its rows are.
    ///   - others: What it is held against, on sheets of their own.
    public init(
        _ plan: Plan, origin: PlanOrigin, cut: (title: String, table: Table)? = nil,
        against others: OtherPlans = OtherPlans()
    ) {
        let assumptions = plan.planningCase.assumptions
        title = assumptions.title
        var names = SheetNames()
        let summaryName = names.name("Summary")
        let allocation = Self.sheet(plan, .region, names.name("Allocation"))
        let schedule = Self.sheet(plan, .year, names.name("Schedule"))
        let further = cut.map { TableSheet($0.table).sheet(names.name($0.title), ratios: Self.ratios) }
        let tag = plan.planningCase.regions.groupingTags.first?.name
        let isGrouped = plan.planningCase.regions.count > Self.mostBars
        let groups = isGrouped ? tag.map { Self.sheet(plan, .tag($0), names.name("By \($0)")) } : nil
        let curves = others.curves(&names)

        let text = PlanSummary(plan)
        var summary = SummarySheet(text.title, text.subtitle)
        summary.add(text.lines, capacityUnit: assumptions.capacityUnit)
        let sentences = PlanBriefing(plan, sweep: others.sweep, scenarios: others.scenarios).sentences
        summary.add("What the plan says", sentences)
        summary.add("Remarks", (text.remarks + others.omissions).filter { !sentences.contains($0) })
        summary.add("Made with", origin.changes)
        summary.add("How far it is proved", Array(CertificateText(plan).sentences.prefix(1)))
        if !isGrouped {
            summary.add(spendingOf: plan, .region, on: allocation, "region", names: "name")
        } else if let tag, let groups {
            summary.add(spendingOf: plan, .tag(tag), on: groups, tag, names: nil)
        }
        summary.add(spendingOf: plan, .year, on: schedule, "year", names: "year")
        for chart in curves.compactMap(\.chart) { summary.add(chart) }
        sheets =
            [summary.sheet(summaryName), allocation, schedule]
            + [groups, further].compactMap(\.self) + curves.map(\.sheet) + others.sheets(&names)
            + [origin.assumptions(names.name("Assumptions")), origin.problems(names.name("Problems"))]
    }

    private static func sheet(_ plan: Plan, _ cut: Cut, _ name: SheetName) -> Sheet {
        guard let table = plan.table(cut) else { preconditionFailure("the tag is one of the plan's own") }
        return TableSheet(table).sheet(name, ratios: ratios)
    }

    /// How the shares of all regions come of the columns beside them.
    private static let ratios: [String: RatioTotal] = [
        "utilization_base": .mean(weight: "capacity_base"), "utilization": .mean(weight: "capacity"),
        "service_level": .ratio("users_served", "users_organic"),
    ]
}

extension SummarySheet {
    /// - Parameters:
    ///   - what: What a row of the sheet is.
    ///   - names: The key of the column that names the rows; nil: the first one.
    fileprivate mutating func add(
        spendingOf plan: Plan, _ cut: Cut, on sheet: Sheet, _ what: String, names: String?
    ) {
        guard let table = plan.table(cut),
            let place = table.columns.firstIndex(where: { $0.key == "investment" })
        else { return }
        var largest = 0.0
        table.rows.forEach(in: 0..<table.rows.count) { row in
            if case .number(let value?) = row[place] { largest = max(largest, value) }
        }
        let chart = SheetChart.spending(
            cut == .year ? .columns : .bars, "Investment by \(what) and lever", table, on: sheet,
            levers: Lever.allCases.filter { plan.figures.spending[$0] > 0 },
            names: names ?? table.columns[0].key, largest: largest)
        if let chart { add(chart) }
    }
}
