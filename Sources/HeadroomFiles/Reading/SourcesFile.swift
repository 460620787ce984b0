import Foundation
import Headroom

extension LoadedPlan {
    /// What the file is called in which a plan folder says where its figures come from.
    public static let sourcesFileName = "SOURCES.md"

    /// The text of the folder's `SOURCES.md`; nil where it has none, or the plan is a bare region table.
    ///
    /// - Throws: `UnreadableFile`, or `InvalidFiles` where it is no text.
    public func sourcesText() throws -> String? {
        guard let path = pathInFolder(of: Self.sourcesFileName) else { return nil }
        let file = try InputFile(path: path)
        guard let text = file.text else {
            throw InvalidFiles(diagnostics: [Diagnostic(.error, SourceLocation(path), file.faultOfText)])
        }
        return text
    }

    /// A file of the plan's folder; nil where it is not there, or the plan is a bare region table.
    func pathInFolder(of name: String) -> String? {
        guard let plan = inputs.first, ["yaml", "yml"].contains(URL(fileURLWithPath: plan).pathExtension)
        else { return nil }
        let path = joined(parent(of: plan), name)
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }
}
