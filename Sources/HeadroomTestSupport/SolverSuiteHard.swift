import Foundation
internal import LinearProgramming

extension SolverSuite {
    /// Programs on which a simplex may walk in circles or walk far.
    static let degenerate: [Case] = [
        Case(
            // V. Chvátal, Linear Programming, page 31: Dantzig's rule comes back to where it was after six steps.
            "a program that cycles",
            .written(.maximize) {
                $0.columns([10, -57, -9, -24])
                $0.row([0.5, -5.5, -2.5, 9], atMost: 0)
                $0.row([0.5, -1.5, -0.5, 1], atMost: 0)
                $0.row([1, 0, 0, 0], atMost: 1)
            }, objective: 1, at: [1, 0, 1, 0]),
        Case("a cube that is long to walk round (Klee, Minty)", kleeMinty(8), objective: 1e14),
        Case(
            // Jobs 2, 1, 3 to workers 1, 2, 3; six equalities of which one says nothing new.
            "an assignment, where most basic columns are 0",
            .written(.minimize) {
                $0.columns([4, 1, 3, 2, 0, 5, 3, 2, 2])
                $0.row([1, 1, 1, 0, 0, 0, 0, 0, 0], in: 1...1)
                $0.row([0, 0, 0, 1, 1, 1, 0, 0, 0], in: 1...1)
                $0.row([0, 0, 0, 0, 0, 0, 1, 1, 1], in: 1...1)
                $0.row([1, 0, 0, 1, 0, 0, 1, 0, 0], in: 1...1)
                $0.row([0, 1, 0, 0, 1, 0, 0, 1, 0], in: 1...1)
                $0.row([0, 0, 1, 0, 0, 1, 0, 0, 1], in: 1...1)
            }, objective: 5, at: [0, 1, 0, 1, 0, 0, 0, 0, 1]),
        Case(
            "the same row three times",
            .written(.maximize) {
                $0.columns([1, 1])
                for _ in 0..<3 { $0.row([1, 2], atMost: 4) }
                $0.row([2, 1], atMost: 4)
            }, objective: 8.0 / 3, at: [4.0 / 3, 4.0 / 3]),
        Case(
            "many best points",
            .written(.maximize) {
                $0.columns([1, 1, 1])
                $0.row([1, 1, 1], atMost: 10)
            }, objective: 10, duals: [1]),
    ]

    /// Programs of some size, and of numbers of very different sizes.
    static let large: [Case] = [
        Case(
            // x = 1e6, y = 1e3, each from a row of its own.
            "coefficients from a millionth to a billion",
            .written(.maximize) {
                $0.columns([1e-3, 1e6])
                $0.row([1e6, 0], atMost: 1e12)
                $0.row([0, 1e-3], atMost: 1)
            }, objective: 1e3 + 1e9, at: [1e6, 1e3], duals: [1e-9, 1e9]),
        knapsack(items: 300),
        staircase(years: 40),
    ]

    /// `max Σ 10^(n−j)·x_j` with `2·Σ_{i<j} 10^(j−i)·x_i + x_j ≤ 100^(j−1)`: all in the last column.
    private static func kleeMinty(_ size: Int) -> LinearProgram {
        .written(.maximize) { text in
            text.columns((1...size).map { pow(10, Double(size - $0)) })
            for row in 1...size {
                text.row(
                    (1..<row).map { 2 * pow(10, Double(row - $0)) } + [1], atMost: pow(100, Double(row - 1)))
            }
        }
    }

    /// A budget for many goods, each to be had up to an amount: the best by value per money are taken, one in part.
    private static func knapsack(items: Int) -> Case {
        var random = SplitMix64(seed: 7)
        let goods = (0..<items).map { _ in
            (value: random.number(in: 1...9), cost: random.number(in: 1...9), most: random.number(in: 1...9))
        }
        let budget = 0.4 * goods.reduce(0) { $0 + $1.cost * $1.most }
        var program = LinearProgram(.maximize)
        var value = LinearExpression()
        var spending = LinearExpression()
        for good in goods {
            let column = program.addColumn("", upper: good.most)
            value.add(column, times: good.value)
            spending.add(column, times: good.cost)
        }
        program.setObjective(value)
        program.addRow("", spending, upper: budget)
        var money = budget
        var best = 0.0
        var price = 0.0
        for good in goods.sorted(by: { $0.value / $0.cost > $1.value / $1.cost }) where money > 0 {
            let amount = min(good.most, money / good.cost)
            money -= amount * good.cost
            best += amount * good.value
            price = good.value / good.cost
        }
        return Case("a budget for \(items) goods", program, objective: best, duals: [price])
    }

    /// Stock from year to year: what is bought at the cost of its year is held at 1 a year, and a unit is needed in
    /// each. Cost rises by 3 every second year, so every unit is bought two years ahead at most.
    private static func staircase(years: Int) -> Case {
        let costs = (0..<years).map { 10 + 3 * Double($0 / 2) }
        let program = LinearProgram.written(.minimize) { text in
            text.columns(costs)
            text.columns([Double](repeating: 1, count: years))
            for year in 0..<years {
                var row = [Double](repeating: 0, count: 2 * years)
                row[year] = 1
                if year > 0 { row[years + year - 1] = 1 }
                row[years + year] = -1
                text.row(row, in: 1...1)
            }
        }
        let prices = (0..<years).map { year in (0...year).map { costs[$0] + Double(year - $0) }.min() ?? 0 }
        return Case("stock held over \(years) years", program, objective: prices.reduce(0, +), duals: prices)
    }
}

extension LinearProgram {
    static func written(_ sense: Sense, _ write: (inout ProgramText) -> Void) -> LinearProgram {
        ProgramText.written(sense, write)
    }
}
