/// Axes: ticks, their numbers, and the lines that lead the eye.
extension Drawing {
    /// A scale across, as finely divided as its numbers can be written side by side.
    func scaleAcross(
        _ values: [Double], _ measure: ScaledMeasure, includesZero: Bool, from start: Double, to end: Double
    ) -> Scale {
        var intervals = max(1, Int((end - start) / 70))
        while true {
            let scale = Scale(
                values, includesZero: includesZero, intervals: intervals, from: start, to: end)
            let labels = scale.ticks.map {
                Box(
                    of: measure.tick($0, step: scale.step), at: Position(scale.place(of: $0), 0),
                    align: .middle,
                    size: 11)
            }
            let collides = zip(labels, labels.dropFirst()).contains { $0.right + 6 > $1.left }
            guard collides, intervals > 1 else { return scale }
            intervals -= 1
        }
    }

    /// Lines down through a picture at every tick, with the numbers below and what they count below those; moves on.
    mutating func drawAxisBelow(_ scale: Scale, _ measure: ScaledMeasure, top: Double, zeroLine: Bool = true)
    {
        let bottom = y
        group(stroke: .grid) { drawing in
            for tick in scale.ticks where tick != 0 || !zeroLine {
                let x = scale.place(of: tick)
                drawing.line(Position(x, top), Position(x, bottom))
            }
        }
        if zeroLine, scale.ticks.contains(0) {
            group(stroke: .muted) {
                $0.line(Position(scale.place(of: 0), top), Position(scale.place(of: 0), bottom))
            }
        }
        var last = -Double.infinity
        for tick in scale.ticks {
            let text = measure.tick(tick, step: scale.step)
            let box = Box(of: text, at: Position(scale.place(of: tick), 0), align: .middle, size: 11)
            // The outermost numbers stay on the paper.
            let shift = max(0, -box.left) - max(0, box.right - width)
            guard box.left + shift > last else { continue }
            last = box.right + shift
            write(
                text, at: Position(scale.place(of: tick) + shift, bottom + 13), align: .middle, .muted,
                size: 11)
        }
        y = bottom + 23
        writeParagraph(measure.title, .muted, size: 11)
    }

    /// What a scale that goes up counts, above it; moves on.
    mutating func drawTitleAbove(_ measure: ScaledMeasure) {
        writeParagraph(measure.title, .muted, size: 11)
        y += 8
    }

    /// How wide the numbers of a scale that goes up are.
    static func widthOfTicks(_ scale: Scale, _ measure: ScaledMeasure) -> Double {
        scale.ticks.map { TextWidth.of(measure.tick($0, step: scale.step), size: 11) }.max() ?? 0
    }

    /// Lines across at every tick, with the numbers left of them.
    mutating func drawAxisLeft(_ scale: Scale, _ measure: ScaledMeasure, from left: Double, to right: Double)
    {
        for tick in scale.ticks {
            let height = scale.place(of: tick)
            group(stroke: tick == 0 ? .muted : .grid) {
                $0.line(Position(left, height), Position(right, height))
            }
            write(
                measure.tick(tick, step: scale.step), at: Position(left - 6, height), align: .end, .muted,
                size: 11)
        }
    }
}

/// Rows with a name each: names left of the rows, or above them where they would take too much of the width.
struct RowNames {
    private let names: [[String]]
    private let isAbove: Bool
    private static let lineHeight = 15.0
    /// Where the rows' pictures begin.
    let left: Double

    init(_ names: [String], on drawing: Drawing) {
        let widest = names.map { TextWidth.of($0, size: Drawing.fontSize) }.max() ?? 0
        isAbove = widest > 0.36 * (drawing.right - drawing.left)
        let room = isAbove ? drawing.right - drawing.left : .infinity
        self.names = names.map { TextWidth.lines($0, size: Drawing.fontSize, width: room) }
        left = drawing.left + (isAbove ? 0 : widest + 8)
    }

    /// Writes the names and moves on below the last row.
    ///
    /// - Returns: The middle of each row's picture.
    func draw(on drawing: inout Drawing, rowHeight: Double) -> [Double] {
        names.map { lines in
            if isAbove {
                for line in lines {
                    drawing.write(line, at: Position(drawing.left, drawing.y + 0.5 * Self.lineHeight))
                    drawing.y += Self.lineHeight
                }
            }
            let middle = drawing.y + rowHeight / 2
            if !isAbove, let name = lines.first {
                drawing.write(name, at: Position(left - 8, middle), align: .end)
            }
            drawing.y += rowHeight
            return middle
        }
    }
}
