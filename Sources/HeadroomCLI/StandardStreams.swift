import Foundation
import HeadroomFiles

/// Carries the result alone.
enum StandardOutput {
    /// - Throws: `UnwritableFile` where the reader is gone or the disk is full.
    static func write(_ text: String) throws(UnwritableFile) {
        try write { $0.write(text) }
    }

    /// As `write(_:)`, for a text that comes piece by piece.
    static func write(_ content: (TextStream) -> Void) throws(UnwritableFile) {
        let stream = TextStream(to: STDOUT_FILENO, named: "standard output")
        content(stream)
        try stream.finish()
    }

    /// That of a file where the output is no terminal, so that it does not depend on the window.
    static var style: TextStyle { TextStyle(of: STDOUT_FILENO) }
}

/// Carries progress, warnings and notes.
enum StandardError {
    /// What cannot be said here can be said nowhere, so a failure is passed over.
    static func write(_ text: String) { try? writeText(text, to: STDERR_FILENO, named: "standard error") }

    static func write(_ diagnostic: Diagnostic) {
        write(diagnostic.text(TextStyle(of: STDERR_FILENO)) + "\n")
    }

    /// Whether it is a terminal that knows codes, such as that which clears a line.
    static var takesCodes: Bool { isatty(STDERR_FILENO) == 1 && !TextStyle.isDumb }
}

extension TextStyle {
    /// Of text for an open file: as its window is wide, where it is a terminal.
    fileprivate init(of file: Int32) {
        guard isatty(file) == 1 else {
            self = .file
            return
        }
        var size = winsize()
        let isKnown = ioctl(file, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        self.init(width: isKnown ? Int(size.ws_col) : Self.commonWidth)
        isTerminal = true
        hasColours = !Self.isDumb && Self.environment["NO_COLOR", default: ""].isEmpty
    }

    /// Of a terminal that does not say its own.
    private static let commonWidth = 80

    private static var environment: [String: String] { ProcessInfo.processInfo.environment }

    /// Whether terminals here are said to know no codes.
    fileprivate static var isDumb: Bool { environment["TERM"] == "dumb" }
}
