import Testing

@testable import LinearProgramming

struct LinearProgramTests {
    @Test("A column that stands twice in an expression is one entry, and one that cancels out is none")
    func merging() {
        var program = LinearProgram(.maximize)
        let x = program.addColumn("x")
        let y = program.addColumn("y")
        let z = program.addColumn("z")
        let sum = LinearExpression(z) + 2 * LinearExpression(x) + LinearExpression(y) + LinearExpression(x)
        let row = program.addRow("row", sum - LinearExpression(y), upper: 1)
        #expect(program.entries(of: row).map(\.column) == [x, z])
        #expect(program.entries(of: row).map(\.value) == [3, 1])
    }

    @Test("The constant of a row moves to its bounds, that of the objective to its value")
    func constants() {
        var program = LinearProgram(.maximize)
        let x = program.addColumn("x")
        program.addRow("row", LinearExpression(x) + LinearExpression(5), lower: 1, upper: 7)
        program.setObjective(LinearExpression(x) + LinearExpression(10))
        #expect(program.rowLower == [-4])
        #expect(program.rowUpper == [2])
        #expect(program.objectiveValue(at: [2]) == 12)
    }

    @Test("NaN and infinite numbers are found before a solver sees them")
    func defects() {
        var program = LinearProgram(.maximize, keepsNames: true)
        let x = program.addColumn("x")
        program.addRow("row", LinearExpression(x, times: .infinity), upper: 1)
        #expect(program.defect?.contains("row has the coefficient inf") == true)
        var objective = LinearProgram(.maximize)
        let y = objective.addColumn("y")
        objective.setObjective(LinearExpression(y, times: .nan))
        #expect(objective.defect?.contains("column 0 has objective nan") == true)
        var bounds = LinearProgram(.maximize)
        _ = bounds.addColumn("z", lower: .infinity, upper: .infinity)
        #expect(bounds.defect != nil)
    }

    @Test("The LP text holds names, signs, ranges and bounds as other solvers read them")
    func lpText() {
        var program = LinearProgram(.maximize, keepsNames: true)
        let x = program.addColumn("x", upper: 3)
        let y = program.addColumn("y[1]", lower: -.infinity)
        program.addRow("range", LinearExpression(x) - 0.5 * LinearExpression(y), lower: -1, upper: 4)
        program.addRow("equal", LinearExpression(x) + LinearExpression(y), lower: 2, upper: 2)
        program.setObjective(3 * LinearExpression(x) - LinearExpression(y) - LinearExpression(7))
        #expect(
            program.lpText == """
                Maximize
                 objective: 3 x - y[1] - 7
                Subject To
                 range: x - 0.5 y[1] <= 4
                 range_min: x - 0.5 y[1] >= -1
                 equal: x + y[1] = 2
                Bounds
                 0 <= x <= 3
                 -inf <= y[1] <= +inf
                End

                """)
    }
}
