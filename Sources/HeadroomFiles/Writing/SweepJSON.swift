public import Headroom
internal import LinearProgramming

extension BudgetSweep {
    /// Of a curve with more pieces all are left out, and said to be: CSV has them.
    private static var mostPieces: Int { 200_000 }

    /// The sweep as JSON: one object, its keys in a documented order, full precision, undefined figures `null`.
    ///
    /// - Parameters:
    ///   - summary: What is said of it to people.
    ///   - reach: A value of the first goal, with the budget that reaches it.
    ///   - steps: Even steps that an exact curve is read at.
    public func writeJSON(
        _ summary: SweepSummary, reach: Double?, steps: Int?, to stream: TextStream
    ) {
        var json = JSONText(to: stream)
        json.object { json in
            json.value("format", "headroom-sweep/1")
            json.value("title", planningCase.assumptions.title)
            json.value("currency", planningCase.assumptions.currency)
            json.value("base_year", planningCase.assumptions.baseYear)
            json.value("years", planningCase.assumptions.years)
            json.value("goal", goal.rawValue)
            json.value("moves", movement.rawValue)
            json.value("budget", amount)
            json.value("status", isStopped ? "stopped" : "complete")
            json.texts("summary", summary.sentences)
            writeToday(&json)
            if let reach { writeReach(reach, &json) }
            writeCurve(&json)
            if let curve, let steps, !curve.isRelaxed { writeReadings(curve, steps, &json) }
            json.array("points", points) { json, point in json.object { write(point, &$0) } }
            json.array("between", between) { json, point in
                json.object {
                    $0.value("budget", point.budget)
                    $0.value("at_least", point.atLeast)
                    $0.value("at_most", point.atMost)
                }
            }
        }
        json.finish()
    }

    private func writeToday(_ json: inout JSONText) {
        let today = today
        json.object("today") { json in
            json.value("budget", amount)
            json.value("best", today.best)
            json.value("slope", today.slope)
            json.value("slope_of_less", today.slopeOfLess)
            json.value("next", today.next.map { planningCase.regions.ids[$0.region.position] })
            json.value("next_lever", today.next?.lever?.rawValue)
            json.value(
                "first_to_lose", today.firstToLose.map { planningCase.regions.ids[$0.region.position] })
            json.value("first_lever_to_lose", today.firstToLose?.lever?.rawValue)
        }
    }

    private func writeReach(_ value: Double, _ json: inout JSONText) {
        json.object("reach") {
            $0.value("best", value)
            $0.value("budget", budget(reaching: value))
            $0.value("until", lastBudget(reaching: value))
            let bounds = self.bounds(reaching: value)
            $0.value("at_least", bounds?.atLeast ?? curve?.budget(reaching: value))
            $0.value("at_most", bounds?.atMost)
            $0.value("found_on", exactCurve == nil ? "points" : "curve")
        }
    }

    private func writeCurve(_ json: inout JSONText) {
        guard let curve else { return json.value("curve", nil as String?) }
        json.object("curve") { json in
            json.value("kind", curve.isRelaxed ? "bound" : "exact")
            json.value("from", curve.range.lowerBound)
            json.value("to", curve.range.upperBound)
            json.value("pays_until", curve.paysUntil)
            json.value("best_from", curve.values.first)
            json.value("best_to", curve.values.last)
            json.value("certificate", curve.certificate?.worst)
            json.value("piece_count", curve.pieceCount)
            let shown = curve.pieceCount <= Self.mostPieces ? curve.pieceCount : 0
            json.value("pieces_left_out", curve.pieceCount - shown)
            json.array("pieces", 0..<shown) { json, piece in
                json.object { json in
                    json.value("from", curve.budgets[piece])
                    json.value("to", curve.budgets[piece + 1])
                    json.value("best_from", curve.values[piece])
                    json.value("best_to", curve.values[piece + 1])
                    json.value("slope", curve.slopes[piece])
                    json.array("goes_to", curve.changes(ofPiece: piece)) { json, use in
                        json.object {
                            $0.value("region", planningCase.regions.ids[use.region.position])
                            $0.value("lever", use.lever?.rawValue)
                            $0.value("money", use.money)
                            $0.value("worth", use.worth)
                        }
                    }
                }
            }
        }
    }

    private func writeReadings(_ curve: BudgetCurve, _ steps: Int, _ json: inout JSONText) {
        json.array("readings", curve.grid(steps)) { json, budget in
            json.object { json in
                json.value("budget", budget)
                json.value("best", curve.value(at: budget))
                json.value("slope", curve.slope(above: budget))
                json.value("investment", curve.totalSpending(at: budget))
            }
        }
    }

    private func write(_ point: Point, _ json: inout JSONText) {
        let figures = point.figures
        json.value("budget", point.budget)
        json.value("status", point.status)
        json.value("best", figures?.best)
        json.value("value", figures?.value)
        json.value("gap", figures?.gap)
        json.value("at_least", point.atLeast)
        json.value("at_most", point.atMost)
        json.value("slope", exactCurve?.slope(above: point.budget) ?? figures?.slope)
        figures.writeTotals(&json)
    }
}

extension PlanFigures? {
    /// What a plan comes to; nil: undefined figures.
    func writeTotals(_ json: inout JSONText) {
        json.value("investment", self?.spending.total)
        json.object("by_lever") { json in
            for lever in Lever.allCases { json.value(lever.rawValue, self?.spending[lever]) }
        }
        json.value("npv", self?.netPresentValue)
        json.value("return", self?.return)
        json.value("roi", self?.returnOnInvestment)
        json.value("utilization", self?.utilization)
        json.value("service_level", self?.serviceLevel)
        json.value("users_served", self?.usersServed)
    }
}
