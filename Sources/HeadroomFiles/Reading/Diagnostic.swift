public import Headroom

/// Where a piece of input stands.
public struct SourceLocation: Hashable, Sendable {
    /// The file as the user named it, or the option that brought the value.
    public var source: String
    /// Both count from 1; 0 where the source is an option.
    public var line: Int
    public var column: Int

    public init(_ source: String, line: Int = 1, column: Int = 1) {
        self.source = source
        self.line = line
        self.column = column
    }

    /// A value that came over the command line, such as `--set years=8`.
    public static func option(_ text: String) -> SourceLocation {
        SourceLocation(text, line: 0, column: 0)
    }

    public var isOption: Bool { line == 0 }
}

/// A problem in the inputs, shown as `file:line:column: severity: message`.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    public var severity: Finding.Severity
    public var location: SourceLocation
    /// What was found and what was expected.
    public var message: String

    public init(_ severity: Finding.Severity, _ location: SourceLocation, _ message: String) {
        self.severity = severity
        self.location = location
        self.message = message
    }

    public var description: String { text(.file) }

    /// As `description`, its severity in the colour that tells it.
    public func text(_ style: TextStyle) -> String {
        let place =
            location.isOption
            ? location.source : "\(location.source):\(location.line):\(location.column)"
        let word = style.painted(severity.rawValue, severity.part)
        return "\(place): \(word): \(message)"
    }
}

extension Finding.Severity {
    fileprivate var part: TextStyle.Part {
        switch self {
        case .error: .error
        case .warning: .warning
        case .note: .note
        }
    }
}

extension [Diagnostic] {
    /// Options first, then the files as they come up, each from top to bottom.
    public var byPlace: [Diagnostic] {
        var files: [String: Int] = [:]
        for diagnostic in self where !diagnostic.location.isOption {
            let next = files.count
            files[diagnostic.location.source, default: next] += 0
        }
        func order(_ place: Int) -> (Int, Int, Int, Int) {
            let location = self[place].location
            return (files[location.source] ?? -1, location.line, location.column, place)
        }
        return indices.sorted { order($0) < order($1) }.map { self[$0] }
    }
}

/// The inputs hold errors; all of them are named.
public struct InvalidFiles: Error, Sendable {
    public var diagnostics: [Diagnostic]

    public init(diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

    /// Whether every error came over the command line.
    public var isOptionsOnly: Bool {
        diagnostics.filter { $0.severity == .error }.allSatisfy { $0.location.isOption }
    }
}

/// A file that is missing or cannot be read.
public struct UnreadableFile: Error, Sendable, CustomStringConvertible {
    public var path: String
    public var reason: String
    public var description: String { "\(path): error: \(reason)" }
}
