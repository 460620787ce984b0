import Foundation
import HeadroomFiles

/// A plan could not be made.
struct UnmadePlan: Error, CustomStringConvertible {
    var reason: String
    var description: String { "the plan cannot be made: \(reason)" }
}

/// Tools side by side on plans of several sizes.
struct Comparison {
    /// What came of one tool at one size.
    enum Outcome {
        /// Medians of the runs.
        case finished(seconds: Double, peakMemory: ProcessRun.Memory)
        case timedOut
        /// It hit the time limit at a smaller size.
        case notTried
        case failed
        /// It found another return than the first tool.
        case differs
    }

    let toolbox: Toolbox
    let tools: [Tool]
    let repeats: Int
    let timeLimit: Double
    let scratch: URL
    /// Versions of the tools that are installed.
    let versions: [Tool: String]
    private(set) var sizes: [PlanRecipe] = []
    /// A size's outcomes, in the order of `sizes`.
    private(set) var outcomes: [[Tool: Outcome]] = []
    /// Tools that failed, or found another optimum.
    private(set) var faults: [String] = []

    init(toolbox: Toolbox, tools: [Tool], repeats: Int, timeLimit: Double, scratch: URL) {
        self.toolbox = toolbox
        self.tools = tools
        self.repeats = repeats
        self.timeLimit = timeLimit
        self.scratch = scratch
        versions = tools.reduce(into: [:]) { $0[$1] = toolbox.version(of: $1, scratch: scratch) }
    }

    /// Times every tool on a plan, in turn, and over again.
    ///
    /// - Throws: Where the plan cannot be made, or a process cannot be started.
    mutating func run(_ recipe: PlanRecipe) throws {
        let installed = tools.filter { versions[$0] != nil }
        let place = try make(recipe, for: installed)
        defer { try? FileManager.default.removeItem(at: place.plan) }
        var found: [Tool: Outcome] = [:]
        for tool in installed where isHopeless(tool, recipe) { found[tool] = .notTried }
        var runs: [Tool: [ProcessRun]] = [:]
        for _ in 0..<repeats {
            for tool in installed where found[tool] == nil {
                let run = try ProcessRun(
                    toolbox.command(tool, place), scratch: scratch, timeLimit: timeLimit)
                tell("\(recipe.sizeText), \(tool.rawValue): \(run.seconds.secondsText)\(phases(run))")
                runs[tool, default: []].append(run)
                if let fault = outcome(ofFault: run, tool, recipe) { found[tool] = fault }
            }
        }
        for tool in installed where found[tool] == nil {
            let timed = runs[tool] ?? []
            found[tool] = .finished(
                seconds: median(timed.map(\.seconds)), peakMemory: median(timed.map(\.peakMemory)))
        }
        for tool in strays(among: runs.filter { found[$0.key]?.isFinished == true }, recipe) {
            found[tool] = .differs
        }
        sizes.append(recipe)
        outcomes.append(found)
    }

    /// Makes the plan, and the files that the tools are given, in a process of its own: under Linux a process counts
    /// the memory of the one that started it as its own.
    private func make(_ recipe: PlanRecipe, for tools: [Tool]) throws -> Workplace {
        let place = Workplace(plan: scratch.appending(path: "plan", directoryHint: .isDirectory))
        let options =
            (tools.contains(.glpsol) ? ["--mathprog"] : [])
            + (tools.contains(where: \.readsMPS) ? ["--mps"] : [])
        let command = [
            toolbox.benchmark, "generate", "--regions", "\(recipe.regions)", "--years", "\(recipe.years)",
            "--seed", "\(recipe.seed)", "--output", place.plan.path,
        ]
        let run = try ProcessRun(command + options, scratch: scratch, timeLimit: .infinity)
        guard run.end == .exited(0) else { throw UnmadePlan(reason: run.errors) }
        return place
    }

    /// Progress, on standard error.
    func tell(_ line: String) { try? writeText(line + "\n", to: STDERR_FILENO, named: "standard error") }

    /// Whether a tool hit the time limit on a smaller plan.
    private func isHopeless(_ tool: Tool, _ recipe: PlanRecipe) -> Bool {
        zip(sizes, outcomes).contains { size, found in
            guard size.regions * size.years < recipe.regions * recipe.years else { return false }
            switch found[tool] {
            case .timedOut, .notTried: return true
            default: return false
            }
        }
    }

    /// How a run went wrong; nil where it did not.
    private mutating func outcome(ofFault run: ProcessRun, _ tool: Tool, _ recipe: PlanRecipe) -> Outcome? {
        if run.end == .timedOut { return .timedOut }
        if run.end == .exited(0), toolbox.value(of: tool, in: run.output) != nil { return nil }
        let said = (run.errors + run.output).suffix(2000)
        faults.append("\(recipe.sizeText), \(tool.rawValue): found no plan (\(run.end)): \(said)")
        return .failed
    }

    /// The tools with a run that did not find the return of the first tool.
    private mutating func strays(among runs: [Tool: [ProcessRun]], _ recipe: PlanRecipe) -> Set<Tool> {
        let values = tools.flatMap { tool in
            (runs[tool] ?? []).compactMap { run in
                toolbox.value(of: tool, in: run.output).map { (tool: tool, value: $0) }
            }
        }
        guard let first = values.first else { return [] }
        var strays: Set<Tool> = []
        for (tool, value) in values where !(abs(value - first.value) <= 1e-6 * abs(first.value)) {
            faults.append(
                "\(recipe.sizeText), \(tool.rawValue): returns \(value), \(first.tool.rawValue) \(first.value)"
            )
            strays.insert(tool)
        }
        return strays
    }

    /// The phases that a Python script tells of itself.
    private func phases(_ run: ProcessRun) -> String {
        guard let start = run.output.range(of: "\"seconds\": {")?.upperBound,
            let end = run.output[start...].firstIndex(of: "}")
        else { return "" }
        return " (\(run.output[start..<end].replacing("\"", with: "")))"
    }
}

extension Comparison.Outcome {
    fileprivate var isFinished: Bool {
        if case .finished = self { true } else { false }
    }
}

/// The middle of the values, the upper one of two.
func median<Value: Comparable>(_ values: [Value]) -> Value {
    precondition(!values.isEmpty, "no median of nothing")
    return values.sorted()[values.count / 2]
}

extension PlanRecipe {
    /// Such as `1,000 × 10`.
    var sizeText: String { "\(regions.grouped) × \(years)" }
}

extension Int {
    /// With a comma every three digits.
    var grouped: String {
        self < 1000 ? "\(self)" : "\((self / 1000).grouped),\(String(format: "%03d", self % 1000))"
    }
}

extension Double {
    /// Seconds with three digits that count.
    var secondsText: String {
        String(format: self < 0.1 ? "%.3f s" : self < 10 ? "%.2f s" : self < 100 ? "%.1f s" : "%.0f s", self)
    }
}
