public import LinearProgramming

/// The planning model written as a linear program (model, 4 and 5).
///
/// Columns and rows of a region stand together, region after region in the order of the table; the rows that join
/// regions come last. So the program of one region alone is, column by column and row by row, its block in the
/// program of all.
///
/// The program is the plain form of the model, made small: what no plan can reach is no row (a region whose base
/// capacity serves all it could ever have needs no row for its use), and a bound on one column is no row either.
/// Capacity and won users are sums over the years before, without columns of their own: measured on 1,000 regions
/// × 10 years GLPK's simplex needs 3 seconds for this form and 5 to 8 for the sparser one with cumulative columns,
/// which has more rows.
public struct Formulation: Sendable {
    public typealias Column = LinearProgram.Column
    public typealias Row = LinearProgram.Row

    public let planningCase: PlanningCase
    public internal(set) var program: LinearProgram
    /// The columns of every region, in the order of the table.
    public internal(set) var blocks: [RegionBlock] = []
    public internal(set) var budgetRows = BudgetRows()
    /// The columns of every link, in the order of the link table.
    public internal(set) var linkColumns: [LinkColumns] = []
    /// The rows of every rule, in the order of the plan.
    public internal(set) var ruleRows: [[LinearProgram.Row]] = []
    /// `Σ_t I[t] ≥ minimum_spend`, where roi is a goal.
    public internal(set) var minimumSpendRow: LinearProgram.Row?
    /// The lowest `x[r,T]/n[r,T]`, where it is a goal and any region has organic users.
    public internal(set) var worstService: LinearProgram.Column?

    let valuation: Valuation
    /// The links from and to each region, by its position.
    let linksOut: [[Int]]
    let linksIn: [[Int]]

    /// - Parameter keepsNames: Names every column and row, for people to read.
    public init(_ planningCase: PlanningCase, keepsNames: Bool = false) {
        self.planningCase = planningCase
        program = LinearProgram(.maximize, keepsNames: keepsNames)
        valuation = Valuation(planningCase.assumptions)
        (linksOut, linksIn) = planningCase.linksByRegion
        addLinks()
        for region in planningCase.regions.indices { addBlock(of: region) }
        addModuleTotals()
        addBudget()
        addMinimumSpend()
        for rule in planningCase.rules { ruleRows.append(addRule(rule)) }
        addWorstService()
        program.setObjective(netPresentValue)
    }

    /// Everything about one region that no other region takes part in.
    private mutating func addBlock(of region: RegionIndex) {
        let firstColumn = program.columnCount
        let firstRow = program.rowCount
        blocks.append(RegionBlock())
        addServedUsers(of: region)
        addNewCapacity(of: region)
        addAdoption(of: region)
        addCredit(of: region)
        addDemandLimits(of: region)
        addUseLimits(of: region)
        blocks[region].columns = firstColumn..<program.columnCount
        blocks[region].rows = firstRow..<program.rowCount
    }

    /// Replaces what is maximised, the net present value at first.
    mutating func setObjective(_ objective: LinearExpression) { program.setObjective(objective) }

    var years: [Year] { planningCase.assumptions.planningYears }

    mutating func addColumn(
        _ label: Label, lower: Double = 0, upper: Double = .infinity, magnitude: Double,
        isInteger: Bool = false
    ) -> Column {
        let name = text(of: label)
        return program.addColumn(name, lower: lower, upper: upper, magnitude: magnitude, isInteger: isInteger)
    }

    @discardableResult
    mutating func addRow(
        _ label: Label, _ expression: LinearExpression, lower: Double = -.infinity, upper: Double = .infinity
    ) -> Row {
        let name = text(of: label)
        return program.addRow(name, expression, lower: lower, upper: upper)
    }

    /// What a column or row stands for; becomes a readable name such as `build[CN-GZ,capacity,2026]`.
    struct Label {
        var family: String
        /// Regions, or what else comes first.
        var subject: Subject
        var detail: String?
        var year: Year?

        enum Subject {
            case region(RegionIndex)
            case link(Int)
            case text(String)
        }

        init(_ family: String, _ region: RegionIndex, _ detail: String? = nil, _ year: Year? = nil) {
            self.init(family, .region(region), detail, year)
        }

        init(_ family: String, _ subject: Subject, _ detail: String? = nil, _ year: Year? = nil) {
            self.family = family
            self.subject = subject
            self.detail = detail
            self.year = year
        }
    }

    private func text(of label: Label) -> String {
        guard program.keepsNames else { return "" }
        let subject: String
        switch label.subject {
        case .region(let region): subject = planningCase.regions.ids[region]
        case .link(let link): subject = planningCase.name(ofLink: link)
        case .text(let text): subject = text
        }
        let parts = [
            subject, label.detail, label.year.map { String(planningCase.assumptions.calendarYear($0)) },
        ]
        return "\(label.family)[\(parts.compactMap { $0 }.joined(separator: ","))]"
    }
}

/// Where a region's decisions stand in the program (model, 4). Arrays by year hold `T` entries, the first for
/// planning year 1.
public struct RegionBlock: Equatable, Sendable {
    /// `x[r,t]`: users served.
    public internal(set) var servedUsers: [LinearProgram.Column] = []
    /// `b[r,k,t]` by technology and year: capacity paid for, in modules where the technology has them; nil where it
    /// would be in service after the horizon.
    public internal(set) var newCapacity: [[LinearProgram.Column?]] = []
    /// `a[r,s,t]` by step and year: users won; empty without an adoption lever.
    public internal(set) var wonUsers: [[LinearProgram.Column]] = []
    /// `h[r,t]`: users enrolled in the credit mechanism; empty without a credit lever.
    public internal(set) var enrolledUsers: [LinearProgram.Column] = []
    /// `v[r,t]`: users served who trade online; empty where that earns nothing.
    public internal(set) var tradingUsers: [LinearProgram.Column] = []
    /// The region's part of the program.
    public internal(set) var columns = 0..<0
    public internal(set) var rows = 0..<0
}

extension Array {
    subscript(year: Year) -> Element { self[year.ordinal - 1] }
}
