import Foundation
import HeadroomTestSupport
import Testing

/// `headroom export`, as a user runs it.
struct ExportTests {
    private static let china = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("regions/china").path

    @Test(
        "glpsol finds in China's program the value that is said",
        arguments: ["model.mps", "model.lp"], [[], ["--goal", "return"], ["--goal", "served_users"]])
    func china(name: String, options: [String]) throws {
        let workplace = try Workplace()
        let process = try HeadroomProcess(["export", Self.china, "-o", name] + options, in: workplace)
        let result = try process.result()
        #expect(result.status == 0)
        #expect(result.output.isEmpty)
        let said = try #require(result.errors.split(separator: " ").last?.dropLast(2))
        let value = try #require(Double(said))
        let found = try Glpsol.optimum(ofFile: "\(workplace.path)/\(name)")
        // The difference that a ratio becomes is made of hundreds of millions of users and comes to 0.
        #expect(abs(found - value) <= 1e-6 * max(abs(value), 1e6))
        #expect(try workplace.text(name).contains("the optimum is \(said).") || name.hasSuffix(".lp"))
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
