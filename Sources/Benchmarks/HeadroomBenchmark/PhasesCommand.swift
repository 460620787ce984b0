import ArgumentParser
import Foundation
import GLPKSolver
import Headroom
import HeadroomFiles

struct PhasesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "phases", abstract: "Time Headroom's own phases, in this process.")

    @OptionGroup var recipe: RecipeOptions

    @Option(help: "A plan folder to time in place of a made-up one.")
    var plan: String?

    @Option(name: .customLong("repeat"), help: "Runs; medians are shown.")
    var repeats = 3

    @Option(help: "Threads to use.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard repeats >= 1 else { throw ValidationError("--repeat is \(repeats), expected at least 1") }
        guard threads >= 1 else { throw ValidationError("--threads is \(threads), expected at least 1") }
    }

    func run() throws {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "headroom-phases-\(getpid())")
        defer { try? FileManager.default.removeItem(at: scratch) }
        if plan == nil { try recipe.recipe.write(to: scratch) }
        let runs = try (0..<repeats).map { _ in
            try PhaseTimes(ofPlanAt: plan ?? scratch.path, threads: threads)
        }
        print("| phase | \(plan ?? recipe.recipe.sizeText) |\n|---|---:|")
        for (index, phase) in runs[0].phases.enumerated() {
            print("| \(phase.name) | \(median(runs.map { $0.phases[index].seconds }).secondsText) |")
        }
        print("| all | \(median(runs.map(\.total)).secondsText) |\n\n\(Machine.text), \(threads) threads")
    }
}

/// How long each phase of one plan took, seconds.
private struct PhaseTimes {
    private(set) var phases: [(name: String, seconds: Double)] = []
    private var last = ContinuousClock.now

    var total: Double { phases.reduce(0) { $0 + $1.seconds } }

    /// Reads, plans and writes; the planner tells of each of its phases as it ends.
    init(ofPlanAt path: String, threads: Int) throws {
        let loaded = try LoadedPlan(path: path)
        end("read")
        // The log is called within `plan` alone, on this thread; a struct's initialiser cannot lend itself to it.
        var marks: [(name: String, at: ContinuousClock.Instant)] = []
        let plan = try Planner(solver: GLPKSolver(), threads: threads).plan(loaded.planningCase) { line in
            marks.append((String(line.prefix { $0 != ":" }), .now))
        }
        for mark in marks { end(mark.name, at: mark.at) }
        end("put in order")
        guard let table = plan.table(.region) else { preconditionFailure("every plan has a table by region") }
        _ = (table.csv, plan.json)
        end("write")
    }

    private mutating func end(_ name: String, at now: ContinuousClock.Instant = .now) {
        phases.append((name, (now - last) / .seconds(1)))
        last = now
    }
}
