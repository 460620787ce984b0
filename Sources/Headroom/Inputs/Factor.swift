/// An assumption that can be varied while all others stay.
public struct Factor: Hashable, Sendable {
    public enum Subject: Hashable, Sendable {
        /// All rows of the budget together.
        case budget
        /// A number of `plan.yaml`.
        case key(PlanKey)
        /// A column of the region table, multiplied.
        case column(RegionColumn)
    }

    /// The regions in which a column is varied: those with a value of a tag.
    public struct Scope: Hashable, Sendable {
        public var tag: String
        public var value: String

        public init(tag: String, value: String) {
            self.tag = tag
            self.value = value
        }
    }

    public var subject: Subject
    /// Nil: all regions.
    public var scope: Scope?

    public init(_ subject: Subject, in scope: Scope? = nil) {
        self.subject = subject
        self.scope = scope
    }

    /// As in the plan's ranges, such as `build_cost@zone=west`.
    public var name: String {
        let own =
            switch subject {
            case .budget: PlanKey.budget.path
            case .key(let key): key.path
            case .column(let column): column.header
            }
        return own + (scope.map { "@\($0.tag)=\($0.value)" } ?? "")
    }

    /// For people, such as `build cost, zone west`.
    public var title: String {
        let own =
            switch subject {
            case .budget: "budget"
            case .key(let key): key.name
            case .column(let column): column.header
            }
        return own.replacing("_", with: " ") + (scope.map { ", \($0.tag) \($0.value)" } ?? "")
    }
}

extension Factor {
    /// Keys of `plan.yaml` that hold one number which is an assumption, and no choice of the planner's.
    public static let keys: [PlanKey] =
        [.discountRate, .maxUtilization, .valuationYears, .adoptionRetention] + PlanKey.creditWeightKeys

    /// Columns that are assumed where others are counted, those that are varied without being asked for.
    private static let assumed: [RegionColumn] = [
        .demandGrowth, .potentialUsers, .revenuePerUser, .commerceRevenuePerUser, .buildCost, .operatingCost,
        .adoptionCost, .creditCost, .idleCapacity, .demandPerUser, .useGrowth, .retirement, .yearlyBuildLimit,
    ]

    /// The assumptions that a plan really makes: what is 0 or not there has nothing to vary.
    ///
    /// - Parameter table: As it was read.
    public static func assumed(in planningCase: PlanningCase, _ table: RegionTable) -> [Factor] {
        let assumptions = planningCase.assumptions
        var factors: [Factor] = []
        if assumptions.budget.amount ?? 0 > 0 { factors.append(Factor(.budget)) }
        if assumptions.discountRate > 0 { factors.append(Factor(.key(.discountRate))) }
        let isPlanWide = planningCase.hasPlanWideUtilization(table)
        factors.append(Factor(isPlanWide ? .key(.maxUtilization) : .column(.maxUtilization)))
        if planningCase.canWinUsers { factors.append(Factor(.key(.adoptionRetention))) }
        return factors + assumed.filter { planningCase.has($0, table) }.map { Factor(.column($0)) }
    }
}

extension PlanningCase {
    /// Whether the plan's share of capacity that may be used holds in any region: one may have its own.
    public func hasPlanWideUtilization(_ table: RegionTable) -> Bool {
        table.numbers[.maxUtilization]?.contains(where: \.isNaN) ?? true
    }

    /// Whether the table gives what a user takes where it has users: with users and capacity that is the idle capacity
    /// too, and neither can be off alone.
    public func fixesIdleCapacity(_ table: RegionTable) -> Bool {
        regions.indices.contains {
            regions.users[$0] > 0 && table.number(.demandPerUser, $0.position) != nil
        }
    }

    private var hasTechnologyTable: Bool { technologies.contains { $0.buildCost != nil } }

    fileprivate var canWinUsers: Bool {
        regions.indices.contains { regions.adoptionCost[$0].isFinite && regions.potentialUsers[$0].isFinite }
    }

    /// Whether a column says something: of a technology table the costs stand for the regions'.
    fileprivate func has(_ column: RegionColumn, _ table: RegionTable) -> Bool {
        let isInTable = table.numbers[column]?.contains { !$0.isNaN && $0 != 0 } ?? false
        switch column {
        case .buildCost: return hasTechnologyTable || isInTable
        case .operatingCost: return isInTable || technologies.contains { $0.operatingCost ?? 0 > 0 }
        case .idleCapacity, .demandPerUser: return isInTable && !fixesIdleCapacity(table)
        default: return isInTable
        }
    }
}

extension Assumptions {
    /// The number of one of `Factor.keys`.
    public func number(of key: PlanKey) -> Double? {
        switch key {
        case .discountRate: discountRate
        case .maxUtilization: maxUtilization
        case .valuationYears: Double(valuationYears)
        case .adoptionRetention: adoption.retention
        default: PlanKey.creditWeightKeys.firstIndex(of: key).map { creditWeights[$0] }
        }
    }
}
