extension Regions {
    /// The points of regions whose table says where they lie, in degrees.
    package var places: [RegionIndex: RegionShape] {
        guard let north = values(ofTag: "latitude"), let east = values(ofTag: "longitude") else { return [:] }
        var places: [RegionIndex: RegionShape] = [:]
        for (region, texts) in zip(indices, zip(north, east)) {
            guard let latitude = Double(texts.0), let longitude = Double(texts.1), abs(latitude) <= 90,
                abs(longitude) <= 360
            else { continue }
            places[region] = .point(GeographicPosition(longitude: longitude, latitude: latitude))
        }
        return places
    }
}
