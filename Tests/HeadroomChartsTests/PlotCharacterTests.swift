import Headroom
import Testing

@testable import HeadroomCharts

/// Plots drawn of characters.
struct PlotCharacterTests {
    private func plot(_ points: [Position], dots: [Plot.Dot] = [], marked: Double? = nil) -> Chart {
        let line = Plot.Line(series: Series(title: "Best", paint: .series1, shape: .line), points: points)
        let plot = Plot(
            across: Measure("Budget", .money("CNY")), up: Measure("Best return", .money("CNY")),
            lines: [line], dots: dots, marked: marked.map { ($0, "Today") })
        return Chart("curve", title: "Curve", description: "", plot)
    }

    @Test("A straight line goes from corner to corner, between axes with round ticks")
    func line() throws {
        let lines = try #require(plot([Position(0, 0), Position(40, 100)]).characters(width: 40))
        try #require(lines.count == 16)
        #expect(lines[0] == "Best return, CNY")
        #expect(lines[1].hasPrefix("100 ┤") && lines[12].hasPrefix("  0 ┤"))
        #expect(lines[13].hasPrefix("    └┬") && lines[13].hasSuffix("┬"))
        #expect(lines[14].split(separator: " ") == ["0", "20", "40"])
        #expect(lines[15].hasSuffix("Budget, CNY"))
        // Each row's dots begin right of those of the row below.
        let starts = lines[1...12].map { $0.prefix { !("\u{2800}"..."\u{28FF}").contains($0) }.count }
        #expect(starts == starts.sorted(by: >) && Set(starts).count == 12)
    }

    @Test("Today's budget is an upright line with its name above, plans are marks with names beside them")
    func marks() throws {
        let dots = [
            Plot.Dot(name: "省份 plan", point: Position(20, 50), paint: .ink),
            Plot.Dot(name: "hard times", point: Position(30, 10), shape: .diamond),
        ]
        let lines = try #require(
            plot([Position(0, 0), Position(40, 100)], dots: dots, marked: 10).characters(width: 60))
        #expect(lines[1].contains("Today"))
        #expect(lines.count { $0.contains("┊") } >= 10)
        #expect(lines.contains { $0.contains("省份 plan") })
        #expect(lines.contains { $0.contains("◆ hard times") })
        #expect(lines.allSatisfy { $0.columns <= 60 })
    }

    @Test("No line is wider than it may be, whatever the figures", arguments: UInt64(0)..<40)
    func width(seed: UInt64) {
        for chart in RandomCharts.all(seed: seed) {
            for width in [10, 24, 37, 80] {
                for line in chart.characters(width: width) ?? [] { #expect(line.columns <= width, "\(line)") }
            }
        }
    }
}
