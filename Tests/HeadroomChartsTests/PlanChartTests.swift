import Foundation
import GLPKSolver
import Headroom
import HeadroomFiles
import Testing

@testable import HeadroomCharts

/// The charts of the plans under `regions/`.
struct PlanChartTests {
    private static let regions = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("regions")

    private static func plan(_ name: String, threads: Int = 2) throws -> Plan {
        var planned = try LoadedPlan(path: regions.appendingPathComponent(name).path).planningCase
        planned.assumptions.objective.goals = [.return]
        return try Planner(solver: GLPKSolver(), threads: threads).plan(planned, details: .reasons)
    }

    /// Solved once for all tests.
    private static let counties = Result { try plan("us-counties") }

    private static func charts(_ plan: Plan) throws -> [Chart] {
        // A ring of made-up places, so that every plan has both maps.
        let indices = plan.planningCase.regions.indices
        let centres = indices.map {
            GeographicPosition(longitude: Double($0.position % 60), latitude: Double($0.position / 60))
        }
        let points = Dictionary(uniqueKeysWithValues: zip(indices, centres.map { RegionShape.point($0) }))
        let outlines = points.mapValues { point -> RegionShape in
            let at = point.centre
            return .outline([
                [
                    [(0, 0), (0, 0.9), (0.9, 0.9), (0, 0)].map {
                        GeographicPosition(longitude: at.longitude + $0.0, latitude: at.latitude + $0.1)
                    }
                ]
            ])
        }
        let tag = plan.planningCase.regions.tags.first { $0.name == "zone" }?.name
        return try [
            #require(Chart.allocation(plan)), #require(Chart.allocation(plan, by: tag)),
            #require(Chart.utilization(plan)), Chart.years(plan), #require(Chart.map(plan, shapes: points)),
            #require(Chart.map(plan, shapes: outlines)),
        ]
    }

    @Test(
        "Every chart of every plan is read by xmllint, text does not collide, and threads change no byte",
        arguments: ["china", "china-2016", "us-counties"])
    func everyPlan(name: String) throws {
        let isLarge = name == "us-counties"
        let charts = try Self.charts(isLarge ? Self.counties.get() : Self.plan(name))
        let others = isLarge ? charts : try Self.charts(Self.plan(name, threads: 1))
        for (chart, other) in zip(charts, others) {
            let svg = chart.svg()
            try Xmllint.check(svg)
            #expect(svg == other.svg() && chart.vegaLite == other.vegaLite)
            let boxes = chart.drawing(Chart.SVGOptions()).textBoxes
            for (place, box) in boxes.enumerated() {
                #expect(!boxes[..<place].contains(where: box.overlaps), "\(chart.name): \(box)")
            }
        }
    }

    private struct Specification: Decodable {
        struct Row: Decodable {
            var name: String
            var series: String
            var value: Double?
        }
        struct Rows: Decodable { var values: [Row] }
        struct Title: Decodable { var text: String }
        var schema: String
        var title: Title
        var description: String
        var data: Rows
        enum CodingKeys: String, CodingKey {
            case schema = "$schema"
            case title, description, data
        }
    }

    private func rows(_ chart: Chart) throws -> [Specification.Row] {
        let read = try JSONDecoder().decode(Specification.self, from: Data(chart.vegaLite.utf8))
        #expect(read.schema == "https://vega.github.io/schema/vega-lite/v5.json")
        #expect(read.title.text == chart.title && read.description == chart.description)
        return read.data.values
    }

    @Test("The figures of charts are the plan's, at full precision")
    func figures() throws {
        let plan = try Self.plan("china")
        let regions = plan.planningCase.regions
        let allocation = try rows(#require(Chart.allocation(plan)))
        var total = 0.0
        for row in allocation {
            let place = try #require(regions.names.firstIndex { $0 == row.name })
            let lever = try #require(Lever.allCases.first { $0.title == row.series })
            let value = try #require(row.value)
            #expect(value == plan.figures(of: [RegionIndex(place)]).spending[lever])
            total += value
        }
        #expect(abs(total - plan.figures.investment) < 1e-9 * total)
        for row in try rows(Chart.years(plan)) {
            let year = try #require(Int(row.name))
            let lever = try #require(Lever.allCases.first { $0.title == row.series })
            let spent = plan.ledger.spending(year: Year(year - 2023), lever: lever)
            #expect(row.value == spent)
        }
        for row in try rows(#require(Chart.utilization(plan))) where row.series == "2028, plan" {
            let place = try #require(regions.names.firstIndex { $0 == row.name })
            #expect(row.value == plan.figures(of: [RegionIndex(place)]).utilization)
        }
        // And as SVG writes them.
        let svg = try #require(Chart.allocation(plan)).svg()
        #expect(svg.contains(">3,081</text>") && svg.contains("<title>Henan, Build: CNY 2.31 bn</title>"))
    }

    @Test("Regions that are not shown are told with what they get")
    func rest() throws {
        let plan = try Self.counties.get()
        let chart = try #require(Chart.allocation(plan, largest: 5))
        let shown = try rows(chart).compactMap(\.value).reduce(0, +)
        let rest = FigureText.money(plan.figures.investment - shown, "USD")
        #expect(chart.notes.contains { $0.contains("other regions with \(rest)") })
        let all = try rows(#require(Chart.allocation(plan, by: "zone"))).compactMap(\.value)
        #expect(abs(all.reduce(0, +) - plan.figures.investment) < 1e-9 * plan.figures.investment)
        #expect(Chart.allocation(plan, by: "planet") == nil)
    }

    @Test("The curve that is drawn lies on the exact one, to beyond today's budget")
    func curve() throws {
        let loaded = try LoadedPlan(path: Self.regions.appendingPathComponent("china-2016").path)
        let sweep = try Planner(solver: GLPKSolver(), threads: 2).sweep(
            loaded.planningCase,
            SweepRequest(
                movement: .allRows, budgets: [], steps: nil))
        let curve = try #require(sweep.curve)
        let chart = try #require(Chart.curve(sweep, scenarios: [.init("lean", across: 10e9, up: 1e9)]))
        let plot = try #require(chart.content as? Plot)
        #expect(plot.lines[0].points.count > 50)
        for point in plot.lines[0].points {
            let value = try #require(curve.value(at: point.x))
            #expect(abs(point.y - value) <= 1e-9 * abs(value))
        }
        #expect(plot.marked?.value == 13e9)
        #expect(try #require(plot.lines[0].points.last).x > 13e9)
        #expect(chart.svg().contains(">lean</text>"))
    }
}
