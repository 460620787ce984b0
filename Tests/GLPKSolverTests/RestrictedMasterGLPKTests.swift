import GLPKSolver
import HeadroomTestSupport
import LinearProgramming
import Testing

/// The convexity master finds what GLPK finds for the same linear program.
struct RestrictedMasterGLPKTests {
    @Test("Random masters", arguments: UInt64(0)..<30)
    func cold(_ batch: UInt64) throws {
        for seed in 0..<UInt64(100) {
            var twin = Twin(seed: 100 * batch + seed)
            try twin.compare()
        }
    }

    @Test("Masters solved again after changes of all kinds", arguments: UInt64(0)..<30)
    func warm(_ batch: UInt64) throws {
        for seed in 0..<UInt64(10) {
            var twin = Twin(seed: 1_000_000 + 100 * batch + seed)
            try twin.compare(changes: 10)
        }
    }

    @Test(
        "The ways out of degenerate vertices, and primal steps alone, lead to the same optima",
        arguments: [
            MasterSettings(usesDualSteps: false),
            MasterSettings(usesDualSteps: false, idleLimit: 0, perturbationLimit: 3),
            MasterSettings(usesDualSteps: false, idleLimit: 0, perturbationLimit: 0),
            MasterSettings(idleLimit: 0, perturbationLimit: 1),
        ])
    func settings(_ settings: MasterSettings) throws {
        for seed in 0..<UInt64(100) {
            var twin = Twin(seed: 3_000_000 + seed, settings: settings)
            try twin.compare(changes: 10)
        }
    }

    @Test("Masters with more rows and sets, solved again after changes", arguments: UInt64(0)..<8)
    func large(_ seed: UInt64) throws {
        var twin = Twin(seed: 2_000_000 + seed, sets: 40...300, rows: 10...40)
        try twin.compare(changes: 5)
    }

    @Test("A solve from scratch and the same solve again give the same bytes", arguments: UInt64(0)..<20)
    func repeatable(_ seed: UInt64) throws {
        var first = Twin(seed: seed)
        var second = Twin(seed: seed)
        for _ in 0..<4 {
            #expect(first.master.solve() == second.master.solve())
            first.change()
            second.change()
        }
    }
}

/// A random master and what it was made from.
private struct Twin {
    private var random: SplitMix64
    private let seed: UInt64
    private let settings: MasterSettings
    private let rowCount: Int
    /// The columns of each set: index in the master, value, entries.
    private var sets: [[(column: Int, value: Double, entries: [Double])]] = []
    private var rightHandSide: [Double]
    private var lower: [Double] = []
    private var upper: [Double] = []
    /// The size of each row's entries.
    private let scale: [Double]
    /// Small whole numbers make ties and degenerate vertices.
    private let isWhole: Bool
    private var saved: MasterBasis?
    var master: RestrictedMaster

    init(
        seed: UInt64, sets: ClosedRange<Int> = 1...12, rows: ClosedRange<Int> = 0...6,
        settings: MasterSettings = MasterSettings()
    ) {
        self.seed = seed
        self.settings = settings
        var random = SplitMix64(seed: seed)
        rowCount = Int.random(in: rows, using: &random)
        let setCount = Int.random(in: sets, using: &random)
        isWhole = random.chance(0.4)
        let isScaled = random.chance(0.3)
        scale = (0..<rowCount).map { _ in isScaled ? random.logNormal(median: 1, spread: 4) : 1 }
        rightHandSide = scale
        self.random = random
        master = RestrictedMaster(
            rightHandSide: scale, lower: scale.map { _ in 0 }, upper: scale.map { _ in 1 })
        for _ in 0..<setCount { addSet() }
        changeBox()
        changeRightHandSide()
    }

    /// Compares before and after each of a number of changes.
    mutating func compare(changes: Int) throws {
        for _ in 0..<changes {
            try compare()
            change()
        }
        try compare()
    }

    /// Solves by both and compares.
    mutating func compare() throws {
        let solution = master.solve(settings: settings)
        let comment = Comment(rawValue: "seed \(seed)")
        let program = program
        let result = try solveByGLPK(program)
        let optimum = try #require(result.solution, comment).objective
        let size = max(abs(optimum), 1e-3 * programSize(program))
        #expect(result.termination == .optimal, comment)
        #expect(solution.isOptimal, comment)
        #expect(abs(solution.objective - optimum) <= 1e-10 * size, comment)
        #expect(abs(solution.bound - optimum) <= 1e-10 * size, comment)
        #expect(solution.check.worst < 1e-11, comment)
        #expect(solution.setPrices.count == sets.count)
        var weights = [Double](repeating: 0, count: sets.count)
        solution.forEachShare { set, column, weight in
            if sets[set].contains(where: { $0.column == column }) { weights[set] += weight }
        }
        #expect(weights.allSatisfy { abs($0 - 1) < 1e-12 }, comment)
    }

    /// Degenerate masters may be too much for the first settings.
    private func solveByGLPK(_ program: LinearProgram) throws -> SolverResult {
        let settings = SolverSettings()
        let result = try GLPKSolver().solve(program, from: nil, settings: settings, control: SolverControl())
        if result.termination == .optimal { return result }
        return try GLPKSolver().solve(
            program, from: nil, settings: settings.secondAttempt(exact: false), control: SolverControl())
    }

    private func programSize(_ program: LinearProgram) -> Double {
        program.objective.reduce(0) { max($0, abs($1)) }
    }

    // MARK: Changes

    mutating func change() {
        switch random.next() % 8 {
        case 0, 1, 2:
            for _ in 0...random.next() % 9 { addColumn(to: Int(random.next() % UInt64(sets.count))) }
        case 3: addSet()
        case 4: changeBox()
        case 5: changeRightHandSide()
        case 6:
            let removed = Set(master.removeColumns(unusedFor: 2))
            if !removed.isEmpty { saved = nil }
            for set in sets.indices { sets[set].removeAll { removed.contains($0.column) } }
        default:
            if let saved { master.restore(saved) }
            saved = master.basis
            changeBox()
            changeRightHandSide()
            for set in sets.indices { addColumn(to: set) }
        }
    }

    private mutating func addSet() {
        let (value, entries) = plan(isNothing: random.chance(0.5))
        let (_, column) = master.addSet(value: value, entries: entries)
        sets.append([(column, value, entries)])
        for _ in 0..<random.next() % 6 { addColumn(to: sets.count - 1) }
    }

    private mutating func addColumn(to set: Int) {
        var (value, entries) = plan(isNothing: random.chance(0.1))
        if random.chance(0.15), let twin = sets[set].first { (value, entries) = (twin.value, twin.entries) }
        let column = master.addColumn(to: set, value: value, entries: entries)
        sets[set].append((column, value, entries))
    }

    private mutating func plan(isNothing: Bool) -> (Double, [Double]) {
        if isNothing { return (0, scale.map { _ in 0 }) }
        let entries = scale.map { scale in
            random.chance(0.3)
                ? 0 : isWhole ? Double(random.next() % 4) * scale : random.number(in: -0.5...3) * scale
        }
        return (isWhole ? Double(random.next() % 5) : random.number(in: -1...4), entries)
    }

    private mutating func changeBox() {
        lower = scale.map { random.chance(0.6) ? 0 : random.pick([-1, 0.5, 1]) / $0 }
        upper = zip(lower, scale).map { max($0, random.pick([0.5, 2, 10]) / $1) }
        master.setBox(lower: lower, upper: upper)
    }

    private mutating func changeRightHandSide() {
        let sizes = 0.5 * Double(sets.count)
        rightHandSide = scale.map { scale in
            scale * (isWhole ? Double(random.next() % 8) : random.number(in: -0.2 * sizes...2 * sizes))
        }
        master.setRightHandSide(rightHandSide)
    }

    // MARK: The same as a linear program

    private var program: LinearProgram {
        var program = LinearProgram(.maximize)
        var objective = LinearExpression()
        var rows = [LinearExpression](repeating: LinearExpression(), count: rowCount)
        for set in sets {
            var convexity = LinearExpression()
            for (_, value, entries) in set {
                let column = program.addColumn("")
                convexity.add(column)
                objective.add(column, times: value)
                for row in rows.indices { rows[row].add(column, times: entries[row]) }
            }
            program.addRow("", convexity, lower: 1, upper: 1)
        }
        for row in rows.indices {
            let relax = program.addColumn("", magnitude: scale[row])
            let sell = program.addColumn("", magnitude: scale[row])
            rows[row].add(relax, times: -1)
            rows[row].add(sell)
            objective.add(relax, times: -upper[row])
            objective.add(sell, times: lower[row])
            program.addRow("", rows[row], lower: rightHandSide[row], upper: rightHandSide[row])
        }
        program.setObjective(objective)
        return program
    }
}
