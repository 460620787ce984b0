/// How the inputs of two plans differ.
public struct InputDifferences: Equatable, Sendable {
    /// A value of an assumption.
    public enum Value: Equatable, Sendable {
        case none
        case number(Double, Kind)
        case text(String)

        public enum Kind: Sendable { case money, share, plain, year }
    }

    /// A key of `plan.yaml`, or an item of a table or of the rules, that has another value.
    public struct Item: Equatable, Sendable {
        /// The key, or the kind of item with its name, such as `technology fibre`.
        public var key: String
        public var base: Value
        public var other: Value
    }

    /// By key, in the order of `PlanKey`, then technologies and rules.
    public var items: [Item]
    /// By column of the region table, those with other numbers alone.
    public var columns: [ColumnDifference]
    /// Columns of text with other values (names and tags), and in how many common regions.
    public var tags: [(name: String, regions: Int)]
    /// Ids of regions that only one of the tables has.
    public var onlyInBase: [String]
    public var onlyInOther: [String]
    /// Regions of both tables.
    public var commonRegions: Int
    /// Cells of the table of overrides that differ, each a technology in a region.
    public var overrides: Int
    /// By their ends, such as `a>b`: links that only one plan has, or both have with other numbers.
    public var links: [String]

    public init(from base: Variant, to other: Variant) {
        let (before, after) = (base.planningCase, other.planningCase)
        items =
            Self.assumptions(before.assumptions, after.assumptions) + Self.technologies(before, after)
            + Self.rules(before, after)
        let common = CommonRegions(base.table, other.table)
        commonRegions = common.rows.count
        onlyInBase = common.onlyInBase
        onlyInOther = common.onlyInOther
        columns = RegionColumn.numeric.compactMap { ColumnDifference($0, common, base.table, other.table) }
        tags = common.tagDifferences(base.table, other.table)
        overrides = Self.overrideCount(before, after)
        links = Self.links(before, after)
    }

    public var isEmpty: Bool {
        items.isEmpty && columns.isEmpty && tags.isEmpty && onlyInBase.isEmpty && onlyInOther.isEmpty
            && overrides == 0 && links.isEmpty
    }

    public static func == (left: InputDifferences, right: InputDifferences) -> Bool {
        left.items == right.items && left.columns == right.columns && left.onlyInBase == right.onlyInBase
            && left.onlyInOther == right.onlyInOther && left.commonRegions == right.commonRegions
            && left.overrides == right.overrides && left.links == right.links
            && left.tags.elementsEqual(right.tags, by: ==)
    }
}

// MARK: Assumptions

extension InputDifferences {
    private static func assumptions(_ base: Assumptions, _ other: Assumptions) -> [Item] {
        PlanKey.allCases.compactMap { key in
            let (before, after) = (base.value(of: key), other.value(of: key))
            return before == after ? nil : Item(key: key.path, base: before, other: after)
        }
    }

    /// Items that are told apart by their names; one that both plans have the same is left out.
    private static func named(
        _ kind: String, _ base: [(name: String, text: String)], _ other: [(name: String, text: String)]
    ) -> [Item] {
        func value(_ name: String, in items: [(name: String, text: String)]) -> Value {
            items.first { $0.name == name }.map { .text($0.text) } ?? .none
        }
        let added = other.map(\.name).filter { name in !base.contains { $0.name == name } }
        return (base.map(\.name) + added).compactMap { name in
            let (before, after) = (value(name, in: base), value(name, in: other))
            return before == after ? nil : Item(key: "\(kind)\(name)", base: before, other: after)
        }
    }

    private static func technologies(_ base: PlanningCase, _ other: PlanningCase) -> [Item] {
        func texts(_ planningCase: PlanningCase) -> [(String, String)] {
            planningCase.technologies.map { ($0.name, $0.text(planningCase.assumptions)) }
        }
        return named("technology ", texts(base), texts(other))
    }

    private static func rules(_ base: PlanningCase, _ other: PlanningCase) -> [Item] {
        // Held against the same horizon: that the years differ is said under `years`.
        func texts(_ planningCase: PlanningCase) -> [(String, String)] {
            planningCase.rules.map { ($0.title, $0.text(base.assumptions)) }
        }
        return named("", texts(base), texts(other))
    }

    private static func overrideCount(_ base: PlanningCase, _ other: PlanningCase) -> Int {
        struct Cell: Hashable { var technology: String, region: String }
        func cells(_ planningCase: PlanningCase) -> [Cell: CostOverride] {
            var cells: [Cell: CostOverride] = [:]
            for (technology, overrides) in zip(planningCase.technologies, planningCase.overrides) {
                for (region, override) in overrides {
                    cells[Cell(technology: technology.name, region: planningCase.regions.ids[region])] =
                        override
                }
            }
            return cells
        }
        let (before, after) = (cells(base), cells(other))
        return before.count { after[$0.key] != $0.value } + after.keys.count { before[$0] == nil }
    }

    private static func links(_ base: PlanningCase, _ other: PlanningCase) -> [String] {
        func byName(_ planningCase: PlanningCase) -> [String: [[Double]]] {
            var links: [String: [[Double]]] = [:]
            for (index, link) in planningCase.links.enumerated() {
                let numbers = [link.capacity, link.cost, link.buildCost, link.yearlyLimit]
                links[planningCase.name(ofLink: index), default: []].append(numbers)
            }
            return links
        }
        let (before, after) = (byName(base), byName(other))
        let changed = before.keys.filter { before[$0] != after[$0] }
        return (changed + after.keys.filter { before[$0] == nil }).sorted()
    }
}

extension Assumptions {
    /// What a key of `plan.yaml` comes to, defaults filled in; nothing for maps, lists of items and files.
    fileprivate func value(of key: PlanKey) -> InputDifferences.Value {
        func plain(_ value: Int) -> InputDifferences.Value { .number(Double(value), .plain) }
        func money(_ value: Double?) -> InputDifferences.Value { value.map { .number($0, .money) } ?? .none }
        func years(_ range: ClosedRange<Int>?) -> InputDifferences.Value {
            range.map { .text($0.yearText) } ?? .none
        }
        switch key {
        case .title: return .text(title)
        case .baseYear: return .number(Double(baseYear), .year)
        case .years: return plain(self.years)
        case .currency: return .text(currency)
        case .capacityUnit: return .text(capacityUnit)
        case .discountRate: return .number(discountRate, .share)
        case .maxUtilization: return .number(maxUtilization, .share)
        case .growth: return .text(growth.rawValue)
        case .residualValue: return .text(residualValue.rawValue)
        case .valuationYears: return plain(valuationYears)
        case .budgetTotal: return money(budget.total)
        case .budgetYearly:
            guard let yearly = budget.yearly else { return .none }
            if Set(yearly).count == 1 { return .number(yearly[0], .money) }
            return .text(yearly.map { FigureText.exactMoney($0, currency) }.joined(separator: ", "))
        case .budgetCarryOver: return .text(budget.carryOver ? "true" : "false")
        case .adoptionRetention: return .number(adoption.retention, .share)
        case .adoptionSteps:
            let steps = adoption.steps.map {
                "\(Rule.Bound.share($0.share).text) at cost × \(FigureText.plain($0.costFactor))"
            }
            return .text(steps.joined(separator: ", "))
        case .objectiveMaximize: return .text(objective.goals.map(\.title).joined(separator: ", then "))
        case .objectiveTolerance: return .number(objective.tolerance, .share)
        case .objectiveYears: return years(objective.years)
        case .objectiveMinimumSpend:
            switch objective.minimumSpend {
            case .amount(let amount): return money(amount)
            case .share(let share): return .number(share, .share)
            }
        case .objectiveGap: return .number(objective.gap, .share)
        default:
            guard let place = PlanKey.creditWeightKeys.firstIndex(of: key) else { return .none }
            return .number(creditWeights[place], .plain)
        }
    }
}

extension InputDifferences.Value {
    /// For people.
    func text(_ currency: String) -> String {
        switch self {
        case .none: "none"
        case .text(let text): text
        case .number(let value, .money): FigureText.exactMoney(value, currency)
        case .number(let value, .share): Rule.Bound.share(value).text
        case .number(let value, .plain): FigureText.plain(value)
        case .number(let value, .year): "\(Int(value))"
        }
    }
}

extension FigureText {
    /// A number with as many places as it has, up to six.
    static func plain(_ value: Double) -> String { number(value, decimals: 6).withoutTrailingZeros }
}
