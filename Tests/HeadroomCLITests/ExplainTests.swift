import Foundation
import Testing

/// `headroom explain`, as a user runs it.
struct ExplainTests {
    @Test("A region by its id or its name, the same text")
    func region() throws {
        let workplace = try Workplace()
        let byId = try workplace.headroom("explain", "plan", "b")
        let byName = try workplace.headroom("explain", "plan", "beta")
        #expect(byId.status == 0)
        #expect(byId.output == byName.output)
        #expect(byId.output.hasPrefix("Beta (b): Small plan\n"))
        for section in ["What it gets:", "What the next money earns here", "What binds:"] {
            #expect(byId.output.contains(section))
        }
    }

    @Test("The change that is named does what it says when it is typed in")
    func command() throws {
        let workplace = try Workplace()
        let said = try workplace.headroom("explain", "plan", "c", "--goal", "return").output
        let option = try #require(said.firstMatch(of: /--scale\s+(revenue_per_user@region=c=[0-9.]+)/)).1
        func investment(_ scale: String?) throws -> Double {
            var arguments = ["plan", "plan", "--goal", "return", "--format", "json"]
            if let scale { arguments += ["--scale", scale] }
            let process = try HeadroomProcess(arguments, in: workplace)
            let json = try JSONSerialization.jsonObject(with: Data(try process.result().output.utf8))
            let regions = try #require((json as? [String: Any])?["regions"] as? [[String: Any]])
            return try #require(regions[2]["investment"] as? Double)
        }
        #expect(try investment(nil) == 0)
        #expect(try investment(String(option)) > 0)
    }

    @Test("Without a region: the prices of the budget, as text and as JSON")
    func prices() throws {
        let workplace = try Workplace()
        let text = try workplace.headroom("explain", "plan")
        #expect(text.status == 0)
        #expect(text.output.contains("- One more CNY of budget, all its rows together, adds CNY "))
        let process = try workplace.headroom("explain", "plan", "--format", "json")
        let json = try JSONSerialization.jsonObject(with: Data(process.output.utf8)) as? [String: Any]
        let budget = try #require(json?["budget"] as? [String: Any])
        #expect(budget["amount"] as? Double == 40e3)
        #expect(try #require(budget["price"] as? Double) > 0)
        #expect(try #require(budget["holds_up_to"] as? Double) > 40e3)
    }

    @Test("-o writes what --format prints, in the formats that explain has")
    func files() throws {
        let workplace = try Workplace()
        let result = try workplace.headroom("explain", "plan", "b", "-o", "b.txt", "-o", "b.json")
        #expect(result.status == 0)
        #expect(try workplace.text("b.txt") == result.output)
        let json = try workplace.headroom("explain", "plan", "b", "--format", "json").output
        #expect(try workplace.text("b.json") == json)
        let refused = try workplace.headroom("explain", "plan", "b", "-o", "b.csv")
        #expect(refused.status == 64)
        #expect(refused.errors.contains("--output is “b.csv”, expected a name that ends in .txt, .json"))
    }

    @Test("A region that is not there is a wrong command line, with the nearest name")
    func unknown() throws {
        let result = try Workplace().headroom("explain", "plan", "Bta")
        #expect(result.status == 64)
        #expect(result.errors.contains("no region is called “Bta”; did you mean `Beta`?"))
    }
}
