import Foundation
internal import Headroom

/// A file's bytes under the name that the user knows it by.
package struct InputFile {
    package let path: String
    private let data: Data

    /// Maps a file into memory; a byte order mark is left out.
    ///
    /// - Throws: `UnreadableFile`.
    package init(path: String) throws(UnreadableFile) {
        self.path = path
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
            self.data = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
        } catch {
            throw UnreadableFile(path: path, reason: Self.reason(path))
        }
    }

    /// A file that is not on the disk.
    init(path: String, text: String) {
        self.path = path
        data = Data(text.utf8)
    }

    /// A copy of the bytes.
    var bytes: [UInt8] { [UInt8](data) }

    /// Lends the bytes, which are gone afterwards.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        data.withUnsafeBytes { body($0.bindMemory(to: UInt8.self)) }
    }

    private static func reason(_ path: String) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            return "no such file"
        }
        return isFolder.boolValue ? "is a folder, expected a file" : "cannot be read"
    }

    /// Why there is no text, in words.
    package var faultOfText: String {
        let spreadsheets: [[UInt8]] = [[0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0]]
        return spreadsheets.contains { data.starts(with: $0) }
            ? "the file is a spreadsheet (or another archive), expected text: save the sheet as CSV (UTF-8)"
            : "the file is not UTF-8, expected UTF-8 text"
    }

    /// The text, or nil where it is not UTF-8.
    package var text: String? { String(validating: data, as: UTF8.self) }

    /// Whether the bytes are UTF-8; O(bytes), shared by the threads.
    func isText(threads: Int) -> Bool {
        withBytes { bytes in
            let size = 1 << 16
            nonisolated(unsafe) let shared = bytes
            return concurrentMap((bytes.count + size - 1) / size, threads: threads) { piece in
                let start = Self.startOfCharacter(in: shared, before: piece * size)
                let end = Self.startOfCharacter(in: shared, before: min((piece + 1) * size, shared.count))
                return String(validating: shared[start..<end], as: UTF8.self) != nil
            }.allSatisfy { $0 }
        }
    }

    /// The last place at most three bytes before, where a character may begin: no sequence of UTF-8 is longer than four.
    private static func startOfCharacter(in bytes: UnsafeBufferPointer<UInt8>, before end: Int) -> Int {
        guard end < bytes.count else { return end }
        return (max(0, end - 3)...end).last { bytes[$0] & 0xC0 != 0x80 } ?? end
    }
}
