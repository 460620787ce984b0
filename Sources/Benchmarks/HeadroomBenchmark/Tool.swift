import Foundation

/// Headroom, and what a person would pick in its place.
enum Tool: String, CaseIterable {
    case headroom, glpsol, highspy, linopy
    case pyomoHiGHS = "pyomo-highs"
    case pyomoGLPK = "pyomo-glpk"
    case highsMPS = "highs-mps"
    case clp

    /// What it is called in the table.
    var title: String {
        switch self {
        case .headroom: "**Headroom**"
        case .glpsol: "GLPK: MathProg model, `glpsol`"
        case .highspy: "HiGHS: numpy, `highspy`"
        case .linopy: "HiGHS: linopy"
        case .pyomoHiGHS: "HiGHS: Pyomo"
        case .pyomoGLPK: "GLPK: Pyomo"
        case .highsMPS: "HiGHS on the exported MPS ¹"
        case .clp: "CLP on the exported MPS ¹"
        }
    }

    /// Whether it is given the program as a file; making the file is not part of its time.
    var readsMPS: Bool { self == .highsMPS || self == .clp }
}

/// Where the tools are.
struct Toolbox {
    /// This program.
    var benchmark: String
    var headroom: String
    var python: String
    /// The folder with the models and scripts.
    var peers: URL

    /// Runs a tool on a plan folder, with the files that stand beside it.
    func command(_ tool: Tool, _ place: Workplace) -> [String] {
        func script(_ name: String, _ arguments: String...) -> [String] {
            [python, peers.appending(path: name).path] + arguments
        }
        let plan = place.plan.path
        switch tool {
        case .headroom: return [headroom, "plan", plan, "--quiet", "--format", "json"]
        case .glpsol:
            return ["glpsol", "--math", peers.appending(path: "plan.mod").path, "--data", place.data.path]
        case .highspy: return script("highspy_plan.py", plan)
        case .linopy: return script("linopy_plan.py", plan)
        case .pyomoHiGHS: return script("pyomo_plan.py", plan, "highs")
        case .pyomoGLPK: return script("pyomo_plan.py", plan, "glpk")
        case .highsMPS: return script("highs_mps.py", place.program.path, place.solution.path)
        case .clp: return ["clp", place.program.path, "-solve", "-solution", place.solution.path]
        }
    }

    /// The return of the plan that a tool found, money of the base year; nil where it printed none.
    func value(of tool: Tool, in output: String) -> Double? {
        // The file is a minimisation: its optimum is the return with its sign turned.
        if tool == .clp { return output.number(after: "Optimal objective ").map { 0 - $0 } }
        return output.number(after: "\"return\":")
    }
}

// MARK: Versions

extension Toolbox {
    /// What a tool is made of, with versions, such as `linopy 0.10.1, highspy 1.15.1`; nil where a part is missing.
    func version(of tool: Tool, scratch: URL) -> String? {
        var parts: [String?] = []
        switch tool {
        case .headroom:
            let compiler = said(["swift", "--version"], scratch, after: "Swift version ")
            let own = said([headroom, "--version"], scratch, after: "").map { "Headroom \($0)" }
            parts = [own] + (compiler.map { ["Swift \($0)"] } ?? [])
        case .glpsol: parts = [glpk(scratch)]
        case .highspy: parts = python(["highspy", "numpy", "scipy", "pandas", "PyYAML"], scratch)
        case .linopy: parts = python(["linopy", "highspy", "pandas", "PyYAML"], scratch)
        case .pyomoHiGHS: parts = python(["pyomo", "highspy", "pandas", "PyYAML"], scratch)
        case .pyomoGLPK: parts = python(["pyomo", "pandas", "PyYAML"], scratch) + [glpk(scratch)]
        case .highsMPS: parts = python(["highspy"], scratch)
        case .clp: parts = [said(["clp", "-stop"], scratch, after: "Coin LP version ").map { "CLP \($0)" }]
        }
        let found = parts.compactMap { $0 }
        return found.count == parts.count ? found.joined(separator: ", ") : nil
    }

    private func glpk(_ scratch: URL) -> String? {
        said(["glpsol", "--version"], scratch, after: "GLPK LP/MIP Solver ").map { "GLPK \($0)" }
    }

    private func python(_ packages: [String], _ scratch: URL) -> [String?] {
        let interpreter = said([python, "--version"], scratch, after: "Python ").map { "Python \($0)" }
        return [interpreter]
            + packages.map { package in
                let question = "import importlib.metadata as m; print(m.version('\(package)'))"
                return said([python, "-c", question], scratch, after: "").map { "\(package) \($0)" }
            }
    }

    /// The word after a phrase in what a command prints; nil where the command is missing or fails.
    private func said(_ command: [String], _ scratch: URL, after phrase: String) -> String? {
        guard let run = try? ProcessRun(command, scratch: scratch, timeLimit: 60), run.end == .exited(0),
            let place = phrase.isEmpty ? run.output.startIndex : run.output.range(of: phrase)?.upperBound
        else { return nil }
        let word = run.output[place...].prefix { !$0.isWhitespace && $0 != "," }
        return word.isEmpty ? nil : String(word)
    }
}

extension String {
    /// The number that follows a phrase where it first stands.
    fileprivate func number(after phrase: String) -> Double? {
        guard let place = range(of: phrase)?.upperBound else { return nil }
        return Double(self[place...].drop { $0 == " " }.prefix { "+-.eE".contains($0) || $0.isNumber })
    }
}
