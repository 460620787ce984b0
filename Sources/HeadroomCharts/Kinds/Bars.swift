/// Stacked bars: across with a name each, or upright for what follows in time.
package struct Bars: ChartContent {
    package var measure: Measure
    /// What the names are, such as `Region`.
    package var namesTitle: String
    package var names: [String]
    /// What the bars are stacked of.
    package var series: [Series]
    /// By name and series.
    package var values: [[Double]]
    package var isUpright = false

    package var key: [KeyEntry] {
        series.count < 2 ? [] : series.map { KeyEntry(title: $0.title, paint: $0.paint) }
    }

    /// Of each bar: where its parts begin and end; those below 0 go the other way.
    private var parts: [[Part]] {
        values.map { row in
            var (above, below) = (0.0, 0.0)
            return row.map { value in
                let from = value < 0 ? below : above
                if value < 0 { below += value } else { above += value }
                return Part(from: from, to: from + value)
            }
        }
    }

    private struct Part {
        var from: Double
        var to: Double
    }

    /// How far a bar reaches to both sides of 0.
    private func reach(_ row: [Part]) -> ClosedRange<Double> {
        row.reduce(0...0) { min($0.lowerBound, $1.to)...max($0.upperBound, $1.to) }
    }

    private var ends: [Double] { parts.map(reach).flatMap { [$0.lowerBound, $0.upperBound] } }

    private var scaled: ScaledMeasure { ScaledMeasure(measure, largest: ends.map { abs($0) }.max() ?? 0) }

    private func tip(_ row: Int, _ part: Int) -> String {
        "\(names[row]), \(series[part].title): \(measure.text(values[row][part]))"
    }

    private func total(_ row: Int) -> String { scaled.label(values[row].reduce(0, +)) }

    package func draw(on drawing: inout Drawing) {
        if isUpright { drawUpright(on: &drawing) } else { drawAcross(on: &drawing) }
    }

    private func drawAcross(on drawing: inout Drawing) {
        let labels = RowNames(names, on: drawing)
        let room = 8 + (names.indices.map { TextWidth.of(total($0), size: Drawing.fontSize) }.max() ?? 0)
        let hasLosses = ends.contains { $0 < 0 }
        let scale = drawing.scaleAcross(
            ends, scaled, includesZero: true, from: labels.left + (hasLosses ? room : 0),
            to: drawing.right - room)
        let top = drawing.y
        let rows = labels.draw(on: &drawing, rowHeight: 20)
        drawing.y += 4
        drawing.drawAxisBelow(scale, scaled, top: top)
        drawSeries(on: &drawing) { row, part in
            let ends = [scale.place(of: part.from), scale.place(of: part.to)].sorted()
            return Box(left: ends[0], top: rows[row] - 7, width: ends[1] - ends[0], height: 14)
        }
        for (row, middle) in rows.enumerated() {
            let isLoss = values[row].reduce(0, +) < 0
            let reach = reach(parts[row])
            let end = scale.place(of: isLoss ? reach.lowerBound : reach.upperBound)
            drawing.write(
                total(row), at: Position(end + (isLoss ? -5 : 5), middle), align: isLoss ? .end : .start)
        }
    }

    private func drawUpright(on drawing: inout Drawing) {
        drawing.drawTitleAbove(scaled)
        let top = drawing.y + 8
        let bottom = top + min(260, max(160, 0.4 * drawing.width))
        let scale = Scale(ends, includesZero: true, intervals: 5, from: bottom, to: top)
        let left = drawing.left + Drawing.widthOfTicks(scale, scaled) + 8
        drawing.drawAxisLeft(scale, scaled, from: left, to: drawing.right)
        let step = (drawing.right - left) / Double(max(1, names.count))
        func middle(_ column: Int) -> Double { left + (Double(column) + 0.5) * step }
        drawSeries(on: &drawing) { column, part in
            let ends = [scale.place(of: part.from), scale.place(of: part.to)].sorted()
            return Box(
                around: Position(middle(column), (ends[0] + ends[1]) / 2), width: min(64, 0.68 * step),
                height: ends[1] - ends[0])
        }
        // Every name and total where all have room, else every second, third …
        let texts = names.indices.flatMap { [names[$0], total($0)] }
        let widest = texts.map { TextWidth.of($0, size: Drawing.fontSize) }.max() ?? 0
        let every = max(1, Int(((widest + 6) / step).rounded(.up)))
        for column in stride(from: 0, to: names.count, by: every) {
            let end = scale.place(of: reach(parts[column]).upperBound)
            let text = Box(
                of: total(column), at: Position(middle(column), 0), align: .middle, size: Drawing.fontSize)
            // Left of the axis stand its own numbers.
            if text.left > left - 4 {
                drawing.write(
                    total(column), at: Position(middle(column), end - 8), align: .middle, isAbovePicture: true
                )
            }
            drawing.write(names[column], at: Position(middle(column), bottom + 14), align: .middle)
        }
        drawing.y = bottom + 26
    }

    /// All parts in the colours of their series; those that are wide enough end a little before the next one.
    private func drawSeries(on drawing: inout Drawing, _ box: (Int, Part) -> Box) {
        let parts = parts
        for (place, one) in series.enumerated() {
            drawing.group(fill: one.paint) { drawing in
                for row in names.indices where values[row][place] != 0 {
                    var box = box(row, parts[row][place])
                    if isUpright, box.height > 3 {
                        box.top += 0.8
                        box.height -= 0.8
                    } else if !isUpright, box.width > 3 {
                        box.width -= 0.8
                        if values[row][place] < 0 { box.left += 0.8 }
                    }
                    drawing.rectangle(box, tip: tip(row, place))
                }
            }
        }
    }

    package var specification: [String: JSONValue] {
        let rows = names.indices.flatMap { row in
            series.indices.map { part in
                JSONValue.object([
                    "name": .text(names[row]), "series": .text(series[part].title),
                    "value": JSONValue(values[row][part]), "order": .number(Double(part)),
                ])
            }
        }
        let category: JSONValue = [
            "field": "name", "type": "nominal", "sort": nil,
            "axis": ["title": isUpright ? nil : .text(namesTitle), "labelAngle": 0, "labelLimit": 0],
        ]
        let amount: JSONValue = [
            "field": "value", "type": "quantitative", "stack": "zero", "axis": scaled.axis,
        ]
        let encoding: JSONValue = [
            isUpright ? "x" : "y": category, isUpright ? "y" : "x": amount,
            "color": VegaLite.colour(of: series), "order": ["field": "order", "type": "quantitative"],
            "tooltip": [
                ["field": "name", "title": .text(namesTitle)], ["field": "series", "title": "Part"],
                ["field": "value", "type": "quantitative", "format": ",", "title": .text(measure.fullTitle)],
            ],
        ]
        return [
            "data": ["values": .array(rows)], "mark": ["type": "bar"], "encoding": encoding,
            isUpright ? "width" : "height": ["step": isUpright ? 60 : 20],
            isUpright ? "height" : "width": isUpright ? 280 : 520,
        ]
    }
}
