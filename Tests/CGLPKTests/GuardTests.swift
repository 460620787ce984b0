import CGLPK
import Dispatch
import Synchronization
import Testing

/// What would end the process in GLPK comes back as a code, and the next solve works.
struct GuardTests {
    @Test("A program is solved: max 3x + 2y with x + y ≤ 4, x + 3y ≤ 7, x ≤ 3 is 11 at (3, 1)")
    func optimum() {
        var call = Call()
        #expect(call.solve() == CGLPK_DONE)
        #expect(call.values == [3, 1])
        #expect(call.duals == [2, 0])
    }

    @Test("A column index beyond the columns is a fault with GLPK's own words, and the next solve works")
    func indexOutOfRange() {
        var call = Call()
        call.entryColumn[1] = 7
        #expect(call.solve() == CGLPK_FAULT)
        #expect(String(cString: cglpk_fault_message()).contains("column index out of range"))
        var next = Call()
        #expect(next.solve() == CGLPK_DONE)
        #expect(String(cString: cglpk_fault_message()).isEmpty)
    }

    @Test("A negative column index is a fault")
    func negativeIndex() {
        var call = Call()
        call.entryColumn[0] = -5
        #expect(call.solve() == CGLPK_FAULT)
    }

    @Test("A column twice in a row is a fault")
    func duplicateEntry() {
        var call = Call()
        call.entryColumn[1] = 0
        #expect(call.solve() == CGLPK_FAULT)
        #expect(String(cString: cglpk_fault_message()).contains("duplicate"))
    }

    @Test("A tolerance that GLPK refuses is a fault", arguments: [0.0, 1.0, -1, .nan])
    func tolerance(_ tolerance: Double) {
        var call = Call()
        call.tolerance = tolerance
        #expect(call.solve() == CGLPK_FAULT)
    }

    @Test("Status bytes that mean nothing are read as a bound, not handed to GLPK")
    func strangeBasis() {
        var call = Call()
        call.basis = [UInt8](repeating: 200, count: 4)
        let code = call.solve()
        #expect(code == CGLPK_DONE)
        #expect(call.values == [3, 1])
    }

    @Test("A basis with too many basic columns is mended from the slacks")
    func singularBasis() {
        var call = Call()
        call.basis = [UInt8](repeating: UInt8(CGLPK_BASIC), count: 4)
        #expect(call.solve() == CGLPK_DONE)
        #expect(call.values == [3, 1])
    }

    @Test("Programs without rows, without columns, without anything are solved")
    func empty() {
        var call = Call()
        call.entryColumn = []
        call.entryValue = []
        call.rowStart = [0, 0, 0]
        #expect(call.solve() == CGLPK_DONE)
        #expect(call.status == [CGLPK_FEASIBLE, CGLPK_NONE])
        var none = Call()
        none.removeEverything()
        #expect(none.solve() == CGLPK_DONE)
    }

    @Test("A time limit of 0 seconds stops the search before it begins")
    func timeLimit() {
        var call = Call()
        call.seconds = 0
        #expect(call.solve() == CGLPK_TIME_LIMIT)
    }

    @Test("Faults on eight threads at once do not touch the solves beside them")
    func threads() {
        let wrong = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 400) { index in
            var call = Call()
            if index.isMultiple(of: 3) { call.entryColumn[1] = 9 }
            let code = call.solve()
            let isRight =
                index.isMultiple(of: 3) ? code == CGLPK_FAULT : code == CGLPK_DONE && call.values == [3, 1]
            if !isRight { wrong.add(1, ordering: .relaxed) }
        }
        #expect(wrong.load(ordering: .relaxed) == 0)
    }

    @Test("The version is that of a GLPK 5 or later")
    func version() throws {
        let major = try #require(
            String(cString: cglpk_version()).split(separator: ".").first.flatMap { Int($0) })
        #expect(major >= 4)
    }
}

/// A call of `cglpk_solve` with everything it reads.
private struct Call {
    var rowStart: [Int64] = [0, 2, 4]
    var entryColumn: [Int32] = [0, 1, 0, 1]
    var entryValue: [Double] = [1, 1, 1, 3]
    var rowUpper: [Double] = [4, 7]
    var columnUpper: [Double] = [3, .infinity]
    var objective: [Double] = [3, 2]
    var tolerance = 1e-9
    var seconds = -1.0
    /// Two rows, then two columns.
    var basis: [UInt8]?

    var values: [Double] = []
    var duals: [Double] = []
    var status: [Int] = []

    mutating func removeEverything() {
        (rowStart, entryColumn, entryValue, rowUpper, columnUpper, objective) = ([0], [], [], [], [], [])
    }

    mutating func solve() -> Int {
        let rows = rowUpper.count
        let columns = columnUpper.count
        var values = [Double](repeating: .nan, count: columns)
        var duals = [Double](repeating: .nan, count: rows)
        var rowStatus = [UInt8](repeating: 0, count: rows)
        var columnStatus = [UInt8](repeating: 0, count: columns)
        let rowLower = [Double](repeating: -.infinity, count: rows)
        let columnLower = [Double](repeating: 0, count: columns)
        let startRows = basis.map { Array($0.prefix(2)) } ?? []
        let startColumns = basis.map { Array($0.suffix(2)) } ?? []
        var control = cglpk_control(
            method: Int32(CGLPK_PRIMAL), scaling: Int32(CGLPK_SCALE_AUTO), exact: 0, tolerance: tolerance,
            seconds: seconds, gap: 1e-6, gap_size: 0, slice: 100, progress: nil, context: nil)
        var solution = cglpk_solution()
        let code = withPointers(rowLower, columnLower, startRows, startColumns) { program in
            var program = program
            return values.withUnsafeMutableBufferPointer { values in
                duals.withUnsafeMutableBufferPointer { duals in
                    rowStatus.withUnsafeMutableBufferPointer { rowStatus in
                        columnStatus.withUnsafeMutableBufferPointer { columnStatus in
                            solution.column_value = values.baseAddress
                            solution.row_dual = duals.baseAddress
                            solution.row_status = rowStatus.baseAddress
                            solution.column_status = columnStatus.baseAddress
                            return cglpk_solve(&program, &control, &solution)
                        }
                    }
                }
            }
        }
        (self.values, self.duals) = (values, duals)
        status = [Int(solution.primal_status), Int(solution.dual_status)]
        return Int(code)
    }
}

extension Call {
    /// The pointers live as long as the call of `body`.
    private func withPointers(
        _ rowLower: [Double], _ columnLower: [Double], _ startRows: [UInt8], _ startColumns: [UInt8],
        _ body: (cglpk_program) -> Int32
    ) -> Int32 {
        let inputs = self
        let doubles = [
            inputs.entryValue, rowLower, inputs.rowUpper, columnLower, inputs.columnUpper, inputs.objective,
        ].map { UnsafeMutableBufferPointer<Double>.copy($0) }
        let starts = UnsafeMutableBufferPointer<Int64>.copy(inputs.rowStart)
        let columns = UnsafeMutableBufferPointer<Int32>.copy(inputs.entryColumn)
        let bases = [startRows, startColumns].map { UnsafeMutableBufferPointer<UInt8>.copy($0) }
        defer {
            for buffer in doubles { buffer.deallocate() }
            for buffer in bases { buffer.deallocate() }
            starts.deallocate()
            columns.deallocate()
        }
        var program = cglpk_program()
        program.rows = Int32(inputs.rowUpper.count)
        program.columns = Int32(inputs.columnUpper.count)
        program.maximize = 1
        program.row_start = UnsafePointer(starts.baseAddress)
        program.entry_column = UnsafePointer(columns.baseAddress)
        program.entry_value = UnsafePointer(doubles[0].baseAddress)
        program.row_lower = UnsafePointer(doubles[1].baseAddress)
        program.row_upper = UnsafePointer(doubles[2].baseAddress)
        program.column_lower = UnsafePointer(doubles[3].baseAddress)
        program.column_upper = UnsafePointer(doubles[4].baseAddress)
        program.objective = UnsafePointer(doubles[5].baseAddress)
        program.row_status = inputs.basis == nil ? nil : UnsafePointer(bases[0].baseAddress)
        program.column_status = inputs.basis == nil ? nil : UnsafePointer(bases[1].baseAddress)
        return body(program)
    }
}

extension UnsafeMutableBufferPointer {
    fileprivate static func copy(_ values: [Element]) -> UnsafeMutableBufferPointer<Element> {
        let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: values.isEmpty ? 1 : values.count)
        _ = buffer.initialize(from: values)
        return buffer
    }
}
