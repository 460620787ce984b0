public import Headroom

extension Chart {
    /// Spending of plans side by side, by lever. Plans that there are none of are told below.
    public static func spending(of comparison: Comparison) -> Chart {
        let assumptions = comparison.variants[0].planningCase.assumptions
        let measure = Measure("Investment", .money(assumptions.currency))
        let names = comparison.variants.map(\.name)
        let sums = comparison.outcomes.map { $0.plan.map { $0.spending(in: comparison.years) } }
        let levers = Lever.allCases.filter { lever in sums.contains { ($0?[lever] ?? 0) > 0 } }
        let made = zip(names, sums).compactMap { name, sum in sum.map { (name, $0) } }
        let missing = zip(names, sums).filter { $0.1 == nil }.map(\.0)
        return Chart(
            "spending", title: "Investment by plan and lever, \(comparison.years.text)",
            subtitle: assumptions.title,
            description: made.map { "\($0): \(measure.text($1.total))" }.joined(separator: "; ") + ".",
            notes: missing.isEmpty ? [] : ["Without a plan: \(missing.joined(separator: ", "))."],
            Bars(
                measure: measure, namesTitle: "Plan", names: made.map(\.0),
                series: levers.map { Series(title: $0.title, paint: $0.paint) },
                values: made.map { row in levers.map { row.1[$0] } }))
    }

    /// What regions get more and less in the last plan than in the first, by lever; the largest changes first.
    ///
    /// - Returns: Nil where one of the two has no plan.
    public static func moves(of comparison: Comparison, largest: Int = mostRegions) -> Chart? {
        guard let place = comparison.changes.lastIndex(where: { $0 != nil }),
            let change = comparison.changes[place]
        else { return nil }
        let assumptions = comparison.variants[0].planningCase.assumptions
        let measure = Measure("Change of investment", .money(assumptions.currency))
        // Less is rounding.
        let noise = 1e-6 * max(change.gained, change.lost)
        let moves = change.moves.filter { $0.direction != .same }.map { move in
            (
                name: move.name, size: abs(move.change),
                levers: Lever.allCases.map { abs(move.change($0)) > noise ? move.change($0) : 0 }
            )
        }.filter { move in move.levers.contains { $0 != 0 } }
        let ranked = moves.enumerated().sorted {
            ($1.element.size, $0.offset) < ($0.element.size, $1.offset)
        }.map(\.element)
        let shown = ranked.prefix(largest).sorted { $0.levers.reduce(0, +) > $1.levers.reduce(0, +) }
        let levers = Lever.allCases.indices.filter { lever in shown.contains { $0.levers[lever] != 0 } }
        let rest = ranked.count - shown.count
        let (from, to) = (comparison.variants[0].name, comparison.variants[place].name)
        return Chart(
            "moves", title: "Where money moves, from \(from) to \(to)", subtitle: assumptions.title,
            description: "Bars by region and lever: \(measure.text(change.gained)) more and "
                + "\(measure.text(change.lost)) less, \(comparison.years.text).",
            notes: rest == 0 ? [] : ["\(rest) smaller changes are not shown."],
            Bars(
                measure: measure, namesTitle: "Region", names: shown.map(\.name),
                series: levers.map {
                    Series(title: Lever.allCases[$0].title, paint: Lever.allCases[$0].paint)
                },
                values: shown.map { row in levers.map { row.levers[$0] } }))
    }
}

extension ClosedRange<Int> {
    fileprivate var text: String {
        lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound)–\(upperBound)"
    }
}

extension Plan {
    fileprivate func spending(in years: ClosedRange<Int>) -> LeverAmounts {
        var sums = LeverAmounts()
        for year in years {
            for lever in Lever.allCases {
                sums[lever] += ledger.spending(
                    year: Year(year - planningCase.assumptions.baseYear), lever: lever)
            }
        }
        return sums
    }
}
