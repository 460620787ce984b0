/// Finds places for labels beside their marks, one after the other, where they cover nothing.
package struct LabelPlacing {
    package struct Place: Equatable, Sendable {
        package var point: Position
        package var align: Drawing.Align
        package var box: Box
    }

    /// Where labels may stand.
    private let frame: Box
    private var taken: [Box] = []

    package init(in frame: Box) { self.frame = frame }

    /// Keeps labels from a mark or a text.
    package mutating func keepFree(_ box: Box) { taken.append(box) }

    /// Keeps labels from a line, about as exactly as it is drawn.
    package mutating func keepFree(along points: [Position]) {
        for (from, to) in zip(points, points.dropFirst()) {
            let length = max(abs(to.x - from.x), abs(to.y - from.y))
            let pieces = max(1, (length / 6).rounded(.up))
            for piece in 0...Int(min(pieces, 1000)) {
                let share = Double(piece) / pieces
                let point = Position(from.x + share * (to.x - from.x), from.y + share * (to.y - from.y))
                taken.append(Box(around: point, width: 5, height: 5))
            }
        }
    }

    /// The first free place beside a mark, near ones first; nil where there is none.
    ///
    /// - Parameters:
    ///   - radius: Of the mark.
    ///   - near: Whether it may stand right at the mark alone.
    package mutating func place(
        _ text: String, beside mark: Position, radius: Double, size: Double = Drawing.fontSize,
        near: Bool = false
    ) -> Place? {
        for distance in near ? [radius + 4] : [radius + 4, radius + 14, radius + 28] {
            let (aside, far) = (distance * 0.7, distance + 0.5 * size)
            let candidates: [(Double, Double, Drawing.Align)] = [
                (distance, 0, .start), (-distance, 0, .end), (0, -far, .middle), (0, far, .middle),
                (aside, -aside - 4, .start), (aside, aside + 4, .start), (-aside, -aside - 4, .end),
                (-aside, aside + 4, .end),
            ]
            for (right, down, align) in candidates {
                let point = Position(mark.x + right, mark.y + down)
                let box = Box(of: text, at: point, align: align, size: size)
                guard frame.contains(box), !taken.contains(where: box.overlaps) else { continue }
                taken.append(box)
                return Place(point: point, align: align, box: box)
            }
        }
        return nil
    }

    /// The middle of a box, if the text has room in it; nil where it has not, or the place is taken.
    package mutating func place(_ text: String, centredIn room: Box) -> Place? {
        let centre = Position(room.left + room.width / 2, room.top + room.height / 2)
        let box = Box(of: text, at: centre, align: .middle, size: 11)
        guard room.contains(box), frame.contains(box), !taken.contains(where: box.overlaps) else {
            return nil
        }
        taken.append(box)
        return Place(point: centre, align: .middle, box: box)
    }
}
