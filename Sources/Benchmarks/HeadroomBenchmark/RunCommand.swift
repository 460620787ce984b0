import ArgumentParser
import Foundation

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Time Headroom beside other tools and print the table.",
        discussion: """
            Every tool is run as a whole process, from the region files to a written allocation, one after the other \
            and over again; medians are shown. Each must find the same return, to 1e-6. A tool that hits the time \
            limit is not run again, nor at larger sizes. Peers: \(Tool.allCases.dropFirst().map(\.rawValue).joined(separator: ", ")).
            """)

    @Option(help: "Sizes, regions x years.")
    var sizes = "31x5,1000x10,3000x10,10000x10"

    @Option(name: .customLong("repeat"), help: "Runs of each tool at each size.")
    var repeats = 3

    @Option(help: "Tools to run beside Headroom, separated by commas, or all or none.")
    var peers = "all"

    @Option(help: "Seconds that one run may take.")
    var timeLimit = 600.0

    @Option(help: "Seed of the made-up plans.")
    var seed: UInt64 = 1

    @Option(help: "The Python interpreter that has the Python peers installed.")
    var python = "python3"

    @Option(help: "The program headroom; by default the one beside this program.")
    var headroom: String?

    func validate() throws {
        guard repeats >= 1 else { throw ValidationError("--repeat is \(repeats), expected at least 1") }
        guard timeLimit > 0 else { throw ValidationError("--time-limit is \(timeLimit), expected above 0") }
        _ = try recipes
        _ = try tools
    }

    func run() throws {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "headroom-benchmark-\(getpid())")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        var comparison = Comparison(
            toolbox: try toolbox, tools: try tools, repeats: repeats, timeLimit: timeLimit, scratch: scratch)
        do {
            for recipe in try recipes { try comparison.run(recipe) }
        } catch is CancellationError {
            throw ExitCode(128 + SIGINT)
        }
        print(comparison.markdown)
        for fault in comparison.faults { comparison.tell(fault) }
        if !comparison.faults.isEmpty { throw ExitCode.failure }
    }

    private var toolbox: Toolbox {
        get throws {
            let benchmark = try ownProgram
            let headroom = try headroomProgram(named: headroom)
            guard let peers = Bundle.module.url(forResource: "Peers", withExtension: nil) else {
                throw ValidationError("the folder Peers is not beside this program")
            }
            return Toolbox(benchmark: benchmark.path, headroom: headroom, python: python, peers: peers)
        }
    }

    private var recipes: [PlanRecipe] {
        get throws {
            try sizes.split(separator: ",").map { size in
                let numbers = size.split(separator: "x").map { Int($0) }
                guard numbers.count == 2, let regions = numbers[0], let years = numbers[1],
                    regions >= PlanRecipe.fewestRegions, 1...50 ~= years
                else {
                    throw ValidationError("--sizes has “\(size)”, expected REGIONSxYEARS such as 1000x10")
                }
                return PlanRecipe(regions: regions, years: years, seed: seed)
            }
        }
    }

    /// Headroom first, the others in their own order.
    private var tools: [Tool] {
        get throws {
            if peers == "all" { return Tool.allCases }
            if peers == "none" { return [.headroom] }
            let named = try peers.split(separator: ",").map { name in
                guard let tool = Tool(rawValue: String(name)) else {
                    let known = Tool.allCases.dropFirst().map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("--peers has “\(name)”, expected some of \(known)")
                }
                return tool
            }
            return Tool.allCases.filter { $0 == .headroom || named.contains($0) }
        }
    }
}
