/// A point together with what is proved of it.
public struct CertifiedPoint: Sendable {
    public var solution: Solution
    public var basis: Basis?
    /// Residuals; for a program with whole numbers those of the program with these numbers fixed.
    public var certificate: Certificate
    /// No solution is better than this: the objective of a proved optimum; nil where nothing is proved.
    public var bound: Double?
    /// Simplex steps of all attempts.
    public var steps: Int
}

extension CertifiedPoint {
    /// What a better solution could gain at most, in units of the objective; 0 for a proved optimum, nil where nothing
    /// is proved.
    public var distanceToBound: Double? { bound.map { abs($0 - solution.objective) } }

    /// The same relative to the objective, or to a size where that is larger.
    public func gap(size: Double = 0) -> Double? {
        guard let distance = distanceToBound else { return nil }
        return distance == 0 ? 0 : distance / max(abs(solution.objective), size, .leastNormalMagnitude)
    }
}

/// How a search that may stop early ended.
public enum CertifiedResult: Sendable {
    /// Proved; with whole numbers, to the gap that was asked for.
    case optimal(CertifiedPoint)
    /// Stopped by the time limit or by the caller, at a point that holds all rows and bounds, if there was one.
    case stopped(CertifiedPoint?)
    case infeasible
    case unbounded
}

/// A solver claimed an optimum that its own numbers do not prove, whatever its settings.
public struct CertificateFailure: Error, CustomStringConvertible {
    public var description: String

    public init(description: String) { self.description = description }
}

extension LinearSolver {
    /// Solves a program and checks the optimum against the program itself.
    ///
    /// Where the certificate fails, or the solver gives up or faults, it is asked twice more with other settings. With
    /// whole numbers see `WholeNumberSearch`.
    ///
    /// - Parameter tolerance: What the certificate may be off, relative.
    /// - Throws: `CertificateFailure` where the last attempt is no proof either, `SolverFault` where it faults.
    public func certifiedSolve(
        _ program: LinearProgram, from start: Basis? = nil, settings: SolverSettings = SolverSettings(),
        control: SolverControl = SolverControl(), tolerance: Double = 1e-6
    ) throws -> CertifiedResult {
        if program.hasIntegers {
            var search = WholeNumberSearch(self, program, settings, control, tolerance: tolerance)
            return try search.result(from: start)
        }
        var steps = 0
        var doubt = ""
        var isOptimumInDoubt = false
        for attempt in 1...3 {
            let settings =
                switch attempt {
                case 1: settings
                case 2: settings.secondAttempt(exact: isOptimumInDoubt)
                default: settings.thirdAttempt(exact: isOptimumInDoubt)
                }
            let result: SolverResult
            do {
                result = try solve(
                    program, from: attempt == 1 ? start : nil, settings: settings, control: control)
            } catch {
                if attempt == 3 { throw error }
                continue
            }
            steps += result.steps
            switch result.termination {
            case .infeasible, .unbounded:
                // The first attempt's word alone is not taken for that.
                if attempt > 1 { return result.termination == .infeasible ? .infeasible : .unbounded }
                doubt = "\(result.termination)"
            case .timeLimit, .cancelled:
                return .stopped(try point(result, of: program, tolerance, steps))
            case .numericalTrouble:
                doubt = "numerical trouble"
            case .optimal:
                if let point = try point(result, of: program, tolerance, steps),
                    point.certificate.holds(within: tolerance)
                {
                    return .optimal(point)
                }
                isOptimumInDoubt = true
                doubt = result.solution.map { "\(Certificate(of: $0, for: program))" } ?? "no solution"
            }
        }
        throw CertificateFailure(
            description: "\(name) found no optimum that its own numbers prove, from three settings: \(doubt)")
    }

    /// What a search brought, checked; nil where its point does not hold the program.
    private func point(
        _ result: SolverResult, of program: LinearProgram, _ tolerance: Double, _ steps: Int
    ) throws -> CertifiedPoint? {
        guard let solution = result.solution else { return nil }
        let certificate = Certificate(of: solution, for: program)
        guard certificate.primalViolation <= tolerance else { return nil }
        return CertifiedPoint(
            solution: solution, basis: result.basis, certificate: certificate,
            bound: result.termination == .optimal ? solution.objective : nil, steps: steps)
    }
}
