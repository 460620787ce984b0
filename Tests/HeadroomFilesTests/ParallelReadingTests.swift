import Foundation
import Headroom
import HeadroomTestSupport
import Testing

@testable import HeadroomFiles

/// A region table reads the same, whatever the pieces and threads it is read in.
struct ParallelReadingTests {
    private static let header = [
        "region", "name", "users", "zone", "capacity", "idle_capacity", "demand_growth", "revenue_per_user",
    ]

    private static let texts = [
        "a", "West", "total", "", " padded ", "\u{A0}\u{4E2D}\u{6587}\u{A0}", "e\u{301}", "two\nlines",
        "a\r\nb\rc",
        "\n", "say \"yes\"", "\"", "\"\n\"", "x,y;z\tw", "a value longer than fifteen bytes",
    ]

    private static let numbers = [
        "100", "5e3", "5_000", "12.5%", "46.000", "8.120", " 7 ", "-1", "", "x", "1,5", "nan", "1e999", "\n5",
        "0.25",
    ]

    /// A table of up to 40 rows: fields quoted where they must be and now and then where they need not, rows too short,
    /// blank lines, rows of delimiters.
    private func table(_ random: inout SplitMix64) -> String {
        let delimiter = random.pick([",", ";", "\t"])
        let lineEnd = random.pick(["\n", "\r\n", "\r"])
        func written(_ text: String) -> String {
            let mustBeQuoted = text.utf8.contains { "\"\r\n,;\t".utf8.contains($0) }
            guard mustBeQuoted || random.next() % 5 == 0 else { return text }
            return "\"\(text.replacing("\"", with: "\"\""))\""
        }
        var lines = [Self.header.map(written).joined(separator: delimiter)]
        for row in 0..<random.next() % 40 {
            var cells = [random.next() % 8 == 0 ? random.pick(Self.texts) : "R\(row)"]
            for column in Self.header.dropFirst() {
                cells.append(random.pick(column == "name" || column == "zone" ? Self.texts : Self.numbers))
            }
            if random.next() % 10 == 0 { cells.removeLast(Int(random.next() % 8)) }
            if random.next() % 10 == 0 { lines.append(random.pick(["", ",,,,,,,", "\"\""])) }
            lines.append(cells.map(written).joined(separator: delimiter))
        }
        return lines.joined(separator: lineEnd) + (random.next() % 2 == 0 ? lineEnd : "")
    }

    /// All that a reader knows, numbers bit by bit.
    private func reading(_ text: String, pieces: Int) -> [String] {
        let reader = RegionTableReader(InputFile(path: "t.csv", text: text), threads: 2, pieces: pieces)
        let numbers = RegionColumn.numeric.map { column in
            "\(column): \(reader.table.numbers[column]?.map(\.bitPattern) ?? [])"
        }
        let places = (0..<reader.table.count).map { "\(reader.location(row: $0, column: .capacity))" }
        return ["\(reader.table.ids)", "\(reader.table.names)", "\(reader.table.tags)"] + numbers + places
            + reader.diagnostics.map(\.description) + reader.malformed.map { "\($0)" }.sorted()
    }

    @Test("Pieces read by themselves are the table read at once", arguments: 0..<10 as Range<UInt64>)
    func pieces(batch: UInt64) {
        for seed in batch * 12..<(batch + 1) * 12 {
            var random = SplitMix64(seed: seed)
            let text = table(&random)
            let whole = reading(text, pieces: 1)
            for pieces in [2, 3, 7, 100] {
                #expect(reading(text, pieces: pieces) == whole, "seed \(seed), \(pieces) pieces")
            }
        }
    }

    @Test("Broken tables are the same in pieces, to the first fault", arguments: 0..<10 as Range<UInt64>)
    func brokenTables(batch: UInt64) {
        for seed in batch * 12..<(batch + 1) * 12 {
            var random = SplitMix64(seed: seed)
            var mutations = Mutations(seed: seed)
            let text = String(decoding: mutations.mutated(table(&random)), as: UTF8.self)
            let whole = reading(text, pieces: 1)
            for pieces in [2, 3, 7, 100] {
                #expect(reading(text, pieces: pieces) == whole, "seed \(seed), \(pieces) pieces")
            }
        }
    }

    @Test("Pieces begin at a record and at its line", arguments: [1, 2, 3, 7, 50])
    func places(pieces: Int) {
        let text = "a,b\r\n\"x\r\n\"\"y\",1\r\n\r\n\u{4E2D},\"\n\n\"\r\rlast,\"2\""
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            let records = RecordPieces(bytes, from: RecordScanner.Place(), count: pieces, threads: 2)
            let recordStarts = [(0, 1), (5, 2), (17, 4), (19, 5), (28, 8), (29, 9)]
            for place in records.places.dropLast() {
                #expect(
                    recordStarts.contains { $0 == (place.position, place.line) }
                        || place == records.places.last)
            }
            #expect(records.places.last == RecordScanner.Place(position: bytes.count, line: 9))
            #expect(records.count == pieces)
        }
    }

    @Test(
        "A byte that is no UTF-8 is found wherever the text is cut",
        arguments: [65_533, 65_535, 65_536, 131_071])
    func invalidBytes(position: Int) throws {
        var bytes = Array(String(repeating: "\u{1F600}", count: 40_000).utf8)
        let files = try PlanFiles()
        func isText() throws -> Bool {
            try files.write(Data(bytes), to: "t.csv")
            return try InputFile(path: files.path("t.csv")).isText(threads: 2)
        }
        #expect(try isText())
        bytes.insert(0x20, at: 0)
        #expect(try isText())
        bytes[position] ^= 0x40
        #expect(try !isText())
    }
}
