public import Headroom
internal import HeadroomCharts
public import HeadroomFiles

/// A plan as it is handed on: what it says, its figures, pictures and tables, and everything that it was made from.
public struct Report: Sendable {
    let plan: Plan
    let sweep: BudgetSweep?
    /// The plan first, then the scenarios of its folder.
    let scenarios: Comparison?
    let frontier: Frontier?
    let sensitivity: Sensitivity?
    let background: ReportBackground
    /// What was left out for want of time, in sentences.
    let omissions: [String]
    let sections: [ReportSection]

    /// - Parameters:
    ///   - sweep: Of the plan over its budget; nil leaves it out.
    ///   - scenarios: The plan first, then others; nil leaves them out.
    ///   - frontier: The trade-off between two goals of the plan; nil leaves it out.
    ///   - sensitivity: Of the plan to what it assumes; nil leaves it out.
    ///   - omissions: What was left out, and why, in sentences.
    public init(
        _ plan: Plan, sweep: BudgetSweep? = nil, scenarios: Comparison? = nil,
        frontier: Frontier? = nil, sensitivity: Sensitivity? = nil, background: ReportBackground,
        omissions: [String] = []
    ) {
        self.plan = plan
        self.sweep = sweep
        self.scenarios = scenarios
        self.frontier = frontier
        self.sensitivity = sensitivity
        self.background = background
        self.omissions = omissions
        sections =
            ReportSections(
                plan: plan, sweep: sweep, scenarios: scenarios, frontier: frontier, sensitivity: sensitivity,
                background: background, omissions: omissions
            ).all
    }

    /// The names that templates may use.
    public static var names: [TemplateName] { ReportFields(format: .html).report.names }

    /// What the plan says in five sentences, and its figures with those of doing nothing, for a terminal.
    public func terminalText(_ style: TextStyle) -> String {
        let briefing = PlanBriefing(plan, sweep: sweep, scenarios: scenarios)
        return briefing.terminalText(title: plan.planningCase.assumptions.title, style)
    }
}

/// A part of a report under a heading of its own.
struct ReportSection: Sendable {
    /// For links to it.
    var id: String
    var title: String
    var sentences: [String] = []
    var charts: [ReportChart] = []
    var tables: [ReportTable] = []
    /// A text as its author wrote it, in Markdown.
    var sources: String?

    var isEmpty: Bool { sentences.isEmpty && charts.isEmpty && tables.isEmpty && sources == nil }
}

/// A picture of a report.
struct ReportChart: Sendable {
    var id: String
    var title: String
    var subtitle: String
    /// For those who do not see it.
    var description: String
    var svg: String
    /// The same for a page as narrow as a phone.
    var narrowSVG: String

    init(_ chart: Chart, id: String) {
        self.id = id
        title = chart.title
        subtitle = ""
        description = chart.description
        svg = chart.svg(Chart.SVGOptions(width: 800, isAlone: false, id: id))
        narrowSVG = chart.svg(Chart.SVGOptions(width: 350, isAlone: false, id: "\(id)-narrow"))
    }
}
