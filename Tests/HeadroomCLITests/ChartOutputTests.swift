import Foundation
import HeadroomTestSupport
import Testing

/// Charts as files of the commands that find what they show.
struct ChartOutputTests {
    @Test("A file named after a chart holds it, --chart names it for others, and standard output is the same")
    func files() throws {
        let workplace = try Workplace()
        let result = try workplace.headroom(
            "plan", "plan", "--quiet", "-o", "years.svg", "-o", "Utilization.svg", "-o", "picture.svg", "-o",
            "picture.vl.json", "--chart", "allocation", "--format", "svg")
        #expect(result.status == 0)
        #expect(try workplace.text("years.svg").contains(">Investment by year and lever</title>"))
        #expect(try workplace.text("Utilization.svg").contains(">Capacity in use, "))
        #expect(try workplace.text("picture.svg") == result.output)
        #expect(result.output.contains(">Investment by region and lever, 2025–2027</title>"))
        #expect(try workplace.text("picture.vl.json").contains("vega-lite/v5.json"))
        let sweep = try workplace.headroom(
            "sweep", "plan", "--quiet", "-o", "curve.svg", "-o", "curve.vl.json", "-o", "what if.svg")
        #expect(sweep.status == 0)
        // There is but one.
        #expect(try workplace.text("what if.svg") == workplace.text("curve.svg"))
        #expect(try workplace.text("curve.svg").contains(">Best return over the budget</title>"))
        let compared = try workplace.headroom(
            "compare", "plan", "--quiet", "-o", "moves.svg", "-o", "spending.svg", "--", "--budget", "-50%")
        #expect(compared.status == 0)
        #expect(try workplace.text("moves.svg").contains(">Where money moves"))
        #expect(try workplace.text("spending.svg").contains("--budget -50%: "))
        let frontier = try workplace.headroom(
            "frontier", "plan", "--quiet", "-o", "frontier.svg", "-o", "frontier.vl.json")
        #expect(frontier.status == 0)
        #expect(try workplace.text("frontier.svg").contains(">Return against utilization</title>"))
        let sensitivity = try workplace.headroom(
            "sensitivity", "plan", "--quiet", "-o", "tornado.svg", "-o", "tornado.vl.json")
        #expect(sensitivity.status == 0)
        #expect(try workplace.text("tornado.svg").contains(">What moves the return</title>"))
        for name in ["frontier", "tornado"] {
            #expect(try Xmllint.problems(of: "\(workplace.path)/\(name).svg", isHTML: false).isEmpty)
            let json = try JSONSerialization.jsonObject(with: Data(workplace.text("\(name).vl.json").utf8))
            #expect(json is [String: Any])
        }
    }

    @Test(
        "A chart that there is not is 64 before anything is solved, with the names of those there are",
        arguments: [
            ["plan", "plan", "-o", "picture.svg"], ["plan", "plan", "-o", "years.svg", "--chart", "curve"],
            ["sweep", "plan", "-o", "map.vl.json"],
            ["compare", "plan", "-o", "x.svg", "--", "--budget", "-1%"],
        ])
    func unknown(arguments: [String]) throws {
        let workplace = try Workplace()
        let result = try HeadroomProcess(arguments, in: workplace).result()
        #expect(result.status == 64)
        #expect(result.errors.contains("expected a chart: "), "\(result.errors)")
        #expect(try workplace.names == ["plan"])
    }

    @Test("A map of regions without places is 65 before anything is solved")
    func noPlaces() throws {
        let workplace = try Workplace()
        let result = try workplace.headroom("plan", "plan", "-o", "map.svg")
        #expect(result.status == 65)
        #expect(result.errors.contains("latitude and longitude"))
        #expect(try workplace.names == ["plan"])
    }

    @Test("Of plans that cannot be there is no chart of moves: no file, and status 2")
    func impossible() throws {
        let workplace = try Workplace()
        let rule = "--set=rules=[{name: all, measure: service_level, at_least: 500%, each: true}]"
        let result = try workplace.headroom("compare", "plan", "-o", "moves.svg", "--", rule)
        #expect(result.status == 2)
        #expect(try workplace.names == ["plan"])
    }
}
