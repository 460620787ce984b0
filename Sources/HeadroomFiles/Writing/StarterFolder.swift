import Foundation
internal import Headroom

/// A commented plan folder to start from; every comment comes from the declarations that the reader checks by.
public struct StarterFolder: Sendable {
    /// File names and their text.
    public let files: [(name: String, text: String)]

    public init(title: String) {
        files = [
            ("plan.yaml", Self.plan(title: title)), ("regions.csv", Self.regions),
            ("scenarios.yaml", Self.scenarios), ("COLUMNS.md", Self.columns),
            ("SOURCES.md", Self.sources),
        ]
    }

    /// Writes the files; none that exists is touched.
    ///
    /// - Throws: `UnwritableFile`.
    public func write(to folder: String) throws(UnwritableFile) {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            throw UnwritableFile(path: folder, reason: "the folder cannot be made")
        }
        for file in files where FileManager.default.fileExists(atPath: "\(folder)/\(file.name)") {
            throw UnwritableFile(path: "\(folder)/\(file.name)", reason: "it exists already")
        }
        for file in files { try writeFile(file.text, to: "\(folder)/\(file.name)") }
    }

    // MARK: plan.yaml

    /// Keys with an example value; those that are not active stand as comments.
    private static let keys: [(key: PlanKey, example: String?, isActive: Bool)] = [
        (.baseYear, "2024", true), (.years, "5", true), (.currency, "USD", true),
        (.capacityUnit, "port", true),
        (.discountRate, "8%", true), (.maxUtilization, "90%", true), (.growth, "logistic", true),
        (.residualValue, "linear", false), (.valuationYears, "0", false), (.regions, "regions.csv", false),
        (.columns, "{users: {from: users, scale: 1}}", false),
        (.technologies, "technologies.csv", false), (.costs, "costs.csv", false),
        (.links, "links.csv", false),
        (.budget, nil, true), (.budgetTotal, "30e6", true), (.budgetYearly, "10e6", true),
        (.budgetCarryOver, "true", true),
        (.adoption, nil, true), (.adoptionRetention, "90%", true), (.adoptionSteps, nil, true),
        (.credit, nil, false), (.creditWeights, "{reliability: 2, rating: 1}", false),
        (.objective, nil, true), (.objectiveMaximize, "[return, utilization]", true),
        (.objectiveTolerance, "0.1%", true), (.objectiveYears, "[2028, 2029]", false),
        (.objectiveMinimumSpend, "50%", false), (.objectiveGap, "1e-6", false), (.rules, nil, false),
        (.ruleName, "rural floor", false), (.ruleRegions, "{zone: rural}", false),
        (.ruleYears, "[2028, 2029]", false), (.ruleMeasure, "service_level", false),
        (.ruleAtLeast, "95%", false),
        (.ruleAtMost, "120%", false), (.ruleLevers, "[build]", false),
        (.ruleTechnologies, "[capacity]", false),
        (.ruleEach, "true", false),
        (.sensitivity, "{discount_rate: [6%, 10%], build_cost: [-10%, +30%], budget: [-20%, +20%]}", false),
    ]

    private static func plan(title: String) -> String {
        var text = "# A plan for Headroom. Shares may be written 0.08 or 8%, amounts 5e9 or 5_000_000.\n"
        text += "title: \(JSONText.quoted(title))\n"
        for (key, example, isActive) in keys {
            let indent =
                key.parent.isEmpty
                ? "" : String(repeating: "  ", count: key.parent.split(separator: ".").count)
            let item = key == .ruleName ? "- " : key.parent == PlanKey.rules.path ? "  " : ""
            let entry = "\(isActive ? "" : "# ")\(indent)\(item)\(key.name):\(example.map { " \($0)" } ?? "")"
            text += entry.padding(toLength: max(entry.count + 2, 38), withPad: " ", startingAt: 0)
            text += "# \(comment(key))\n"
            if key == .adoptionSteps {
                text += "    - {share: 30%, cost_factor: 1}\n    - {share: 40%, cost_factor: 2}\n"
            }
        }
        return text
    }

    private static func comment(_ key: PlanKey) -> String {
        let declaration = key.declaration
        var parts = [declaration.meaning]
        if case .choice(let words) = declaration.kind { parts.append(words.joined(separator: " or ")) }
        if declaration.range != .any { parts.append("\(declaration.range)") }
        parts.append(declaration.defaultText.map { "default: \($0)" } ?? "required")
        return parts.joined(separator: "; ")
    }

    // MARK: scenarios.yaml

    private static var scenarios: String {
        let start = """
            # What if: sets of changes to the plan, by name; `headroom plan FOLDER --scenario "lean budget"`, or
            # `headroom compare FOLDER --scenarios` for all of them side by side. A scenario may have:

            """
        let examples = """

            lean budget:
              description: A fifth less money
              budget: -20%

            fast growth:
              scale: {demand_growth: 1.2, demand_growth@zone=rural: 1.1}

            lean but fast:
              based_on: [lean budget, fast growth]
              set: {adoption.retention: 80%}

            """
        return start + ScenarioKey.allCases.map { "#   \($0.rawValue): \($0.meaning)\n" }.joined() + examples
    }

    // MARK: The other files

    private static let regions = """
        region,name,zone,users,capacity,idle_capacity,demand_growth,potential_users,revenue_per_user,build_cost,\
        operating_cost,adoption_cost
        R1,Old Town,centre,46000,52000,6000,4%,60000,300,900,45,350
        R2,New Town,centre,21000,40000,19000,12%,45000,280,700,40,300
        R3,Hill Villages,rural,3000,9000,6000,6%,12000,220,1600,60,420
        R4,River Ports,coast,14000,16000,2000,9%,30000,260,1000,45,380

        """

    private static var columns: String {
        var text = "# Columns\n\nThe delimiter is a comma, a semicolon or a tab; text is UTF-8.\n\n"
        text += "## regions.csv\n\nAny other column is a tag: for grouping tables and for rules.\n\n"
        text += table(of: RegionColumn.self)
        text +=
            "\n## technologies.csv (optional)\n\nWays to build; the regions' build_cost is then not used.\n\n"
        text += table(of: TechnologyColumn.self)
        text += "\n## costs.csv (optional)\n\nWhat differs for a technology in single regions.\n\n"
        text += table(of: CostColumn.self)
        text +=
            "\n## links.csv (optional)\n\nOver which one region's idle capacity serves another's users.\n\n"
        return text + table(of: LinkColumn.self)
    }

    private static func table<Column: TableColumn>(of columns: Column.Type) -> String {
        var text = "| column | unit | without it | values | meaning |\n| --- | --- | --- | --- | --- |\n"
        for column in Column.allCases {
            let declaration = column.declaration
            let values = declaration.unit == .text ? "text" : "\(declaration.range)"
            text +=
                "| `\(column.rawValue)` | \(declaration.unit.rawValue) | \(declaration.need.text) | \(values) "
            text += "| \(declaration.meaning) |\n"
        }
        return text
    }

    private static let sources = """
        # Sources

        The figures of this starter are made up. For every column say where yours come from.

        | column | source | year | unit | standing (sourced, derived, assumed) | plausible range |
        | --- | --- | --- | --- | --- | --- |
        | users | | | | assumed | |

        """
}
