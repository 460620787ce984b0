import Foundation

/// Rows in pieces, each the work of one thread at a time: enough of them to share, few enough to hold some at once.
package enum RowPieces {
    private static let size = 1 << 11

    /// What is written does not depend on it.
    package static var threads: Int { ProcessInfo.processInfo.activeProcessorCount }

    /// How many pieces some rows make.
    package static func count(of rows: Int) -> Int { (rows + size - 1) / size }

    package static func rows(of piece: Int, of rows: Int) -> Range<Int> {
        piece * size..<min((piece + 1) * size, rows)
    }

    /// Makes the text of many rows piece by piece on all threads, and hands the pieces on in their order.
    ///
    /// Only some pieces are held at once.
    package static func forEach(
        of rows: Int, text: @Sendable (Range<Int>) -> [UInt8], _ body: ([UInt8]) -> Void
    ) {
        let count = count(of: rows)
        let atOnce = 8 * threads
        for first in stride(from: 0, to: count, by: atOnce) {
            let pieces = concurrentMap(min(atOnce, count - first), threads: threads) {
                text(self.rows(of: first + $0, of: rows))
            }
            pieces.forEach(body)
        }
    }
}
