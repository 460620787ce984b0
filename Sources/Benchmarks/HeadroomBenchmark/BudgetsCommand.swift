import ArgumentParser
import Foundation
import GLPKSolver
import Headroom
import HeadroomFiles

struct BudgetsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "budgets",
        abstract: "Time a plan's best return under many budgets, beside HiGHS warm-started.",
        discussion: """
            Both read the plan once and then find the best return under every budget, an even grid from half to one \
            and a half times the plan's own, each from where the one before ended. Only the searches are timed. All \
            values must agree to 1e-6. Before that Headroom makes whole plans under the same budgets, for the return \
            alone and with utilization ranked below it, and is held against one plan.
            """)

    @OptionGroup var recipe: RecipeOptions

    @Option(help: "How many budgets.")
    var count = 50

    @Option(help: "The Python interpreter that has highspy installed; none to run without it.")
    var python = "python3"

    @Option(help: "Threads of Headroom; HiGHS's dual simplex uses one.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard count >= 2 else { throw ValidationError("--count is \(count), expected at least 2") }
        guard threads >= 1 else { throw ValidationError("--threads is \(threads), expected at least 1") }
    }

    func run() throws {
        let scratch = FileManager.default.temporaryDirectory.appending(path: "headroom-budgets-\(getpid())")
        defer { try? FileManager.default.removeItem(at: scratch) }
        try recipe.recipe.write(to: scratch)
        let factors = (0..<count).map { 0.5 + Double($0) / Double(count - 1) }
        for goals in [[Goal.return], [.return, .utilization]] {
            print(try SweepTiming(of: scratch.path, goals, factors, threads: threads).text)
        }
        let (own, values) = try timeOwn(scratch.path, factors)
        print("Headroom: \(count) budgets at \(recipe.recipe.sizeText) in \(own.secondsText)")
        guard python != "none" else { return }
        let (seconds, others) = try timePeer(scratch, factors)
        for (factor, (value, other)) in zip(factors, zip(values, others))
        where !(abs(value - other) <= 1e-6 * abs(value)) {
            throw UnmadePlan(
                reason: "at \(factor) times the budget HiGHS returns \(other), Headroom \(value)")
        }
        print(
            "HiGHS, warm-started: \(seconds.secondsText), \(String(format: "%.1f", seconds / own)) times as long"
        )
        print("\(Machine.text), \(threads) threads; all values agree to 1e-6")
    }

    private func timeOwn(_ path: String, _ factors: [Double]) throws -> (Double, [Double]) {
        let planningCase = try LoadedPlan(path: path).planningCase
        let budgets = factors.map { planningCase.assumptions.budget.scaled(by: $0) }
        let begin = ContinuousClock.now
        let values = try Planner(solver: GLPKSolver(), threads: threads)
            .bestValues(of: planningCase, under: budgets)
        let seconds = (ContinuousClock.now - begin) / .seconds(1)
        guard let found = values?.compactMap(\.value), found.count == factors.count else {
            throw UnmadePlan(reason: "a budget has no plan")
        }
        return (seconds, found)
    }

    private func timePeer(_ scratch: URL, _ factors: [Double]) throws -> (Double, [Double]) {
        guard
            let script = Bundle.module.url(forResource: "Peers", withExtension: nil)?
                .appending(path: "highspy_budgets.py")
        else { throw UnmadePlan(reason: "the folder Peers is not beside this program") }
        let run = try ProcessRun(
            [python, script.path, scratch.path] + factors.map { "\($0)" }, scratch: scratch,
            timeLimit: .infinity)
        // HiGHS may say who it is first.
        let numbers = run.output.split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
            .suffix(factors.count + 1)
        guard run.end == .exited(0), numbers.count == factors.count + 1, let seconds = numbers.first else {
            throw UnmadePlan(reason: "\(run.end): \(run.errors)")
        }
        return (seconds, Array(numbers.dropFirst()))
    }
}
