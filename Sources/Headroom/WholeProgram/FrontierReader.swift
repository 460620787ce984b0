internal import LinearProgramming

/// Reads plans off a curve.
struct FrontierReader {
    let formulation: Formulation
    let doNothing: Ledger
    let order: CanonicalOrder
    let goals: [Goal]
    /// Chooses among plans with the same two values; nil where they return the same.
    let ties: TradeOffTies?
    let threads: Int

    private struct Corner {
        var point: [Double]
        var figures: Frontier.Figures
    }

    /// - Throws: `CertificateFailure` where a corner is no plan of the model.
    func frontier(
        _ curve: TradeOffCurve, of planningCase: PlanningCase, isRelaxed: Bool
    ) throws -> Frontier {
        let (ends, found) = way(along: curve)
        let corners = try parallelMap(ends.count, threads: threads) { [ends] in try corner(ends[$0]) }
        return Frontier(
            planningCase: planningCase, goals: goals, corners: settled(corners.map(\.figures)),
            pieces: found.enumerated().map { index, piece in
                piece.map { self.piece($0, corners[index].point, corners[index + 1].point) }
                    ?? Frontier.Piece(ends: nil, moves: [])
            }, placed: [], isRelaxed: isRelaxed,
            reachesEnds: curve.gaps.isEmpty || curve.ends != nil,
            isStopped: !curve.gaps.isEmpty || corners.contains { $0.figures.return == nil },
            certificate: curve.certificate)
    }

    /// The ends of pieces from the best of the first goal on, and the pieces between them; nil for what was not found.
    private func way(
        along curve: TradeOffCurve
    ) -> (ends: [TradeOffCurve.End], pieces: [TradeOffCurve.Piece?]) {
        var ends: [TradeOffCurve.End] = curve.single.map { [$0] } ?? []
        var found: [TradeOffCurve.Piece?] = []
        func go(to end: TradeOffCurve.End) {
            if let last = ends.last, curve.hasGap(between: end.values, and: last.values) {
                ends.append(end)
                found.append(nil)
            } else if found.isEmpty {
                ends = [end]
            }
        }
        if let high = curve.ends?.high { go(to: high) }
        for piece in curve.pieces.reversed() {
            go(to: piece.high)
            ends.append(piece.low)
            found.append(piece)
        }
        if let low = curve.ends?.low { go(to: low) }
        return (ends, found)
    }

    private func piece(
        _ piece: TradeOffCurve.Piece, _ from: [Double], _ to: [Double]
    ) -> Frontier.Piece {
        let (high, low) = (piece.parts(at: 1), piece.parts(at: 0))
        let moves = formulation.spendingByUse.compactMap { slot -> Frontier.Move? in
            let money = slot.yearly.reduce(0) { $0 + $1.value(at: to) - $1.value(at: from) }
            return Frontier.Move(region: order.restored(slot.region), lever: slot.lever, money: money)
        }
        let most = moves.reduce(0) { max($0, abs($1.money)) }
        // Money that only comes sooner or later is none that moves.
        let trifle = max(1e-6 * most, 1e-9 * formulation.totalSpending.value(at: from))
        return Frontier.Piece(
            ends: (
                Frontier.Parts(numerators: high.numerators, denominators: high.denominators),
                Frontier.Parts(numerators: low.numerators, denominators: low.denominators)
            ),
            // Amounts that differ by rounding alone stand in the order of their regions.
            moves: moves.filter { abs($0.money) > trifle }.sorted {
                let (one, other) = ((abs($0.money) / trifle).rounded(), (abs($1.money) / trifle).rounded())
                return (one, $1.region.position, $1.lever.position)
                    > (other, $0.region.position, $0.lever.position)
            })
    }

    /// The plan of highest return with the values of an end, as plans by rank have it.
    private func corner(_ end: TradeOffCurve.End) throws -> Corner {
        guard let ties else {
            return Corner(point: end.columnValues, figures: try figures(end.columnValues))
        }
        let best = try ties.best(at: end)
        let point = best ?? end.columnValues
        var figures = try figures(point)
        // What rounding was allowed for is not to be seen.
        figures.first = value(of: 0, at: end)
        figures.second = value(of: 1, at: end)
        if best == nil {
            figures.return = nil
            figures.returnOnInvestment = nil
        }
        return Corner(point: point, figures: figures)
    }

    /// What rounding leaves of nothing is nothing: no spending, and no return.
    private func settled(_ corners: [Frontier.Figures]) -> [Frontier.Figures] {
        let netPresentValue = abs(doNothing.totalNetPresentValue)
        let sizes = [\Frontier.Figures.first, \.second].enumerated().map { index, value in
            corners.reduce(goals[index] == .return ? netPresentValue : 0) {
                max($0, abs($1[keyPath: value] ?? 0))
            }
        }
        func settled(_ value: Double?, _ size: Double) -> Double? {
            value.map { abs($0) <= 1e-12 * size ? 0 : $0 }
        }
        return corners.map { corner in
            var corner = corner
            corner.first = settled(corner.first, sizes[0])
            corner.second = settled(corner.second, sizes[1])
            // What the two goals were allowed for rounding bought some of it.
            corner.return = settled(corner.return, 10 * netPresentValue)
            return corner
        }
    }

    /// Spending is to be small: on the curve it stands with the other sign.
    private func value(of goal: Int, at end: TradeOffCurve.End) -> Double {
        0 + (goals[goal] == .leastSpending ? -1 : 1) * end.values[goal]
    }

    private func figures(_ point: [Double]) throws -> Frontier.Figures {
        let solution = Solution(
            columnValues: point, rowDuals: [Double](repeating: 0, count: formulation.program.rowCount),
            of: formulation.program)
        let ledger = Ledger(formulation.planningCase, Decisions(solution, of: formulation))
        let audit = LedgerAudit(ledger)
        guard audit.worst <= 1e-6 else {
            throw CertificateFailure(
                description: "a corner oversteps \(audit.worstName) by \(audit.worst), relative")
        }
        let plan = Plan(
            status: .optimal, goals: [], ledger: ledger, doNothing: doNothing, reasons: [], method: "",
            steps: 0)
        return Frontier.Figures(plan, goals)
    }
}

extension TradeOffCurve {
    /// Whether something between two points of it was not found.
    fileprivate func hasGap(between low: SIMD2<Double>, and high: SIMD2<Double>) -> Bool {
        gaps.contains { gap in
            let middle = gap.low + (gap.high - gap.low) / 2
            return low[0] < middle[0] && middle[0] < high[0] || high[1] < middle[1] && middle[1] < low[1]
        }
    }
}
