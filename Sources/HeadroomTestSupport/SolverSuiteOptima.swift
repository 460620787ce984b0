internal import LinearProgramming

extension SolverSuite {
    /// Textbook programs whose point and prices are worked out by hand.
    static let smallOptima: [Case] = [
        Case(
            // x = 2, y = 6 holds the last two rows: 2·w2 + 2·w3 = 5, 3·w3 = 3.
            "three workshops (Hillier, Lieberman)",
            .written(.maximize) {
                $0.columns([3, 5])
                $0.row([1, 0], atMost: 4)
                $0.row([0, 2], atMost: 12)
                $0.row([3, 2], atMost: 18)
            }, objective: 36, at: [2, 6], duals: [0, 1.5, 1]),
        Case(
            // Where both rows hold, x = 3, y = 1; w1 + w2 = 2, w1 + 3·w2 = 3.
            "a minimum over two floors has positive prices",
            .written(.minimize) {
                $0.columns([2, 3])
                $0.row([1, 1], atLeast: 4)
                $0.row([1, 3], atLeast: 6)
            }, objective: 9, at: [3, 1], duals: [1.5, 0.5]),
        Case(
            "a maximum held up by a floor has a negative price",
            .written(.maximize) {
                $0.columns([-1])
                $0.row([1], atLeast: 3)
            }, objective: -3, at: [3], duals: [-1]),
        Case(
            "a minimum held down by a ceiling has a negative price",
            .written(.minimize) {
                $0.columns([-1])
                $0.row([1], atMost: 3)
            }, objective: -3, at: [3], duals: [-1]),
        Case(
            // y = 4 − x, so x + 3·y = 12 − 2·x: x as small as possible.
            "an equality row",
            .written(.maximize) {
                $0.columns([1, 3])
                $0.row([1, 1], in: 4...4)
            }, objective: 12, at: [0, 4], duals: [3]),
        Case(
            "a row between two bounds rests on the lower one",
            .written(.minimize) {
                $0.columns([1, 2])
                $0.row([1, 1], in: 2...5)
            }, objective: 2, at: [2, 0], duals: [1]),
        Case(
            "a row between two bounds rests on the upper one",
            .written(.maximize) {
                $0.columns([1, 2])
                $0.row([1, 1], in: 2...5)
            }, objective: 10, at: [0, 5], duals: [2]),
        Case(
            "negative right-hand sides",
            .written(.minimize) {
                $0.columns([1, 1])
                $0.row([-1, -2], atMost: -6)
                $0.row([-3, -1], atMost: -3)
            }, objective: 3, at: [0, 3]),
    ]

    /// Columns with bounds of every kind, and programs that are almost nothing.
    static let bounds: [Case] = [
        Case(
            // y rests on its bound 2, x takes what the row leaves.
            "columns between bounds",
            .written(.maximize) {
                $0.columns([1], in: 1...3)
                $0.columns([2], in: -2...2)
                $0.row([1, 1], atMost: 4)
            }, objective: 6, at: [2, 2], duals: [1]),
        Case(
            "a free column goes below zero",
            .written(.minimize) {
                $0.columns([0])
                $0.columns([1], in: -.infinity ... .infinity)
                $0.row([1, 1], atLeast: -5)
                $0.row([1, 0], atMost: 2)
            }, objective: -7, at: [2, -7], duals: [1, -1]),
        Case(
            "a column with an upper bound alone",
            .written(.maximize) { $0.columns([2], in: -.infinity ... -4) }, objective: -8, at: [-4],
            duals: []),
        Case(
            "a fixed column",
            .written(.maximize) {
                $0.columns([5], in: 1...1)
                $0.columns([3])
                $0.row([1, 1], in: 4...4)
            }, objective: 14, at: [1, 3], duals: [3]),
        Case(
            "a constant in the objective, and no rows",
            .written(.maximize) {
                $0.columns([2], in: 0...3)
                $0.constant(7)
            }, objective: 13, at: [3], duals: []),
        Case("nothing at all", .written(.maximize) { $0.constant(5) }, objective: 5, at: [], duals: []),
        Case(
            "a row without entries",
            .written(.maximize) {
                $0.columns([1], in: 0...2)
                $0.row([0], in: -1...1)
            }, objective: 2, at: [2], duals: [0]),
        Case(
            "no objective",
            .written(.maximize) {
                $0.columns([0, 0])
                $0.row([1, 1], in: 1...2)
            }, objective: 0, duals: [0]),
    ]

    /// Programs without an optimum.
    static let withoutOptimum: [Case] = [
        Case(
            "rows that clash",
            .written(.maximize) {
                $0.columns([1, 1])
                $0.row([1, 1], atMost: 1)
                $0.row([1, 0], atLeast: 2)
            }, ends: .infeasible),
        Case(
            "a row and bounds that clash",
            .written(.minimize) {
                $0.columns([1, 1], in: 0...1)
                $0.row([1, 1], atLeast: 3)
            }, ends: .infeasible),
        Case(
            "a row without entries that nothing can hold",
            .written(.maximize) {
                $0.columns([1], in: 0...2)
                $0.row([0], atLeast: 1)
            }, ends: .infeasible),
        Case(
            "equalities that clash",
            .written(.minimize) {
                $0.columns([0, 0])
                $0.row([1, 2], in: 3...3)
                $0.row([2, 4], in: 7...7)
            }, ends: .infeasible),
        Case(
            "a ray along two columns",
            .written(.maximize) {
                $0.columns([1, 0])
                $0.row([1, -1], atMost: 1)
            }, ends: .unbounded),
        Case(
            "a free column that nothing holds",
            .written(.minimize) { $0.columns([1], in: -.infinity ... .infinity) }, ends: .unbounded),
        Case(
            "infeasible, and the dual too",
            .written(.maximize) {
                $0.columns([1, 1])
                $0.row([1, -1], atMost: -1)
                $0.row([-1, 1], atMost: -1)
            }, ends: .infeasible),
    ]
}
