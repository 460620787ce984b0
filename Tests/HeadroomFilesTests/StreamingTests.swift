import Foundation
import Testing

@testable import Headroom
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
        #expect(try written({ plan.writeJSON(to: $0) }) == plan.json)
        #expect(try written({ table.writeCSV(to: $0) }) == table.csv)
        #expect(
            try written { stream in
                var stream = stream
                plan.writeTerminalText(table, TextStyle(width: 100), to: &stream)
            } == plan.terminalText(table, TextStyle(width: 100)))
        #expect(
            try written { stream in
                var stream = stream
                plan.writeMarkdown(table, to: &stream)
            } == plan.markdown(table))
    }

    /// More rows than some threads take at once; every hundredth is wider than all before it.
    private static let rows = (0..<100_000).map { row -> [Table.Cell] in
        let text: String = row % 100 == 0 ? "row \(row)" : "r"
        let number: Double? = row == 0 ? nil : Double(row - 70_000)
        return [.text(text), .number(number)]
    }

    @Test("Rows are joined in their order, whichever thread made them")
    func rowsInOrder() {
        let table = Table(
            columns: [.init("x", "X", priority: 0), .init("n", "N", .users, priority: 0)],
            rows: TableRows(Self.rows), total: nil, currency: "", capacityUnit: "")
        let csv = Self.rows.map { row -> String in
            guard case .text(let text) = row[0], case .number(let number) = row[1] else { return "" }
            let written: String = number.map { String(Int($0)) } ?? ""
            return "\(text),\(written)\n"
        }
        #expect(table.csv == "x,n\n" + csv.joined())
        let lines = table.terminalText(TextStyle(width: 80)).split(separator: "\n")
        #expect(lines.count == 1 + Self.rows.count)
        #expect(lines.allSatisfy { $0.count == "row 99900  −69,999".count })
        #expect(lines[1] == "row 0            –")
        #expect(lines[2] == "r          −69,999")
        #expect(lines[100_000] == "r           29,999")
        #expect(table.markdown.split(separator: "\n").last == "| r | 29,999 |")
    }

    @Test(
        "An array of many rows is what it is element by element, where most rows have none",
        arguments: [1, 777])
    func jsonArray(every: Int) {
        @Sendable func write(_ number: Int, _ json: inout JSONText) { json.object { $0.value("n", number) } }
        var inPieces = JSONText()
        inPieces.object {
            $0.array("rows", rows: 50_000) { json, rows in
                for row in rows where row > 20_000 && row % every == 0 { json.element { write(row, &$0) } }
            }
        }
        var inTurn = JSONText()
        inTurn.object {
            $0.array("rows", (20_001..<50_000).filter { $0 % every == 0 }) { json, row in write(row, &json) }
        }
        #expect(inPieces.text == inTurn.text)
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
