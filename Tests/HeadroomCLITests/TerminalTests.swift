import Foundation
import Testing

@testable import Headroom

/// What a person sees in a terminal, and that nothing of it comes into files and pipes.
struct TerminalTests {
    private static let commands = [
        ["plan", "plan"], ["plan", "plan", "--by", "zone"], ["plan", "plan", "--by", "year"],
        ["plan", "plan", "--by", "zone,year"], ["sweep", "plan"], ["frontier", "plan"],
        ["explain", "plan", "a"],
        ["explain", "plan"], ["check", "plan"], ["report", "plan"], ["sensitivity", "plan"],
        ["compare", "plan", "--", "--budget", "-50%"],
        ["compare", "plan", "--", "--budget", "-50%", "--", "--budget", "-25%", "--", "--years", "2"],
    ]

    /// Names of regions as long as they come, and of letters that take two columns each.
    private static func workplace() throws -> Workplace {
        let wide = "内蒙古自治区呼伦贝尔市新巴尔虎右旗阿拉坦额莫勒镇及其周边地区的所有村庄和牧场"
        return try Workplace(
            plan: Workplace.plan.replacing("Small plan", with: "\(wide)\(wide)"),
            regions: Workplace.regions.replacing("Alpha", with: wide).replacing("west", with: "西部")
                .replacing(
                    "Beta", with: "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch and all around")
        )
    }

    private func withoutColours(_ text: String) -> String {
        text.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    }

    @Test("No line is wider than the window, wide letters counted", arguments: commands, [80, 120])
    func width(command: [String], width: Int) throws {
        let result = try Self.workplace().headroom(command, width: width)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("\u{1B}[1m"))
        for line in withoutColours(result.output).split(separator: "\n") {
            #expect(String(line).columns <= width, "\(line)")
        }
    }

    @Test("Utilization before and after and the spending of each year stand beside the figures")
    func pictures() throws {
        let workplace = try Workplace()
        let output = try workplace.headroom(["plan", "plan", "--quiet"], width: 120).output
        #expect(output.contains("▀’24 ▄’27"))
        let plain = withoutColours(output).split(separator: "\n").map(String.init)
        let row = try #require(plain.first { $0.hasPrefix("Alpha") })
        // Half of Alpha is idle at first: the upper bar ends in the middle of eight characters.
        let bar = try #require(row.firstMatch(of: /[█▀▄▌▐▖▗▘▝▙▚▛▜▞▟ ]{8}▏/)).output
        #expect(
            bar.prefix(4).allSatisfy { "█▀▛▜".contains($0) }
                && bar.dropFirst(4).allSatisfy { "▄▖ ▏".contains($0) })
        #expect(row.contains(/[▁▂▃▄▅▆▇█·]{3}/))
        let years = try workplace.headroom(["plan", "plan", "--quiet", "--by", "year"], width: 120).output
        #expect(years.contains("████████████"))
        let zones = try workplace.headroom(["plan", "plan", "--quiet", "--by", "zone,year"], width: 120)
        let totals = try #require(withoutColours(zones.output).firstMatch(of: /\nTotal .*/)).output
        #expect(totals.contains(/[▁▂▃▄▅▆▇█·]{3}$/) && zones.output.contains("\u{1B}[1mTotal"))
        let levers = try workplace.headroom(["plan", "plan", "--quiet", "--by", "zone,lever"], width: 120)
        #expect(levers.output.contains("████████████"))
        let file = try workplace.headroom("plan", "plan", "--quiet", "--by", "zone,lever").output
        #expect(!file.contains("█"))
    }

    @Test("sweep and frontier are drawn, today's budget marked; files and pipes have no picture")
    func plots() throws {
        let workplace = try Workplace()
        let sweep = try workplace.headroom(["sweep", "plan", "--quiet"], width: 80).output
        #expect(sweep.contains("Today CNY 40.0 k") && sweep.contains("┊") && sweep.contains("Budget, CNY k"))
        #expect(sweep.contains(/\u{1B}\[36m[\u{2800}-\u{28FF}]+/))
        let frontier = try workplace.headroom(["frontier", "plan", "--quiet"], width: 80).output
        #expect(frontier.contains("Utilization, %") && frontier.contains("the plan"))
        for command in ["sweep", "frontier"] {
            #expect(!(try workplace.headroom(command, "plan").output.contains("┤")))
        }
    }

    @Test(
        "NO_COLOR and TERM=dumb keep codes out, not pictures",
        arguments: [
            ["TERM": "xterm", "NO_COLOR": "1"], ["TERM": "dumb", "NO_COLOR": ""],
        ])
    func noColour(environment: [String: String]) throws {
        let workplace = try Workplace()
        let plain = try workplace.headroom(["plan", "plan"], width: 120, environment: environment)
        #expect(!plain.output.contains("\u{1B}") && plain.output.contains("▀’24 ▄’27"))
        let coloured = try workplace.headroom(["plan", "plan"], width: 120)
        #expect(coloured.output.contains("\u{1B}[36m"))
        #expect(withoutColours(coloured.output) == plain.output)
    }

    @Test("A file written beside a terminal is the same as without one")
    func files() throws {
        let workplace = try Workplace()
        _ = try workplace.headroom(["plan", "plan", "-o", "a.txt", "-o", "a.csv"], width: 80)
        #expect(try workplace.text("a.txt") == workplace.headroom("plan", "plan").output)
        #expect(try workplace.text("a.csv") == workplace.headroom("plan", "plan", "--format", "csv").output)
    }
}
