internal import CGLPK
import Foundation
internal import LinearProgramming

/// A program in units of the solver's liking: columns near 1, the largest coefficient of every row near 1, the
/// largest of the objective near 1000.
///
/// GLPK measures feasibility against 1 where a bound is 0, so a sum of millions of users that must not fall below 0
/// would be held to more digits than a double has. All factors are powers of two: scaling rounds nothing.
struct ScaledProgram {
    private let program: LinearProgram
    /// A column's unit: value = scaled value · unit.
    private let columnUnit: [Double]
    private let rowUnit: [Double]
    private let objectiveUnit: Double
    private var value: [Double]
    private var rowLower: [Double]
    private var rowUpper: [Double]
    private var columnLower: [Double]
    private var columnUpper: [Double]
    private var objective: [Double]
    private let isInteger: [UInt8]
    private let sumStart: [Int64]
    private let sumColumn: [Int32]
    private let knownPoint: [Double]?

    /// - Parameter knownPoint: A solution to start a search for whole numbers from.
    init(_ program: LinearProgram, knownPoint: [Double]? = nil) {
        self.program = program
        // A whole number stays whole only in its own unit.
        let columnUnit = zip(program.columnMagnitude, program.columnIsInteger).map { $1 ? 1 : powerOfTwo($0) }
        var value = program.entryValue
        var rowUnit = [Double](repeating: 1, count: program.rowCount)
        for row in rowUnit.indices {
            let entries = Int(program.rowStart[row])..<Int(program.rowStart[row + 1])
            for entry in entries { value[entry] *= columnUnit[Int(program.entryColumn[entry])] }
            rowUnit[row] = powerOfTwo(entries.reduce(0) { max($0, abs(value[$1])) })
            for entry in entries { value[entry] /= rowUnit[row] }
        }
        let objective = zip(program.objective, columnUnit).map { $0 * $1 }
        let objectiveUnit = powerOfTwo(objective.reduce(0) { max($0, abs($1)) } / 1000)
        self.columnUnit = columnUnit
        self.rowUnit = rowUnit
        self.objectiveUnit = objectiveUnit
        self.value = value
        self.objective = objective.map { $0 / objectiveUnit }
        isInteger = program.hasIntegers ? program.columnIsInteger.map { $0 ? 1 : 0 } : []
        sumColumn = program.branchingSums.joined().map { Int32($0.index) }
        var ends: [Int64] = [0]
        for sum in program.branchingSums { ends.append(ends[ends.count - 1] + Int64(sum.count)) }
        sumStart = ends
        self.knownPoint = knownPoint.map { zip($0, columnUnit).map { $0 / $1 } }
        rowLower = zip(program.rowLower, rowUnit).map { $0 / $1 }
        rowUpper = zip(program.rowUpper, rowUnit).map { $0 / $1 }
        columnLower = zip(program.columnLower, columnUnit).map { $0 / $1 }
        columnUpper = zip(program.columnUpper, columnUnit).map { $0 / $1 }
    }

    /// A value of the program's objective in the units that the solver sees, and the other way round.
    func scaledObjective(_ value: Double) -> Double { value / objectiveUnit }
    func objective(ofScaled value: Double) -> Double { value * objectiveUnit }

    /// A row's unit: bound = scaled bound · unit.
    func unit(of row: LinearProgram.Row) -> Double { rowUnit[row.index] }

    /// The unit of an amount with which the fastest of the bounds that it moves changes by about 1.
    func unit(ofAmount moving: [ParametricProgram.MovingRow]) -> Double {
        1 / powerOfTwo(moving.reduce(0) { max($0, abs($1.rate) / rowUnit[$1.row.index]) })
    }

    /// Brings changes of column values back to the program's own units, and multiplies them.
    func unscaleColumns(_ changes: inout [Double], by factor: Double) {
        for column in changes.indices { changes[column] *= columnUnit[column] * factor }
    }

    /// Brings an answer back to the program's own units.
    func unscale(_ columnValues: inout [Double], _ rowDuals: inout [Double], _ bound: inout Double) {
        bound *= objectiveUnit
        for column in columnValues.indices { columnValues[column] *= columnUnit[column] }
        for row in rowDuals.indices { rowDuals[row] *= objectiveUnit / rowUnit[row] }
    }

    /// The program as C reads it, without a copy; the pointers live as long as the call.
    func withPointers(
        _ startRows: [UInt8]?, _ startColumns: [UInt8]?, _ body: (cglpk_program) -> Int32
    ) -> Int32 {
        program.rowStart.withUnsafeBufferPointer { rowStart in
            program.entryColumn.withUnsafeBufferPointer { entryColumn in
                value.withUnsafeBufferPointer { value in
                    (startRows ?? []).withUnsafeBufferPointer { rows in
                        (startColumns ?? []).withUnsafeBufferPointer { columns in
                            withBounds { bounds in
                                var program = bounds
                                program.row_start = rowStart.baseAddress
                                program.entry_column = entryColumn.baseAddress
                                program.entry_value = value.baseAddress
                                program.row_status = startRows == nil ? nil : rows.baseAddress
                                program.column_status = startColumns == nil ? nil : columns.baseAddress
                                return body(program)
                            }
                        }
                    }
                }
            }
        }
    }

    private func withBounds(_ body: (cglpk_program) -> Int32) -> Int32 {
        rowLower.withUnsafeBufferPointer { rowLower in
            rowUpper.withUnsafeBufferPointer { rowUpper in
                columnLower.withUnsafeBufferPointer { columnLower in
                    columnUpper.withUnsafeBufferPointer { columnUpper in
                        objective.withUnsafeBufferPointer { objective in
                            var bounds = cglpk_program()
                            bounds.rows = Int32(program.rowCount)
                            bounds.columns = Int32(program.columnCount)
                            bounds.maximize = program.sense == .maximize ? 1 : 0
                            bounds.row_lower = rowLower.baseAddress
                            bounds.row_upper = rowUpper.baseAddress
                            bounds.column_lower = columnLower.baseAddress
                            bounds.column_upper = columnUpper.baseAddress
                            bounds.objective = objective.baseAddress
                            bounds.objective_constant = program.objectiveConstant / objectiveUnit
                            return withIntegers(&bounds, body)
                        }
                    }
                }
            }
        }
    }
}

extension ScaledProgram {
    private func withIntegers(_ bounds: inout cglpk_program, _ body: (cglpk_program) -> Int32) -> Int32 {
        guard program.hasIntegers else { return body(bounds) }
        return isInteger.withUnsafeBufferPointer { isInteger in
            sumStart.withUnsafeBufferPointer { sumStart in
                sumColumn.withUnsafeBufferPointer { sumColumn in
                    (knownPoint ?? []).withUnsafeBufferPointer { known in
                        bounds.column_integer = isInteger.baseAddress
                        bounds.sums = Int32(program.branchingSums.count)
                        bounds.sum_start = sumStart.baseAddress
                        bounds.sum_column = sumColumn.baseAddress
                        bounds.known_point = knownPoint == nil ? nil : known.baseAddress
                        return body(bounds)
                    }
                }
            }
        }
    }
}

/// The power of two next below a size, 1 where there is no size.
private func powerOfTwo(_ size: Double) -> Double {
    guard size > 0, size.isFinite else { return 1 }
    return scalbn(1, min(max(Int(logb(size)), -500), 500))
}
