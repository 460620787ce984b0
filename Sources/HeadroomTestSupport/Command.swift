import Foundation

/// A program that reads what Headroom writes.
public enum Command {
    public struct Failure: Error, CustomStringConvertible {
        public var description: String
    }

    /// Runs a program to its end; what it says goes nowhere.
    ///
    /// - Throws: Where it is missing or does not end with 0.
    public static func run(_ name: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                description: "\(name) ended with \(process.terminationStatus)"
                    + (process.terminationStatus == 127
                        ? ": it is missing, .bin/setup --tests installs it" : ""))
        }
    }
}
