/// Where the searches for a plan ended, goal by goal: those for the same plan under another budget begin there.
///
/// Another budget moves right-hand sides alone: prices stay a proof of a bound, plans of regions stay plans, and a
/// master keeps its columns (decomposition, 6). Under a goal that is a ratio, or below one that is held, rows have other
/// coefficients as well, and the prices alone are gone on from.
struct SearchEnds: Sendable {
    /// The end of one search.
    struct End: Sendable {
        var loop: PriceLoop
        var objective: RegionalSum
        var rows: [CouplingRows.Row]
    }

    /// What a region may spend by year, see `BlockShape`; empty before the first search.
    var affordable: [Double] = []
    /// By the goal's rank; behind the last the search among equal plans.
    var byRank: [Int: End] = [:]
}

extension SearchEnds.End {
    /// Whether a search differs from this one by right-hand sides alone, within which the regions' plans stay the best.
    func isOf(_ other: RegionalSum, _ coupling: CouplingRows) -> Bool {
        guard objective == other, rows.count == coupling.rows.count else { return false }
        return zip(rows, coupling.rows).allSatisfy { own, row in
            var moved = own
            moved.rightHandSide = row.rightHandSide
            return moved == row
        }
    }
}
