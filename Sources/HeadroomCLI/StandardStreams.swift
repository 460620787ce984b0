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
    static var style: TextStyle {
        var size = winsize()
        guard isatty(STDOUT_FILENO) == 1, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0
        else {
            return .file
        }
        return TextStyle(width: Int(size.ws_col))
    }
}

/// Carries progress, warnings and notes.
enum StandardError {
    /// What cannot be said here can be said nowhere, so a failure is passed over.
    static func write(_ text: String) { try? writeText(text, to: STDERR_FILENO, named: "standard error") }
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
