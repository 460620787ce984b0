internal import Foundation
internal import Headroom

/// Reads the features of a GeoJSON file (RFC 7946) as places of regions.
struct OutlineReader {
    private(set) var shapes: [RegionIndex: RegionShape] = [:]
    private(set) var diagnostics: [Diagnostic] = []

    private let path: String
    private let regions: [String: RegionIndex]
    /// By region, the number of its feature.
    private var numbers: [RegionIndex: Int] = [:]
    private var unknown: [(id: String, line: Int)] = []

    /// - Throws: `InvalidFiles` with all problems.
    init(_ file: InputFile, _ regions: Regions) throws(InvalidFiles) {
        path = file.path
        self.regions = Dictionary(zip(regions.ids, regions.indices), uniquingKeysWith: { first, _ in first })
        let bytes = file.bytes
        let features = try features(of: bytes)
        let lines = FeatureLines(bytes).lines
        for (place, feature) in features.enumerated() {
            read(feature, number: place + 1, line: lines.count == features.count ? lines[place] : 1)
        }
        reportUnknown(of: features.count, expected: regions.ids)
        guard !diagnostics.hasErrors else { throw InvalidFiles(diagnostics: diagnostics) }
    }

    private mutating func report(_ severity: Finding.Severity, _ line: Int, _ message: String) {
        diagnostics.append(Diagnostic(severity, SourceLocation(path, line: line), message))
    }

    // MARK: The file

    private func features(of bytes: [UInt8]) throws(InvalidFiles) -> [Any] {
        func fault(_ line: Int, _ message: String) -> InvalidFiles {
            InvalidFiles(diagnostics: [Diagnostic(.error, SourceLocation(path, line: line), message)])
        }
        let content: Any
        do {
            content = try JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
        } catch {
            let reason = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String
            let offset = reason.flatMap { $0.split(separator: " ").last?.prefix(while: \.isNumber) }.flatMap {
                Int($0)
            }
            let line = 1 + bytes.prefix(offset ?? 0).count { $0 == UInt8(ascii: "\n") }
            throw fault(line, "the file is no JSON: \(reason ?? error.localizedDescription)")
        }
        let object = content as? [String: Any]
        guard let object, object["type"] as? String == "FeatureCollection",
            let features = object["features"] as? [Any]
        else {
            let found = (object?["type"] as? String).map { "found type “\($0)”" } ?? "found no such type"
            throw fault(1, "\(found), expected GeoJSON of type FeatureCollection with features")
        }
        return features
    }

    // MARK: A feature

    private mutating func read(_ feature: Any, number: Int, line: Int) {
        guard let feature = feature as? [String: Any], feature["type"] as? String == "Feature" else {
            return report(.error, line, "feature \(number) is no object of type Feature")
        }
        let properties = feature["properties"] as? [String: Any]
        let ids = [properties?["region"], properties?["id"], feature["id"]].compactMap(Self.id)
        guard let id = ids.first else {
            return report(
                .error, line,
                "feature \(number) does not say its region: expected the id as property `region` or `id`, or as the "
                    + "feature's own `id`")
        }
        guard let region = regions[id] else {
            unknown.append((id, line))
            return
        }
        if let other = numbers[region] {
            return report(
                .error, line,
                "feature \(number) is of region “\(id)”, as feature \(other) is: make one MultiPolygon of them"
            )
        }
        numbers[region] = number
        // A region without a place is told of by whoever asks for all places.
        guard let geometry = feature["geometry"], !(geometry is NSNull) else { return }
        do throws(GeoJSONGeometry.Fault) {
            shapes[region] = try GeoJSONGeometry.shape(geometry)
        } catch {
            report(.error, line, "feature \(number) (\(id)): \(error.message)")
        }
    }

    /// Numbers are ids as well, as they are written without a point.
    private static func id(_ value: Any?) -> String? {
        if let text = value as? String { return text }
        return (value as? Double).flatMap { Int(exactly: $0) }.map(String.init)
    }

    private mutating func reportUnknown(of count: Int, expected: [String]) {
        guard let first = unknown.first else { return }
        let found = unknown.map(\.id).shortened
        if unknown.count == count {
            report(
                .error, first.line,
                "none of the \(count) features is of a region of the plan: found \(found), expected ids such as "
                    + "\(expected.shortened)")
        } else {
            report(
                .warning, first.line,
                "\(unknown.count) of \(count) features are of no region of the plan and are left out: \(found)"
            )
        }
    }
}

/// The lines on which the features of a GeoJSON file begin.
struct FeatureLines {
    private(set) var lines: [Int] = []

    /// - Parameter bytes: JSON.
    init(_ bytes: [UInt8]) {
        var (line, depth, place) = (1, 0, 0)
        var key: ArraySlice<UInt8> = []
        var isInFeatures = false
        while place < bytes.count {
            switch bytes[place] {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "\""):
                let end = Self.endOfString(bytes, from: place + 1)
                if depth == 1 { key = bytes[(place + 1)..<end] }
                place = end
            case UInt8(ascii: "{"):
                if depth == 2, isInFeatures { lines.append(line) }
                depth += 1
            case UInt8(ascii: "["):
                if depth == 1 { isInFeatures = key.elementsEqual("features".utf8) }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            place += 1
        }
    }

    /// The place of the quote that ends a string.
    private static func endOfString(_ bytes: [UInt8], from start: Int) -> Int {
        var place = start
        while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
            place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(place, bytes.count)
    }
}
