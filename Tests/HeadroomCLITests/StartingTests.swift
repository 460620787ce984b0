import Foundation
import Testing

/// `init`, and `check` before a plan is solved.
struct StartingTests {
    @Test("What init writes is checked and planned without a word")
    func starter() throws {
        let workplace = try Workplace()
        let made = try workplace.headroom("init", "new")
        #expect(made.status == 0)
        #expect(made.errors.isEmpty)
        for name in ["plan.yaml", "regions.csv", "COLUMNS.md", "SOURCES.md"] {
            #expect(made.output.contains("new/\(name)\n"))
            #expect(workplace.exists("new/\(name)"))
        }
        #expect(made.output.hasSuffix("Next: headroom plan new\n"))
        for command in ["check", "plan"] {
            let result = try workplace.headroom(command, "new")
            #expect(result.status == 0)
            #expect(result.errors == (command == "check" ? "No problems found.\n" : ""))
            #expect(result.output.hasPrefix("new\n"))
        }
    }

    @Test("init does not overwrite", arguments: ["plan.yaml", "regions.csv", "COLUMNS.md", "SOURCES.md"])
    func noOverwriting(name: String) throws {
        let workplace = try Workplace()
        try FileManager.default.createDirectory(
            atPath: workplace.path + "/new", withIntermediateDirectories: false)
        try workplace.write("mine", to: "new/\(name)")
        let result = try workplace.headroom("init", "new")
        #expect(result.status == 73)
        #expect(result.output.isEmpty)
        #expect(result.errors.hasPrefix("new/\(name): error: "))
        #expect(try FileManager.default.contentsOfDirectory(atPath: workplace.path + "/new") == [name])
        #expect(try workplace.text("new/\(name)") == "mine")
    }

    @Test("init over a file is 73")
    func overFile() throws {
        let workplace = try Workplace()
        try workplace.write("mine", to: "new")
        #expect(try workplace.headroom("init", "new").status == 73)
        #expect(try workplace.text("new") == "mine")
    }

    @Test("check prints the totals, and every column with where its values come from")
    func check() throws {
        let result = try Workplace().headroom("check", "plan")
        #expect(result.status == 0)
        let lines = result.output.split(separator: "\n").map {
            $0.split(separator: " ").joined(separator: " ")
        }
        for line in [
            "Small plan", "Planning years 2025–2027", "Regions 3", "Users 430", "Capacity 570 port",
            "Idle capacity 140 port", "Utilization 75.4 %", "users users given", "zone – tag",
        ] { #expect(lines.contains(line), "\(line)") }
        #expect(lines.contains { $0.hasPrefix("potential_users users given in 2, else no cap") })
        #expect(lines.contains { $0.hasPrefix("operating_cost ") && $0.hasSuffix(" 0") })
        #expect(!result.output.contains("\u{1B}"))
    }
}
