import ArgumentParser
import Foundation

struct GrowthCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "growth",
        abstract: "Fit how Headroom's time and memory grow with the number of regions.",
        discussion: """
            Made-up plans of each size are planned by whole processes, from the region files to a written allocation \
            in CSV, one after the other and over again; medians are shown, and the powers of the number of regions that \
            fit them best (least squares of the logarithms). 1 is as fast as the number of regions.
            """)

    @Option(help: "Numbers of regions, at least two different ones.")
    var sizes = "10000,30000,100000,300000,1000000"

    @Option(help: "Planning years, 1 to 50.")
    var years = 10

    @Option(name: .customLong("repeat"), help: "Runs at each size.")
    var repeats = 3

    @Option(help: "Seed of the made-up plans.")
    var seed: UInt64 = 1

    @Option(help: "The program headroom; by default the one beside this program.")
    var headroom: String?

    func validate() throws {
        guard repeats >= 1 else { throw ValidationError("--repeat is \(repeats), expected at least 1") }
        guard 1...50 ~= years else { throw ValidationError("--years is \(years), expected 1 to 50") }
        _ = try counts
    }

    private var counts: [Int] {
        get throws {
            let counts = try sizes.split(separator: ",").map { text in
                guard let count = Int(text), count >= PlanRecipe.fewestRegions else {
                    throw ValidationError(
                        "--sizes has “\(text)”, expected numbers from \(PlanRecipe.fewestRegions) on")
                }
                return count
            }
            guard Set(counts).count > 1 else {
                throw ValidationError("--sizes is “\(sizes)”, expected at least two different ones")
            }
            return counts
        }
    }

    /// What planning so many regions takes.
    private struct Cost {
        var regions: Int
        var seconds: Double
        var processorSeconds: Double
        var memory: ProcessRun.Memory
    }

    func run() throws {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "headroom-growth-\(getpid())")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let program = try headroomProgram(named: headroom)
        var costs: [Cost] = []
        do {
            for count in try counts { costs.append(try cost(of: count, program, scratch)) }
        } catch is CancellationError {
            throw ExitCode(128 + SIGINT)
        }
        print("| regions × years | time | processor time | peak memory | memory a region |")
        print("|---|---:|---:|---:|---:|")
        for cost in costs {
            let each = Int((Double(cost.memory.bytes) / Double(cost.regions)).rounded())
            print(
                "| \(cost.regions.grouped) × \(years) | \(cost.seconds.secondsText) | "
                    + "\(cost.processorSeconds.secondsText) | \(cost.memory.text) | \(each.grouped) bytes |")
        }
        func power(_ amount: (Cost) -> Double) -> String {
            String(format: "%.2f", Self.power(costs.map { (Double($0.regions), amount($0)) }))
        }
        print(
            """

            Time grows like the number of regions to the power \(power(\.seconds)), processor time \
            \(power(\.processorSeconds)), memory \(power { Double($0.memory.bytes) }).
            \(Machine.text)
            """)
    }

    /// Medians over the runs at one size.
    private func cost(of count: Int, _ program: String, _ scratch: URL) throws -> Cost {
        let plan = scratch.appending(path: "plan-\(count)")
        defer { try? FileManager.default.removeItem(at: plan) }
        _ = try PlanRecipe(regions: count, years: years, seed: seed).write(to: plan)
        let allocation = scratch.appending(path: "allocation.csv").path
        let runs = try (0..<repeats).map { _ in
            let run = try ProcessRun(
                [program, "plan", plan.path, "--quiet", "-o", allocation], scratch: scratch,
                timeLimit: .infinity)
            guard run.end == .exited(0) else {
                throw UnmadePlan(reason: "\(count) regions: \(run.end): \(run.errors)")
            }
            return run
        }
        return Cost(
            regions: count, seconds: median(runs.map(\.seconds)),
            processorSeconds: median(runs.map(\.processorSeconds)),
            memory: runs.map(\.peakMemory).sorted()[runs.count / 2])
    }

    /// The slope of the straight line that fits the logarithms best.
    static func power(_ points: [(Double, Double)]) -> Double {
        let logarithms = points.map { (log($0.0), log($0.1)) }
        let count = Double(points.count)
        let mean = (
            logarithms.reduce(0) { $0 + $1.0 } / count, logarithms.reduce(0) { $0 + $1.1 } / count
        )
        let products = logarithms.reduce(0) { $0 + ($1.0 - mean.0) * ($1.1 - mean.1) }
        return products / logarithms.reduce(0) { $0 + ($1.0 - mean.0) * ($1.0 - mean.0) }
    }
}
