import CDenseRows
import HeadroomTestSupport
import Testing

@testable import Headroom

/// The simplex under the block solver, on programs from books.
struct DenseSimplexTests {
    /// `maximise profit·x` with `rows · x ≤ limits`, `0 ≤ x ≤ upper`.
    private struct Program {
        var profit: [Double]
        var rows: [[Double]]
        var limits: [Double]
        var upper: [Double]?

        /// The optimum, or nil and how it ended.
        func solve(
            kernel: UnsafePointer<CDenseRowsKernel> = CDenseRowsFastest()
        ) -> (ending: DenseSimplex.Ending, x: [Double]) {
            var simplex = DenseSimplex(
                mostRows: rows.count, mostColumns: profit.count, kernel: kernel)
            // Twice in the same memory: nothing of the first may be left.
            for _ in 0..<2 {
                simplex.begin(rows: rows.count, columns: profit.count)
                for column in profit.indices {
                    simplex.setColumn(column, upper: upper?[column] ?? .infinity, profit: profit[column])
                    for row in rows.indices { simplex[row, column] = rows[row][column] }
                }
                for row in rows.indices { simplex.values[row] = limits[row] }
                if simplex.needsFirstPhase {
                    let ending = simplex.makeFeasible()
                    guard ending == .optimal else { return (ending, []) }
                }
                let ending = simplex.maximize()
                guard ending == .optimal else { return (ending, []) }
            }
            simplex.locate()
            return (.optimal, profit.indices.map { simplex.value(of: $0) })
        }
    }

    @Test("Chvátal's first example")
    func optimum() {
        let (ending, x) = Program(
            profit: [5, 4, 3], rows: [[2, 3, 1], [4, 1, 2], [3, 4, 2]], limits: [5, 11, 8]
        ).solve()
        #expect(ending == .optimal)
        #expect(x.isClose(to: [2, 0, 1]))
    }

    @Test("Every processor comes to the same last bit")
    func kernels() throws {
        let plain = try #require(CDenseRowsAt(0))
        var random = SplitMix64(seed: 5)
        for _ in 0..<50 {
            func numbers(_ count: Int) -> [Double] {
                (0..<count).map { _ in Double.random(in: -1...2, using: &random) }
            }
            let columns = Int.random(in: 1...40, using: &random)
            let program = Program(
                profit: numbers(columns), rows: (0..<20).map { _ in numbers(columns) },
                limits: (0..<20).map { _ in Double.random(in: 0...9, using: &random) },
                upper: [Double](repeating: 3, count: columns))
            let first = program.solve(kernel: plain)
            #expect(first.ending == .optimal)
            var index = 1
            while let kernel = CDenseRowsAt(index) {
                #expect(program.solve(kernel: kernel).x == first.x)
                index += 1
            }
        }
    }

    @Test("Bounds on columns, also where a basic one reaches its own")
    func bounds() {
        let (_, x) = Program(profit: [3, 2], rows: [[1, 1]], limits: [4], upper: [3, .infinity]).solve()
        #expect(x.isClose(to: [3, 1]))
        // As y grows x does, up to its bound.
        let (_, pair) = Program(profit: [1, -0.1], rows: [[1, -1]], limits: [1], upper: [5, 9]).solve()
        #expect(pair.isClose(to: [5, 4]))
    }

    @Test("A program on which the largest coefficient cycles ends")
    func cycling() {
        // E. Beale's example, in the form of Chvátal, chapter 3.
        let (ending, x) = Program(
            profit: [10, -57, -9, -24], rows: [[0.5, -5.5, -2.5, 9], [0.5, -1.5, -0.5, 1], [1, 0, 0, 0]],
            limits: [0, 0, 1]
        ).solve()
        #expect(ending == .optimal)
        #expect(x.isClose(to: [1, 0, 1, 0]))
    }

    @Test("Floors are met first, at the least cost")
    func firstPhase() {
        // x + y ≥ 3, x ≤ 2, minimise 2x + 3y.
        let (ending, x) = Program(profit: [-2, -3], rows: [[-1, -1], [1, 0]], limits: [-3, 2]).solve()
        #expect(ending == .optimal)
        #expect(x.isClose(to: [2, 1]))
    }

    @Test("A floor above a ceiling is infeasible, an open way up unbounded")
    func endings() {
        #expect(Program(profit: [1], rows: [[-1], [1]], limits: [-3, 2]).solve().ending == .infeasible)
        #expect(Program(profit: [1, 0], rows: [[1, -1]], limits: [2]).solve().ending == .unbounded)
    }

    @Test("A profit too small to count is taken where its column is too large to ignore")
    func farBound() {
        let (ending, x) = Program(
            profit: [1, 1e-12, 1e-12], rows: [[1, 0, 0]], limits: [1], upper: [.infinity, 1e9, 1]
        ).solve()
        #expect(ending == .optimal)
        #expect(x.isClose(to: [1, 1e9, 0]))
    }

    @Test("Floors that say the same twice leave no trace of the first phase")
    func redundantFloors() {
        let (ending, x) = Program(
            profit: [-1, -1], rows: [[-1, -1], [-2, -2], [1, 1]], limits: [-3, -6, 3]
        ).solve()
        #expect(ending == .optimal)
        #expect((x[0] + x[1]).isClose(to: 3))
    }
}
