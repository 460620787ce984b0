import Foundation

/// A file's bytes under the name that the user knows it by.
struct InputFile {
    let path: String
    let bytes: [UInt8]

    /// Reads a file whole; a byte order mark is left out.
    ///
    /// - Throws: `UnreadableFile`.
    init(path: String) throws(UnreadableFile) {
        self.path = path
        do {
            var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
            self.bytes = bytes
        } catch {
            throw UnreadableFile(path: path, reason: Self.reason(path))
        }
    }

    /// A file that is not on the disk.
    init(path: String, text: String) {
        self.path = path
        bytes = Array(text.utf8)
    }

    private static func reason(_ path: String) -> String {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            return "no such file"
        }
        return isFolder.boolValue ? "is a folder, expected a file" : "cannot be read"
    }

    /// Why there is no text, in words.
    var faultOfText: String {
        let spreadsheets: [[UInt8]] = [[0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0]]
        return spreadsheets.contains { bytes.starts(with: $0) }
            ? "the file is a spreadsheet (or another archive), expected text: save the sheet as CSV (UTF-8)"
            : "the file is not UTF-8, expected UTF-8 text"
    }

    /// The text, or nil where it is not UTF-8.
    var text: String? { String(validating: bytes, as: UTF8.self) }
}
