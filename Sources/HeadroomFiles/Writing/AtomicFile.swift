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
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    var status = stat()
    let exists = stat(target, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
        throw UnwritableFile(path: path, reason: "it is a folder")
    }
    if exists, status.st_mode & S_IFMT != S_IFREG {
        try write(content, to: target, mode: nil, named: path)
        return
    }
    let temporary = temporaryPath(beside: target)
    do throws(UnwritableFile) {
        try write(content, to: temporary, mode: exists ? status.st_mode & 0o7777 : 0o666, named: path)
    } catch {
        unlink(temporary)
        throw error
    }
    // The rights a file is made with lack what the process's mask takes away.
    let keepsRights = !exists || chmod(temporary, status.st_mode & 0o7777) == 0
    guard keepsRights, rename(temporary, target) == 0 else {
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
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    var status = stat()
    let exists = stat(target, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
        throw UnwritableFile(path: path, reason: "it is a folder")
    }
    if exists, status.st_mode & S_IFMT != S_IFREG {
        guard access(target, W_OK) == 0 else { throw UnwritableFile(path: path, reason: systemError) }
        return
    }
    let temporary = temporaryPath(beside: target)
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    guard file >= 0 else { throw UnwritableFile(path: path, reason: systemError) }
    close(file)
    unlink(temporary)
}

/// Where a file is written before it is renamed.
private func temporaryPath(beside target: String) -> String {
    let folder = (target as NSString).deletingLastPathComponent
    let name = (target as NSString).lastPathComponent
    return "\(folder.isEmpty ? "." : folder)/.\(name).\(getpid())"
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
