import Headroom

/// One row a name with a mark for each of several figures, joined by a line: how far they lie apart.
package struct Dumbbells: ChartContent {
    package var measure: Measure
    package var namesTitle: String
    package var names: [String]
    /// The last one is the one whose numbers are written.
    package var series: [Series]
    /// By name and series; nil where undefined.
    package var values: [[Double?]]

    package var key: [KeyEntry] {
        series.map { KeyEntry(title: $0.title, paint: $0.paint, shape: $0.shape) }
    }

    private var numbers: [Double] { values.flatMap { $0.compactMap(\.self) } }
    private var scaled: ScaledMeasure { ScaledMeasure(measure, largest: numbers.map { abs($0) }.max() ?? 0) }

    private func label(_ row: Int) -> String {
        guard let value = values[row].last.flatMap(\.self) else { return FigureText.undefined }
        return measure.unit == .share ? measure.text(value) : scaled.label(value)
    }

    package func draw(on drawing: inout Drawing) {
        let labels = RowNames(names, on: drawing)
        let room = 12 + (names.indices.map { TextWidth.of(label($0), size: Drawing.fontSize) }.max() ?? 0)
        let scale = drawing.scaleAcross(
            numbers, scaled, includesZero: false, from: labels.left + 8, to: drawing.right - room)
        let top = drawing.y
        let rows = labels.draw(on: &drawing, rowHeight: 20)
        drawing.y += 4
        drawing.drawAxisBelow(scale, scaled, top: top, zeroLine: false)
        for (row, middle) in rows.enumerated() {
            let known = values[row].compactMap(\.self)
            if let least = known.min(), let most = known.max() {
                drawing.group(stroke: .muted, "stroke-width=\"1.5\"") {
                    $0.line(Position(scale.place(of: least), middle), Position(scale.place(of: most), middle))
                }
            }
            for (one, value) in zip(series, values[row]) {
                guard let value else { continue }
                drawing.mark(
                    one.shape, one.paint, at: Position(scale.place(of: value), middle),
                    tip: "\(names[row]), \(one.title): \(measure.text(value))")
            }
            drawing.write(label(row), at: Position(drawing.right, middle), align: .end)
        }
    }

    package var specification: [String: JSONValue] {
        let rows = names.indices.flatMap { row in
            series.indices.map { place in
                JSONValue.object([
                    "name": .text(names[row]), "series": .text(series[place].title),
                    "value": JSONValue(values[row][place]),
                ])
            }
        }
        let name: JSONValue = [
            "field": "name", "type": "nominal", "sort": nil,
            "axis": ["title": .text(namesTitle), "labelLimit": 0],
        ]
        let amount: JSONValue = [
            "field": "value", "type": "quantitative", "axis": scaled.axis, "scale": ["zero": false],
        ]
        let shapes = series.map { JSONValue.text(VegaLite.shape(of: $0.shape)) }
        let marks: JSONValue = [
            "mark": ["type": "point", "filled": true, "size": 80, "opacity": 1],
            "encoding": [
                "y": name, "x": amount, "color": VegaLite.colour(of: series),
                "shape": [
                    "field": "series", "type": "nominal", "title": nil,
                    "scale": ["domain": .array(series.map { .text($0.title) }), "range": .array(shapes)],
                ],
                "tooltip": [
                    ["field": "name", "title": .text(namesTitle)], ["field": "series", "title": "Figure"],
                    ["field": "value", "type": "quantitative", "title": .text(measure.fullTitle)],
                ],
            ],
        ]
        let lines: JSONValue = [
            "mark": ["type": "line", "color": .text(Paint.muted.light)],
            "encoding": ["y": name, "x": amount, "detail": ["field": "name"]],
        ]
        return [
            "data": ["values": .array(rows)], "layer": [lines, marks], "height": ["step": 20], "width": 520,
        ]
    }
}
