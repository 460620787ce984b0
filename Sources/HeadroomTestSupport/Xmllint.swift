import Foundation

/// libxml2's own command, a reader of pages and pictures that is not ours.
public enum Xmllint {
    /// What is wrong with a file, a line each; empty where it is well formed.
    ///
    /// - Parameter isHTML: Read as HTML; of the elements that HTML has had since 2008 this reader knows nothing.
    public static func problems(of path: String, isHTML: Bool) throws -> [String] {
        let process = Process()
        let log = path + ".xmllint"
        defer { try? FileManager.default.removeItem(atPath: log) }
        try Data().write(to: URL(fileURLWithPath: log))
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["xmllint", "--noout"] + (isHTML ? ["--html"] : []) + [path]
        let file = FileHandle(forWritingAtPath: log)
        process.standardError = file
        process.standardOutput = file
        try process.run()
        process.waitUntilExit()
        // Lines that it quotes are cut anywhere, within a letter too.
        let said = String(decoding: try Data(contentsOf: URL(fileURLWithPath: log)), as: UTF8.self)
        let lines = said.split(separator: "\n").map(String.init)
        let problems = lines.filter {
            $0.contains("error") && !($0.contains(" Tag ") && $0.hasSuffix(" invalid"))
        }
        if process.terminationStatus != 0, lines.isEmpty {
            return ["xmllint (Debian package libxml2-utils) ended with \(process.terminationStatus)"]
        }
        return problems + (process.terminationStatus == 127 ? lines : [])
    }
}
