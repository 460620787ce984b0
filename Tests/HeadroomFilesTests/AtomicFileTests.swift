import Foundation
import HeadroomFiles
import Testing

/// A file is written whole or not at all.
struct AtomicFileTests {
    private let files: PlanFiles

    init() throws { files = try PlanFiles(plan: nil, regions: nil) }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: files.folder).sorted() }
    }

    private func rights(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: files.path(name))[.posixPermissions] as? Int
    }

    @Test(
        "A new file holds the text and nothing else is left",
        arguments: ["", "text\n", "\u{4E2D}\u{0}\u{1F600}"])
    func newFile(text: String) throws {
        try writeFile(text, to: files.path("plan.csv"))
        #expect(try files.text("plan.csv") == text)
        #expect(try names == ["plan.csv"])
    }

    @Test("A large text is written whole")
    func largeFile() throws {
        let text = String(repeating: "0123456789abcdef", count: 1 << 18)
        try writeFile(text, to: files.path("plan.csv"))
        #expect(try files.text("plan.csv") == text)
    }

    @Test(
        "A file that is there is replaced and keeps its rights",
        arguments: [0o600, 0o644, 0o664, 0o777, 0o400])
    func replaced(mode: Int) throws {
        try files.write("a longer text than the new one", to: "plan.csv")
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: files.path("plan.csv"))
        try writeFile("new", to: files.path("plan.csv"))
        #expect(try files.text("plan.csv") == "new")
        #expect(try rights("plan.csv") == mode)
        #expect(try names == ["plan.csv"])
    }

    @Test("A link stays a link, and its target is replaced")
    func link() throws {
        try files.write("old", to: "data/target.csv")
        try FileManager.default.createSymbolicLink(
            atPath: files.path("link.csv"), withDestinationPath: "data/target.csv")
        try writeFile("new", to: files.path("link.csv"))
        #expect(try files.text("data/target.csv") == "new")
        #expect(
            try FileManager.default.destinationOfSymbolicLink(atPath: files.path("link.csv"))
                == "data/target.csv")
        #expect(try names == ["data", "link.csv"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: files.path("data")) == ["target.csv"])
    }

    @Test("What cannot be written is an error with the name the user gave, and leaves nothing behind")
    func unwritable() throws {
        try files.write("old", to: "file.csv")
        try files.write("", to: "folder.csv/x")
        let cases = [
            ("nowhere/plan.csv", "No such file or directory"), ("file.csv/plan.csv", "Not a directory"),
            ("folder.csv", "it is a folder"),
        ]
        for (name, reason) in cases {
            let failure = #expect(throws: UnwritableFile.self) { try writeFile("new", to: files.path(name)) }
            #expect(failure?.path == files.path(name))
            #expect(failure?.reason == reason)
            #expect(failure?.description == "\(files.path(name)): error: cannot be written: \(reason)")
        }
        #expect(try names == ["file.csv", "folder.csv"])
        #expect(try files.text("file.csv") == "old")
        #expect(try FileManager.default.contentsOfDirectory(atPath: files.path("folder.csv")) == ["x"])
    }

    @Test("A name too long for a temporary file beside it leaves the file that is there untouched")
    func longName() throws {
        let name = String(repeating: "x", count: 251) + ".csv"
        try files.write("old", to: name)
        let failure = #expect(throws: UnwritableFile.self) { try writeFile("new", to: files.path(name)) }
        #expect(failure?.reason == "File name too long")
        #expect(try files.text(name) == "old")
        #expect(try names == [name])
    }

    @Test("What is no regular file is written to as it is")
    func device() throws {
        try writeFile("text", to: "/dev/null")
        #expect(
            try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
                == .typeCharacterSpecial)
    }

    @Test("Many writers of one file leave one whole text")
    func concurrentWriters() async throws {
        let path = files.path("plan.csv")
        let texts = (0..<8).map { String(repeating: "\($0)", count: 100_000) }
        // Writers in one process share the temporary name, so they go one after the other; readers do not wait.
        async let writer: Void = { for text in texts { try writeFile(text, to: path) } }()
        for _ in 0..<50 {
            if let seen = try? String(contentsOfFile: path, encoding: .utf8) { #expect(texts.contains(seen)) }
        }
        try await writer
        #expect(try files.text("plan.csv") == texts.last)
    }

    @Test("Whether a file can be written is found out without a trace")
    func checked() throws {
        try files.write("old", to: "file.csv")
        try files.write("", to: "folder.csv/x")
        try checkWritable(files.path("file.csv"))
        try checkWritable(files.path("new.csv"))
        try checkWritable("/dev/null")
        for (name, reason) in [
            ("nowhere/plan.csv", "No such file or directory"), ("file.csv/plan.csv", "Not a directory"),
            ("folder.csv", "it is a folder"),
        ] {
            let failure = #expect(throws: UnwritableFile.self) { try checkWritable(files.path(name)) }
            #expect(failure?.reason == reason)
        }
        #expect(try names == ["file.csv", "folder.csv"])
        #expect(try files.text("file.csv") == "old")
    }
}
