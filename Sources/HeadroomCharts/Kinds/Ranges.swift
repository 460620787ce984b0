/// Bars from one value to both sides of it: how far each of several things moves a figure.
package struct Ranges: ChartContent {
    package struct Row: Equatable, Sendable {
        package var name: String
        /// The figure where the thing is low and where it is high; nil where there is none.
        package var low: Double?
        package var high: Double?
        /// What low and high are, such as `−20 %`.
        package var lowTitle: String
        package var highTitle: String
    }

    package var measure: Measure
    package var namesTitle: String
    /// The figure where nothing is moved.
    package var base: Double
    package var baseTitle: String
    package var rows: [Row]

    private static let sides = [
        Series(title: "with less of it", paint: .series2), Series(title: "with more of it", paint: .series1),
    ]

    package var key: [KeyEntry] { Self.sides.map { KeyEntry(title: $0.title, paint: $0.paint) } }

    private var numbers: [Double] { [base] + rows.flatMap { [$0.low, $0.high].compactMap(\.self) } }
    private var scaled: ScaledMeasure { ScaledMeasure(measure, largest: numbers.map { abs($0) }.max() ?? 0) }

    package func draw(on drawing: inout Drawing) {
        let names = RowNames(rows.map(\.name), on: drawing)
        let titles = rows.flatMap { [$0.lowTitle, $0.highTitle] }
        let room = 8 + (titles.map { TextWidth.of($0, size: 11) }.max() ?? 0)
        let scale = drawing.scaleAcross(
            numbers, scaled, includesZero: false, from: names.left + room, to: drawing.right - room)
        drawing.y += 16
        let top = drawing.y
        let middles = names.draw(on: &drawing, rowHeight: 22)
        drawing.y += 4
        drawing.drawAxisBelow(scale, scaled, top: top, zeroLine: false)
        for (row, middle) in zip(rows, middles) { draw(row, at: middle, scale, on: &drawing) }
        let x = scale.place(of: base)
        drawing.group(stroke: .ink) { $0.line(Position(x, top - 4), Position(x, (middles.last ?? top) + 14)) }
        drawing.writeCentred(baseTitle, around: Position(x, top - 12))
    }

    private func draw(_ row: Row, at middle: Double, _ scale: Scale, on drawing: inout Drawing) {
        var taken: Set<Bool> = []
        for (side, value, title) in [(0, row.low, row.lowTitle), (1, row.high, row.highTitle)] {
            guard let value else { continue }
            let ends = [scale.place(of: base), scale.place(of: value)].sorted()
            drawing.group(fill: Self.sides[side].paint) {
                $0.rectangle(
                    Box(left: ends[0], top: middle - 7, width: ends[1] - ends[0], height: 14),
                    tip: "\(row.name) \(title): \(measure.text(value))")
            }
            // Where both ends lie on one side the longer bar alone is titled: the other's end lies within it.
            let isBelow = value < base
            let other = side == 0 ? row.high : row.low
            let isCovered =
                other.map { ($0 < base) == isBelow && abs($0 - base) > abs(value - base) } ?? false
            guard value != base, !isCovered, taken.insert(isBelow).inserted else { continue }
            drawing.write(
                title, at: Position(scale.place(of: value) + (isBelow ? -4 : 4), middle),
                align: isBelow ? .end : .start, .muted, size: 11)
        }
    }

    package var specification: [String: JSONValue] {
        let values = rows.flatMap { row in
            [(0, row.low, row.lowTitle), (1, row.high, row.highTitle)].map { side, value, title in
                JSONValue.object([
                    "name": .text(row.name), "series": .text(Self.sides[side].title), "input": .text(title),
                    "value": JSONValue(value), "base": JSONValue(base),
                ])
            }
        }
        let bars: JSONValue = [
            "mark": ["type": "bar"],
            "encoding": [
                "y": [
                    "field": "name", "type": "nominal", "sort": nil,
                    "axis": ["title": .text(namesTitle), "labelLimit": 0],
                ],
                "x": [
                    "field": "value", "type": "quantitative", "axis": scaled.axis, "scale": ["zero": false],
                ],
                "x2": ["field": "base"], "color": VegaLite.colour(of: Self.sides),
                "tooltip": [
                    ["field": "name", "title": .text(namesTitle)], ["field": "input", "title": "Input"],
                    [
                        "field": "value", "type": "quantitative", "format": ",",
                        "title": .text(measure.fullTitle),
                    ],
                ],
            ],
        ]
        let line: JSONValue = [
            "data": ["values": [["base": JSONValue(base)]]], "mark": ["type": "rule"],
            "encoding": ["x": ["field": "base", "type": "quantitative"]],
        ]
        return [
            "data": ["values": .array(values)], "layer": [bars, line], "height": ["step": 22], "width": 520,
        ]
    }
}
