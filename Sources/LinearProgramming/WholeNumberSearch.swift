/// Solves a program with whole numbers: the relaxation, a first solution by rounding it, then the solver's search.
///
/// A point of the search is not taken as it is: its whole numbers are fixed, and the rest is solved and certified as a
/// continuous program. Rounding comes before the search so that a search that is stopped has a solution, and the
/// relaxation as its bound.
struct WholeNumberSearch<Solver: LinearSolver> {
    private let solver: Solver
    private let program: LinearProgram
    private let settings: SolverSettings
    private let control: SolverControl
    /// What a certificate may be off, relative.
    private let tolerance: Double
    /// Simplex steps so far.
    private var steps = 0

    init(
        _ solver: Solver, _ program: LinearProgram, _ settings: SolverSettings, _ control: SolverControl,
        tolerance: Double
    ) {
        self.solver = solver
        self.program = program
        self.settings = settings
        self.control = control
        self.tolerance = tolerance
    }

    /// - Throws: As `certifiedSolve`.
    mutating func result(from start: Basis?) throws -> CertifiedResult {
        let relaxed = try solver.certifiedSolve(
            program.relaxed, from: start, settings: settings, control: control, tolerance: tolerance)
        switch relaxed {
        case .optimal(let root):
            steps = root.steps
            let known = try firstPoint(from: root)
            if let known, known.gap(size: settings.gapSize) ?? .infinity <= settings.gap {
                return .optimal(known)
            }
            return try search(from: root, known)
        case .stopped: return .stopped(nil)
        case .infeasible: return .infeasible
        case .unbounded: return .unbounded
        }
    }

    /// The solver's search, asked once more with other settings where its answer is no proof.
    private mutating func search(from root: CertifiedPoint, _ known: CertifiedPoint?) throws
        -> CertifiedResult
    {
        for isLast in [false, true] {
            var settings = isLast ? settings.secondAttempt(exact: false) : settings
            settings.knownPoint = known?.solution.columnValues
            let result: SolverResult
            do {
                result = try solver.solve(
                    program, from: isLast ? nil : root.basis, settings: settings, control: control)
            } catch {
                if isLast { throw error }
                continue
            }
            steps += result.steps
            let bound = result.bound ?? root.solution.objective
            let found = try result.solution.flatMap { try fixed(at: $0.columnValues, from: root) }
            let best = [known, found].compactMap(\.self).max { isBetter($1, than: $0) }
            switch result.termination {
            case .timeLimit, .cancelled: return .stopped(best.map { proved($0, bound) })
            case .optimal: if let best { return .optimal(proved(best, bound)) }
            // The first attempt's word alone is not taken for that.
            case .infeasible: if isLast, known == nil { return .infeasible }
            case .unbounded: if isLast { return .unbounded }
            case .numericalTrouble: break
            }
        }
        throw CertificateFailure(
            description: "\(solver.name) found no whole numbers that hold all rows, from two settings")
    }

    /// The point that is known, or the best of the relaxation's roundings; nil where none of them is a solution.
    private mutating func firstPoint(from root: CertifiedPoint) throws -> CertifiedPoint? {
        let bound = root.solution.objective
        if let known = settings.knownPoint {
            return try fixed(at: known, from: root).map { proved($0, bound) }
        }
        var best: CertifiedPoint?
        for rounding in [FloatingPointRoundingRule.down, .toNearestOrAwayFromZero, .up] {
            // A first solution is worth one small solve more than the time limit allows.
            let control = best == nil ? SolverControl() : control
            guard let next = rounded(root, rounding, control) else { continue }
            if best.map({ isBetter(next, than: $0) }) ?? true { best = next }
        }
        return best.map { proved($0, bound) }
    }

    /// The relaxation with its whole numbers rounded and the rest solved anew; nil where that holds no rows.
    private mutating func rounded(
        _ root: CertifiedPoint, _ rounding: FloatingPointRoundingRule, _ control: SolverControl
    ) -> CertifiedPoint? {
        let fixed = program.fixingIntegers(at: root.solution.columnValues, rounding)
        // What the solver breaks down on is no solution; the search comes after all.
        guard
            let result = try? solver.solve(fixed, from: root.basis, settings: plain, control: control)
        else { return nil }
        steps += result.steps
        guard result.termination == .optimal, let solution = result.solution else { return nil }
        let certificate = Certificate(of: solution, for: fixed)
        guard certificate.holds(within: tolerance) else { return nil }
        return CertifiedPoint(
            solution: solution, basis: nil, certificate: certificate, bound: nil, steps: steps)
    }

    /// The whole numbers of a point fixed and the rest solved and certified; nil where that holds no rows.
    ///
    /// No time limit holds here: without this the point found in time would not be one.
    private mutating func fixed(at point: [Double], from root: CertifiedPoint) throws -> CertifiedPoint? {
        let result = try solver.certifiedSolve(
            program.fixingIntegers(at: point), from: root.basis, settings: plain, tolerance: tolerance)
        guard case .optimal(var point) = result else { return nil }
        steps += point.steps
        point.basis = nil
        return point
    }

    /// Settings for what is left once the whole numbers are fixed: the relaxation's basis stays dual feasible.
    private var plain: SolverSettings {
        var plain = settings
        plain.method = .dualSimplex
        plain.knownPoint = nil
        return plain
    }

    private func isBetter(_ point: CertifiedPoint, than other: CertifiedPoint) -> Bool {
        program.sense == .maximize
            ? point.solution.objective > other.solution.objective
            : point.solution.objective < other.solution.objective
    }

    /// The point with what the search proved of it. A bound that rounding has put behind the point is the point's value.
    private func proved(_ point: CertifiedPoint, _ bound: Double) -> CertifiedPoint {
        var point = point
        let value = point.solution.objective
        point.bound = program.sense == .maximize ? max(bound, value) : min(bound, value)
        point.steps = steps
        return point
    }
}
