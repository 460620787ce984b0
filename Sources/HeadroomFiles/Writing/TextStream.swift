import Foundation

/// Text on its way to an open file: gathered into blocks, so that a large result is never in memory whole.
///
/// A failure is kept until `finish`; what is written after it is dropped.
public final class TextStream: TextOutputStream {
    private let file: Int32
    private let name: String
    private var block: [UInt8] = []
    private var failure: UnwritableFile?
    private static let blockSize = 1 << 16

    /// - Parameter name: What messages call the file.
    public init(to file: Int32, named name: String) {
        self.file = file
        self.name = name
        block.reserveCapacity(2 * Self.blockSize)
    }

    public func write(_ text: String) { write(text.utf8) }

    package func write(_ bytes: some Collection<UInt8>) {
        block += bytes
        if block.count >= Self.blockSize { flush() }
    }

    /// Writes what is left.
    ///
    /// - Throws: The first failure.
    public func finish() throws(UnwritableFile) {
        flush()
        if let failure { throw failure }
    }

    private func flush() {
        var rest = block[...]
        while failure == nil, !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else {
                failure = UnwritableFile(path: name, reason: systemError)
            }
        }
        block.removeAll(keepingCapacity: true)
    }
}

var systemError: String { String(cString: strerror(errno)) }
