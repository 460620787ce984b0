import Foundation

/// A file that cannot be written; what was there before is untouched.
public struct UnwritableFile: Error, Sendable, CustomStringConvertible {
    public var path: String
    public var reason: String
    public var description: String { "\(path): error: cannot be written: \(reason)" }

    package init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}

/// Writes a file whole or not at all: to a temporary file beside it, then renamed.
///
/// What is no regular file, such as `/dev/stdout` or a pipe, is written to directly.
///
/// - Throws: `UnwritableFile`.
public func writeFile(_ text: String, to path: String) throws(UnwritableFile) {
    try writeFile(to: path) { $0.write(text) }
}

/// As `writeFile(_:to:)`, for a text that comes piece by piece.
///
/// - Throws: `UnwritableFile`.
public func writeFile(to path: String, _ content: (TextStream) -> Void) throws(UnwritableFile) {
    let target = try Target(path)
    if target.isSpecial {
        try write(content, to: target.path, mode: nil, named: path)
        return
    }
    let temporary = target.temporaryPath
    do throws(UnwritableFile) {
        try write(content, to: temporary, mode: target.rights ?? 0o666, named: path)
    } catch {
        unlink(temporary)
        throw error
    }
    // The rights a file is made with lack what the process's mask takes away.
    let keepsRights = target.rights.map { chmod(temporary, $0) == 0 } ?? true
    guard keepsRights, rename(temporary, target.path) == 0 else {
        let reason = systemError
        unlink(temporary)
        throw UnwritableFile(path: path, reason: reason)
    }
}

/// Finds out whether `writeFile` could write a file, leaving what is there as it is: for before the work whose result it
/// is to hold.
///
/// - Throws: `UnwritableFile`.
public func checkWritable(_ path: String) throws(UnwritableFile) {
    let target = try Target(path)
    if target.isSpecial {
        guard access(target.path, W_OK) == 0 else { throw UnwritableFile(path: path, reason: systemError) }
        return
    }
    let temporary = target.temporaryPath
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard file >= 0 else { throw UnwritableFile(path: path, reason: systemError) }
    close(file)
    unlink(temporary)
}

/// What a path to be written leads to.
private struct Target {
    /// Behind all links.
    let path: String
    /// Of the file that is there; nil where there is none.
    let rights: mode_t?
    /// Whether it is there and no regular file, so that nothing can take its place.
    let isSpecial: Bool

    /// - Throws: `UnwritableFile` where it is a folder.
    init(_ given: String) throws(UnwritableFile) {
        path = URL(fileURLWithPath: given).resolvingSymlinksInPath().path
        var status = stat()
        let exists = stat(path, &status) == 0
        let kind = status.st_mode & S_IFMT
        guard !exists || kind != S_IFDIR else { throw UnwritableFile(path: given, reason: "it is a folder") }
        rights = exists ? status.st_mode & 0o7777 : nil
        isSpecial = exists && kind != S_IFREG
    }

    /// Where a file is written before it is renamed.
    var temporaryPath: String {
        let folder = (path as NSString).deletingLastPathComponent
        let name = (path as NSString).lastPathComponent
        return "\(folder.isEmpty ? "." : folder)/.\(name).\(getpid())"
    }
}

/// - Parameter mode: Rights of a file that is made; nil where it must exist.
private func write(
    _ content: (TextStream) -> Void, to path: String, mode: mode_t?, named name: String
) throws(UnwritableFile) {
    let flags = mode == nil ? O_WRONLY : O_WRONLY | O_CREAT | O_TRUNC
    let file = open(path, flags, mode ?? 0)
    guard file >= 0 else { throw UnwritableFile(path: name, reason: systemError) }
    let failure: String?
    do throws(UnwritableFile) {
        let stream = TextStream(to: file, named: name)
        content(stream)
        try stream.finish()
        failure = nil
    } catch {
        failure = error.reason
    }
    let isSynced = mode == nil || fsync(file) == 0
    let syncFailure = isSynced ? nil : systemError
    let isClosed = close(file) == 0
    if let reason = failure ?? syncFailure ?? (isClosed ? nil : systemError) {
        throw UnwritableFile(path: name, reason: reason)
    }
}

/// Writes text to an open file descriptor, whole.
///
/// - Throws: `UnwritableFile`.
public func writeText(_ text: String, to file: Int32, named name: String) throws(UnwritableFile) {
    let stream = TextStream(to: file, named: name)
    stream.write(text)
    try stream.finish()
}
