/// The keys of `plan.yaml`, each declared once (model, 3.2). The raw value is the path of the key; a key below a
/// list, such as `adoption.steps.share`, stands in every item of it.
public enum PlanKey: String, CaseIterable, Sendable {
    case title
    case baseYear = "base_year"
    case years
    case currency
    case capacityUnit = "capacity_unit"
    case discountRate = "discount_rate"
    case maxUtilization = "max_utilization"
    case growth
    case residualValue = "residual_value"
    case valuationYears = "valuation_years"
    case regions, columns, technologies, costs, links, rules
    case budget
    case budgetTotal = "budget.total"
    case budgetYearly = "budget.yearly"
    case budgetCarryOver = "budget.carry_over"
    case adoption
    case adoptionRetention = "adoption.retention"
    case adoptionSteps = "adoption.steps"
    case adoptionStepShare = "adoption.steps.share"
    case adoptionStepCostFactor = "adoption.steps.cost_factor"
    case credit
    case creditWeights = "credit.weights"
    case creditWeightReliability = "credit.weights.reliability"
    case creditWeightRating = "credit.weights.rating"
    case creditWeightSolvency = "credit.weights.solvency"
    case creditWeightCharacter = "credit.weights.character"
    case creditWeightReputation = "credit.weights.reputation"
    case ruleName = "rules.name"
    case ruleRegions = "rules.regions"
    case ruleYears = "rules.years"
    case ruleMeasure = "rules.measure"
    case ruleAtLeast = "rules.at_least"
    case ruleAtMost = "rules.at_most"
    case ruleLevers = "rules.levers"
    case ruleTechnologies = "rules.technologies"
    case ruleEach = "rules.each"
    case objective
    case objectiveMaximize = "objective.maximize"
    case objectiveTolerance = "objective.tolerance"
    case objectiveYears = "objective.years"
    case objectiveMinimumSpend = "objective.minimum_spend"
    case objectiveGap = "objective.gap"
    case sensitivity

    public var path: String { rawValue }
    /// The key as it stands in the file: the last part of the path.
    public var name: String { String(rawValue.split(separator: ".").last ?? "") }
    /// The path of the map or list that holds the key; empty at the top.
    public var parent: String { rawValue.split(separator: ".").dropLast().joined(separator: ".") }

    /// The weights in the order of `RegionColumn.creditIndicators`.
    public static let creditWeightKeys: [PlanKey] = [
        .creditWeightReliability, .creditWeightRating, .creditWeightSolvency, .creditWeightCharacter,
        .creditWeightReputation,
    ]
}

extension PlanKey {
    public enum Kind: Equatable, Sendable {
        case text, file, flag, wholeNumber, money, rate, share, factor
        case choice([String])
        /// One number, or a list with one a planning year.
        case moneyByYear
        /// One calendar year, or the first and the last.
        case calendarYears
        /// An amount of money, or a share written with `%`.
        case moneyOrShare
        case goals
        /// Holds further keys.
        case map
        /// Holds items with further keys.
        case list
        /// Tags and the values that match; any key.
        case tags
        /// Columns of the region table, and the file's own headers and units.
        case columns
        /// One word, or a list of words.
        case words
        /// What `headroom sensitivity` varies, each with its least and its most.
        case ranges

        /// Whether `8%` makes sense.
        public var takesPercent: Bool { self == .rate || self == .share || self == .moneyOrShare }
    }

    public struct Declaration: Sendable {
        public var kind: Kind
        /// In words; nil where the key is required.
        public var defaultText: String?
        public var range: ValueRange
        public var meaning: String

        init(_ kind: Kind, _ defaultText: String?, _ range: ValueRange = .any, _ meaning: String) {
            self.kind = kind
            self.defaultText = defaultText
            self.range = range
            self.meaning = meaning
        }
    }

    public var declaration: Declaration {
        switch self {
        case .title: Declaration(.text, "the folder's name", "what the plan is called")
        case .baseYear: Declaration(.wholeNumber, nil, .between(0, 9999), "year of the region table")
        case .years:
            Declaration(
                .wholeNumber, nil, .between(1, 200), "planning years, from the year after the base year")
        case .currency: Declaration(.text, "money", "currency of every amount, in constant prices")
        case .capacityUnit: Declaration(.text, "unit", "what capacity is counted in")
        case .discountRate: Declaration(.rate, nil, .atLeast(0), "real discount rate a year")
        case .maxUtilization:
            Declaration(
                .share, "1", .positiveShare, "share of capacity that may be used, where a region has no own")
        case .growth:
            Declaration(
                .choice(Growth.allCases.map(\.rawValue)), "exponential", "how users grow by themselves")
        case .residualValue:
            Declaration(
                .choice(ResidualValue.allCases.map(\.rawValue)), "linear",
                "what capacity is worth at the horizon")
        case .valuationYears:
            Declaration(
                .wholeNumber, "0", .between(0, 1000),
                "years valued after the last planning year, as that year")
        case .regions: Declaration(.file, "regions.csv", "the region table")
        case .columns:
            Declaration(
                .columns, "the table's own headers", .above(0),
                "headers and units of a table as published, such as {capacity: {from: ports_10k, scale: 10000}}"
            )
        case .technologies: Declaration(.file, "technologies.csv where it exists", "the technology table")
        case .costs: Declaration(.file, "costs.csv where it exists", "overrides per region and technology")
        case .links: Declaration(.file, "links.csv where it exists", "the link table")
        case .rules: Declaration(.list, "none", "bounds on measures over regions and years")
        case .budget: Declaration(.map, "spending is free", "money for investment, in all four levers")
        case .budgetTotal: Declaration(.money, "no limit", .atLeast(0), "money over all years, undiscounted")
        case .budgetYearly:
            Declaration(
                .moneyByYear, "no limit", .atLeast(0), "money in each year: one number, or one a year")
        case .budgetCarryOver: Declaration(.flag, "false", "unspent yearly money stays available")
        case .adoption: Declaration(.map, "one step {share: 1, cost_factor: 1}", "how users are won")
        case .adoptionRetention:
            Declaration(.share, "1", .share, "share of won users kept from year to year")
        case .adoptionSteps:
            Declaration(
                .list, "one step {share: 1, cost_factor: 1}", "steps of rising cost; shares sum to at most 1")
        case .adoptionStepShare:
            Declaration(.share, nil, .share, "share of potential_users − users that the step can win")
        case .adoptionStepCostFactor:
            Declaration(.factor, nil, .above(0), "multiplies adoption_cost; each step's above the one before")
        case .credit: Declaration(.map, "equal weights", "how the five credit indicators are weighed")
        case .creditWeights: Declaration(.map, "1 each", "weights of the five indicators, not all 0")
        case .creditWeightReliability, .creditWeightRating, .creditWeightSolvency, .creditWeightCharacter,
            .creditWeightReputation:
            Declaration(.factor, "1", .atLeast(0), "weight of the indicator credit_\(name)")
        case .ruleName: Declaration(.text, "rule and its number", "what the rule is called")
        case .ruleRegions: Declaration(.tags, "all regions", "tags that must all match, such as {zone: west}")
        case .ruleYears:
            Declaration(.calendarYears, "the whole horizon", "calendar years, one or [first, last]")
        case .ruleMeasure:
            Declaration(
                .choice(Rule.Measure.allCases.map(\.rawValue)), nil,
                "what is bounded, summed over the rule's regions and years")
        case .ruleAtLeast: Declaration(.moneyOrShare, "no bound", .atLeast(0), "lower bound; with % a share")
        case .ruleAtMost: Declaration(.moneyOrShare, "no bound", .atLeast(0), "upper bound; with % a share")
        case .ruleLevers: Declaration(.words, "all levers", "levers that investment and new capacity count")
        case .ruleTechnologies:
            Declaration(.words, "all technologies", "technologies that investment and new capacity count")
        case .ruleEach: Declaration(.flag, "false", "one constraint for every single region and year")
        case .objective: Declaration(.map, "[return, utilization]", "what is maximised")
        case .objectiveMaximize: Declaration(.goals, "[return, utilization]", "goals in order of rank")
        case .objectiveTolerance:
            Declaration(.share, "0.1%", .share, "share of a goal's best given up for the next goals")
        case .objectiveYears:
            Declaration(
                .calendarYears, "the last year", "years that utilization and service are counted over")
        case .objectiveMinimumSpend:
            Declaration(
                .moneyOrShare, "50%", .atLeast(0),
                "least spending where roi is a goal; a share is of the budget")
        case .objectiveGap:
            Declaration(
                .share, "1e-6", .share, "relative gap at which a plan with whole modules is good enough")
        case .sensitivity:
            Declaration(
                .ranges, "20 % less and more of each",
                "least and most of assumptions, for `headroom sensitivity`: values of keys, factors of columns"
            )
        }
    }
}

extension PlanKey.Declaration {
    init(_ kind: PlanKey.Kind, _ defaultText: String?, _ meaning: String) {
        self.init(kind, defaultText, .any, meaning)
    }
}
