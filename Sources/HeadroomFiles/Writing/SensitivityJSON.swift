public import Headroom

extension Sensitivity {
    /// Writes the sensitivity as JSON: its keys in a documented order, full precision, undefined figures `null`.
    ///
    /// - Parameter notes: Which assumptions could not be varied as far as was asked.
    public func writeJSON(notes: [String], to stream: TextStream) {
        var json = JSONText(to: stream)
        json.object { json in
            json.value("format", "headroom-sensitivity/1")
            json.value("title", planningCase.assumptions.title)
            json.value("currency", planningCase.assumptions.currency)
            json.value("base_year", planningCase.assumptions.baseYear)
            json.value("years", planningCase.assumptions.years)
            json.value("status", missing.isEmpty ? "complete" : "stopped")
            json.object("base") { write(base, &$0) }
            json.texts("notes", notes)
            json.array("factors", rows) { json, row in json.object { write(row, &$0) } }
        }
        json.finish()
    }

    private func write(_ row: Row, _ json: inout JSONText) {
        json.value("factor", row.factor.name)
        json.value("base_value", row.base)
        json.value("swing", swing(of: row))
        json.value("elasticity", elasticity(of: row))
        json.value("moved_share", movedShare(of: row))
        for (key, end) in [("low", row.low), ("high", row.high)] {
            guard let end else {
                json.value(key, nil as String?)
                continue
            }
            json.object(key) { write(end, &$0) }
        }
    }

    private func write(_ end: Variation, _ json: inout JSONText) {
        json.value("varied_to", end.setting.value)
        json.value("option", end.setting.option)
        json.value("change", change(end))
        json.value("moved", end.reallocation?.moved)
        json.value("moved_share", movedShare(end))
        for (key, change) in [
            ("gains_most", end.reallocation?.gains), ("loses_most", end.reallocation?.loses),
        ] {
            json.object(key) {
                $0.value("region", change.map { planningCase.regions.ids[$0.region.position] })
                $0.value("money", change?.money)
            }
        }
        json.value("top_regions", end.reallocation.map { Double($0.top) })
        json.value("top_regions_kept", end.reallocation.map { Double($0.topKept) })
        if let figures = end.figures { return write(figures, &json) }
        json.value("status", end.status)
        if case .impossible(let clash) = end.failure {
            json.texts("clash", clash.members.map(\.name))
            json.value("minimum_budget", clash.minimumBudget)
        }
    }

    private func write(_ figures: PlanFigures, _ json: inout JSONText) {
        json.value("status", figures.status.rawValue)
        json.value("best", figures.best)
        json.value("value", figures.value)
        json.value("gap", figures.gap)
        Optional(figures).writeTotals(&json)
    }
}
