import Foundation
import GLPKSolver
import Headroom
import HeadroomFiles

/// A plan folder of its own for one test; it is gone with the value.
final class PlanFiles: Sendable {
    /// The three keys that a plan must have: a key that is added stands on line 4.
    static let plan = """
        base_year: 2024
        years: 3
        discount_rate: 8%

        """

    /// Three regions with every required column and one tag.
    static let regions = """
        region,zone,users,capacity,idle_capacity,demand_growth,revenue_per_user,build_cost
        a,west,100,200,100,5%,300,700
        b,west,250,400,150,0.1,280,650
        c,east,80,100,20,-2%,350,900

        """

    let folder: String

    /// - Parameter others: Further files, by their path in the folder.
    init(
        plan: String? = PlanFiles.plan, regions: String? = PlanFiles.regions, others: [String: String] = [:]
    ) throws {
        folder = NSTemporaryDirectory() + "headroom-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if let plan { try write(plan, to: "plan.yaml") }
        if let regions { try write(regions, to: "regions.csv") }
        for (name, text) in others { try write(text, to: name) }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func path(_ name: String) -> String { "\(folder)/\(name)" }

    func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

    func write(_ data: Data, to name: String) throws {
        let url = URL(fileURLWithPath: path(name))
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: url)
    }

    func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    func load(_ changes: WhatIf = WhatIf(), scenarios: [String] = []) throws -> LoadedPlan {
        try LoadedPlan(path: folder, scenarios: scenarios, changes: changes)
    }

    /// What is said about the plan, errors or not, as the user sees it but for the folder's own name.
    func diagnostics(_ changes: WhatIf = WhatIf(), scenarios: [String] = []) throws -> [String] {
        try said { try load(changes, scenarios: scenarios).diagnostics }
    }

    /// What is said about the plan and all its scenarios.
    func diagnosticsOfCheck() throws -> [String] {
        try said { try CheckedPlan(path: folder).diagnostics }
    }

    private func said(_ body: () throws -> [Diagnostic]) throws -> [String] {
        do {
            return try body().map(shown)
        } catch let invalid as InvalidFiles {
            return invalid.diagnostics.map(shown)
        }
    }

    func solve(_ changes: WhatIf = WhatIf()) throws -> Plan {
        try Planner(solver: GLPKSolver()).plan(load(changes).planningCase)
    }

    private func shown(_ diagnostic: Diagnostic) -> String {
        diagnostic.description.replacingOccurrences(of: folder + "/", with: "")
    }
}

extension PlanFiles {
    /// One region of sound numbers, some of them replaced, columns added where they are missing.
    static func region(_ changed: KeyValuePairs<String, String>) -> String {
        var columns = [
            "region", "users", "capacity", "idle_capacity", "demand_growth", "revenue_per_user", "build_cost",
        ]
        var values = ["a", "100", "200", "100", "5%", "300", "700"]
        for (column, value) in changed {
            if let position = columns.firstIndex(of: column) {
                values[position] = value
            } else {
                columns.append(column)
                values.append(value)
            }
        }
        return columns.joined(separator: ",") + "\n" + values.joined(separator: ",") + "\n"
    }

    /// Where a column's cell begins in the first row of a table without quotes, counted from 1.
    static func column(of name: String, in table: String) -> Int {
        let lines = table.split(separator: "\n", omittingEmptySubsequences: false)
        let position = lines[0].split(separator: ",").firstIndex { $0 == name } ?? 0
        return 1
            + lines[1].split(separator: ",", omittingEmptySubsequences: false).prefix(position)
            .reduce(0) { $0 + $1.count + 1 }
    }
}

extension PlanFiles {
    /// A small plan that spends on building, adoption and credit, under a budget that binds.
    static func threeLevers() throws -> PlanFiles {
        let plan = """
            title: "Three | \\"levers\\""
            base_year: 2024
            years: 3
            discount_rate: 8%
            currency: CNY
            capacity_unit: port
            budget: {total: 60e3, yearly: 30e3}
            adoption: {retention: 90%, steps: [{share: 30%, cost_factor: 1}, {share: 40%, cost_factor: 2}]}

            """
        let regions = """
            region,name,zone,"note, long",users,capacity,idle_capacity,demand_growth,revenue_per_user,build_cost,\
            potential_users,adoption_cost,commerce_revenue_per_user,credit_cost,credit_rating,demand_per_user
            a,"Alpha, ""old"" town",west,"two
            lines",100,200,100,5%,300,200,500,100,50,20,0.5,
            b,Beta|Bravo,west,plain,250,270,20,30%,280,150,,,,,,
            c,=Gamma,east,\u{4E2D}\u{6587},80,100,20,-2%,350,180,100,700,,,,
            d,Delta,,,0,0,0,0,10,900,,,,,,1

            """
        return try PlanFiles(plan: plan, regions: regions)
    }
}
