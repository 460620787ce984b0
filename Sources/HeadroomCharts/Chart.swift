/// A picture of some figures, before any format: described once, drawn as SVG and written as Vega-Lite.
public struct Chart: Sendable {
    /// What it is called on command lines and in ids: a stem of a file name.
    public var name: String
    public var title: String
    /// What the figures belong to, in a line.
    public var subtitle: String
    /// What the chart shows, in sentences: for people who do not see it.
    public var description: String
    /// What stands below it, a sentence each.
    public var notes: [String]
    package var content: any ChartContent

    package init(
        _ name: String, title: String, subtitle: String = "", description: String, notes: [String] = [],
        _ content: any ChartContent
    ) {
        self.name = name
        self.title = title
        self.subtitle = subtitle
        self.description = description
        self.notes = notes
        self.content = content
    }
}

/// The figures of a chart and how they are laid out: one type a kind of chart.
package protocol ChartContent: Sendable {
    /// What the colours and shapes stand for; empty where labels say it.
    var key: [KeyEntry] { get }

    /// Draws from the drawing's present height down, and moves that on.
    func draw(on drawing: inout Drawing)

    /// Everything of a Vega-Lite specification but its frame.
    var specification: [String: JSONValue] { get }

    /// The picture in lines of characters for a terminal; nil for kinds that are not drawn so.
    ///
    /// - Parameter width: Most columns that a line takes.
    func characters(width: Int) -> [String]?
}

/// A colour or shape, and what it stands for.
package struct KeyEntry: Equatable, Sendable {
    package var title: String
    package var paint: Paint
    package var shape = Shape.square
}

/// Figures of one kind, such as the spending on a lever.
package struct Series: Equatable, Sendable {
    package var title: String
    package var paint: Paint
    package var shape = Shape.square
}
