import Foundation
import GLPKSolver
import Headroom
import HeadroomFiles
import Testing

/// Ranges of assumptions in a plan, and what comes of them.
struct FactorRangeTests {
    private func plan(_ ranges: String) throws -> PlanFiles {
        try PlanFiles(plan: PlanFiles.plan + "budget: {total: 5e4}\nsensitivity: \(ranges)\n")
    }

    @Test("A range is of a key its values, of a column factors, of the budget amounts or changes")
    func kinds() throws {
        let files = try plan(
            "{discount_rate: [6%, 10%], adoption: {retention: [80%, 1]}, budget: [-10%, 6e4], "
                + "demand_growth: [0.8, 130%], build_cost@zone=west: [-20%, +20%], valuation_years: [0, 3]}")
        let ranges = try files.load().ranges
        #expect(
            ranges.map(\.factor.name) == [
                "discount_rate", "adoption.retention", "budget", "demand_growth", "build_cost@zone=west",
                "valuation_years",
            ])
        #expect(
            ranges.map(\.least) == [
                .value(0.06), .value(0.8), .factor(0.9), .factor(0.8), .factor(0.8), .value(0),
            ])
        #expect(
            ranges.map(\.most) == [
                .value(0.1), .value(1), .value(6e4), .factor(1.3), .factor(1.2), .value(3),
            ])
        #expect(try files.diagnosticsOfCheck().isEmpty)
        #expect(try CheckedPlan(path: files.folder).ranges.count == 6)
    }

    @Test(
        "What is wrong with a range is said with its line and column",
        arguments: [
            (
                "5",
                "5:14: error: sensitivity is “5”, expected assumptions and their ranges, such as {discount_rate: [6%, 10%]}"
            ),
            (
                "{discount_rat: [6%, 10%]}",
                "5:15: error: sensitivity has `discount_rat`; did you mean `discount_rate`?"
            ),
            (
                "{years: [2, 3]}",
                "5:15: error: sensitivity has `years`; expected budget, one of discount_rate, max_utilization, "
                    + "valuation_years, adoption.retention, or a column of numbers"
            ),
            (
                "{discount_rate: 6%}",
                "5:30: error: the range of discount_rate is “6%”, expected its least and its most, such as [6%, 10%]"
            ),
            (
                "{build_cost: [0.8]}",
                "5:27: error: the range of build_cost is a list of 1 value, expected its least and its most, such as "
                    + "[-10%, +30%]"
            ),
            (
                "{budget: [10e6, 60e6, 5]}",
                "5:23: error: the range of budget is a list of 3 values, expected its least and its most, such as "
                    + "[-10%, +30%]"
            ),
            (
                "{discount_rate: [10%, 6%]}",
                "5:30: error: the range of discount_rate is not from the least to the most: [10%, 6%]"
            ),
            ("{discount_rate: [6%, x]}", "5:35: error: discount_rate is “x”, expected a number at least 0"),
            (
                "{build_cost: [-1, 2]}",
                "5:28: error: build_cost is “-1”, expected a factor such as 0.8, 80% or -20%"
            ),
            (
                "{budget: [10%, 5e9]}",
                "5:24: error: budget is “10%”, expected an amount, or a change such as +10%"
            ),
            (
                "{adoption.retention: [80%, 90%], adoption: {retention: [1, 2]}}",
                "5:58: error: the range of `adoption.retention` stands twice"
            ),
            ("{build_cost@zone=north: [0.9, 1.1]}", "5:15: error: no region has zone “north”"),
            (
                "{credit_cost: [0.9, 1.1]}",
                "5:15: error: the region table has no column `credit_cost` (without it: no credit lever), so there is "
                    + "nothing to scale"
            ),
        ])
    func wrong(ranges: String, message: String) throws {
        #expect(try plan(ranges).diagnosticsOfCheck() == ["plan.yaml:\(message)"])
    }

    @Test("check notes how far a range can really go")
    func limits() throws {
        let said = try plan("{idle_capacity: [0.9, 100]}").diagnosticsOfCheck()
        #expect(said.count == 1)
        #expect(said.first?.hasPrefix("plan.yaml:5:30: note: idle capacity is varied to +") == true)
    }

    @Test("A range of max_utilization is of the plan's, or of the regions' where each has its own")
    func maxUtilization() throws {
        let own = PlanFiles.region(["max_utilization": "80%"])
        let values = try PlanFiles(
            plan: PlanFiles.plan + "sensitivity: {max_utilization: [70%, 90%]}\n", regions: own)
        #expect(
            try values.diagnosticsOfCheck() == [
                "plan.yaml:4:32: error: every region has its own max_utilization, expected changes of it, such as "
                    + "[-10%, +10%]"
            ])
        let changes = try PlanFiles(
            plan: PlanFiles.plan + "sensitivity: {max_utilization: [-10%, +10%]}\n", regions: own)
        let varied = try VariedPlan(path: changes.folder)
        let factor = try #require(varied.factors.first { $0.factor.title == "max utilization" })
        #expect(factor.low?.option == "--scale max_utilization=0.9")
    }

    @Test("Operating costs are scaled wherever they stand, in some regions as in all")
    func operatingCosts() throws {
        let files = try PlanFiles(others: [
            "technologies.csv": "technology,build_cost,operating_cost\nold,500,10\nnew,700,20\n",
            "costs.csv": "region,technology,operating_cost\na,old,15\n",
        ])
        func costs(_ scaling: String) throws -> [[Double]] {
            var changes = WhatIf()
            changes.scalings = [try #require(WhatIf.scaling(scaling))]
            let planned = try files.load(changes).planningCase
            return planned.technologies.indices.map { technology in
                planned.regions.indices.map { planned.operatingCost($0, technology) }
            }
        }
        #expect(try costs("operating_cost=2") == [[30, 20, 20], [40, 40, 40]])
        #expect(try costs("operating_cost@zone=west=2") == [[30, 20, 10], [40, 40, 20]])
    }

    @Test(
        "Every shipped plan has a sensitivity",
        arguments: [("china", nil), ("china-2016", nil), ("us-counties", "discount_rate")]
            as [(String, String?)])
    func shipped(name: String, factor: String?) throws {
        let path = ShippedPlansTests.folder(of: name)
        let varied = try VariedPlan(
            path: path, VariedPlan.Request(factors: factor.flatMap { Factor(named: $0) }.map { [$0] }))
        let planner = Planner(solver: GLPKSolver(), threads: 2)
        let sensitivity = try planner.sensitivity(
            of: varied.loaded.planningCase, to: varied.factors, varied: varied.varied)
        #expect(sensitivity.missing.isEmpty)
        #expect(sensitivity.variations.allSatisfy { $0.figures?.status == .optimal })
        #expect(sensitivity.rows.contains { sensitivity.swing(of: $0) ?? 0 > 0 })
    }
}
