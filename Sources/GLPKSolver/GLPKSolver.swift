internal import CGLPK
public import LinearProgramming

/// Solves linear programs by GLPK's simplex.
///
/// Every call makes, solves and frees its own GLPK problem inside one C frame on the caller's thread, so calls from
/// several threads are safe, and a fault inside GLPK comes back as an error.
public struct GLPKSolver: LinearSolver {
    /// Simplex steps between two looks at cancellation and progress.
    ///
    /// Counted in steps, not in seconds, so that the path to the optimum is the same on every machine.
    static let slice: Int32 = 500

    public init() {}

    public var name: String { "GLPK \(String(cString: cglpk_version()))" }

    public func solve(
        _ program: LinearProgram, from start: Basis?, settings: SolverSettings, control: SolverControl
    ) throws(SolverFault) -> SolverResult {
        if let defect = program.defect { throw SolverFault("no program to solve: \(defect)") }
        guard program.rowCount < Int32.max, program.columnCount < Int32.max else {
            throw SolverFault("GLPK takes at most \(Int32.max) rows and columns")
        }
        if control.isCancelled() { return SolverResult(termination: .cancelled) }
        if let deadline = control.deadline, deadline <= .now { return SolverResult(termination: .timeLimit) }
        let scaled = ScaledProgram(program, knownPoint: settings.knownPoint)
        let monitor = Monitor(control: control, program: scaled)
        var answer = Answer(program: program)
        let code = answer.solve(scaled, from: start, settings: settings, monitor: monitor)
        scaled.unscale(&answer.columnValues, &answer.rowDuals, &answer.bound)
        return try answer.result(of: program, code: code)
    }

    /// What the C callback reaches through its context pointer; alive as long as the call.
    final class Monitor {
        let control: SolverControl
        let program: ScaledProgram

        init(control: SolverControl, program: ScaledProgram) {
            self.control = control
            self.program = program
        }

        func goesOn(steps: Int64, objective: Double, isFeasible: Bool, bound: Double) -> Bool {
            control.report(
                SolverControl.Progress(
                    steps: Int(steps), objective: program.objective(ofScaled: objective),
                    isFeasible: isFeasible,
                    bound: bound.isFinite ? program.objective(ofScaled: bound) : nil))
            return !control.isCancelled()
        }

        var secondsLeft: Double {
            guard let deadline = control.deadline else { return -1 }
            return max(0, (deadline - ContinuousClock.now) / .seconds(1))
        }
    }

    /// The arrays that GLPK's answer is written to.
    struct Answer {
        var columnValues: [Double]
        var rowDuals: [Double]
        var rowStatus: [UInt8]
        var columnStatus: [UInt8]
        var steps = 0
        var primalStatus: Int32 = 0
        var dualStatus: Int32 = 0
        var bound = 0.0

        init(program: LinearProgram) {
            columnValues = [Double](repeating: 0, count: program.columnCount)
            rowDuals = [Double](repeating: 0, count: program.rowCount)
            rowStatus = [UInt8](repeating: 0, count: program.rowCount)
            columnStatus = [UInt8](repeating: 0, count: program.columnCount)
        }

        /// What C has written, copied.
        init(_ solution: cglpk_solution, columns: Int, rows: Int) {
            columnValues = Array(UnsafeBufferPointer(start: solution.column_value, count: columns))
            columnStatus = Array(UnsafeBufferPointer(start: solution.column_status, count: columns))
            rowDuals = Array(UnsafeBufferPointer(start: solution.row_dual, count: rows))
            rowStatus = Array(UnsafeBufferPointer(start: solution.row_status, count: rows))
            take(solution)
        }

        private mutating func take(_ solution: cglpk_solution) {
            steps = Int(solution.steps)
            primalStatus = solution.primal_status
            dualStatus = solution.dual_status
            bound = solution.bound
        }
    }
}

extension GLPKSolver.Answer {
    /// Hands the program to C, whose pointers live as long as the call.
    mutating func solve(
        _ program: ScaledProgram, from start: Basis?, settings: SolverSettings, monitor: GLPKSolver.Monitor
    ) -> Int32 {
        let startRows = start.map { $0.rows.map(\.rawValue) }
        let startColumns = start.map { $0.columns.map(\.rawValue) }
        precondition(startRows.map { $0.count == rowDuals.count } ?? true, "start basis of another program")
        precondition(
            startColumns.map { $0.count == columnValues.count } ?? true, "start basis of another program")
        let context = Unmanaged.passUnretained(monitor).toOpaque()
        var control = cglpk_control(
            method: Int32(settings.method == .dualSimplex ? CGLPK_DUAL : CGLPK_PRIMAL),
            scaling: settings.scaling.code, exact: settings.exact ? 1 : 0, tolerance: settings.tolerance,
            seconds: monitor.secondsLeft, gap: settings.gap,
            gap_size: program.scaledObjective(settings.gapSize), slice: GLPKSolver.slice,
            progress: { context, steps, objective, isFeasible, bound in
                guard let context else { return 0 }
                let monitor = Unmanaged<GLPKSolver.Monitor>.fromOpaque(context).takeUnretainedValue()
                let goesOn = monitor.goesOn(
                    steps: steps, objective: objective, isFeasible: isFeasible != 0, bound: bound)
                return goesOn ? 0 : 1
            },
            context: context)
        return withExtendedLifetime(monitor) {
            program.withPointers(startRows, startColumns) { input in
                withPointers { output in
                    withUnsafePointer(to: input) { cglpk_solve($0, &control, &output) }
                }
            }
        }
    }

    private mutating func withPointers(_ body: (inout cglpk_solution) -> Int32) -> Int32 {
        var solution = cglpk_solution()
        let code = columnValues.withUnsafeMutableBufferPointer { values in
            rowDuals.withUnsafeMutableBufferPointer { duals in
                rowStatus.withUnsafeMutableBufferPointer { rows in
                    columnStatus.withUnsafeMutableBufferPointer { columns in
                        solution.column_value = values.baseAddress
                        solution.row_dual = duals.baseAddress
                        solution.row_status = rows.baseAddress
                        solution.column_status = columns.baseAddress
                        return body(&solution)
                    }
                }
            }
        }
        take(solution)
        return code
    }

    /// GLPK's return code says why it stopped, the two statuses what the point is.
    func result(of program: LinearProgram, code: Int32) throws(SolverFault) -> SolverResult {
        switch code {
        case Int32(CGLPK_DONE): return result(termination, of: program)
        case Int32(CGLPK_TIME_LIMIT): return result(.timeLimit, of: program)
        case Int32(CGLPK_STOPPED): return result(.cancelled, of: program)
        case Int32(CGLPK_NUMERICS): return SolverResult(termination: .numericalTrouble, steps: steps)
        case Int32(CGLPK_NO_MEMORY):
            throw SolverFault("not enough memory for \(program.entryCount) coefficients")
        default: throw SolverFault("GLPK: " + GLPKSolver.faultMessage)
        }
    }

    private var termination: Termination {
        let primal = Int(primalStatus)
        let dual = Int(dualStatus)
        if primal == CGLPK_FEASIBLE, dual == CGLPK_FEASIBLE { return .optimal }
        if primal == CGLPK_NONE { return .infeasible }
        if dual == CGLPK_NONE { return primal == CGLPK_FEASIBLE ? .unbounded : .infeasible }
        return .numericalTrouble
    }

    private func result(_ termination: Termination, of program: LinearProgram) -> SolverResult {
        let isPoint = Int(primalStatus) == CGLPK_FEASIBLE
        let basis = Basis(
            columns: columnStatus.map { Basis.Status(rawValue: $0) ?? .atLower },
            rows: rowStatus.map { Basis.Status(rawValue: $0) ?? .atLower })
        return SolverResult(
            termination: termination,
            solution: isPoint ? Solution(columnValues: columnValues, rowDuals: rowDuals, of: program) : nil,
            basis: basis, steps: steps, bound: program.hasIntegers && bound.isFinite ? bound : nil)
    }
}

extension GLPKSolver {
    /// What GLPK said before it would have ended the process.
    static var faultMessage: String {
        String(cString: cglpk_fault_message()).split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}

extension SolverSettings.Scaling {
    var code: Int32 {
        switch self {
        case .automatic: Int32(CGLPK_SCALE_AUTO)
        case .equilibrate: Int32(CGLPK_SCALE_EQUILIBRATE)
        case .none: Int32(CGLPK_SCALE_NONE)
        }
    }
}
