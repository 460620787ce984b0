internal import Foundation
internal import Headroom

/// Geometries of GeoJSON that a region can have.
enum GeoJSONGeometry {
    struct Fault: Error {
        /// What was found and what was expected.
        var message: String
    }

    /// Reads a point, a polygon or several.
    ///
    /// - Parameter value: As `JSONSerialization` has it.
    static func shape(_ value: Any) throws(Fault) -> RegionShape {
        let object = value as? [String: Any]
        let coordinates = object?["coordinates"] ?? NSNull()
        switch object?["type"] as? String {
        case "Point": return .point(try position(coordinates))
        case "Polygon": return .outline([try polygon(coordinates)])
        case "MultiPolygon": return .outline(try list(coordinates, of: "polygons", polygon))
        case let type:
            throw Fault(
                message:
                    "the geometry is \(type.map { "of type “\($0)”" } ?? "none"), expected Point, Polygon or "
                    + "MultiPolygon")
        }
    }

    private static func polygon(_ value: Any) throws(Fault) -> [[GeographicPosition]] {
        try list(value, of: "rings", ring)
    }

    private static func ring(_ value: Any) throws(Fault) -> [GeographicPosition] {
        let positions = try list(value, of: "positions", position)
        guard positions.count >= 4, positions.first == positions.last else {
            throw Fault(
                message: "a ring has \(positions.count) positions"
                    + (positions.first == positions.last ? "" : " and is not closed")
                    + ", expected at least 4, the last one as the first")
        }
        return positions
    }

    private static func position(_ value: Any) throws(Fault) -> GeographicPosition {
        let expected = "expected degrees, the longitude first, then the latitude (WGS 84)"
        guard let numbers = value as? [Double], numbers.count >= 2 else {
            throw Fault(message: "a position is no list of two numbers, \(expected)")
        }
        guard abs(numbers[0]) <= 360, abs(numbers[1]) <= 90 else {
            throw Fault(
                message:
                    "a position is [\(NumberFormat.full(numbers[0])), \(NumberFormat.full(numbers[1]))], "
                    + expected)
        }
        return GeographicPosition(longitude: numbers[0], latitude: numbers[1])
    }

    private static func list<Item>(
        _ value: Any, of what: String, _ item: (Any) throws(Fault) -> Item
    ) throws(Fault) -> [Item] {
        guard let values = value as? [Any], !values.isEmpty else {
            throw Fault(message: "the coordinates lack a list of \(what)")
        }
        var items: [Item] = []
        for value in values { items.append(try item(value)) }
        return items
    }
}
