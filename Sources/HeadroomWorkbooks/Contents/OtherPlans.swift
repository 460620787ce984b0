public import Headroom

/// What a plan is held against: other budgets, scenarios, other goals, other assumptions; nil where it is not.
public struct OtherPlans: Sendable {
    public var sweep: BudgetSweep?
    /// The plan first.
    public var scenarios: Comparison?
    public var frontier: Frontier?
    public var sensitivity: Sensitivity?
    /// What was left out, and why, in sentences.
    public var omissions: [String]

    public init(
        sweep: BudgetSweep? = nil, scenarios: Comparison? = nil, frontier: Frontier? = nil,
        sensitivity: Sensitivity? = nil, omissions: [String] = []
    ) {
        self.sweep = sweep
        self.scenarios = scenarios
        self.frontier = frontier
        self.sensitivity = sensitivity
        self.omissions = omissions
    }

    /// Of other budgets and other goals.
    func curves(_ names: inout SheetNames) -> [CurveSheet] {
        [sweep.map { CurveSheet($0, steps: nil, &names) }, frontier.map { CurveSheet($0, &names) }]
            .compactMap(\.self)
    }

    /// Of scenarios and other assumptions.
    func sheets(_ names: inout SheetNames) -> [Sheet] {
        let tables: [(name: String, table: Table?)] = [
            ("Scenarios", scenarios.flatMap { ComparisonText($0).totals.table }),
            ("Sensitivity", sensitivity?.tableForPeople.withoutPictures),
        ]
        return tables.compactMap { name, table in table.map { TableSheet($0).sheet(names.name(name)) } }
    }
}
