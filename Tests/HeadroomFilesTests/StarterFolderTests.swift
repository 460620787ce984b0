import Foundation
import Headroom
import HeadroomFiles
import Testing

/// What `init` writes is a plan that works.
struct StarterFolderTests {
    private func started(title: String = "My plan") throws -> PlanFiles {
        let files = try PlanFiles(plan: nil, regions: nil)
        try StarterFolder(title: title).write(to: files.folder)
        return files
    }

    @Test("It loads without a word and its plan has a return")
    func works() throws {
        let files = try started()
        let loaded = try files.load()
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.planningCase.assumptions.title == "My plan")
        #expect(loaded.planningCase.regions.count == 4)
        let plan = try files.solve()
        #expect(plan.status == .optimal)
        #expect(plan.added > 0)
        #expect(plan.ledger.spending() > 0)
    }

    @Test("Every key of plan.yaml stands in it with its comment")
    func everyKey() throws {
        let plan = try #require(StarterFolder(title: "x").files.first { $0.name == "plan.yaml" }).text
        // The weights stand in one line, the items of the steps below their list.
        let inline = Set(PlanKey.creditWeightKeys + [.adoptionStepShare, .adoptionStepCostFactor])
        for key in PlanKey.allCases where !inline.contains(key) {
            #expect(plan.contains("\(key.name):"), "\(key.path)")
            if key != .title { #expect(plan.contains(key.declaration.meaning), "\(key.path)") }
        }
    }

    @Test("Its scenarios work, and every key of a scenario stands in their file")
    func scenarios() throws {
        let files = try started()
        let checked = try CheckedPlan(path: files.folder)
        #expect(checked.diagnostics.isEmpty)
        #expect(checked.scenarios.map(\.name) == ["lean budget", "fast growth", "lean but fast"])
        let text = try files.text("scenarios.yaml")
        for key in ["description", "based_on", "budget", "years", "goal", "goals", "gap", "set", "scale"] {
            #expect(text.contains("#   \(key): "))
        }
    }

    @Test("Its bare region table is a plan too")
    func bareTable() throws {
        let files = try started()
        let loaded = try LoadedPlan(path: files.path("regions.csv"))
        #expect(loaded.diagnostics.map(\.severity) == [.note])
    }

    @Test(
        "A title of any letters comes back",
        arguments: ["a: b # c", "\"quoted\" \\ {x}", "- \u{4E2D}\u{6587}", "null"])
    func titles(title: String) throws {
        #expect(try started(title: title).load().planningCase.assumptions.title == title)
    }

    @Test("Its comments stand for sound keys too: with every one of them switched on it loads")
    func comments() throws {
        let files = try started()
        // These name tables that the folder does not have.
        let tables = ["# technologies:", "# costs:", "# links:"]
        let lines = try files.text("plan.yaml").split(separator: "\n").map { line in
            line.hasPrefix("# ") && line.contains(":") && line.contains("  #")
                && !tables.contains(where: line.hasPrefix)
                ? String(line.dropFirst(2)) : String(line)
        }
        try files.write(lines.joined(separator: "\n"), to: "plan.yaml")
        let assumptions = try files.load().planningCase.assumptions
        #expect(assumptions.objective.years == 2028...2029)
        #expect(assumptions.creditWeights == [2, 1, 1, 1, 1])
        #expect(try files.diagnostics().isEmpty)
    }

    @Test("COLUMNS.md has every column")
    func columns() throws {
        let text = try started().text("COLUMNS.md")
        for column in RegionColumn.allCases { #expect(text.contains("| `\(column.header)` |")) }
    }

    @Test(
        "A file that is there is not touched, and no other is written",
        arguments: ["plan.yaml", "SOURCES.md"])
    func noOverwriting(name: String) throws {
        let files = try PlanFiles(plan: nil, regions: nil, others: [name: "mine"])
        let failure = #expect(throws: UnwritableFile.self) {
            try StarterFolder(title: "t").write(to: files.folder)
        }
        #expect(failure?.path == files.path(name))
        #expect(failure?.reason == "it exists already")
        #expect(try files.text(name) == "mine")
        #expect(try FileManager.default.contentsOfDirectory(atPath: files.folder) == [name])
    }

    @Test("A folder is made with those above it, and one that cannot be made is an error")
    func folders() throws {
        let files = try PlanFiles(plan: nil, regions: nil, others: ["file": ""])
        try StarterFolder(title: "t").write(to: files.path("new/inner"))
        #expect(throws: Never.self) { try LoadedPlan(path: files.path("new/inner")) }
        let failure = #expect(throws: UnwritableFile.self) {
            try StarterFolder(title: "t").write(to: files.path("file/inner"))
        }
        #expect(failure?.reason == "the folder cannot be made")
    }
}
