import Foundation
import Headroom
import HeadroomFiles
import Testing

/// A plan as a whole: which files it is, and what is said about all of them together.
struct LoadedPlanTests {
    @Test("All problems of all files are reported in one run, the plan's first, each file from top to bottom")
    func allProblems() throws {
        let files = try PlanFiles(
            plan: "years: 300\nbase_year: 2024\ndiscount_rte: 8%\ngrowth: fast\nbudget: {total: 5%}\n",
            regions: PlanFiles.regions.replacing("a,west,100", with: "a,west,-100").replacing(
                "150", with: "many")
                + "c,east,1\n" + "c,east,80,100,20,-2%,350,0\n")
        #expect(
            try files.diagnostics().map { String($0.prefix { $0 != "," }) } == [
                "plan.yaml:1:1: error: required key `discount_rate` is missing (real discount rate a year)",
                "plan.yaml:1:8: error: years is “300”",
                "plan.yaml:3:1: error: unknown key `discount_rte`; did you mean `discount_rate`?",
                "plan.yaml:4:9: error: growth is “fast”",
                "plan.yaml:5:17: error: budget.total is “5%”",
                "regions.csv:2:8: error: users is -100",
                "regions.csv:3:16: error: idle_capacity “many” is no number",
                "regions.csv:5:1: error: the row has 3 fields",
                "regions.csv:6:1: error: region c stands twice",
                "regions.csv:6:26: error: build_cost is 0",
            ])
    }

    @Test("A plan that is no YAML does not hide what is wrong with the region table")
    func brokenPlan() throws {
        let files = try PlanFiles(
            plan: PlanFiles.plan + "budget: {\n", regions: PlanFiles.regions.replacing("700", with: "x"))
        #expect(
            try files.diagnostics() == [
                "plan.yaml:5:1: error: is no YAML: did not find expected node content",
                "regions.csv:2:27: error: build_cost “x” is no number, expected above 0",
            ])
        let bytes = try PlanFiles(regions: PlanFiles.regions.replacing("700", with: "x"))
        try bytes.write(Data([0xFF]), to: "plan.yaml")
        #expect(try bytes.diagnostics().count == 2)
    }

    @Test("A region table that is missing does not hide what is wrong with the plan")
    func missingTable() throws {
        let wrong = try PlanFiles(plan: PlanFiles.plan + "regions: data/x.csv\ntitel: t\n", regions: nil)
        #expect(
            try wrong.diagnostics() == [
                "plan.yaml:5:1: error: unknown key `titel`; did you mean `title`?",
                "data/x.csv:1:1: error: no such file",
            ])
        let broken = try PlanFiles(plan: "years: [\n", regions: nil)
        #expect(
            try broken.diagnostics() == [
                "plan.yaml:2:1: error: is no YAML: did not find expected node content"
            ])
    }

    @Test("A file that is missing or no file is unreadable, under the name the user knows it by")
    func unreadable() throws {
        let files = try PlanFiles(plan: PlanFiles.plan + "regions: data/2024.csv\n", regions: nil)
        var failure = #expect(throws: UnreadableFile.self) { try files.load() }
        #expect(failure?.path == files.path("data/2024.csv"))
        #expect(failure?.reason == "no such file")
        let noPlan = try PlanFiles(plan: nil)
        failure = #expect(throws: UnreadableFile.self) { try noPlan.load() }
        #expect(failure?.description == "\(noPlan.path("plan.yaml")): error: no such file")
        failure = #expect(throws: UnreadableFile.self) { try LoadedPlan(path: noPlan.path("nowhere")) }
        #expect(failure?.reason == "no such file or folder")
        let folder = try PlanFiles(plan: PlanFiles.plan + "regions: data\n", others: ["data/x": ""])
        failure = #expect(throws: UnreadableFile.self) { try folder.load() }
        #expect(failure?.reason == "is a folder, expected a file")
    }

    @Test("The plan names its region table, below its folder or anywhere")
    func namedTable() throws {
        let elsewhere = try PlanFiles(plan: nil)
        let below = try PlanFiles(
            plan: PlanFiles.plan + "title: t\nregions: data/2024.csv\n", regions: nil,
            others: ["data/2024.csv": PlanFiles.regions])
        let absolute = try PlanFiles(
            plan: PlanFiles.plan + "title: t\nregions: \(elsewhere.path("regions.csv"))\n", regions: "nothing"
        )
        let plain = try PlanFiles(plan: PlanFiles.plan + "title: t\n")
        #expect(try below.load().planningCase == plain.load().planningCase)
        #expect(try absolute.load().planningCase == plain.load().planningCase)
    }

    @Test("A folder, the folder with a slash and its plan.yaml are the same plan")
    func paths() throws {
        let files = try PlanFiles()
        let expected = try files.load().planningCase
        #expect(try LoadedPlan(path: files.folder + "/").planningCase == expected)
        #expect(try LoadedPlan(path: files.path("plan.yaml")).planningCase == expected)
        try files.write(PlanFiles.plan + "years: 4\n", to: "other.yml")
        let wrong = #expect(throws: InvalidFiles.self) { try LoadedPlan(path: files.path("other.yml")) }
        #expect(wrong?.diagnostics.first?.location.source == files.path("other.yml"))
    }

    @Test("A bare region table is a plan of five years at 8 %, without a budget")
    func bareTable() throws {
        let files = try PlanFiles(plan: nil, regions: nil, others: ["provinces.csv": PlanFiles.regions])
        let loaded = try LoadedPlan(path: files.path("provinces.csv"))
        let inFolder = try PlanFiles(
            plan: "title: provinces\nbase_year: 0\nyears: 5\ndiscount_rate: 8%\n")
        #expect(loaded.planningCase == (try inFolder.load().planningCase))
        // What it assumes is said.
        #expect(loaded.diagnostics.map(\.severity) == [.note])
        #expect(loaded.diagnostics.first?.message.contains("base year 0, 5 years, discount rate 8 %") == true)
        var changes = WhatIf()
        changes.budget = .amount(5e4)
        changes.settings = [.init(path: "years", value: "2", option: "--years 2")]
        let changed = try LoadedPlan(path: files.path("provinces.csv"), changes: changes).planningCase
            .assumptions
        #expect(changed.years == 2)
        #expect(changed.budget == Budget(total: 5e4))
    }

    @Test("A bare table says what is wrong with it under its own name")
    func bareTableErrors() throws {
        let files = try PlanFiles(plan: nil, regions: PlanFiles.regions.replacing("700", with: "x"))
        let path = files.path("regions.csv")
        let invalid = #expect(throws: InvalidFiles.self) { try LoadedPlan(path: path) }
        let message = "\(path):2:27: error: build_cost “x” is no number, expected above 0"
        #expect(invalid?.diagnostics.filter { $0.severity == .error }.map(\.description) == [message])
        #expect(invalid?.isOptionsOnly == false)
    }

    @Test(
        "The tables beside the region table are read where they stand under their own names",
        arguments: ["technologies.csv", "costs.csv", "links.csv"])
    func otherTables(name: String) throws {
        let files = try PlanFiles(others: [name: "a,b\n1,2\n"])
        let found = try files.diagnostics()
        #expect(!found.isEmpty)
        #expect(found.contains { $0.hasPrefix("\(name):1:1: error: required column") })
        let viaPlan = #expect(throws: InvalidFiles.self) { try LoadedPlan(path: files.path("plan.yaml")) }
        #expect(viaPlan?.diagnostics.count == found.count)
        #expect(throws: Never.self) { try LoadedPlan(path: files.path("regions.csv")) }
    }
}
