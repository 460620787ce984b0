internal import Headroom

/// What templates may ask of a report: every name with its meaning.
struct ReportFields {
    let format: ReportFormat

    var report: TemplateFields<Report> {
        TemplateFields([
            .text("title", "what the plan is called") { $0.plan.planningCase.assumptions.title },
            .text("subtitle", "horizon, regions, budget, discount rate and goals in a line") {
                PlanSummary($0.plan).subtitle
            },
            .text("path", "the plan, as the command named it") { $0.background.path },
            .text("currency", "currency of all amounts") { $0.plan.planningCase.assumptions.currency },
            .text("capacity_unit", "what capacity is counted in") {
                $0.plan.planningCase.assumptions.capacityUnit
            },
            .text("base_year", "the year before the first planning year") {
                "\($0.plan.planningCase.assumptions.baseYear)"
            },
            .text("last_year", "the last planning year") {
                "\($0.plan.planningCase.assumptions.baseYear + $0.plan.planningCase.assumptions.years)"
            },
            .flag("is_optimal", "whether the plan is proved to be the best") { $0.plan.status == .optimal },
            .text("status", "optimal, or feasible where the search was stopped") { $0.plan.status.rawValue },
            .list("changes", "scenarios and options the plan was made with", .sentence) {
                $0.background.changes
            },
            .list("sentences", "what the plan says, in five sentences", .sentence) {
                PlanBriefing($0.plan, sweep: $0.sweep, scenarios: $0.scenarios).sentences
            },
            .list("figures", "the figures that matter, with doing nothing beside them", Self.figure) {
                PlanSummary($0.plan).lines
            },
            .list("remarks", "what else is to be said of the plan", .sentence) {
                PlanSummary($0.plan).remarks
            },
            .list("sections", "the parts of the report, each with sentences, charts and tables", section) {
                $0.sections
            },
            .list("regions", "all regions, in the order of the region table", Self.region) { report in
                report.plan.planningCase.regions.indices.map { ReportRegion(plan: report.plan, index: $0) }
            },
        ])
    }

    private static let figure = TemplateFields<PlanSummary.Line>([
        .text("label", "what it is") { $0.label },
        .text("do_nothing", "without the plan") { $0.doNothing },
        .text("plan", "with the plan") { $0.plan },
        .text("remark", "what there is to say of it") {
            $0.remark.isEmpty ? nil : $0.remark.withFiguresUnbroken
        },
    ])

    private var section: TemplateFields<ReportSection> {
        let format = format
        return TemplateFields([
            .text("id", "a word for links to it") { $0.id },
            .text("heading", "its heading") { $0.title },
            .flag("is_allocation", "whether it is the allocation") { $0.id == "allocation" },
            .list("sentences", "what it says in words", .sentence) { $0.sentences },
            .list("charts", "its pictures", Self.chart) { $0.charts },
            .list("tables", "its tables", Self.table) { $0.tables },
            .markup("sources", "the folder's SOURCES.md; in one section alone") { section in
                section.sources.map { SourcesMarkup.text($0, format) }
            },
        ])
    }

    private static let chart = TemplateFields<ReportChart>([
        .text("id", "a word for links to it") { $0.id },
        .text("title", "what it shows") { $0.title },
        .text("subtitle", "what belongs to the title") { $0.subtitle.isEmpty ? nil : $0.subtitle },
        .text("description", "what is to be seen, in words") { $0.description },
        .markup("svg", "the picture as SVG, for HTML and Markdown") { $0.svg },
        .markup("narrow_svg", "the same, 350 pixels wide") { $0.narrowSVG },
    ])

    private static let table = TemplateFields<ReportTable>([
        .text("caption", "what is in it") { $0.caption },
        .flag("is_folded", "whether it is for those who look closer") { $0.isFolded },
        .flag("is_sortable", "whether people may want another order") { $0.isSortable },
        .text("width", "how many columns it has") { "\($0.columns.count)" },
        .list("columns", "its columns", Self.column) { $0.columns },
        .list("groups", "rows that stand together", Self.group) { $0.groups },
        .list("total", "the cells of the last row; empty where there is none", Self.cell) { $0.total },
        .text("note", "what there is to say of it") { $0.note.isEmpty ? nil : $0.note },
    ])

    private static let column = TemplateFields<ReportTable.Column>([
        .text("column", "its title") { $0.title },
        .text("unit", "the unit of its figures") { $0.unit.isEmpty ? nil : $0.unit },
        .flag("is_number", "whether it holds figures") { $0.isNumber },
    ])

    private static let group = TemplateFields<ReportTable.Group>([
        .text("group", "the title of the rows") { $0.title.isEmpty ? nil : $0.title },
        .list("rows", "the rows", Self.row) { $0.rows },
    ])

    private static let row = TemplateFields<[ReportTable.Cell]>([
        .list("cells", "a cell a column", Self.cell) { $0 }
    ])

    private static let cell = TemplateFields<ReportTable.Cell>([
        .text("text", "as people read it") { $0.text },
        .text("number", "the figure with all its digits; none for words") {
            $0.number.map { "\($0)" }
        },
        .flag("is_number", "whether its column holds figures") { $0.isNumber },
        .flag("is_heading", "whether it names the row") { $0.isHeading },
    ])

    private static let region = TemplateFields<ReportRegion>([
        .text("region", "its id") { $0.plan.planningCase.regions.ids[$0.index.position] },
        .text("name", "what people call it") { $0.plan.planningCase.regions.names[$0.index.position] },
        .text("investment", "money spent there") { $0.money($0.figures.investment) },
        .text("build", "on building capacity") { $0.money($0.figures.spending[.build]) },
        .text("adoption", "on winning users") { $0.money($0.figures.spending[.adoption]) },
        .text("share", "on links that share idle capacity") { $0.money($0.figures.spending[.share]) },
        .text("credit", "on enrolling users in a credit mechanism") {
            $0.money($0.figures.spending[.credit])
        },
        .text("new_capacity", "capacity paid for") { FigureText.amount($0.figures.newCapacity) },
        .text("users_base", "users in the base year") { FigureText.amount($0.figures.usersBase) },
        .text("users_served", "users served in the last year") { FigureText.amount($0.figures.usersServed) },
        .text("users_won", "users won over all years") { FigureText.amount($0.figures.usersWon) },
        .text("utilization_base", "share of capacity in use in the base year") {
            FigureText.percent($0.figures.utilizationBase)
        },
        .text("utilization", "share of capacity in use in the last year") {
            FigureText.percent($0.figures.utilization)
        },
        .text("service_level", "users served of those who want service by themselves") {
            FigureText.percent($0.figures.serviceLevel)
        },
        .text("return", "what the plan earns there") { $0.money($0.figures.return) },
        .text("why", "why no more is spent there") { $0.plan.reasons[$0.index.position].description },
    ])
}

/// A region of a plan with its figures.
struct ReportRegion: Sendable {
    let plan: Plan
    let index: RegionIndex
    let figures: AllocationFigures

    init(plan: Plan, index: RegionIndex) {
        self.plan = plan
        self.index = index
        figures = plan.figures(of: [index])
    }

    func money(_ amount: Double) -> String {
        FigureText.money(amount, plan.planningCase.assumptions.currency)
    }
}
