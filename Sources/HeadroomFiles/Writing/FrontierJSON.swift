public import Headroom
internal import LinearProgramming

extension Frontier {
    /// The frontier as JSON: one object, its keys in a documented order, full precision, undefined figures `null`.
    public func writeJSON(to stream: TextStream) {
        var json = JSONText(to: stream)
        json.object { json in
            json.value("format", "headroom-frontier/1")
            json.value("title", planningCase.assumptions.title)
            json.value("currency", planningCase.assumptions.currency)
            json.value("base_year", planningCase.assumptions.baseYear)
            json.value("years", planningCase.assumptions.years)
            json.texts("goals", goals.map(\.rawValue))
            json.value("kind", isRelaxed ? "bound" : "exact")
            json.value("status", isStopped ? "stopped" : "complete")
            json.value("certificate", certificate.worst)
            json.texts("summary", FrontierSummary(self).sentences)
            json.value("knee", knee.map { Double($0) })
            json.array("corners", corners) { json, corner in json.object { write(corner, &$0) } }
            json.array("pieces", pieces.indices) { json, index in
                json.object { json in
                    json.value("status", pieces[index].isFound ? "exact" : "missing")
                    json.array("points", points(ofPiece: index, count: 9)) { json, point in
                        json.object {
                            $0.value("first", point.first)
                            $0.value("second", point.second)
                        }
                    }
                    json.array("moves", pieces[index].moves) { json, move in
                        json.object {
                            $0.value("region", planningCase.regions.ids[move.region.position])
                            $0.value("lever", move.lever.rawValue)
                            $0.value("money", move.money)
                        }
                    }
                }
            }
            json.array("placed", placed) { json, placed in json.object { write(placed, &$0) } }
        }
        json.finish()
    }

    private func write(_ placed: Placed, _ json: inout JSONText) {
        let figures = placed.figures
        json.value("name", placed.name)
        json.value("kind", placed.isScenario ? "scenario" : "plan")
        let status =
            switch placed.outcome {
            case .plan: placed.isProved ? "placed" : "feasible"
            case .impossible: "infeasible"
            case .missing: "missing"
            }
        json.value("status", status)
        var side: Side?
        if let first = figures?.first, let second = figures?.second { side = self.side(first, second) }
        json.value("side", side?.rawValue)
        json.value("best_second", figures?.first.flatMap { best(where: 0, is: $0) })
        json.value("best_first", figures?.second.flatMap { best(where: 1, is: $0) })
        let rates = figures?.first.map { self.rates(atFirst: $0) }
        json.value("first_for_more_second", rates?.more)
        json.value("first_for_less_second", rates?.less)
        write(figures, &json)
    }

    private func write(_ figures: Figures?, _ json: inout JSONText) {
        json.value("first", figures?.first)
        json.value("second", figures?.second)
        json.value("investment", figures?.spending.total)
        json.object("by_lever") { json in
            for lever in Lever.allCases { json.value(lever.rawValue, figures?.spending[lever]) }
        }
        json.value("return", figures?.return)
        json.value("roi", figures?.returnOnInvestment)
        json.value("utilization", figures?.utilization)
        json.value("service_level", figures?.serviceLevel)
        json.value("users_served", figures?.usersServed)
    }
}
