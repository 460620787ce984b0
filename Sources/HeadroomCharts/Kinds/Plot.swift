/// Lines and marked points over two scales.
package struct Plot: ChartContent {
    package struct Line: Equatable, Sendable {
        package var series: Series
        /// In the order the line goes.
        package var points: [Position]
    }

    /// A marked point with a name.
    package struct Dot: Equatable, Sendable {
        package var name: String
        package var point: Position
        package var paint = Paint.series2
        package var shape = Shape.circle
        /// What else is told of it.
        package var detail = ""
    }

    package var across: Measure
    package var up: Measure
    package var lines: [Line]
    package var dots: [Dot] = []
    /// A marked place across, with what it is.
    package var marked: (value: Double, title: String)?
    /// Whether the scale that goes up begins at 0.
    package var upIncludesZero = true
    package var acrossIncludesZero = true

    package var key: [KeyEntry] {
        series.count < 2
            ? [] : series.map { KeyEntry(title: $0.title, paint: $0.paint, shape: $0.shape) }
    }

    /// Each once; several lines may be of one.
    private var series: [Series] {
        lines.map(\.series).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    var points: [Position] { lines.flatMap(\.points) + dots.map(\.point) }
    var acrossScaled: ScaledMeasure {
        ScaledMeasure(across, largest: points.map { abs($0.x) }.max() ?? 0, digits: 3)
    }
    var upScaled: ScaledMeasure {
        ScaledMeasure(up, largest: points.map { abs($0.y) }.max() ?? 0, digits: 3)
    }

    package func draw(on drawing: inout Drawing) {
        drawing.drawTitleAbove(upScaled)
        let top = drawing.y + (marked == nil ? 4 : 22)
        let bottom = top + min(340, max(200, 0.5 * drawing.width))
        let up = Scale(points.map(\.y), includesZero: upIncludesZero, intervals: 6, from: bottom, to: top)
        let left = drawing.left + Drawing.widthOfTicks(up, upScaled) + 10
        let values = points.map(\.x) + (marked.map { [$0.value] } ?? [])
        let across = drawing.scaleAcross(
            values, acrossScaled, includesZero: acrossIncludesZero, from: left, to: drawing.right - 12)
        drawing.drawAxisLeft(up, upScaled, from: left, to: drawing.right - 12)
        drawing.y = bottom
        drawing.drawAxisBelow(across, acrossScaled, top: top)
        func place(_ point: Position) -> Position {
            Position(across.place(of: point.x), up.place(of: point.y))
        }
        var labels = LabelPlacing(
            in: Box(left: left, top: top - 4, width: drawing.right - left, height: bottom - top))
        for line in lines {
            let points = line.points.map(place)
            labels.keepFree(along: points)
            let dashes = line.series.shape == .dashedLine ? " stroke-dasharray=\"6 4\"" : ""
            drawing.group(
                stroke: line.series.paint, "stroke-width=\"2.4\" stroke-linejoin=\"round\"" + dashes
            ) { $0.path(Drawing.polyline(points), tip: line.series.title) }
        }
        if let marked {
            let x = across.place(of: marked.value)
            drawing.group(stroke: .ink, "stroke-dasharray=\"2 3\"") {
                $0.line(Position(x, top - 6), Position(x, bottom))
            }
            labels.keepFree(along: [Position(x, top), Position(x, bottom)])
            drawing.writeCentred(marked.title, around: Position(x, top - 14))
        }
        for dot in dots { labels.keepFree(Box(around: place(dot.point), width: 12, height: 12)) }
        for dot in dots {
            let point = place(dot.point)
            let tip =
                "\(dot.name): \(self.up.title) \(self.up.text(dot.point.y)), "
                + "\(self.across.title) \(self.across.text(dot.point.x))"
                + (dot.detail.isEmpty ? "" : ", \(dot.detail)")
            drawing.mark(dot.shape, dot.paint, at: point, tip: tip)
            guard let label = labels.place(dot.name, beside: point, radius: 6) else { continue }
            drawing.write(dot.name, at: label.point, align: label.align, isAbovePicture: true)
        }
    }

    package var specification: [String: JSONValue] {
        func axis(_ field: String, _ scaled: ScaledMeasure, _ includesZero: Bool) -> JSONValue {
            [
                "field": .text(field), "type": "quantitative", "axis": scaled.axis,
                "scale": ["zero": .flag(includesZero)],
            ]
        }
        let x = axis("x", acrossScaled, acrossIncludesZero)
        let y = axis("y", upScaled, upIncludesZero)
        let rows = lines.enumerated().flatMap { run, line in
            line.points.enumerated().map { place, point in
                JSONValue.object([
                    "series": .text(line.series.title), "run": .number(Double(run)), "x": JSONValue(point.x),
                    "y": JSONValue(point.y), "order": .number(Double(place)),
                ])
            }
        }
        let tips: [JSONValue] = [
            ["field": "x", "type": "quantitative", "format": ",", "title": .text(across.fullTitle)],
            ["field": "y", "type": "quantitative", "format": ",", "title": .text(up.fullTitle)],
        ]
        let dashes = series.map { $0.shape == .dashedLine ? [6, 4] : [1, 0] as JSONValue }
        var layers: [JSONValue] = [
            [
                "data": ["values": .array(rows)], "mark": ["type": "line", "strokeWidth": 2.5],
                "encoding": [
                    "x": x, "y": y, "color": VegaLite.colour(of: series),
                    "strokeDash": [
                        "field": "series", "type": "nominal", "legend": nil,
                        "scale": [
                            "domain": .array(series.map { .text($0.title) }), "range": .array(dashes),
                        ],
                    ],
                    "detail": ["field": "run", "type": "nominal"],
                    "order": ["field": "order", "type": "quantitative"], "tooltip": .array(tips),
                ],
            ]
        ]
        if let marked {
            layers.append([
                "data": ["values": [["x": JSONValue(marked.value), "name": .text(marked.title)]]],
                "layer": [
                    ["mark": ["type": "rule", "strokeDash": [2, 3]], "encoding": ["x": x]],
                    [
                        "mark": ["type": "text", "y": -8],
                        "encoding": ["x": x, "text": ["field": "name", "type": "nominal"]],
                    ],
                ],
            ])
        }
        if !dots.isEmpty {
            let values = dots.map { dot in
                JSONValue.object([
                    "name": .text(dot.name), "x": JSONValue(dot.point.x), "y": JSONValue(dot.point.y),
                    "detail": .text(dot.detail), "colour": .text(dot.paint.light),
                ])
            }
            layers.append([
                "data": ["values": .array(values)],
                "layer": [
                    [
                        "mark": ["type": "point", "filled": true, "size": 80, "opacity": 1],
                        "encoding": [
                            "x": x, "y": y, "color": ["field": "colour", "type": "nominal", "scale": nil],
                            "tooltip": .array(
                                [["field": "name"]] + tips + [["field": "detail"]]),
                        ],
                    ],
                    [
                        "mark": ["type": "text", "align": "left", "dx": 8],
                        "encoding": ["x": x, "y": y, "text": ["field": "name", "type": "nominal"]],
                    ],
                ],
            ])
        }
        return ["layer": .array(layers), "width": 520, "height": 300]
    }
}

extension Drawing {
    /// Writes a line centred at a point, or as near to it as the paper reaches.
    mutating func writeCentred(_ line: String, around point: Position) {
        let half = TextWidth.of(line, size: Self.fontSize) / 2
        let x = min(max(point.x, left + half), max(left + half, right - half))
        write(line, at: Position(x, point.y), align: .middle)
    }
}
