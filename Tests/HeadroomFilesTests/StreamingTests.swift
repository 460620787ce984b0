import Foundation
import Headroom
import Testing

@testable import HeadroomFiles

/// What is written piece by piece is what would be written whole.
struct StreamingTests {
    /// More than one block of the stream.
    private static let regions =
        PlanFiles.regions
        + (0..<300).map { "\"R\($0), \u{4E2D}\",\"zo\"\"ne\",100,200,100,5%,300,700\n" }.joined()

    private func written(_ content: (TextStream) -> Void) throws -> String {
        let files = try PlanFiles()
        try writeFile(to: files.path("out"), content)
        return try files.text("out")
    }

    @Test("Every format streams the bytes that it has as text")
    func formats() throws {
        let plan = try PlanFiles(regions: Self.regions).solve()
        let table = try #require(plan.table())
        #expect(plan.json.utf8.count > 1 << 16)
        #expect(try written(plan.writeJSON) == plan.json)
        #expect(try written(table.writeCSV) == table.csv)
        #expect(
            try written { stream in
                var stream = stream
                plan.writeTerminalText(table, width: 100, to: &stream)
            } == plan.terminalText(table, width: 100))
        #expect(
            try written { stream in
                var stream = stream
                plan.writeMarkdown(table, to: &stream)
            } == plan.markdown(table))
    }

    @Test("Pieces of any size are written in order")
    func pieces() throws {
        let pieces =
            (0..<2000).map { String(repeating: "\($0) \u{1F600}", count: $0 % 7) }
            + [String(repeating: "x", count: 1 << 18), "end"]
        #expect(try written { for piece in pieces { $0.write(piece) } } == pieces.joined())
    }

    @Test(
        "A full disk is an error once, whatever is written after it",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func fullDisk() {
        let failure = #expect(throws: UnwritableFile.self) {
            try writeFile(to: "/dev/full") { stream in
                for _ in 0..<10 { stream.write(String(repeating: "x", count: 1 << 16)) }
            }
        }
        #expect(failure?.path == "/dev/full")
        #expect(failure?.reason == "No space left on device")
    }
}
