/// Where the searches for a plan ended, goal by goal: those for the same plan under another budget begin there.
///
/// Another budget moves right-hand sides alone: prices stay a proof of a bound, plans of regions stay plans, and a
/// master keeps its columns (decomposition, 6). A ratio is the price of its denominator, and where it is held it is held in
/// another multiple of that, so both are gone on from in the same way.
struct WarmStarts: Sendable {
    /// The end of one search.
    struct End: Sendable {
        var loop: ColumnGeneration
        var objective: RegionalSum
        var rows: [CouplingRows.Row]
    }

    /// What a region may spend by year, see `SubproblemShape`; empty: what the budget of the first search allows.
    var affordable: [Double] = []
    /// By the goal's rank; behind the last the search among equal plans.
    var byRank: [Int: End] = [:]
}

extension WarmStarts.End {
    /// Whether a search differs from this one by right-hand sides alone, and by the multiples of rows in other rows: the
    /// regions' plans are what they were.
    func isOf(_ other: RegionalSum, _ coupling: CouplingRows) -> Bool {
        guard objective == other, rows.count == coupling.rows.count else { return false }
        return zip(rows, coupling.rows).allSatisfy { own, row in
            var moved = own
            moved.rightHandSide = row.rightHandSide
            if let tilt = row.tilt { moved.tilt?.factor = tilt.factor }
            return moved == row
        }
    }
}
