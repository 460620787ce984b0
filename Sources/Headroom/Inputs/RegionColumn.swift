/// The columns of the region table, each declared once: reader, validator, `check`, `init` and the documentation
/// all come from here (model, 3.1).
public enum RegionColumn: String, CaseIterable, Sendable {
    case region, name, users, capacity
    case idleCapacity = "idle_capacity"
    case demandGrowth = "demand_growth"
    case revenuePerUser = "revenue_per_user"
    case buildCost = "build_cost"
    case operatingCost = "operating_cost"
    case potentialUsers = "potential_users"
    case adoptionCost = "adoption_cost"
    case demandPerUser = "demand_per_user"
    case useGrowth = "use_growth"
    case maxUtilization = "max_utilization"
    case retirement
    case yearlyBuildLimit = "yearly_build_limit"
    case costFactor = "cost_factor"
    case commerceRevenuePerUser = "commerce_revenue_per_user"
    case creditUsers = "credit_users"
    case creditCost = "credit_cost"
    case creditReliability = "credit_reliability"
    case creditRating = "credit_rating"
    case creditSolvency = "credit_solvency"
    case creditCharacter = "credit_character"
    case creditReputation = "credit_reputation"

    /// The header in the file.
    public var header: String { rawValue }

    /// The five indicators of a region's credit (model, 3.3).
    public static let creditIndicators: [RegionColumn] = [
        .creditReliability, .creditRating, .creditSolvency, .creditCharacter, .creditReputation,
    ]

    /// The columns that hold numbers, in the order of the declaration.
    public static let numeric: [RegionColumn] = allCases.filter { $0.declaration.unit != .text }
}

extension RegionColumn {
    public enum Unit: String, Sendable {
        case text = "–"
        case users
        case capacity = "capacity unit"
        case capacityPerYear = "capacity unit / year"
        case capacityPerUser = "capacity unit / user"
        case moneyPerUser = "money / user"
        case moneyPerUserYear = "money / user / year"
        case moneyPerCapacity = "money / capacity unit"
        case moneyPerCapacityYear = "money / capacity unit / year"
        case years
        case rate = "per year"
        case share
        case factor
        case score

        /// More than this no plan means, and no solver can hold beside the numbers of other regions.
        public var largest: Double { self == .rate ? 100 : 1e12 }

        /// Whether `8%` makes sense.
        public var takesPercent: Bool { self == .rate || self == .share || self == .score }
    }

    public enum Need: Equatable, Sendable {
        case required
        /// The value where the column or the cell is missing.
        case number(Double)
        /// What holds where the column or the cell is missing, in words.
        case otherwise(String)

        /// What stands for a missing value, in words.
        public var text: String {
            switch self {
            case .required: "required"
            case .number(let value): FigureText.number(value, decimals: 0)
            case .otherwise(let text): text
            }
        }
    }

    public struct Declaration: Sendable {
        public var unit: Unit
        public var need: Need
        public var range: ValueRange
        public var meaning: String

        init(_ unit: Unit, _ need: Need, _ range: ValueRange, _ meaning: String) {
            self.unit = unit
            self.need = need
            self.range = range
            self.meaning = meaning
        }
    }

    public var declaration: Declaration {
        switch self {
        case .region: Declaration(.text, .required, .any, "unique id")
        case .name: Declaration(.text, .otherwise("region"), .any, "what people call it")
        case .users: Declaration(.users, .required, .atLeast(0), "users served in the base year")
        case .capacity: Declaration(.capacity, .required, .atLeast(0), "installed in the base year")
        case .idleCapacity:
            Declaration(
                .capacity, .required, .atLeast(0), "installed and unused in the base year, at most capacity")
        case .demandGrowth:
            Declaration(.rate, .required, .above(-1), "organic growth of users wanting service")
        case .revenuePerUser: Declaration(.moneyPerUserYear, .required, .atLeast(0), "access revenue")
        case .buildCost:
            Declaration(.moneyPerCapacity, .required, .above(0), "cost of one more unit of capacity")
        case .operatingCost:
            Declaration(
                .moneyPerCapacityYear, .number(0), .atLeast(0), "cost of keeping installed capacity running")
        case .potentialUsers:
            Declaration(
                .users, .otherwise("no cap"), .atLeast(0),
                "the most users the region can ever have, at least its users")
        case .adoptionCost:
            Declaration(
                .moneyPerUser, .otherwise("no adoption lever"), .above(0),
                "cost to win one more user at the first step")
        case .demandPerUser:
            Declaration(
                .capacityPerUser, .otherwise("(capacity − idle_capacity) / users"), .atLeast(0),
                "capacity one user takes; required where users is 0")
        case .useGrowth: Declaration(.rate, .number(0), .above(-1), "growth of demand per user")
        case .maxUtilization:
            Declaration(
                .share, .otherwise("the plan's"), .positiveShare,
                "share of the capacity that may be used; the rest is headroom for the busy hour")
        case .retirement:
            Declaration(
                .rate, .number(0), .shareBelowOne, "share of the base-year capacity withdrawn each year")
        case .yearlyBuildLimit:
            Declaration(
                .capacityPerYear, .otherwise("no limit"), .atLeast(0),
                "most that can be built in one year, all technologies together")
        case .costFactor:
            Declaration(.factor, .number(1), .above(0), "multiplies every build cost in this region")
        case .commerceRevenuePerUser:
            Declaration(
                .moneyPerUserYear, .number(0), .atLeast(0),
                "what a user who can pay and trade online brings on top of access")
        case .creditUsers:
            Declaration(
                .users, .number(0), .atLeast(0),
                "users enrolled in a credit mechanism in the base year, at most users")
        case .creditCost:
            Declaration(
                .moneyPerUser, .otherwise("no credit lever"), .above(0), "cost to enrol one more user")
        case .creditReliability, .creditRating, .creditSolvency, .creditCharacter, .creditReputation:
            Declaration(.score, .number(1), .share, "one of the five indicators of the region's credit")
        }
    }
}
