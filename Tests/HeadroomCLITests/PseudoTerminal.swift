import Foundation
import Synchronization
import Testing

/// A terminal that nobody looks at: what a program writes to its end is gathered.
final class PseudoTerminal: Sendable {
    /// Where the program writes.
    let end: FileHandle
    private let reader: FileHandle
    private let isRead = DispatchSemaphore(value: 0)
    private let bytes = Mutex<[UInt8]>([])

    /// - Parameter width: In columns.
    init(width: Int) throws {
        var (reader, end) = (Int32(-1), Int32(-1))
        var size = winsize(ws_row: 50, ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
        try #require(openpty(&reader, &end, nil, nil, &size) == 0)
        self.reader = FileHandle(fileDescriptor: reader, closeOnDealloc: true)
        self.end = FileHandle(fileDescriptor: end, closeOnDealloc: true)
    }

    /// Gathers until the program, which has begun, has ended.
    func collect() {
        let file = reader.fileDescriptor
        // As long as this process holds the end too nobody sees the program close it.
        try? end.close()
        Thread.detachNewThread { [self] in
            var block = [UInt8](repeating: 0, count: 1 << 12)
            while true {
                let count = read(file, &block, block.count)
                if count < 0, errno == EINTR { continue }
                // Linux says that a terminal without a program is an error of its device.
                guard count > 0 else { break }
                bytes.withLock { $0 += block[..<count] }
            }
            isRead.signal()
        }
    }

    /// All that was written, lines ended as in files.
    func text() throws -> String {
        try #require(isRead.wait(timeout: .now() + 10) == .success)
        return String(decoding: bytes.withLock(\.self), as: UTF8.self).replacing("\r\n", with: "\n")
    }
}
