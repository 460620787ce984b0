import Foundation

/// GLPK's own command, a reader of program files that is not ours.
public struct Glpsol {
    /// `glpsol` is missing, or did not solve a file.
    public struct Failure: Error, CustomStringConvertible {
        public var description: String
    }

    /// The objective's value at the optimum of a file that ends in `.mps` (free MPS) or `.lp`.
    ///
    /// - Parameter presolves: Without its presolver `glpsol` is slower, and exact to the last digits.
    /// - Throws: `Failure` with what `glpsol` said.
    public static func optimum(ofFile path: String, presolves: Bool = true) throws -> Double {
        let process = Process()
        let output = path + ".out"
        let solution = path + ".solution"
        defer { for file in [output, solution] { try? FileManager.default.removeItem(atPath: file) } }
        guard FileManager.default.createFile(atPath: output, contents: nil),
            let log = FileHandle(forWritingAtPath: output)
        else { throw Failure(description: "\(output) cannot be written") }
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "glpsol", path.hasSuffix(".mps") ? "--freemps" : "--lp", path, "--tmlim", "600", "-w", solution,
            presolves ? "--presol" : "--nopresol",
        ]
        process.standardOutput = log
        process.standardError = log
        try process.run()
        process.waitUntilExit()
        let said = try String(contentsOfFile: output, encoding: .utf8)
        guard process.terminationStatus == 0,
            let text = try? String(contentsOfFile: solution, encoding: .utf8),
            let value = optimum(in: text)
        else { throw Failure(description: "glpsol (Debian package glpk-utils) found no optimum: \(said)") }
        return value
    }

    /// Reads `s bas 3 2 f f 36.5`, or `s mip 3 2 o 36.5` with whole numbers; nil where it is no optimum.
    private static func optimum(in solution: String) -> Double? {
        let line = solution.split(separator: "\n").first { $0.hasPrefix("s ") }
        guard let words = line?.split(separator: " "), let value = words.last.flatMap({ Double($0) }) else {
            return nil
        }
        let isOptimal = words[1] == "mip" ? words[4] == "o" : words[4...5] == ["f", "f"]
        return isOptimal ? value : nil
    }
}
