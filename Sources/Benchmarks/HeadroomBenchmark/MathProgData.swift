import Foundation

/// The data section of `Peers/plan.mod`, GLPK's modelling language.
struct MathProgData {
    let recipe: PlanRecipe
    let totals: PlanTotals
    let place: Workplace

    /// - Throws: What Foundation says where a table cannot be read or the section cannot be written.
    func write() throws {
        let text = [
            "param allocation := \"\(place.allocation.path)\";\n", scalars, steps,
            try table("technologies.csv", set: "TECHNOLOGIES", renaming: [:]),
            // Technologies have an operating cost of their own.
            try table("regions.csv", set: "REGIONS", renaming: ["operating_cost": "base_operating_cost"]),
            "end;\n",
        ]
        try text.joined().write(to: place.data, atomically: true, encoding: .utf8)
    }

    private var scalars: String {
        let values: KeyValuePairs<String, Any> = [
            "T": recipe.years, "discount_rate": PlanRecipe.discountRate,
            "max_utilization": PlanRecipe.maxUtilization, "retention": PlanRecipe.retention,
            "total_budget": totals.budget, "yearly_budget": totals.yearlyBudget,
            "remote_floor": PlanRecipe.remoteFloor, "metro_cap": PlanRecipe.metroCap,
            "metro_capacity": PlanRecipe.metroCapacity, "promotion_cap": totals.promotionCap,
            "remote_coverage": totals.remoteCoverage, "rural_service": totals.ruralService,
        ]
        return values.map { "param \($0.key) := \($0.value);\n" }.joined()
    }

    private var steps: String {
        let rows = PlanRecipe.adoptionSteps.enumerated().map {
            "\($0.offset + 1) \($0.element.share) \($0.element.costFactor)\n"
        }
        return "param : STEPS : share step_cost_factor :=\n\(rows.joined());\n"
    }

    /// A table of the plan with blanks between its cells and a point for what is not given.
    private func table(_ name: String, set: String, renaming names: [String: String]) throws -> String {
        let text = try String(contentsOf: place.plan.appending(path: name), encoding: .utf8)
        let rows = text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let headers = (rows.first ?? []).dropFirst().map { names[String($0)] ?? String($0) }
        let cells = rows.dropFirst().map { $0.map { $0.isEmpty ? "." : $0 }.joined(separator: " ") + "\n" }
        return "param : \(set) : \(headers.joined(separator: " ")) :=\n\(cells.joined());\n"
    }
}
