internal import Headroom
internal import HeadroomCharts
internal import HeadroomFiles

/// Makes the sections of a report, in the order in which people read them.
struct ReportSections {
    let plan: Plan
    let sweep: BudgetSweep?
    let scenarios: Comparison?
    let frontier: Frontier?
    let sensitivity: Sensitivity?
    let background: ReportBackground
    let omissions: [String]

    /// Of more regions only the largest have a bar.
    private static let mostBars = 31

    private static let mostOnMap = 5000
    /// Longer tables beside the allocation are folded.
    private static let mostRows = 12

    private var assumptions: Assumptions { plan.planningCase.assumptions }

    /// Those that have something to say.
    var all: [ReportSection] {
        [
            money, network, years, budget, tradeOff, whatIf, assumptionsThatMatter, allocation, warnings,
            proof, inputs, tables, sources,
        ].filter { !$0.isEmpty }
    }

    // MARK: What the plan does

    private var money: ReportSection {
        var section = ReportSection(id: "money", title: "Where the money goes")
        let tag = plan.planningCase.regions.groupingTags.first?.name
        section.charts = [
            Chart.allocation(plan, largest: Self.mostBars),
            tag.flatMap { Chart.allocation(plan, by: $0) }, map,
        ].compactMap(\.self).enumerated().map { ReportChart($1, id: "money-\($0 + 1)") }
        section.tables = plan.planningCase.regions.groupingTags.prefix(3).compactMap { tag in
            plan.table(.tag(tag.name)).map { table in
                let shown = ReportTable("By \(tag.name)", table).sortable()
                return table.rows.count > Self.mostRows ? shown.folded() : shown
            }
        }
        if plan.planningCase.technologies.count > 1, let table = plan.table(.technology) {
            section.tables.append(ReportTable("Building by technology", table).folded())
        }
        return section
    }

    /// Of more regions than a page has room for there is none.
    private var map: Chart? {
        guard plan.planningCase.regions.count <= Self.mostOnMap else { return nil }
        return Chart.map(plan, shapes: background.shapes)
    }

    private var network: ReportSection {
        var section = ReportSection(id: "network", title: "What becomes of the network")
        if let chart = Chart.utilization(plan, largest: Self.mostBars) {
            section.charts = [ReportChart(chart, id: "network-1")]
            section.tables = ReportTable(of: chart).map { [$0.folded()] } ?? []
        }
        return section
    }

    private var years: ReportSection {
        var section = ReportSection(id: "years", title: "Year by year")
        section.charts = [ReportChart(.years(plan), id: "years-1")]
        section.tables = plan.table(.year).map { [ReportTable("Spending and what comes of it", $0)] } ?? []
        return section
    }

    private var budget: ReportSection {
        var section = ReportSection(id: "budget", title: "More money, less money")
        guard let sweep else { return section }
        // What kind of curve it is matters less than what it says.
        let summary = SweepSummary(sweep)
        section.sentences = summary.sentences.dropFirst(summary.kind.count) + summary.kind
        if let chart = Chart.curve(sweep, scenarios: markedScenarios(sweep)) {
            section.charts = [ReportChart(chart, id: "budget-1")]
        }
        section.tables = [
            ReportTable("The budget and what it brings", sweep.table(steps: nil, isForPeople: true)).folded()
        ]
        return section
    }

    /// The scenarios as dots beside the curve.
    private func markedScenarios(_ sweep: BudgetSweep) -> [Chart.MarkedPlan] {
        guard let scenarios else { return [] }
        return zip(scenarios.variants, scenarios.outcomes).dropFirst().compactMap { variant, outcome in
            guard let budget = variant.planningCase.assumptions.budget.amount(sweep.movement),
                let value = outcome.plan?.value(of: sweep.goal)
            else { return nil }
            return Chart.MarkedPlan(variant.name, across: budget, up: value)
        }
    }

    private var tradeOff: ReportSection {
        guard let frontier else { return ReportSection(id: "tradeoff", title: "") }
        let titles = frontier.goals.map(\.title)
        var section = ReportSection(
            id: "tradeoff", title: "What more \(titles[1]) costs",
            sentences: FrontierSummary(frontier).sentences)
        guard let chart = Chart.frontier(frontier) else { return section }
        section.charts = [ReportChart(chart, id: "tradeoff-1")]
        section.tables = [
            ReportTable("Plans along the trade-off", frontier.table(isForPeople: true)).folded()
        ]
        return section
    }

    private var assumptionsThatMatter: ReportSection {
        var section = ReportSection(id: "sensitivity", title: "Which assumption matters")
        guard let sensitivity else { return section }
        let text = SensitivityText(sensitivity)
        section.sentences = text.findings
        section.charts = Chart.tornado(sensitivity).map { [ReportChart($0, id: "sensitivity-1")] } ?? []
        section.tables = [ReportTable("Assumptions, one at a time", sensitivity.tableForPeople).folded()]
        return section
    }

    private var whatIf: ReportSection {
        var section = ReportSection(id: "scenarios", title: "What if")
        guard let scenarios, scenarios.variants.count > 1 else { return section }
        let totals = ComparisonText(scenarios).totals
        section.sentences = totals.sentences
        section.tables = totals.table.map { [ReportTable("The plan and each scenario", $0)] } ?? []
        return section
    }

    private var allocation: ReportSection {
        let extract = AllocationExtract(plan)
        var section = ReportSection(id: "allocation", title: "The allocation")
        if extract.isShortened {
            section.sentences = [
                "Of \(FigureText.count(plan.planningCase.regions.count)) regions those that "
                    + "get the most and the least stand by name, all others are summed up; every region is in "
                    + "the plan's table: headroom plan with -o allocation.csv."
            ]
        }
        section.tables = [
            ReportTable("Region by region", extract.table, groups: extract.groups).sortable()
        ]
        return section
    }

    // MARK: What it rests on

    private var warnings: ReportSection {
        ReportSection(
            id: "warnings", title: "Remarks and warnings",
            sentences: PlanSummary(plan).remarks + omissions
                + (background.diagnostics.isEmpty
                    ? ["The files of the plan were read without a warning."]
                    : background.diagnostics.map(\.description)))
    }

    private var proof: ReportSection {
        let text = CertificateText(plan)
        var section = ReportSection(id: "proof", title: "How far it is proved", sentences: text.sentences)
        guard !text.lines.isEmpty else { return section }
        let rows = text.lines.map { [$0.label, FigureText.small($0.value), $0.meaning] }
        var table = ReportTable(
            "The certificate", columns: ["Check", "Worst", "Of"], numbers: [1], rows: rows)
        for (place, line) in text.lines.enumerated() { table.groups[0].rows[place][1].number = line.value }
        section.tables = [table]
        return section
    }

    private var inputs: ReportSection {
        var section = ReportSection(id: "assumptions", title: "Assumptions")
        if !background.changes.isEmpty {
            section.sentences = ["This plan was made with \(background.changes.joined(separator: ", "))."]
        }
        let rows = background.records.map { [$0.name, $0.value, $0.unit, $0.meaning, $0.origin] }
        section.tables = [
            ReportTable(
                "Every input, its unit and where it comes from",
                columns: ["Input", "Value", "Unit", "Meaning", "From"], rows: rows)
        ]
        return section
    }

    private var tables: ReportSection {
        var section = ReportSection(id: "tables", title: "The tables of the plan")
        section.tables = background.tables.map { table in
            ReportTable(
                "\(table.path), as it stands", columns: ["Line"] + table.header.cells, numbers: [],
                rows: table.rows.map { ["\($0.line)"] + $0.cells }
            ).folded()
        }
        section.sentences = background.longTables.map { "\($0) is too long to be shown here." }
        return section
    }

    private var sources: ReportSection {
        var section = ReportSection(id: "sources", title: "Sources")
        section.sources = background.sources
        return section
    }
}
