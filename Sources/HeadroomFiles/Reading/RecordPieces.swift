internal import Headroom

/// Splits delimited text between records, so that each part can be read on a thread of its own.
///
/// A line end parts two records where the quotes before it are even in number: quotes around a field come in pairs, and
/// so do doubled ones. That holds up to the first quote that does not fit; whoever reads in order stops there, and what
/// comes after is of no interest.
struct RecordPieces {
    /// Where each piece begins, and the end of the text; a piece may be empty.
    private(set) var places: [RecordScanner.Place]

    var count: Int { places.count - 1 }

    /// - Parameters:
    ///   - start: Where the first record begins.
    ///   - count: Pieces to make.
    /// - Complexity: O(bytes), shared by the threads.
    init(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: RecordScanner.Place, count: Int, threads: Int
    ) {
        let length = bytes.count - start.position
        let cuts = (0...count).map { start.position + length / count * $0 + length % count * $0 / count }
        nonisolated(unsafe) let shared = bytes
        let tallies = concurrentMap(count, threads: threads) { Tally(shared, cuts[$0]..<cuts[$0 + 1]) }
        places = [start]
        var before = Tally(lineEnds: start.line - 1)
        for (cut, tally) in zip(cuts.dropFirst(), tallies) {
            before.quotes += tally.quotes
            before.lineEnds += tally.lineEnds
            places.append(Self.firstRecord(in: bytes, from: cut, after: before))
        }
    }

    /// The first place between two records at an offset or after it.
    private static func firstRecord(
        in bytes: UnsafeBufferPointer<UInt8>, from offset: Int, after before: Tally
    ) -> RecordScanner.Place {
        var place = RecordScanner.Place(position: offset, line: before.lineEnds + 1)
        var isQuoted = before.quotes % 2 == 1
        while place.position < bytes.count {
            let lineEnd = RecordScanner.lineEnd(in: bytes, at: place.position)
            if bytes[place.position] == RecordScanner.quote { isQuoted.toggle() }
            place.position += max(1, lineEnd)
            if lineEnd > 0 { place.line += 1 }
            if lineEnd > 0, !isQuoted { return place }
        }
        return place
    }

    /// What has to be known of a stretch of text to go on behind it.
    private struct Tally: Sendable {
        var quotes = 0
        /// A CRLF counts where its LF stands.
        var lineEnds = 0

        init(lineEnds: Int) { self.lineEnds = lineEnds }

        init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
            var isAfterReturn = false
            for byte in bytes[range] {
                quotes &+= byte == RecordScanner.quote ? 1 : 0
                lineEnds &+= byte == RecordScanner.lineFeed || isAfterReturn ? 1 : 0
                isAfterReturn = byte == RecordScanner.carriageReturn
            }
            let next = range.upperBound < bytes.count ? bytes[range.upperBound] : 0
            if isAfterReturn, next != RecordScanner.lineFeed { lineEnds += 1 }
        }
    }
}
