import Testing

@testable import LinearProgramming

/// Programs as other solvers read them.
struct ProgramFileTests {
    /// Two bounds on a row, equal ones, a row without entries; columns that are free, fixed, whole, below 0, unused.
    private var program: LinearProgram {
        var program = LinearProgram(.maximize, keepsNames: true)
        let x = program.addColumn("build[CN-GZ,my fibre,2026]", upper: 3)
        let y = program.addColumn("y", lower: -.infinity)
        let modules = program.addColumn("modules", isInteger: true)
        let few = program.addColumn("modules", upper: 7, isInteger: true)
        let fixed = program.addColumn("end", lower: 0.1, upper: 0.1)
        let negative = program.addColumn("e1", lower: -.infinity, upper: -2)
        _ = program.addColumn("A>B", lower: 1e-7, upper: 1e20)
        let sum = LinearExpression(x) - 0.5 * LinearExpression(y)
        program.addRow("range", sum, lower: -1, upper: 4)
        program.addRow("wide", sum, lower: -0.1, upper: 1e20)
        program.addRow("equal", LinearExpression(x) + LinearExpression(modules), lower: 2, upper: 2)
        program.addRow("rule[western floor]", LinearExpression(few) + LinearExpression(fixed), lower: 1)
        program.addRow("empty", LinearExpression(negative) - LinearExpression(negative), upper: 5)
        program.setObjective(3 * LinearExpression(x) - LinearExpression(y) - LinearExpression(7))
        return program
    }

    @Test(
        "MPS: a minimisation, with ranges where they are exact, markers, and bounds that leave nothing to guess"
    )
    func mps() {
        #expect(
            program.mpsText(comments: ["Two\nlines"]) == """
                * Two
                * lines
                * The objective is maximised: it stands here with its signs turned, to be minimised.
                NAME headroom FREE
                ROWS
                 N objective
                 L range
                 L wide
                 G wide_min
                 E equal
                 G rule[western_floor]
                 L empty
                COLUMNS
                 build[CN-GZ,my_fibre,2026] objective -3
                 build[CN-GZ,my_fibre,2026] range 1
                 build[CN-GZ,my_fibre,2026] wide 1
                 build[CN-GZ,my_fibre,2026] wide_min 1
                 build[CN-GZ,my_fibre,2026] equal 1
                 y objective 1
                 y range -0.5
                 y wide -0.5
                 y wide_min -0.5
                 MARKER 'MARKER' 'INTORG'
                 modules equal 1
                 modules~2 rule[western_floor] 1
                 MARKER 'MARKER' 'INTEND'
                 end rule[western_floor] 1
                 e1 objective 0
                 A>B objective 0
                 constant objective 7
                RHS
                 RHS range 4
                 RHS wide 1e+20
                 RHS wide_min -0.1
                 RHS equal 2
                 RHS rule[western_floor] 1
                 RHS empty 5
                RANGES
                 RNG range 5
                BOUNDS
                 UP BND build[CN-GZ,my_fibre,2026] 3
                 FR BND y
                 LO BND modules 0
                 PL BND modules
                 LO BND modules~2 0
                 UP BND modules~2 7
                 FX BND end 0.1
                 MI BND e1
                 UP BND e1 -2
                 LO BND A>B 1e-07
                 UP BND A>B 1e+20
                 FX BND constant 1
                ENDATA

                """)
    }

    @Test(
        "LP: names without brackets, blanks, signs and words of the format; a constant and an empty row as columns"
    )
    func lp() {
        #expect(
            program.lpFile(comments: ["A comment"]) == #"""
                \ A comment
                Maximize
                 objective: 3 build(CN_GZ,my_fibre,2026) - y - 7 constant
                Subject To
                 range: build(CN_GZ,my_fibre,2026) - 0.5 y <= 4
                 range_min: build(CN_GZ,my_fibre,2026) - 0.5 y >= -1
                 wide: build(CN_GZ,my_fibre,2026) - 0.5 y <= 1e+20
                 wide_min: build(CN_GZ,my_fibre,2026) - 0.5 y >= -0.1
                 equal: build(CN_GZ,my_fibre,2026) + modules = 2
                 rule(western_floor): modules~2 + _end >= 1
                 empty: zero <= 5
                Bounds
                 0 <= build(CN_GZ,my_fibre,2026) <= 3
                 -inf <= y <= +inf
                 0 <= modules~2 <= 7
                 0.1 <= _end <= 0.1
                 -inf <= _e1 <= -2
                 1e-07 <= A_B <= 1e+20
                 1 <= constant <= 1
                 0 <= zero <= 0
                Generals
                 modules
                 modules~2
                End

                """#)
    }

    @Test("LP: no line is long, and each that goes on starts with a sign")
    func longLines() {
        var program = LinearProgram(.minimize)
        var sum = LinearExpression()
        for _ in 0..<100 { sum.add(program.addColumn(""), times: -1.0 / 3) }
        program.addRow("", sum, lower: -1)
        program.setObjective(LinearExpression(1) + sum)
        let lines = program.lpFile().split(separator: "\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 100 })
        #expect(lines.count { $0.hasPrefix("   - 0.3333333333333333 c") } > 10)
    }

    @Test("A program without rows, objective or columns has a text in both formats")
    func nothing() {
        var program = LinearProgram(.minimize)
        #expect(program.lpFile().contains(" objective: zero\nSubject To\n no_row: zero = 0\n"))
        #expect(
            program.mpsText().contains(
                "NAME headroom FREE\nROWS\n N objective\nCOLUMNS\nRHS\nBOUNDS\nENDATA\n"))
        _ = program.addColumn("x")
        #expect(program.lpFile().contains(" objective: zero\n"))
        #expect(program.mpsText().contains(" c1 objective 0\n"))
    }
}
