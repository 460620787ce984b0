public import LinearProgramming
internal import Synchronization

extension Planner {
    /// Plans of up to so many regions and years together are solved several at a time; of larger ones each has all
    /// threads for itself, and its memory.
    private static let small = 200_000

    /// Finds the best plan of each of several cases, one failure not ending the others.
    ///
    /// - Parameters:
    ///   - control: Of all of them together: its deadline and its cancellation end those that are not done.
    ///   - finished: Told how many are done, on any thread, whenever it is one more.
    /// - Returns: In the order of the cases, the same for any number of threads.
    public func plans(
        of cases: [PlanningCase], details: PlanDetails = .reasons, control: SolverControl = SolverControl(),
        finished: @escaping @Sendable (Int) -> Void = { _ in }
    ) -> [Result<Plan, any Error>] {
        let size = cases.map { $0.regions.count * $0.assumptions.years }.max() ?? 0
        return results(cases.count, size: size, finished: finished) { planner, place in
            try planner.plan(cases[place], details: details, control: control)
        }
    }

    /// Makes something of each of several plans, as many at a time as their size allows, one failure not ending the
    /// others.
    ///
    /// - Parameters:
    ///   - size: Regions × years of the largest.
    ///   - make: Told the planner to use, and which plan.
    /// - Returns: In order, the same for any number of threads.
    func results<Value: Sendable>(
        _ count: Int, size: Int, finished: @escaping @Sendable (Int) -> Void,
        _ make: @escaping @Sendable (Planner, Int) throws -> Value
    ) -> [Result<Value, any Error>] {
        let together = size <= Self.small ? max(1, min(threads, count)) : 1
        let planner = Planner(solver: solver, threads: max(1, threads / together), method: method)
        let done = Mutex(0)
        return concurrentMap(count, threads: together) { place in
            defer {
                finished(
                    done.withLock {
                        $0 += 1
                        return $0
                    })
            }
            return Result { try make(planner, place) }
        }
    }
}
