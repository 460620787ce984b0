import Headroom
import HeadroomTestSupport

@testable import HeadroomCharts

/// Charts of every kind with random figures and names, short and long, of many scripts.
enum RandomCharts {
    private static let words = [
        "Henan", "Los Angeles County, California", "R1", "内蒙古自治区", "Приморский край", "--budget -10%",
        "Saint-Pierre-et-Miquelon", "Donaudampfschifffahrtsgesellschaftskapitänswitwenverwaltungsbezirk",
        "İzmir",
        "a b c d e f g", "W",
    ]

    static func all(seed: UInt64) -> [Chart] {
        var random = SplitMix64(seed: seed)
        let size = random.logNormal(median: 1e8, spread: 4)
        let count = Int(random.number(in: 1...30))
        let names = (0..<count).map { "\(random.pick(words)) \($0)" }
        let money = Measure(random.pick(words), .money("CNY"))
        let low = random.chance(0.5) ? -size : 0
        func number(_ random: inout SplitMix64) -> Double { random.number(in: low...size) }
        let series = Paint.series.map { Series(title: random.pick(words), paint: $0) }
        let table = names.map { _ in series.map { _ in number(&random) } }
        let points = (0..<20).map { Position(size * Double($0), number(&random)) }
        let dots = names.map {
            Plot.Dot(name: $0, point: Position(random.number(in: 0...20 * size), number(&random)))
        }
        let rows = names.map { name in
            Ranges.Row(
                name: name, low: number(&random), high: number(&random), lowTitle: "−20 %", highTitle: "+20 %"
            )
        }
        let areas = names.map { name in
            let (east, north) = (random.number(in: 70...130), random.number(in: -10...60))
            let corners = [(0, 0), (0, 5), (8, 5), (8, 0), (0, 0)].map {
                GeographicPosition(longitude: east + Double($0.0), latitude: north + Double($0.1))
            }
            return RegionMap.Area(
                id: name, name: name, shape: .outline([[corners]]), value: random.number(in: 0...size),
                detail: "")
        }
        let circles = areas.map { area in
            var area = area
            area.shape = .point(area.shape.centre)
            return area
        }
        let contents: [any ChartContent] = [
            Bars(measure: money, namesTitle: "Region", names: names, series: series, values: table),
            Bars(
                measure: money, namesTitle: "Year", names: (0..<count).map { "\(2020 + $0)" }, series: series,
                values: table, isUpright: true),
            Dumbbells(measure: money, namesTitle: "Region", names: names, series: series, values: table),
            Plot(
                across: money, up: money,
                lines: [
                    Plot.Line(series: Series(title: "Line", paint: .series1, shape: .line), points: points)
                ],
                dots: dots, marked: (random.number(in: 0...20 * size), "Today CNY 30.0 bn")),
            Ranges(
                measure: money, namesTitle: "Input", base: random.number(in: low...size), baseTitle: "Plan",
                rows: rows),
            RegionMap(measure: money, areas: areas, isClassed: true),
            RegionMap(measure: money, areas: circles, isClassed: false),
        ]
        return contents.map {
            Chart(
                "random", title: random.pick(words), subtitle: random.pick(words), description: "Made up.", $0
            )
        }
    }
}
