/// A place on the earth, in degrees (WGS 84).
public struct GeographicPosition: Equatable, Sendable {
    /// East of Greenwich.
    public var longitude: Double
    /// North of the equator.
    public var latitude: Double

    public init(longitude: Double, latitude: Double) {
        self.longitude = longitude
        self.latitude = latitude
    }
}

/// Where a region lies on the earth.
public enum RegionShape: Equatable, Sendable {
    case point(GeographicPosition)
    /// Polygons, each of an outer ring and rings of holes.
    case outline([[[GeographicPosition]]])

    public var isOutline: Bool { if case .outline = self { true } else { false } }
}
