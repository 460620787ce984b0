import Foundation
import Headroom
import Testing

@testable import HeadroomCharts

/// Outlines of any fineness, and circles of any number.
struct RegionMapTests {
    private static func area(_ name: String, _ shape: RegionShape, _ value: Double = 1) -> RegionMap.Area {
        RegionMap.Area(id: name, name: name, shape: shape, value: value, detail: "")
    }

    private static func chart(_ areas: [RegionMap.Area], isClassed: Bool = true) -> Chart {
        Chart(
            "map", title: "Map", subtitle: "", description: "A map.",
            RegionMap(measure: Measure("Investment", .money("CNY")), areas: areas, isClassed: isClassed))
    }

    /// The corners of every ring of a map's areas, in their order.
    private static func rings(_ svg: String) -> [String: [[String]]] {
        let paths = svg.split(separator: "<path d=\"").dropFirst()
        return Dictionary(
            uniqueKeysWithValues: paths.map { path in
                let name = path.split(separator: "<title>")[1].prefix { $0 != ":" }
                let rings = path.prefix { $0 != "\"" }.split(separator: "Z").map { ring in
                    ring.dropFirst().split(separator: "L").map(String.init)
                }
                return (String(name), rings)
            })
    }

    /// A coast of bays within bays, from one end of a parallel to the other.
    private static func coast(_ count: Int) -> [GeographicPosition] {
        (0..<count).map { place in
            let share = Double(place) / Double(count - 1)
            let bays = (0..<12).reduce(0.0) { sum, order in
                let waves = pow(2, Double(order))
                return sum + sin(2 * .pi * waves * (share + 0.1 * Double(order))) / waves
            }
            return GeographicPosition(longitude: 100 + 20 * share, latitude: 35 + bays)
        }
    }

    @Test("An outline of 100,000 corners makes a small map; its borders stay together with its neighbour's")
    func fineOutlines() throws {
        let coast = Self.coast(100_000)
        func corner(_ east: Double, _ north: Double) -> GeographicPosition {
            GeographicPosition(longitude: east, latitude: north)
        }
        let south = coast + [corner(120, 25), corner(100, 25), coast[0]]
        // The other way round, and begun in the middle of the border.
        let north = [corner(100, 45), corner(120, 45)] + coast.reversed()
        let turned = north[60_000...] + north[..<60_000] + [north[60_000]]
        let areas = [
            Self.area("south", .outline([[south]])), Self.area("north", .outline([[Array(turned)]]), 2),
        ]
        let svg = Self.chart(areas).svg()
        #expect(svg.utf8.count < 60_000)
        let rings = Self.rings(svg)
        let corners = try ["south", "north"].map { try #require(rings[$0]?.first) }
        #expect(corners.allSatisfy { $0.count > 500 })
        // All corners but those that are not of the border, and where the ring of the one is begun.
        let common = Set(corners[0]).intersection(corners[1])
        #expect(corners.allSatisfy { $0.count - common.count <= 4 })
        // What is handed on to other programs is all there.
        #expect(Self.chart(areas).vegaLite.utf8.count > 2_000_000)
    }

    @Test("Rings that are too small to be seen are left out, and a region of such rings alone has a mark")
    func tiny() throws {
        func square(_ east: Double, _ size: Double) -> [[GeographicPosition]] {
            [
                [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)].map {
                    GeographicPosition(longitude: east + size * $0.0, latitude: 30 + size * $0.1)
                }
            ]
        }
        let rings = Self.rings(
            Self.chart([
                Self.area("large", .outline([square(100, 20), square(140, 0.001)])),
                Self.area("small", .outline([square(130, 0.001)]), 2),
            ]).svg())
        #expect(rings["large"]?.count == 1)
        #expect(rings["small"]?.map(\.count) == [4])
    }

    @Test("Of many circles the largest have names, and all circles together leave the map its room")
    func manyCircles() throws {
        let areas = (0..<3000).map { place -> RegionMap.Area in
            let (column, row) = (Double(place % 60), Double(place / 60))
            let position = GeographicPosition(longitude: 100 + column / 2, latitude: 20 + row / 2)
            let value = place == 1234 ? 1000 : 1 + Double(place % 7)
            return Self.area("r\(place)", .point(position), value)
        }
        let chart = Self.chart(areas, isClassed: false)
        let svg = chart.svg()
        #expect(svg.contains(">r1234</text>"))
        #expect(svg.matches(of: /<text[^>]*>r\d+</).count <= 25)
        let radii = svg.matches(of: /<circle[^>]* r="([0-9.]+)"/).compactMap { Double($0.1) }
        let covered = radii.reduce(0) { $0 + .pi * $1 * $1 }
        #expect(try #require(radii.max()) > 10 && covered < 0.2 * 800 * 400)
        #expect(svg.utf8.count < 600_000)
    }
}
