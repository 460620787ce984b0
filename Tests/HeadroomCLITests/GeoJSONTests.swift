import Foundation
import Testing

/// A plan on the outlines of its regions.
struct GeoJSONTests {
    private static let outlines = """
        {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"id": "b"}, "geometry": {"type": "Polygon",
        "coordinates": [[[10.25, 50], [11, 50], [11, 51], [10.25, 50]]]}},
        {"type": "Feature", "properties": {"id": "a"}, "geometry": {"type": "MultiPolygon",
        "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]], [[[5, 5], [6, 5], [6, 6], [5, 5]]]]}}
        ]}

        """

    private struct Figures: Decodable {
        struct Feature: Decodable { var properties: [String: Value] }

        enum Value: Decodable {
            case number(Double)
            case text(String)

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                self =
                    try (try? container.decode(Double.self)).map { .number($0) }
                    ?? .text(container.decode(String.self))
            }
        }

        var features: [Feature]
    }

    private func workplace() throws -> Workplace {
        let workplace = try Workplace(
            regions: Workplace.regions.replacing("Alpha", with: "\"Älpha \"\"1\"\"\""))
        try workplace.write(Self.outlines, to: "plan/regions.geojson")
        return workplace
    }

    private func features(_ text: String) throws -> [[String: Any]] {
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(object?["type"] as? String == "FeatureCollection")
        #expect(object?["name"] as? String == "Small plan")
        return try #require(object?["features"] as? [[String: Any]])
    }

    @Test("A feature a region holds what a row of CSV holds, on the outline that was read")
    func figures() throws {
        let workplace = try workplace()
        let result = try workplace.headroom(
            "plan", "plan", "-o", "map.geojson", "-o", "plan.csv", "--format", "geojson")
        #expect(result.status == 0)
        #expect(result.errors.contains("plan/regions.geojson:1:1: warning: no place for 1 of 3 regions: c"))
        let text = try workplace.text("map.geojson")
        #expect(text == result.output)
        let features = try features(text)
        #expect(features.map { $0["id"] as? String } == ["a", "b", "c"])
        let lines = try workplace.text("plan.csv").split(separator: "\n").map {
            $0.replacing("\"Älpha \"\"1\"\"\"", with: "Älpha \"1\"").split(
                separator: ",", omittingEmptySubsequences: false)
        }
        // Foundation's other reader of JSON does not keep the last digits.
        let figures = try JSONDecoder().decode(Figures.self, from: Data(text.utf8)).features.map(\.properties)
        for (properties, line) in zip(figures, lines.dropFirst()) {
            #expect(properties.count == lines[0].count)
            for (key, cell) in zip(lines[0], line) {
                switch properties[String(key)] {
                case .number(let number): #expect(number == Double(cell), "\(key)")
                case .text(let text): #expect(text == cell, "\(key)")
                case nil: Issue.record("\(key) is missing")
                }
            }
        }
        let shapes = features.map { $0["geometry"] as? [String: Any] }
        #expect(shapes[0]?["type"] as? String == "MultiPolygon")
        #expect(
            shapes[1]?["coordinates"] as? [[[Double]]] == [
                [[10.25, 50], [11, 50], [11, 51], [10.25, 50]]
            ])
        #expect(features[2]["geometry"] is NSNull)
    }

    @Test("Two runs, on one thread and on several, are the same bytes; the map is drawn of outlines")
    func bytes() throws {
        let workplace = try workplace()
        let once = try workplace.headroom("plan", "plan", "--quiet", "-o", "a.geojson", "--threads", "1")
        let again = try workplace.headroom("plan", "plan", "--quiet", "-o", "b.geojson", "-o", "map.svg")
        #expect(once.status == 0 && again.status == 0)
        #expect(try workplace.text("a.geojson") == workplace.text("b.geojson"))
        let map = try workplace.text("map.svg")
        #expect(
            map.contains("Investment for each user of 2024")
                && map.contains("Without a place on the map: 1 region."))
    }

    @Test("Points of the region table do as well")
    func points() throws {
        let workplace = try Workplace(
            regions: Workplace.regions.replacing("name,zone", with: "name,latitude,longitude")
                .replacing(",west,", with: ",48.25,16.5,").replacing(",east,", with: ",-10,170,"))
        let result = try workplace.headroom("plan", "plan", "--quiet", "--format", "geojson")
        let shapes = try features(result.output).map { $0["geometry"] as? [String: Any] }
        #expect(shapes.map { $0?["type"] as? String } == ["Point", "Point", "Point"])
        #expect(
            shapes.map { $0?["coordinates"] as? [Double] } == [[16.5, 48.25], [16.5, 48.25], [170, -10]])
    }

    @Test("Without a place for any region, or with outlines that are wrong, nothing is solved or written")
    func errors() throws {
        let none = try Workplace()
        let result = try none.headroom("plan", "plan", "--quiet", "-o", "map.geojson")
        #expect(result.status == 65)
        #expect(result.errors.contains("regions.geojson") && result.errors.contains("latitude and longitude"))
        #expect(try none.names == ["plan"])
        try none.write("{}", to: "plan/regions.geojson")
        let wrong = try none.headroom("plan", "plan", "--quiet", "-o", "map.geojson")
        #expect(wrong.status == 65)
        #expect(
            wrong.errors.hasPrefix("plan/regions.geojson:1:1: error: found no such type, expected GeoJSON"))
        #expect(try none.names == ["plan"])
        // Of a plan without a map they are no matter; they are never written over.
        #expect(try none.headroom("plan", "plan", "--quiet").status == 0)
        #expect(try none.headroom("plan", "plan", "--quiet", "-o", "plan/regions.geojson").status == 73)
        #expect(try none.text("plan/regions.geojson") == "{}")
    }
}
