/// How the amounts that a block is priced by move with each of some prices: those of the coupling rows, and that of the
/// objective.
///
/// Rows share places, and many of them move one another's: a price of a cumulated budget row moves all years before it
/// alike. Along a row's own direction such moves cancel in most plans, which they do not where every place is thought to
/// move by itself.
struct SubproblemPriceDirections: Sendable {
    struct Term: Equatable, Sendable {
        var direction: Int32
        var coefficient: Double
    }

    let count: Int
    /// By place (`measure · T + t − 1`): where its terms begin; one more entry than places.
    private let starts: [Int32]
    private let terms: [Term]

    /// - Parameter coefficients: By direction, then by place: what a unit of the price adds to the place's amount.
    init(_ coefficients: [[Double]]) {
        count = coefficients.count
        var starts: [Int32] = [0]
        var terms: [Term] = []
        for place in 0..<(coefficients.first?.count ?? 0) {
            for (direction, amounts) in coefficients.enumerated() where amounts[place] != 0 {
                terms.append(Term(direction: Int32(direction), coefficient: amounts[place]))
            }
            starts.append(Int32(terms.count))
        }
        self.starts = starts
        self.terms = terms
    }

    /// Whether any price moves a place's amount.
    @inline(__always)
    func move(_ place: Int) -> Bool { place &+ 1 < starts.count && starts[place] < starts[place &+ 1] }

    /// Calls with the prices that move a place's amount, which there are, and by how much.
    @inline(__always)
    func forEach(at place: Int, _ body: (_ direction: Int, _ coefficient: Double) -> Void) {
        for index in Int(starts[place])..<Int(starts[place &+ 1]) {
            body(Int(terms[index].direction), terms[index].coefficient)
        }
    }
}
