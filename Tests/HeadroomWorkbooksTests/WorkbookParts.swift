import Foundation
import HeadroomTestSupport
import Testing

/// The files in a workbook, unpacked.
final class WorkbookParts {
    private let folder: String
    let names: [String]

    init(_ bytes: [UInt8]) throws {
        folder = NSTemporaryDirectory() + "headroom-parts-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(bytes).write(to: URL(fileURLWithPath: folder + "/workbook.xlsx"))
        let unpacked = folder + "/parts"
        try Command.run("unzip", ["-q", folder + "/workbook.xlsx", "-d", unpacked])
        names = try FileManager.default.subpathsOfDirectory(atPath: unpacked).filter {
            $0.hasSuffix(".xml") || $0.hasSuffix(".rels")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(folder)/parts/\(name)", encoding: .utf8)
    }

    /// What is no XML in them.
    func problems() throws -> [String] {
        try names.flatMap { try Xmllint.problems(of: "\(folder)/parts/\($0)", isHTML: false) }
    }
}
