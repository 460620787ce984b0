internal import CGLPK
public import LinearProgramming

extension GLPKSolver {
    public func follow(
        _ parametric: ParametricProgram, from start: Basis?, settings: SolverSettings, control: SolverControl,
        _ next: (ParametricPoint?) -> Double?
    ) throws(SolverFault) {
        let program = parametric.program
        if let defect = program.defect { throw SolverFault("no program to solve: \(defect)") }
        guard program.rowCount < Int32.max, program.columnCount < Int32.max else {
            throw SolverFault("GLPK takes at most \(Int32.max) rows and columns")
        }
        let scaled = ScaledProgram(program)
        let code = withoutActuallyEscaping(next) { next in
            let follower = Follower(parametric, scaled, control, next)
            return follower.run(from: start, settings)
        }
        switch code {
        case Int32(CGLPK_DONE): return
        case Int32(CGLPK_NO_MEMORY):
            throw SolverFault("not enough memory for \(program.entryCount) coefficients")
        default: throw SolverFault("GLPK: " + GLPKSolver.faultMessage)
        }
    }
}

/// What the C callbacks of a run over many amounts reach through their context pointer, and the memory that GLPK's
/// answers are written to; alive as long as the call.
private final class Follower {
    private let parametric: ParametricProgram
    private let scaled: ScaledProgram
    private let monitor: GLPKSolver.Monitor
    private let next: (ParametricPoint?) -> Double?
    /// A unit of the amount as GLPK sees it.
    private let amountUnit: Double
    private let solution: UnsafeMutablePointer<cglpk_solution>
    private let range: UnsafeMutablePointer<cglpk_range>
    /// Amount that is solved.
    private var amount = 0.0

    private var columns: Int { parametric.program.columnCount }
    private var rows: Int { parametric.program.rowCount }

    init(
        _ parametric: ParametricProgram, _ scaled: ScaledProgram, _ control: SolverControl,
        _ next: @escaping (ParametricPoint?) -> Double?
    ) {
        self.parametric = parametric
        self.scaled = scaled
        self.next = next
        monitor = GLPKSolver.Monitor(control: control, program: scaled)
        amountUnit = scaled.unit(ofAmount: parametric.moving)
        solution = .allocate(capacity: 1)
        solution.initialize(to: cglpk_solution())
        range = .allocate(capacity: 1)
        range.initialize(to: cglpk_range())
        let (columns, rows) = (parametric.program.columnCount, parametric.program.rowCount)
        solution.pointee.column_value = .allocate(capacity: columns)
        solution.pointee.column_status = .allocate(capacity: columns)
        solution.pointee.row_dual = .allocate(capacity: rows)
        solution.pointee.row_status = .allocate(capacity: rows)
        range.pointee.direction = .allocate(capacity: columns)
    }

    deinit {
        solution.pointee.column_value.deallocate()
        solution.pointee.column_status.deallocate()
        solution.pointee.row_dual.deallocate()
        solution.pointee.row_status.deallocate()
        range.pointee.direction.deallocate()
        solution.deallocate()
        range.deallocate()
    }

    /// - Returns: What `cglpk_follow` does.
    func run(from start: Basis?, _ settings: SolverSettings) -> Int32 {
        let context = Unmanaged.passUnretained(self).toOpaque()
        let control = cglpk_control(
            method: settings.method == .dualSimplex ? Int32(CGLPK_DUAL) : Int32(CGLPK_PRIMAL),
            scaling: settings.scaling.code, exact: 0, tolerance: settings.tolerance,
            seconds: monitor.secondsLeft, gap: settings.gap, gap_size: settings.gapSize,
            slice: GLPKSolver.slice,
            progress: { context, steps, objective, isFeasible, bound in
                guard let context else { return 0 }
                let follower = Unmanaged<Follower>.fromOpaque(context).takeUnretainedValue()
                let goesOn = follower.monitor.goesOn(
                    steps: steps, objective: objective, isFeasible: isFeasible != 0, bound: bound)
                return goesOn ? 0 : 1
            },
            context: context)
        let rows = parametric.moving.map { Int32($0.row.index) }
        let offsets = parametric.moving.map { $0.offset / scaled.unit(of: $0.row) }
        let rates = parametric.moving.map { $0.rate * amountUnit / scaled.unit(of: $0.row) }
        return withExtendedLifetime(self) {
            rows.withUnsafeBufferPointer { rows in
                offsets.withUnsafeBufferPointer { offsets in
                    rates.withUnsafeBufferPointer { rates in
                        let moving = cglpk_moving(
                            rows: Int32(rows.count), row: rows.baseAddress, offset: offsets.baseAddress,
                            rate: rates.baseAddress)
                        return call(start, moving, control)
                    }
                }
            }
        }
    }

    private func call(_ start: Basis?, _ moving: cglpk_moving, _ control: cglpk_control) -> Int32 {
        let startRows = start?.rows.map(\.rawValue)
        let startColumns = start?.columns.map(\.rawValue)
        return scaled.withPointers(startRows, startColumns) { program in
            withUnsafePointer(to: program) { program in
                withUnsafePointer(to: moving) { moving in
                    withUnsafePointer(to: control) { control in
                        cglpk_follow(program, moving, control, solution, range) { context, code, amount in
                            guard let context, let amount else { return 0 }
                            let follower = Unmanaged<Follower>.fromOpaque(context).takeUnretainedValue()
                            return follower.goesOn(after: code, to: amount) ? 1 : 0
                        }
                    }
                }
            }
        }
    }

    /// Tells of the amount that was solved, and asks for the next one.
    private func goesOn(after code: Int32, to scaledAmount: UnsafeMutablePointer<Double>) -> Bool {
        guard let amount = next(code < 0 ? nil : point(code)) else { return false }
        self.amount = amount
        scaledAmount.pointee = amount / amountUnit
        return true
    }

    private func point(_ code: Int32) -> ParametricPoint {
        var answer = GLPKSolver.Answer(solution.pointee, columns: columns, rows: rows)
        scaled.unscale(&answer.columnValues, &answer.rowDuals, &answer.bound)
        let result: SolverResult
        do throws(SolverFault) {
            result = try answer.result(of: parametric.program, code: code)
        } catch {
            // A fault ends the run in C and never comes here.
            result = SolverResult(termination: .numericalTrouble)
        }
        guard result.termination == .optimal else { return ParametricPoint(amount: amount, result: result) }
        var direction = Array(UnsafeBufferPointer(start: range.pointee.direction, count: columns))
        scaled.unscaleColumns(&direction, by: 1 / amountUnit)
        let least = min(amount, range.pointee.least * amountUnit)
        let most = max(amount, range.pointee.most * amountUnit)
        return ParametricPoint(amount: amount, result: result, range: least...most, direction: direction)
    }
}
