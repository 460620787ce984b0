public import ArgumentParser
import Foundation
import GLPKSolver
public import Headroom
import HeadroomFiles
import LinearProgramming

/// How a command runs, as apart from what it does.
struct RunOptions: ParsableArguments {
    @Flag(help: "Print no warnings, notes or progress.")
    var quiet = false

    @Flag(help: "Print the size of the program and the time of every phase.")
    var verbose = false

    @Option(parsing: .unconditional, help: "Stop after this many seconds with the best plan found.")
    var timeLimit: Double?

    @Option(parsing: .unconditional, help: "Threads to use; the result does not depend on it.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Option(
        help:
            "How to solve: automatic; program (one linear program); prices (region by region, for many regions)."
    )
    var method = Planner.Method.automatic

    func validate() throws {
        if let timeLimit, !(timeLimit > 0) {
            throw ValidationError("--time-limit is \(timeLimit), expected seconds above 0")
        }
        guard threads >= 1 else { throw ValidationError("--threads is \(threads), expected at least 1") }
        guard !(quiet && verbose) else { throw ValidationError("--quiet and --verbose exclude each other") }
    }

    func show(_ diagnostics: [Diagnostic]) {
        guard !quiet else { return }
        for diagnostic in diagnostics { StandardError.write(diagnostic) }
    }

    /// Solves, with progress on a terminal, and stops early on Ctrl-C or at the time limit.
    ///
    /// - Parameter planningCase: In another order meanwhile.
    func solve(_ planningCase: inout PlanningCase, details: PlanDetails) throws -> Plan {
        let isVerbose = verbose
        return try controlled { control in
            try planner.plan(reordering: &planningCase, details: details, control: control) { line in
                if isVerbose { StandardError.write("\(line)\n") }
            }
        }
    }

    /// Solves several plans, stopped together as `solve` is.
    func plans(of variants: [Variant]) -> [Result<Plan, any Error>] {
        let progress = ProgressLine(isShown: !quiet && StandardError.takesCodes)
        defer { progress.clear() }
        let isVerbose = verbose
        return controlled { control in
            var control = control
            // Of several at a time no one's steps say how far they are.
            control.report = { _ in }
            let count = variants.count
            return planner.plans(of: variants.map(\.planningCase), control: control) { done in
                progress.show("solving: \(done) of \(count) plans done")
                if isVerbose { StandardError.write("compare: \(done) of \(count) plans done\n") }
            }
        }
    }

    /// Sweeps over budgets, with what is done shown on a terminal, stopped as `solve` is.
    func sweep(_ planningCase: PlanningCase, _ request: SweepRequest) throws -> BudgetSweep {
        let progress = ProgressLine(isShown: !quiet && StandardError.takesCodes)
        defer { progress.clear() }
        return try controlled(progress) { control in
            // Plans that are made at once would tell one over the other how far they are.
            var silent = control
            if request.budgets.count != 1 { silent.report = { _ in } }
            return try planner.sweep(planningCase, request, control: silent) { done, count in
                progress.show("sweeping: \(done) of \(count) plans")
            }
        }
    }

    /// Finds the trade-off between two goals, with what is done shown on a terminal, stopped as `solve` is.
    func frontier(
        _ planningCase: PlanningCase, goals: [Goal], scenarios: [(name: String, planningCase: PlanningCase)]
    ) throws -> FrontierOutcome {
        let progress = ProgressLine(isShown: !quiet && StandardError.takesCodes)
        defer { progress.clear() }
        return try controlled(progress) { control in
            var silent = control
            silent.report = { _ in }
            return try planner.frontier(
                of: planningCase, goals: goals, scenarios: scenarios, control: silent
            ) { progress.show("frontier: \($0)") }
        }
    }

    /// Varies the assumptions of a plan, stopped as `solve` is.
    func sensitivity(_ varied: VariedPlan) throws -> Sensitivity {
        let progress = ProgressLine(isShown: !quiet && StandardError.takesCodes)
        defer { progress.clear() }
        let isVerbose = verbose
        let count = varied.factors.reduce(0) { $0 + ($1.low == nil ? 0 : 1) + ($1.high == nil ? 0 : 1) }
        return try controlled { control in
            var control = control
            // Of several at a time no one's steps say how far they are.
            control.report = { _ in }
            return try planner.sensitivity(
                of: varied.loaded.planningCase, to: varied.factors, control: control,
                finished: { done in
                    progress.show("varying: \(done) of \(count) plans done")
                    if isVerbose { StandardError.write("sensitivity: \(done) of \(count) plans done\n") }
                }, varied: varied.varied)
        }
    }

    /// Makes the program of a plan, solved for its value, stopped as `solve` is.
    func export(_ planningCase: PlanningCase, relaxed: Bool) throws -> ExportedProgram {
        try controlled { control in
            try planner.exportedProgram(of: planningCase, relaxed: relaxed, control: control)
        }
    }

    var planner: Planner { Planner(solver: GLPKSolver(), threads: threads, method: method) }

    /// Runs a search that progress is shown of, and that Ctrl-C and the time limit end.
    func controlled<Result>(_ body: (SolverControl) throws -> Result) rethrows -> Result {
        let progress = ProgressLine(isShown: !quiet && StandardError.takesCodes)
        defer { progress.clear() }
        return try controlled(progress, body)
    }

    private func controlled<Result>(
        _ progress: ProgressLine, _ body: (SolverControl) throws -> Result
    ) rethrows -> Result {
        let interrupt = Interrupt()
        return try body(
            SolverControl(
                deadline: timeLimit.map { ContinuousClock.now.advanced(by: .seconds(min($0, 1e9))) },
                isCancelled: { interrupt.isRequested }, report: { progress.show($0) }))
    }
}

extension Planner.Method: ExpressibleByArgument {}
