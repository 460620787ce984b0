import Foundation
import HeadroomTestSupport
import Testing

/// `headroom export`, as a user runs it.
struct ExportTests {
    private static func folder(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("regions/\(name)").path
    }

    @Test(
        "glpsol finds in the program of every plan the return that the plan reports",
        // The rows of thousands of regions are long, which is something to LP files alone.
        arguments: [
            ("china", "model.mps"), ("china", "model.lp"), ("china-2016", "model.mps"),
            ("china-2016", "model.lp"), ("us-counties", "model.lp"),
        ])
    func everyFolder(folder: String, name: String) throws {
        let workplace = try Workplace()
        let process = try HeadroomProcess(["export", Self.folder(folder), "-o", name], in: workplace)
        let said = try self.said(try process.result())
        let found = try Glpsol.optimum(ofFile: "\(workplace.path)/\(name)", presolves: false)
        #expect(abs(found - said.value) <= 1e-7 * abs(said.value))
        #expect(try workplace.text(name).contains("optimum is \(said.text)."))
        guard folder.hasPrefix("china") else { return }
        let plan = try HeadroomProcess(["plan", Self.folder(folder), "--format", "json"], in: workplace)
        let reported = try #require(try plan.result().output.firstMatch(of: /"return": ([-0-9.e]+)/)?.1)
        #expect(abs(abs(found) - (try #require(Double(reported)))) <= 1e-7 * abs(found))
    }

    @Test(
        "glpsol finds in China's program the value that is said, whatever the goals",
        arguments: ["model.mps", "model.lp"],
        [["served_users"], ["utilization", "return"], ["roi"], ["least_spending", "worst_service"]])
    func goals(name: String, goals: [String]) throws {
        let workplace = try Workplace()
        let options = goals.flatMap { ["--goal", $0] }
        let process = try HeadroomProcess(
            ["export", Self.folder("china"), "-o", name] + options, in: workplace)
        let said = try self.said(try process.result())
        let found = try Glpsol.optimum(ofFile: "\(workplace.path)/\(name)")
        // The difference that a ratio becomes is made of hundreds of millions of users and comes to 0.
        #expect(abs(found - said.value) <= 1e-6 * max(abs(said.value), 1e6))
    }

    /// The optimum that `export` says a solver of the file must find.
    private func said(_ result: HeadroomProcess.Result) throws -> (value: Double, text: String) {
        #expect(result.status == 0)
        #expect(result.output.isEmpty)
        let text = try #require(result.errors.split(separator: " ").last?.dropLast(2))
        return (try #require(Double(text)), String(text))
    }

    @Test("The what-if options change the program, --quiet says nothing")
    func options() throws {
        let workplace = try Workplace()
        let quiet = try workplace.headroom("export", "plan", "-o", "a.lp", "--quiet")
        #expect(quiet.status == 0 && quiet.errors.isEmpty && quiet.output.isEmpty)
        _ = try workplace.headroom("export", "plan", "-o", "b.lp", "--budget", "50e3")
        #expect(try workplace.text("a.lp").contains("<= 40000\n"))
        #expect(try workplace.text("b.lp").contains("<= 50000\n"))
    }

    @Test("A file of another ending is refused, and so is a file of the plan")
    func refusals() throws {
        let workplace = try Workplace()
        let ending = try workplace.headroom("export", "plan", "-o", "model.txt")
        #expect(ending.status == 64 && ending.errors.contains("expected a name that ends in .mps, .lp"))
        #expect(try workplace.headroom("export", "plan").status == 64)
        #expect(try workplace.headroom("export", "plan", "-o", "none/model.lp").status == 73)
        #expect(try workplace.names == ["plan"])
    }

    @Test("A plan that cannot be ends with status 2 and names what clashes")
    func impossible() throws {
        let plan = Workplace.plan + "rules:\n  - {name: too much, measure: investment, at_least: 50e3}\n"
        let workplace = try Workplace(plan: plan)
        let result = try workplace.headroom("export", "plan", "-o", "model.lp")
        #expect(result.status == 2 && result.errors.contains("too much"))
        #expect(!workplace.exists("model.lp"))
    }
}
