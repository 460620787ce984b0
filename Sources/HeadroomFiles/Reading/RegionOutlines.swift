internal import Foundation
public import Headroom

/// Where the regions of a plan lie: outlines from its folder's `regions.geojson`, else points from its region table.
public struct RegionOutlines: Sendable {
    /// What the file of outlines is called.
    public static let fileName = "regions.geojson"

    /// Of the regions that have a place.
    public var shapes: [RegionIndex: RegionShape]
    /// Warnings; an error would have been thrown.
    public var diagnostics: [Diagnostic]
}

extension LoadedPlan {
    var outlinesPath: String? { pathInFolder(of: RegionOutlines.fileName) }

    /// Reads where the regions lie; a region without an outline has its point.
    ///
    /// - Throws: `UnreadableFile`, or `InvalidFiles` with all problems of the outlines' file.
    public func outlines() throws -> RegionOutlines {
        let regions = planningCase.regions
        var outlines = RegionOutlines(shapes: regions.places, diagnostics: [])
        let path = outlinesPath
        if let path {
            let read = try OutlineReader(InputFile(path: path), regions)
            outlines.shapes.merge(read.shapes) { _, outline in outline }
            outlines.diagnostics = read.diagnostics
        }
        let missing = regions.indices.filter { outlines.shapes[$0] == nil }.map { regions.ids[$0.position] }
        if !missing.isEmpty, !outlines.shapes.isEmpty, let table = inputs.dropFirst().first {
            outlines.diagnostics.append(
                Diagnostic(
                    .warning, SourceLocation(path ?? table),
                    "no place for \(missing.count) of \(regions.count) regions: \(missing.shortened)"))
        }
        return outlines
    }

    /// What there is to say of the outlines; nothing where there are none.
    func outlineDiagnostics() throws -> [Diagnostic] { outlinesPath == nil ? [] : try outlines().diagnostics }
}

extension [String] {
    /// The first of them, and how many more there are.
    var shortened: String {
        let most = 5
        return prefix(most).joined(separator: ", ") + (count > most ? " and \(count - most) more" : "")
    }
}
