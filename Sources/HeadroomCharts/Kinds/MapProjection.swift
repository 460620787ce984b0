import Foundation
package import Headroom

/// Albers' equal-area conic projection with standard parallels fitted to what is shown; where they lie evenly on both
/// sides of the equator Lambert's equal-area cylindrical one (Snyder, "Map Projections: A Working Manual", 1987, 14
/// and 10).
package struct MapProjection: Equatable, Sendable {
    /// In the middle, degrees; the map reaches half around the earth on both sides.
    package let meridian: Double
    package let parallels: (south: Double, north: Double)
    private let n: Double
    private let c: Double

    package init(fitting positions: some Sequence<GeographicPosition>) {
        var (south, north) = (90.0, -90.0)
        var longitudes: [Double] = []
        for position in positions {
            south = min(south, position.latitude)
            north = max(north, position.latitude)
            longitudes.append(position.longitude)
        }
        if south > north { (south, north) = (0, 0) }
        let (middle, extent) = Self.middle(of: longitudes)
        meridian = middle
        // Of what goes around most of the earth a cone would make a fan.
        let part = (north - south) / 6
        parallels = extent > 150 ? (-30, 30) : (south + part, north - part)
        let (first, second) = (parallels.south * .pi / 180, parallels.north * .pi / 180)
        n = (sin(first) + sin(second)) / 2
        c = cos(first) * cos(first) + 2 * n * sin(first)
    }

    package static func == (left: MapProjection, right: MapProjection) -> Bool {
        left.meridian == right.meridian && left.parallels == right.parallels
    }

    /// The middle of the shortest way around the earth over all longitudes, and how long that is.
    private static func middle(of longitudes: [Double]) -> (middle: Double, extent: Double) {
        let sorted = longitudes.map { $0 - 360 * (($0 + 180) / 360).rounded(.down) }.sorted()
        guard let first = sorted.first, let last = sorted.last else { return (0, 0) }
        var (start, gap) = (first, first + 360 - last)
        for (west, east) in zip(sorted, sorted.dropFirst()) where east - west > gap {
            (start, gap) = (east, east - west)
        }
        let middle = start + (360 - gap) / 2
        return (middle > 180 ? middle - 360 : middle, 360 - gap)
    }

    /// In units of the earth's radius, east and south of a point.
    package func project(_ position: GeographicPosition) -> Position {
        var degrees = position.longitude - meridian
        degrees -= 360 * ((degrees + 180) / 360).rounded(.down)
        let (east, north) = (degrees * .pi / 180, position.latitude * .pi / 180)
        guard abs(n) > 1e-6 else {
            let standard = cos(parallels.north * .pi / 180)
            return Position(east * standard, -sin(north) / standard)
        }
        // The root is of a number that rounding alone takes below 0, at the far pole.
        let radius = max(0, c - 2 * n * sin(north)).squareRoot() / n
        return Position(radius * sin(n * east), radius * cos(n * east))
    }

    package var specification: JSONValue {
        [
            "type": "conicEqualArea", "rotate": [JSONValue(-meridian), 0],
            "parallels": [JSONValue(parallels.south), JSONValue(parallels.north)],
        ]
    }
}
