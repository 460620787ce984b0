public import Headroom

extension Plan {
    /// Writes the allocation as GeoJSON (RFC 7946): a feature a region, its figures under the keys of CSV, at full
    /// precision, undefined ones `null`. O(regions × years).
    ///
    /// - Parameter shapes: Where regions lie; a feature of another one has no geometry.
    public func writeGeoJSON(_ shapes: [RegionIndex: RegionShape], to stream: TextStream) {
        guard let table = table(.region) else { preconditionFailure("every plan has regions") }
        let regions = planningCase.regions
        var json = JSONText(to: stream)
        json.object { json in
            json.value("type", "FeatureCollection")
            json.value("name", planningCase.assumptions.title)
            json.array("features", rows: regions.count) { json, positions in
                var region = positions.lowerBound
                table.rows.forEach(in: positions) { row in
                    json.element {
                        $0.object { json in
                            json.value("type", "Feature")
                            json.value("id", regions.ids[region])
                            json.object("properties") { table.write(row, &$0) }
                            shapes[RegionIndex(region)].write(&json)
                        }
                    }
                    region += 1
                }
            }
        }
        json.finish()
    }
}

extension RegionShape? {
    fileprivate func write(_ json: inout JSONText) {
        guard let shape = self else { return json.value("geometry", nil as String?) }
        json.object("geometry") {
            switch shape {
            case .point(let position):
                $0.value("type", "Point")
                $0.value("coordinates", json: position.json)
            case .outline(let polygons) where polygons.count == 1:
                $0.value("type", "Polygon")
                $0.value("coordinates", json: polygons[0].map(\.json).jsonList)
            case .outline(let polygons):
                $0.value("type", "MultiPolygon")
                $0.value("coordinates", json: polygons.map { $0.map(\.json).jsonList }.jsonList)
            }
        }
    }
}

extension [String] {
    fileprivate var jsonList: String { "[" + joined(separator: ", ") + "]" }
}

extension [GeographicPosition] {
    fileprivate var json: String { map(\.json).jsonList }
}

extension GeographicPosition {
    fileprivate var json: String { "[\(NumberFormat.full(longitude)), \(NumberFormat.full(latitude))]" }
}
