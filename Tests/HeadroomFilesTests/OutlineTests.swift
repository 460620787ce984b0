import Foundation
import Headroom
import HeadroomFiles
import Testing

/// Outlines of regions beside a plan, and what is said of those that do not fit.
struct OutlineTests {
    private static let square = "[[0, 0], [1, 0], [1, 1.5], [0, 0]]"

    private static func feature(_ id: String, _ geometry: String) -> String {
        "{\"type\": \"Feature\", \"properties\": {\(id)}, \"geometry\": \(geometry)}"
    }

    private static func polygon(_ rings: String) -> String {
        "{\"type\": \"Polygon\", \"coordinates\": [\(rings)]}"
    }

    private static func file(_ features: [String]) -> String {
        "{\"type\": \"FeatureCollection\",\n\"features\": [\n\(features.joined(separator: ",\n"))\n]}\n"
    }

    private func plan(_ outlines: String, regions: String = PlanFiles.regions) throws -> PlanFiles {
        try PlanFiles(regions: regions, others: ["regions.geojson": outlines])
    }

    /// What is said of the outlines, but for the folder's name.
    private func said(_ outlines: String) throws -> [String] {
        let files = try plan(outlines)
        let loaded = try files.load()
        let diagnostics: [Diagnostic]
        do {
            diagnostics = try loaded.outlines().diagnostics
        } catch let invalid as InvalidFiles {
            diagnostics = invalid.diagnostics
        }
        return diagnostics.map { $0.description.replacing(files.path(""), with: "") }
    }

    @Test(
        "Regions are found by a property or the feature's own id; polygons keep their rings, elevations are left out"
    )
    func shapes() throws {
        let hole = "[[0.2, 0.2, 7], [0.4, 0.2, 7], [0.4, 0.4, 7], [0.2, 0.2, 7]]"
        let multi = "{\"type\": \"MultiPolygon\", \"coordinates\": [[\(Self.square)], [\(Self.square)]]}"
        let files = try plan(
            Self.file([
                Self.feature("\"region\": \"b\", \"id\": \"x\"", Self.polygon("\(Self.square), \(hole)")),
                Self.feature("\"id\": \"a\"", multi),
                "{\"type\": \"Feature\", \"id\": \"c\", \"properties\": null, \"geometry\": {\"type\": \"Point\", "
                    + "\"coordinates\": [116.5, -40]}}",
            ]))
        let loaded = try files.load()
        let outlines = try loaded.outlines()
        #expect(outlines.diagnostics.isEmpty)
        func ring(_ pairs: [(Double, Double)]) -> [GeographicPosition] {
            pairs.map { GeographicPosition(longitude: $0.0, latitude: $0.1) }
        }
        let square = ring([(0, 0), (1, 0), (1, 1.5), (0, 0)])
        let regions = loaded.planningCase.regions.indices
        #expect(outlines.shapes[regions[0]] == .outline([[square], [square]]))
        #expect(
            outlines.shapes[regions[1]]
                == .outline([[square, ring([(0.2, 0.2), (0.4, 0.2), (0.4, 0.4), (0.2, 0.2)])]]))
        #expect(outlines.shapes[regions[2]] == .point(GeographicPosition(longitude: 116.5, latitude: -40)))
        // The file is one of the plan's, and must not be written over.
        #expect(loaded.isInput(files.path("regions.geojson")))
    }

    @Test("A number is an id as it is written, and a region without an outline has its point")
    func points() throws {
        let files = try plan(
            Self.file([Self.feature("\"region\": 7", Self.polygon(Self.square))]),
            regions: PlanFiles.regions.replacing("a,west", with: "7,west").replacing(
                "zone", with: "latitude,longitude"
            )
            .replacing(",west,", with: ",10,20,").replacing(",east,", with: ",,,"))
        let loaded = try files.load()
        let outlines = try loaded.outlines()
        let regions = loaded.planningCase.regions.indices
        #expect(outlines.shapes[regions[0]]?.isOutline == true)
        #expect(outlines.shapes[regions[1]] == .point(GeographicPosition(longitude: 20, latitude: 10)))
        #expect(
            outlines.diagnostics.map(\.message) == ["no place for 1 of 3 regions: c"])
    }

    @Test("Every problem is told with its line, what was found and what is expected")
    func problems() throws {
        let features = [
            "7", Self.feature("\"name\": \"a\"", Self.polygon(Self.square)),
            Self.feature("\"id\": \"a\"", Self.polygon("[[0, 0], [1, 0], [0, 0]]")),
            Self.feature("\"id\": \"a\"", Self.polygon(Self.square)),
            Self.feature("\"id\": \"b\"", Self.polygon(Self.square.replacing("1.5", with: "4e6"))),
            Self.feature("\"id\": \"c\"", "{\"type\": \"LineString\", \"coordinates\": \(Self.square)}"),
        ]
        #expect(
            try said(Self.file(Array(features.dropFirst()))) == [
                "regions.geojson:3:1: error: feature 1 does not say its region: expected the id as property `region` or "
                    + "`id`, or as the feature's own `id`",
                "regions.geojson:4:1: error: feature 2 (a): a ring has 3 positions, expected at least 4, the last one as "
                    + "the first",
                "regions.geojson:5:1: error: feature 3 is of region “a”, as feature 2 is: make one MultiPolygon of them",
                "regions.geojson:6:1: error: feature 4 (b): a position is [1, 4000000], expected degrees, the longitude "
                    + "first, then the latitude (WGS 84)",
                "regions.geojson:7:1: error: feature 5 (c): the geometry is of type “LineString”, expected Point, Polygon "
                    + "or MultiPolygon",
            ])
        #expect(try said(Self.file(features))[0].hasSuffix("error: feature 1 is no object of type Feature"))
        let open = Self.polygon("[[0, 0], [1, 0], [1, 1], [0, 1]]")
        #expect(
            try said(Self.file([Self.feature("\"id\": \"a\"", open)]))[0]
                .contains("a ring has 4 positions and is not closed"))
    }

    @Test(
        "Features of other regions are left out with a warning, as are regions without one; none that fits is an error"
    )
    func others() throws {
        let known = Self.feature("\"id\": \"a\"", Self.polygon(Self.square))
        let others = "xyz".map { Self.feature("\"id\": \"\($0)\"", Self.polygon(Self.square)) }
        #expect(
            try said(Self.file([known] + others)) == [
                "regions.geojson:4:1: warning: 3 of 4 features are of no region of the plan and are left out: x, y, z",
                "regions.geojson:1:1: warning: no place for 2 of 3 regions: b, c",
            ])
        #expect(
            try said(Self.file(others)) == [
                "regions.geojson:3:1: error: none of the 3 features is of a region of the plan: found x, y, z, expected "
                    + "ids such as a, b, c"
            ])
    }

    @Test("What is no GeoJSON is said")
    func files() throws {
        #expect(
            try said("{\"type\": \"Topology\"}") == [
                "regions.geojson:1:1: error: found type “Topology”, expected GeoJSON of type FeatureCollection with "
                    + "features"
            ])
        let broken = try said("{\"type\":\n \"FeatureCollection\",\n \"features\": [}]}")
        #expect(
            broken.count == 1 && broken[0].hasPrefix("regions.geojson:3:1: error: the file is no JSON: "),
            "\(broken)")
        #expect(try said("\u{FEFF}[]")[0].contains("found no such type"))
        #expect(try said("region,lat\n")[0].contains("the file is no JSON"))
    }

    @Test("A check reads the outlines too; plans that need no map do not")
    func check() throws {
        let files = try plan("no JSON")
        #expect(try files.load().diagnostics.isEmpty)
        #expect(throws: InvalidFiles.self) { try CheckedPlan(path: files.folder) }
        let others = try plan(Self.file([Self.feature("\"id\": \"a\"", Self.polygon(Self.square))]))
        #expect(
            try CheckedPlan(path: others.folder).diagnostics.map(\.message) == [
                "no place for 2 of 3 regions: b, c"
            ])
    }
}
