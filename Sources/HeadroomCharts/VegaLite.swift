extension Chart {
    /// The chart as a Vega-Lite 5 specification with its data, at full precision.
    public var vegaLite: String {
        var members = content.specification
        members["$schema"] = "https://vega.github.io/schema/vega-lite/v5.json"
        members["description"] = .text(description)
        var heading: [String: JSONValue] = ["text": .text(title), "anchor": "start"]
        let below = [subtitle] + notes
        heading["subtitle"] = .array(below.filter { !$0.isEmpty }.map { .text($0) })
        members["title"] = .object(heading)
        members["config"] = ["view": ["stroke": nil], "axis": ["domain": false, "ticks": false]]
        return JSONValue.object(members).json
    }
}

/// Pieces that several kinds of charts say to Vega-Lite.
enum VegaLite {
    /// The colour of each series, with a legend where there are several.
    static func colour(of series: [Series]) -> JSONValue {
        [
            "field": "series", "type": "nominal", "title": nil,
            "scale": [
                "domain": .array(series.map { .text($0.title) }),
                "range": .array(series.map { .text($0.paint.light) }),
            ],
            "legend": series.count < 2 ? nil : ["orient": "top", "title": nil],
        ]
    }

    static func shape(of shape: Shape) -> String {
        switch shape {
        case .diamond: "diamond"
        case .square: "square"
        default: "circle"
        }
    }
}

extension Measure {
    /// Such as `Investment, CNY`: of numbers as they are.
    var fullTitle: String {
        switch unit {
        case .money(let unit), .count(let unit): "\(title), \(unit)"
        case .share: "\(title), share"
        case .ratio: title
        }
    }
}
