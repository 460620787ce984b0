import Headroom

extension Chart {
    /// The chart in lines of characters for a terminal; nil for kinds that are not drawn so.
    ///
    /// - Parameter width: Most columns that a line takes.
    public func characters(width: Int) -> [String]? { content.characters(width: width) }
}

extension ChartContent {
    package func characters(width: Int) -> [String]? { nil }
}

extension Plot {
    /// Lines of dots, eight to a character, over axes with round ticks.
    package func characters(width: Int) -> [String]? {
        let picture = PlotCharacters(self, width: width)
        return picture.canvas.width < PlotCharacters.leastWidth ? nil : picture.lines
    }
}

/// A plot laid out in characters.
private struct PlotCharacters {
    static let leastWidth = 24
    private static let height = 12

    private let plot: Plot
    private let across: Scale
    private let up: Scale
    private let acrossScaled: ScaledMeasure
    private let upScaled: ScaledMeasure
    /// Columns left of the axis.
    private let room: Int
    var canvas: CharacterCanvas

    init(_ plot: Plot, width: Int) {
        self.plot = plot
        acrossScaled = plot.acrossScaled
        upScaled = plot.upScaled
        let dotsUp = Double(4 * Self.height - 1)
        let up = Scale(
            plot.points.map(\.y), includesZero: plot.upIncludesZero, intervals: 5, from: dotsUp, to: 0)
        let measure = plot.upScaled
        room = (up.ticks.map { measure.tick($0, step: up.step).columns }.max() ?? 0)
        self.up = up
        // The last tick's number reaches beyond its place.
        let columns = width - room - 6
        across = Scale(
            plot.points.map(\.x) + (plot.marked.map { [$0.value] } ?? []),
            includesZero: plot.acrossIncludesZero,
            intervals: max(1, columns / 11), from: 0, to: Double(max(2, 2 * columns) - 1))
        canvas = CharacterCanvas(width: max(1, columns), height: Self.height)
        draw()
    }

    private func dot(_ point: Position) -> Position {
        Position(across.place(of: point.x), up.place(of: point.y))
    }

    private mutating func draw() {
        for line in plot.lines {
            canvas.draw(line.points.map(dot), isDashed: line.series.shape == .dashedLine)
        }
        if let marked = plot.marked { canvas.drawUpright(at: column(of: marked.value)) }
        for one in plot.dots {
            let place = dot(one.point)
            canvas.mark(one.shape == .diamond ? "◆" : "●", at: place)
        }
        for one in plot.dots { canvas.write(one.name, beside: dot(one.point)) }
    }

    private func column(of value: Double) -> Int { CharacterCanvas.column(across.place(of: value)) }

    var lines: [String] {
        let numbers = Dictionary(
            up.ticks.map {
                (CharacterCanvas.row(up.place(of: $0)), upScaled.tick($0, step: up.step))
            }, uniquingKeysWith: { $1 })
        let rows = (0..<canvas.height).map { row -> String in
            let number = numbers[row] ?? ""
            let axis =
                String(repeating: " ", count: room - number.columns) + number + (number.isEmpty ? " │" : " ┤")
            return axis + canvas.text(row)
        }
        let ticks = across.ticks.map(column)
        let rule = (0..<canvas.width).map { ticks.contains($0) ? "┬" : "─" }.joined()
        var below = CharacterLine(width: canvas.width + 4)
        for tick in across.ticks {
            below.write(acrossScaled.tick(tick, step: across.step), around: column(of: tick))
        }
        var title = CharacterLine(width: canvas.width + 4)
        title.write(acrossScaled.title, around: canvas.width - acrossScaled.title.columns / 2)
        let blank = String(repeating: " ", count: room + 2)
        return [upScaled.title.cut(to: room + canvas.width + 6)] + marked.map { blank + $0 } + rows
            + [String(repeating: " ", count: room + 1) + "└" + rule, blank + below.text, blank + title.text]
    }

    /// What the upright line stands for, above it.
    private var marked: [String] {
        guard let marked = plot.marked else { return [] }
        var line = CharacterLine(width: canvas.width + 4)
        line.write(marked.title, around: column(of: marked.value))
        return [line.text]
    }
}

/// A line of characters that texts are written into.
private struct CharacterLine {
    /// By column; empty behind a wide letter, which takes two.
    var cells: [String]

    init(width: Int) { cells = [String](repeating: " ", count: width) }

    /// Writes a text centred, or as near to that as the line reaches; not at all where something stands.
    mutating func write(_ text: String, around column: Int) {
        let length = text.columns
        let start = max(0, min(column - length / 2, cells.count - length))
        let end = start + length
        guard end <= cells.count,
            cells[max(0, start - 1)..<min(cells.count, end + 1)].allSatisfy({ $0 == " " })
        else { return }
        write(text, from: start)
    }

    mutating func write(_ text: String, from start: Int) {
        var column = start
        for letter in text {
            let columns = String(letter).columns
            guard columns > 0 else { continue }
            cells[column] = String(letter)
            if columns == 2 { cells[column + 1] = "" }
            column += columns
        }
    }

    /// No blanks behind it.
    var text: String {
        var rest = cells[...]
        while rest.last == " " { rest.removeLast() }
        return rest.joined()
    }
}

/// A field of characters: dots of lines, eight to a character (Unicode's braille patterns), with marks and words on top.
private struct CharacterCanvas {
    let width: Int
    let height: Int
    /// By row and column: which dots are set, as in the code of a braille pattern.
    private var dots: [UInt8]
    /// By row: marks, words and upright lines.
    private var words: [CharacterLine]

    init(width: Int, height: Int) {
        self.width = width
        self.height = height
        dots = [UInt8](repeating: 0, count: width * height)
        words = [CharacterLine](repeating: CharacterLine(width: width), count: height)
    }

    /// The column and the row of a place that counts dots.
    static func column(_ x: Double) -> Int { Int((x / 2).rounded(.down)) }
    static func row(_ y: Double) -> Int { Int((y / 4).rounded(.down)) }

    /// Draws a line through points, which count dots.
    mutating func draw(_ points: [Position], isDashed: Bool) {
        var drawn = 0
        for (from, to) in zip(points, points.dropFirst()) {
            let steps = max(1, Int(max(abs(to.x - from.x), abs(to.y - from.y)).rounded(.up)))
            for step in 0...steps {
                let share = Double(step) / Double(steps)
                drawn += 1
                if isDashed, drawn % 6 >= 3 { continue }
                set(from.x + share * (to.x - from.x), from.y + share * (to.y - from.y))
            }
        }
    }

    private mutating func set(_ x: Double, _ y: Double) {
        let (column, row) = (Int(x.rounded()), Int(y.rounded()))
        guard (0..<2 * width).contains(column), (0..<4 * height).contains(row) else { return }
        dots[row / 4 * width + column / 2] |= Self.bits[row % 4][column % 2]
    }

    /// Of a braille pattern's dots by row and column, as Unicode counts them.
    private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

    mutating func drawUpright(at column: Int) {
        guard (0..<width).contains(column) else { return }
        for row in 0..<height where dots[row * width + column] == 0 { words[row].cells[column] = "┊" }
    }

    mutating func mark(_ mark: String, at place: Position) {
        let (column, row) = (Self.column(place.x), Self.row(place.y))
        guard (0..<width).contains(column), (0..<height).contains(row) else { return }
        words[row].cells[column] = mark
    }

    /// Writes a name beside a mark where it covers nothing: right of it, left of it, or a row lower or higher.
    mutating func write(_ name: String, beside place: Position) {
        let (column, row) = (Self.column(place.x), Self.row(place.y))
        let length = name.columns
        let starts = [row, row + 1, row - 1].flatMap { row in
            [column + 2, column - 1 - length].map { (row: row, start: $0) }
        }
        guard let found = starts.first(where: { isFree($0.row, $0.start - 1, length + 2) }) else { return }
        words[found.row].write(name, from: found.start)
    }

    private func isFree(_ row: Int, _ start: Int, _ length: Int) -> Bool {
        guard (0..<height).contains(row), start >= -1, start + length <= width + 1 else { return false }
        return (max(0, start)..<min(width, start + length)).allSatisfy {
            words[row].cells[$0] == " " && dots[row * width + $0] == 0
        }
    }

    func text(_ row: Int) -> String {
        var line = words[row]
        for column in 0..<width where line.cells[column] == " " {
            let pattern = UInt32(dots[row * width + column])
            if pattern != 0, let scalar = Unicode.Scalar(0x2800 + pattern) {
                line.cells[column] = String(scalar)
            }
        }
        return line.text
    }
}
