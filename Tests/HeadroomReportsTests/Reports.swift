import Foundation
import GLPKSolver
import Headroom
import HeadroomFiles

@testable import HeadroomReports

/// Reports of plans for tests.
enum Reports {
    /// Three regions under a budget that binds.
    static func small(title: String = "Small plan") throws -> Report {
        let plan = """
            title: '\(title.replacing("'", with: "''"))'
            base_year: 2024
            years: 3
            discount_rate: 8%
            max_utilization: 90%
            currency: CNY
            capacity_unit: port
            budget: {total: 40e3}

            """
        let regions = """
            region,name,zone,users,capacity,idle_capacity,demand_growth,revenue_per_user,build_cost,potential_users,adoption_cost
            a,Alpha,west,100,200,100,5%,300,200,500,100
            b,Beta,west,250,270,20,30%,280,150,,
            c,Gamma,east,80,100,20,-2%,350,180,100,700

            """
        return try report(plan: plan, regions: regions)
    }

    /// Of a folder that is gone afterwards, with its sweep.
    static func report(plan: String, regions: String) throws -> Report {
        let folder = NSTemporaryDirectory() + "headroom-report-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for (name, text) in [("plan.yaml", plan), ("regions.csv", regions)] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
        }
        return try report(folder: folder, hasSweep: true)
    }

    static func report(folder: String, hasSweep: Bool) throws -> Report {
        let loaded = try LoadedPlan(path: folder)
        let planner = Planner(solver: GLPKSolver(), threads: 2)
        return Report(
            try planner.plan(loaded.planningCase, details: .all),
            sweep: hasSweep ? try planner.sweep(loaded.planningCase) : nil,
            background: try ReportBackground(loaded, path: folder, changes: []))
    }
}
