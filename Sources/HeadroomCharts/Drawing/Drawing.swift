import Foundation

/// An SVG drawing in the making: elements as text, written in the order they are drawn, coordinates to a hundredth.
package struct Drawing {
    /// Where the next thing is drawn, from the top.
    package var y: Double
    package let width: Double
    /// The empty border on both sides.
    package let margin: Double
    private(set) package var text = ""
    /// Everything that was written, and where: what tests look for collisions in.
    private(set) package var textBoxes: [Box] = []

    package static let fontSize = 12.0

    package init(width: Double, margin: Double, y: Double) {
        self.width = width
        self.margin = margin
        self.y = y
    }

    package var left: Double { margin }
    package var right: Double { width - margin }

    // MARK: Elements

    /// Draws other things with these colours.
    ///
    /// - Parameter attributes: Others, such as the width of strokes.
    package mutating func group(
        fill: Paint? = nil, stroke: Paint? = nil, _ attributes: String = "",
        _ content: (inout Drawing) -> Void
    ) {
        text += "<g\(Self.colours(fill, stroke))\(attributes.isEmpty ? "" : " " + attributes)>\n"
        content(&self)
        text += "</g>\n"
    }

    /// Classes for style sheets, and the colours themselves for programs that know no custom properties.
    private static func colours(_ fill: Paint?, _ stroke: Paint?) -> String {
        let classes = [fill.map { "fill-\($0.name)" }, stroke.map { "stroke-\($0.name)" }].compactMap(\.self)
        guard !classes.isEmpty else { return "" }
        return " class=\"\(classes.joined(separator: " "))\" fill=\"\(fill?.light ?? "none")\""
            + (stroke.map { " stroke=\"\($0.light)\"" } ?? "")
    }

    private mutating func element(_ name: String, _ attributes: String, tip: String?) {
        let end = tip.map { "><title>\(Self.escaped($0))</title></\(name)>\n" } ?? "/>\n"
        text += "<\(name) \(attributes)\(end)"
    }

    /// - Parameter tip: What is shown where a pointer rests on it.
    package mutating func rectangle(_ box: Box, tip: String? = nil, _ attributes: String = "") {
        let place = "x=\"\(box.left.xml)\" y=\"\(box.top.xml)\" width=\"\(box.width.xml)\""
        element("rect", "\(place) height=\"\(box.height.xml)\"\(attributes)", tip: tip)
    }

    package mutating func line(_ from: Position, _ to: Position, tip: String? = nil) {
        element(
            "line", "x1=\"\(from.x.xml)\" y1=\"\(from.y.xml)\" x2=\"\(to.x.xml)\" y2=\"\(to.y.xml)\"",
            tip: tip)
    }

    package mutating func path(_ path: String, tip: String? = nil) {
        element("path", "d=\"\(path)\"", tip: tip)
    }

    package mutating func circle(_ centre: Position, radius: Double, tip: String? = nil) {
        element("circle", "cx=\"\(centre.x.xml)\" cy=\"\(centre.y.xml)\" r=\"\(radius.xml)\"", tip: tip)
    }

    /// A mark of some shape, 10 to 16 units wide, in a colour.
    package mutating func mark(_ shape: Shape, _ paint: Paint, at centre: Position, tip: String? = nil) {
        switch shape {
        case .square:
            group(fill: paint) { $0.rectangle(Box(around: centre, width: 10, height: 10), tip: tip) }
        case .circle: group(fill: paint) { $0.circle(centre, radius: 5, tip: tip) }
        case .ring:
            group(fill: .paper, stroke: paint, "stroke-width=\"1.8\"") {
                $0.circle(centre, radius: 4, tip: tip)
            }
        case .diamond:
            let (x, y) = (centre.x, centre.y)
            let corners = [
                Position(x - 6.5, y), Position(x, y - 6.5), Position(x + 6.5, y), Position(x, y + 6.5),
            ]
            group(fill: paint) { $0.path(Self.polygon(corners), tip: tip) }
        case .line, .dashedLine:
            let dashes = shape == .line ? "" : " stroke-dasharray=\"4 3\""
            group(stroke: paint, "stroke-width=\"2.2\"" + dashes) {
                $0.line(Position(centre.x - 8, centre.y), Position(centre.x + 8, centre.y), tip: tip)
            }
        }
    }

    package static func polyline(_ points: [Position]) -> String {
        points.isEmpty ? "" : "M" + points.map { "\($0.x.xml) \($0.y.xml)" }.joined(separator: "L")
    }

    package static func polygon(_ points: [Position]) -> String { polyline(points) + "Z" }

    // MARK: Text

    /// Writes a line of text whose middle is at a height.
    ///
    /// - Parameter align: Of the text against the point.
    package mutating func write(
        _ line: String, at point: Position, align: Align = .start, _ paint: Paint = .ink,
        size: Double = Drawing.fontSize, isBold: Bool = false, isAbovePicture: Bool = false
    ) {
        guard !line.isEmpty else { return }
        textBoxes.append(Box(of: line, at: point, align: align, size: size))
        // Where lines run below the text, a rim of paper keeps it readable.
        let rim =
            isAbovePicture ? " stroke=\"\(Paint.paper.light)\" paint-order=\"stroke\" stroke-width=\"3\"" : ""
        let classes = "fill-\(paint.name)" + (isAbovePicture ? " stroke-paper" : "")
        text +=
            "<text x=\"\(point.x.xml)\" y=\"\((point.y + 0.36 * size).xml)\" class=\"\(classes)\" "
            + "fill=\"\(paint.light)\"\(rim)\(align == .start ? "" : " text-anchor=\"\(align.rawValue)\"")"
            + (size == Self.fontSize ? "" : " font-size=\"\(size.xml)\"")
            + (isBold ? " font-weight=\"600\"" : "") + ">\(Self.escaped(line))</text>\n"
    }

    package enum Align: String, Sendable { case start, middle, end }

    /// Writes a paragraph over the whole width, and moves on below it.
    package mutating func writeParagraph(
        _ paragraph: String, _ paint: Paint = .ink, size: Double = Drawing.fontSize, isBold: Bool = false
    ) {
        // Bold letters are wider by a tenth.
        let room = (right - left) / (isBold ? 1.1 : 1)
        for line in TextWidth.lines(paragraph, size: size, width: room) {
            write(line, at: Position(left, y + 0.7 * size), paint, size: size, isBold: isBold)
            y += 1.4 * size
        }
    }

    /// Text as XML's content or attributes hold it; what XML cannot hold becomes the replacement character.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result += " "
            case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

package struct Position: Equatable, Sendable {
    package var x: Double
    package var y: Double

    package init(_ x: Double, _ y: Double) {
        self.x = x
        self.y = y
    }
}

/// A rectangle with its sides along the axes.
package struct Box: Equatable, Sendable {
    package var left: Double
    package var top: Double
    package var width: Double
    package var height: Double

    package init(left: Double, top: Double, width: Double, height: Double) {
        self.left = left
        self.top = top
        self.width = width
        self.height = height
    }

    package init(around centre: Position, width: Double, height: Double) {
        self.init(left: centre.x - width / 2, top: centre.y - height / 2, width: width, height: height)
    }

    /// What a line of text takes, its middle at the point's height.
    package init(of text: String, at point: Position, align: Drawing.Align, size: Double) {
        let width = TextWidth.of(text, size: size)
        let left = point.x - (align == .start ? 0 : align == .middle ? width / 2 : width)
        self.init(left: left, top: point.y - 0.55 * size, width: width, height: 1.1 * size)
    }

    package var right: Double { left + width }
    package var bottom: Double { top + height }

    package func overlaps(_ other: Box) -> Bool {
        left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }

    package func contains(_ other: Box) -> Bool {
        left <= other.left && other.right <= right && top <= other.top && other.bottom <= bottom
    }
}

extension Double {
    /// To a hundredth, without what says nothing.
    package var xml: String {
        let hundredths = (self * 100).rounded()
        guard abs(hundredths) < 1e15 else { return "0" }
        let (whole, rest) = Int(abs(hundredths)).quotientAndRemainder(dividingBy: 100)
        let sign = hundredths < 0 ? "-" : ""
        if rest == 0 { return "\(sign)\(whole)" }
        return rest % 10 == 0
            ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
