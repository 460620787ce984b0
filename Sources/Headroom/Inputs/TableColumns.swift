/// A column of one of the plan's tables, declared once: reader, validator and the documentation come from here.
public protocol TableColumn: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    var declaration: RegionColumn.Declaration { get }
}

extension RegionColumn: TableColumn {}

/// The columns of the technology table (model, 3.2).
public enum TechnologyColumn: String, TableColumn {
    case technology
    case buildCost = "build_cost"
    case operatingCost = "operating_cost"
    case lifetime
    case leadTime = "lead_time"
    case yearlyLimit = "yearly_limit"
    case module

    public var declaration: RegionColumn.Declaration {
        switch self {
        case .technology: .init(.text, .required, .any, "unique name")
        case .buildCost: .init(.moneyPerCapacity, .required, .above(0), "cost of one more unit of capacity")
        case .operatingCost:
            .init(.moneyPerCapacityYear, .number(0), .atLeast(0), "cost of keeping built capacity running")
        case .lifetime: .init(.years, .number(20), .between(1, 1000), "whole years in service")
        case .leadTime: .init(.years, .number(0), .between(0, 1000), "whole years from paying to service")
        case .yearlyLimit:
            .init(
                .capacityPerYear, .otherwise("no limit"), .atLeast(0),
                "most that a region can build in a year")
        case .module:
            .init(
                .capacity, .otherwise("any amount"), .atLeast(0),
                "capacity that is built at a time; 0: any amount")
        }
    }
}

/// The columns of the table of overrides (model, 3.2).
public enum CostColumn: String, TableColumn {
    case region, technology
    case buildCost = "build_cost"
    case operatingCost = "operating_cost"
    case yearlyLimit = "yearly_limit"
    case totalLimit = "total_limit"

    public var declaration: RegionColumn.Declaration {
        switch self {
        case .region: .init(.text, .required, .any, "a region of the region table")
        case .technology:
            .init(.text, .required, .any, "a technology; `capacity` where there is no technology table")
        case .buildCost:
            .init(
                .moneyPerCapacity, .otherwise("the technology's"), .above(0),
                "final: no cost factor is applied")
        case .operatingCost:
            .init(.moneyPerCapacityYear, .otherwise("the technology's"), .atLeast(0), "of what is built here")
        case .yearlyLimit:
            .init(
                .capacityPerYear, .otherwise("the technology's"), .atLeast(0),
                "most that can be built in a year")
        case .totalLimit:
            .init(.capacity, .otherwise("no limit"), .atLeast(0), "most that can be built over all years")
        }
    }
}

/// The columns of the link table (model, 3.2).
public enum LinkColumn: String, TableColumn {
    case from, to, capacity, cost
    case buildCost = "build_cost"
    case yearlyLimit = "yearly_limit"

    public var declaration: RegionColumn.Declaration {
        switch self {
        case .from: .init(.text, .required, .any, "the region whose idle capacity is shared")
        case .to: .init(.text, .required, .any, "the region whose users are served")
        case .capacity: .init(.capacity, .required, .atLeast(0), "most that can be carried")
        case .cost:
            .init(
                .moneyPerCapacityYear, .required, .atLeast(0), "operating cost of a unit carried for a year")
        case .buildCost:
            .init(
                .moneyPerCapacity, .otherwise("cannot be widened"), .above(0),
                "cost of one more unit of the link")
        case .yearlyLimit:
            .init(.capacityPerYear, .otherwise("no limit"), .atLeast(0), "most that can be added in a year")
        }
    }
}
