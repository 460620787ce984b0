internal import Foundation
public import Headroom

extension Workbook {
    /// Sentences, and a sheet for each table below them.
    ///
    /// - Parameter tables: Further ones, with the names of their sheets.
    public init(_ text: some SectionedText, tables: [(name: String, table: Table)] = []) {
        title = text.title
        var names = SheetNames()
        let summaryName = names.name("Summary")
        var summary = SummarySheet(text.title, "")
        for section in text.sections { summary.add(section.title, section.sentences) }
        let all = text.sections.compactMap { section in section.table.map { (section.title, $0) } } + tables
        sheets =
            [summary.sheet(summaryName)]
            + all.map { name, table in TableSheet(table.withoutPictures).sheet(names.name(name)) }
    }

    /// The budget curve: what is said of it, every row of it, and the curve as a chart.
    public init(_ sweep: BudgetSweep, _ text: SweepSummary, steps: Int?) {
        self.init(text) { CurveSheet(sweep, steps: steps, &$0) }
    }

    /// The frontier between two goals, with the plans that are placed on it.
    public init(_ frontier: Frontier, _ text: FrontierSummary) {
        self.init(text) { CurveSheet(frontier, &$0) }
    }

    private init(_ text: some SentenceSummary, curve: (inout SheetNames) -> CurveSheet) {
        title = text.title
        var names = SheetNames()
        let summaryName = names.name("Summary")
        let curve = curve(&names)
        var summary = SummarySheet(text.title, text.subtitle)
        summary.add("What it says", text.sentences)
        if let chart = curve.chart { summary.add(chart) }
        sheets = [summary.sheet(summaryName), curve.sheet]
    }
}
