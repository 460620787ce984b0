import Foundation
import Testing

/// The built executable, run as a user runs it.
struct HeadroomProcess {
    struct Result {
        var status: Int32
        var output: String
        var errors: String
    }

    private let process = Process()
    private let folder: Workplace
    private let ended = DispatchSemaphore(value: 0)
    private let terminal: PseudoTerminal?

    /// Starts `headroom` in a folder.
    ///
    /// - Parameters:
    ///   - terminal: What standard output is; nil: a file.
    ///   - environment: Variables beside those of the tests.
    ///   - ignoresInterrupts: Whether it begins as one in the background of a script does.
    init(
        _ arguments: [String], in folder: Workplace, on terminal: PseudoTerminal? = nil,
        environment: [String: String] = [:], ignoresInterrupts: Bool = false
    ) throws {
        self.terminal = terminal
        self.folder = folder
        let executable = try Self.executable
        let shell = ["-c", "trap '' INT; exec \"$0\" \"$@\"", executable.path]
        process.executableURL = ignoresInterrupts ? URL(fileURLWithPath: "/bin/sh") : executable
        process.arguments = (ignoresInterrupts ? shell : []) + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.standardInput = FileHandle.nullDevice
        // Files and no pipes, so that nobody waits for a reader.
        process.standardOutput = try terminal?.end ?? folder.newFile("stdout")
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardError = try folder.newFile("stderr")
        let ended = ended
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        terminal?.collect()
    }

    /// The executable stands beside the bundle of the tests.
    private static var executable: URL {
        get throws {
            let bundles =
                [Bundle.main.bundleURL] + Bundle.allBundles.map { $0.bundleURL.deletingLastPathComponent() }
            let candidates = bundles.map { $0.appendingPathComponent("headroom") }
            return try #require(candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) })
        }
    }

    /// Waits for the end; a process that takes longer is killed, and the test fails.
    func result(within seconds: Double = 60) throws -> Result {
        if ended.wait(timeout: .now() + seconds) == .timedOut {
            kill(process.processIdentifier, SIGKILL)
            ended.wait()
            Issue.record("headroom \(process.arguments ?? []) did not end within \(seconds) s")
        }
        #expect(process.terminationReason == .exit)
        return Result(
            status: process.terminationStatus, output: try terminal?.text() ?? folder.text("stdout"),
            errors: try folder.text("stderr"))
    }

    func interrupt() { process.interrupt() }

    /// Waits until standard error holds a text.
    func waitForError(_ text: String, within seconds: Double = 60) throws {
        let end = Date(timeIntervalSinceNow: seconds)
        while try !folder.text("stderr").contains(text), process.isRunning, Date() < end {
            Thread.sleep(forTimeInterval: 0.02)
        }
        #expect(try folder.text("stderr").contains(text))
    }
}

/// A folder of its own for one test, with a plan in `plan`; it is gone with the value.
final class Workplace: Sendable {
    let path: String

    init(plan: String = Workplace.plan, regions: String = Workplace.regions) throws {
        path = NSTemporaryDirectory() + "headroom-cli-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path + "/plan", withIntermediateDirectories: true)
        try write(plan, to: "plan/plan.yaml")
        try write(regions, to: "plan/regions.csv")
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

    /// Names of what is in the folder, but for what the processes said.
    var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: path).filter {
                !["stdout", "stderr"].contains($0)
            }
            .sorted()
        }
    }

    fileprivate func newFile(_ name: String) throws -> FileHandle {
        try write("", to: name)
        return try FileHandle(forWritingTo: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    /// Runs `headroom` to its end with a terminal as its standard output.
    func headroom(
        _ arguments: [String], width: Int, environment: [String: String] = ["TERM": "xterm", "NO_COLOR": ""]
    ) throws -> HeadroomProcess.Result {
        try HeadroomProcess(
            arguments, in: self, on: PseudoTerminal(width: width), environment: environment
        ).result()
    }

    /// Runs `headroom` to its end.
    func headroom(_ arguments: String...) throws -> HeadroomProcess.Result {
        try HeadroomProcess(arguments, in: self).result()
    }
}

extension Workplace {
    /// A budget that binds; one warning and no error.
    static let plan = """
        title: Small plan
        base_year: 2024
        years: 3
        discount_rate: 8%
        max_utilization: 90%
        currency: CNY
        capacity_unit: port
        budget: {total: 40e3}

        """

    static let regions = """
        region,name,zone,users,capacity,idle_capacity,demand_growth,revenue_per_user,build_cost,potential_users,adoption_cost
        a,Alpha,west,100,200,100,5%,300,200,500,100
        b,Beta,west,250,270,20,30%,280,150,,
        c,Gamma,east,80,100,20,-2%,350,180,100,700

        """

    /// A plan that takes the solver many seconds: its goals leave it no start near the optimum.
    static func large(regions count: Int) throws -> Workplace {
        let plan = """
            base_year: 2024
            years: 10
            discount_rate: 8%
            budget: {total: 3e7, yearly: 5e6, carry_over: true}
            adoption: {steps: [{share: 30%, cost_factor: 1}, {share: 40%, cost_factor: 2}]}
            objective: {maximize: [utilization, served_users, return]}

            """
        var regions =
            "region,users,capacity,idle_capacity,demand_growth,revenue_per_user,build_cost,potential_users,adoption_cost\n"
        for region in 0..<count {
            let users = 100 + region * 37 % 400
            let idle = 20 + region * 53 % 300
            let growth = 2 + region * 7 % 25
            regions += "r\(region),\(users),\(users + idle),\(idle),\(growth)%,\(200 + region % 97),"
            regions += "\(300 + region * 11 % 700),\(users * 3),\(100 + region * 13 % 400)\n"
        }
        return try Workplace(plan: plan, regions: regions)
    }
}
