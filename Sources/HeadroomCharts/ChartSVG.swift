extension Chart {
    /// How a chart is drawn as SVG.
    public struct SVGOptions: Sendable {
        /// In pixels; the height follows from the content.
        public var width: Double
        /// With a style of its own, paper, title and subtitle: a file. Otherwise for a page that has `Chart.styleSheet`
        /// and writes the title itself.
        public var isAlone: Bool
        /// What the ids inside begin with; nil: the chart's name. Unlike another chart's of the same page.
        public var id: String?

        public init(width: Double = 720, isAlone: Bool = true, id: String? = nil) {
            self.width = width
            self.isAlone = isAlone
            self.id = id
        }
    }

    /// The chart as an SVG document: text as text, no scripts, the same bytes for the same figures.
    public func svg(_ options: SVGOptions = SVGOptions()) -> String {
        let drawing = drawing(options)
        let id = Drawing.escaped(options.id ?? name)
        let (width, height) = (options.width.xml, drawing.y.rounded(.up).xml)
        var svg = """
            <svg xmlns="http://www.w3.org/2000/svg" class="headroom-chart" role="img" viewBox="0 0 \(width) \(height)" \
            width="\(width)" height="\(height)" aria-labelledby="\(id)-title \(id)-description" \
            font-family="\(Self.fonts)" font-size="\(Drawing.fontSize.xml)">
            <title id="\(id)-title">\(Drawing.escaped(title))</title>
            <desc id="\(id)-description">\(Drawing.escaped(description))</desc>

            """
        if options.isAlone {
            svg += "<style>\n\(Self.styleSheet)</style>\n"
            var paper = Drawing(width: options.width, margin: 0, y: 0)
            paper.group(fill: .paper) {
                $0.rectangle(Box(left: 0, top: 0, width: options.width, height: drawing.y.rounded(.up)))
            }
            svg += paper.text
        }
        return svg + drawing.text + "</svg>\n"
    }

    private static let fonts =
        "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"

    package func drawing(_ options: SVGOptions) -> Drawing {
        var drawing = Drawing(
            width: options.width, margin: options.isAlone ? 16 : 2, y: options.isAlone ? 14 : 2)
        if options.isAlone {
            drawing.writeParagraph(title, size: 16, isBold: true)
            if !subtitle.isEmpty { drawing.writeParagraph(subtitle, .muted) }
            drawing.y += 6
        }
        drawing.drawKey(content.key)
        content.draw(on: &drawing)
        if !notes.isEmpty { drawing.y += 6 }
        for note in notes { drawing.writeParagraph(note, .muted, size: 11) }
        drawing.y += options.isAlone ? 12 : 2
        return drawing
    }
}

extension Drawing {
    /// What colours and shapes stand for, in as many lines as it takes.
    mutating func drawKey(_ key: [KeyEntry]) {
        guard !key.isEmpty else { return }
        var x = left
        for entry in key {
            let lines = TextWidth.lines(entry.title, size: Self.fontSize, width: right - left - 18)
            let needed =
                18 + TextWidth.of(lines.count > 1 ? entry.title : lines.first ?? "", size: Self.fontSize)
            if x > left, x + needed > right {
                x = left
                y += 18
            }
            mark(entry.shape, entry.paint, at: Position(x + 7, y + 9))
            for (place, line) in lines.enumerated() {
                if place > 0 { y += 18 }
                write(line, at: Position(x + 18, y + 9))
            }
            x += needed + 16
        }
        y += 26
    }
}
