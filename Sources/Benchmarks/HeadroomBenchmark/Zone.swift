/// What kind of country a made-up region lies in; the rules of a made-up plan speak of zones.
enum Zone: String, CaseIterable {
    case metro, town, rural, remote

    /// In twenty regions 3 are metro, 6 town, 7 rural and 4 remote, and the first four are one of each.
    init(ofRegion number: Int) {
        let pattern: [Zone] = [
            .metro, .town, .rural, .remote, .rural, .town, .rural, .town, .remote, .rural,
            .metro, .town, .rural, .town, .remote, .rural, .metro, .town, .rural, .remote,
        ]
        self = pattern[number % pattern.count]
    }

    var medianUsers: Double {
        switch self {
        case .metro: 120_000
        case .town: 30_000
        case .rural: 8_000
        case .remote: 1_500
        }
    }

    /// Median access revenue, money a user and year.
    var medianRevenue: Double {
        switch self {
        case .metro: 280
        case .town: 240
        case .rural: 210
        case .remote: 190
        }
    }

    /// What terrain and distance make of a build cost.
    var costFactors: ClosedRange<Double> {
        switch self {
        case .metro: 0.9...1.2
        case .town: 1.0...1.4
        case .rural: 1.2...2.0
        case .remote: 1.5...3.0
        }
    }
}
