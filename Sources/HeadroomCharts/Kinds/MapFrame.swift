import Headroom

/// Where a projected map lies on paper.
struct MapFrame {
    let projection: MapProjection
    let box: Box
    private let scale: Double
    private let origin: Position
    private let extent: (west: Double, east: Double, south: Double, north: Double)

    /// - Parameter border: Kept free on all sides.
    init(
        _ projection: MapProjection, _ positions: some Sequence<GeographicPosition>, top: Double,
        across: ClosedRange<Double>, border: Double
    ) {
        var (left, right, up, down) = (Double.infinity, -Double.infinity, Double.infinity, -Double.infinity)
        var extent = (west: 180.0, east: -180.0, south: 90.0, north: -90.0)
        for position in positions {
            let point = projection.project(position)
            left = min(left, point.x)
            right = max(right, point.x)
            up = min(up, point.y)
            down = max(down, point.y)
            let east = position.longitude - projection.meridian
            let turned = east - 360 * ((east + 180) / 360).rounded(.down)
            extent = (
                min(extent.west, turned), max(extent.east, turned), min(extent.south, position.latitude),
                max(extent.north, position.latitude)
            )
        }
        if left > right { (left, right, up, down) = (0, 0, 0, 0) }
        let width = across.upperBound - across.lowerBound
        let room = (width: width - 2 * border, height: 0.8 * width - 2 * border)
        let size = (width: max(right - left, 1e-6), height: max(down - up, 1e-6))
        scale = min(room.width / size.width, room.height / size.height)
        let height = scale * size.height + 2 * border
        box = Box(left: across.lowerBound, top: top, width: width, height: height)
        // In the middle, where it is the height that limits the size.
        origin = Position(
            across.lowerBound + width / 2 - scale * (left + right) / 2,
            top + height / 2 - scale * (up + down) / 2)
        self.projection = projection
        self.extent = extent
    }

    func place(_ position: GeographicPosition) -> Position {
        let point = projection.project(position)
        return Position(origin.x + scale * point.x, origin.y + scale * point.y)
    }

    /// The step of the grid that outlines are drawn on, as fine as a good screen.
    private static let grid = 0.5

    /// The ring on a grid, without points that say nothing there: those that fall together, and those on straight
    /// lines.
    ///
    /// Where a point comes to lie depends on itself alone, so that neighbours keep a border together however finely it
    /// is given.
    ///
    /// - Returns: None where the ring is too small to be seen.
    private func ring(_ positions: [GeographicPosition]) -> [Position] {
        var points: [Position] = []
        for position in positions {
            let exact = place(position)
            let point = Position(
                Self.grid * (exact.x / Self.grid).rounded(), Self.grid * (exact.y / Self.grid).rounded())
            while points.count > 1, Self.areInLine(points[points.count - 2], points[points.count - 1], point)
            {
                points.removeLast()
            }
            if points.last != point { points.append(point) }
        }
        if points.count > 1, points.first == points.last { points.removeLast() }
        return points.count < 3 ? [] : points
    }

    /// Also where the way goes back; exact, as all are on the grid.
    private static func areInLine(_ first: Position, _ second: Position, _ third: Position) -> Bool {
        (second.x - first.x) * (third.y - second.y) == (second.y - first.y) * (third.x - second.x)
    }

    func path(_ shape: RegionShape) -> String {
        switch shape {
        case .outline(let polygons):
            let rings = polygons.flatMap { $0.map(ring) }.filter { !$0.isEmpty }
            return rings.isEmpty ? diamond(shape.centre) : rings.map(Drawing.polygon).joined()
        case .point(let position): return diamond(position)
        }
    }

    /// For what has no outline that can be seen.
    private func diamond(_ position: GeographicPosition) -> String {
        let (x, y) = (place(position).x, place(position).y)
        return Drawing.polygon([
            Position(x - 3, y), Position(x, y - 3), Position(x + 3, y), Position(x, y + 3),
        ])
    }

    /// The bounds of the shape's largest polygon.
    func largestBox(of shape: RegionShape) -> Box {
        guard case .outline(let polygons) = shape else {
            return Box(around: place(shape.centre), width: 0, height: 0)
        }
        let boxes = polygons.compactMap { $0.first }.map { positions -> Box in
            let points = ring(positions)
            let (left, right) = (points.map(\.x).min() ?? 0, points.map(\.x).max() ?? 0)
            let (top, bottom) = (points.map(\.y).min() ?? 0, points.map(\.y).max() ?? 0)
            return Box(left: left, top: top, width: right - left, height: bottom - top)
        }
        return boxes.max { $0.width * $0.height < $1.width * $1.height }
            ?? Box(left: 0, top: 0, width: 0, height: 0)
    }

    /// Meridians and parallels around what is shown, at round degrees.
    var graticule: [[Position]] {
        let size = max(extent.east - extent.west, extent.north - extent.south, 1e-3)
        let step = Scale.roundStep(atLeast: size / 6)
        func degrees(_ low: Double, _ high: Double) -> [Double] {
            let first = Int((low / step).rounded(.down))
            let last = Int((high / step).rounded(.up))
            return (first...max(first, last)).map { Double($0) * step }
        }
        let west = projection.meridian + extent.west
        let east = projection.meridian + extent.east
        let meridians = degrees(west, east)
        let parallels = degrees(extent.south, extent.north).filter { abs($0) <= 90 }
        func between(_ low: Double, _ high: Double) -> [Double] {
            (0...40).map { low + Double($0) / 40 * (high - low) }
        }
        guard let south = parallels.first, let north = parallels.last, let left = meridians.first,
            let right = meridians.last
        else { return [] }
        let lines =
            meridians.map { east in
                between(south, north).map { GeographicPosition(longitude: east, latitude: $0) }
            }
            + parallels.map { north in
                between(left, right).map { GeographicPosition(longitude: $0, latitude: north) }
            }
        return lines.flatMap { clipped($0.map(place)) }
    }

    /// What of a line lies inside, in runs.
    private func clipped(_ points: [Position]) -> [[Position]] {
        points.split { !box.contains(Box(around: $0, width: 0, height: 0)) }.map(Array.init).filter {
            $0.count > 1
        }
    }
}
