import Foundation
package import Headroom

/// A map: outlines in colours of classes where all regions shown have one, else circles whose areas stand for figures.
package struct RegionMap: ChartContent {
    package struct Area: Equatable, Sendable {
        package var id: String
        package var name: String
        package var shape: RegionShape
        /// What is shown of it; nil where undefined.
        package var value: Double?
        /// What is told of it besides.
        package var detail: String
    }

    package let measure: Measure
    package let areas: [Area]
    package let projection: MapProjection
    /// Round bounds between classes, rising; empty on a map of circles.
    package let bounds: [Double]

    package init(measure: Measure, areas: [Area], isClassed: Bool) {
        self.measure = measure
        self.areas = areas
        projection = MapProjection(fitting: areas.lazy.flatMap(\.shape.positions))
        bounds = isClassed ? Self.roundBounds(of: areas.compactMap(\.value)) : []
        self.isClassed = isClassed
    }

    private let isClassed: Bool

    /// About as many values in each of five classes as in any other, the bounds between them rounded to one digit.
    static func roundBounds(of values: [Double]) -> [Double] {
        let sorted = values.filter { $0 > 0 && $0.isFinite }.sorted()
        guard !sorted.isEmpty else { return [] }
        var bounds: Set<Double> = []
        for fifth in 1...4 { bounds.insert(sorted[fifth * sorted.count / 5].rounded(digits: 1)) }
        // The lowest class must not be empty.
        return bounds.sorted().filter { $0 > sorted[0] }
    }

    private var largest: Double { areas.compactMap(\.value).filter(\.isFinite).max() ?? 0 }
    private var scaled: ScaledMeasure { ScaledMeasure(measure, largest: largest) }

    private func paint(_ value: Double?) -> Paint {
        guard let value, value > 0 else { return .land }
        return Paint.levels[bounds.count { $0 <= value } + (bounds.count < 3 ? 1 : 0)]
    }

    package var key: [KeyEntry] {
        guard isClassed else { return [] }
        let scaled = ScaledMeasure(measure, largest: bounds.last ?? largest)
        let texts = bounds.map { scaled.tick($0, step: $0) }
        var entries = [KeyEntry(title: "none", paint: .land)]
        for place in 0...bounds.count where largest > 0 {
            let title: String =
                switch (place, bounds.count) {
                case (_, 0): "some"
                case (0, _): "under \(texts[0])"
                case (bounds.count, _): "\(texts[place - 1]) and more"
                default: "\(texts[place - 1])–\(texts[place])"
                }
            let value = place == 0 ? (bounds.first ?? largest) / 2 : bounds[place - 1]
            entries.append(KeyEntry(title: title, paint: paint(value)))
        }
        return entries
    }

    // MARK: Drawing

    package func draw(on drawing: inout Drawing) {
        drawing.writeParagraph(scaled.title, .muted, size: 11)
        drawing.y += 6
        let radius = isClassed ? 2 : largestRadius(drawing.width)
        let frame = MapFrame(
            projection, areas.lazy.flatMap(\.shape.positions), top: drawing.y,
            across: drawing.left...drawing.right, border: radius + 4)
        if isClassed { drawOutlines(frame, on: &drawing) } else { drawCircles(frame, radius, on: &drawing) }
        drawing.y = frame.box.bottom + 8
        if !isClassed { drawSizes(radius, on: &drawing) }
    }

    private func tip(_ area: Area) -> String {
        "\(area.name): \(measure.text(area.value))" + (area.detail.isEmpty ? "" : ", \(area.detail)")
    }

    private func drawOutlines(_ frame: MapFrame, on drawing: inout Drawing) {
        var labels = LabelPlacing(in: frame.box)
        var named: [(String, LabelPlacing.Place)] = []
        drawing.group(stroke: .paper, "stroke-width=\"0.6\" stroke-linejoin=\"round\" fill-rule=\"evenodd\"")
        { drawing in
            for paint in [.land] + Paint.levels {
                drawing.group(fill: paint, stroke: .paper) { drawing in
                    for area in areas where self.paint(area.value) == paint {
                        drawing.path(frame.path(area.shape), tip: tip(area))
                    }
                }
            }
        }
        for area in areas.sorted(by: { ($1.value ?? 0, $0.name) < ($0.value ?? 0, $1.name) }) {
            let room = frame.largestBox(of: area.shape)
            guard let label = labels.place(area.name, centredIn: room) else { continue }
            named.append((area.name, label))
        }
        for (name, label) in named {
            drawing.write(name, at: label.point, align: .middle, size: 11, isAbovePicture: true)
        }
    }

    /// So large that all circles together would cover a tenth of a map half as high as wide.
    private func largestRadius(_ width: Double) -> Double {
        guard largest > 0 else { return 6 }
        let circles = areas.reduce(0) { $0 + max(0, $1.value ?? 0) / largest } * Double.pi
        return min(28, max(6, (0.05 * width * width / circles).squareRoot()))
    }

    private func radius(_ value: Double?, _ most: Double) -> Double {
        guard let value, value > 0, largest > 0 else { return 0 }
        return most * (value / largest).squareRoot()
    }

    /// Of many circles the largest have names, which may cover small ones.
    private var areMany: Bool { areas.count > 100 }

    /// About one of many names to a part of the map.
    private func mostNames(_ width: Double) -> Int { Int((width / 160) * (width / 160)) }

    private func drawCircles(_ frame: MapFrame, _ most: Double, on drawing: inout Drawing) {
        drawing.group(stroke: .grid, "stroke-width=\"0.8\"") { drawing in
            for line in frame.graticule { drawing.path(Drawing.polyline(line)) }
        }
        // The large ones below the small ones.
        let sorted = areas.sorted { ($1.value ?? 0, $0.name) < ($0.value ?? 0, $1.name) }
        var labels = LabelPlacing(
            in: Box(left: 2, top: frame.box.top, width: drawing.width - 4, height: frame.box.height))
        drawing.group(fill: .series1, stroke: .paper, "fill-opacity=\"0.75\" stroke-width=\"0.8\"") {
            drawing in
            for area in sorted {
                let centre = frame.place(area.shape.centre)
                let radius = radius(area.value, most)
                if radius > 0 { drawing.circle(centre, radius: max(1, radius), tip: tip(area)) }
                guard !areMany || radius > most / 2 else { continue }
                labels.keepFree(Box(around: centre, width: 1.4 * radius + 2, height: 1.4 * radius + 2))
            }
        }
        drawing.group(fill: .muted) { drawing in
            for area in sorted where radius(area.value, most) == 0 {
                drawing.circle(frame.place(area.shape.centre), radius: 1.5, tip: tip(area))
            }
        }
        for area in sorted.prefix(areMany ? mostNames(drawing.width) : .max) {
            let centre = frame.place(area.shape.centre)
            guard
                let label = labels.place(
                    area.name, beside: centre, radius: radius(area.value, most) - 1, size: 11, near: true)
            else { continue }
            drawing.write(area.name, at: label.point, align: label.align, size: 11, isAbovePicture: true)
        }
    }

    /// Circles of round amounts, with what they stand for.
    private func drawSizes(_ most: Double, on drawing: inout Drawing) {
        guard largest > 0 else { return }
        let round = Scale.roundStep(atLeast: largest / 2)
        var x = drawing.left
        drawing.y += most
        for value in [round / 10, round / 2, round] where value <= largest {
            let radius = radius(value, most)
            let centre = Position(x + radius, drawing.y)
            drawing.group(stroke: .muted) { $0.circle(centre, radius: radius) }
            let text = scaled.tick(value, step: value)
            drawing.write(text, at: Position(x + 2 * radius + 5, drawing.y), .muted, size: 11)
            x += 2 * radius + TextWidth.of(text, size: 11) + 20
        }
        drawing.y += most + 6
    }

    // MARK: Vega-Lite

    package var specification: [String: JSONValue] {
        let tips: JSONValue = [
            ["field": "properties.name", "title": "Region"],
            [
                "field": "properties.value", "type": "quantitative", "format": ",",
                "title": .text(measure.fullTitle),
            ],
            ["field": "properties.detail", "title": "Besides"],
        ]
        let features = areas.map { area in
            JSONValue.object([
                "type": "Feature", "id": .text(area.id), "geometry": area.shape.geometry,
                "properties": [
                    "name": .text(area.name), "value": JSONValue(area.value), "detail": .text(area.detail),
                    "longitude": JSONValue(area.shape.centre.longitude),
                    "latitude": JSONValue(area.shape.centre.latitude),
                ],
            ])
        }
        var members: [String: JSONValue] = [
            "data": ["values": .array(features)], "projection": projection.specification, "width": 560,
            "height": 400,
        ]
        if isClassed {
            let colours = (0...bounds.count).map { place in
                JSONValue.text(paint(place == 0 ? (bounds.first ?? 1) / 2 : bounds[place - 1]).light)
            }
            members["mark"] = ["type": "geoshape", "stroke": "#ffffff", "strokeWidth": 0.6]
            members["encoding"] = [
                "color": [
                    "condition": [
                        "test": "!(datum.properties.value > 0)", "value": .text(Paint.land.light),
                    ],
                    "field": "properties.value", "type": "quantitative",
                    "scale": bounds.isEmpty
                        ? ["range": .array(colours + colours)]
                        : [
                            "type": "threshold", "domain": .array(bounds.map { .number($0) }),
                            "range": .array(colours),
                        ],
                    "legend": ["title": .text(measure.fullTitle)],
                ],
                "tooltip": tips,
            ]
        } else {
            members["mark"] = [
                "type": "circle", "color": .text(Paint.series1.light), "opacity": 0.75, "stroke": "#ffffff",
            ]
            members["encoding"] = [
                "longitude": ["field": "properties.longitude", "type": "quantitative"],
                "latitude": ["field": "properties.latitude", "type": "quantitative"],
                "size": [
                    "field": "properties.value", "type": "quantitative", "scale": ["rangeMax": 1600],
                    "legend": ["title": .text(scaled.title), "labelExpr": .text(scaled.tickExpression)],
                ],
                "tooltip": tips,
            ]
        }
        return members
    }
}

extension RegionShape {
    package var positions: [GeographicPosition] {
        switch self {
        case .point(let position): [position]
        case .outline(let polygons): polygons.flatMap { $0.flatMap(\.self) }
        }
    }

    /// The point, or the middle of the bounds of all that is outlined.
    var centre: GeographicPosition {
        if case .point(let position) = self { return position }
        let all = positions
        guard let west = all.map(\.longitude).min(), let east = all.map(\.longitude).max(),
            let south = all.map(\.latitude).min(), let north = all.map(\.latitude).max()
        else { return GeographicPosition(longitude: 0, latitude: 0) }
        return GeographicPosition(longitude: (west + east) / 2, latitude: (south + north) / 2)
    }

    /// As GeoJSON, its outer rings clockwise: the other way round Vega takes them for what is left of the earth.
    var geometry: JSONValue {
        func pair(_ position: GeographicPosition) -> JSONValue {
            [JSONValue(position.longitude), JSONValue(position.latitude)]
        }
        switch self {
        case .point(let position): return ["type": "Point", "coordinates": pair(position)]
        case .outline(let polygons):
            let wound = polygons.map { rings in
                JSONValue.array(
                    rings.enumerated().map { place, ring in
                        let isClockwise = ring.isClockwise
                        let turned = isClockwise == (place == 0) ? ring : ring.reversed()
                        return .array(turned.map(pair))
                    })
            }
            return ["type": "MultiPolygon", "coordinates": .array(wound)]
        }
    }
}

extension [GeographicPosition] {
    /// By the sign of the area that the ring's degrees enclose.
    fileprivate var isClockwise: Bool {
        zip(self, dropFirst() + prefix(1)).reduce(0) {
            $0 + ($1.1.longitude - $1.0.longitude) * ($1.1.latitude + $1.0.latitude)
        } > 0
    }
}
