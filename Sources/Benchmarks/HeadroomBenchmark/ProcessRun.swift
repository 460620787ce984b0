import Foundation

/// What one run of a whole process took.
struct ProcessRun {
    enum End: Equatable {
        case exited(Int32)
        case signalled(Int32)
        case timedOut
    }

    /// The largest resident set of a process, or of one that it started and waited for.
    struct Memory: Comparable {
        var bytes: Int
        /// Under Linux a process starts with the peak of the one that started it: less than that is not seen.
        var isBound: Bool

        static func < (left: Memory, right: Memory) -> Bool { left.bytes < right.bytes }
    }

    var end: End
    /// From the start to the end of the process.
    var seconds: Double
    /// Of all its threads.
    var processorSeconds: Double
    var peakMemory: Memory
    /// What it printed on standard output and standard error.
    var output: String
    var errors: String
}

/// A process could not be started.
struct UnstartableProcess: Error, CustomStringConvertible {
    var command: [String]
    var reason: String
    var description: String { "\(command.joined(separator: " ")): cannot be started: \(reason)" }
}

extension ProcessRun {
    /// Runs a command, found along `PATH`, to its end or to the time limit.
    ///
    /// `Foundation.Process` tells nothing of the memory of a single child, `wait4` does.
    ///
    /// - Parameters:
    ///   - scratch: A folder for what the command prints.
    ///   - timeLimit: Seconds after which the command and what it started are killed.
    /// - Throws: `UnstartableProcess`; `CancellationError` after Ctrl-C.
    init(_ command: [String], scratch: URL, timeLimit: Double) throws {
        let output = scratch.appending(path: "stdout")
        let errors = scratch.appending(path: "stderr")
        let start = ContinuousClock.now
        let process = try spawn(command, output: output.path, errors: errors.path)
        Interruption.shared.watch(process)
        let killing = DispatchWorkItem { kill(-process, SIGKILL) }
        DispatchQueue.global().asyncAfter(deadline: .now() + min(timeLimit, 1e9), execute: killing)
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
        seconds = (ContinuousClock.now - start) / .seconds(1)
        killing.cancel()
        Interruption.shared.watch(0)
        if Interruption.shared.isRequested { throw CancellationError() }
        end = seconds >= timeLimit ? .timedOut : End(status)
        processorSeconds = usage.ru_utime.seconds + usage.ru_stime.seconds
        peakMemory = Memory(usage)
        self.output = String(decoding: try Data(contentsOf: output), as: UTF8.self)
        self.errors = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
    }
}

extension timeval {
    fileprivate var seconds: Double { Double(tv_sec) + 1e-6 * Double(tv_usec) }
}

extension ProcessRun.Memory {
    fileprivate init(_ usage: rusage) {
        #if canImport(Darwin)
            self.init(bytes: Int(usage.ru_maxrss), isBound: false)
        #else
            var own = rusage()
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &own)
            self.init(bytes: Int(usage.ru_maxrss) * 1024, isBound: usage.ru_maxrss <= own.ru_maxrss)
        #endif
    }
}

extension ProcessRun.End {
    /// Reads the status word of `wait4`.
    fileprivate init(_ status: Int32) {
        let signal = status & 0x7f
        self = signal == 0 ? .exited((status >> 8) & 0xff) : .signalled(signal)
    }
}

/// Starts a command in a process group of its own, with an empty standard input.
private func spawn(_ command: [String], output: String, errors: String) throws -> pid_t {
    #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
    #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
    }
    let written = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, written, 0o644)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, written, 0o644)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    var arguments = command.map { strdup($0) } + [nil]
    var environment = ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in arguments + environment { free(text) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, command[0], &actions, &attributes, &arguments, &environment)
    guard code == 0 else {
        throw UnstartableProcess(command: command, reason: String(cString: strerror(code)))
    }
    return process
}
