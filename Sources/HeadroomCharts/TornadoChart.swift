public import Headroom

extension Chart {
    /// How far each assumption moves the return over its range, what moves it most on top.
    ///
    /// - Returns: Nil where no variation has a plan.
    public static func tornado(_ sensitivity: Sensitivity) -> Chart? {
        let assumptions = sensitivity.planningCase.assumptions
        let measure = Measure("Return", .money(assumptions.currency))
        let base = sensitivity.base.return
        func swing(_ row: Sensitivity.Row) -> Double { sensitivity.swing(of: row) ?? 0 }
        // The bar of less could not be seen.
        let least = 1e-3 * (sensitivity.rows.map(swing).max() ?? 0)
        let shown = sensitivity.rows.filter { swing($0) > least }
        let hidden = sensitivity.rows.filter { swing($0) <= least }.map(\.factor.title)
        guard let first = shown.first else { return nil }
        return Chart(
            "tornado", title: "What moves the return", subtitle: assumptions.title,
            description: "Bars to both sides of \(measure.text(base)), most by \(first.factor.title).",
            notes: hidden.isEmpty ? [] : ["Without a bar: \(hidden.joined(separator: ", "))."],
            Ranges(
                measure: measure, namesTitle: "Assumption", base: base,
                baseTitle: "Plan \(measure.text(base))",
                rows: shown.map { row in
                    let text = FactorText(row.factor, assumptions)
                    let titles = [row.low, row.high].map { $0.map { text.text($0.setting.value) } ?? "" }
                    return Ranges.Row(
                        name: row.factor.title, low: row.low?.figures?.return,
                        high: row.high?.figures?.return,
                        lowTitle: titles[0], highTitle: titles[1])
                }))
    }
}
